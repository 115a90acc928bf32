//! The only file that writes files. Each is replaced as a whole: whoever reads it finds the old one or the new one.
//!
//! In it, `target` finds where a path leads and what stands there, `under_way` keeps the files that are not complete yet,
//! `turn` lets one process at a time write into a folder, and `written` is what was done.

mod target;
mod turn;
mod under_way;
mod written;

use std::collections::BTreeSet;
use std::fmt;
use std::fs;
use std::io::{self, BufWriter, Write};
use std::panic;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use tempfile::NamedTempFile;

pub use self::turn::Turn;
pub use self::written::{Change, Written};

/// How much is handed to the system at a time, in bytes.
const BUFFER: usize = 256 << 10;

/// A file could not be written.
#[derive(Debug, thiserror::Error)]
#[error("cannot write {}{}", path.display(), Told(halfway.as_ref()))]
pub struct WriteError {
    path: PathBuf,
    halfway: Option<Halfway>,
    #[source]
    source: io::Error,
}

/// How far the replacement of several files got before it failed.
#[derive(Debug)]
struct Halfway {
    new: Vec<PathBuf>,
    old: Vec<PathBuf>,
}

impl WriteError {
    fn new(path: &Path, source: io::Error) -> Self {
        Self { path: path.to_owned(), halfway: None, source }
    }

    /// Whether some of the files have been replaced. The message then says which.
    pub fn is_halfway(&self) -> bool {
        self.halfway.is_some()
    }
}

/// The part of the message that says which files are new.
struct Told<'a>(Option<&'a Halfway>);

impl fmt::Display for Told<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(Halfway { new, old }) = self.0 else { return Ok(()) };
        let names = |paths: &[PathBuf]| paths.iter().map(|path| path.display().to_string()).collect::<Vec<_>>();
        write!(f, "; new by now: {}; still as before: {}", names(new).join(", "), names(old).join(", "))
    }
}

/// A file to be written: what it is, how the caller calls it, and where it is once links have been followed.
struct Planned<K> {
    what: K,
    path: PathBuf,
    target: PathBuf,
}

/// Writes files, and makes the folders that they need. All of them are complete on disk before the first one takes its place, so
/// that a disk that fills up leaves the earlier ones untouched. `write` writes the file that it is asked for, piece by piece,
/// so that none need stand in memory as a whole; it is asked for two at a time. A link stays one: the file that it leads to is
/// replaced. Permissions are kept.
///
/// # Errors
/// Names the file that could not be written.
pub fn write<K: Copy + Send + Sync>(
    files: impl IntoIterator<Item = (K, PathBuf)>,
    write: impl Fn(K, &mut dyn Write) -> io::Result<()> + Sync,
) -> Result<Vec<Written>, WriteError> {
    write_in_steps([files.into_iter().collect()], write)
}

/// Writes files as [`write()`] does, in steps: those of a step take their places, and that is on disk, before those of the next
/// step take theirs.
///
/// # Errors
/// Names the file that could not be written, and says which files are new, where some are.
pub fn write_in_steps<K: Copy + Send + Sync>(
    steps: impl IntoIterator<Item = Vec<(K, PathBuf)>>,
    write: impl Fn(K, &mut dyn Write) -> io::Result<()> + Sync,
) -> Result<Vec<Written>, WriteError> {
    let (mut files, mut ends) = (Vec::new(), Vec::new());
    for step in steps {
        for (what, path) in step {
            let target = target::of(&path).map_err(|source| WriteError::new(&path, source))?;
            files.push(Planned { what, path, target });
        }
        ends.push(files.len());
    }
    make_folders(&files)?;
    let ready = prepare_all(&files, &write)?;
    replace(&files, ready, &ends)
}

/// Makes the folders that the files need, and clears away what killed runs left there.
fn make_folders<K>(files: &[Planned<K>]) -> Result<(), WriteError> {
    let mut cleared: Vec<&Path> = Vec::new();
    for file in files {
        let folder = folder_of(&file.target);
        if !cleared.contains(&folder) {
            fs::create_dir_all(folder).map_err(|source| WriteError::new(folder, source))?;
            under_way::clear_away(folder);
            cleared.push(folder);
        }
    }
    Ok(())
}

