//! What services have answered, kept in one SQLite file of the user's, so that nothing known is asked for again.
//!
//! An answer is stored before the next request is made. A refusal is no answer and is never stored. Which answers are fresh
//! enough is decided here; what is done about those that are not is left to `run`.

use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};

use super::{Outcome, Settled};
use crate::model::{Paper, Source, VersionedId};

/// The layout of the tables, counted up with each change. Files of an earlier layout are brought forward, one step at a time.
const STEPS: [&str; 1] = ["CREATE TABLE answers (
    id TEXT PRIMARY KEY,          -- as asked for: 2403.07648, or 2403.07648v1 where the list pins it
    answered_at INTEGER NOT NULL, -- seconds since 1970, UTC
    source TEXT,                  -- who described the paper
    paper TEXT                    -- JSON; null where there is no such paper
) WITHOUT ROWID;
CREATE INDEX answers_by_age ON answers (answered_at);"];

/// How long "there is no such paper" is believed: a paper announced today gets its identifier a day before.
const MISSING_IS_FRESH: Duration = Duration::from_secs(24 * 3600);

/// How long another process may hold the file before we give up on it.
const BUSY: Duration = Duration::from_secs(10);

/// The file of answers, open.
#[derive(Debug)]
pub struct Cache {
    connection: Connection,
}

/// The cache cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum CacheError {
    /// The folder for it cannot be made, or a broken file cannot be set aside.
    #[error("cannot prepare the cache {}", path.display())]
    Folder {
        /// The file.
        path: PathBuf,
        /// Why not.
        #[source]
        source: io::Error,
    },
    /// SQLite reports a fault.
    #[error("cannot use the cache {}", path.display())]
    Sqlite {
        /// The file.
        path: PathBuf,
        /// What fault.
        #[source]
        source: rusqlite::Error,
    },
    /// A cached record cannot be read back or written.
    #[error("the cache cannot be read or written")]
    Statement(#[from] rusqlite::Error),
}

/// What the cache knows of one identifier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recalled {
    /// What was answered.
    pub outcome: Outcome,
    /// Whether it still counts.
    pub age: Age,
}

/// Whether a cached answer is to be asked for again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Age {
    /// It counts.
    Fresh,
    /// It is old, or thinner than what arXiv's API tells: better asked again, and served where that cannot be.
    Stale,
}

/// What the cache holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stats {
    /// How many papers, by who described them.
    pub papers: Vec<(String, u64)>,
    /// How many identifiers that arXiv does not know.
    pub missing: u64,
    /// When the oldest answer was given.
    pub oldest: Option<Timestamp>,
    /// When the newest answer was given.
    pub newest: Option<Timestamp>,
}

impl Cache {
    /// Opens the file, or makes it. A file that is no cache, or one of a later version of the program, is set aside under a new
    /// name and a new one begun; the warning then says so.
    ///
    /// # Errors
    /// The file can neither be read nor made. A run goes on without it.
    pub fn open(path: &Path) -> Result<(Self, Option<String>), CacheError> {
        let folder = |source| CacheError::Folder { path: path.to_owned(), source };
        let sqlite = |source| CacheError::Sqlite { path: path.to_owned(), source };
        if let Some(parent) = path.parent().filter(|parent| !parent.as_os_str().is_empty()) {
            std::fs::create_dir_all(parent).map_err(folder)?;
        }
        match connect(path) {
            Ok(connection) => Ok((Self { connection }, None)),
            Err(Unusable::Foreign(why)) => {
                let aside = set_aside(path).map_err(folder)?;
                let connection = connect(path).map_err(|error| sqlite(error.into()))?;
                let warning = format!("the cache {} {why}; it was set aside as {}", path.display(), aside.display());
                Ok((Self { connection }, Some(warning)))
            }
            Err(Unusable::Fault(source)) => Err(sqlite(source)),
        }
    }

