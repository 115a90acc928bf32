//! Reads the places that present papers: chooses each title by the habits of its group, and keeps what is an entry.

use std::collections::HashMap;
use std::ops::Range;

use super::Placed;
use super::draft::{self, Draft, Scope, Tools};
use super::first_line;
use super::list::List;
use super::own_id::Equal;
use super::plan::{Place, Standing, What};
use super::proven;
use super::reasons::{From, How, Passed, Why};
use super::references;
use super::tables;
use crate::extract::conventions::proofs::Proof;
use crate::extract::conventions::{Group, Slots, affixes};
use crate::extract::features::labels::Labelled;
use crate::extract::features::plain;
use crate::extract::features::title::{self, Candidate, Slot, Title};
use crate::extract::findings::Notes;
use crate::extract::forms::bibtex::{self, Reference};
use crate::extract::options::{Options, TitleFrom};
use crate::extract::units::passage::SOFT;

/// Of fewer words is a name, where nothing else says that it is a paper's title.
const FEWEST_WORDS: usize = 4;

/// A stretch that presents one paper, with what may be its title.
struct Part {
    within: Range<usize>,
    candidates: Vec<Candidate>,
    /// Where the paper's own title stands, where that is known.
    proof: Option<Proof>,
}

/// Reads places in order.
pub(super) fn drafts(list: &List<'_, '_>, places: Vec<Place>, tools: &mut Tools<'_>) -> Vec<Placed> {
    let mut parts: Vec<Vec<Part>> = places.iter().map(|place| parts(list, place)).collect();
    if tools.options.title == Some(TitleFrom::FirstLine) {
        parts.iter_mut().flatten().for_each(|part| first_line::offer(list, &part.within, &mut part.candidates));
    }
    let mut groups: HashMap<Group, Vec<&mut Vec<Candidate>>> = HashMap::new();
    for (place, parts) in places.iter().zip(&mut parts) {
        let members = groups.entry(group(list, place)).or_default();
        members.extend(parts.iter_mut().map(|part| &mut part.candidates));
    }
    groups.into_values().for_each(|group| without_affixes(&list.labelled, group.into_iter()));
    let slots = slots(list, &places, &mut parts, tools.options);
    let mut kept = Vec::new();
    let mut siblings: Vec<Placed> = Vec::new();
    let mut among = None;
    for (place, parts) in places.into_iter().zip(parts) {
        let standing = match place.standing {
            Standing::Among(first) => Some(first),
            Standing::Sure | Standing::Titled => None,
        };
        if standing != among {
            keep_siblings(std::mem::take(&mut siblings), &mut kept, tools.notes);
            among = standing;
        }
        let read = read(list, &place, parts, &slots, &mut kept, tools);
        for mut draft in read {
            draft.why.stands_in(&place);
            let placed = Placed { draft, sections: place.sections.to_vec() };
            match place.standing {
                Standing::Among(_) => siblings.push(placed),
                Standing::Sure => keep(placed, &mut kept, tools.notes),
                Standing::Titled => {
                    if placed.draft.title.as_deref().is_some_and(|title| plain::word_count(title) >= 3) {
                        keep(placed, &mut kept, tools.notes);
                    } else {
                        tools.notes.pass(&placed.draft, Passed::Short);
                    }
                }
            }
        }
    }
    keep_siblings(siblings, &mut kept, tools.notes);
    without_doubtful(kept, tools.notes)
}

/// Learns where titles stand; where the keeper says it, nothing else is asked.
fn slots(list: &List<'_, '_>, places: &[Place], parts: &mut [Vec<Part>], options: &Options) -> Slots {
    let is_taught = !list.known.is_empty() && options.title.is_none();
    for part in parts.iter_mut().flatten().filter(|_| is_taught) {
        part.proof = proven::of(list, &part.within, &part.candidates);
    }
    let members = places.iter().zip(&*parts).flat_map(|(place, parts)| {
        let group = group(list, place);
        parts.iter().map(move |part| (group, part))
    });
    let untold = members.clone().filter(|(_, part)| part.proof.is_none());
    let slots = Slots::of(untold.map(|(group, part)| (group, &*part.candidates)));
    let mut slots = slots.preferring(options.title.as_ref());
    for (group, part) in members {
        if let Some(slot) = part.proof.as_ref().and_then(|proof| proof.slot) {
            slots.prove(group, slot);
        }
    }
    slots
}

