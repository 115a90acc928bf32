//! What an output says that the one before it did not. How two outputs are compared is left to the `changes` room.

use std::fmt;

use serde::Serialize;

use super::{ArxivId, Record, Status, Version};

/// The news of a run, each kind in the order of the lists.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Changes {
    /// Papers that the earlier output does not hold.
    pub new: Vec<NewPaper>,
    /// Papers that only the earlier output holds, in its order.
    pub gone: Vec<Named>,
    /// Papers that were there without metadata and have it now.
    pub now_known: Vec<Named>,
    /// Papers that had metadata and have it no longer: arXiv says that there is none such, or the list names no identifier.
    pub no_longer_known: Vec<Named>,
    /// Papers of which a later version is described.
    pub new_versions: Vec<NewVersion>,
    /// Papers that had neither DOI nor journal reference and have one now.
    pub published: Vec<Publication>,
    /// Papers that have been withdrawn.
    pub withdrawn: Vec<Withdrawal>,
    /// Papers whose tags are others.
    pub tags: Vec<Altered<String>>,
    /// Papers whose entries name other e-prints besides them than before.
    pub related: Vec<Altered<ArxivId>>,
}

/// A paper as the news name it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Named {
    /// Its identifier.
    pub arxiv_id: Option<ArxivId>,
    /// Its title, as people read it.
    pub title: Option<String>,
    /// Its abstract page.
    pub url: Option<String>,
}

/// A paper that the earlier output does not hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NewPaper {
    /// Which paper.
    #[serde(flatten)]
    pub paper: Named,
    /// How far its metadata could be had.
    pub status: Status,
    /// Whether it had been withdrawn by then.
    pub withdrawn: bool,
}

/// A later version of a paper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NewVersion {
    /// Which paper, under its title of now.
    #[serde(flatten)]
    pub paper: Named,
    /// The version that was described before.
    pub from: Version,
    /// The version that is described now.
    pub to: Version,
    /// What differs between the two.
    pub changed: Vec<Part>,
    /// The title before, where it was another.
    pub earlier_title: Option<String>,
}

/// A part of a paper's metadata that a new version may change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// The title.
    Title,
    /// The authors, or their order.
    Authors,
    /// The abstract.
    Abstract,
}

/// A paper that has been published.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Publication {
    /// Which paper.
    #[serde(flatten)]
    pub paper: Named,
    /// The journal reference.
    pub journal_ref: Option<String>,
    /// The DOI of what was published.
    pub doi: Option<String>,
}

/// A paper that has been withdrawn.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Withdrawal {
    /// Which paper.
    #[serde(flatten)]
    pub paper: Named,
    /// The authors' comment, which often says why.
    pub comment: Option<String>,
}

/// A paper for which the lists give other values of one kind than before: tags, or related e-prints.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Altered<T> {
    /// Which paper.
    #[serde(flatten)]
    pub paper: Named,
    /// The values that it has now and had not, in list order.
    pub added: Vec<T>,
    /// The values that it had and has no longer.
    pub removed: Vec<T>,
}

impl Record {
    /// The paper as the news name it. Its address is made of the identifier: what stands in a file may be anybody's.
    pub fn named(&self) -> Named {
        let url = self.arxiv_id.as_ref().map(|id| id.abs_url(None));
        Named { arxiv_id: self.arxiv_id.clone(), title: self.shown_title().map(str::to_owned), url }
    }
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Title => "title",
            Self::Authors => "authors",
            Self::Abstract => "abstract",
        })
    }
}

impl Changes {
    /// Whether there is no news.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The news as one line, such as `3 new papers, 2 new versions`. It holds counts and no word of a list or of arXiv, so
    /// that it can stand in a commit's message as it is.
    pub fn summary(&self) -> String {
        let kinds = [
            (self.new.len(), "1 new paper", "new papers"),
            (self.gone.len(), "1 paper gone", "papers gone"),
            (self.now_known.len(), "1 paper now known", "papers now known"),
            (self.no_longer_known.len(), "1 paper no longer known", "papers no longer known"),
            (self.new_versions.len(), "1 new version", "new versions"),
            (self.published.len(), "1 newly published", "newly published"),
            (self.withdrawn.len(), "1 newly withdrawn", "newly withdrawn"),
            (self.tags.len(), "1 paper with other tags", "papers with other tags"),
            (self.related.len(), "1 paper with other related papers", "papers with other related papers"),
        ];
        let told = kinds.iter().filter(|(count, ..)| *count > 0).map(|(count, one, many)| match count {
            1 => (*one).to_owned(),
            count => format!("{count} {many}"),
        });
        let told: Vec<_> = told.collect();
        if told.is_empty() { "no news".to_owned() } else { told.join(", ") }
    }
}
