//! What was written, and whether that changed anything.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader};
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
    pub(super) fn between(before: &Path, ready: &Path) -> Self {
        if are_same(ready, before).unwrap_or(false) { Self::None } else { Self::Changed }
    }
}

fn are_same(one: &Path, other: &Path) -> io::Result<bool> {
    let (one_is, other_is) = (fs::metadata(one)?, fs::metadata(other)?);
    if !other_is.is_file() || one_is.len() != other_is.len() {
        return Ok(false);
    }
    let open = |path| Ok::<_, io::Error>(BufReader::with_capacity(BUFFER, File::open(path)?));
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
