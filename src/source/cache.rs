//! What services have answered, kept in one SQLite file of the user's, so that nothing known is asked for again.
//!
//! An answer is stored before the next request is made. A refusal is no answer and is never stored. Which answers are fresh
//! enough is decided here; what is done about those that are not is left to `run`.

mod file;
mod table;

use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::Timestamp;
use rusqlite::Connection;

use self::file::Standing;
use self::table::Maker;
use super::{Authority, Outcome, Settled};
use crate::model::{Paper, Source, VersionedId};

/// How long "there is no such paper" is believed: a paper announced today gets its identifier a day before.
const MISSING_IS_FRESH: Duration = Duration::from_secs(24 * 3600);

/// How long another process may hold the file before we give up on it.
const BUSY: Duration = Duration::from_secs(10);

/// The file of answers, open.
#[derive(Debug)]
pub struct Cache {
    path: PathBuf,
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
    /// It is something else, which somebody may need: it is not touched, and the user has to name another file.
    #[error("{} is no cache of enrich: it is {what}", path.display())]
    Foreign {
        /// What was named as the cache.
        path: PathBuf,
        /// What it is.
        what: &'static str,
    },
    /// A later version of the program wrote it, and will need it as it is.
    #[error("the cache {} was written by a later version of enrich", path.display())]
    Newer {
        /// The file.
        path: PathBuf,
    },
}

impl CacheError {
    /// Whether the user named something that is no cache.
    pub fn is_foreign(&self) -> bool {
        matches!(self, Self::Foreign { .. })
    }

    /// What the user can do about it.
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            Self::Foreign { .. } => Some(
                "it was not touched; name another file with --cache, do without one by --no-cache, or remove it yourself",
            ),
            Self::Newer { .. } => Some("it was not touched; use that version, or name another file with --cache"),
            Self::Folder { .. } | Self::Sqlite { .. } => None,
        }
    }

    /// Whether the file itself is what is wrong, so that [`Cache::open_sound`] would set it aside.
    pub fn is_damage(&self) -> bool {
        matches!(self, Self::Sqlite { source, .. } if is_damage(source))
    }
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
    /// How many answers are others' word.
    pub others: u64,
    /// When the oldest answer was given.
    pub oldest: Option<Timestamp>,
    /// When the newest answer was given.
    pub newest: Option<Timestamp>,
}

impl Cache {
    /// Opens the file, or makes it. A damaged cache is set aside under a new name and a new one begun; the warning then says so.
    /// Damage further in shows itself only when it is read.
    ///
    /// # Errors
    /// The file can neither be read nor made, or is of a later version: a run goes on without it. Or it is no cache at all.
    pub fn open(path: &Path) -> Result<(Self, Option<String>), CacheError> {
        Self::open_by(connect, path)
    }

    /// Opens the file as [`Cache::open`] does, and reads all of it to see whether it is sound.
    ///
    /// # Errors
    /// The file can neither be read nor made.
    pub fn open_sound(path: &Path) -> Result<(Self, Option<String>), CacheError> {
        Self::open_by(connect_sound, path)
    }

    /// Opens a sound cache for reading alone, and leaves everything as it is; `None` where there is none of this version.
    pub fn open_as_it_is(path: &Path) -> Option<Self> {
        let connection = match file::look(path) {
            Ok(Standing::Ours) => file::connect_to_read(path)?,
            _ => return None,
        };
        let is_ours = table::layout(&connection).is_ok_and(|layout| layout == table::LAYOUT);
        is_ours.then(|| Self { path: path.to_owned(), connection })
    }

    fn open_by(
        connect: fn(&Path) -> Result<Connection, Unusable>,
        path: &Path,
    ) -> Result<(Self, Option<String>), CacheError> {
        let folder = |source| CacheError::Folder { path: path.to_owned(), source };
        let foreign = |what| CacheError::Foreign { path: path.to_owned(), what };
        let standing = file::look(path).map_err(folder)?;
        if let Standing::Foreign(what) = standing {
            return Err(foreign(what));
        }
        if let Some(parent) = path.parent().filter(|parent| !parent.as_os_str().is_empty()) {
            std::fs::create_dir_all(parent).map_err(folder)?;
        }
        match (connect(path), standing) {
            (Ok(connection), _) => Ok((Self { path: path.to_owned(), connection }, None)),
            (Err(Unusable::Damaged(_)), Standing::Ours) => {
                let aside = file::set_aside(path).map_err(folder)?;
                let connection = connect(path).map_err(|unusable| unusable.of(path))?;
                let warning =
                    format!("the cache {} is damaged; it was set aside as {}", path.display(), aside.display());
                Ok((Self { path: path.to_owned(), connection }, Some(warning)))
            }
            (Err(Unusable::Damaged(_)), Standing::Unknown) => {
                Err(foreign("a damaged database, and may be another program's"))
            }
            (Err(unusable), _) => Err(unusable.of(path)),
        }
    }

    /// Stores what was settled by this authority's word, all of it or nothing. An answer of a source that tells less never
    /// replaces one that tells more.
    ///
    /// # Errors
    /// SQLite reports a fault, such as a full disk; what was stored before stays.
    pub fn remember(&mut self, authority: &Authority, settled: &[Settled], now: Timestamp) -> Result<(), CacheError> {
        table::store(&mut self.connection, authority, settled, now).map_err(fault(&self.path))
    }

