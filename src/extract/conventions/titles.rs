//! Where the title stands: in which slot siblings have a text that is long enough for one and differs in each.
//!
//! The worth of a slot in a group of siblings is the mean titleness of its texts, drawn towards its worth in all of the list, and that
//! towards what the slot is worth anywhere.

use std::collections::HashMap;
use std::hash::BuildHasher;

use foldhash::fast::FixedState;

use crate::extract::features::plain;
use crate::extract::features::title::{Candidate, Slot};
use crate::extract::options::TitleFrom;
use crate::extract::units::Shape;

/// As many siblings weigh as much as all that is known from elsewhere.
const PRIOR: f32 = 3.0;
/// How many points of a candidate's score the worth of its slot is.
const POINTS: f32 = 60.0;
/// How many points a slot has that the keeper of the list names: more than all else together.
const NAMED: f32 = 10_000.0;

/// Units that are likely to be alike: those of one shape under one parent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(in crate::extract) struct Group {
    pub(in crate::extract) parent: usize,
    pub(in crate::extract) shape: Shape,
}

/// What slots are worth in the groups of a list.
#[derive(Debug, Default)]
pub(in crate::extract) struct Slots {
    groups: HashMap<Group, Tally, FixedState>,
    preferred: Option<TitleFrom>,
    shapes: HashMap<Shape, Tally, FixedState>,
}

/// The units of a group, and the sum of the titleness of the texts in each slot.
#[derive(Debug, Default)]
pub(in crate::extract) struct Tally {
    pub(in crate::extract) units: f32,
    pub(in crate::extract) slots: Vec<(Slot, f32)>,
}

impl Tally {
    fn add(&mut self, candidates: &[(Slot, f32)]) {
        self.units += 1.0;
        for (slot, titleness) in candidates {
            match self.slots.iter_mut().find(|(known, _)| known == slot) {
                Some((_, sum)) => *sum += titleness,
                None => self.slots.push((*slot, *titleness)),
            }
        }
    }

    fn sum(&self, slot: Slot) -> f32 {
        self.slots.iter().find(|(known, _)| *known == slot).map_or(0.0, |(_, sum)| *sum)
    }
}

impl Slots {
    /// Learns from the candidates of all units that may be entries.
    pub(in crate::extract) fn of<'c>(units: impl Iterator<Item = (Group, &'c [Candidate])> + Clone) -> Self {
        let hasher = FixedState::default();
        let key = |text: &str| plain::with_lower(text, |text| hasher.hash_one(text));
        let mut texts: HashMap<u64, u32, FixedState> = HashMap::default();
        for candidate in units.clone().flat_map(|(_, candidates)| candidates) {
            *texts.entry(key(&candidate.title.text)).or_default() += 1;
        }
        let mut slots = Self::default();
        for (group, candidates) in units {
            let mut worths: Vec<(Slot, f32)> = Vec::with_capacity(candidates.len());
            for candidate in candidates {
                let recurs = texts.get(&key(&candidate.title.text)).copied().unwrap_or(1);
                let worth = titleness(&candidate.title.text) / (recurs as f32).min(4.0);
                match worths.iter_mut().find(|(slot, _)| *slot == candidate.slot) {
                    Some((_, known)) => *known = known.max(worth),
                    None => worths.push((candidate.slot, worth)),
                }
            }
            slots.groups.entry(group).or_default().add(&worths);
            slots.shapes.entry(group.shape).or_default().add(&worths);
        }
        slots
    }

    /// The same, where the keeper of the list says in which slot titles stand.
    pub(in crate::extract) fn preferring(self, preferred: Option<&TitleFrom>) -> Self {
        Self { preferred: preferred.cloned(), ..self }
    }

    /// Returns how much the keeper's word speaks for a slot, the most for the first of its kind.
    pub(in crate::extract) fn bonus(&self, slot: Slot) -> f32 {
        match (&self.preferred, slot) {
            (Some(TitleFrom::Field), Slot::Field) | (Some(TitleFrom::FirstLine), Slot::Whole) => NAMED,
            (Some(TitleFrom::Link), Slot::Link(at))
            | (Some(TitleFrom::Bold), Slot::Bold(at))
            | (Some(TitleFrom::Quoted), Slot::Quoted(at))
            | (Some(TitleFrom::Italic), Slot::Italic(at)) => NAMED / f32::from(at + 1),
            _ => 0.0,
        }
    }

    /// Returns what a slot is worth in a group, from 0 to 1.
    pub(in crate::extract) fn worth(&self, group: Group, slot: Slot) -> f32 {
        let all = self.shapes.get(&group.shape).map_or((0.0, 0.0), |tally| (tally.sum(slot), tally.units));
        let own = self.groups.get(&group).map_or((0.0, 0.0), |tally| (tally.sum(slot), tally.units));
        let in_list = (all.0 + PRIOR * prior(slot)) / (all.1 + PRIOR);
        (own.0 + PRIOR * in_list) / (own.1 + PRIOR)
    }

    /// Returns the title among candidates, by what speaks for each in its unit and for its slot in the group.
    pub(in crate::extract) fn choose<'c>(&self, group: Group, candidates: &'c [Candidate]) -> Option<&'c Candidate> {
        // Plain words around a quoted title are about it.
        let holds_quote = |candidate: &Candidate| {
            let is_quoted = |other: &Candidate| {
                let (inner, outer) = (&other.title.range, &candidate.title.range);
                matches!(other.slot, Slot::Quoted(_)) && outer.start < inner.end && inner.start <= outer.end + 4
            };
            candidate.slot == Slot::Lead && candidates.iter().any(is_quoted)
        };
        // What is bold at their start was set apart for a reason.
        let opens_bold = |candidate: &Candidate| {
            let (slot, outer) = (candidate.slot, &candidate.title.range);
            let is_bold = |other: &Candidate| {
                let inner = &other.title.range;
                other.slot == Slot::Bold(0)
                    && inner.start <= outer.start + 8
                    && inner.end < outer.end
                    && outer.start <= inner.start
            };
            slot == Slot::Lead && candidates.iter().any(is_bold)
        };
        let score = |candidate: &Candidate| {
            let around = if holds_quote(candidate) {
                POINTS
            } else if opens_bold(candidate) {
                POINTS / 2.0
            } else {
                0.0
            };
            candidate.score as f32 + POINTS * self.worth(group, candidate.slot) - around + self.bonus(candidate.slot)
        };
        // Of equals the first.
        candidates.iter().rev().max_by(|one, other| score(one).total_cmp(&score(other)))
    }
}

/// How much a text looks like a title by its length, from 0 to 1.
pub(super) fn titleness(text: &str) -> f32 {
    match plain::word_count(text) {
        0 => 0.0,
        1 => 0.3,
        2 => 0.5,
        3 => 0.85,
        4..=22 => 1.0,
        23..=32 => 0.6,
        _ => 0.2,
    }
}

/// What a slot is worth where nothing is known of a list.
fn prior(slot: Slot) -> f32 {
    match slot {
        Slot::Field => 1.0,
        Slot::Link(0) | Slot::Whole => 0.7,
        Slot::Bold(0) | Slot::Quoted(0) => 0.6,
        Slot::Named | Slot::Lead => 0.45,
        Slot::Link(_) | Slot::Bold(_) | Slot::Quoted(_) => 0.3,
        Slot::Underlined(_) | Slot::Italic(_) => 0.25,
    }
}
