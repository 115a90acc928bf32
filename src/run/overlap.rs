//! No file plays two parts in a run: what a run writes is none of the lists, no other file that it writes, and none that it asks.
//!
//! Files are the same by what the system says of them, so that links, hard links and other spellings of a path hide nothing. Where
//! the system names no identity, and for files that are not there yet, they are the same by their place without links.

use std::collections::HashMap;
use std::fmt;
use std::fs;
use std::path::{Component, Path, PathBuf};

use crate::lists::List;

/// The part that a file plays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// A list, which is read.
    List,
    /// The snapshot, which is read.
    Snapshot,
    /// One of the files in the output folder, which is replaced.
    Output,
    /// The file of `--update`, in which a place is written anew.
    Update,
    /// The file of `--summary`, at the end of which is written.
    Summary,
    /// The file of `--report`, which is replaced.
    Report,
    /// The file of answers, which is a database.
    Cache,
}

/// One file would play two parts.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", Named(self))]
pub struct Overlap {
    one: (Part, PathBuf),
    other: (Part, PathBuf),
}

impl Overlap {
    /// Whether one of the parts is the report's, which is not written then.
    pub fn is_of_report(&self) -> bool {
        self.one.0 == Part::Report || self.other.0 == Part::Report
    }
}

struct Named<'a>(&'a Overlap);

impl fmt::Display for Named<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Overlap { one: (part, path), other: (other, other_path) } = self.0;
        write!(f, "{part} {} is the same file as {other} {}", path.display(), other_path.display())
    }
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::List => "the list",
            Self::Snapshot => "the snapshot",
            Self::Output => "the output file",
            Self::Update => "the file to update",
            Self::Summary => "the summary",
            Self::Report => "the report",
            Self::Cache => "the cache",
        })
    }
}

/// Tells where two of these files are one, and one of them would be harmed. A list may be the file to update.
///
/// # Errors
/// Names the two parts, and both spellings of the path.
pub fn check(lists: &[List], others: &[(Part, &Path)]) -> Result<(), Overlap> {
    let lists = lists.iter().filter_map(|list| Some((Part::List, list.file.as_deref()?, Path::new(&list.path))));
    let mut parts: HashMap<Identity, Vec<(Part, &Path)>> = HashMap::new();
    for (part, file, path) in lists.chain(others.iter().map(|(part, path)| (*part, *path, *path))) {
        let Some(identity) = Identity::of(file) else { continue };
        let known = parts.entry(identity).or_default();
        if let Some((other, other_path)) = known.iter().find(|(other, _)| !go_together(part, *other)) {
            return Err(Overlap { one: (part, path.to_owned()), other: (*other, other_path.to_path_buf()) });
        }
        known.push((part, path));
    }
    Ok(())
}

fn go_together(one: Part, other: Part) -> bool {
    let is_read = |part| matches!(part, Part::List | Part::Snapshot);
    let is_kept = |one, other| one == Part::List && other == Part::Update;
    (is_read(one) && is_read(other)) || is_kept(one, other) || is_kept(other, one)
}

/// Whether a file may be one of the lists that these names stand for, though they could not be read.
pub(super) fn may_be_list(file: &Path, names: &[PathBuf]) -> bool {
    let (own, place) = (Identity::of(file), place(file, MOST_LINKS));
    names
        .iter()
        .any(|name| (own.is_some() && own == Identity::of(name)) || place.starts_with(self::place(name, MOST_LINKS)))
}

/// What makes a file the one that it is.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Identity {
    /// Its device and its number on it.
    #[cfg(unix)]
    Number(u64, u64),
    Place(PathBuf),
}

impl Identity {
    /// The identity of a file; none has what is no regular file, for nothing is lost in a device or a pipe.
    fn of(path: &Path) -> Option<Self> {
        let place = place(path, MOST_LINKS);
        match fs::metadata(&place) {
            Ok(metadata) if !metadata.is_file() => None,
            #[cfg(unix)]
            Ok(metadata) => {
                use std::os::unix::fs::MetadataExt;
                Some(Self::Number(metadata.dev(), metadata.ino()))
            }
            #[cfg(not(unix))]
            Ok(_) => Some(Self::Place(place)),
            Err(_) => Some(Self::Place(place)),
        }
    }
}

