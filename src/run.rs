//! The whole story of `enrich run`: read the lists, ask arXiv, merge, write.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::disk::{self, WriteError};
use crate::export::{self, Format};
use crate::extract::{self, Options};
use crate::lists::{self, List, ListError};
use crate::merge::{self, Knowledge};
use crate::model::{ArxivId, Entry, Finding, Record, Status, Step, VersionedId};
use crate::progress::Progress;
use crate::report::Report;
use crate::source::routes::{self, Routes};
use crate::source::{NoClient, Outcome};

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
    /// arXiv could not be asked at all.
    #[error(transparent)]
    Client(#[from] NoClient),
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
            Self::Client(_) | Self::Interrupted => None,
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
    let (entries, findings) = read_entries(lists, &settings.reading);
    report.findings = findings;

    let papers = merge::gather(&entries);
    let wanted: Vec<_> = papers.iter().filter_map(merge::Listed::wanted).collect();
    let mut known = ask(settings, &wanted, progress, &mut report).await?;
    keep_earlier(&settings.output, &wanted, &mut known, &mut report);

    let (records, findings) = merge::records(&papers, &mut known);
    report.findings.extend(findings);
    report.findings.sort();
    report.count(&records);

    let files: Vec<_> =
        settings.formats.iter().map(|format| (format.file_name(), export::render(*format, &records))).collect();
    report.written = disk::write(&settings.output, &files)?;
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

/// Finds out about each identifier, and gathers what is known.
async fn ask(
    settings: &Settings,
    wanted: &[VersionedId],
    progress: &Progress,
    report: &mut Report,
) -> Result<HashMap<ArxivId, Knowledge>, RunError> {
    let interval = settings.routes.arxiv.interval;
    let tell = |step: Step| {
        log(&step);
        progress.show(&step, interval);
    };
    progress.start(wanted.len());
    let answers = tokio::select! {
        answers = routes::answer(&settings.routes, wanted, tell) => answers?,
        // Where the signal cannot be waited for, it ends the program by itself.
        Ok(()) = tokio::signal::ctrl_c() => {
            progress.finish();
            return Err(RunError::Interrupted);
        }
    };
    progress.finish();
    report.requests = answers.requests;
    report.stale = answers.stale;
    report.notices.extend(answers.notices);
    let known = answers.outcomes.into_iter().map(|(id, outcome)| match outcome {
        Outcome::Found(paper) => (id.id, Knowledge::Found(paper)),
        Outcome::Missing => (id.id, Knowledge::Missing),
    });
    Ok(known.collect())
}

fn log(step: &Step) {
    match step {
        Step::Asked { ids } => tracing::info!("asking arXiv for {ids} papers"),
        Step::Settled { ids, requests_left } => tracing::debug!("{ids} settled, {requests_left} requests left"),
        Step::Waiting { why, pause } => tracing::info!("arXiv {why}; asking again in {:.1} s", pause.as_secs_f32()),
    }
}

/// Fills in from the earlier output what could not be asked for: a run never leaves the output poorer.
fn keep_earlier(output: &Path, wanted: &[VersionedId], known: &mut HashMap<ArxivId, Knowledge>, report: &mut Report) {
    if wanted.iter().all(|id| known.contains_key(&id.id)) {
        return;
    }
    let path = output.join(Format::Json.file_name());
    let earlier = match fs::read(&path).map(|bytes| export::read_json(&bytes)) {
        Ok(Ok(records)) => records,
        Ok(Err(_)) => {
            report
                .notices
                .push(format!("the earlier output {} cannot be read, so nothing is kept from it", path.display()));
            return;
        }
        Err(_) => return,
    };
    let mut earlier: HashMap<ArxivId, Record> = earlier
        .into_iter()
        .filter(|record| record.status == Status::Enriched)
        .filter_map(|record| Some((record.arxiv_id.clone()?, record)))
        .collect();
    for id in wanted.iter().filter(|id| !known.contains_key(&id.id)).collect::<Vec<_>>() {
        if let Some(record) = earlier.remove(&id.id) {
            report.kept += 1;
            known.insert(id.id.clone(), Knowledge::Kept(Box::new(record)));
        }
    }
}
