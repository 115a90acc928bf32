//! The tables for the program's own place in a text. How they are written there, byte by byte, is left to whoever read it.

use std::ops::Range;

use pulldown_cmark::{Event, Parser, Tag};

use super::{DEEPEST, tables};
use crate::model::Record;
use crate::model::own_place::{self, Misplaced};

/// Where in the text the papers go, and they under headings one level below the heading above. Every line ends with a line feed.
///
/// # Errors
/// There is not exactly one place.
pub fn refreshed(text: &str, records: &[Record]) -> Result<(Range<usize>, String), Misplaced> {
    let place = own_place::find(text.as_bytes())?;
    let papers = format!("\n{}\n", tables(records, level_below(&text[..place.start])));
    Ok((place, papers))
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

    #[test]
    fn the_place_is_between_the_marks() {
        let text = "é\n<!-- enrich:start -->\nold\n<!-- enrich:end -->\nb";
        let (place, papers) = refreshed(text, &[]).unwrap();
        assert_eq!((&text[place], papers.as_str()), ("old\n", "\n\n\n"));
        assert_eq!(refreshed("<!-- enrich:start -->\n", &[]), Err(Misplaced::Open(1)));
    }

    #[test]
    fn the_headings_go_below_the_one_above() {
        assert_eq!(level_below(""), 2);
        assert_eq!(level_below("# a\n## b\n```\n#### code\n```\n"), 3);
        assert_eq!(level_below("a\n===\n"), 2);
        assert_eq!(level_below("###### a\n"), 6);
    }
}
