//! The whole story of `enrich run`: read the lists, ask arXiv, merge, write.

mod asking;
pub mod check;
mod earlier;
pub mod explanation;
pub mod knowing;
mod moved;
mod overlap;
pub mod reading;
mod summary;
mod turn;
mod update;

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::disk::{self, WriteError, Written};
use crate::export::changes::{self as telling, Telling};
use crate::export::{self, Contents, Format};
use crate::extract::Options;
use crate::lists::{self, List, ListError, Lists, Outputs};
use crate::merge::{self, Listed};
use crate::model::Changes;
use crate::progress::Progress;
use crate::report::Report;
use crate::source::routes::{RouteError, Routes};

use self::earlier::Traces;
use self::knowing::Taught;
use self::moved::PlaceInList;
use self::reading::{NothingRead, WhenEmpty};
use self::update::Refreshed;

pub use self::overlap::{Overlap, Part, check as check_overlap};
pub use self::update::UpdateError;

/// What a run is to do.
#[derive(Debug)]
pub struct Settings {
    /// The lists, as named.
    pub lists: Vec<PathBuf>,
    /// How to read them.
    pub reading: Options,
    /// Whether they may be without any entry.
    pub when_empty: WhenEmpty,
    /// The folder to write to.
    pub output: PathBuf,
    /// The files to write, each once.
    pub formats: Vec<Format>,
    /// How to write them.
    pub writing: export::Options,
    /// The file that has a place for the papers, to be written anew.
    pub update: Option<PathBuf>,
    /// Where the run's summary is added.
    pub summary: Option<PathBuf>,
    /// Where the report goes, which is written when the run has ended.
    pub report: Option<PathBuf>,
    /// Where metadata may come from.
    pub routes: Routes,
}

