//! Two outputs to the news between them. How the news are told is left to `export`.
//!
//! Papers are the same by their identifier. Where one of the two has none, they are the same by the list's title, so that a
//! list that learns or mends a paper's identifier has not lost one paper and won another; and where both have none, by their
//! links, so that a corrected title is no news. A record that was kept from the earlier output differs from it in nothing but what the
//! lists say, and so brings no news either.

mod trace;

use std::collections::{HashMap, HashSet};

use crate::model::{Altered, Changes, NewPaper, NewVersion, Part, Publication, Record, Source, Status, Withdrawal};

use self::trace::SameBy;

pub use self::trace::Trace;

/// The news of the records `after` over those that left their traces `before`.
pub fn between(before: &[Trace], after: &[Record]) -> Changes {
    let pairs = pairs(before, after);
    let mut changes = Changes::default();
    // An output of a version that did not write related e-prints names none, which is no news.
    let knew_related = before.iter().any(|earlier| !earlier.related.is_empty());
    for (now, earlier) in after.iter().zip(&pairs) {
        match earlier {
            Some(at) => {
                compare(&before[*at], now, &mut changes);
                changes.related.extend(altered(&before[*at].related, &now.related, now).filter(|_| knew_related));
            }
            None => {
                changes.new.push(NewPaper { paper: now.named(), status: now.status, withdrawn: now.withdrawn });
            }
        }
    }
    let still_there: HashSet<usize> = pairs.into_iter().flatten().collect();
    let gone = before.iter().enumerate().filter(|(at, _)| !still_there.contains(at));
    changes.gone = gone.map(|(_, earlier)| earlier.named.clone()).collect();
    changes
}

/// For each record of `after`, which one of `before` is the same paper.
fn pairs(before: &[Trace], after: &[Record]) -> Vec<Option<usize>> {
    let mut pairs = vec![None; after.len()];
    let mut taken = vec![false; before.len()];
    let same_id = |earlier: &Trace, now: &Record| earlier.named.arxiv_id == now.arxiv_id;
    // Two identifiers are two papers, whatever the list calls them, unless the first was a mistake that the list has mended.
    let may_be_one = |earlier: &Trace, now: &Record| {
        earlier.named.arxiv_id.is_none() || now.arxiv_id.is_none() || earlier.status == Status::NotFound
    };
    let both_have_none = |earlier: &Trace, now: &Record| earlier.named.arxiv_id.is_none() && now.arxiv_id.is_none();
    pair(before, after, (&mut pairs, &mut taken), SameBy::Identifier, same_id);
    pair(before, after, (&mut pairs, &mut taken), SameBy::ListedTitle, may_be_one);
    pair(before, after, (&mut pairs, &mut taken), SameBy::Links, both_have_none);
    pair(before, after, (&mut pairs, &mut taken), SameBy::Nothing, both_have_none);
    pairs
}

/// Pairs what is left of both, in their order, where it is the same by this and `may` be one paper.
fn pair(
    before: &[Trace],
    after: &[Record],
    (pairs, taken): (&mut [Option<usize>], &mut [bool]),
    by: SameBy,
    may: impl Fn(&Trace, &Record) -> bool,
) {
    let mut by_key: HashMap<u64, Vec<usize>> = HashMap::new();
    for (at, earlier) in before.iter().enumerate().filter(|(at, _)| !taken[*at]) {
        if let Some(key) = earlier.key(by) {
            by_key.entry(key).or_default().push(at);
        }
    }
    if by_key.is_empty() {
        return;
    }
    for (now, found) in after.iter().zip(pairs).filter(|(_, found)| found.is_none()) {
        let Some(candidates) = by.key(now).and_then(|key| by_key.get(&key)) else { continue };
        if let Some(at) = candidates.iter().copied().find(|at| !taken[*at] && may(&before[*at], now)) {
            taken[at] = true;
            *found = Some(at);
        }
    }
}

/// What is new about a paper that was there before.
fn compare(earlier: &Trace, now: &Record, changes: &mut Changes) {
    match (earlier.status == Status::Enriched, now.status == Status::Enriched) {
        (true, true) => compare_metadata(earlier, now, changes),
        (false, true) => changes.now_known.push(now.named()),
        (true, false) => changes.no_longer_known.push(now.named()),
        (false, false) => {}
    }
    changes.tags.extend(altered(&earlier.tags, &now.tags, now));
}

/// The values that came and went, where any did.
fn altered<T: Clone + PartialEq>(before: &[T], after: &[T], now: &Record) -> Option<Altered<T>> {
    let beyond = |values: &[T], others: &[T]| -> Vec<T> {
        values.iter().filter(|value| !others.contains(value)).cloned().collect()
    };
    let (added, removed) = (beyond(after, before), beyond(before, after));
    (!added.is_empty() || !removed.is_empty()).then(|| Altered { paper: now.named(), added, removed })
}

fn compare_metadata(earlier: &Trace, now: &Record, changes: &mut Changes) {
    if let (Some(from), Some(to)) = (earlier.version, now.version)
        && from < to
    {
        let changed = changed_parts(earlier, now);
        let earlier_title = earlier.named.title.clone().filter(|_| changed.contains(&Part::Title));
        changes.new_versions.push(NewVersion { paper: now.named(), from, to, changed, earlier_title });
    }
    if !earlier.is_published && trace::is_published(now) {
        let (journal_ref, doi) = (now.journal_ref.clone(), now.doi.clone());
        changes.published.push(Publication { paper: now.named(), journal_ref, doi });
    }
    if !earlier.withdrawn && now.withdrawn {
        changes.withdrawn.push(Withdrawal { paper: now.named(), comment: now.comment.clone() });
    }
}

/// What a new version changed. The routes to arXiv spell names and abstracts in their own ways, so that these can be compared
/// only where both came by the same one.
fn changed_parts(earlier: &Trace, now: &Record) -> Vec<Part> {
    let same_route = earlier.source == now.source && now.source != Source::List;
    let mut changed = Vec::new();
    if earlier.title != trace::title(now) {
        changed.push(Part::Title);
    }
    if same_route && earlier.authors != trace::authors(now) {
        changed.push(Part::Authors);
    }
    if same_route && earlier.summary != trace::summary(now) {
        changed.push(Part::Abstract);
    }
    changed
}

#[cfg(test)]
mod tests;
