//! What a run came to, in the few lines that a person reads at its end.

use std::fmt;
use std::path::PathBuf;

use crate::model::{Changes, Finding, Level, Record, Status};

/// What a run came to.
#[derive(Debug, Default)]
pub struct Report {
    /// How many records have metadata.
    pub enriched: usize,
    /// How many of these keep it from an earlier run.
    pub kept: usize,
    /// How many have metadata that is older than wanted, since it could not be asked for again.
    pub stale: usize,
    /// How many identifiers arXiv does not know.
    pub not_found: usize,
    /// How many could not be asked for.
    pub unreachable: usize,
    /// How many papers have no identifier.
    pub without_id: usize,
    /// How many requests were made.
    pub requests: usize,
    /// Why the asking ended early, and other things that the user should know.
    pub notices: Vec<String>,
    /// What was found in the lists.
    pub findings: Vec<Finding>,
    /// What is new since the earlier output, where there was one and something is.
    pub changes: Option<Changes>,
    /// The files written.
    pub written: Vec<PathBuf>,
}

impl Report {
    /// Counts the records by status.
    pub fn count(&mut self, records: &[Record]) {
        let count = |status| records.iter().filter(|record| record.status == status).count();
        self.enriched = count(Status::Enriched);
        self.not_found = count(Status::NotFound);
        self.unreachable = count(Status::Unreachable);
        self.without_id = count(Status::NoArxivId);
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for finding in self.findings.iter().filter(|finding| finding.level > Level::Note) {
            writeln!(f, "{finding}")?;
        }
        for notice in &self.notices {
            writeln!(f, "warning: {notice}")?;
        }
        writeln!(
            f,
            "{} enriched, {} not found, {} unreachable, {} without an arXiv id",
            counted(self.enriched, "paper"),
            self.not_found,
            self.unreachable,
            self.without_id
        )?;
        let of_them =
            |count: usize| if count == 1 { "1 of them has".to_owned() } else { format!("{count} of them have") };
        if self.stale > 0 {
            writeln!(
                f,
                "{} metadata that is older than --max-age, since it could not be asked for again",
                of_them(self.stale)
            )?;
        }
        if self.kept > 0 {
            writeln!(f, "{} the metadata of an earlier run, since it could not be asked for", of_them(self.kept))?;
        }
        if let Some(changes) = &self.changes {
            writeln!(f, "since the earlier output: {}", changes.summary())?;
        }
        let files: Vec<_> = self.written.iter().map(|path| path.display().to_string()).collect();
        write!(f, "{} to arXiv; wrote {}", counted(self.requests, "request"), enumerated(&files))
    }
}

/// `a`, `a and b`, `a, b and c`.
fn enumerated(items: &[String]) -> String {
    match items {
        [items @ .., last] if !items.is_empty() => format!("{} and {last}", items.join(", ")),
        items => items.concat(),
    }
}

/// `1 paper`, `2 papers`.
pub fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}