/// Why the output was not written.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// A list could not be had.
    #[error(transparent)]
    List(#[from] ListError),
    /// A file that it would write is a list, or plays another part.
    #[error(transparent)]
    Overlap(#[from] Overlap),
    /// No list has an entry.
    #[error(transparent)]
    NothingRead(#[from] NothingRead),
    /// There is no way to metadata, or none of those that were named.
    #[error(transparent)]
    Route(#[from] RouteError),
    /// The file to update has no place for the papers.
    #[error(transparent)]
    Update(#[from] UpdateError),
    /// An output file could not be written.
    #[error(transparent)]
    Write(#[from] WriteError),
    /// Another run did not end in time.
    #[error("another run has been at work on {} for {:.0?}; nothing was written", folder.display(), patience)]
    Occupied {
        /// The output folder.
        folder: PathBuf,
        /// How long this one waited.
        patience: Duration,
    },
    /// The user pressed Ctrl-C.
    #[error("interrupted; nothing was written")]
    Interrupted,
}

impl RunError {
    /// Whether the user asked for something that cannot be done.
    pub fn is_misuse(&self) -> bool {
        matches!(self, Self::Overlap(_) | Self::Route(RouteError::Cache(_)))
    }

    /// What the user can do about it.
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::List(error) => Some(error.hint()),
            Self::Overlap(_) => {
                Some("nothing was asked or written; choose another folder with --output, or another file".to_owned())
            }
            Self::NothingRead(error) => Some(error.hint().to_owned()),
            Self::Write(error) if error.is_halfway() => {
                Some("set right what stands in the way, and run again: that writes all of them, and the same news".to_owned())
            }
            Self::Write(_) => {
                Some("check the folder, or choose another with --output; earlier output is untouched".to_owned())
            }
            Self::Update(UpdateError::Unreadable { .. }) => Some("check the path given with --update".to_owned()),
            Self::Update(UpdateError::Binary { .. }) => {
                Some("name a Markdown file with --update, such as README.md".to_owned())
            }
            Self::Update(UpdateError::Unwritable { .. }) => Some("save it as UTF-8".to_owned()),
            Self::Update(UpdateError::Misplaced { .. }) => Some(
                "write <!-- enrich:start --> and <!-- enrich:end -->, each alone on a line, where the papers shall stand"
                    .to_owned(),
            ),
            Self::Route(error) => error.hint().map(str::to_owned),
            Self::Occupied { .. } => Some(
                "run again when it has ended, wait longer with --deadline, or choose another folder with --output".to_owned(),
            ),
            Self::Interrupted => None,
        }
    }
}

/// Reads the lists, asks arXiv for their papers, and writes what both say.
///
/// # Errors
/// Nothing was written, and the earlier output is as it was, unless the error says which files are new. An arXiv that does not
/// answer is no error.
pub async fn run(settings: &Settings, progress: &Progress) -> Result<Report, RunError> {
    let outcome = refresh(settings, progress).await;
    if let (Err(error), Some(file)) = (&outcome, &settings.summary)
        && is_free(file, error, settings)
    {
        // That it cannot be added is the smaller of two troubles, and the user is told of the greater.
        let _ = disk::append(file, &summary::of_failure(error));
    }
    outcome
}

/// Whether the summary of a failure may be added to this file: it is none of the lists.
fn is_free(summary: &Path, error: &RunError, settings: &Settings) -> bool {
    match error {
        RunError::Overlap(_) => false,
        // It is not known which lists there are.
        RunError::List(_) => !overlap::may_be_list(summary, &settings.lists),
        _ => true,
    }
}

/// What the lists say, before anybody is asked.
struct Told {
    lists: Vec<List>,
    taught: Taught,
    /// Which stretch of a list the papers are written into, where they are.
    place: Option<PlaceInList>,
    notices: Vec<String>,
}

/// Reads the lists, and learns before anybody is asked whether their papers can be written without harm.
fn read(settings: &Settings) -> Result<Told, RunError> {
    let outputs = outputs(settings.output.clone(), &settings.formats);
    let Lists { lists, notices } = lists::read(&settings.lists, &outputs)?;
    check_parts(settings, &outputs, &lists)?;
    settings.update.as_deref().map_or(Ok(()), update::check)?;
    let taught = knowing::read(&lists, &settings.reading, settings.when_empty, &settings.routes.memory());
    let taught = taught.map_err(RouteError::from)?;
    NothingRead::check(&taught.reading, &lists, settings.when_empty)?;
    let place = settings.update.as_deref().and_then(|file| PlaceInList::find(file, &lists));
    Ok(Told { lists, taught, place, notices })
}

async fn refresh(settings: &Settings, progress: &Progress) -> Result<Report, RunError> {
    // The lists too are read in one's turn: the run before may write into one of them.
    let _turn = turn::wait(&settings.output, settings.routes.gates.as_deref(), settings.routes.arxiv.deadline).await?;
    let Told { lists, taught, place, notices } = read(settings)?;
    let mut report = Report { notices, ..Report::default() };

    let entries = &taught.reading.entries;
    let papers = merge::gather(entries);
    let mut wanted: Vec<_> = papers.iter().filter_map(Listed::wanted).collect();
    wanted.extend(merge::rivals(entries, &wanted));
    let earlier = Traces::begin(&settings.output);
    let mut known = asking::ask(&settings.routes, &papers, &wanted, progress, &mut report).await?;
    let kept = if wanted.iter().all(|id| known.contains_key(&id.id)) {
        HashSet::new()
    } else {
        let papers = earlier::papers(&settings.output, &mut report.notices, |id, _| !known.contains_key(id));
        earlier::keep(&papers, &wanted, &mut known)
    };
    let taught = taught.again(&lists, &settings.reading, settings.when_empty, knowing::told(&known));
    drop(lists);
    let mut entries = taught.reading.entries;
    report.findings.extend(taught.reading.findings);
    merge::settle_rivals(&mut entries, &known, &mut report.findings);

    let papers = merge::gather(&entries);
    let (mut records, findings) = merge::records(&papers, &mut known);
    report.findings.extend(findings);
    report.findings.sort();
    report.count(&records, &kept);
    if let Some(earlier) = Traces::read(earlier, &settings.output, &mut report.notices).await {
        let changes = earlier.changes(&records, &mut report.notices);
        // Without JSON among the formats the next run has nothing to compare with, and would tell the same news again.
        report.changes = changes.filter(|_| settings.formats.contains(&Format::Json));
    }

    let refreshed = match &settings.update {
        Some(file) => update::refreshed(file, &records)?,
        None => None,
    };
    if let (Some(place), Some(Refreshed { papers, .. })) = (&place, &refreshed) {
        place.refill(papers, &mut records, &mut report.findings);
    }
    let contents = Contents { records: &records, findings: &report.findings };
    report.written = write(settings, contents, report.changes.as_ref(), refreshed.as_ref())?;
    if let Some(file) = &settings.summary
        && let Err(error) = disk::append(file, &summary::of(&report, &records))
    {
        report.notices.push(format!("{error}, so the summary is not in it"));
    }
    Ok(report)
}

/// Learns before anybody is asked whether a file that the run writes is another one that counts.
fn check_parts(settings: &Settings, outputs: &Outputs, lists: &[List]) -> Result<(), Overlap> {
    let written: Vec<_> = outputs.names.iter().map(|name| outputs.folder.join(name)).collect();
    let mut parts: Vec<_> = written.iter().map(|path| (Part::Output, path.as_path())).collect();
    let named = [
        (Part::Update, &settings.update),
        (Part::Summary, &settings.summary),
        (Part::Report, &settings.report),
        (Part::Cache, &settings.routes.cache),
        (Part::Snapshot, &settings.routes.snapshot),
    ];
    parts.extend(named.into_iter().filter_map(|(part, path)| Some((part, path.as_deref()?))));
    overlap::check(lists, &parts)
}

/// Writes the news, and then what they tell of: a run that ends in between leaves the records that the next one compares with, and
/// that one tells the same news.
fn write(
    settings: &Settings,
    contents: Contents<'_>,
    changes: Option<&Changes>,
    refreshed: Option<&Refreshed>,
) -> Result<Vec<Written>, WriteError> {
    let in_output = |name: &str| settings.output.join(name);
    let news = changes.into_iter().flat_map(|changes| {
        Telling::ALL.map(|telling| (File::Changes(telling, changes), in_output(telling.file_name())))
    });
    let papers = settings.formats.iter().map(|form| (File::Papers(*form), in_output(form.file_name())));
    let refreshed = refreshed.map(|Refreshed { path, bytes, .. }| (File::Refreshed(bytes), path.clone()));
    disk::write_in_steps([news.collect(), papers.chain(refreshed).collect()], |file, to| match file {
        File::Papers(format) => export::write(format, contents, &settings.writing, to),
        File::Changes(telling, changes) => telling::write(telling, changes, to),
        File::Refreshed(bytes) => to.write_all(bytes),
    })
}

/// A file to write.
#[derive(Clone, Copy)]
enum File<'a> {
    Papers(Format),
    Changes(Telling, &'a Changes),
    Refreshed(&'a [u8]),
}

/// What a run with this folder and these formats may write.
pub fn outputs(folder: PathBuf, formats: &[Format]) -> Outputs {
    let papers = formats.iter().map(|format| format.file_name());
    Outputs { folder, names: papers.chain(Telling::ALL.map(Telling::file_name)).collect() }
}

#[cfg(test)]
mod tests;
