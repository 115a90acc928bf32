//! Finds and reads the lists that the user names: files, folders, standard input. What they say is left to `extract`.

pub mod encoding;
mod regular;
mod search;

use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use crate::model::{Code, Finding, Level, Place};

use self::encoding::{Decoded, Flaw};

pub use self::regular::read as read_regular;

/// The endings of files that are taken for lists in a folder. A file that the user names is read whatever it is called; so are data
/// files, which in a folder are settings, results and much else beside lists.
const ENDINGS: [&str; 9] = ["md", "markdown", "mdx", "qmd", "rst", "org", "txt", "bib", "html"];

/// The name that stands for standard input on the command line.
const STANDARD_INPUT: &str = "-";

/// Lists in their order, and what was passed over in looking for them.
#[derive(Debug, Default)]
pub struct Lists {
    /// The lists.
    pub lists: Vec<List>,
    /// What the user should know besides.
    pub notices: Vec<String>,
}

/// The text of one list.
#[derive(Debug)]
pub struct List {
    /// What the list is called in findings and mentions.
    pub path: String,
    /// The file itself, without links; `None` for standard input.
    pub file: Option<PathBuf>,
    /// Its text.
    pub text: String,
    /// What it holds.
    pub content: Content,
    /// What was noticed in reading it.
    pub finding: Option<Finding>,
}

/// What a list holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Content {
    /// Nothing but white space.
    Nothing,
    /// Text.
    Text,
    /// No text, and so nothing that can be read.
    Binary,
}

/// No list could be had.
#[derive(Debug, thiserror::Error)]
pub enum ListError {
    /// The file cannot be read.
    #[error("cannot read the list {}", path.display())]
    Unreadable {
        /// Which file.
        path: PathBuf,
        /// Why not.
        #[source]
        source: io::Error,
    },
    /// The folder cannot be searched.
    #[error("cannot search the folder {} for lists", path.display())]
    Unsearchable {
        /// Which folder.
        path: PathBuf,
        /// Why not.
        #[source]
        source: ignore::Error,
    },
    /// The folder holds no list.
    #[error("the folder {} holds no list", path.display())]
    NoList {
        /// Which folder.
        path: PathBuf,
        /// What was passed over in it.
        notices: Vec<String>,
    },
}

impl ListError {
    /// What the user can do about it.
    pub fn hint(&self) -> String {
        match self {
            Self::Unreadable { source, .. } => match source.kind() {
                ErrorKind::NotFound => "check the path; a list is a file, a folder, or - for standard input".to_owned(),
                ErrorKind::InvalidInput => "name a file, or send the text to standard input and name -".to_owned(),
                ErrorKind::FileTooLarge => "check the path, or split the list".to_owned(),
                _ => "check that you may read it".to_owned(),
            },
            Self::Unsearchable { .. } => "check that you may read it".to_owned(),
            Self::NoList { notices, .. } => {
                let known = format!(
                    "lists end in .{}, and files that git ignores are passed over; data files are read where they are named",
                    ENDINGS.join(", .")
                );
                std::iter::once(known).chain(notices.iter().cloned()).collect::<Vec<_>>().join("; ")
            }
        }
    }
}

/// What `run` writes: no search for lists takes it for one.
#[derive(Clone, Debug, Default)]
pub struct Outputs {
    /// The folder. All of it is passed over, unless the lists are searched for in it.
    pub folder: PathBuf,
    /// The names of the files in it.
    pub names: Vec<&'static str>,
}

impl Outputs {
    /// Whether a search of `folder` passes this file over. Both are absolute, without links.
    fn hold(&self, folder: &Path, file: &Path) -> bool {
        let Ok(own) = self.folder.canonicalize() else { return false };
        let is_named = || self.names.iter().any(|name| file == own.join(name));
        file.starts_with(&own) && (!folder.starts_with(&own) || is_named())
    }
}

/// Reads every list that is named, in the order of the names, the files of a folder sorted by path.
///
/// # Errors
/// One of the names leads to nothing that can be read. Nothing is left out in silence.
pub fn read(names: &[PathBuf], outputs: &Outputs) -> Result<Lists, ListError> {
    let mut read = Lists::default();
    for name in names {
        let unreadable = |source| ListError::Unreadable { path: name.clone(), source };
        if name.as_os_str() == STANDARD_INPUT {
            let bytes = regular::read_stream(io::stdin().lock()).map_err(unreadable)?;
            read.lists.push(List::new(STANDARD_INPUT.to_owned(), None, bytes));
        } else if name.is_dir() {
            let found = search::search(name, outputs)?;
            for path in found.lists {
                read.lists.push(read_file(&path)?);
            }
            read.notices.extend(found.notices);
        } else {
            read.lists.push(read_file(name)?);
        }
    }
    Ok(read)
}

fn read_file(path: &Path) -> Result<List, ListError> {
    let unreadable = |source| ListError::Unreadable { path: path.to_owned(), source };
    let bytes = read_regular(path).map_err(unreadable)?;
    let file = path.canonicalize().map_err(unreadable)?;
    Ok(List::new(named(path), Some(file), bytes))
}

/// What a path is called: with slashes everywhere, so that the same list gives the same output on every system.
fn named(path: &Path) -> String {
    path.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/")
}

impl List {
    fn new(path: String, file: Option<PathBuf>, bytes: Vec<u8>) -> Self {
        let Some(decoded) = encoding::decode(bytes) else {
            return Self { path, file, text: String::new(), content: Content::Binary, finding: None };
        };
        let content = if decoded.text.trim().is_empty() { Content::Nothing } else { Content::Text };
        let finding = flaw(&path, &decoded);
        Self { path, file, text: decoded.text, content, finding }
    }

    /// That it has no entry.
    pub fn nothing_read(&self, level: Level) -> Finding {
        let message = match self.content {
            Content::Nothing => "the list is empty",
            Content::Text => "nothing in this file was read as a paper",
            Content::Binary => "the file holds no text, so nothing was read from it",
        };
        let help = "leave the file out, if it lists no papers".to_owned();
        let place = Place { path: self.path.as_str().into(), line: 1, column: 1 };
        Finding { help: Some(help), level, ..Finding::new(Code::NothingRead, place, message.to_owned()) }
    }
}

/// What the keeper should know of how the text was read.
fn flaw(path: &str, decoded: &Decoded) -> Option<Finding> {
    let (at, message, help) = match decoded.flaw? {
        Flaw::Windows1252(at) => (at, "the list is not UTF-8; it was read as Windows-1252", "save it as UTF-8"),
        Flaw::Damage(at) => (
            at,
            "some bytes of the list, from here on, are no letters in its encoding",
            "write what shows as \u{fffd} anew, and save the list as UTF-8",
        ),
    };
    let (line, column) = decoded.position(at);
    let place = Place { path: path.into(), line, column };
    Some(Finding { help: Some(help.to_owned()), ..Finding::new(Code::NotUtf8, place, message.to_owned()) })
}

#[cfg(test)]
mod tests;
