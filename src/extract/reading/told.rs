//! What a list is told to be once it is read: the habits of each group, the reasons for each entry, and what was passed over. It is
//! put together only where somebody asks.

use std::collections::HashMap;
use std::hash::Hash;
use std::ops::Range;

use super::Placed;
use super::draft::Draft;
use super::label_kinds::Kinds;
use super::list::List;
use super::reasons::{self, From, How, Passed, Why};
use crate::extract::conventions;
use crate::extract::explain::{Because, Explanation, Group, Unread};
use crate::extract::features::links::{self, Target};
use crate::extract::features::plain;
use crate::extract::forms::bibtex;
use crate::extract::places;
use crate::extract::units::Shape;
use crate::model::Place;

/// So many names of links are told of a group.
const MOST_NAMES: usize = 6;
/// So much of a text is told, in characters.
const LONGEST_TEXT: usize = 60;

/// What there is to tell, each with its place in the list as an offset.
#[derive(Debug, Default)]
pub(in crate::extract) struct Told {
    groups: Vec<(usize, Group)>,
    unread: Vec<(usize, Unread)>,
    /// One for each entry that is kept.
    pub(in crate::extract) entries: Vec<Because>,
    passed: Vec<(Why, Passed)>,
}

impl Told {
    /// Remembers that a place was passed over.
    pub(in crate::extract) fn pass(&mut self, draft: &Draft, passed: Passed) {
        self.passed.push((draft.why.clone(), passed));
    }

    /// Adds an entry that is left out since its section is skipped.
    pub(in crate::extract) fn skip(&mut self, draft: &Draft) {
        let id = || draft.id.as_ref().map(|id| id.id.to_string());
        let text = draft.title.clone().or_else(id).unwrap_or_default();
        self.unread.push((draft.at, unread(&text, Passed::Skipped)));
    }

    /// Keeps the reasons of an entry, or gives those of one that stands in no unit.
    pub(in crate::extract) fn keep(&mut self, draft: &mut Draft) {
        let because = draft.because.take().map(|because| *because);
        self.entries.push(because.unwrap_or_else(|| reasons::beyond_units(draft)));
    }

    /// What there is to tell at its places in the list.
    pub(in crate::extract) fn placed(self, path: &str, text: &str) -> Explanation {
        let offsets: Vec<usize> =
            self.groups.iter().map(|(at, _)| *at).chain(self.unread.iter().map(|(at, _)| *at)).collect();
        let mut places = places::resolve(path, text, &offsets).into_iter();
        let groups = self.groups.into_iter().zip(&mut places).map(|((_, group), place)| Group { place, ..group });
        let groups = groups.collect();
        let mut unread: Vec<_> =
            self.unread.into_iter().zip(places).map(|((_, unread), place)| Unread { place, ..unread }).collect();
        unread.sort_by_key(|unread| (unread.place.line, unread.place.column));
        Explanation { groups, entries: self.entries, unread }
    }

    /// Tells of a list that has been read; each entry gets its reasons.
    pub(super) fn tell(&mut self, list: &List<'_, '_>, entries: &mut [Placed]) {
        let owners = owners(list, entries);
        let families = families(list, entries);
        let mut shared: Vec<Option<(usize, usize)>> = vec![None; entries.len()];
        let mut kinds = Kinds::new(list);
        for (group, members) in &families {
            let family = Family { list, group: *group, entries, members, owners: &owners };
            let of = family.units();
            let slots = by_use(members.iter().filter_map(|member| family.from(*member)));
            for member in members {
                let same = family.from(*member).and_then(|from| slots.iter().find(|(slot, _)| *slot == from));
                shared[*member] = same.map(|(_, count)| (*count, of));
            }
            self.groups.extend(family.told(of, &slots, &mut kinds));
        }
        self.groups.sort_by_key(|(at, _)| *at);
        for (placed, shared) in entries.iter_mut().zip(shared) {
            placed.draft.because = Some(Box::new(reasons::because(list, &placed.draft, shared)));
        }
        self.unread.extend(unread_units(list, &owners, std::mem::take(&mut self.passed)));
    }
}

