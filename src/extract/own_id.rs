//! Decides which of the e-prints that an entry names is the one it presents: a field or a link that says so before one that does not,
//! a link before the text, the text before BibTeX, and a badge's picture only where nothing else names one.

use std::collections::HashSet;
use std::ops::Range;

use crate::model::{ArxivId, VersionedId};

use super::bibtex::Reference;
use super::findings::Notes;
use super::labels::{Labelled, Role};
use super::links::{self, Shape, Sighting, Target};
use super::plain;
use super::title::Title;

/// The e-prints that an entry names.
#[derive(Debug, Default)]
pub(super) struct Named {
    pub(super) own: Option<VersionedId>,
    /// The others, in the order of the entry.
    pub(super) related: Vec<ArxivId>,
    /// The one that the BibTeX names, where a link names another.
    pub(super) rival: Option<ArxivId>,
}

/// What speaks for an identifier to be the entry's own, from the weakest to the strongest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Ground {
    Related,
    Picture,
    Bibtex,
    Elsewhere,
    Text,
    Link,
    SaysPaper,
    Titled,
}

/// Sorts out the e-prints named within a range.
pub(super) fn choose(
    labelled: &Labelled<'_, '_>,
    within: &Range<usize>,
    title: Option<&Title>,
    references: &[Reference],
    notes: &mut Notes,
) -> Named {
    let mut named: Vec<(Ground, VersionedId)> = Vec::new();
    in_links(labelled, labelled.passage.links_in(within), title, notes, &mut named);
    in_text(labelled, within, notes, &mut named);
    let cited = references.first().and_then(|reference| reference.ids.first());
    named.extend(references.iter().flat_map(|reference| &reference.ids).map(|id| (Ground::Bibtex, id.clone())));
    if named.is_empty() {
        named.extend(in_pictures(labelled, within).map(|id| (Ground::Picture, id)));
    }
    let best = named.iter().map(|(ground, _)| *ground).filter(|ground| *ground > Ground::Related).max();
    if let ([(ground, _)], true) = (&*named, references.is_empty()) {
        // One e-print, as in most entries: nothing to weigh.
        let own = (*ground > Ground::Related).then(|| named.pop()).flatten().map(|(_, id)| id);
        return Named { own, related: named.into_iter().map(|(_, id)| id.id).collect(), rival: None };
    }
    let own = best.and_then(|best| named.iter().find(|(ground, _)| *ground == best)).map(|(_, id)| id.clone());
    let mut rival = None;
    if let (Some(own), Some(cited), Some(best)) = (&own, cited, best)
        && best > Ground::Bibtex
        && references.len() == 1
        && !references[0].ids.iter().any(|id| id.id == own.id)
    {
        notes.conflict(references[0].at, &own.id, &cited.id);
        rival = Some(cited.id.clone());
    }
    let mut related = Vec::new();
    let mut seen = HashSet::new();
    for (_, id) in named {
        if own.as_ref().is_none_or(|own| own.id != id.id) && seen.insert(id.id.clone()) {
            related.push(id.id);
        }
    }
    Named { own, related, rival }
}

/// Sorts out the e-prints that one link names.
pub(super) fn of_link(labelled: &Labelled<'_, '_>, link: usize, notes: &mut Notes) -> Named {
    let mut named = Vec::new();
    in_links(labelled, link..link + 1, None, notes, &mut named);
    let mut ids = named.into_iter().map(|(_, id)| id);
    let own = ids.next();
    let related = ids.filter(|id| own.as_ref().is_some_and(|own| own.id != id.id)).map(|id| id.id).collect();
    Named { own, related, rival: None }
}

fn in_links(
    labelled: &Labelled<'_, '_>,
    links: Range<usize>,
    title: Option<&Title>,
    notes: &mut Notes,
    named: &mut Vec<(Ground, VersionedId)>,
) {
    let title = title.and_then(|title| title.link);
    let leads_elsewhere = title.is_some_and(|title| labelled.passage.links[title].target != Target::Arxiv);
    for index in links {
        let link = &labelled.passage.links[index];
        let ground = match labelled.roles[index] {
            _ if title == Some(index) => Ground::Titled,
            Role::Paper => Ground::SaysPaper,
            Role::Related => Ground::Related,
            Role::Elsewhere => Ground::Elsewhere,
            // Beside a title that leads elsewhere, a link with a title of its own is about another paper.
            Role::Text if leads_elsewhere && plain::word_count(&labelled.passage.text[link.range.clone()]) >= 3 => {
                Ground::Related
            }
            Role::Text | Role::Unsaid => Ground::Link,
        };
        let first = named.len();
        for sighting in link.named.iter() {
            match sighting {
                Sighting::Paper(id, shape) => {
                    if *shape == Shape::Dirty {
                        notes.dirty(link.at, &link.url, id);
                    }
                    named.push((ground, id.clone()));
                }
                Sighting::Malformed(text, malformed) => notes.malformed(link.at, text, malformed),
            }
        }
        // Where a link stands within an address, the inner one is the one that was meant.
        if named.len() > first + 1 && link.url.contains("](") {
            named[first..].reverse();
        }
    }
}

fn in_text(
    labelled: &Labelled<'_, '_>,
    within: &Range<usize>,
    notes: &mut Notes,
    named: &mut Vec<(Ground, VersionedId)>,
) {
    for (at, sighting) in labelled.passage.named_in(within) {
        // The text of a link that is about another paper is about it too.
        let is_related = labelled.passage.link_at(at).is_some_and(|link| labelled.roles[link] == Role::Related);
        match sighting {
            Sighting::Paper(id, _) => named.push((if is_related { Ground::Related } else { Ground::Text }, id)),
            Sighting::Malformed(text, malformed) => notes.malformed(labelled.passage.source(at), &text, &malformed),
        }
    }
}

fn in_pictures(labelled: &Labelled<'_, '_>, within: &Range<usize>) -> impl Iterator<Item = VersionedId> {
    let images = &labelled.passage.images;
    let start = images.partition_point(|image| image.position < within.start);
    images[start..].iter().take_while(|image| image.position <= within.end).filter_map(|image| {
        // A badge names the e-print; a figure hosted on arXiv is somebody's picture.
        if !image.image.src.contains("/badge/") && !image.image.src.contains("/static/") {
            return None;
        }
        let mut found = Vec::new();
        let src = image.image.src.trim_end_matches(".svg").trim_end_matches(".png");
        links::in_address(src, &mut found);
        found.into_iter().find_map(|sighting| match sighting {
            Sighting::Paper(id, _) => Some(id),
            Sighting::Malformed(..) => None,
        })
    })
}
