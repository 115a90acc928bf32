//! Files that are not complete yet. Each stands beside the file that it will replace, and is locked as long as the process that
//! writes it lives: what is not locked was left by a process that was killed, and is cleared away.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::path::Path;

use tempfile::NamedTempFile;

/// How the files are named, so that they are known again.
const NAMED: &str = ".enrich-under-way-";

/// How often a new file is begun in the place of one that another process has just cleared away.
const ATTEMPTS: usize = 100;

/// Begins a file in this folder. It goes away when dropped.
pub(super) fn begin(folder: &Path) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(NAMED);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // Temporary files are private by default; an output file is as readable as any other the user makes.
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    for _ in 0..ATTEMPTS {
        let file = builder.tempfile_in(folder)?;
        match file.as_file().try_lock() {
            Ok(()) if file.path().exists() => return Ok(file),
            // Between its making and its lock it was taken for a dead process's.
            Ok(()) | Err(TryLockError::WouldBlock) => {}
            // A file system without locks: nobody clears anything away there.
            Err(TryLockError::Error(_)) => return Ok(file),
        }
    }
    Err(io::Error::other("other processes clear away every file that is begun there"))
}

/// Removes what killed processes left. That it cannot be removed is no reason not to write.
pub(super) fn clear_away(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let is_file = entry.file_type().is_ok_and(|kind| kind.is_file());
        if is_file && entry.file_name().to_string_lossy().starts_with(NAMED) {
            let _ = remove_if_left(&entry.path());
        }
    }
}

fn remove_if_left(path: &Path) -> io::Result<()> {
    // Some file systems lock only what may be written, and some files may only be read.
    let file = OpenOptions::new().write(true).open(path).or_else(|_| File::open(path))?;
    file.try_lock()?;
    fs::remove_file(path)
}
