//! One process at a time writes into a folder: its turn is a lock on the folder itself, which no listing shows and which the
//! system lifts when the process dies. How to wait for one's turn is left to `run`.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::{WriteError, target};

/// How often a folder is made and locked anew because another process has removed it in between.
const ATTEMPTS: usize = 10;

/// The turn to write into a folder, which ends when dropped. Folders that were made for it and are still empty then are removed.
#[derive(Debug)]
pub struct Turn {
    made: Vec<PathBuf>,
    _lock: Option<File>,
}

impl Turn {
    /// Takes the turn to write into this folder, which is made if it is missing; `None` while another process has it. Where
    /// the folder cannot be locked, a file in the folder `locks` stands for it; without one there are no turns.
    ///
    /// # Errors
    /// The folder cannot be made.
    pub fn take(folder: &Path, locks: Option<&Path>) -> Result<Option<Self>, WriteError> {
        let failed = |source| WriteError::new(folder, source);
        let place = target::of(folder).map_err(failed)?;
        for _ in 0..ATTEMPTS {
            let made = make(&place).map_err(failed)?;
            let lock = File::open(&place).map_err(TryLockError::Error).and_then(locked);
            let lock = match lock {
                Ok(lock) if is(&lock, &place) => Some(lock),
                // The process whose turn it was had made the folder, wrote nothing, and removed it again.
                Ok(_) => continue,
                Err(TryLockError::WouldBlock) => return Ok(None),
                Err(TryLockError::Error(_)) => match locks.map(|locks| lock_elsewhere(&place, locks)) {
                    Some(Ok(lock)) => Some(lock),
                    Some(Err(TryLockError::WouldBlock)) => return Ok(None),
                    Some(Err(TryLockError::Error(_))) | None => None,
                },
            };
            return Ok(Some(Self { made, _lock: lock }));
        }
        Ok(None)
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        for folder in &self.made {
            // What holds a file stays, and so do the folders around it.
            let _ = fs::remove_dir(folder);
        }
    }
}

/// Makes a folder, and says which ones had to be made, the innermost first.
fn make(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let missing = folder.ancestors().filter(|folder| !folder.as_os_str().is_empty());
    let made = missing.take_while(|folder| !folder.exists()).map(Path::to_owned).collect();
    fs::create_dir_all(folder)?;
    Ok(made)
}

/// Whether the folder that is open is the one that stands there now.
#[cfg(unix)]
fn is(open: &File, folder: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let number = |data: &fs::Metadata| (data.dev(), data.ino());
    matches!((open.metadata(), fs::metadata(folder)), (Ok(open), Ok(there)) if number(&open) == number(&there))
}

#[cfg(not(unix))]
fn is(_: &File, folder: &Path) -> bool {
    folder.is_dir()
}

/// Locks a file that stands for the folder, whatever it is called: some systems and file systems lock only files.
fn lock_elsewhere(folder: &Path, locks: &Path) -> Result<File, TryLockError> {
    let path = folder.canonicalize().map_err(TryLockError::Error)?;
    let key = Sha256::digest(path.as_os_str().as_encoded_bytes());
    let key: String = key.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    fs::create_dir_all(locks).map_err(TryLockError::Error)?;
    let name = locks.join(format!("turn-{key}"));
    let file = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(name);
    file.map_err(TryLockError::Error).and_then(locked)
}

fn locked(file: File) -> Result<File, TryLockError> {
    file.try_lock().map(|()| file)
}
