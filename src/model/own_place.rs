//! The place in a text that its keeper gives to the program: what stands between `<!-- enrich:start -->` and
//! `<!-- enrich:end -->`, each alone on its line. It is written anew by `run --update`, and is none of the list's own text.

use std::borrow::Cow;
use std::ops::Range;

/// What opens the place, and what closes it.
const WORDS: [&str; 2] = ["enrich:start", "enrich:end"];

/// Why a text has no place of the program's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Misplaced {
    /// No line opens one.
    #[error("no line is <!-- enrich:start -->")]
    Missing,
    /// It is opened and not closed. The line of its start, counted from 1.
    #[error("line {0} is <!-- enrich:start -->, and no line below it is <!-- enrich:end -->")]
    Open(usize),
    /// It is closed before it is opened. The line of the end, counted from 1.
    #[error("line {0} is <!-- enrich:end -->, and no line above it is <!-- enrich:start -->")]
    Closed(usize),
    /// There are two. The line of the second start, counted from 1.
    #[error("line {0} is a second <!-- enrich:start -->")]
    Twice(usize),
}

/// Where the place is: the bytes of the lines between the two marks. Marks in fenced code are none.
///
/// # Errors
/// There is not exactly one place.
pub fn find(text: &[u8]) -> Result<Range<usize>, Misplaced> {
    let (mut start, mut found) = (None, None);
    for Mark { word, line, bytes } in marks(text) {
        match (word, &start, &found) {
            (Word::Start, None, None) => start = Some((line, bytes.end)),
            (Word::Start, ..) => return Err(Misplaced::Twice(line)),
            (Word::End, Some((_, after)), None) => found = Some(*after..bytes.start),
            (Word::End, ..) => return Err(Misplaced::Closed(line)),
        }
    }
    match (start, found) {
        (_, Some(range)) => Ok(range),
        (Some((line, _)), None) => Err(Misplaced::Open(line)),
        (None, None) => Err(Misplaced::Missing),
    }
}

/// The text with blanks in the program's own place, so that every other offset and line stays what it was.
pub fn blanked(text: &str) -> Cow<'_, str> {
    // Most lists have none, and should not be read twice to learn that.
    if memchr::memmem::find(text.as_bytes(), WORDS[0].as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    let Ok(place) = find(text.as_bytes()) else { return Cow::Borrowed(text) };
    let mut blanked = text[..place.start].to_owned();
    blanked.extend(
        text[place.clone()].bytes().map(|byte| if matches!(byte, b'\n' | b'\r') { char::from(byte) } else { ' ' }),
    );
    blanked.push_str(&text[place.end..]);
    Cow::Owned(blanked)
}

#[derive(Clone, Copy)]
enum Word {
    Start,
    End,
}

/// A line that is a mark: which one, its number from 1, its bytes with the line's end.
struct Mark {
    word: Word,
    line: usize,
    bytes: Range<usize>,
}

fn marks(text: &[u8]) -> Vec<Mark> {
    let mut marks = Vec::new();
    let mut fence: Option<&[u8]> = None;
    let mut at = 0;
    for (line, bytes) in text.split_inclusive(|byte| *byte == b'\n').enumerate() {
        let range = at..at + bytes.len();
        at = range.end;
        let words = bytes.trim_ascii();
        let indented = bytes.iter().take_while(|byte| **byte == b' ').count() > 3;
        match (fence, fence_of(words)) {
            (Some(open), Some(close)) if close.starts_with(open) && close.len() == words.len() => fence = None,
            (Some(_), _) => {}
            (None, Some(open)) if !indented => fence = Some(open),
            (None, _) if indented => {}
            (None, _) => marks.extend(mark(words).map(|word| Mark { word, line: line + 1, bytes: range })),
        }
    }
    marks
}

/// The backticks or tildes that open or close fenced code (CommonMark 0.31.2, 4.5).
fn fence_of(line: &[u8]) -> Option<&[u8]> {
    let first = *line.first().filter(|byte| matches!(byte, b'`' | b'~'))?;
    let length = line.iter().take_while(|byte| **byte == first).count();
    (length >= 3).then(|| &line[..length])
}

fn mark(line: &[u8]) -> Option<Word> {
    let words = line.strip_prefix(b"<!--")?.strip_suffix(b"-->")?.trim_ascii();
    match words {
        _ if words == WORDS[0].as_bytes() => Some(Word::Start),
        _ if words == WORDS[1].as_bytes() => Some(Word::End),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Result<&str, Misplaced>) {
        let found = find(text.as_bytes()).map(|range| &text[range]);
        assert_eq!(found, expected, "{text:?}");
    }

    #[test]
    fn the_place_is_what_stands_between_the_two_marks() {
        check("a\n<!-- enrich:start -->\nold\nolder\n<!-- enrich:end -->\nb", Ok("old\nolder\n"));
        check("<!-- enrich:start -->\r\nold\r\n  <!--enrich:end-->", Ok("old\r\n"));
        check("<!-- enrich:start -->\n<!-- enrich:end -->\n", Ok(""));
    }

    #[test]
    fn anything_but_one_place_is_told() {
        check("a\n", Err(Misplaced::Missing));
        check("a <!-- enrich:start -->\n", Err(Misplaced::Missing));
        check("a\n<!-- enrich:start -->\nb", Err(Misplaced::Open(2)));
        check("<!-- enrich:end -->\n<!-- enrich:start -->\n", Err(Misplaced::Closed(1)));
        let twice = "<!-- enrich:start -->\n<!-- enrich:end -->\n";
        check(&twice.repeat(2), Err(Misplaced::Twice(3)));
    }

    #[test]
    fn marks_in_code_are_words_about_the_marks() {
        let shown = "````md\n```\n<!-- enrich:start -->\n<!-- enrich:end -->\n```\n````\n";
        check(shown, Err(Misplaced::Missing));
        check(&format!("{shown}<!-- enrich:start -->\nold\n<!-- enrich:end -->\n"), Ok("old\n"));
        check("    <!-- enrich:start -->\n", Err(Misplaced::Missing));
        check(
            "<!-- enrich:start -->\n~~~\n<!-- enrich:end -->\n~~~\n<!-- enrich:end -->\n",
            Ok("~~~\n<!-- enrich:end -->\n~~~\n"),
        );
    }

    #[test]
    fn the_place_is_blank_to_whoever_reads_the_list() {
        let text = "é\n<!-- enrich:start -->\né | x\r\n<!-- enrich:end -->\nb";
        assert_eq!(blanked(text), "é\n<!-- enrich:start -->\n      \r\n<!-- enrich:end -->\nb");
        assert_eq!(blanked("<!-- enrich:start -->\na"), "<!-- enrich:start -->\na");
    }
}
