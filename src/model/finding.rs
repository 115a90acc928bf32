//! What is worth telling a list's keeper, and where in the list it stands.

use std::fmt;
use std::sync::Arc;

use serde::Serialize;

use super::ArxivId;

/// A position in a list. It prints as `path:line:column`, which editors and terminals turn into a link.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub struct Place {
    /// The list as the user named it, or as it was found in the folder that the user named.
    pub path: Arc<str>,
    /// The line, counted from 1.
    pub line: u32,
    /// The column in characters, counted from 1.
    pub column: u32,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.path, self.line, self.column)
    }
}

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// Worth knowing; nothing is wrong.
    Note,
    /// Probably a slip in the list.
    Warning,
    /// Certainly wrong.
    Error,
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        })
    }
}

/// What kind of thing was found; the name people write into their settings to silence it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
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
    /// An entry without identifier may be this e-print.
    PossibleMatch,
    /// The BibTeX block could not be read, or not to its end.
    BrokenBibtex,
    /// The file is not UTF-8; what could not be read shows as U+FFFD.
    NotUtf8,
}

impl Code {
    /// How much a finding of this kind matters.
    pub fn level(self) -> Level {
        match self {
            Self::UnknownId => Level::Error,
            Self::MalformedId
            | Self::ConflictingIds
            | Self::UnknownVersion
            | Self::PossibleMatch
            | Self::BrokenBibtex
            | Self::NotUtf8 => Level::Warning,
            Self::DirtyLink => Level::Note,
        }
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::MalformedId => "malformed-id",
            Self::DirtyLink => "dirty-link",
            Self::ConflictingIds => "conflicting-ids",
            Self::UnknownId => "unknown-id",
            Self::UnknownVersion => "unknown-version",
            Self::PossibleMatch => "possible-match",
            Self::BrokenBibtex => "broken-bibtex",
            Self::NotUtf8 => "not-utf8",
        })
    }
}

/// One thing worth telling, with its place and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Finding {
    /// Where.
    #[serde(flatten)]
    pub place: Place,
    /// What kind.
    pub code: Code,
    /// What is the matter, in a sentence without a full stop.
    pub message: String,
    /// What to do about it, where there is something to do.
    pub help: Option<String>,
    /// The paper it is about.
    pub arxiv_id: Option<ArxivId>,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}: {} [{}]", self.place, self.code.level(), self.message, self.code)?;
        match &self.help {
            Some(help) => write!(f, "; {help}"),
            None => Ok(()),
        }
    }
}
