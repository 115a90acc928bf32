//! What people say is right to read from real lists, and how much of it is read, as `../shared/score-extraction` has it.

use std::collections::BTreeSet;

use enrich::model::Entry;
use serde::Deserialize;
use unicode_normalization::UnicodeNormalization;

use super::Count;

/// How many lines an entry may be away from its label.
const NEAR: u32 = 4;

/// One label: an entry, or with `none` a line where no entry may start.
#[derive(Deserialize)]
pub(super) struct Label {
    pub(super) file: String,
    line: u32,
    #[serde(default)]
    none: bool,
    #[serde(default)]
    arxiv_id: Option<String>,
    #[serde(default)]
    title: Option<String>,
    #[serde(default)]
    tags: Vec<String>,
    #[serde(default)]
    sections: Vec<String>,
}

impl Label {
    pub(super) fn all(lines: &str) -> Vec<Self> {
        let lines = lines.lines().filter(|line| !line.trim().is_empty());
        lines.map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"))).collect()
    }

    /// The entry that this label speaks of: the nearest with its identifier, or without one with its title.
    fn entry<'a>(&self, entries: &'a [Entry]) -> Option<&'a Entry> {
        let is_meant = |entry: &&Entry| match &self.arxiv_id {
            Some(id) => id_of(entry).as_ref() == Some(id),
            None => {
                entry.id.is_none() && letters(title_of(entry)) == letters(self.title.as_deref().unwrap_or_default())
            }
        };
        let near = entries.iter().filter(is_meant).filter(|entry| entry.place.line.abs_diff(self.line) <= NEAR);
        near.min_by_key(|entry| entry.place.line.abs_diff(self.line))
    }
}

pub(super) fn id_of(entry: &Entry) -> Option<String> {
    entry.id.as_ref().map(|id| id.id.to_string())
}

pub(super) fn title_of(entry: &Entry) -> &str {
    entry.title.as_deref().unwrap_or_default()
}

/// How many of the labels are found, with the same title, tags and sections, and how many lines start no entry that may not.
pub(super) fn counts(labels: &[&Label], entries: &[Entry]) -> [Count; 5] {
    let mut counts = [Count::default(); 5];
    for label in labels {
        let [found, title, tags, sections, none] = &mut counts;
        if label.none {
            none.add(!entries.iter().any(|entry| entry.place.line == label.line));
        } else {
            let entry = label.entry(entries);
            let is = |right: &dyn Fn(&Entry) -> bool| entry.is_some_and(right);
            found.add(entry.is_some());
            title.add(is(&|entry| letters(title_of(entry)) == letters(label.title.as_deref().unwrap_or_default())));
            tags.add(is(&|entry| set(&entry.tags) == set(&label.tags)));
            sections.add(is(&|entry| each(&entry.sections) == each(&label.sections)));
        }
    }
    counts
}

fn set(texts: &[String]) -> BTreeSet<String> {
    texts.iter().map(|text| letters(text)).collect()
}

fn each(texts: &[String]) -> Vec<String> {
    texts.iter().map(|text| letters(text)).collect()
}

/// The letters and digits of a text, all that is compared of it.
fn letters(text: &str) -> String {
    folded(text.nfkc())
}

/// The letters and digits, case ignored.
pub(super) fn folded(text: impl Iterator<Item = char>) -> String {
    text.filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase).flat_map(char::to_lowercase).collect()
}