/// Cuts what stands around the titles of a group.
pub(super) fn without_affixes<'c>(labelled: &Labelled<'_, '_>, units: impl Iterator<Item = &'c mut Vec<Candidate>>) {
    let mut units: Vec<&mut Vec<Candidate>> = units.collect();
    for slot in [Slot::Lead, Slot::Whole] {
        let has_slot = |candidate: &&mut Candidate| candidate.slot == slot;
        let mut titles: Vec<&mut Title> =
            units.iter_mut().filter_map(|unit| unit.iter_mut().find(has_slot)).map(|found| &mut found.title).collect();
        let ranges: Vec<Range<usize>> = titles.iter().map(|title| title.range.clone()).collect();
        for (title, core) in titles.iter_mut().zip(affixes::cores(labelled, &ranges)) {
            if let Some((core, text)) = core.and_then(|core| Some((core.clone(), affixes::text_of(labelled, &core)?))) {
                (title.text, title.range) = (text, core);
            }
        }
    }
}

fn group(list: &List<'_, '_>, place: &Place) -> Group {
    let unit = &list.tree.units[place.unit];
    Group { parent: unit.parent, shape: unit.shape }
}

/// The stretches of a place that present one paper each.
fn parts(list: &List<'_, '_>, place: &Place) -> Vec<Part> {
    match &place.what {
        What::Papers => {
            let parts = draft::parts(&list.labelled, &place.within);
            let candidates = |within: &Range<usize>| {
                if *within == list.own(place.unit) {
                    list.candidates(place.unit).to_vec()
                } else {
                    title::candidates(&list.labelled, within)
                }
            };
            parts.into_iter().map(|within| Part { candidates: candidates(&within), within, proof: None }).collect()
        }
        What::Under(candidates) => {
            vec![Part { within: place.within.clone(), candidates: candidates.clone(), proof: None }]
        }
        What::Cited | What::Table | What::Bibtex => Vec::new(),
    }
}

fn read(
    list: &List<'_, '_>,
    place: &Place,
    parts: Vec<Part>,
    slots: &Slots,
    kept: &mut [Placed],
    tools: &mut Tools<'_>,
) -> Vec<Draft> {
    match place.what {
        What::Papers | What::Under(_) => papers(list, place, parts, slots, tools),
        What::Cited => draft::cited(&list.labelled, &place.within, tools.notes),
        What::Table => tables::read(list, place.unit, tools),
        What::Bibtex => {
            let mut last = kept.last_mut();
            let mut drafts: Vec<Draft> = Vec::new();
            for reference in references(list, place, tools) {
                let before = drafts.last_mut().or(last.as_deref_mut().map(|last| &mut last.draft));
                let presented = references::cite_last(reference, before, tools.notes);
                drafts.extend(presented);
            }
            drafts
        }
    }
}

/// What the BibTeX of a place cites, in a block of code or in running text.
fn references(list: &List<'_, '_>, place: &Place, tools: &mut Tools<'_>) -> Vec<Reference> {
    let blocks = list.document.bibtex_of(&place.blocks);
    if blocks.is_empty() && matches!(place.what, What::Bibtex) {
        let text = list.passage().text[place.within.clone()].replace(SOFT, "\n");
        return bibtex::read(&text, list.passage().source(place.within.start), tools.notes);
    }
    blocks.iter().flat_map(|source| bibtex::read(&source.text, source.at, tools.notes)).collect()
}