fn unread(text: &str, passed: Passed) -> Unread {
    let place = Place { path: "".into(), line: 1, column: 1 };
    Unread { place, text: text.chars().take(LONGEST_TEXT).collect(), why: passed.words().to_owned() }
}

/// For each block the unit of the entry that it was read for.
fn owners(list: &List<'_, '_>, entries: &[Placed]) -> Vec<Option<usize>> {
    let blocks = &list.document.blocks;
    let mut owners = vec![None; blocks.len()];
    for Placed { draft, .. } in entries {
        let unit = draft.why.unit.unwrap_or(0);
        // An identifier that nobody claimed stands in some block, and no other is known of it.
        let own = blocks.partition_point(|block| block.at <= draft.at).saturating_sub(1);
        let range = if draft.why.blocks.is_empty() { own..own + 1 } else { draft.why.blocks.clone() };
        for owner in owners.get_mut(range).into_iter().flatten() {
            *owner = Some(unit);
        }
    }
    owners
}

/// The entries of each group of like units.
fn families(list: &List<'_, '_>, entries: &[Placed]) -> Vec<(conventions::Group, Vec<usize>)> {
    let mut families: Vec<(conventions::Group, Vec<usize>)> = Vec::new();
    let mut known: HashMap<conventions::Group, usize> = HashMap::new();
    let mut last = None;
    for (at, Placed { draft, .. }) in entries.iter().enumerate() {
        let is_unit = matches!(draft.why.how, How::Unit | How::Under);
        // What else a unit presents is no further unit.
        let Some(unit) = draft.why.unit.filter(|unit| is_unit && last != Some(*unit)) else { continue };
        last = Some(unit);
        let group = conventions::Group { parent: list.tree.units[unit].parent, shape: list.shape(unit) };
        let family = *known.entry(group).or_insert_with(|| {
            families.push((group, Vec::new()));
            families.len() - 1
        });
        families[family].1.push(at);
    }
    families
}

/// The entries of one group.
struct Family<'t, 'l, 'd> {
    list: &'t List<'l, 'd>,
    group: conventions::Group,
    entries: &'t [Placed],
    members: &'t [usize],
    owners: &'t [Option<usize>],
}

impl Family<'_, '_, '_> {
    fn draft(&self, member: usize) -> &Draft {
        &self.entries[member].draft
    }

    fn from(&self, member: usize) -> Option<From> {
        let draft = self.draft(member);
        let from = draft.why.title.filter(|from| draft.title.is_some() && *from != From::Bibtex)?;
        // Siblings whose own titles are not known have theirs in the same slot.
        Some(from.in_slot().map_or(from, From::Slot))
    }

    /// How many units there are, those aside that are details of another.
    fn units(&self) -> usize {
        let tree = &self.list.tree;
        let is_one = |unit: &usize| {
            let owner = tree.units[*unit].own.clone().find_map(|block| self.owners.get(block).copied().flatten());
            tree.units[*unit].shape == self.group.shape && owner.is_none_or(|owner| owner == *unit || owner == 0)
        };
        tree.children(self.group.parent).filter(is_one).count().max(self.members.len())
    }

    fn told(&self, of: usize, slots: &[(From, usize)], kinds: &mut Kinds<'_, '_, '_>) -> Option<(usize, Group)> {
        let first = self.members.first().filter(|_| self.members.len() > 1)?;
        let unit = self.draft(*first).why.unit?;
        let at = self.list.document.blocks.get(self.list.tree.units[unit].own.start)?.at;
        let tags = self.members.iter().flat_map(|member| &self.draft(*member).tags);
        let tags = by_use(tags.filter_map(|(at, _)| kinds.of(self.group, *at)));
        let title = slots.first().map(|(from, count)| (reasons::slot(*from, Some(self.group.shape)), *count));
        let place = Place { path: "".into(), line: 1, column: 1 };
        let units = match self.group.shape {
            Shape::Heading(_) => "headings",
            Shape::Row | Shape::Header => "rows",
            Shape::Fold => "folds",
            Shape::Item => "items",
            _ => "paragraphs",
        };
        let tags = tags.into_iter().map(|(tag, _)| tag).collect();
        Some((at, Group { place, units, of, entries: self.members.len(), title, tags, link_names: self.link_names() }))
    }

    /// The short texts that name links, those that are most used first.
    fn link_names(&self) -> Vec<String> {
        let passage = self.list.passage();
        let name = |link: usize| {
            let name = plain::line(plain::trim(&passage.text[passage.links[link].range.clone()]));
            (passage.links[link].is_name && !name.is_empty()).then_some(name)
        };
        let stretch = |member: &usize| self.list.document.text_of(&self.draft(*member).why.blocks);
        let links = self.members.iter().flat_map(|member| passage.links_in(&stretch(member)));
        by_use(links.filter_map(name)).into_iter().take(MOST_NAMES).map(|(name, _)| name).collect()
    }
}

