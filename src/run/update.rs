//! `run --update`: the papers in a file of the keeper's own, between its marks.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::export::markdown;
use crate::model::Record;
use crate::model::own_place::{self, Misplaced};

/// The file has no place for the papers.
#[derive(Debug, thiserror::Error)]
pub enum UpdateError {
    /// It cannot be read.
    #[error("cannot read {}", path.display())]
    Unreadable {
        /// Which file.
        path: PathBuf,
        /// Why not.
        #[source]
        source: io::Error,
    },
    /// Its marks do not enclose one place.
    #[error("{} has no place for the papers", path.display())]
    Misplaced {
        /// Which file.
        path: PathBuf,
        /// What is wrong with its marks.
        #[source]
        source: Misplaced,
    },
}

/// A file with its new text.
pub(super) struct Refreshed {
    /// Where it is; a link has been followed, so that it stays one.
    pub(super) path: PathBuf,
    pub(super) text: Vec<u8>,
}

/// Learns before anybody is asked whether there is a place.
pub(super) fn check(file: &Path) -> Result<(), UpdateError> {
    own_place::find(&read(file)?).map_err(misplaced(file))?;
    Ok(())
}

/// Puts the papers into the file as it stands now, for its keeper may have written in the meantime. `None` if it says the same
/// already.
pub(super) fn refreshed(file: &Path, records: &[Record]) -> Result<Option<Refreshed>, UpdateError> {
    let earlier = read(file)?;
    let text = markdown::refreshed(&earlier, records).map_err(misplaced(file))?;
    if text == earlier {
        return Ok(None);
    }
    let path =
        if file.is_symlink() { fs::canonicalize(file).unwrap_or_else(|_| file.to_owned()) } else { file.to_owned() };
    Ok(Some(Refreshed { path, text }))
}

fn read(file: &Path) -> Result<Vec<u8>, UpdateError> {
    fs::read(file).map_err(|source| UpdateError::Unreadable { path: file.to_owned(), source })
}

fn misplaced(file: &Path) -> impl FnOnce(Misplaced) -> UpdateError {
    let path = file.to_owned();
    move |source| UpdateError::Misplaced { path, source }
}