    /// Stores what was settled, all of it or nothing. An answer of a source that tells less never replaces one that tells more.
    ///
    /// # Errors
    /// SQLite reports a fault, such as a full disk; what was stored before stays.
    pub fn remember(&mut self, settled: &[Settled], now: Timestamp) -> Result<(), CacheError> {
        let transaction = self.connection.transaction()?;
        {
            let mut known =
                transaction.prepare_cached("SELECT source FROM answers WHERE id = ?1 AND paper IS NOT NULL")?;
            let mut store = transaction.prepare_cached(
                "INSERT OR REPLACE INTO answers (id, answered_at, source, paper) VALUES (?1, ?2, ?3, ?4)",
            )?;
            for (id, outcome) in settled {
                let id = id.to_string();
                let earlier: Option<String> = known.query_row([&id], |row| row.get(0)).optional()?;
                match outcome {
                    Outcome::Found(paper)
                        if earlier.is_none_or(|earlier| fullness(&earlier) <= fullness(paper.source.as_str())) =>
                    {
                        let json = serde_json::to_string(paper)
                            .map_err(|error| rusqlite::Error::ToSqlConversionFailure(error.into()))?;
                        store.execute(params![id, now.as_second(), paper.source.as_str(), json])?;
                    }
                    Outcome::Found(_) => {}
                    Outcome::Missing => {
                        store.execute(params![id, now.as_second(), None::<&str>, None::<&str>])?;
                    }
                }
            }
        }
        transaction.commit()?;
        Ok(())
    }

