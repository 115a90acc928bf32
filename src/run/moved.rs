//! The lines of a list that `--update` writes into: its place for the papers grows or shrinks, and what stands below it moves.

use std::path::Path;
use std::sync::Arc;

use crate::lists::List;
use crate::model::own_place;
use crate::model::{Finding, Record};

/// The place for the papers in a list, as it was when the list was read.
#[derive(Debug)]
pub(super) struct PlaceInList {
    /// What the list is called; it may have been named more than once.
    names: Vec<String>,
    /// The first line below the place, counted from 1.
    below: usize,
    /// How many lines it had.
    lines: usize,
}

impl PlaceInList {
    /// The place in the list that is this file, where there is such a list.
    pub(super) fn find(file: &Path, lists: &[List]) -> Option<Self> {
        let file = file.canonicalize().ok()?;
        let is_same = |list: &&List| list.file.as_ref().is_some_and(|list| *list == file);
        let same: Vec<_> = lists.iter().filter(is_same).collect();
        let text = &same.first()?.text;
        let place = own_place::find(text.as_bytes()).ok()?;
        Some(Self {
            names: same.iter().map(|list| list.path.clone()).collect(),
            below: line_ends(&text[..place.end]) + 1,
            lines: line_ends(&text[place]),
        })
    }

    /// Brings what stands below the place to the lines where it stands once the place holds these papers.
    pub(super) fn refill(&self, papers: &str, records: &mut [Record], findings: &mut [Finding]) {
        let lines = line_ends(papers);
        let move_line = |name: &str, line: &mut u32| {
            let before = usize::try_from(*line).unwrap_or(usize::MAX);
            if before >= self.below && self.names.iter().any(|own| own == name) {
                *line = u32::try_from(before - self.lines + lines).unwrap_or(u32::MAX);
            }
        };
        for mention in records.iter_mut().flat_map(|record| &mut record.mentions) {
            move_line(&mention.path, &mut mention.line);
        }
        for place in findings.iter_mut().map(|finding| &mut finding.place) {
            move_line(&Arc::clone(&place.path), &mut place.line);
        }
    }
}

fn line_ends(text: &str) -> usize {
    memchr::memchr_iter(b'\n', text.as_bytes()).count()
}
