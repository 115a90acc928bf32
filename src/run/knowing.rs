//! The papers' own titles teach how the lists are read: what is known before anybody is asked, and what the answers tell.

use std::collections::HashMap;

use super::reading::{self, Reading, WhenEmpty};
use crate::extract::{Known, Options};
use crate::lists::List;
use crate::merge::Knowledge;
use crate::model::{ArxivId, Entry, VersionedId};
use crate::source::memory::Memory;
use crate::source::snapshot::SnapshotError;

/// Lists as they are read with what is known of their papers.
#[derive(Debug, Default)]
pub struct Taught {
    /// What they say.
    pub reading: Reading,
    /// What was known.
    pub(super) known: Known,
}

/// Reads every list, taught by what is known without asking anybody.
///
/// # Errors
/// The snapshot that was named cannot be read.
pub fn read(
    lists: &[List],
    options: &Options,
    when_empty: WhenEmpty,
    memory: &Memory,
) -> Result<Taught, SnapshotError> {
    let reading = reading::read(lists, options, when_empty);
    let titles = memory.titles(&ids(&reading.entries))?;
    let known = Known::of(titles.iter().map(|(id, title)| (id, title.as_str())));
    let taught = Taught { reading, known: Known::default() };
    Ok(taught.again(lists, options, when_empty, known))
}

/// Reads every list as [`read`] does, and explains how.
///
/// # Errors
/// The snapshot that was named cannot be read.
pub fn explained(
    lists: &[List],
    options: &Options,
    when_empty: WhenEmpty,
    memory: &Memory,
) -> Result<Taught, SnapshotError> {
    let Taught { known, .. } = read(lists, options, when_empty, memory)?;
    Ok(Taught { reading: reading::explained(lists, options, when_empty, &known), known })
}

impl Taught {
    /// The same lists as they are read with what is known now. One that would present other papers then is left as it was: they
    /// have not been asked for.
    pub(super) fn again(self, lists: &[List], options: &Options, when_empty: WhenEmpty, known: Known) -> Self {
        let is_settled = |entry: &Entry| match (&entry.id, &entry.title) {
            (Some(id), Some(title)) => known.agrees(&id.id, title) == Some(true),
            _ => false,
        };
        if !known.adds_to(&self.known) || self.reading.entries.iter().all(is_settled) {
            return self;
        }
        let reading = reading::again(lists, options, when_empty, &self.reading, (&self.known, &known));
        Self { reading, known }
    }
}

/// What the answers say that the papers are called.
pub(super) fn told(answers: &HashMap<ArxivId, Knowledge>) -> Known {
    Known::of(answers.iter().filter_map(|(id, knowledge)| match knowledge {
        Knowledge::Found(paper) => Some((id, paper.title.as_str())),
        Knowledge::Kept(record) => Some((id, record.title.as_deref()?)),
        Knowledge::Missing => None,
    }))
}

/// The papers that entries present, each once.
fn ids(entries: &[Entry]) -> Vec<VersionedId> {
    let mut ids: Vec<VersionedId> = entries.iter().filter_map(|entry| entry.id.clone()).collect();
    ids.sort();
    ids.dedup();
    ids
}
