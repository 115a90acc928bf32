//! `run --update`: the papers in a file of the keeper's own, between its marks.

use std::io;
use std::path::{Path, PathBuf};

use crate::export::markdown;
use crate::lists;
use crate::lists::encoding::{self, Decoded, Unwritable};
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
    /// It holds no text.
    #[error("{} holds no text", path.display())]
    Binary {
        /// Which file.
        path: PathBuf,
    },
    /// Its encoding cannot hold the papers.
    #[error("cannot write the papers into {}", path.display())]
    Unwritable {
        /// Which file.
        path: PathBuf,
        /// Which character it lacks.
        #[source]
        source: Unwritable,
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

/// A file with its new bytes.
pub(super) struct Refreshed {
    pub(super) path: PathBuf,
    pub(super) bytes: Vec<u8>,
    /// What stands in the place for the papers.
    pub(super) papers: String,
}

/// Learns before anybody is asked whether there is a place.
pub(super) fn check(file: &Path) -> Result<(), UpdateError> {
    let (_, decoded) = read(file)?;
    own_place::find(decoded.text.as_bytes())
        .map_err(|source| UpdateError::Misplaced { path: file.to_owned(), source })?;
    Ok(())
}

/// Puts the papers into the file as it stands now, for its keeper may have written in the meantime. `None` if it says the same
/// already.
pub(super) fn refreshed(file: &Path, records: &[Record]) -> Result<Option<Refreshed>, UpdateError> {
    let (earlier, decoded) = read(file)?;
    let edit = markdown::refreshed(&decoded.text, records)
        .map_err(|source| UpdateError::Misplaced { path: file.to_owned(), source })?;
    let papers = edit.1.clone();
    let bytes = decoded
        .replaced(&earlier, &[edit])
        .map_err(|source| UpdateError::Unwritable { path: file.to_owned(), source })?;
    if bytes == earlier {
        return Ok(None);
    }
    Ok(Some(Refreshed { path: file.to_owned(), bytes, papers }))
}

/// The file's bytes, and the text in them.
fn read(file: &Path) -> Result<(Vec<u8>, Decoded), UpdateError> {
    let bytes =
        lists::read_regular(file).map_err(|source| UpdateError::Unreadable { path: file.to_owned(), source })?;
    let decoded = encoding::decode(bytes.clone()).ok_or_else(|| UpdateError::Binary { path: file.to_owned() })?;
    Ok((bytes, decoded))
}
