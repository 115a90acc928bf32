//! Papers of which arXiv names a publication, and the lists none.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::Known;
use crate::model::{ArxivId, Code, Entry, Finding, Paper};
use crate::tex;

/// Parts of addresses at which papers are published.
static PUBLISHERS: LazyLock<Vec<&'static str>> =
    LazyLock::new(|| include_str!("publishers.txt").lines().filter(|line| !line.starts_with('#')).collect());

/// Finds the published papers that no entry says to be published, each at its first entry.
pub(super) fn unnamed<'a>(entries: impl Iterator<Item = &'a Entry>, known: &HashMap<ArxivId, Known>) -> Vec<Finding> {
    let mut order = Vec::new();
    let mut papers: HashMap<&ArxivId, Vec<&Entry>> = HashMap::new();
    for entry in entries {
        let Some(id) = &entry.id else { continue };
        papers
            .entry(&id.id)
            .or_insert_with(|| {
                order.push(&id.id);
                Vec::new()
            })
            .push(entry);
    }
    let publication = |id: &&ArxivId| {
        let entries = &papers[*id];
        let told = told(&known.get(*id)?.latest)?;
        let is_named = entries.iter().any(|entry| names_a_publication(entry));
        (!is_named).then(|| Finding {
            help: Some("say in the list where it appeared, or link the published version".to_owned()),
            arxiv_id: Some((*id).clone()),
            ..Finding::new(Code::Published, entries[0].place.clone(), format!("{id} has been published: {told}"))
        })
    };
    order.iter().filter_map(publication).collect()
}

/// Where the paper appeared, as its authors told arXiv.
fn told(paper: &Paper) -> Option<String> {
    let doi = paper.doi.as_deref().filter(|doi| !doi.to_ascii_lowercase().starts_with("10.48550/"));
    let says_less = |text: &&str| {
        let text = text.to_lowercase();
        ["arxiv", "submitted", "under review", "in preparation", "preprint"].iter().any(|word| text.starts_with(word))
    };
    let journal = paper.journal_ref.as_deref().filter(|text| !says_less(text)).map(tex::readable);
    match (journal, doi) {
        (Some(journal), Some(doi)) => Some(format!("{journal}, doi {doi}")),
        (Some(journal), None) => Some(journal),
        (None, Some(doi)) => Some(format!("doi {doi}")),
        (None, None) => None,
    }
}

/// Whether an entry says where its paper appeared: by a venue, by its BibTeX, by a link to a publisher.
fn names_a_publication(entry: &Entry) -> bool {
    let cited = entry.citation.as_ref().is_some_and(|citation| citation.venue.is_some());
    let leads_there = |url: &str| {
        let url = url.to_ascii_lowercase();
        PUBLISHERS.iter().any(|publisher| url.contains(publisher))
    };
    entry.venue.is_some()
        || cited
        || entry.tags.iter().any(|tag| is_dated(tag))
        || entry.links.iter().any(|link| leads_there(&link.url) || is_dated(&link.label))
}

/// Whether a label names a year, as those of venues do: `ICML'23`, `Nature 2021`.
fn is_dated(label: &str) -> bool {
    let digits = label.trim_end_matches(|c: char| !c.is_ascii_digit());
    let letters = digits.trim_end_matches(|c: char| c.is_ascii_digit());
    let year = digits.len() - letters.len();
    (year == 2 || year == 4)
        && letters.chars().any(char::is_alphabetic)
        && !label.to_ascii_lowercase().contains("arxiv")
}