/// What there is of each, the most used first; of equals the one that comes first.
fn by_use<T: Clone + Eq + Hash>(used: impl Iterator<Item = T>) -> Vec<(T, usize)> {
    let mut counts: Vec<(T, usize)> = Vec::new();
    let mut known: HashMap<T, usize> = HashMap::new();
    for one in used {
        let at = *known.entry(one.clone()).or_insert(counts.len());
        match counts.get_mut(at) {
            Some((_, count)) => *count += 1,
            None => counts.push((one, 1)),
        }
    }
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    counts
}

/// The units that lead outside the list and that no entry was read from.
fn unread_units(list: &List<'_, '_>, owners: &[Option<usize>], passed: Vec<(Why, Passed)>) -> Vec<(usize, Unread)> {
    let is_free = |blocks: &Range<usize>| owners.get(blocks.clone()).is_some_and(|all| all.iter().all(Option::is_none));
    let mut why_of: HashMap<usize, (Range<usize>, Passed)> = HashMap::new();
    for (why, passed) in passed.into_iter().filter(|(why, _)| is_free(&why.blocks)) {
        if let Some(unit) = why.unit {
            why_of.entry(unit).or_insert((why.blocks, passed));
        }
    }
    let mut unread_units = Vec::new();
    let mut after = 0;
    for (unit, known) in list.tree.units.iter().enumerate() {
        if matches!(known.shape, Shape::Root | Shape::Table | Shape::Bibtex | Shape::Rule) || known.own.start < after {
            continue;
        }
        let (blocks, reason) = match why_of.remove(&unit) {
            Some((blocks, passed)) => (blocks, Some(passed)),
            None => (known.own.clone(), None),
        };
        let leads = |link: usize| list.passage().links[link].target != Target::Anchor;
        let links = list.passage().links_in(&list.document.text_of(&blocks));
        let Some(block) = list.document.blocks.get(known.own.start).filter(|_| links.clone().any(leads)) else {
            continue;
        };
        let text = list.text(unit);
        if is_free(&blocks) && !bibtex::starts_an_entry(&text) {
            after = blocks.end;
            let reason = reason.unwrap_or_else(|| by_shape(list, unit, links));
            unread_units.push((block.at, unread(&text, reason)));
        }
    }
    unread_units
}

/// Why a unit that nobody took for an entry is none.
fn by_shape(list: &List<'_, '_>, unit: usize, mut links: Range<usize>) -> Passed {
    match list.shape(unit) {
        Shape::Heading(_) | Shape::Fold => Passed::Section,
        Shape::Header => Passed::Columns,
        Shape::Item if list.tree.has_children(unit) => Passed::OverOthers,
        _ if links.all(|link| links::leads_to_thing(&list.passage().links[link].url)) => Passed::Things,
        Shape::Row => Passed::NoTitle,
        _ => Passed::Prose,
    }
}
