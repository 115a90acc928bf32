//! What the output of an earlier run knows: a run never leaves the output poorer than it found it.

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use crate::export::{self, Format};
use crate::merge::Knowledge;
use crate::model::{ArxivId, Record, Status, VersionedId};
use crate::report::Report;

/// Fills in from the earlier output what could not be asked for: a run never leaves the output poorer.
pub(super) fn keep(
    output: &Path,
    wanted: &[VersionedId],
    known: &mut HashMap<ArxivId, Knowledge>,
    report: &mut Report,
) {
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
