//! What a run or a check came to, as data for programs: the file that `--report` names. The closing lines that people read are
//! made beside this; which exit code is right is decided where the command ends.
//!
//! The same lists and the same answers give the same bytes: there is no clock in it.

use std::collections::BTreeMap;
use std::error::Error;
use std::path::MAIN_SEPARATOR;

use schemars::JsonSchema;
use serde::Serialize;

use super::{Counts, Report};
use crate::disk::{Change, Written};
use crate::model::{ArxivId, Changes, Finding, Level};

/// What a command came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Outcome {
    /// The command.
    pub command: Job,
    /// The exit code.
    pub exit_code: u8,
    /// Why the command failed; null where it came to its end.
    pub error: Option<Failure>,
    /// How many papers there are, by what became of them; null where the command failed.
    pub counts: Option<Counts>,
    /// The papers that could not be asked for, and of which nothing is known.
    pub unreachable: Vec<ArxivId>,
    /// The papers that could not be asked for, and that keep the metadata of an earlier run.
    pub kept: Vec<ArxivId>,
    /// What changed since the earlier output, in a line of counts; null where nothing did, or there was none.
    pub changes: Option<String>,
    /// The files written: outputs, the file that `--update` names, lists that were repaired.
    pub files: Vec<OutputFile>,
    /// How many findings there are; null where the command failed. Those that were repaired do not count.
    pub findings: Option<FindingCounts>,
    /// How many findings were repaired in the lists.
    pub repaired: usize,
    /// How many requests were made; null where the command failed.
    pub requests: Option<usize>,
    /// Warnings about the command as a whole, such as why the asking ended early.
    pub notices: Vec<String>,
}

/// A command that reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Job {
    /// `enrich run`.
    Run,
    /// `enrich check`.
    Check,
}

/// Why a command failed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Failure {
    /// What went wrong.
    pub message: String,
    /// What caused it, the nearest cause first.
    pub causes: Vec<String>,
    /// What to do about it, where there is something to do.
    pub hint: Option<String>,
}

/// A file that was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct OutputFile {
    /// Its path, with slashes on every system.
    pub path: String,
    /// Whether its bytes differ from those that stood there before; true where there was no file.
    pub changed: bool,
}

/// How many findings there are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct FindingCounts {
    /// All of them.
    pub total: usize,
    /// By how much they matter.
    pub by_level: LevelCounts,
    /// By kind, such as `unknown-id`; kinds without a finding are left out.
    pub by_code: BTreeMap<&'static str, usize>,
}

/// How many findings there are of each level.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct LevelCounts {
    /// What is certainly wrong.
    pub error: usize,
    /// What is probably a slip.
    pub warning: usize,
    /// What is worth knowing.
    pub note: usize,
}

impl Outcome {
    /// The outcome of a command that came to its end.
    pub fn of(command: Job, exit_code: u8, report: &Report) -> Self {
        Self {
            command,
            exit_code,
            error: None,
            counts: Some(report.counts),
            unreachable: report.unreachable.clone(),
            kept: report.kept.clone(),
            changes: report.changes.as_ref().map(Changes::summary),
            files: report.written.iter().map(OutputFile::of).collect(),
            findings: Some(FindingCounts::of(&report.findings)),
            repaired: report.repaired.len(),
            requests: Some(report.requests),
            notices: report.notices.clone(),
        }
    }

    /// The outcome of a command that failed.
    pub fn failed(command: Job, exit_code: u8, error: &dyn Error, hint: Option<String>) -> Self {
        let causes = std::iter::successors(error.source(), |cause| (*cause).source());
        Self {
            command,
            exit_code,
            error: Some(Failure {
                message: error.to_string(),
                causes: causes.map(ToString::to_string).collect(),
                hint,
            }),
            counts: None,
            unreachable: Vec::new(),
            kept: Vec::new(),
            changes: None,
            files: Vec::new(),
            findings: None,
            repaired: 0,
            requests: None,
            notices: Vec::new(),
        }
    }
}

impl OutputFile {
    fn of(written: &Written) -> Self {
        let path = written.path.to_string_lossy().replace(MAIN_SEPARATOR, "/");
        Self { path, changed: written.change == Change::Changed }
    }
}

impl FindingCounts {
    fn of(findings: &[Finding]) -> Self {
        let count = |level| findings.iter().filter(|finding| finding.level == level).count();
        let mut by_code = BTreeMap::new();
        for finding in findings {
            *by_code.entry(finding.code.name()).or_default() += 1;
        }
        Self {
            total: findings.len(),
            by_level: LevelCounts {
                error: count(Level::Error),
                warning: count(Level::Warning),
                note: count(Level::Note),
            },
            by_code,
        }
    }
}
