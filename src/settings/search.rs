//! The search for `enrich.toml`: where it looks and where it ends. What the file says is left to `file`.

use std::fs;
use std::path::{Path, PathBuf};

use super::UsageError;

/// The settings file that is looked for in the working folder and those above.
const FILE_NAME: &str = "enrich.toml";

/// What marks the root of a repository, as a folder or, in a worktree, as a file.
pub(super) const REPOSITORY: &str = ".git";

/// The nearest settings file, in the working folder or above it. The root of the repository is the last folder that is searched,
/// and so is the user's home: what stands above belongs to neither.
///
/// # Errors
/// The nearest one is no plain file, or a link that leads out of the repository.
pub(super) fn nearest(working_folder: &Path, home: Option<&Path>) -> Result<Option<PathBuf>, UsageError> {
    let home = home.and_then(|home| home.canonicalize().ok());
    for folder in working_folder.ancestors() {
        let path = folder.join(FILE_NAME);
        if let Ok(metadata) = fs::symlink_metadata(&path)
            && !path.is_dir()
        {
            let is_plain = if metadata.is_symlink() { leads_to_own_file(&path, folder) } else { metadata.is_file() };
            return if is_plain { Ok(Some(path)) } else { Err(UsageError::NotPlain { path }) };
        }
        if is_repository(folder) || home.as_deref() == Some(folder) {
            break;
        }
    }
    Ok(None)
}

/// Whether a link leads to a file of the repository that its folder is in, or of the folder itself where there is none.
fn leads_to_own_file(link: &Path, folder: &Path) -> bool {
    link.canonicalize().is_ok_and(|file| file.is_file() && file.starts_with(root(folder)))
}

/// The root of the repository that a folder is in, or the folder itself where there is none, without links.
pub(super) fn root(folder: &Path) -> PathBuf {
    let root = folder.ancestors().find(|folder| is_repository(folder)).unwrap_or(folder);
    root.canonicalize().unwrap_or_else(|_| root.to_owned())
}

fn is_repository(folder: &Path) -> bool {
    folder.join(REPOSITORY).symlink_metadata().is_ok()
}
