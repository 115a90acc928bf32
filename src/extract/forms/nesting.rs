//! Bounds how deep quotes and lists may stand in each other before Markdown is parsed: a parser of Markdown looks at every open
//! quote and item for each line, so that a line of ten thousand marks would make each later one as slow.

use std::borrow::Cow;

/// A mark further right is no mark. Nobody nests so deep.
const FURTHEST: usize = 100;

/// The text with a full stop in place of the first mark of each line that stands too far right: what follows it is then plain
/// text, and every place in the list stays what it was.
pub(in crate::extract) fn bounded(text: &str) -> Cow<'_, str> {
    let mut too_deep = Vec::new();
    let mut start = 0;
    for end in memchr::memchr_iter(b'\n', text.as_bytes()).chain([text.len()]) {
        let line = &text.as_bytes()[start..end];
        too_deep.extend(first_too_deep(line).map(|at| start + at));
        start = end + 1;
    }
    if too_deep.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut bounded = String::with_capacity(text.len());
    let mut from = 0;
    for at in too_deep {
        bounded.push_str(&text[from..at]);
        bounded.push('.');
        from = at + 1;
    }
    bounded.push_str(&text[from..]);
    Cow::Owned(bounded)
}

/// Where the first mark of a quote or an item stands that is too deep.
fn first_too_deep(line: &[u8]) -> Option<usize> {
    // Most lines are text long before.
    if line.len() <= FURTHEST || is_rule(line) {
        return None;
    }
    let mut at = 0;
    loop {
        let rest = &line[at..];
        let length = match rest.first()? {
            b' ' | b'\t' | b'\r' => {
                at += 1;
                continue;
            }
            b'>' => 1,
            b'-' | b'*' | b'+' => 1,
            b'0'..=b'9' => {
                let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
                matches!(rest.get(digits), Some(b'.' | b')')).then_some(digits + 1)?
            }
            _ => return None,
        };
        let is_mark = rest[0] == b'>' || rest.get(length).is_none_or(u8::is_ascii_whitespace);
        if !is_mark {
            return None;
        }
        if at > FURTHEST {
            return Some(at);
        }
        at += length;
    }
}

/// Whether the line is a line across the page: `* * *`.
fn is_rule(line: &[u8]) -> bool {
    let mut marks = line.iter().filter(|byte| !byte.is_ascii_whitespace());
    let Some(mark @ (b'-' | b'*' | b'_')) = marks.next() else { return false };
    marks.all(|other| other == mark)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_marks_that_nobody_writes_become_text() {
        let kept = |text: &str| assert_eq!(bounded(text), text);
        kept("");
        kept("- a\n  - b\n> > c\n");
        kept(&format!("{}- a", " ".repeat(100)));
        kept(&format!("a {}", "- ".repeat(200)));
        kept(&"* ".repeat(200));
        kept(&format!("{}2301.00001", " ".repeat(200)));
        kept(&format!("{}**a**", " ".repeat(200)));
        let check =
            |marks: &str, expected: &str| assert_eq!(bounded(&format!("é\n{marks}é\n")), format!("é\n{expected}é\n"));
        check(&">".repeat(103), &format!("{}.>", ">".repeat(101)));
        check(&"- ".repeat(60), &format!("{}. {}", "- ".repeat(51), "- ".repeat(8)));
        check(&"1. ".repeat(40), &format!("{}.. {}", "1. ".repeat(34), "1. ".repeat(5)));
    }
}
