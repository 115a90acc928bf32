//! The whole story of `enrich run`: read the lists, ask arXiv, merge, write.

mod asking;
pub mod check;
mod earlier;
mod summary;
mod update;

use std::collections::HashSet;
use std::path::PathBuf;

use crate::disk::{self, WriteError};
use crate::export::changes::{self as telling, Telling};
use crate::export::{self, Contents, Format};
use crate::extract::{self, Options};
use crate::lists::{self, List, ListError, Outputs};
use crate::merge::{self, Listed};
use crate::model::{Changes, Entry, Finding};
use crate::progress::Progress;
use crate::report::Report;
use crate::source::routes::{RouteError, Routes};

use self::earlier::Traces;
use self::update::Refreshed;

pub use self::update::UpdateError;

/// What a run is to do.
#[derive(Debug)]
pub struct Settings {
    /// The lists, as named.
    pub lists: Vec<PathBuf>,
    /// How to read them.
    pub reading: Options,
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
    /// Where metadata may come from.
    pub routes: Routes,
}

/// Why nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// A list could not be had.
    #[error(transparent)]
    List(#[from] ListError),
    /// There is no way to metadata, or none of those that were named.
    #[error(transparent)]
    Route(#[from] RouteError),
    /// The file to update has no place for the papers.
    #[error(transparent)]
    Update(#[from] UpdateError),
    /// An output file could not be written.
    #[error(transparent)]
    Write(#[from] WriteError),
    /// The user pressed Ctrl-C.
    #[error("interrupted; nothing was written")]
    Interrupted,
}

impl RunError {
    /// What the user can do about it.
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::List(error) => Some(error.hint()),
            Self::Write(_) => {
                Some("check the folder, or choose another with --output; earlier output is untouched".to_owned())
            }
            Self::Update(UpdateError::Unreadable { .. }) => Some("check the path given with --update".to_owned()),
            Self::Update(UpdateError::Misplaced { .. }) => Some(
                "write <!-- enrich:start --> and <!-- enrich:end -->, each alone on a line, where the papers shall stand"
                    .to_owned(),
            ),
            Self::Route(error) => error.hint().map(str::to_owned),
            Self::Interrupted => None,
        }
    }
}

/// Reads the lists, asks arXiv for their papers, and writes what both say.
///
/// # Errors
/// Nothing was written, and the earlier output is as it was. An arXiv that does not answer is no error.
pub async fn run(settings: &Settings, progress: &Progress) -> Result<Report, RunError> {
    let outcome = refresh(settings, progress).await;
    if let (Err(error), Some(file)) = (&outcome, &settings.summary) {
        // That it cannot be added is the smaller of two troubles, and the user is told of the greater.
        let _ = disk::append(file, &summary::of_failure(error));
    }
    outcome
}

async fn refresh(settings: &Settings, progress: &Progress) -> Result<Report, RunError> {
    let mut report = Report::default();
    settings.update.as_deref().map_or(Ok(()), update::check)?;
    let lists = lists::read(&settings.lists, &outputs(settings.output.clone(), &settings.formats))?;
    let (mut entries, findings) = read_entries(lists, &settings.reading);
    report.findings = findings;

    let papers = merge::gather(&entries);
    let mut wanted: Vec<_> = papers.iter().filter_map(Listed::wanted).collect();
    wanted.extend(merge::rivals(&entries, &wanted));
    // Without JSON among the formats the next run has nothing to compare with, and would tell the same news again.
    let earlier = settings.formats.contains(&Format::Json).then(|| Traces::begin(&settings.output));
    let mut known = asking::ask(&settings.routes, &papers, &wanted, progress, &mut report).await?;
    let kept = if wanted.iter().all(|id| known.contains_key(&id.id)) {
        HashSet::new()
    } else {
        let papers = earlier::papers(&settings.output, &mut report.notices, |id, _| !known.contains_key(id));
        earlier::keep(&papers, &wanted, &mut known)
    };
    merge::settle_rivals(&mut entries, &known, &mut report.findings);

    let papers = merge::gather(&entries);
    let (records, findings) = merge::records(&papers, &mut known);
    report.findings.extend(findings);
    report.findings.sort();
    report.count(&records, &kept);
    if let Some(begun) = earlier
        && let Some(earlier) = Traces::read(begun, &settings.output, &mut report.notices).await
    {
        report.changes = earlier.changes(&records, &mut report.notices);
    }

    let refreshed = match &settings.update {
        Some(file) => update::refreshed(file, &records)?,
        None => None,
    };
    let contents = Contents { records: &records, findings: &report.findings };
    let in_output = |name: &str| settings.output.join(name);
    let mut files: Vec<_> =
        settings.formats.iter().map(|form| (File::Papers(*form), in_output(form.file_name()))).collect();
    if let Some(changes) = &report.changes {
        files.extend(Telling::ALL.map(|telling| (File::Changes(telling, changes), in_output(telling.file_name()))));
    }
    files.extend(refreshed.as_ref().map(|Refreshed { path, text }| (File::Refreshed(text), path.clone())));
    report.written = disk::write(files, |file, to| match file {
        File::Papers(format) => export::write(format, contents, &settings.writing, to),
        File::Changes(telling, changes) => telling::write(telling, changes, to),
        File::Refreshed(text) => to.write_all(text),
    })?;
    if let Some(file) = &settings.summary
        && let Err(error) = disk::append(file, &summary::of(&report, &records))
    {
        report.notices.push(format!("{error}, so the summary is not in it"));
    }
    Ok(report)
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

/// Reads every list's entries, in the order of the lists.
pub fn read_entries(lists: Vec<List>, options: &Options) -> (Vec<Entry>, Vec<Finding>) {
    let mut entries = Vec::new();
    let mut findings = Vec::new();
    for list in lists {
        let extracted = extract::list(&list.path, &list.text, options);
        tracing::info!("{}: {}", list.path, extracted.account);
        entries.extend(extracted.entries);
        findings.extend(list.finding);
        findings.extend(extracted.findings);
    }
    (entries, findings)
}
