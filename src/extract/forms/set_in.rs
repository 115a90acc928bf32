//! Text that Markdown takes for code since it is set in by four spaces or a tab, and that is none since it holds links: it is read as
//! Markdown once more, without what it is set in by, and with its places in the list.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser};

use crate::extract::features::links;
use crate::extract::forms::nesting;

/// The lines of a block, with their places.
#[derive(Debug, Default)]
pub(in crate::extract) struct SetIn {
    text: String,
    /// Where each piece starts in the text, and in the list.
    pieces: Vec<(usize, usize)>,
}

/// Whether a block holds a link or names a paper.
pub(in crate::extract) fn holds_links(block: &str) -> bool {
    if block.contains("](") && block.contains("://") {
        return true;
    }
    let mut found = Vec::new();
    let words = block.split(|c: char| c.is_whitespace() || "<>()[]\"'".contains(c));
    words.filter(|word| word.contains("://")).take(MOST).for_each(|word| links::in_address(word, &mut found));
    if found.is_empty() {
        let mut found = Vec::new();
        links::in_text(block, &mut found);
        return !found.is_empty();
    }
    true
}

/// Of so many addresses one tells.
const MOST: usize = 64;

impl SetIn {
    pub(in crate::extract) fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    pub(in crate::extract) fn push(&mut self, text: &str, at: usize) {
        self.pieces.push((self.text.len(), at));
        self.text.push_str(text);
    }

    /// What the text consists of as Markdown, each with its place in the list.
    pub(in crate::extract) fn events(&self, forms: Options) -> Vec<(Event<'static>, Range<usize>)> {
        let text = nesting::bounded(&self.text);
        let events = Parser::new_ext(&text, forms).into_offset_iter();
        events.map(|(event, range)| (event.into_static(), self.at(range.start)..self.end(&range))).collect()
    }

    fn at(&self, position: usize) -> usize {
        let piece = self.pieces.partition_point(|(start, _)| *start <= position).saturating_sub(1);
        let (start, at) = self.pieces.get(piece).copied().unwrap_or_default();
        at + position.saturating_sub(start)
    }

    /// The end of a range is where its last character ends.
    fn end(&self, range: &Range<usize>) -> usize {
        match range.end.checked_sub(1) {
            Some(last) if last >= range.start => self.at(last) + 1,
            _ => self.at(range.end),
        }
    }
}
