//! Accounts for every identifier of a list: each one that a section names is an entry's own, related to one, or becomes an entry here.
//! Code, comments and figures hold nobody's identifiers; forms leave code and comments out of a document.

use std::collections::HashSet;

use crate::model::{Account, ArxivId};

use super::badges;
use super::bibtex;
use super::document::{Block, Document, Kind, RunKind};
use super::entries::{Placed, from_reference};
use super::findings::Notes;
use super::labels::Labelled;
use super::links::Sighting;
use super::options::Options;
use super::passage::Passage;
use super::reading::{self, Draft, Tools};

#[cfg(test)]
mod tests;

/// Returns the papers that a section names and that none of its entries owns or relates to, and adds the section to the account.
/// `entries` are those read of the section, with the one before it, which the section's BibTeX may cite.
pub(super) fn unclaimed(
    document: &Document<'_>,
    entries: &[Placed],
    options: &Options,
    account: &mut Account,
) -> Vec<Draft> {
    let own: HashSet<&ArxivId> = entries.iter().flat_map(|entry| own(&entry.draft)).collect();
    let related: HashSet<&ArxivId> = entries.iter().flat_map(|entry| &entry.draft.related).collect();
    let mut sighted = HashSet::new();
    let mut unclaimed = Vec::new();
    let mut passage = Passage::of(document);
    for (index, _) in document.blocks.iter().enumerate().filter(|(_, block)| may_name(document, block)) {
        passage.fill(index..index + 1);
        let mut ids: HashSet<ArxivId> = named(&passage).filter(|id| sighted.insert(id.clone())).collect();
        account.own += ids.iter().filter(|id| own.contains(id)).count();
        ids.retain(|id| !own.contains(id));
        account.related += ids.iter().filter(|id| related.contains(id)).count();
        ids.retain(|id| !related.contains(id));
        account.unclaimed += ids.len();
        if !ids.is_empty() {
            let mut drafts = cited(&passage, options);
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

/// Whether it is worth a look: most blocks without links name nothing.
fn may_name(document: &Document<'_>, block: &Block) -> bool {
    block.kind == Kind::Bibtex
        || document.runs_of(block).iter().any(|run| match run.kind {
            RunKind::Text => run.link.is_some() || run.text.bytes().any(|byte| byte.is_ascii_digit()),
            RunKind::Image(_) => true,
            RunKind::Code | RunKind::SoftBreak | RunKind::HardBreak => false,
        })
}

/// The identifiers that a passage names, in links, text, badges and BibTeX.
fn named(passage: &Passage<'_>) -> impl Iterator<Item = ArxivId> {
    let in_text = passage.named_in(&(0..passage.text.len()));
    let sightings = passage.links.iter().flat_map(|link| link.named.iter().cloned());
    let sightings = sightings.chain(in_text.into_iter().map(|(_, sighting)| sighting));
    let ids = sightings.filter_map(|sighting| match sighting {
        Sighting::Paper(id, _) => Some(id),
        Sighting::Malformed(..) => None,
    });
    let badges = passage.images.iter().flat_map(|image| badges::identifiers(image.image));
    ids.chain(badges).chain(references(passage).into_iter().flat_map(|reference| reference.ids)).map(|id| id.id)
}

/// What the passage's BibTeX cites; its faults have been noted when it was read.
fn references(passage: &Passage<'_>) -> Vec<bibtex::Reference> {
    reading::references(passage, &mut Notes::default())
}

/// Every paper that a passage names, as an entry.
fn cited(passage: &Passage<'_>, options: &Options) -> Vec<Draft> {
    let mut notes = Notes::default();
    let mut drafts = reading::cited(&Labelled::of(passage), &mut Tools { options, notes: &mut notes });
    let related = drafts.iter().flat_map(|draft| draft.related.iter().map(|id| (id.clone(), draft.at)));
    let related: Vec<_> = related.collect();
    drafts.extend(related.into_iter().map(|(id, at)| Draft { id: Some(id.into()), at, ..Draft::default() }));
    for image in &passage.images {
        let ids = badges::identifiers(image.image);
        drafts.extend(ids.map(|id| Draft { id: Some(id), at: image.image.at, ..Draft::default() }));
    }
    for reference in references(passage) {
        let at = reference.at;
        let others: Vec<_> = reference.ids.iter().skip(1).cloned().collect();
        drafts.push(from_reference(reference));
        drafts.extend(others.into_iter().map(|id| Draft { id: Some(id), at, ..Draft::default() }));
    }
    drafts
}
