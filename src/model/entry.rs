//! What a reading list says: its entries, each one place that presents one paper.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::names::only_names;
use super::{ArxivId, Author, Finding, Place, Venue, VersionedId};

/// Everything that was read from one list. Reading cannot fail: what cannot be understood is a finding.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Extracted {
    /// The entries, in the order of the list.
    pub entries: Vec<Entry>,
    /// What was noticed on the way, in the order of the list.
    pub findings: Vec<Finding>,
    /// The account of the identifiers that the list names.
    pub account: Account,
}

/// The identifiers that a list names, each counted once for every section that names it, and what became of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Account {
    /// Those of entries.
    pub own: usize,
    /// Those that entries name besides their own.
    pub related: usize,
    /// Those that no entry claimed: each is an entry without more.
    pub unclaimed: usize,
    /// Those among all these that stand in sections which the settings skip.
    pub skipped: usize,
}

impl Account {
    /// Counts what an entry claims that was read in another way than from blocks.
    pub fn add(&mut self, id: Option<&VersionedId>, related: &[ArxivId]) {
        self.own += usize::from(id.is_some());
        self.related += related.len();
    }
}

impl fmt::Display for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { own, related, unclaimed, skipped } = self;
        let sighted = own + related + unclaimed;
        write!(f, "{sighted} arXiv identifiers: {own} of entries, {related} related")?;
        if *unclaimed > 0 {
            write!(f, ", {unclaimed} that nothing else is said of")?;
        }
        if *skipped > 0 { write!(f, "; {skipped} in sections that are skipped") } else { Ok(()) }
    }
}

/// One place in a list that presents one paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Where the entry's title starts, or the entry itself where it has none.
    pub place: Place,
    /// The presented paper on arXiv, with the version where the list pins one.
    pub id: Option<VersionedId>,
    /// The paper's title as the list shows it, as plain text.
    pub title: Option<String>,
    /// The list's own labels for this paper, as spelled, in list order, without repetition.
    pub tags: Vec<String>,
    /// Where the paper appeared, by the first tag that names a conference or journal.
    pub venue: Option<Venue>,
    /// The headings above the entry, outermost first.
    pub sections: Vec<String>,
    /// Other papers that the entry names: follow-up work, a previous version.
    pub related: Vec<ArxivId>,
    /// The paper that the entry's BibTeX names, where its link names another.
    pub rival: Option<ArxivId>,
    /// The entry's links that do not lead to the paper on arXiv.
    pub links: Vec<Link>,
    /// What the entry's BibTeX says.
    pub citation: Option<Citation>,
}

/// A labelled link of an entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Link {
    /// What the list calls it: `github`, `blog`, `project`.
    pub label: String,
    /// Where it leads, as the list writes it.
    pub url: String,
}

/// An entry's BibTeX, in the field's own terms.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Citation {
    /// The citation key.
    pub key: String,
    /// The entry type in lower case, such as `misc` or `inproceedings`.
    #[serde(rename = "type")]
    pub kind: String,
    /// The title as plain text.
    pub title: Option<String>,
    /// The authors as `Given Family`, in order.
    #[serde(with = "only_names")]
    #[schemars(with = "Vec<String>")]
    pub authors: Vec<Author>,
    /// The year of publication.
    pub year: Option<i32>,
    /// Where it was published: the journal or book title. An arXiv preprint has none.
    pub venue: Option<String>,
}
