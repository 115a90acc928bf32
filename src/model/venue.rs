//! Where a paper appeared, in one spelling for all lists.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A conference or journal, with the year where the list gives one.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub struct Venue {
    /// The canonical short name, such as `NeurIPS`.
    pub name: String,
    /// The year of the conference, or of the journal's volume.
    pub year: Option<i32>,
}

impl fmt::Display for Venue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.year {
            Some(year) => write!(f, "{} {year}", self.name),
            None => f.write_str(&self.name),
        }
    }
}