/// Prepares the files, in their order, on this thread and another: the first ones are the longest as a rule.
fn prepare_all<K: Copy + Send + Sync>(
    files: &[Planned<K>],
    write: &(impl Fn(K, &mut dyn Write) -> io::Result<()> + Sync),
) -> Result<Vec<NamedTempFile>, WriteError> {
    let next = AtomicUsize::new(0);
    let work = || {
        let mut done = Vec::new();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(file) = files.get(at) else { return done };
            let prepared = prepare(&file.target, |to| write(file.what, to));
            done.push((at, prepared.map_err(|source| WriteError::new(&file.path, source))));
        }
    };
    let mut done = thread::scope(|scope| {
        // Where the system has no thread left, this one does it all.
        let other = (files.len() > 1).then(|| thread::Builder::new().spawn_scoped(scope, work).ok()).flatten();
        let mut done = work();
        if let Some(other) = other {
            done.extend(other.join().unwrap_or_else(|panic| panic::resume_unwind(panic)));
        }
        done
    });
    done.sort_by_key(|(at, _)| *at);
    done.into_iter().map(|(_, prepared)| prepared).collect()
}

fn prepare(target: &Path, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<NamedTempFile> {
    let earlier = target::earlier(target)?;
    let file = under_way::begin(folder_of(target))?;
    if let Some(earlier) = earlier {
        target::keep_permissions(file.as_file(), &earlier)?;
    }
    let mut buffered = BufWriter::with_capacity(BUFFER, file);
    write(&mut buffered)?;
    let file = buffered.into_inner().map_err(io::IntoInnerError::into_error)?;
    file.as_file().sync_all()?;
    Ok(file)
}

/// Puts the files in their places, in their order. `ends` are the ends of the steps.
fn replace<K>(files: &[Planned<K>], ready: Vec<NamedTempFile>, ends: &[usize]) -> Result<Vec<Written>, WriteError> {
    let mut written = Vec::new();
    for (at, (file, ready)) in files.iter().zip(ready).enumerate() {
        if at > 0 && ends.contains(&at) {
            sync_folders(&files[..at]);
        }
        let change = Change::between(&file.target, ready.as_file());
        persist(at, ready, &file.target).map_err(|source| {
            let paths = |files: &[Planned<K>]| files.iter().map(|file| file.path.clone()).collect();
            let halfway = (at > 0).then(|| Halfway { new: paths(&files[..at]), old: paths(&files[at..]) });
            WriteError { path: file.path.clone(), halfway, source }
        })?;
        written.push(Written { path: file.path.clone(), change });
    }
    Ok(written)
}

fn persist(_at: usize, ready: NamedTempFile, target: &Path) -> io::Result<()> {
    #[cfg(test)]
    failure::met(_at)?;
    ready.persist(target).map(drop).map_err(|error| error.error)
}

/// Puts on disk that these files have taken their places. Where the system cannot, that is lost only if the machine dies.
fn sync_folders<K>(files: &[Planned<K>]) {
    let folders: BTreeSet<_> = files.iter().map(|file| folder_of(&file.target)).collect();
    for folder in folders {
        let _ = fs::File::open(folder).and_then(|folder| folder.sync_all());
    }
}

/// The folder that a file stands in; a bare name stands in the working folder.
fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if folder.as_os_str().is_empty() => Path::new("."),
        Some(folder) => folder,
        None => path,
    }
}

/// Adds a text at the end of a file, which is made if it is missing.
///
/// # Errors
/// Names the file that could not be written.
pub fn append(path: &Path, text: &str) -> Result<(), WriteError> {
    let file = fs::File::options().create(true).append(true).open(path);
    let appended = file.and_then(|mut file| file.write_all(text.as_bytes()));
    appended.map_err(|source| WriteError::new(path, source))
}

/// Failures at a chosen replacement.
#[cfg(test)]
pub(crate) mod failure {
    use std::cell::Cell;

    thread_local! {
        static AT: Cell<Option<usize>> = const { Cell::new(None) };
    }

    /// Lets this thread's replacements fail at the file with this number, from 0, or not at all.
    pub(crate) fn at(file: Option<usize>) {
        AT.set(file);
    }

    pub(super) fn met(at: usize) -> std::io::Result<()> {
        if AT.get() == Some(at) { Err(std::io::Error::other("this is a test")) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests;
