//! What the output of an earlier run knows: a run never leaves the output poorer than it found it, and tells what is new.

use std::collections::{HashMap, HashSet};
use std::io;
use std::path::Path;

use crate::changes::{self, Trace};
use crate::export::{self, Format};
use crate::merge::Knowledge;
use crate::model::{ArxivId, Changes, Record, Status, VersionedId};
use crate::report::Report;

/// The output that a run is about to replace.
#[derive(Debug)]
pub(super) struct Earlier {
    traces: Vec<Trace>,
    /// The papers of which it holds metadata that is wanted.
    pub(super) enriched: Vec<Record>,
    /// How many of its papers are in a form that is not understood.
    not_understood: usize,
}

/// Reads the earlier output, where there is one that can be read. Of a long list only those records are held that are `wanted`.
pub(super) fn read(output: &Path, report: &mut Report, wanted: impl Fn(&ArxivId, &Record) -> bool) -> Option<Earlier> {
    let path = output.join(Format::Json.file_name());
    let (mut traces, mut enriched) = (Vec::new(), Vec::new());
    let read = export::read_json(&path, |record| {
        traces.push(Trace::of(&record));
        if record.status == Status::Enriched && record.arxiv_id.as_ref().is_some_and(|id| wanted(id, &record)) {
            enriched.push(record);
        }
    });
    match read {
        Ok(not_understood) => Some(Earlier { traces, enriched, not_understood }),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(_) => {
            let path = path.display();
            report.notices.push(format!(
                "the earlier output {path} cannot be read, so nothing is kept from it and what changed is not told"
            ));
            None
        }
    }
}

impl Earlier {
    /// Fills in from the earlier output what could not be asked for, and says for which papers.
    pub(super) fn keep(&self, wanted: &[VersionedId], known: &mut HashMap<ArxivId, Knowledge>) -> HashSet<ArxivId> {
        let mut kept = HashSet::new();
        let enriched = self.enriched.iter();
        let earlier: HashMap<_, _> = enriched.filter_map(|record| Some((record.arxiv_id.as_ref()?, record))).collect();
        for VersionedId { id, .. } in wanted {
            if let (false, Some(record)) = (known.contains_key(id), earlier.get(id)) {
                kept.insert(id.clone());
                known.insert(id.clone(), Knowledge::Kept(Box::new((*record).clone())));
            }
        }
        kept
    }

    /// The news of these records over the earlier ones. Where some of those are not understood, a paper would seem new that
    /// is not, and nothing is told.
    pub(super) fn changes(&self, records: &[Record], notices: &mut Vec<String>) -> Option<Changes> {
        if self.not_understood > 0 {
            notices.push(format!(
                "what changed is not told: this version cannot read {} of the papers in the earlier output",
                self.not_understood
            ));
            return None;
        }
        Some(changes::between(&self.traces, records)).filter(|changes| !changes.is_empty())
    }
}
