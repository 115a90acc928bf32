//! The tables in the program's own place of a text: the place is written anew, every other byte stays.

use pulldown_cmark::{Event, Parser, Tag};

use super::{DEEPEST, tables};
use crate::model::Record;
use crate::model::own_place::{self, Misplaced};

/// The text with the papers between its marks, under headings one level below the heading above, in the text's own line ends.
///
/// # Errors
/// There is not exactly one place.
pub fn refreshed(text: &[u8], records: &[Record]) -> Result<Vec<u8>, Misplaced> {
    let place = own_place::find(text)?;
    let (before, after) = (&text[..place.start], &text[place.end..]);
    let mut papers = format!("\n{}\n", tables(records, level_below(&String::from_utf8_lossy(before))));
    if before.ends_with(b"\r\n") {
        papers = papers.replace('\n', "\r\n");
    }
    Ok([before, papers.as_bytes(), after].concat())
}

/// The level below the last heading of a text, or below a title.
fn level_below(text: &str) -> usize {
    let levels = Parser::new(text).filter_map(|event| match event {
        Event::Start(Tag::Heading { level, .. }) => Some(level as usize),
        _ => None,
    });
    (levels.last().unwrap_or(1) + 1).min(DEEPEST)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let refreshed = refreshed(text.as_bytes(), &[]).unwrap();
        assert_eq!(String::from_utf8_lossy(&refreshed), expected, "{text:?}");
    }

    #[test]
    fn only_the_place_is_written_and_its_line_ends_are_the_texts() {
        check(
            "a\n<!-- enrich:start -->\nold\n<!-- enrich:end -->\nb",
            "a\n<!-- enrich:start -->\n\n\n\n<!-- enrich:end -->\nb",
        );
        check(
            "<!-- enrich:start -->\r\n<!-- enrich:end -->",
            "<!-- enrich:start -->\r\n\r\n\r\n\r\n<!-- enrich:end -->",
        );
        let bytes = b"\xff<!\n<!-- enrich:start -->\n<!-- enrich:end -->\xff\n";
        assert_eq!(super::refreshed(bytes, &[]), Err(Misplaced::Open(2)));
        let bytes = b"\xff<!\n<!-- enrich:start -->\n<!-- enrich:end -->\n\xff";
        assert_eq!(
            super::refreshed(bytes, &[]).unwrap(),
            b"\xff<!\n<!-- enrich:start -->\n\n\n\n<!-- enrich:end -->\n\xff"
        );
    }

    #[test]
    fn the_headings_go_below_the_one_above() {
        assert_eq!(level_below(""), 2);
        assert_eq!(level_below("# a\n## b\n```\n#### code\n```\n"), 3);
        assert_eq!(level_below("a\n===\n"), 2);
        assert_eq!(level_below("###### a\n"), 6);
    }
}
