//! Two outputs to the news between them. How the news are told is left to `export`.
//!
//! Papers are the same by their identifier. Where one of the two has none, they are the same by the list's title, so that a
//! list that learns or mends a paper's identifier has not lost one paper and won another; and where both have none, by their
//! links, so that a corrected title is no news. A record that was kept from the earlier output differs from it in nothing but what the
//! lists say, and so brings no news either.

use std::collections::{HashMap, HashSet};

use crate::model::{Changes, NewPaper, NewVersion, Part, Publication, Record, Retagged, Source, Status, Withdrawal};

/// The news of the records `after` over those `before`.
pub fn between(before: &[Record], after: &[Record]) -> Changes {
    let pairs = pairs(before, after);
    let mut changes = Changes::default();
    for (now, earlier) in after.iter().zip(&pairs) {
        match earlier {
            Some(at) => compare(&before[*at], now, &mut changes),
            None => {
                changes.new.push(NewPaper { paper: now.named(), status: now.status, withdrawn: now.withdrawn });
            }
        }
    }
    let still_there: HashSet<usize> = pairs.into_iter().flatten().collect();
    let gone = before.iter().enumerate().filter(|(at, _)| !still_there.contains(at));
    changes.gone = gone.map(|(_, record)| record.named()).collect();
    changes
}

/// For each record of `after`, which one of `before` is the same paper.
fn pairs(before: &[Record], after: &[Record]) -> Vec<Option<usize>> {
    let mut pairs = vec![None; after.len()];
    let mut taken = vec![false; before.len()];
    let has_id = |record: &Record| record.arxiv_id.is_some();
    pair(
        before,
        after,
        (&mut pairs, &mut taken),
        |record| record.arxiv_id.as_ref().map(ToString::to_string),
        |_, _| true,
    );
    // Two identifiers are two papers, whatever the list calls them, unless the first was a mistake that the list has mended.
    let may_be_one =
        |earlier: &Record, now: &Record| !has_id(earlier) || !has_id(now) || earlier.status == Status::NotFound;
    let both_have_none = |earlier: &Record, now: &Record| !has_id(earlier) && !has_id(now);
    pair(before, after, (&mut pairs, &mut taken), listed_title, may_be_one);
    pair(before, after, (&mut pairs, &mut taken), links, both_have_none);
    pair(before, after, (&mut pairs, &mut taken), nothing, both_have_none);
    pairs
}

/// Pairs what is left of both by a key, in their order, where `may` allows it.
fn pair(
    before: &[Record],
    after: &[Record],
    (pairs, taken): (&mut [Option<usize>], &mut [bool]),
    key: impl Fn(&Record) -> Option<String>,
    may: impl Fn(&Record, &Record) -> bool,
) {
    let mut by_key: HashMap<String, Vec<usize>> = HashMap::new();
    for (at, record) in before.iter().enumerate().filter(|(at, _)| !taken[*at]) {
        if let Some(key) = key(record) {
            by_key.entry(key).or_default().push(at);
        }
    }
    for (now, found) in after.iter().zip(pairs).filter(|(_, found)| found.is_none()) {
        let Some(candidates) = key(now).and_then(|key| by_key.get(&key)) else { continue };
        if let Some(at) = candidates.iter().copied().find(|at| !taken[*at] && may(&before[*at], now)) {
            taken[at] = true;
            *found = Some(at);
        }
    }
}

/// The letters and digits of what the list calls a paper.
fn listed_title(record: &Record) -> Option<String> {
    record.listed_title.as_deref().or(record.title.as_deref()).map(letters).filter(|key| !key.is_empty())
}

/// What is called nothing and leads nowhere is all alike.
fn nothing(record: &Record) -> Option<String> {
    (listed_title(record).is_none() && links(record).is_none()).then(String::new)
}

fn links(record: &Record) -> Option<String> {
    let urls: Vec<&str> = record.links.iter().map(|link| link.url.as_str()).collect();
    (!urls.is_empty()).then(|| urls.join("\n"))
}

/// A text without what routes and editors set differently: case, punctuation, white space.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// What is new about a paper that was there before.
fn compare(earlier: &Record, now: &Record, changes: &mut Changes) {
    match (earlier.status == Status::Enriched, now.status == Status::Enriched) {
        (true, true) => compare_metadata(earlier, now, changes),
        (false, true) => changes.now_known.push(now.named()),
        (true, false) => changes.no_longer_known.push(now.named()),
        (false, false) => {}
    }
    let beyond = |tags: &[String], others: &[String]| -> Vec<String> {
        tags.iter().filter(|tag| !others.contains(tag)).cloned().collect()
    };
    let (added, removed) = (beyond(&now.tags, &earlier.tags), beyond(&earlier.tags, &now.tags));
    if !added.is_empty() || !removed.is_empty() {
        changes.tags.push(Retagged { paper: now.named(), added, removed });
    }
}

fn compare_metadata(earlier: &Record, now: &Record, changes: &mut Changes) {
    if let (Some(from), Some(to)) = (earlier.version, now.version)
        && from < to
    {
        let changed = changed_parts(earlier, now);
        let earlier_title = if changed.contains(&Part::Title) { earlier.named().title } else { None };
        changes.new_versions.push(NewVersion { paper: now.named(), from, to, changed, earlier_title });
    }
    let is_published = |record: &Record| record.doi.is_some() || record.journal_ref.is_some();
    if !is_published(earlier) && is_published(now) {
        let (journal_ref, doi) = (now.journal_ref.clone(), now.doi.clone());
        changes.published.push(Publication { paper: now.named(), journal_ref, doi });
    }
    if !earlier.withdrawn && now.withdrawn {
        changes.withdrawn.push(Withdrawal { paper: now.named(), comment: now.comment.clone() });
    }
}

/// What a new version changed. The routes to arXiv spell names and abstracts in their own ways, so that these can be compared
/// only where both came by the same one.
fn changed_parts(earlier: &Record, now: &Record) -> Vec<Part> {
    let text = |text: &Option<String>| text.as_deref().map(letters);
    let names = |record: &Record| record.authors.iter().map(|name| letters(name)).collect::<Vec<_>>();
    let same_route = earlier.source == now.source && now.source != Source::List;
    let mut changed = Vec::new();
    if text(&earlier.title) != text(&now.title) {
        changed.push(Part::Title);
    }
    if same_route && names(earlier) != names(now) {
        changed.push(Part::Authors);
    }
    // Of an abstract even a sign may be the news.
    if same_route && earlier.summary != now.summary {
        changed.push(Part::Abstract);
    }
    changed
}

#[cfg(test)]
mod tests;
