//! The bounds of a settings file that was found and not named: somebody else may have written it, and it must reach nothing but
//! what lies in its own folder.

use std::fs;
use std::path::{Component, Path, PathBuf};

use super::options::Reach;
use super::search::REPOSITORY;
use crate::export::Format;
use crate::run;
use crate::source::GATE;

/// What is wrong with a value in such a file, if anything is. `folder` is the file's, without links.
pub(super) fn fault(reach: Reach, value: &str, folder: &Path) -> Option<&'static str> {
    match reach {
        Reach::Nothing => None,
        Reach::Service => Some("is an address"),
        Reach::File | Reach::Folder => path_fault(reach, Path::new(value), folder).err(),
    }
}

fn path_fault(reach: Reach, path: &Path, folder: &Path) -> Result<(), &'static str> {
    let end = resolved(path, folder)?;
    let Ok(inside) = end.strip_prefix(folder) else { return Err("leads out of the file's folder") };
    let is_git = |part: Component<'_>| part.as_os_str().eq_ignore_ascii_case(REPOSITORY);
    if inside.components().any(is_git) {
        return Err("leads into git's own folder");
    }
    match end.metadata() {
        Ok(metadata) if reach == Reach::Folder && !metadata.is_dir() => return Err("is no folder"),
        Ok(metadata) if reach == Reach::File && !metadata.is_file() => return Err("is no regular file"),
        _ => {}
    }
    if companions(reach, &end).iter().any(|companion| leads_out(companion, folder)) {
        return Err("has a link beside it or in it that leads out of the file's folder");
    }
    Ok(())
}

/// The first file of an output folder that is a link out of `root`. A folder that nobody named came with the repository, and its
/// links may too.
pub(super) fn way_out(output: &Path, root: &Path) -> Option<PathBuf> {
    companions(Reach::Folder, output).into_iter().find(|file| leads_out(file, root))
}

/// Whether this is a link out of a folder, or to nowhere.
fn leads_out(path: &Path, folder: &Path) -> bool {
    path.is_symlink() && !path.canonicalize().is_ok_and(|end| end.starts_with(folder))
}

/// Where a path ends, links resolved as far as there is something.
fn resolved(path: &Path, folder: &Path) -> Result<PathBuf, &'static str> {
    let mut end = folder.to_owned();
    for part in path.components() {
        match part {
            Component::Prefix(_) | Component::RootDir => return Err("is an absolute path"),
            Component::CurDir => {}
            Component::ParentDir => {
                end.pop();
            }
            Component::Normal(name) => {
                end.push(name);
                match end.symlink_metadata().and_then(|_| end.canonicalize()) {
                    Ok(real) => end = real,
                    // A link that leads nowhere would be followed by who makes a file there.
                    Err(_) if end.is_symlink() => return Err("is a link that leads nowhere"),
                    Err(_) => {}
                }
            }
        }
    }
    Ok(end)
}

/// The files that are written together with one of this path: what a run puts into a folder; beside the cache, SQLite's own
/// files and the gates.
fn companions(reach: Reach, path: &Path) -> Vec<PathBuf> {
    if reach == Reach::Folder {
        let outputs = run::outputs(path.to_owned(), &Format::ALL);
        return outputs.names.iter().map(|name| path.join(name)).collect();
    }
    let own = path.file_name().unwrap_or_default().as_encoded_bytes();
    let beside = path.parent().and_then(|folder| fs::read_dir(folder).ok()).into_iter().flatten().flatten();
    let is_companion = |path: &PathBuf| {
        let name = path.file_name().unwrap_or_default().as_encoded_bytes();
        name.starts_with(own) || name.starts_with(GATE.as_bytes())
    };
    beside.map(|entry| entry.path()).filter(is_companion).collect()
}
