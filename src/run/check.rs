//! The whole story of `enrich check`: read the lists, ask arXiv, compare, and set right what is certain where that is wanted.

mod known;
mod repairs;

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use super::overlap::{self, Part};
use super::reading::{Reading, WhenEmpty};
use super::{RunError, asking, earlier, knowing};
use crate::check::ignore::{self, Ignored};
use crate::check::{self, Listing};
use crate::disk::WriteError;
use crate::extract::Options;
use crate::lists::{self, List, Lists, Outputs};
use crate::merge::{self, Listed};
use crate::model::{Code, Entry, Finding, Level, VersionedId};
use crate::progress::Progress;
use crate::report::{Report, counted};
use crate::source::routes::{RouteError, Routes};

/// What a check is to do.
#[derive(Debug)]
pub struct Settings {
    /// The lists, as named.
    pub lists: Vec<PathBuf>,
    /// How to read them.
    pub reading: Options,
    /// Whether they may be without any entry.
    pub when_empty: WhenEmpty,
    /// What `run` writes: no list, and what an earlier run knew.
    pub outputs: Outputs,
    /// What is not to be told.
    pub ignored: Vec<Ignored>,
    /// From which level on a finding fails the check; `None` for none.
    pub fail_on: Option<Level>,
    /// What is to be set right.
    pub repairs: Repairs,
    /// Where the report goes, which is written when the check has ended.
    pub report: Option<PathBuf>,
    /// Where metadata may come from.
    pub routes: Routes,
}

/// What is to be set right in the lists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Repairs {
    /// Nothing.
    None,
    /// Findings of these kinds, but only for show.
    Shown(Vec<Code>),
    /// Findings of these kinds.
    Made(Vec<Code>),
}

/// Why nothing was told.
#[derive(Debug, thiserror::Error)]
pub enum CheckError {
    /// The lists could not be read, or nobody asked.
    #[error(transparent)]
    Run(#[from] RunError),
    /// A list could not be repaired.
    #[error(transparent)]
    Write(#[from] WriteError),
}

impl CheckError {
    /// What the user can do about it.
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::Run(error) => error.hint(),
            Self::Write(error) if error.is_halfway() => {
                Some("set right what stands in the way, and check again: what is repaired stays so".to_owned())
            }
            Self::Write(_) => Some("check that you may write it; the lists are as they were".to_owned()),
        }
    }
}

/// What a check came to.
#[derive(Debug, Default)]
pub struct Checked {
    /// The lists as they were read.
    pub lists: Vec<List>,
    /// What was found and repaired in them, by list and line, and how the asking went.
    pub report: Report,
    /// What would be repaired, as a unified diff, where that was wanted.
    pub diff: Option<String>,
    /// How many findings the user does not want to hear of.
    pub ignored: usize,
}

/// What it means for a script.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing is wrong at the level that counts.
    Passed,
    /// Something is.
    Failed,
    /// Nothing is, as far as is known; but some papers could not be asked for.
    Unknown,
}

impl Checked {
    /// What it means, where findings of this level and above count.
    pub fn verdict(&self, fail_on: Option<Level>) -> Verdict {
        match fail_on {
            Some(level) if self.report.findings.iter().any(|finding| finding.level >= level) => Verdict::Failed,
            _ if self.report.counts.unreachable > 0 => Verdict::Unknown,
            _ => Verdict::Passed,
        }
    }
}

