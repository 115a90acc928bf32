//! Decides which of the e-prints that an entry names is the one it presents: a field or a link that says so before one that does not,
//! a link before the text, the text before BibTeX, and a badge's picture only where nothing else names one.

use std::collections::HashSet;
use std::ops::Range;

use crate::model::{ArxivId, VersionedId};

use crate::extract::features::badges;
use crate::extract::features::labels::{self, Labelled, Meaning, Role};
use crate::extract::features::links::{Shape, Sighting, Target};
use crate::extract::features::plain;
use crate::extract::features::title::Title;
use crate::extract::findings::Notes;
use crate::extract::forms::bibtex::Reference;
use crate::extract::reading::references::is_same;
use crate::extract::units::passage::{LINE, SOFT};

/// The e-prints that an entry names.
#[derive(Debug, Default)]
pub(in crate::extract) struct Named {
    pub(in crate::extract) own: Option<VersionedId>,
    /// Those of the same standing: nothing says which of them is meant, so each is presented.
    pub(in crate::extract) equal: Vec<Equal>,
    /// The others, in the order of the entry.
    pub(in crate::extract) related: Vec<ArxivId>,
    /// The one that the BibTeX names, where a link names another.
    pub(in crate::extract) rival: Option<ArxivId>,
    /// What gave the entry's own, and where that stands.
    pub(in crate::extract) by: Option<(Ground, Range<usize>)>,
}

/// An e-print beside an entry's own that has the same standing.
#[derive(Clone, Debug)]
pub(in crate::extract) struct Equal {
    pub(in crate::extract) id: VersionedId,
    /// Where it is named in the list.
    pub(in crate::extract) at: usize,
}

/// The reason for which an identifier may be the entry's own, from the weakest to the strongest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::extract) enum Ground {
    Related,
    Picture,
    Bibtex,
    Elsewhere,
    Text,
    Link,
    SaysPaper,
    Titled,
}

/// An identifier that the entry names.
struct Candidate {
    ground: Ground,
    id: VersionedId,
    /// The stretch of the passage that names it.
    range: Range<usize>,
}

/// Sorts out the e-prints named within a range.
pub(in crate::extract) fn choose(
    labelled: &Labelled<'_, '_>,
    within: &Range<usize>,
    title: Option<&Title>,
    references: &[Reference],
    notes: &mut Notes,
) -> Named {
    let mut named: Vec<Candidate> = Vec::new();
    in_links(labelled, labelled.passage.links_in(within), title, notes, &mut named);
    if is_said_elsewhere(labelled, within, title, references) {
        let is_unknown = |candidate: &Candidate| {
            let link = labelled.passage.link_at(candidate.range.start);
            let name = link.and_then(|link| labels::name_before(labelled.passage, link));
            candidate.ground <= Ground::Link && name.is_some_and(|name| labels::meaning(name).is_none())
        };
        named
            .iter_mut()
            .filter(|candidate| is_unknown(candidate))
            .for_each(|candidate| candidate.ground = Ground::Related);
    }
    in_text(labelled, within, notes, &mut named);
    let cited = references.first().and_then(|reference| reference.ids.first());
    let end = within.end..within.end;
    let in_bibtex = references.iter().flat_map(|reference| &reference.ids);
    named.extend(in_bibtex.map(|id| Candidate { ground: Ground::Bibtex, id: id.clone(), range: end.clone() }));
    in_pictures(labelled, within, &mut named);
    let best = named.iter().map(|candidate| candidate.ground).filter(|ground| *ground > Ground::Related).max();
    let own = best.and_then(|best| named.iter().position(|candidate| candidate.ground == best));
    let equal = own.map(|own| equal(labelled, &named, own)).unwrap_or_default();
    let by = own.map(|own| (named[own].ground, named[own].range.clone()));
    let own = own.map(|own| named[own].id.clone());
    let mut rival = None;
    if let (Some(own), Some(cited), Some(best)) = (&own, cited, best)
        && best > Ground::Bibtex
        && references.len() == 1
        && !references[0].ids.iter().any(|id| id.id == own.id)
    {
        notes.conflict(references[0].at, &own.id, &cited.id);
        rival = Some(cited.id.clone());
    }
    let presented = own.iter().chain(equal.iter().map(|equal| &equal.id));
    let mut seen: HashSet<ArxivId> = presented.map(|id| id.id.clone()).collect();
    let ids = named.into_iter().map(|candidate| candidate.id.id);
    let related = ids.filter(|id| seen.insert(id.clone())).collect();
    Named { own, equal, related, rival, by }
}

