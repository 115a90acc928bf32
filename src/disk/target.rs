//! Where a path leads once its links have been followed, and what stands there: a file that is replaced through a link is
//! replaced at its own place, and only regular files are replaced.

use std::fs::{self, File, Metadata};
use std::io;
use std::path::{Path, PathBuf};

use super::folder_of;

/// So many links in a row lead in a circle, as the system itself has it.
const MOST_LINKS: usize = 40;

/// Where a path leads. What it leads to may be missing.
pub(super) fn of(path: &Path) -> io::Result<PathBuf> {
    let mut at = path.to_owned();
    for _ in 0..MOST_LINKS {
        match fs::symlink_metadata(&at) {
            // A link's own path starts in the folder of the link.
            Ok(found) if found.is_symlink() => at = folder_of(&at).join(fs::read_link(&at)?),
            Ok(_) => return Ok(at),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(at),
            Err(error) => return Err(error),
        }
    }
    Err(io::Error::other("its links lead in a circle"))
}

/// The regular file that stands there, if there is one.
pub(super) fn earlier(target: &Path) -> io::Result<Option<Metadata>> {
    match fs::symlink_metadata(target) {
        Ok(earlier) if earlier.is_file() => Ok(Some(earlier)),
        Ok(earlier) if earlier.is_dir() => Err(io::ErrorKind::IsADirectory.into()),
        Ok(_) => Err(io::Error::other("it is a device, a pipe or a socket, and only regular files are replaced")),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Gives a file that is under way the owner and the permissions of the earlier one. The bits that let a program run as its
/// owner or group are never handed on.
#[cfg(unix)]
pub(super) fn keep_permissions(file: &File, earlier: &Metadata) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt, PermissionsExt, fchown};
    let own = file.metadata()?;
    let (uid, gid) = (earlier.uid(), earlier.gid());
    if (own.uid(), own.gid()) != (uid, gid) {
        // Only root may give a file away; others may still be in its group.
        let _ = fchown(file, Some(uid), Some(gid)).or_else(|_| fchown(file, None, Some(gid)));
    }
    let mode = earlier.mode() & 0o777;
    // Some file systems have one mode for all files, and let nobody set it.
    if file.metadata()?.mode() & 0o7777 == mode {
        return Ok(());
    }
    file.set_permissions(fs::Permissions::from_mode(mode))
}

/// Gives a file that is under way the permissions of the earlier one.
#[cfg(not(unix))]
pub(super) fn keep_permissions(file: &File, earlier: &Metadata) -> io::Result<()> {
    file.set_permissions(earlier.permissions())
}
