//! Where the title stands: in which slot siblings have a text that is long enough for one and differs in each.
//!
//! The worth of a slot in a group of siblings is the mean titleness of its texts, drawn towards its worth in all of the list, and that
//! towards what the slot is worth anywhere.

use std::collections::HashMap;
use std::hash::BuildHasher;

use foldhash::fast::FixedState;

use super::weights::{self, Signs, Weight};
use crate::extract::features::plain;
use crate::extract::features::title::{Candidate, Slot};
use crate::extract::options::TitleFrom;
use crate::extract::units::Shape;

/// A unit whose own title is known weighs as much as so many others.
const PROOF: f32 = 4.0;
/// How many points more a slot has that was proved for all of its group.
const PROVED: f32 = 30.0;
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

/// The titleness of what stands in a slot, summed over so many units: those of a group, and those of its shape in all of the list.
#[derive(Clone, Copy, Debug)]
pub(super) struct Support {
    own: (f32, f32),
    all: (f32, f32),
}

impl Support {
    /// What the slot is worth, if what is known from elsewhere weighs as much as so many siblings.
    pub(super) fn worth(self, known: f32, prior: f32) -> f32 {
        let in_list = (self.all.0 + known * prior) / (self.all.1 + known);
        (self.own.0 + known * in_list) / (self.own.1 + known)
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
        let of = |tally: Option<&Tally>| tally.map_or((0.0, 0.0), |tally| tally.proofs(slot));
        let (own, all) = (of(self.groups.get(&group)), of(self.shapes.get(&group.shape)));
        (own.0 + all.0 / (all.1 + weights::of(Weight::PriorSiblings))) / (own.1 + 1.0)
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

    /// Returns how the group and the list support a slot.
    pub(super) fn support(&self, group: Group, slot: Slot) -> Support {
        let of = |tally: Option<&Tally>| tally.map_or((0.0, 0.0), |tally| (tally.sum(slot), tally.units));
        Support { own: of(self.groups.get(&group)), all: of(self.shapes.get(&group.shape)) }
    }

    /// Returns what a slot is worth in a group, from 0 to 1.
    pub(in crate::extract) fn worth(&self, group: Group, slot: Slot) -> f32 {
        let known = weights::of(Weight::PriorSiblings);
        self.support(group, slot).worth(known, weights::of(prior(slot)))
    }

    /// Returns the title among candidates, by what speaks for each in its unit and for its slot in the group.
    pub(in crate::extract) fn choose<'c>(&self, group: Group, candidates: &'c [Candidate]) -> Option<&'c Candidate> {
        #[cfg(test)]
        super::fit::note(self, group, candidates);
        let score = |candidate: &Candidate| {
            signs(candidate, candidates).points()
                + weights::of(Weight::SlotWorth) * self.worth(group, candidate.slot)
                + self.bonus(candidate.slot)
                + PROVED * self.proved(group, candidate.slot)
        };
        // Of equals the first.
        candidates.iter().rev().max_by(|one, other| score(one).total_cmp(&score(other)))
    }
}

/// What speaks for a candidate among those of its unit.
pub(super) fn signs(candidate: &Candidate, candidates: &[Candidate]) -> Signs {
    if candidate.slot != Slot::Lead {
        return candidate.signs;
    }
    let outer = &candidate.title.range;
    let is_quoted = |other: &Candidate| {
        let inner = &other.title.range;
        matches!(other.slot, Slot::Quoted(_)) && outer.start < inner.end && inner.start <= outer.end + 4
    };
    let is_bold = |other: &Candidate| {
        let inner = &other.title.range;
        let opens = inner.start <= outer.start + 8 && outer.start <= inner.start;
        other.slot == Slot::Bold(0) && opens && inner.end < outer.end
    };
    let is_italic = |other: &Candidate| {
        let inner = &other.title.range;
        let ends = outer.start < inner.start && inner.end <= outer.end && outer.end <= inner.end + 4;
        other.slot == Slot::Italic(0) && ends && plain::word_count(&other.title.text) >= 3
    };
    if candidates.iter().any(is_quoted) {
        candidate.signs.with(Weight::AroundQuote)
    } else if candidates.iter().any(is_bold) {
        candidate.signs.with(Weight::AfterBold)
    } else if candidates.iter().any(is_italic) {
        candidate.signs.with(Weight::BeforeItalic)
    } else {
        candidate.signs
    }
}

/// How much a text looks like a title by its length, from 0 to 1.
pub(super) fn titleness(text: &str) -> f32 {
    let words = match plain::word_count(text) {
        0 => return 0.0,
        1 => Weight::WordsOne,
        2 => Weight::WordsTwo,
        3 => Weight::WordsThree,
        4..=22 => Weight::WordsUsual,
        23..=32 => Weight::WordsMany,
        _ => Weight::WordsProse,
    };
    weights::of(words)
}

/// What a slot is worth where nothing is known of a list.
pub(super) fn prior(slot: Slot) -> Weight {
    match slot {
        Slot::Field => Weight::SlotField,
        Slot::Whole => Weight::SlotWhole,
        Slot::Link(0) => Weight::SlotFirstLink,
        Slot::Bold(0) => Weight::SlotFirstBold,
        Slot::Quoted(0) => Weight::SlotFirstQuoted,
        Slot::Named => Weight::SlotNamed,
        Slot::Lead => Weight::SlotLead,
        Slot::Link(_) => Weight::SlotLink,
        Slot::Bold(_) => Weight::SlotBold,
        Slot::Quoted(_) => Weight::SlotQuoted,
        Slot::Underlined(_) => Weight::SlotUnderlined,
        Slot::Italic(_) => Weight::SlotItalic,
    }
}