/// Reads the lists, asks arXiv for the latest versions of their papers, and finds what disagrees.
///
/// # Errors
/// A list could not be read or written. An arXiv that does not answer is no error.
pub async fn check(settings: &Settings, progress: &Progress) -> Result<Checked, CheckError> {
    let mut report = Report::default();
    let Lists { lists, notices } = lists::read(&settings.lists, &settings.outputs).map_err(RunError::from)?;
    report.notices = notices;
    let others = [
        (Part::Report, &settings.report),
        (Part::Cache, &settings.routes.cache),
        (Part::Snapshot, &settings.routes.snapshot),
    ];
    let others: Vec<_> = others.into_iter().filter_map(|(part, path)| Some((part, path.as_deref()?))).collect();
    overlap::check(&lists, &others).map_err(RunError::from)?;
    let taught = knowing::read(&lists, &settings.reading, settings.when_empty, &settings.routes.memory());
    let taught = taught.map_err(|error| RunError::from(RouteError::from(error)))?;

    let entries = &taught.reading.entries;
    let papers = merge::gather(entries);
    let mut wanted: Vec<VersionedId> = papers.iter().filter_map(latest).collect();
    wanted.extend(merge::rivals(entries, &wanted));
    let begun = Instant::now();
    let mut known = asking::ask(&settings.routes, &papers, &wanted, progress, &mut report).await?;
    let adds = |id: &_, record: &_| known::adds(record, known.get(id));
    let earlier = earlier::papers(&settings.outputs.folder, &mut report.notices, adds);
    let kept = earlier::keep(&earlier, &wanted, &mut known);
    let taught = taught.again(&lists, &settings.reading, settings.when_empty, knowing::told(&known));
    let Reading { mut entries, ends, findings, .. } = taught.reading;
    report.findings.extend(findings);
    merge::settle_rivals(&mut entries, &known, &mut report.findings);

    let papers = merge::gather(&entries);
    let mut told = known::of(&known, &earlier);
    let time_left = settings.routes.arxiv.deadline.saturating_sub(begun.elapsed());
    let asking =
        known::Asking { routes: &settings.routes, time_left: if report.gave_up { Duration::ZERO } else { time_left } };
    known::add_earlier_versions(&mut told, &entries, asking, progress, &mut report).await?;
    let (records, found) = merge::records(&papers, &mut known);
    report.count(&records, &kept);
    report.findings.extend(found);

    let listings = listings(&lists, &entries, &ends);
    report.findings.extend(check::findings(&listings, &told));
    drop_answered(&mut report.findings);
    report.findings.sort();
    report.findings.dedup();
    let told = ignore::told(std::mem::take(&mut report.findings), &settings.ignored, &listings);
    report.findings = told.findings;
    report.notices.extend(told.unknown.iter().map(ToString::to_string));
    let mut checked = Checked { report, ignored: told.ignored, ..Checked::default() };
    repairs::make(&settings.repairs, &lists, &mut checked)?;
    checked.lists = lists;
    Ok(checked)
}

fn listings<'a>(lists: &'a [List], entries: &'a [Entry], ends: &[usize]) -> Vec<Listing<'a>> {
    let starts = std::iter::once(0).chain(ends.iter().copied());
    let ranges = starts.zip(ends);
    lists
        .iter()
        .zip(ranges)
        .map(|(list, (start, end))| Listing { path: &list.path, text: &list.text, entries: &entries[start..*end] })
        .collect()
}

/// The latest version, whichever the lists pin: what is newer cannot be learnt otherwise.
fn latest(paper: &Listed<'_>) -> Option<VersionedId> {
    paper.wanted().map(|wanted| wanted.id.into())
}

/// An entry that has been offered an e-print need not be told that it names none.
fn drop_answered(findings: &mut Vec<Finding>) {
    let offers = findings.iter().filter(|finding| finding.code == Code::PossibleMatch);
    let offered: HashSet<_> = offers.map(|finding| finding.place.clone()).collect();
    findings.retain(|finding| finding.code != Code::NoArxivId || !offered.contains(&finding.place));
}

impl fmt::Display for Checked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Report { findings, repaired: made, notices, counts, requests, .. } = &self.report;
        for notice in notices {
            writeln!(f, "warning: {notice}")?;
        }
        let mut repaired: HashMap<&str, usize> = HashMap::new();
        for finding in made {
            writeln!(f, "{}: repaired: {} [{}]", finding.place, finding.message, finding.code)?;
            *repaired.entry(&finding.place.path).or_default() += 1;
        }
        let count = |level| findings.iter().filter(|finding| finding.level == level).count();
        let mut kinds: BTreeMap<(Reverse<Level>, Code), usize> = BTreeMap::new();
        for finding in findings {
            *kinds.entry((Reverse(finding.level), finding.code)).or_default() += 1;
        }
        let levels = [(Level::Error, "error"), (Level::Warning, "warning"), (Level::Note, "note")];
        let levels: Vec<_> = levels.map(|(level, name)| counted(count(level), name)).into();
        write!(f, "{} in {}", levels.join(", "), counted(self.lists.len(), "list"))?;
        if self.ignored > 0 {
            write!(f, "; {} ignored", self.ignored)?;
        }
        if !repaired.is_empty() {
            write!(f, "; {} repaired in {}", made.len(), counted(repaired.len(), "list"))?;
        }
        writeln!(f)?;
        for ((Reverse(level), code), count) in kinds {
            writeln!(f, "{count:>8} {code} ({level})")?;
        }
        if counts.unreachable > 0 {
            writeln!(f, "{} could not be asked for; check again later", counted(counts.unreachable, "paper"))?;
        }
        write!(f, "{} to arXiv", counted(*requests, "request"))
    }
}
