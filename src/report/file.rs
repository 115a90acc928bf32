//! The file that `--report` names: what may stand there already, and how it is written.
//!
//! A report replaces nothing but an earlier report, so that a slip on the command line costs no list and no output.

use std::fs::{self, File};
use std::io::{self, BufReader};
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::Outcome;
use crate::disk::{self, WriteError};

/// The report cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// Something else stands there.
    #[error("cannot write the report: {} is there, and is no report", path.display())]
    Taken {
        /// Where.
        path: PathBuf,
    },
    /// The file cannot be looked at.
    #[error("cannot write the report: {} cannot be read", path.display())]
    Unreadable {
        /// Where.
        path: PathBuf,
        /// Why not.
        #[source]
        source: io::Error,
    },
    /// The file cannot be written.
    #[error(transparent)]
    Write(#[from] WriteError),
}

/// As much of a report as tells it from other files.
#[derive(Deserialize)]
struct Sign {
    #[serde(rename = "command")]
    _command: String,
    #[serde(rename = "exit_code")]
    _exit_code: u8,
}

/// Learns whether a report may stand here: where there is nothing yet, an empty file, or an earlier report.
///
/// # Errors
/// Something else is there, or it cannot be read.
pub fn check(path: &Path) -> Result<(), ReportError> {
    let unreadable = |source| ReportError::Unreadable { path: path.to_owned(), source };
    let taken = || ReportError::Taken { path: path.to_owned() };
    let found = match fs::metadata(path) {
        Ok(found) => found,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(unreadable(error)),
    };
    // A pipe would be waited for.
    if !found.is_file() {
        return Err(taken());
    }
    if found.len() == 0 {
        return Ok(());
    }
    let text = BufReader::new(File::open(path).map_err(unreadable)?);
    serde_json::from_reader::<_, Sign>(text).map(|_| ()).map_err(|_| taken())
}

/// Writes a report.
///
/// # Errors
/// Something else has come to stand there, or the file cannot be written.
pub fn write(path: &Path, outcome: &Outcome) -> Result<(), ReportError> {
    check(path)?;
    disk::write([((), path.to_owned())], |(), to| {
        serde_json::to_writer_pretty(&mut *to, outcome)?;
        to.write_all(b"\n")
    })?;
    Ok(())
}
