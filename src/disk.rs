//! The only file that writes files. Each is replaced as a whole: whoever reads it finds the old one or the new one.

use std::fs;
use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::panic;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use tempfile::NamedTempFile;

/// How the files under way are named, so that those of a run that was killed are known and cleared away.
const UNDER_WAY: &str = ".enrich-under-way-";

/// How much is handed to the system at a time, in bytes.
const BUFFER: usize = 256 << 10;

/// A file could not be written.
#[derive(Debug, thiserror::Error)]
#[error("cannot write {}", path.display())]
pub struct WriteError {
    path: PathBuf,
    #[source]
    source: io::Error,
}

/// A file that was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// Where it is.
    pub path: PathBuf,
    /// Whether that changed anything.
    pub change: Change,
}

/// Whether a file is another one than before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// The same bytes stood there before.
    None,
    /// Other bytes stood there, or no file.
    Changed,
}

/// Writes files, and makes the folders that they need. All of them are complete on disk before the first one takes its place, so
/// that a disk that fills up leaves the earlier ones untouched. `write` writes the file that it is asked for, piece by piece,
/// so that none need stand in memory as a whole; it is asked for two at a time.
///
/// # Errors
/// Names the file that could not be written.
pub fn write<K: Copy + Send + Sync>(
    files: impl IntoIterator<Item = (K, PathBuf)>,
    write: impl Fn(K, &mut dyn Write) -> io::Result<()> + Sync,
) -> Result<Vec<Written>, WriteError> {
    let files: Vec<_> = files.into_iter().collect();
    let mut cleared: Vec<&Path> = Vec::new();
    for (_, path) in &files {
        let folder = folder_of(path);
        if !cleared.contains(&folder) {
            fs::create_dir_all(folder).map_err(failed(folder))?;
            clear_away(folder);
            cleared.push(folder);
        }
    }
    let ready = prepare_all(&files, &write)?;
    let mut written = Vec::new();
    for ((_, path), file) in files.into_iter().zip(ready) {
        let change = change(file.path(), &path);
        file.persist(&path).map_err(|error| error.error).map_err(failed(&path))?;
        written.push(Written { path, change });
    }
    Ok(written)
}

/// Whether a file that is ready differs from the one that it replaces. It does where that one cannot be read.
fn change(ready: &Path, before: &Path) -> Change {
    if are_same(ready, before).unwrap_or(false) { Change::None } else { Change::Changed }
}

fn are_same(one: &Path, other: &Path) -> io::Result<bool> {
    let (one_is, other_is) = (fs::metadata(one)?, fs::metadata(other)?);
    if !other_is.is_file() || one_is.len() != other_is.len() {
        return Ok(false);
    }
    let open = |path| Ok::<_, io::Error>(BufReader::with_capacity(BUFFER, fs::File::open(path)?));
    let (mut one, mut other) = (open(one)?, open(other)?);
    loop {
        let (left, right) = (one.fill_buf()?, other.fill_buf()?);
        let length = left.len().min(right.len());
        if length == 0 || left[..length] != right[..length] {
            return Ok(left.len() == right.len() && length == 0);
        }
        one.consume(length);
        other.consume(length);
    }
}

fn failed(path: &Path) -> impl FnOnce(io::Error) -> WriteError {
    let path = path.to_owned();
    move |source| WriteError { path, source }
}

/// Prepares the files, in their order, on this thread and another: the first ones are the longest as a rule.
fn prepare_all<K: Copy + Send + Sync>(
    files: &[(K, PathBuf)],
    write: &(impl Fn(K, &mut dyn Write) -> io::Result<()> + Sync),
) -> Result<Vec<NamedTempFile>, WriteError> {
    let next = AtomicUsize::new(0);
    let work = || {
        let mut done = Vec::new();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some((file, path)) = files.get(at) else { return done };
            done.push((at, prepare(folder_of(path), path, |to| write(*file, to)).map_err(failed(path))));
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
    appended.map_err(|source| WriteError { path: path.to_owned(), source })
}

fn prepare(
    folder: &Path,
    path: &Path,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(UNDER_WAY);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // Temporary files are private by default; an output file is as readable as any other the user makes.
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    let file = builder.tempfile_in(folder)?;
    if let Ok(earlier) = fs::metadata(path) {
        if earlier.is_dir() {
            return Err(io::ErrorKind::IsADirectory.into());
        }
        file.as_file().set_permissions(earlier.permissions())?;
    }
    let mut buffered = BufWriter::with_capacity(BUFFER, file);
    write(&mut buffered)?;
    let file = buffered.into_inner().map_err(io::IntoInnerError::into_error)?;
    file.as_file().sync_all()?;
    Ok(file)
}

/// Removes what killed runs left. That it cannot be removed is no reason not to write.
fn clear_away(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        if entry.file_name().to_string_lossy().starts_with(UNDER_WAY) {
            let _ = fs::remove_file(entry.path());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write_all(folder: &Path, files: &[(&str, &str)]) -> Result<Vec<Written>, WriteError> {
        write(files.iter().map(|(name, text)| (*text, folder.join(name))), |text, to| to.write_all(text.as_bytes()))
    }

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<_> =
            fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn files_are_replaced_and_nothing_else_is_left() {
        let folder = tempfile::tempdir().unwrap();
        let output = folder.path().join("deep/output");
        write_all(&output, &[("a", "1")]).unwrap();
        fs::write(output.join(".enrich-under-way-old"), "half").unwrap();
        let written = write_all(&output, &[("a", "2"), ("b", "3")]).unwrap();
        let changed = |name| Written { path: output.join(name), change: Change::Changed };
        assert_eq!(written, [changed("a"), changed("b")]);
        assert_eq!(names(&output), ["a", "b"]);
        assert_eq!(fs::read(output.join("a")).unwrap(), b"2");
    }

    #[test]
    fn a_file_that_says_what_it_said_is_told_from_one_that_changed() {
        let folder = tempfile::tempdir().unwrap();
        let change = |text: &str| write_all(folder.path(), &[("a", text)]).unwrap()[0].change;
        let long = "long ".repeat(BUFFER);
        let other = long.replacen("long long", "long gone", BUFFER / 2);
        let texts = ["", "", "1", "1", "2", "21", &long, &long, &other, ""];
        let changed = [true, false, true, false, true, true, true, false, true, true];
        assert_eq!(texts.map(|text| change(text) == Change::Changed), changed);
    }

    #[test]
    fn where_one_file_cannot_be_written_the_others_stay_as_they_were() {
        let folder = tempfile::tempdir().unwrap();
        write_all(folder.path(), &[("a", "1")]).unwrap();
        fs::create_dir(folder.path().join("b")).unwrap();
        let error = write_all(folder.path(), &[("a", "2"), ("b", "3")]).unwrap_err();
        assert!(error.to_string().contains('b'), "{error}");
        assert_eq!(fs::read(folder.path().join("a")).unwrap(), b"1");
        assert_eq!(names(folder.path()), ["a", "b"]);
    }

    #[test]
    fn what_is_appended_follows_what_was_there() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("summary.md");
        append(&path, "one\n").unwrap();
        append(&path, "two\n").unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "one\ntwo\n");
        assert!(append(folder.path(), "").is_err());
    }

    #[cfg(unix)]
    #[test]
    fn an_output_file_is_as_readable_as_any_other() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("plain"), "").unwrap();
        write_all(folder.path(), &[("a", "")]).unwrap();
        let mode = |name| fs::metadata(folder.path().join(name)).unwrap().permissions().mode();
        assert_eq!(mode("a"), mode("plain"));
    }
}
