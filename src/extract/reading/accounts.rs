//! Accounts for every identifier of a list: each one that a section names is an entry's own, related to one, or becomes an entry here.
//! Code, comments and figures hold nobody's identifiers; forms leave code and comments out of a document.

use std::collections::HashSet;
use std::ops::Range;

use super::Placed;
use super::draft::{self, Draft};
use super::list::List;
use super::references::from_reference;
use crate::extract::features::badges;
use crate::extract::features::links::Sighting;
use crate::extract::findings::Notes;
use crate::extract::forms::bibtex::{self, Reference};
use crate::extract::units::Shape;
use crate::model::{Account, ArxivId};

#[cfg(test)]
mod tests;

/// Adds the papers that a list names and that none of its entries owns or relates to, section by section, and the list to the account.
pub(super) fn settle(list: &List<'_, '_>, entries: Vec<Placed>, account: &mut Account) -> Vec<Placed> {
    let mut settled: Vec<Placed> = Vec::with_capacity(entries.len());
    let mut entries = entries.into_iter().peekable();
    for section in sections(list) {
        let end = list.document.blocks.get(section.end).map_or(usize::MAX, |next| next.at);
        // BibTeX may cite the entry before its section.
        let first = settled.len().saturating_sub(1);
        settled.extend(std::iter::from_fn(|| entries.next_if(|entry| entry.draft.at < end)));
        let unclaimed = unclaimed(list, section, &settled[first..], account);
        insert(unclaimed, first, &mut settled);
    }
    settled.extend(entries);
    settled
}

/// Puts drafts in their places among the entries from `first` on, under the headings of the entry before each.
fn insert(mut drafts: Vec<Draft>, first: usize, settled: &mut Vec<Placed>) {
    if drafts.is_empty() {
        return;
    }
    drafts.sort_by_key(|draft| draft.at);
    let entries = settled.split_off(first);
    let mut drafts = drafts.into_iter().peekable();
    let mut sections = entries.first().map(|entry| entry.sections.clone()).unwrap_or_default();
    for entry in entries {
        while let Some(draft) = drafts.next_if(|draft| draft.at < entry.draft.at) {
            settled.push(Placed { draft, sections: sections.clone() });
        }
        sections.clone_from(&entry.sections);
        settled.push(entry);
    }
    settled.extend(drafts.map(|draft| Placed { draft, sections: sections.clone() }));
}

/// The blocks of each section: from one heading to the next.
fn sections(list: &List<'_, '_>) -> Vec<Range<usize>> {
    let headings = list.tree.units.iter().filter(|unit| matches!(unit.shape, Shape::Heading(_)));
    let mut starts: Vec<usize> = headings.map(|heading| heading.own.start).collect();
    if starts.first() != Some(&0) {
        starts.insert(0, 0);
    }
    starts.push(list.document.blocks.len());
    starts.windows(2).map(|pair| pair[0]..pair[1]).filter(|section| !section.is_empty()).collect()
}

fn unclaimed(list: &List<'_, '_>, section: Range<usize>, entries: &[Placed], account: &mut Account) -> Vec<Draft> {
    let own: HashSet<&ArxivId> = entries.iter().flat_map(|entry| own(&entry.draft)).collect();
    let related: HashSet<&ArxivId> = entries.iter().flat_map(|entry| &entry.draft.related).collect();
    let mut sighted = HashSet::new();
    let mut unclaimed = Vec::new();
    for block in section {
        let mut ids: HashSet<ArxivId> = named(list, block).filter(|id| sighted.insert(id.clone())).collect();
        if ids.is_empty() {
            continue;
        }
        account.own += ids.iter().filter(|id| own.contains(id)).count();
        ids.retain(|id| !own.contains(id));
        account.related += ids.iter().filter(|id| related.contains(id)).count();
        ids.retain(|id| !related.contains(id));
        account.unclaimed += ids.len();
        if !ids.is_empty() {
            let mut drafts = cited(list, block);
            drafts.retain(|draft| draft.id.as_ref().is_some_and(|own| ids.remove(&own.id)));
            unclaimed.append(&mut drafts);
        }
    }
    unclaimed
}

/// The identifiers that a draft presents: its own, and the one that its BibTeX names instead.
fn own(draft: &Draft) -> impl Iterator<Item = &ArxivId> {
    draft.id.iter().map(|id| &id.id).chain(&draft.rival)
}

/// The identifiers that a block names, in links, text, badges and BibTeX.
fn named(list: &List<'_, '_>, block: usize) -> impl Iterator<Item = ArxivId> {
    let range = &list.document.blocks[block].range;
    let passage = list.passage();
    let in_links = passage.links[passage.links_in(range)].iter().flat_map(|link| &link.named);
    let sightings = in_links.chain(passage.named_in(range).iter().map(|(_, sighting)| sighting));
    let ids = sightings.filter_map(|sighting| match sighting {
        Sighting::Paper(id, _) => Some(id.id.clone()),
        Sighting::Malformed(..) => None,
    });
    let badges = passage.images_in(range).iter().flat_map(badges::identifiers).map(|id| id.id);
    let cited = references(list, block).into_iter().flat_map(|reference| reference.ids).map(|id| id.id);
    ids.chain(badges).chain(cited)
}

/// What a block's BibTeX cites; its faults have been noted when it was read.
fn references(list: &List<'_, '_>, block: usize) -> Vec<Reference> {
    let sources = list.document.bibtex_of(&(block..block + 1)).iter();
    sources.flat_map(|source| bibtex::read(&source.text, source.at, &mut Notes::default())).collect()
}

/// Every paper that a block names, as an entry.
fn cited(list: &List<'_, '_>, block: usize) -> Vec<Draft> {
    let range = &list.document.blocks[block].range;
    let mut drafts = draft::cited(&list.labelled, range, &mut Notes::default());
    let related = drafts.iter().flat_map(|draft| draft.related.iter().map(|id| (id.clone(), draft.at)));
    let related: Vec<_> = related.collect();
    drafts.extend(related.into_iter().map(|(id, at)| Draft { id: Some(id.into()), at, ..Draft::default() }));
    for image in list.passage().images_in(range) {
        let ids = badges::identifiers(image);
        drafts.extend(ids.map(|id| Draft { id: Some(id), at: image.at, ..Draft::default() }));
    }
    for reference in references(list, block) {
        let at = reference.at;
        let others: Vec<_> = reference.ids.iter().skip(1).cloned().collect();
        drafts.push(from_reference(reference));
        drafts.extend(others.into_iter().map(|id| Draft { id: Some(id), at, ..Draft::default() }));
    }
    drafts
}
