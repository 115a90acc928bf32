//! One line of the output: a paper with what the lists and arXiv say of it. The order of the fields is the order in the files.

use std::sync::Arc;

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::names::only_names;
use super::{ArxivId, Author, Category, Citation, Link, Venue, Version};

/// How far a record's metadata could be had.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// A source of metadata described the paper.
    Enriched,
    /// arXiv says that there is no such paper.
    NotFound,
    /// Nobody could be asked; a later run fills it in.
    Unreachable,
    /// The list gives no arXiv identifier for this paper.
    NoArxivId,
}

impl Status {
    /// The name that the output files use.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Enriched => "enriched",
            Self::NotFound => "not_found",
            Self::Unreachable => "unreachable",
            Self::NoArxivId => "no_arxiv_id",
        }
    }
}

/// Who described the paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Source {
    /// arXiv's API, <https://info.arxiv.org/help/api/user-manual.html>.
    ArxivApi,
    /// arXiv's OAI-PMH interface, <https://info.arxiv.org/help/oa/index.html>.
    OaiPmh,
    /// DataCite's REST API.
    Datacite,
    /// arXiv's bulk metadata snapshot.
    Snapshot,
    /// The reading list alone.
    List,
}

impl Source {
    /// The name that the output files use.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::ArxivApi => "arxiv-api",
            Self::OaiPmh => "oai-pmh",
            Self::Datacite => "datacite",
            Self::Snapshot => "snapshot",
            Self::List => "list",
        }
    }
}

/// One place in a list that names the paper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Mention {
    /// The list.
    pub path: String,
    /// The line, counted from 1.
    pub line: u32,
    /// The version that the list pins there.
    pub version: Option<Version>,
}

/// One paper of the output.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Record {
    /// The arXiv identifier, canonical, without version.
    pub arxiv_id: Option<ArxivId>,
    /// The version that the metadata describes: the latest, or the one that every mention pins.
    pub version: Option<Version>,
    /// How far the metadata could be had.
    pub status: Status,
    /// arXiv's title, else the list's.
    pub title: Option<String>,
    /// arXiv's authors, else those of the list's BibTeX.
    #[serde(with = "only_names")]
    #[schemars(with = "Vec<String>")]
    pub authors: Vec<Author>,
    /// The abstract, white space normalised, TeX as it is.
    #[serde(rename = "abstract")]
    pub summary: Option<Arc<str>>,
    /// The title as people read it: Unicode for TeX, where that can be read.
    #[serde(default)]
    pub title_text: Option<String>,
    /// The abstract as people read it: Unicode for TeX, where that can be read.
    #[serde(default)]
    pub abstract_text: Option<Arc<str>>,
    /// The category that arXiv files the paper under.
    pub primary_category: Option<Category>,
    /// All categories, the primary one first.
    pub categories: Vec<Category>,
    /// The names of all categories, in the same order.
    #[serde(default)]
    pub category_names: Vec<String>,
    /// The list's own labels, in list order, without repetition.
    pub tags: Vec<String>,
    /// The heading path of each mention, outermost heading first.
    pub sections: Vec<Vec<String>>,
    /// When version 1 was submitted, UTC.
    pub published: Option<Timestamp>,
    /// When the version described was submitted, UTC.
    pub updated: Option<Timestamp>,
    /// The authors' comment.
    pub comment: Option<String>,
    /// The journal reference as the authors gave it.
    pub journal_ref: Option<String>,
    /// The DOI of the published version as the authors gave it.
    pub doi: Option<String>,
    /// Where the paper appeared, as the list's tags have it.
    #[serde(default)]
    pub venue: Option<Venue>,
    /// Whether the paper has been withdrawn.
    pub withdrawn: bool,
    /// The abstract page.
    pub url: Option<String>,
    /// The PDF.
    pub pdf_url: Option<String>,
    /// What the list calls the paper.
    pub listed_title: Option<String>,
    /// The entry's other links.
    pub links: Vec<Link>,
    /// The e-prints that the entry names besides its own: follow-up work, an earlier version, a paper that its remarks cite.
    #[serde(default)]
    pub related: Vec<ArxivId>,
    /// What the entry's BibTeX says.
    pub citation: Option<Citation>,
    /// Every place in the lists that names the paper.
    pub mentions: Vec<Mention>,
    /// Who described the paper.
    pub source: Source,
}

impl Record {
    /// The title that people are shown.
    pub fn shown_title(&self) -> Option<&str> {
        self.title_text.as_deref().or(self.title.as_deref())
    }

    /// The abstract that people are shown.
    pub fn shown_abstract(&self) -> Option<&str> {
        self.abstract_text.as_deref().or(self.summary.as_deref())
    }
}
