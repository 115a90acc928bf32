//! The story of `enrich cache`: where the answers are kept, what they are, and how they travel.

use std::fmt::Write;
use std::fs;
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::Timestamp;

use crate::disk::{self, WriteError};
use crate::source::cache::{Cache, CacheError, Stats};
use crate::source::snapshot;
use crate::source::{Authority, Outcome, Settled};

/// How many papers are stored at a time.
const AT_A_TIME: usize = 1_000;

/// What is to be done with the cache.
#[derive(Debug)]
pub enum Task {
    /// Say where it is.
    Path,
    /// Say what is in it.
    Stats,
    /// Forget what is older than this.
    Prune(Duration),
    /// Write its papers to this file.
    Export(PathBuf),
    /// Take papers from this file.
    Import(PathBuf),
}

/// The file of answers, and whose of them are meant.
#[derive(Debug)]
pub struct Kept {
    /// The file.
    pub path: PathBuf,
    /// Whose answers are told, and whose word an imported file is.
    pub authority: Authority,
    /// Whose the answers are that an earlier version of the program kept without a name.
    pub heir: Option<Authority>,
}

/// It could not be done.
#[derive(Debug, thiserror::Error)]
pub enum TaskError {
    /// The cache cannot be used.
    #[error(transparent)]
    Cache(#[from] CacheError),
    /// The file to import cannot be read.
    #[error("cannot read {}", path.display())]
    Read {
        /// Which file.
        path: PathBuf,
        /// Why not.
        #[source]
        source: io::Error,
    },
    /// The file to export to cannot be written.
    #[error(transparent)]
    Write(#[from] WriteError),
}

impl TaskError {
    /// Whether the user named something that is no cache.
    pub fn is_misuse(&self) -> bool {
        matches!(self, Self::Cache(error) if error.is_foreign())
    }

    /// What the user can do about it.
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::Cache(error) => error.hint().map(str::to_owned),
            Self::Read { .. } | Self::Write(_) => None,
        }
    }
}

/// Does it, and gives what there is to say on standard output.
///
/// # Errors
/// The cache or the file cannot be read or written.
pub fn run(task: &Task, kept: &Kept, now: Timestamp) -> Result<String, TaskError> {
    let Kept { path, authority, heir } = kept;
    if let Task::Path = task {
        return Ok(format!("{}\n", path.display()));
    }
    let (mut open, warning) = Cache::open_sound(path)?;
    heir.as_ref().map_or(Ok(()), |heir| open.hand_down(heir))?;
    let believed = authority.clone().with_others();
    let mut said = warning.map(|warning| format!("warning: {warning}\n")).unwrap_or_default();
    match task {
        Task::Path => {}
        Task::Stats => said.push_str(&stats(&open.stats(&believed)?)),
        Task::Prune(older_than) => said.push_str(&format!("{} answers forgotten\n", open.prune(*older_than, now)?)),
        Task::Export(file) => {
            let mut lines = String::new();
            open.papers(&believed, |paper| lines.push_str(&(snapshot::line(&paper) + "\n")))?;
            let papers = lines.lines().count();
            disk::write([((), file.clone())], |(), to| to.write_all(lines.as_bytes()))?;
            let _ = writeln!(said, "{papers} papers written to {}", file.display());
        }
        Task::Import(file) => {
            // The file's own age tells how old its answers are.
            let answered =
                fs::metadata(file).and_then(|data| data.modified()).ok().and_then(|time| time.try_into().ok());
            let (taken, passed_over) = import(&mut open, authority, file, answered.unwrap_or(now))?;
            let _ = writeln!(said, "{taken} papers taken from {}, {passed_over} lines passed over", file.display());
        }
    }
    Ok(said)
}

fn stats(stats: &Stats) -> String {
    let mut said = String::new();
    for (source, count) in &stats.papers {
        let _ = writeln!(said, "{count:>8} papers from {source}");
    }
    let _ = writeln!(said, "{:>8} identifiers that arXiv does not know", stats.missing);
    if stats.others > 0 {
        let _ = writeln!(said, "{:>8} answers of other services, which --api-url names", stats.others);
    }
    if let (Some(oldest), Some(newest)) = (stats.oldest, stats.newest) {
        let day = |time: Timestamp| time.strftime("%Y-%m-%d").to_string();
        let _ = writeln!(said, "answered between {} and {}", day(oldest), day(newest));
    }
    said
}

fn import(
    cache: &mut Cache,
    authority: &Authority,
    file: &Path,
    answered: Timestamp,
) -> Result<(usize, usize), TaskError> {
    let unreadable = |source| TaskError::Read { path: file.to_owned(), source };
    let lines: Box<dyn BufRead> = match file.to_str() {
        Some("-") => Box::new(io::stdin().lock()),
        _ => Box::new(BufReader::new(fs::File::open(file).map_err(unreadable)?)),
    };
    let (mut taken, mut passed_over) = (0, 0);
    let mut papers: Vec<Settled> = Vec::new();
    for line in lines.split(b'\n') {
        let line = line.map_err(unreadable)?;
        if line.trim_ascii().is_empty() {
            continue;
        }
        match snapshot::paper(&line) {
            Some(paper) => papers.push((paper.id.clone().into(), Outcome::Found(Box::new(paper)))),
            None => passed_over += 1,
        }
        if papers.len() == AT_A_TIME {
            cache.remember(authority, &papers, answered)?;
            taken += papers.len();
            papers.clear();
        }
    }
    cache.remember(authority, &papers, answered)?;
    Ok((taken + papers.len(), passed_over))
}