/// Whether a field of a known name leads to the paper, or BibTeX bears the entry's title: then a field of an unknown name is about
/// another paper.
fn is_said_elsewhere(
    labelled: &Labelled<'_, '_>,
    within: &Range<usize>,
    title: Option<&Title>,
    references: &[Reference],
) -> bool {
    let says = |link: usize| {
        let name = labels::name_before(labelled.passage, link);
        labelled.roles[link] == Role::Paper && name.is_some_and(|name| labels::meaning(name) == Some(Meaning::Paper))
    };
    let cites = || {
        let cited = references.first().filter(|reference| !reference.ids.is_empty());
        let cited = cited.and_then(|reference| reference.citation.title.as_deref());
        title.zip(cited).is_some_and(|(title, cited)| is_same(&title.text, cited))
    };
    labelled.passage.links_in(within).any(says) || cites()
}

/// More e-prints of the same standing than this are a text that cites them.
const MOST_EQUAL: usize = 256;

/// The candidates that nothing sets apart from the entry's own: links under the same kind of name, or addresses, identifiers in a
/// row. Where a sentence stands between two of them, it says why the second is named.
fn equal(labelled: &Labelled<'_, '_>, named: &[Candidate], own: usize) -> Vec<Equal> {
    let ground = named[own].ground;
    if !matches!(ground, Ground::Text | Ground::Link | Ground::SaysPaper) {
        return Vec::new();
    }
    let passage = labelled.passage;
    let mut seen = HashSet::from([&named[own].id.id]);
    let mut end = named[own].range.end;
    let mut equal = Vec::new();
    for Candidate { id, range, .. } in named[own + 1..].iter().filter(|candidate| candidate.ground == ground) {
        let between = passage.text.get(end..range.start).unwrap_or_default();
        let words = plain::word_count(between.rsplit([LINE, SOFT]).next().unwrap_or_default());
        let is_listed = words <= if ground == Ground::Text { 1 } else { 3 };
        if is_listed && seen.insert(&id.id) && equal.len() < MOST_EQUAL {
            equal.push(Equal { id: id.clone(), at: passage.source(range.start) });
        }
        end = range.end;
    }
    equal
}

/// Sorts out the e-prints that one link names.
pub(in crate::extract) fn of_link(labelled: &Labelled<'_, '_>, link: usize, notes: &mut Notes) -> Named {
    let mut named = Vec::new();
    in_links(labelled, link..link + 1, None, notes, &mut named);
    let mut ids = named.into_iter().map(|candidate| candidate.id);
    let own = ids.next();
    let related = ids.filter(|id| own.as_ref().is_some_and(|own| own.id != id.id)).map(|id| id.id).collect();
    Named { own, related, ..Named::default() }
}

fn in_links(
    labelled: &Labelled<'_, '_>,
    links: Range<usize>,
    title: Option<&Title>,
    notes: &mut Notes,
    named: &mut Vec<Candidate>,
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
                    named.push(Candidate { ground, id: id.clone(), range: link.range.clone() });
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

fn in_text(labelled: &Labelled<'_, '_>, within: &Range<usize>, notes: &mut Notes, named: &mut Vec<Candidate>) {
    for &(at, ref sighting) in labelled.passage.named_in(within) {
        // The text of a link that is about another paper is about it too.
        let is_related = labelled.passage.link_at(at).is_some_and(|link| labelled.roles[link] == Role::Related);
        match sighting {
            Sighting::Paper(id, _) => {
                let ground = if is_related { Ground::Related } else { Ground::Text };
                // The word that announces an identifier stands before it.
                let end = labelled.passage.text[at..]
                    .find(id.id.as_str())
                    .map_or(at, |from| at + from + id.id.as_str().len());
                named.push(Candidate { ground, id: id.clone(), range: at..end });
            }
            Sighting::Malformed(text, malformed) => notes.malformed(labelled.passage.source(at), text, malformed),
        }
    }
}

fn in_pictures(labelled: &Labelled<'_, '_>, within: &Range<usize>, named: &mut Vec<Candidate>) {
    for image in labelled.passage.images_in(within) {
        let range = image.position..image.position;
        let ids = badges::identifiers(image);
        named.extend(ids.map(|id| Candidate { ground: Ground::Picture, id, range: range.clone() }));
    }
}
