//! What papers are called, as far as that is known without asking anybody: by the answers of earlier runs, and by a snapshot.

use std::collections::{HashMap, HashSet};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::Timestamp;

use super::cache::{Cache, Recalled};
use super::snapshot::{self, Question, SnapshotError};
use super::{Authority, Outcome};
use crate::model::{ArxivId, VersionedId};

/// Where to look, and whose word counts.
#[derive(Clone, Debug, Default)]
pub struct Memory {
    /// The file of answers.
    pub cache: Option<PathBuf>,
    /// A downloaded snapshot of arXiv's metadata.
    pub snapshot: Option<PathBuf>,
    /// Whose answers count.
    pub believed: Vec<Authority>,
}

impl Memory {
    /// What these papers are called: by the version that is asked for, else by the latest one known. A cache that is not there or
    /// cannot be read knows nothing, and is left as it is.
    ///
    /// # Errors
    /// The snapshot that was named cannot be read.
    pub fn titles(&self, ids: &[VersionedId]) -> Result<HashMap<ArxivId, String>, SnapshotError> {
        let mut titles = HashMap::new();
        if ids.is_empty() {
            return Ok(titles);
        }
        if let Some(path) = &self.snapshot {
            let latest: HashSet<VersionedId> = ids.iter().map(|id| id.id.clone().into()).collect();
            let latest: Vec<VersionedId> = latest.into_iter().collect();
            let threads = std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
            let found = snapshot::search(path, &Question { ids: &latest, titles: &[] }, threads)?;
            titles.extend(found.papers.into_iter().map(|paper| (paper.id, paper.title)));
        }
        if let Some(path) = &self.cache {
            self.recall(path, ids, &mut titles);
        }
        Ok(titles)
    }

    /// Adds what the cache knows; the answer about a version that is asked for counts before that about the latest.
    fn recall(&self, path: &Path, ids: &[VersionedId], titles: &mut HashMap<ArxivId, String>) {
        let Some(cache) = Cache::open_as_it_is(path) else { return };
        let latest: Vec<VersionedId> = ids.iter().map(|id| id.id.clone().into()).collect();
        let pinned = ids.iter().filter(|id| id.version.is_some());
        let mut take = |_: &VersionedId, recalled: Recalled| {
            if let Outcome::Found(paper) = recalled.outcome {
                titles.insert(paper.id, paper.title);
            }
        };
        // What breaks off has told something all the same.
        let _ =
            cache.recall(latest.iter().chain(pinned), &self.believed, Duration::MAX, Timestamp::UNIX_EPOCH, &mut take);
    }
}
