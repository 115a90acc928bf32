//! Venues that no table knows: what stands in brackets with a year, and stands so again with the same or another year.

use std::collections::{HashMap, HashSet};

use foldhash::fast::FixedState;

use crate::extract::features::brackets::bracketed;
use crate::extract::features::venue;

/// A venue shows itself in as many places.
const FEWEST: usize = 2;

/// Returns the names of venues without their years, in lower case.
pub(super) fn learn(text: &str) -> HashSet<String, FixedState> {
    let mut counts: HashMap<String, usize, FixedState> = HashMap::default();
    for (_, inner) in bracketed(text) {
        if let Some(name) = venue::name_with_year(inner) {
            *counts.entry(name).or_default() += 1;
        }
    }
    counts.into_iter().filter(|(_, count)| *count >= FEWEST).map(|(name, _)| name).collect()
}
