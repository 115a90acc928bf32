//! Where the title stands: in which slot siblings have a text that is long enough for one and differs in each.
//!
//! The worth of a slot in a group of siblings is the mean titleness of its texts, drawn towards its worth in all of the list, and that
//! towards what the slot is worth anywhere.

use std::collections::HashMap;
use std::hash::BuildHasher;

use foldhash::fast::FixedState;

use crate::extract::features::plain;
use crate::extract::features::title::{Candidate, Slot};
use crate::extract::units::Shape;

/// As many siblings weigh as much as all that is known from elsewhere.
const PRIOR: f32 = 3.0;
/// A unit whose own title is known weighs as much as so many others.
const PROOF: f32 = 4.0;
/// How many points more a slot has that was proved for all of its group.
const PROVED: f32 = 30.0;
/// How many points of a candidate's score the worth of its slot is.
const POINTS: f32 = 60.0;

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
    shapes: HashMap<Shape, Tally, FixedState>,
}

/// The units of a group, and the sum of the titleness of the texts in each slot.
#[derive(Debug, Default)]
pub(in crate::extract) struct Tally {
    pub(in crate::extract) units: f32,
    pub(in crate::extract) slots: Vec<(Slot, f32)>,
    /// In which slots papers' own titles stand, and how often.
    proofs: Vec<(Slot, f32)>,
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

    fn prove(&mut self, slot: Slot) {
        self.add(&[(slot, PROOF)]);
        self.units += PROOF - 1.0;
        match self.proofs.iter_mut().find(|(known, _)| *known == slot) {
            Some((_, count)) => *count += 1.0,
            None => self.proofs.push((slot, 1.0)),
        }
    }

    /// How often a paper's own title stands in this slot, and in any.
    fn proofs(&self, slot: Slot) -> (f32, f32) {
        let own = self.proofs.iter().find(|(known, _)| *known == slot).map_or(0.0, |(_, count)| *count);
        (own, self.proofs.iter().map(|(_, count)| count).sum())
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

    /// Learns that the title of a unit stands in this slot, since it is the paper's own.
    pub(in crate::extract) fn prove(&mut self, group: Group, slot: Slot) {
        self.groups.entry(group).or_default().prove(slot);
        self.shapes.entry(group.shape).or_default().prove(slot);
    }

    /// How far it is proved that titles stand in a slot of a group, from 0 to 1.
    fn proved(&self, group: Group, slot: Slot) -> f32 {
        let all = self.shapes.get(&group.shape).map_or((0.0, 0.0), |tally| tally.proofs(slot));
        let own = self.groups.get(&group).map_or((0.0, 0.0), |tally| tally.proofs(slot));
        (own.0 + all.0 / (all.1 + PRIOR)) / (own.1 + 1.0)
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
            let proved = PROVED * self.proved(group, candidate.slot);
            candidate.score as f32 + proved + POINTS * self.worth(group, candidate.slot) - around
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
