//! Why a list is read as it is: what each group of like units shows, what decided each entry, and what was passed over.

use serde::Serialize;

use crate::model::Place;

/// Why a list is read as it is.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Explanation {
    /// The groups of like units that present papers, in the order of the list.
    pub groups: Vec<Group>,
    /// One for each entry, in their order.
    pub entries: Vec<Because>,
    /// The units with links that no entry was read from, in the order of the list.
    pub unread: Vec<Unread>,
}

/// The convention of units that stand side by side.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Group {
    /// Where the first of them stands.
    pub place: Place,
    /// What they are: "items", "rows", "headings", "paragraphs", "folds".
    pub units: &'static str,
    /// How many they are.
    pub of: usize,
    /// How many of them present papers.
    pub entries: usize,
    /// Where the title stands in most of them, and in how many: "first bold", "text of the first link", "column 2".
    pub title: Option<(String, usize)>,
    /// What labels them: "badges", "column: Venue", "field: tags".
    pub tags: Vec<String>,
    /// The short texts that name links in them.
    pub link_names: Vec<String>,
}

/// What decided how an entry is read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Because {
    /// Why it is an entry.
    pub entry: String,
    /// What gave its title.
    pub title: Option<String>,
    /// What gave its identifier.
    pub id: Option<String>,
}

/// A unit with links that no entry was read from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Unread {
    /// Where it stands.
    pub place: Place,
    /// The start of its text.
    pub text: String,
    /// Why it was passed over.
    pub why: String,
}
