//! Finds and reads the lists that the user names: files, folders, standard input. What they say is left to `extract`.

use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::model::{Code, Finding, Place};

/// The endings of files that are taken for lists in a folder. A file that the user names is read whatever it is called.
const ENDINGS: [&str; 8] = ["md", "markdown", "mdx", "qmd", "rst", "txt", "bib", "html"];

/// The name that stands for standard input on the command line.
const STANDARD_INPUT: &str = "-";

/// The text of one list.
#[derive(Debug)]
pub struct List {
    /// What the list is called in findings and mentions.
    pub path: String,
    /// Its text.
    pub text: String,
    /// What was noticed in reading it.
    pub finding: Option<Finding>,
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
    },
}

impl ListError {
    /// What the user can do about it.
    pub fn hint(&self) -> String {
        match self {
            Self::Unreadable { source, .. } if source.kind() == io::ErrorKind::NotFound => {
                "check the path; a list is a file, a folder, or - for standard input".to_owned()
            }
            Self::Unreadable { .. } | Self::Unsearchable { .. } => "check that you may read it".to_owned(),
            Self::NoList { .. } => {
                format!("lists end in .{}, and files that git ignores are passed over", ENDINGS.join(", ."))
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
pub fn read(names: &[PathBuf], outputs: &Outputs) -> Result<Vec<List>, ListError> {
    let mut lists = Vec::new();
    for name in names {
        if name.as_os_str() == STANDARD_INPUT {
            lists.push(read_from(STANDARD_INPUT.to_owned(), name, io::stdin().lock())?);
        } else if name.is_dir() {
            for path in search(name, outputs)? {
                lists.push(read_file(&path)?);
            }
        } else {
            lists.push(read_file(name)?);
        }
    }
    Ok(lists)
}

fn search(folder: &Path, outputs: &Outputs) -> Result<Vec<PathBuf>, ListError> {
    let unsearchable = |source| ListError::Unsearchable { path: folder.to_owned(), source };
    let searched = folder.canonicalize().map_err(ignore::Error::Io).map_err(unsearchable)?;
    let mut found = Vec::new();
    // A folder of lists need not be a repository for its .gitignore to count.
    for entry in ignore::WalkBuilder::new(folder).require_git(false).build() {
        let entry = entry.map_err(unsearchable)?;
        let ending = entry.path().extension().and_then(|ending| ending.to_str()).unwrap_or_default();
        if entry.file_type().is_some_and(|kind| !kind.is_dir())
            && ENDINGS.contains(&ending.to_ascii_lowercase().as_str())
            && !entry.path().canonicalize().is_ok_and(|file| outputs.hold(&searched, &file))
        {
            found.push(entry.into_path());
        }
    }
    if found.is_empty() {
        return Err(ListError::NoList { path: folder.to_owned() });
    }
    found.sort();
    Ok(found)
}

fn read_file(path: &Path) -> Result<List, ListError> {
    let unreadable = |source| ListError::Unreadable { path: path.to_owned(), source };
    let file = std::fs::File::open(path).map_err(unreadable)?;
    // Slashes everywhere, so that the same list gives the same output on every system.
    let name = path.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/");
    read_from(name, path, file)
}

fn read_from(name: String, path: &Path, mut source: impl Read) -> Result<List, ListError> {
    let mut bytes = Vec::new();
    source.read_to_end(&mut bytes).map_err(|source| ListError::Unreadable { path: path.to_owned(), source })?;
    Ok(decode(name, bytes))
}

/// Makes text of bytes. What is not UTF-8 is replaced and found, so that one bad byte does not lose a list.
fn decode(path: String, bytes: Vec<u8>) -> List {
    let (text, finding) = match String::from_utf8(bytes) {
        Ok(text) => (text, None),
        Err(error) => {
            let good = error.utf8_error().valid_up_to();
            let before = &error.as_bytes()[..good];
            let line_start = memchr::memrchr(b'\n', before).map_or(0, |at| at + 1);
            let place = Place {
                path: Arc::from(path.as_str()),
                line: position(memchr::memchr_iter(b'\n', before).count()),
                column: position(String::from_utf8_lossy(&before[line_start..]).chars().count()),
            };
            let finding = Finding {
                help: Some("save it as UTF-8; what could not be read shows as \u{fffd}".to_owned()),
                ..Finding::new(Code::NotUtf8, place, "the list is not UTF-8 from here on".to_owned())
            };
            (String::from_utf8_lossy(error.as_bytes()).into_owned(), Some(finding))
        }
    };
    // The mark that some editors put before UTF-8 is none of the list's text.
    let text = text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text);
    List { path, text, finding }
}

/// A count of what stands before, as a position counted from 1.
fn position(before: usize) -> u32 {
    u32::try_from(before).unwrap_or(u32::MAX - 1) + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_that_is_not_utf8_is_read_and_the_place_is_told() {
        let list = decode("list.md".to_owned(), b"# One\nna\xefve".to_vec());
        assert_eq!(list.text, "# One\nna\u{fffd}ve");
        assert_eq!(list.finding.unwrap().place.to_string(), "list.md:2:3");
    }

    #[test]
    fn a_byte_order_mark_is_dropped() {
        let list = decode("list.md".to_owned(), b"\xef\xbb\xbf# One".to_vec());
        assert_eq!(list.text, "# One");
        assert!(list.finding.is_none());
    }

    fn found(folder: &Path, outputs: &Outputs) -> Vec<String> {
        let found = search(folder, outputs).unwrap();
        found.iter().map(|path| path.strip_prefix(folder).unwrap().to_string_lossy().replace('\\', "/")).collect()
    }

    #[test]
    fn a_folder_is_searched_in_order_and_what_git_ignores_is_passed_over() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str| {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, "").unwrap();
        };
        for name in ["b.md", "a/z.markdown", "a/notes.bib", "picture.png", "drafts/secret.md", ".hidden/x.md"] {
            write(name);
        }
        std::fs::write(folder.path().join(".gitignore"), "drafts/\n").unwrap();
        assert_eq!(found(folder.path(), &Outputs::default()), ["a/notes.bib", "a/z.markdown", "b.md"]);
    }

    #[test]
    fn what_a_run_has_written_is_no_list() {
        let folder = tempfile::tempdir().unwrap();
        let at = folder.path();
        std::fs::create_dir_all(at.join("out")).unwrap();
        for name in ["list.md", "papers.md", "notes.md", "out/papers.md", "out/old.bib"] {
            std::fs::write(at.join(name), "").unwrap();
        }
        let written_to = |folder: &str| Outputs { folder: at.join(folder), names: vec!["papers.md", "changes.md"] };
        assert_eq!(found(at, &written_to("out")), ["list.md", "notes.md", "papers.md"]);
        assert_eq!(found(at, &written_to(".")), ["list.md", "notes.md", "out/old.bib", "out/papers.md"]);
        assert_eq!(
            found(at, &written_to("none")),
            ["list.md", "notes.md", "out/old.bib", "out/papers.md", "papers.md"]
        );
        assert_eq!(read(&[at.join("papers.md")], &written_to(".")).unwrap().len(), 1);
    }

    #[test]
    fn a_folder_without_lists_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        assert!(matches!(search(folder.path(), &Outputs::default()), Err(ListError::NoList { .. })));
    }
}
