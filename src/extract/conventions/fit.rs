//! Fits the weights of weights.txt: of the candidates that a list offers for a title, the right one is to have the highest score.
//! A softmax over the scores, drawn towards the weights as they are, by plain gradient descent. What is right is `shared`'s business.

mod shared;

use std::cell::RefCell;
use std::collections::HashMap;

use super::titles::{self, Group, Slots, Support};
use super::weights::{self, COUNT, Weight};
use crate::extract::features::title::Candidate;

/// So many points make a candidate e times as likely.
const TEMPERATURE: f64 = 10.0;
/// Steps of the descent, and their length.
const STEPS: usize = 100;
const RATE: f64 = 2.0;
/// What is a small change of points, and of a worth.
const POINTS: f64 = 10.0;
const WORTH: f64 = 0.15;

/// The value of each weight, by its place.
type Weights = [f64; COUNT];

/// One of the candidates of a unit, as the reader saw it.
struct Offer {
    text: String,
    signs: Vec<usize>,
    slot: usize,
    support: Support,
}

/// The candidates that the reader chose among.
type Choice = Vec<Offer>;

thread_local! {
    static NOTED: RefCell<Vec<Choice>> = const { RefCell::new(Vec::new()) };
}

/// Notes a choice of the reader.
pub(super) fn note(slots: &Slots, group: Group, candidates: &[Candidate]) {
    let offer = |candidate: &Candidate| Offer {
        text: candidate.title.text.clone(),
        signs: titles::signs(candidate, candidates).places().collect(),
        slot: titles::prior(candidate.slot) as usize,
        support: slots.support(group, candidate.slot),
    };
    NOTED.with_borrow_mut(|noted| noted.push(candidates.iter().map(offer).collect()));
}

/// What the reader chooses among while `read` reads.
fn noted(read: impl FnOnce()) -> Vec<Choice> {
    NOTED.take();
    read();
    NOTED.take()
}

/// A choice of which it is known what is right.
struct Example {
    repository: usize,
    offers: Choice,
    right: Vec<bool>,
}

/// An offer as a linear form: what weights it has how often, beside what no weight changes.
struct Row {
    parts: Vec<(usize, f64)>,
    base: f64,
}

impl Row {
    fn score(&self, weights: &Weights) -> f64 {
        self.base + self.parts.iter().map(|(place, times)| times * weights[*place]).sum::<f64>()
    }
}

/// An example in linear forms, with what it counts.
struct Rows {
    repository: usize,
    counts: f64,
    rows: Vec<Row>,
    right: Vec<bool>,
}

impl Rows {
    /// Of a repository of many examples each counts less, so that no single keeper decides.
    fn of(examples: &[Example], weights: &Weights) -> Vec<Self> {
        let known = weights[Weight::PriorSiblings as usize] as f32;
        let points = weights[Weight::SlotWorth as usize];
        let row = |offer: &Offer| {
            let (none, full) = (offer.support.worth(known, 0.0), offer.support.worth(known, 1.0));
            let signs = offer.signs.iter().map(|place| (*place, 1.0));
            let parts = signs.chain([(offer.slot, points * f64::from(full - none))]).collect();
            Row { parts, base: points * f64::from(none) }
        };
        let mut like: HashMap<usize, f64> = HashMap::new();
        examples.iter().for_each(|example| *like.entry(example.repository).or_default() += 1.0);
        let of = |example: &Example| {
            let rows = example.offers.iter().map(row).collect();
            Self {
                repository: example.repository,
                counts: 1.0 / like[&example.repository].sqrt(),
                rows,
                right: example.right.clone(),
            }
        };
        examples.iter().map(of).collect()
    }

    /// Whether the first of the highest scores is right.
    fn is_right(&self, weights: &Weights) -> bool {
        let scores: Vec<f64> = self.rows.iter().map(|row| row.score(weights)).collect();
        let best = (0..scores.len()).rev().max_by(|one, other| scores[*one].total_cmp(&scores[*other]));
        best.is_some_and(|best| self.right[best])
    }

    /// Adds what a change of each weight would change of the loss.
    fn add_gradient(&self, weights: &Weights, gradient: &mut Weights) {
        let scores: Vec<f64> = self.rows.iter().map(|row| row.score(weights) / TEMPERATURE).collect();
        let most = scores.iter().copied().fold(f64::MIN, f64::max);
        let likely: Vec<f64> = scores.iter().map(|score| (score - most).exp()).collect();
        let all: f64 = likely.iter().sum();
        let right: f64 = likely.iter().zip(&self.right).filter(|(_, is)| **is).map(|(likely, _)| likely).sum();
        for ((row, likely), is_right) in self.rows.iter().zip(&likely).zip(&self.right) {
            let wanted = if *is_right { likely / right.max(f64::MIN_POSITIVE) } else { 0.0 };
            let change = self.counts * (likely / all - wanted) / TEMPERATURE;
            row.parts.iter().for_each(|(place, times)| gradient[*place] += times * change);
        }
    }
}

/// The weights of weights.txt.
fn today() -> Weights {
    let mut weights = [0.0; COUNT];
    for (_, weight) in Weight::ALL {
        weights[*weight as usize] = f64::from(weights::of(*weight));
    }
    weights
}

/// Fits weights to examples; `pull` is how strongly they are drawn towards where they start.
fn fit<'e>(examples: impl Iterator<Item = &'e Rows> + Clone, start: &Weights, pull: f64) -> Weights {
    let counts: f64 = examples.clone().map(|example| example.counts).sum();
    let mut weights = *start;
    for _ in 0..STEPS {
        let mut gradient = [0.0; COUNT];
        examples.clone().for_each(|example| example.add_gradient(&weights, &mut gradient));
        for place in 0..COUNT {
            let scale = if place < Weight::SlotField as usize { POINTS } else { WORTH };
            let back = pull * (weights[place] - start[place]) / (scale * scale);
            weights[place] -= RATE * scale * scale * (gradient[place] / counts.max(1.0) + back);
        }
    }
    weights
}

/// How many examples are right.
fn right<'e>(examples: impl Iterator<Item = &'e Rows>, weights: &Weights) -> usize {
    examples.filter(|example| example.is_right(weights)).count()
}
