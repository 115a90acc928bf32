//! What was written, and whether that changed anything.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use super::BUFFER;

/// A file that was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// Where it is, as it was named.
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

impl Change {
    /// Whether a file that is ready differs from the one that it replaces. It does where that one cannot be read.
    pub(super) fn between(before: &Path, ready: &File) -> Self {
        if are_same(before, ready).unwrap_or(false) { Self::None } else { Self::Changed }
    }
}

fn are_same(before: &Path, mut ready: &File) -> io::Result<bool> {
    let earlier = fs::metadata(before)?;
    if !earlier.is_file() || earlier.len() != ready.metadata()?.len() {
        return Ok(false);
    }
    ready.seek(SeekFrom::Start(0))?;
    let mut one = BufReader::with_capacity(BUFFER, File::open(before)?);
    let mut other = BufReader::with_capacity(BUFFER, ready);
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
