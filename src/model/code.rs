//! The kinds of findings: their names, which people write into their settings, how much they matter and what they mean.

use std::fmt;
use std::str::FromStr;

use serde::{Serialize, Serializer};

use super::Level;

/// What kind of thing was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Code {
    /// Something stands where an arXiv identifier should, and is none.
    MalformedId,
    /// A link to arXiv that needed a repair before its identifier could be read.
    DirtyLink,
    /// The entry's link and its BibTeX name different papers.
    ConflictingIds,
    /// arXiv has no paper under this identifier.
    UnknownId,
    /// arXiv has the paper, but not the version that the list pins.
    UnknownVersion,
    /// The list and arXiv call the paper by different titles.
    TitleMismatch,
    /// The paper has been withdrawn.
    Withdrawn,
    /// The list pins a version, and there is a later one.
    NewerVersion,
    /// arXiv names a publication of the paper, and the list names none.
    Published,
    /// The paper stands in the lists already.
    Duplicate,
    /// The entry's BibTeX disagrees with arXiv about the authors or the year.
    CitationMismatch,
    /// A link over plain http to a host that answers over https.
    InsecureLink,
    /// The entry names no e-print.
    NoArxivId,
    /// An entry without identifier may be this e-print.
    PossibleMatch,
    /// The BibTeX block could not be read, or not to its end.
    BrokenBibtex,
    /// The file is not UTF-8, and may have been read as other letters than were meant.
    NotUtf8,
    /// The list has no entry.
    NothingRead,
}

impl Code {
    /// Every kind.
    pub const ALL: [Self; 17] = [
        Self::MalformedId,
        Self::DirtyLink,
        Self::ConflictingIds,
        Self::UnknownId,
        Self::UnknownVersion,
        Self::TitleMismatch,
        Self::Withdrawn,
        Self::NewerVersion,
        Self::Published,
        Self::Duplicate,
        Self::CitationMismatch,
        Self::InsecureLink,
        Self::NoArxivId,
        Self::PossibleMatch,
        Self::BrokenBibtex,
        Self::NotUtf8,
        Self::NothingRead,
    ];

    /// The name of the kind.
    pub fn name(self) -> &'static str {
        match self {
            Self::MalformedId => "malformed-id",
            Self::DirtyLink => "dirty-link",
            Self::ConflictingIds => "conflicting-ids",
            Self::UnknownId => "unknown-id",
            Self::UnknownVersion => "unknown-version",
            Self::TitleMismatch => "title-mismatch",
            Self::Withdrawn => "withdrawn",
            Self::NewerVersion => "newer-version",
            Self::Published => "published",
            Self::Duplicate => "duplicate",
            Self::CitationMismatch => "citation-mismatch",
            Self::InsecureLink => "insecure-link",
            Self::NoArxivId => "no-arxiv-id",
            Self::PossibleMatch => "possible-match",
            Self::BrokenBibtex => "broken-bibtex",
            Self::NotUtf8 => "not-utf8",
            Self::NothingRead => "nothing-read",
        }
    }

    /// How much a finding of this kind matters; at the most, since one may matter less.
    pub fn level(self) -> Level {
        match self {
            Self::UnknownId | Self::Withdrawn | Self::NothingRead => Level::Error,
            Self::MalformedId
            | Self::ConflictingIds
            | Self::UnknownVersion
            | Self::TitleMismatch
            | Self::NewerVersion
            | Self::Duplicate
            | Self::CitationMismatch
            | Self::PossibleMatch
            | Self::BrokenBibtex
            | Self::NotUtf8 => Level::Warning,
            Self::DirtyLink | Self::Published | Self::InsecureLink | Self::NoArxivId => Level::Note,
        }
    }

    /// What a finding of this kind says, in a sentence without a full stop.
    pub fn meaning(self) -> &'static str {
        match self {
            Self::MalformedId => "Something stands where an arXiv identifier should, and is none",
            Self::DirtyLink => "A link to arXiv needed a repair before its identifier could be read",
            Self::ConflictingIds => "The entry's link and its BibTeX name different papers",
            Self::UnknownId => "arXiv has no paper under this identifier",
            Self::UnknownVersion => "arXiv has the paper, but not the version that the list pins",
            Self::TitleMismatch => "The list and arXiv call the paper by different titles",
            Self::Withdrawn => "The paper has been withdrawn",
            Self::NewerVersion => "The list pins a version, and there is a later one",
            Self::Published => "arXiv names a publication of the paper, and the list names none",
            Self::Duplicate => "The paper stands in the lists already",
            Self::CitationMismatch => "The entry's BibTeX disagrees with arXiv about the authors or the year",
            Self::InsecureLink => "A link goes over plain http to a host that answers over https",
            Self::NoArxivId => "The entry names no e-print",
            Self::PossibleMatch => "An entry without identifier may be this e-print",
            Self::BrokenBibtex => "The BibTeX could not be read, or not to its end",
            Self::NotUtf8 => "The file is not UTF-8, and may have been read as other letters than were meant",
            Self::NothingRead => "No paper was read in the file",
        }
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

/// There is no such kind of finding.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no finding `{0}`; the findings are {all}", all = Code::ALL.map(Code::name).join(", "))]
pub struct NotACode(pub String);

impl FromStr for Code {
    type Err = NotACode;

    fn from_str(text: &str) -> Result<Self, NotACode> {
        Self::ALL.into_iter().find(|code| code.name() == text).ok_or_else(|| NotACode(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_read_by_its_name() {
        for code in Code::ALL {
            assert_eq!(code.name().parse(), Ok(code));
        }
        let refused = "titel-mismatch".parse::<Code>().unwrap_err().to_string();
        assert!(
            refused.starts_with("there is no finding `titel-mismatch`; the findings are malformed-id, "),
            "{refused}"
        );
    }
}
