//! Finds the lists in a folder: regular files with the ending of a list that git does not ignore and no run has written. What leads
//! out of the folder is none of them, so that a repair never leaves it.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use super::{ENDINGS, ListError, Outputs, regular};

/// The lists of a folder, and what was passed over that looked like one.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// The paths, sorted.
    pub(super) lists: Vec<PathBuf>,
    pub(super) notices: Vec<String>,
}

/// What a folder holds under one name.
enum Seen {
    /// A file, with its place without links.
    File(PathBuf),
    /// A link to a file in the same folder, with that file's place.
    Link(PathBuf),
    /// Something that is passed over, and why.
    PassedOver(String),
    Nothing,
}

pub(super) fn search(folder: &Path, outputs: &Outputs) -> Result<Found, ListError> {
    let unsearchable = |source| ListError::Unsearchable { path: folder.to_owned(), source };
    let searched = folder.canonicalize().map_err(ignore::Error::Io).map_err(unsearchable)?;
    let mut found = Found::default();
    let (mut files, mut links) = (HashSet::new(), Vec::new());
    // A folder of lists need not be a repository for its .gitignore to count.
    for entry in ignore::WalkBuilder::new(folder).require_git(false).build() {
        let entry = entry.map_err(unsearchable)?;
        match seen(&entry, &searched) {
            Seen::File(file) if !outputs.hold(&searched, &file) => {
                found.lists.push(entry.into_path());
                files.insert(file);
            }
            Seen::Link(file) if !outputs.hold(&searched, &file) => links.push((entry.into_path(), file)),
            Seen::PassedOver(why) => {
                found.notices.push(format!("{} {why}, so it is passed over", super::named(entry.path())));
            }
            Seen::File(_) | Seen::Link(_) | Seen::Nothing => {}
        }
    }
    // A list is read once, under its own name where that is found too.
    links.sort();
    found.lists.extend(links.into_iter().filter_map(|(link, file)| files.insert(file).then_some(link)));
    if found.lists.is_empty() {
        return Err(ListError::NoList { path: folder.to_owned(), notices: found.notices });
    }
    found.lists.sort();
    found.notices.sort();
    Ok(found)
}

fn seen(entry: &ignore::DirEntry, searched: &Path) -> Seen {
    let path = entry.path();
    let Some(kind) = entry.file_type() else { return Seen::Nothing };
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    let is_list = ENDINGS.contains(&ending.to_ascii_lowercase().as_str());
    if kind.is_symlink() {
        return linked(path, searched, is_list);
    }
    match is_list && !kind.is_dir() {
        false => Seen::Nothing,
        true if kind.is_file() => Seen::File(path.canonicalize().unwrap_or_else(|_| path.to_owned())),
        true => Seen::PassedOver(format!("is {}", regular::kind(kind))),
    }
}

fn linked(link: &Path, searched: &Path, is_list: bool) -> Seen {
    match link.canonicalize() {
        Err(_) if is_list => Seen::PassedOver("is a link that leads nowhere".to_owned()),
        // The lists of a linked folder are as much out of reach as a linked list.
        Ok(real) if !real.starts_with(searched) && (is_list || real.is_dir()) => {
            Seen::PassedOver("is a link that leads out of the folder".to_owned())
        }
        Ok(real) if is_list && real.is_file() => Seen::Link(real),
        Ok(_) | Err(_) => Seen::Nothing,
    }
}
