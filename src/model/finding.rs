//! What is worth telling a list's keeper, and where in the list it stands.

use std::fmt;
use std::sync::Arc;

use serde::Serialize;

use super::{ArxivId, Code};

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
    /// How much it matters.
    pub level: Level,
    /// What sets it right, where that is certain.
    #[serde(skip)]
    pub repairs: Vec<Repair>,
}

impl Finding {
    /// A finding about no paper in particular, which matters as much as others of its kind.
    pub fn new(code: Code, place: Place, message: String) -> Self {
        Self { place, code, message, help: None, arxiv_id: None, level: code.level(), repairs: Vec::new() }
    }
}

/// A stretch of a list, within one line, and what should stand in its place.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Repair {
    /// Where the stretch begins.
    pub place: Place,
    /// What stands there.
    pub old: String,
    /// What should.
    pub new: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}: {} [{}]", self.place, self.level, self.message, self.code)?;
        match &self.help {
            Some(help) => write!(f, "; {help}"),
            None => Ok(()),
        }
    }
}
