//! What the output of an earlier run knows: a run never leaves the output poorer than it found it, and tells what is new.

use std::collections::{HashMap, HashSet};
use std::io;
use std::path::{Path, PathBuf};

use tokio::task::{self, JoinHandle};

use crate::changes::{self, Trace};
use crate::export::{self, Format};
use crate::merge::Knowledge;
use crate::model::{ArxivId, Changes, Record, Status, VersionedId};

/// More papers than so many do not go unnoticed.
const MOST_GONE: usize = 5;

/// All papers of the output that a run is about to replace, as far as the news need them.
#[derive(Debug)]
pub(super) struct Traces {
    traces: Vec<Trace>,
    /// How many of its papers are in a form that is not understood.
    not_understood: usize,
}

impl Traces {
    /// Reads the earlier output on a thread of its own, so that it is read while sources are asked.
    pub(super) fn begin(output: &Path) -> JoinHandle<io::Result<Self>> {
        let path = file(output);
        task::spawn_blocking(move || {
            let mut traces = Vec::new();
            let not_understood = export::read_json(&path, |record| traces.push(Trace::of(&record)))?;
            Ok(Self { traces, not_understood })
        })
    }

    /// What was begun, where there is an earlier output that can be read.
    pub(super) async fn read(
        begun: JoinHandle<io::Result<Self>>,
        output: &Path,
        notices: &mut Vec<String>,
    ) -> Option<Self> {
        readable(begun.await.unwrap_or_else(|stopped| Err(stopped.into())), output, notices)
    }

    /// The news of these records over the earlier ones. Where some of those are not understood, a paper would seem new that
    /// is not, and nothing is told. That most papers are gone is worth a word besides: a list may have lost them by mistake.
    pub(super) fn changes(&self, records: &[Record], notices: &mut Vec<String>) -> Option<Changes> {
        let changes = changes::between(&self.traces, records);
        let (gone, all) = (changes.gone.len(), self.traces.len() + self.not_understood);
        if gone > MOST_GONE && gone > all / 2 {
            notices.push(format!(
                "{gone} of the {all} papers in the earlier output are no longer in the lists, and so not in the output either; \
                 if that is a mistake, restore the lists and run again"
            ));
        }
        if self.not_understood > 0 {
            notices.push(format!(
                "what changed is not told: this version cannot read {} of the papers in the earlier output",
                self.not_understood
            ));
            return None;
        }
        Some(changes).filter(|changes| !changes.is_empty())
    }
}

/// The papers of which the earlier output holds metadata that is `wanted`, where there is one that can be read.
pub(super) fn papers(
    output: &Path,
    notices: &mut Vec<String>,
    wanted: impl Fn(&ArxivId, &Record) -> bool,
) -> Vec<Record> {
    let mut papers = Vec::new();
    let read = export::read_json(&file(output), |record| {
        if record.status == Status::Enriched && record.arxiv_id.as_ref().is_some_and(|id| wanted(id, &record)) {
            papers.push(record);
        }
    });
    readable(read, output, notices).map(|_| papers).unwrap_or_default()
}

fn file(output: &Path) -> PathBuf {
    output.join(Format::Json.file_name())
}

fn readable<T>(read: io::Result<T>, output: &Path, notices: &mut Vec<String>) -> Option<T> {
    match read {
        Ok(read) => Some(read),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(_) => {
            let path = file(output);
            let notice = format!(
                "the earlier output {} cannot be read, so nothing is kept from it and what changed is not told",
                path.display()
            );
            if !notices.contains(&notice) {
                notices.push(notice);
            }
            None
        }
    }
}

/// Fills in from these papers what could not be asked for, and says for which papers.
pub(super) fn keep(
    papers: &[Record],
    wanted: &[VersionedId],
    known: &mut HashMap<ArxivId, Knowledge>,
) -> HashSet<ArxivId> {
    let mut kept = HashSet::new();
    let papers: HashMap<_, _> = papers.iter().filter_map(|record| Some((record.arxiv_id.as_ref()?, record))).collect();
    for VersionedId { id, .. } in wanted {
        if let (false, Some(record)) = (known.contains_key(id), papers.get(id)) {
            kept.insert(id.clone());
            known.insert(id.clone(), Knowledge::Kept(Box::new((*record).clone())));
        }
    }
    kept
}
