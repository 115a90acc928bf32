//! The whole story of `enrich run`: read the lists, ask arXiv, merge, write.

mod asking;
mod earlier;

use std::path::PathBuf;

use crate::disk::{self, WriteError};
use crate::export::{self, Contents, Format};
use crate::extract::{self, Options};
use crate::lists::{self, List, ListError};
use crate::merge::{self, Listed};
use crate::model::{Entry, Finding};
use crate::progress::Progress;
use crate::report::Report;
use crate::source::routes::{RouteError, Routes};

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
    let mut report = Report::default();
    let lists = lists::read(&settings.lists)?;
    let (mut entries, findings) = read_entries(lists, &settings.reading);
    report.findings = findings;

    let papers = merge::gather(&entries);
    let mut wanted: Vec<_> = papers.iter().filter_map(Listed::wanted).collect();
    wanted.extend(merge::rivals(&entries, &wanted));
    let mut known = asking::ask(settings, &papers, &wanted, progress, &mut report).await?;
    earlier::keep(&settings.output, &wanted, &mut known, &mut report);
    merge::settle_rivals(&mut entries, &known, &mut report.findings);

    let papers = merge::gather(&entries);
    let (records, findings) = merge::records(&papers, &mut known);
    report.findings.extend(findings);
    report.findings.sort();
    report.count(&records);

    let contents = Contents { records: &records, findings: &report.findings };
    let files = settings.formats.iter().map(|format| (*format, format.file_name()));
    report.written = disk::write(&settings.output, files, |format, to| export::write(format, contents, to))?;
    Ok(report)
}

/// Reads every list's entries, in the order of the lists.
pub fn read_entries(lists: Vec<List>, options: &Options) -> (Vec<Entry>, Vec<Finding>) {
    let mut entries = Vec::new();
    let mut findings = Vec::new();
    for list in lists {
        let extracted = extract::list(&list.path, &list.text, options);
        entries.extend(extracted.entries);
        findings.extend(list.finding);
        findings.extend(extracted.findings);
    }
    (entries, findings)
}
