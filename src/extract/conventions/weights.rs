//! How much each sign speaks for a candidate for a title. The numbers are data, in weights.txt; `fit` finds them.

use std::sync::LazyLock;

pub(super) const TABLE: &str = include_str!("weights.txt");

macro_rules! weights {
    ($($name:literal $weight:ident,)+) => {
        /// A number of weights.txt.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(in crate::extract) enum Weight { $($weight),+ }

        impl Weight {
            /// Every weight by its name, in the order of the array.
            pub(super) const ALL: &[(&'static str, Self)] = &[$(($name, Self::$weight)),+];
        }
    };
}

weights! {
    "field" Field,
    "link" Link,
    "bold" Bold,
    "named" Named,
    "quoted" Quoted,
    "plain" Plain,
    "underlined" Underlined,
    "italic" Italic,
    "whole" Whole,
    "leads-to-arxiv" LeadsToArxiv,
    "leads-to-paper" LeadsToPaper,
    "leads-elsewhere" LeadsElsewhere,
    "leads-within" LeadsWithin,
    "link-opens-line" LinkOpensLine,
    "bold-opens-line" BoldOpensLine,
    "link-further-down" LinkFurtherDown,
    "paper-further-down" PaperFurtherDown,
    "around-quote" AroundQuote,
    "after-bold" AfterBold,
    "before-italic" BeforeItalic,
    "one-word" OneWord,
    "two-words" TwoWords,
    "prior-siblings" PriorSiblings,
    "slot-worth" SlotWorth,
    "slot-field" SlotField,
    "slot-whole" SlotWhole,
    "slot-first-link" SlotFirstLink,
    "slot-first-bold" SlotFirstBold,
    "slot-first-quoted" SlotFirstQuoted,
    "slot-named" SlotNamed,
    "slot-lead" SlotLead,
    "slot-link" SlotLink,
    "slot-bold" SlotBold,
    "slot-quoted" SlotQuoted,
    "slot-underlined" SlotUnderlined,
    "slot-italic" SlotItalic,
    "words-one" WordsOne,
    "words-two" WordsTwo,
    "words-three" WordsThree,
    "words-usual" WordsUsual,
    "words-many" WordsMany,
    "words-prose" WordsProse,
}

pub(super) const COUNT: usize = Weight::ALL.len();

static WEIGHTS: LazyLock<[f32; COUNT]> = LazyLock::new(|| {
    let mut weights = [0.0; COUNT];
    for (name, value) in lines() {
        if let Some((_, weight)) = Weight::ALL.iter().find(|(known, _)| *known == name) {
            weights[*weight as usize] = value;
        }
    }
    weights
});

/// The lines of the table that hold a number.
fn lines() -> impl Iterator<Item = (&'static str, f32)> {
    let lines = TABLE.lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| line.split_once(' ')).filter_map(|(name, value)| Some((name, value.parse().ok()?)))
}

/// Returns the number that weights.txt gives.
pub(in crate::extract) fn of(weight: Weight) -> f32 {
    WEIGHTS[weight as usize]
}

/// The signs that speak for a candidate.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::extract) struct Signs(u64);

impl Signs {
    #[must_use]
    pub(in crate::extract) fn with(self, sign: Weight) -> Self {
        Self(self.0 | 1 << sign as u32)
    }

    #[must_use]
    pub(in crate::extract) fn with_some(self, sign: Option<Weight>) -> Self {
        sign.map_or(self, |sign| self.with(sign))
    }

    /// The places of the signs in the array of weights.
    pub(super) fn places(self) -> impl Iterator<Item = usize> {
        let rest = std::iter::successors(Some(self.0), |rest| Some(rest & rest.wrapping_sub(1)));
        rest.take_while(|rest| *rest != 0).map(|rest| rest.trailing_zeros() as usize)
    }

    /// How much they speak for it in all.
    pub(in crate::extract) fn points(self) -> f32 {
        self.places().map(|place| WEIGHTS[place]).sum()
    }
}

impl From<Weight> for Signs {
    fn from(sign: Weight) -> Self {
        Self::default().with(sign)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_weight_in_the_table_is_known_and_every_known_weight_is_there_once() {
        let written = TABLE.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).count();
        let mut named: Vec<&str> = lines().map(|(name, _)| name).collect();
        let mut known: Vec<&str> = Weight::ALL.iter().map(|(name, _)| *name).collect();
        assert_eq!(named.len(), written, "each line is a name and a number");
        named.sort_unstable();
        known.sort_unstable();
        assert_eq!(named, known);
    }

    #[test]
    fn signs_add_up() {
        let signs = Signs::from(Weight::Link).with(Weight::TwoWords).with_some(None);
        assert_eq!(signs.points(), of(Weight::Link) + of(Weight::TwoWords));
        assert_eq!(Signs::default().points(), 0.0);
    }
}
