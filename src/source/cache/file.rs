//! The cache as a file: what stands under its name before SQLite may touch it, and how a damaged one is set aside.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};
use url::Url;

use super::table;

/// How each SQLite database begins (<https://www.sqlite.org/fileformat.html>), and how long what it tells of itself is.
const MAGIC: &[u8] = b"SQLite format 3\0";
const HEADER: u64 = 100;

/// So long a reader waits for somebody who writes.
const PATIENCE: Duration = Duration::from_secs(1);

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

/// Connects without writing anything: where nobody is at work on the file, SQLite makes no files beside it either.
pub(super) fn connect_to_read(path: &Path) -> Option<Connection> {
    let mut address = Url::from_file_path(std::path::absolute(path).ok()?).ok()?;
    if !named(path, "-wal").exists() {
        address.set_query(Some("immutable=1"));
    }
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(address.as_str(), flags).ok()?;
    connection.busy_timeout(PATIENCE).ok()?;
    Some(connection)
}

/// The file beside another whose name goes on so.
fn named(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

/// Renames a file that cannot serve, with what SQLite keeps beside it, to a name that is free. Of a link the file that it leads
/// to is renamed.
pub(super) fn set_aside(path: &Path) -> io::Result<PathBuf> {
    let path = if path.is_symlink() { path.canonicalize()? } else { path.to_owned() };
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
