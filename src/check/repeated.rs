//! Papers that stand in the lists more than once.

use std::collections::HashMap;

use crate::model::{Code, Entry, Finding, Level};
use crate::tex;

/// By what two entries are known to present the same paper.
#[derive(PartialEq, Eq, Hash)]
enum Key<'a> {
    Id(&'a str),
    /// Without identifier: two papers may share a title, but not title and link.
    Title(String, &'a str),
}

/// Finds the entries that present a paper which an earlier one presents, whatever form the link has. Within one section that is
/// a slip; a list may well name a paper in several, and so may several lists.
pub(super) fn papers<'a>(entries: impl Iterator<Item = &'a Entry>) -> Vec<Finding> {
    let mut first: HashMap<Key<'a>, Vec<&'a Entry>> = HashMap::new();
    let mut findings = Vec::new();
    for entry in entries {
        let keys = keys(entry);
        let earlier = keys.iter().find_map(|key| first.get(key)).cloned().unwrap_or_default();
        findings.extend(repeated(entry, &earlier));
        for key in keys {
            first.entry(key).or_default().push(entry);
        }
    }
    findings
}

fn keys(entry: &Entry) -> Vec<Key<'_>> {
    match (&entry.id, &entry.title) {
        (Some(id), _) => vec![Key::Id(id.id.as_str())],
        (None, Some(title)) => {
            let title = tex::folded(title);
            entry.links.iter().map(|link| Key::Title(title.clone(), &link.url)).collect()
        }
        (None, None) => Vec::new(),
    }
}

fn repeated(entry: &Entry, earlier: &[&Entry]) -> Option<Finding> {
    // A list that is named twice, or a line that names its paper twice, repeats nothing.
    if earlier.iter().any(|other| other.place.path == entry.place.path && other.place.line == entry.place.line) {
        return None;
    }
    let beside = |other: &&&Entry| other.place.path == entry.place.path && other.sections == entry.sections;
    // A model has a paper, and so has another that came with it: the list names both in their own right.
    let is_called_so = |other: &&&Entry| match (&other.title, &entry.title) {
        (Some(one), Some(other)) => tex::folded(one) == tex::folded(other),
        _ => true,
    };
    let same = earlier.iter().filter(beside).find(is_called_so);
    let other = same.or(earlier.first())?;
    let what = match &entry.id {
        Some(id) => id.id.to_string(),
        None => format!("\"{}\"", entry.title.as_deref().unwrap_or_default()),
    };
    let under = match (same, other.sections.last()) {
        (None, Some(section)) if other.sections != entry.sections => format!(", under \"{section}\""),
        _ => String::new(),
    };
    Some(Finding {
        help: Some("keep one of the two, unless the list names it twice on purpose".to_owned()),
        arxiv_id: entry.id.as_ref().map(|id| id.id.clone()),
        level: if same.is_some() { Level::Warning } else { Level::Note },
        ..Finding::new(
            Code::Duplicate,
            entry.place.clone(),
            format!("{what} stands at {}:{} already{under}", other.place.path, other.place.line),
        )
    })
}
