//! The cache as a file: what stands under its name before SQLite may touch it, and how a damaged one is set aside.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::table;

/// How each SQLite database begins (<https://www.sqlite.org/fileformat.html>), and how long what it tells of itself is.
const MAGIC: &[u8] = b"SQLite format 3\0";
const HEADER: u64 = 100;

/// What stands under a cache's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// A cache of this program, sound or not.
    Ours,
    /// Nothing, or a database that only SQLite can tell more of.
    Unknown,
    /// Something that is no database.
    Foreign(&'static str),
}

/// Looks at what stands there, without touching it and without waiting for it.
pub(super) fn look(path: &Path) -> io::Result<Standing> {
    match fs::metadata(path) {
        Ok(found) if found.is_dir() => return Ok(Standing::Foreign("a folder")),
        Ok(found) if !found.is_file() => return Ok(Standing::Foreign("a device, a pipe or a socket")),
        Ok(_) => {}
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Standing::Unknown),
        Err(error) => return Err(error),
    }
    let mut header = Vec::new();
    File::open(path)?.take(HEADER).read_to_end(&mut header)?;
    let number =
        |at: usize| header.get(at..at + 4).and_then(|bytes| bytes.try_into().ok()).map_or(0, i32::from_be_bytes);
    Ok(match header.as_slice() {
        // To SQLite an empty file is an empty database.
        [] => Standing::Unknown,
        header if !header.starts_with(MAGIC) => Standing::Foreign("no SQLite database"),
        _ if table::is_ours(number(68), number(60)) => Standing::Ours,
        _ => Standing::Unknown,
    })
}

/// Renames a file that cannot serve, with what SQLite keeps beside it, to a name that is free. Of a link the file that it leads
/// to is renamed.
pub(super) fn set_aside(path: &Path) -> io::Result<PathBuf> {
    let path = if path.is_symlink() { path.canonicalize()? } else { path.to_owned() };
    let named = |path: &Path, ending: &str| {
        let mut name = path.as_os_str().to_owned();
        name.push(ending);
        PathBuf::from(name)
    };
    let free = (1..).map(|n| named(&path, &format!(".aside-{n}"))).find(|aside| !aside.exists());
    let aside = free.unwrap_or_else(|| named(&path, ".aside"));
    fs::rename(&path, &aside)?;
    for beside in ["-wal", "-shm"] {
        let from = named(&path, beside);
        if from.exists() {
            fs::rename(from, named(&aside, beside))?;
        }
    }
    Ok(aside)
}
