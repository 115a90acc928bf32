//! What is folded away under a summary: details of the entry before it, a section of entries, or an entry that the summary is the
//! title of.

use super::{Section, heading_text};
use crate::extract::document::Kind;
use crate::extract::labels::Labelled;
use crate::extract::passage::Passage;
use crate::extract::plain;
use crate::extract::reading::{self, Given};
use crate::extract::title;
use crate::extract::words;

impl Section<'_, '_, '_> {
    /// Whether the summary says that details of the entry before it follow.
    pub(super) fn folds_details(&self, at: usize) -> bool {
        let summary = self.document.blocks.get(at + 1).filter(|block| block.kind == Kind::Summary);
        let text: String =
            summary.into_iter().flat_map(|block| self.document.runs_of(block)).map(|run| &*run.text).collect();
        words::is(plain::trim(&text), words::Kind::Folded)
    }

    pub(super) fn summary(&mut self, at: usize) {
        let mut passage = Passage::of(self.document);
        let labelled = Labelled::of(passage.fill(at..at + 1));
        let text = heading_text(&labelled);
        if !words::is(&text, words::Kind::Folded) {
            self.reader.outline.summary(text);
        }
    }

    /// Keeps the entry that is folded away under its title, where one paper's details are all that is, and says where to go on.
    pub(super) fn folded_entry(&mut self, at: usize, limit: usize) -> Option<usize> {
        let end = self.end_of_folded(at, limit)?;
        let details = at + 2..end;
        let mut passage = Passage::of(self.document);
        let text = heading_text(&Labelled::of(passage.fill(at + 1..at + 2)));
        let is_title = plain::word_count(&text) >= 3 && !words::is(&text, words::Kind::Folded);
        let is_entry = is_title && self.is_one_papers(details.clone(), &text);
        if !is_entry || self.has_entries(details.clone()) || self.has_references(details) {
            return None;
        }
        let labelled = Labelled::of(passage.fill(at + 1..end));
        let given = Given { text: title::without_remarks(&text), at: labelled.passage.source(0) };
        let draft = reading::under(given, &labelled, &mut self.reader.tools);
        self.keep(draft);
        Some(end + 1)
    }

    /// Where what begins to be folded at `at`, with a summary, ends.
    fn end_of_folded(&self, at: usize, limit: usize) -> Option<usize> {
        let kind = |index: usize| self.document.blocks[index].kind;
        if at + 2 >= limit || kind(at + 1) != Kind::Summary {
            return None;
        }
        // An abstract that is folded within is a detail as well; anything else is left to be looked at by itself.
        let mut folded = 0;
        for index in at + 2..limit {
            match kind(index) {
                Kind::DetailsEnd if folded == 0 => return Some(index),
                Kind::DetailsEnd => folded -= 1,
                Kind::Details if self.folds_details(index) => folded += 1,
                Kind::Details | Kind::Table => return None,
                _ => {}
            }
        }
        None
    }
}