    /// What is known of an identifier, and whether that is fresh at this time. A clock that was set back makes nothing fresh
    /// for ever: what lies as far in the future as `max_age` is old too.
    ///
    /// # Errors
    /// SQLite reports a fault.
    pub fn recall(&self, id: &VersionedId, max_age: Duration, now: Timestamp) -> Result<Option<Recalled>, CacheError> {
        let mut statement = self.connection.prepare_cached("SELECT answered_at, paper FROM answers WHERE id = ?1")?;
        let row: Option<(i64, Option<String>)> =
            statement.query_row([id.to_string()], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
        let Some((answered_at, paper)) = row else { return Ok(None) };
        let age = Duration::from_secs(now.as_second().abs_diff(answered_at));
        let (outcome, is_fresh) = match paper.map(|json| serde_json::from_str::<Paper>(&json)) {
            None => (Outcome::Missing, age < MISSING_IS_FRESH.min(max_age)),
            Some(Ok(paper)) => {
                let is_full = fullness(paper.source.as_str()) == fullness(Source::ArxivApi.as_str());
                (Outcome::Found(Box::new(paper)), is_full && age < max_age)
            }
            // A record that this version cannot read is as good as none.
            Some(Err(_)) => return Ok(None),
        };
        Ok(Some(Recalled { outcome, age: if is_fresh { Age::Fresh } else { Age::Stale } }))
    }

    /// Counts what is in the cache.
    ///
    /// # Errors
    /// SQLite reports a fault.
    pub fn stats(&self) -> Result<Stats, CacheError> {
        let mut by_source = self
            .connection
            .prepare("SELECT source, count(*) FROM answers WHERE paper IS NOT NULL GROUP BY source ORDER BY source")?;
        let papers = by_source.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?;
        let missing =
            self.connection.query_row("SELECT count(*) FROM answers WHERE paper IS NULL", [], |row| row.get(0))?;
        let ages = "SELECT min(answered_at), max(answered_at) FROM answers";
        let (oldest, newest): (Option<i64>, Option<i64>) =
            self.connection.query_row(ages, [], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let time = |seconds: Option<i64>| seconds.and_then(|seconds| Timestamp::from_second(seconds).ok());
        Ok(Stats { papers, missing, oldest: time(oldest), newest: time(newest) })
    }

    /// Forgets answers that are older than this, and says how many there were.
    ///
    /// # Errors
    /// SQLite reports a fault.
    pub fn prune(&mut self, older_than: Duration, now: Timestamp) -> Result<usize, CacheError> {
        let seconds = i64::try_from(older_than.as_secs()).unwrap_or(i64::MAX);
        let oldest = now.as_second().saturating_sub(seconds);
        let forgotten = self.connection.execute("DELETE FROM answers WHERE answered_at < ?1", [oldest])?;
        self.connection.execute_batch("VACUUM")?;
        Ok(forgotten)
    }

    /// Hands over every paper that was asked for without a version, in the order of the identifiers.
    ///
    /// # Errors
    /// SQLite reports a fault.
    pub fn papers(&self, mut take: impl FnMut(Paper)) -> Result<(), CacheError> {
        let mut statement =
            self.connection.prepare("SELECT id, paper FROM answers WHERE paper IS NOT NULL ORDER BY id")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let (id, json): (String, String) = (row.get(0)?, row.get(1)?);
            if let (Ok(VersionedId { version: None, .. }), Ok(paper)) = (id.parse(), serde_json::from_str(&json)) {
                take(paper);
            }
        }
        Ok(())
    }
}

/// How much a source tells: an answer that tells less is thinner.
fn fullness(source: &str) -> u8 {
    match source {
        // A snapshot tells all that the API does, of the day it was made.
        "arxiv-api" | "snapshot" => 3,
        "oai-pmh" => 2,
        "datacite" => 1,
        _ => 0,
    }
}

/// Why a file cannot serve.
enum Unusable {
    /// It is something else than a cache of this version or an earlier one.
    Foreign(String),
    Fault(rusqlite::Error),
}

impl From<Unusable> for rusqlite::Error {
    fn from(unusable: Unusable) -> Self {
        match unusable {
            Unusable::Fault(error) => error,
            Unusable::Foreign(why) => Self::InvalidParameterName(why),
        }
    }
}

fn connect(path: &Path) -> Result<Connection, Unusable> {
    let judge = |error: rusqlite::Error| match error.sqlite_error_code() {
        Some(rusqlite::ErrorCode::NotADatabase | rusqlite::ErrorCode::DatabaseCorrupt) => {
            Unusable::Foreign("is damaged".to_owned())
        }
        _ => Unusable::Fault(error),
    };
    let mut connection = Connection::open(path).map_err(judge)?;
    connection.busy_timeout(BUSY).map_err(judge)?;
    // What is not ours is looked at and not touched.
    let layout: usize = connection.pragma_query_value(None, "user_version", |row| row.get(0)).map_err(judge)?;
    let tables: u64 =
        connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0)).map_err(judge)?;
    match layout {
        0 if tables > 0 => return Err(Unusable::Foreign("is another program's database".to_owned())),
        _ if layout > STEPS.len() => {
            return Err(Unusable::Foreign("was written by a later version of enrich".to_owned()));
        }
        _ => {}
    }
    connection.pragma_update(None, "journal_mode", "WAL").map_err(judge)?;
    // An answer is safe against the death of the process at once, and against that of the machine after the next checkpoint.
    connection.pragma_update(None, "synchronous", "NORMAL").map_err(judge)?;
    let transaction = connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate).map_err(judge)?;
    // Another process may have brought the file forward by now.
    let layout: usize = transaction.pragma_query_value(None, "user_version", |row| row.get(0)).map_err(judge)?;
    for step in STEPS.iter().skip(layout) {
        transaction.execute_batch(step).map_err(judge)?;
    }
    transaction.pragma_update(None, "user_version", STEPS.len()).map_err(judge)?;
    transaction.commit().map_err(judge)?;
    // A damage further in shows itself only when it is read.
    let sound: String = connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0)).map_err(judge)?;
    if sound == "ok" { Ok(connection) } else { Err(Unusable::Foreign("is damaged".to_owned())) }
}

/// Renames a file that cannot serve, with what SQLite keeps beside it, to a name that is free.
fn set_aside(path: &Path) -> io::Result<PathBuf> {
    let named = |path: &Path, ending: &str| {
        let mut name = path.as_os_str().to_owned();
        name.push(ending);
        PathBuf::from(name)
    };
    let free = (1..).map(|n| named(path, &format!(".aside-{n}"))).find(|aside| !aside.exists());
    let aside = free.unwrap_or_else(|| named(path, ".aside"));
    std::fs::rename(path, &aside)?;
    for beside in ["-wal", "-shm"] {
        let from = named(path, beside);
        if from.exists() {
            std::fs::rename(from, named(&aside, beside))?;
        }
    }
    Ok(aside)
}

#[cfg(test)]
mod tests;
