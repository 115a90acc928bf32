//! What a run or a check came to, and the few lines that a person reads at the end of a run. `outcome` is the same as data,
//! `file` where that is written.

pub mod file;
mod outcome;

use std::collections::HashSet;
use std::fmt;

use schemars::JsonSchema;
use serde::Serialize;

use crate::disk::Written;
use crate::model::{ArxivId, Changes, Finding, Level, Record, Status};

pub use self::outcome::{Failure, FindingCounts, Job, LevelCounts, Outcome, OutputFile};

/// How many papers there are, by what became of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Counts {
    /// All of them.
    pub papers: usize,
    /// Those that have metadata.
    pub enriched: usize,
    /// Those whose identifier arXiv does not know.
    pub not_found: usize,
    /// Those that could not be asked for, and of which nothing is known.
    pub unreachable: usize,
    /// Those without an arXiv identifier.
    pub no_arxiv_id: usize,
    /// Those whose metadata is older than wanted, since it could not be asked for again.
    pub stale: usize,
}

/// What a run or a check came to.
#[derive(Debug, Default)]
pub struct Report {
    /// How many papers there are, by what became of them.
    pub counts: Counts,
    /// The papers that could not be asked for, in the order of the lists.
    pub unreachable: Vec<ArxivId>,
    /// The papers that keep the metadata of an earlier run, in the order of the lists.
    pub kept: Vec<ArxivId>,
    /// How many requests were made.
    pub requests: usize,
    /// Whether arXiv's API stopped answering before everything was asked.
    pub gave_up: bool,
    /// Why the asking ended early, and other things that the user should know.
    pub notices: Vec<String>,
    /// What was found in the lists, and is not repaired.
    pub findings: Vec<Finding>,
    /// What was repaired in them.
    pub repaired: Vec<Finding>,
    /// What is new since the earlier output, where there was one and something is.
    pub changes: Option<Changes>,
    /// The files written.
    pub written: Vec<Written>,
}

impl Report {
    /// Counts the records by status. Those of `kept` owe what they say to an earlier run.
    pub fn count(&mut self, records: &[Record], kept: &HashSet<ArxivId>) {
        let count = |status| records.iter().filter(|record| record.status == status).count();
        self.counts = Counts {
            papers: records.len(),
            enriched: count(Status::Enriched),
            not_found: count(Status::NotFound),
            unreachable: count(Status::Unreachable),
            no_arxiv_id: count(Status::NoArxivId),
            ..self.counts
        };
        let ids = |is_wanted: &dyn Fn(&Record, &ArxivId) -> bool| {
            let wanted =
                records.iter().filter_map(|record| record.arxiv_id.as_ref().filter(|id| is_wanted(record, id)));
            wanted.cloned().collect()
        };
        self.unreachable = ids(&|record, _| record.status == Status::Unreachable);
        // What only a BibTeX names was kept to decide which paper is meant, and may be no record.
        self.kept = ids(&|_, id| kept.contains(id));
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
            counted(self.counts.enriched, "paper"),
            self.counts.not_found,
            self.counts.unreachable,
            self.counts.no_arxiv_id
        )?;
        let of_them =
            |count: usize| if count == 1 { "1 of them has".to_owned() } else { format!("{count} of them have") };
        if self.counts.stale > 0 {
            writeln!(
                f,
                "{} metadata that is older than --max-age, since it could not be asked for again",
                of_them(self.counts.stale)
            )?;
        }
        if !self.kept.is_empty() {
            writeln!(
                f,
                "{} the metadata of an earlier run, since it could not be asked for",
                of_them(self.kept.len())
            )?;
        }
        if let Some(changes) = &self.changes {
            writeln!(f, "since the earlier output: {}", changes.summary())?;
        }
        let files: Vec<_> = self.written.iter().map(|written| written.path.display().to_string()).collect();
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