/// More links than so many in a row lead nowhere.
const MOST_LINKS: usize = 40;

/// The absolute place of a file without links, the missing folders that it needs included.
fn place(path: &Path, links: usize) -> PathBuf {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut place = PathBuf::new();
    for component in path.components() {
        if component == Component::ParentDir {
            place.pop();
            continue;
        }
        place.push(component);
        place = match (place.canonicalize(), place.read_link()) {
            (Ok(real), _) => real,
            (Err(_), Ok(target)) if links > 0 => {
                place.pop();
                self::place(&place.join(target), links - 1)
            }
            (Err(_), _) => place,
        };
    }
    place
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_parts(folder: &Path, parts: &[(Part, &str)]) -> Result<(), String> {
        let paths: Vec<_> = parts.iter().map(|(part, path)| (*part, folder.join(path))).collect();
        let parts: Vec<_> = paths.iter().map(|(part, path)| (*part, path.as_path())).collect();
        check(&[], &parts).map_err(|overlap| overlap.to_string().replace(&format!("{}/", folder.display()), ""))
    }

    #[test]
    fn a_file_is_the_same_by_whatever_name() {
        let folder = tempfile::tempdir().unwrap();
        let at = folder.path();
        fs::create_dir(at.join("deep")).unwrap();
        fs::write(at.join("a.md"), "").unwrap();
        fs::hard_link(at.join("a.md"), at.join("deep/hard.md")).unwrap();
        #[cfg(unix)]
        for (target, link) in [("a.md", "soft.md"), ("new.md", "dangling.md"), ("deep", "linked"), ("loop", "loop")] {
            std::os::unix::fs::symlink(target, at.join(link)).unwrap();
        }
        let same = |one: &str, other: &str| {
            let parts = [(Part::List, one), (Part::Output, other)];
            assert_eq!(
                check_parts(at, &parts),
                Err(format!("the output file {other} is the same file as the list {one}"))
            );
        };
        for other in ["a.md", "./a.md", "deep/../a.md", "missing/../a.md"] {
            same("a.md", other);
        }
        same("new/b.md", "new/c/../b.md");
        #[cfg(unix)]
        for other in ["soft.md", "deep/hard.md", "linked/hard.md", "linked/../a.md"] {
            same("a.md", other);
        }
        #[cfg(unix)]
        same("dangling.md", "new.md");
        for other in ["b.md", "deep/a.md", "missing/a.md", "loop", "deep"] {
            assert_eq!(check_parts(at, &[(Part::List, "a.md"), (Part::Output, other)]), Ok(()));
        }
    }

    #[test]
    fn only_what_is_read_may_be_two_and_a_list_be_updated() {
        let folder = tempfile::tempdir().unwrap();
        let all = [Part::List, Part::Snapshot, Part::Output, Part::Update, Part::Summary, Part::Report, Part::Cache];
        for one in all {
            for other in all {
                let fine = matches!(
                    (one, other),
                    (Part::List | Part::Snapshot, Part::List | Part::Snapshot)
                        | (Part::List, Part::Update)
                        | (Part::Update, Part::List)
                );
                assert_eq!(check_parts(folder.path(), &[(one, "a"), (other, "./a")]).is_ok(), fine, "{one} {other}");
            }
        }
    }

    #[test]
    fn a_file_in_a_named_folder_may_be_a_list() {
        let folder = tempfile::tempdir().unwrap();
        let at = folder.path();
        let names = [at.join("lists"), at.join("a.md")];
        assert!(may_be_list(&at.join("lists/b.md"), &names) && may_be_list(&at.join("./a.md"), &names));
        assert!(!may_be_list(&at.join("b.md"), &names));
    }
}