/// The papers of a place: one for each part, and those that links with titles of their own present beside it.
fn papers(list: &List<'_, '_>, place: &Place, parts: Vec<Part>, slots: &Slots, tools: &mut Tools<'_>) -> Vec<Draft> {
    let group = group(list, place);
    let is_one = parts.len() == 1;
    let mut drafts = Vec::new();
    for Part { within, candidates, proof } in parts {
        let (title, from) = match proof {
            Some(Proof { title, slot, .. }) => (Some(title), Some(From::Known(slot))),
            None => {
                let chosen = slots.choose(group, &candidates);
                (chosen.map(|chosen| chosen.title.clone()), chosen.map(|chosen| From::Slot(chosen.slot)))
            }
        };
        let references = if is_one { references(list, place, tools) } else { Vec::new() };
        let first = drafts.len();
        let scope = Scope { within: within.clone(), title: title.clone(), references, task: place.task };
        drafts.push(draft::one(&list.labelled, scope, tools));
        drafts[first].why.title = from;
        drafts[first].opens |= from.and_then(From::in_slot).is_some_and(|slot| slots.bonus(slot) > 0.0);
        if matches!(place.what, What::Papers) {
            let more = draft::other_papers(&list.labelled, &within, title.as_ref(), &mut drafts[first]);
            drafts.extend(more);
        }
    }
    drafts
}

/// Keeps the entries of one list or table. One that has a title and leads somewhere, and nothing of a paper, is what its siblings are;
/// where few of them present papers, the whole list decides in the end.
fn keep_siblings(siblings: Vec<Placed>, kept: &mut Vec<Placed>, notes: &mut Notes) {
    let papers = siblings.iter().filter(|sibling| sibling.draft.is_paper()).count();
    let few = papers * 3 < siblings.len();
    let titled = siblings.iter().filter(|sibling| sibling.draft.is_paper() && sibling.draft.title.is_some()).count();
    // What has a title among such is what they are, even where it leads nowhere.
    let most = titled >= 2 && titled * 5 > siblings.len() * 2;
    for mut placed in siblings {
        let draft = &mut placed.draft;
        draft.is_doubtful = !draft.is_paper() && !draft.has_tag_field && few;
        let words = draft.title.as_deref().map_or(0, plain::word_count);
        let most = most && draft.title.as_deref().is_some_and(|title| !title.starts_with(char::is_lowercase));
        let reads_as_title = words > 0 && (!few || words >= FEWEST_WORDS && !draft.leads_to_things);
        if draft.is_paper()
            || draft.has_tag_field
            || draft.opens && reads_as_title && (draft.leads || most && words >= 2)
        {
            keep(placed, kept, notes);
        } else {
            notes.pass(draft, Passed::of(draft, few, FEWEST_WORDS));
        }
    }
}

fn keep(mut placed: Placed, kept: &mut Vec<Placed>, notes: &mut Notes) {
    let draft = &mut placed.draft;
    if draft.is_thing && draft.id.is_none() && draft.citation.is_none() && !draft.has_tag_field {
        notes.pass(draft, Passed::Things);
        return;
    }
    placed.sections.extend(draft.group.take());
    let equal = std::mem::take(&mut draft.equal);
    let (tags, sections) = (draft.tags.clone(), placed.sections.clone());
    let why = Why { how: How::Beside, title: None, ..draft.why.clone() };
    kept.push(placed);
    kept.extend(equal.into_iter().map(|Equal { id, at }| Placed {
        draft: Draft { id: Some(id), at, tags: tags.clone(), why: why.clone(), ..Draft::default() },
        sections: sections.clone(),
    }));
}

/// Returns the entries without those that may be anything, where most of what the list holds of their look presents no paper.
fn without_doubtful(mut entries: Vec<Placed>, notes: &mut Notes) -> Vec<Placed> {
    let papers = entries.iter().filter(|entry| entry.draft.is_paper()).count();
    let doubtful = entries.iter().filter(|entry| entry.draft.is_doubtful && !entry.draft.is_paper()).count();
    if papers * 4 < doubtful {
        entries.retain(|Placed { draft, .. }| {
            let is_kept = !draft.is_doubtful || draft.is_paper();
            if !is_kept {
                notes.pass(draft, Passed::Few);
            }
            is_kept
        });
    }
    entries
}