    /// Gives this authority the answers that an earlier version of the program kept without a name.
    ///
    /// # Errors
    /// SQLite reports a fault.
    pub fn hand_down(&self, heir: &Authority) -> Result<(), CacheError> {
        table::hand_down(&self.connection, heir).map_err(fault(&self.path))
    }

    /// Hands over what those who are believed told of each of these identifiers, and whether that is fresh at this time. An answer
    /// about another paper is none. A clock that was set back makes nothing fresh for ever: what lies as far in the future as
    /// `max_age` is old too.
    ///
    /// # Errors
    /// SQLite reports a fault; what was handed over before is right.
    pub fn recall<'a>(
        &self,
        ids: impl IntoIterator<Item = &'a VersionedId>,
        believed: &[Authority],
        max_age: Duration,
        now: Timestamp,
        mut take: impl FnMut(&'a VersionedId, Recalled),
    ) -> Result<(), CacheError> {
        let judged = |id: &'a VersionedId, answered_at: i64, paper: Option<&str>| {
            let age = Duration::from_secs(now.as_second().abs_diff(answered_at));
            let (outcome, is_fresh) = match paper.map(serde_json::from_str::<Paper>) {
                None => (Outcome::Missing, age < MISSING_IS_FRESH.min(max_age)),
                Some(Ok(paper)) if paper.id == id.id => {
                    let is_full = fullness(paper.source.as_str()) == fullness(Source::ArxivApi.as_str());
                    (Outcome::Found(Box::new(paper)), is_full && age < max_age)
                }
                // A record of another paper, or one that this version cannot read, is as good as none.
                Some(Ok(_) | Err(_)) => return,
            };
            take(id, Recalled { outcome, age: if is_fresh { Age::Fresh } else { Age::Stale } });
        };
        table::look_up(&self.connection, ids, believed, judged).map_err(fault(&self.path))
    }

    /// Counts what those who are believed told.
    ///
    /// # Errors
    /// SQLite reports a fault.
    pub fn stats(&self, believed: &[Authority]) -> Result<Stats, CacheError> {
        table::stats(&self.connection, believed).map_err(fault(&self.path))
    }

    /// Forgets answers that are older than this, and says how many there were.
    ///
    /// # Errors
    /// SQLite reports a fault.
    pub fn prune(&mut self, older_than: Duration, now: Timestamp) -> Result<usize, CacheError> {
        let seconds = i64::try_from(older_than.as_secs()).unwrap_or(i64::MAX);
        let oldest = now.as_second().saturating_sub(seconds);
        table::forget_before(&self.connection, oldest).map_err(fault(&self.path))
    }

    /// Hands over every paper that was asked for without a version, as those who are believed told it, in the order of the
    /// identifiers.
    ///
    /// # Errors
    /// SQLite reports a fault.
    pub fn papers(&self, believed: &[Authority], take: impl FnMut(Paper)) -> Result<(), CacheError> {
        table::each_paper(&self.connection, believed, take).map_err(fault(&self.path))
    }
}

/// A fault that names the file.
fn fault(path: &Path) -> impl FnOnce(rusqlite::Error) -> CacheError {
    let path = path.to_owned();
    move |source| CacheError::Sqlite { path, source }
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

/// Why a database cannot serve.
enum Unusable {
    /// SQLite cannot make sense of it.
    Damaged(rusqlite::Error),
    /// It is another program's.
    Foreign,
    /// It is of a later version of this one.
    Newer,
    Fault(rusqlite::Error),
}

impl Unusable {
    /// The error for a file that is of no use as it is.
    fn of(self, path: &Path) -> CacheError {
        let path = path.to_owned();
        match self {
            Self::Foreign => CacheError::Foreign { path, what: "another program's database" },
            Self::Newer => CacheError::Newer { path },
            Self::Damaged(source) | Self::Fault(source) => CacheError::Sqlite { path, source },
        }
    }
}

/// Whether the file itself is what is wrong.
fn is_damage(error: &rusqlite::Error) -> bool {
    use rusqlite::ErrorCode::{DatabaseCorrupt, NotADatabase};
    matches!(error.sqlite_error_code(), Some(NotADatabase | DatabaseCorrupt))
}

fn judge(error: rusqlite::Error) -> Unusable {
    if is_damage(&error) { Unusable::Damaged(error) } else { Unusable::Fault(error) }
}

fn connect(path: &Path) -> Result<Connection, Unusable> {
    let mut connection = Connection::open(path).map_err(judge)?;
    connection.busy_timeout(BUSY).map_err(judge)?;
    // What is not ours is looked at and not touched.
    match table::maker(&connection).map_err(judge)? {
        Maker::None => table::sign(&connection).map_err(judge)?,
        Maker::Enrich => {}
        Maker::LaterEnrich => return Err(Unusable::Newer),
        Maker::Another => return Err(Unusable::Foreign),
    }
    connection.pragma_update(None, "journal_mode", "WAL").map_err(judge)?;
    // An answer is safe against the death of the process at once, and against that of the machine after the next checkpoint.
    connection.pragma_update(None, "synchronous", "NORMAL").map_err(judge)?;
    table::bring_forward(&mut connection).map_err(judge)?;
    Ok(connection)
}

fn connect_sound(path: &Path) -> Result<Connection, Unusable> {
    let connection = connect(path)?;
    let found: String = connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0)).map_err(judge)?;
    if found == "ok" {
        return Ok(connection);
    }
    let corrupt = rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_CORRUPT);
    Err(Unusable::Damaged(rusqlite::Error::SqliteFailure(corrupt, Some(found))))
}

#[cfg(test)]
mod tests;
