//! What the lists say, and what it means where they say nothing: an empty output must never replace papers by mistake.

use std::collections::BTreeSet;
use std::fmt;

use crate::extract::explain::Explanation;
use crate::extract::{self, Known, Options};
use crate::lists::{Content, List};
use crate::model::{ArxivId, Entry, Extracted, Finding, Level, VersionedId};

/// The most lists that an error names.
const MOST_NAMED: usize = 10;

/// Whether lists may be without any entry.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum WhenEmpty {
    /// That is an error.
    #[default]
    Refused,
    /// That is as it should be.
    Allowed,
}

/// What was read from the lists.
#[derive(Debug, Default)]
pub struct Reading {
    /// Every entry, in the order of the lists.
    pub entries: Vec<Entry>,
    /// For each list, where among the entries its own end.
    pub ends: Vec<usize>,
    /// What was noticed.
    pub findings: Vec<Finding>,
    /// For each list why it is read as it is, where that was asked for.
    pub explanations: Vec<Explanation>,
}

/// No list has an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NothingRead {
    /// The lists that were read, each with what it holds.
    lists: Vec<(String, Content)>,
}

/// Reads every list.
pub fn read(lists: &[List], options: &Options, when_empty: WhenEmpty) -> Reading {
    gathered(lists, when_empty, |list| {
        let extracted = extract::list(&list.path, &list.text, options);
        tracing::info!("{}: {}", list.path, extracted.account);
        extracted
    })
}

/// Reads every list anew with what is known now, where that leaves the papers that it presents the same; else as before, with what
/// was known then.
pub fn again(
    lists: &[List],
    options: &Options,
    when_empty: WhenEmpty,
    earlier: &Reading,
    (before, now): (&Known, &Known),
) -> Reading {
    let starts = std::iter::once(0).chain(earlier.ends.iter().copied());
    let mut entries = starts.zip(&earlier.ends).map(|(start, end)| &earlier.entries[start..*end]);
    gathered(lists, when_empty, |list| {
        let extracted = extract::list_knowing(&list.path, &list.text, options, now);
        if entries.next().is_some_and(|earlier| presented(earlier) != presented(&extracted.entries)) {
            return extract::list_knowing(&list.path, &list.text, options, before);
        }
        extracted
    })
}

/// The papers that entries present, as they are asked for.
fn presented(entries: &[Entry]) -> BTreeSet<(&VersionedId, Option<&ArxivId>)> {
    entries.iter().filter_map(|entry| Some((entry.id.as_ref()?, entry.rival.as_ref()))).collect()
}

/// Reads every list with what is known of its papers, and explains how.
pub fn explained(lists: &[List], options: &Options, when_empty: WhenEmpty, known: &Known) -> Reading {
    let mut explanations = Vec::with_capacity(lists.len());
    let reading = gathered(lists, when_empty, |list| {
        let (extracted, explanation) = extract::explained(&list.path, &list.text, options, known);
        explanations.push(explanation);
        extracted
    });
    Reading { explanations, ..reading }
}

fn gathered(lists: &[List], when_empty: WhenEmpty, mut read: impl FnMut(&List) -> Extracted) -> Reading {
    let mut reading = Reading::default();
    let mut empty = Vec::new();
    for list in lists {
        let extracted = read(list);
        if extracted.entries.is_empty() {
            empty.push(list);
        }
        reading.entries.extend(extracted.entries);
        reading.ends.push(reading.entries.len());
        reading.findings.extend(list.finding.clone());
        reading.findings.extend(extracted.findings);
    }
    let level = match (reading.entries.is_empty(), when_empty) {
        (true, WhenEmpty::Refused) => Level::Error,
        (true, WhenEmpty::Allowed) => Level::Note,
        (false, _) => Level::Warning,
    };
    reading.findings.extend(empty.into_iter().map(|list| list.nothing_read(level)));
    reading
}

impl NothingRead {
    /// The error, where nothing was read and something should have been.
    ///
    /// # Errors
    /// No list has an entry.
    pub fn check(reading: &Reading, lists: &[List], when_empty: WhenEmpty) -> Result<(), Self> {
        if when_empty == WhenEmpty::Allowed || !reading.entries.is_empty() {
            return Ok(());
        }
        Err(Self { lists: lists.iter().map(|list| (list.path.clone(), list.content)).collect() })
    }

    /// What the user can do about it.
    pub fn hint(&self) -> &'static str {
        "enrich looks for links to arXiv and to papers elsewhere, titles with links, arXiv identifiers and BibTeX; \
         `enrich extract --explain` says what it passed over, and with --allow-empty it goes on without any"
    }
}

impl std::error::Error for NothingRead {}

impl fmt::Display for NothingRead {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("no paper was found in ")?;
        for (at, (path, content)) in self.lists.iter().take(MOST_NAMED).enumerate() {
            let before = if at == 0 { "" } else { ", " };
            write!(f, "{before}{path}")?;
            f.write_str(match content {
                Content::Nothing => " (empty)",
                Content::Text => "",
                Content::Binary => " (no text)",
            })?;
        }
        match self.lists.len().saturating_sub(MOST_NAMED) {
            0 => Ok(()),
            more => write!(f, " and {more} more"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_error_names_the_lists_and_says_what_they_hold() {
        let lists = |count| (0..count).map(|at| (format!("{at}.md"), Content::Text)).collect();
        let mut error = NothingRead { lists: lists(2) };
        error.lists.extend([("a.md".to_owned(), Content::Nothing), ("-".to_owned(), Content::Binary)]);
        assert_eq!(error.to_string(), "no paper was found in 0.md, 1.md, a.md (empty), - (no text)");
        let many = NothingRead { lists: lists(12) }.to_string();
        assert!(many.ends_with("8.md, 9.md and 2 more"), "{many}");
    }
}
