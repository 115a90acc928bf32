//! What recurs in brackets: labels, and venues that no table knows, which stand there with this year or that.

use std::collections::{HashMap, HashSet};

use foldhash::fast::FixedState;

use crate::extract::features::brackets::bracketed;
use crate::extract::features::plain;
use crate::extract::features::venue;

/// A venue shows itself in as many places.
const FEWEST: usize = 2;

/// A label recurs in as many places.
const FEWEST_LABELS: usize = 3;

/// What recurs in brackets, in lower case.
#[derive(Debug, Default)]
pub(super) struct Brackets {
    /// The names of venues without their years.
    pub(super) venues: HashSet<String, FixedState>,
    pub(super) labels: HashSet<String, FixedState>,
}

/// Learns from all that stands in brackets.
pub(super) fn learn(text: &str) -> Brackets {
    let mut labels: HashMap<String, usize, FixedState> = HashMap::default();
    let mut counts: HashMap<String, usize, FixedState> = HashMap::default();
    let mut known = 0;
    for (_, inner) in bracketed(text) {
        let label = plain::trim(inner);
        if label.len() <= 48 && !label.is_empty() {
            *labels.entry(label.to_lowercase()).or_default() += 1;
        }
        if let Some(name) = venue::name_with_year(inner) {
            let count: &mut usize = counts.entry(name).or_default();
            known += usize::from(*count == 0 && venue::venue(inner).is_some());
            *count += 1;
        }
    }
    // Among known ones those that nobody knows are venues, too.
    let fewest = if known > 0 && known * 4 >= counts.len() { 1 } else { FEWEST };
    let of = |counts: HashMap<String, usize, FixedState>, fewest: usize| {
        counts.into_iter().filter(|(_, count)| *count >= fewest).map(|(name, _)| name).collect()
    };
    Brackets { venues: of(counts, fewest), labels: of(labels, FEWEST_LABELS) }
}
