//! The table of answers, and what is said to SQLite about it. Which answers count is left to [`super`].

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, params, params_from_iter};

use super::super::{Authority, Outcome, Settled};
use super::{Stats, fullness};
use crate::model::{Paper, VersionedId};

/// The layout of the table, counted up with each change. Files of an earlier layout are brought forward, one step at a time.
const STEPS: [&str; 3] = [
    "CREATE TABLE answers (
        id TEXT PRIMARY KEY,          -- as asked for: 2403.07648, or 2403.07648v1 where the list pins it
        answered_at INTEGER NOT NULL, -- seconds since 1970, UTC
        source TEXT,                  -- who described the paper
        paper TEXT                    -- JSON; null where there is no such paper
    ) WITHOUT ROWID;
    CREATE INDEX answers_by_age ON answers (answered_at);",
    // Without row ids SQLite holds no more than a quarter of a page at a place, and most abstracts are longer: the file was
    // twice as large as its papers, and a look-up read ten pages.
    "ALTER TABLE answers RENAME TO answers_1;
    DROP INDEX answers_by_age;
    CREATE TABLE answers (
        id TEXT NOT NULL UNIQUE,
        answered_at INTEGER NOT NULL,
        source TEXT,
        paper TEXT
    );
    INSERT INTO answers (id, answered_at, source, paper) SELECT id, answered_at, source, paper FROM answers_1;
    DROP TABLE answers_1;
    CREATE INDEX answers_by_age ON answers (answered_at);",
    // Whose word the earlier answers are is not known: they have the empty name until somebody inherits them.
    "ALTER TABLE answers RENAME TO answers_2;
    DROP INDEX answers_by_age;
    CREATE TABLE answers (
        authority TEXT NOT NULL,      -- whose word it is: arxiv.org, or a service's address
        id TEXT NOT NULL,
        answered_at INTEGER NOT NULL,
        source TEXT,
        paper TEXT,
        UNIQUE (authority, id)
    );
    INSERT INTO answers (authority, id, answered_at, source, paper) SELECT '', id, answered_at, source, paper FROM answers_2;
    DROP TABLE answers_2;
    CREATE INDEX answers_by_age ON answers (answered_at);",
];

/// The layout of this version.
pub(super) const LAYOUT: usize = STEPS.len();

/// The number by which a database says that it is a cache of this program: `enri`.
const SIGNATURE: i32 = 0x656e_7269;

/// Who made a database.
pub(super) enum Maker {
    /// Nobody yet: it is empty.
    None,
    /// This version of the program, or an earlier one.
    Enrich,
    /// A later version.
    LaterEnrich,
    /// Another program.
    Another,
}

/// Tells who made a database, without changing it.
pub(super) fn maker(connection: &Connection) -> rusqlite::Result<Maker> {
    let signature: i32 = connection.pragma_query_value(None, "application_id", |row| row.get(0))?;
    let layout = layout(connection)?;
    let count = "SELECT count(*), count(CASE WHEN type = 'table' AND name = 'answers' THEN 1 END) FROM sqlite_schema";
    let (tables, answers): (u64, u64) = connection.query_row(count, [], |row| Ok((row.get(0)?, row.get(1)?)))?;
    // The first caches bore no signature.
    let is_signed = signature == SIGNATURE || (signature == 0 && layout > 0 && answers > 0);
    Ok(match layout {
        0 if tables == 0 && (signature == 0 || signature == SIGNATURE) => Maker::None,
        _ if !is_signed => Maker::Another,
        _ if layout > LAYOUT => Maker::LaterEnrich,
        _ => Maker::Enrich,
    })
}

/// Signs an empty database, so that it is known even if its tables cannot be read any more.
pub(super) fn sign(connection: &Connection) -> rusqlite::Result<()> {
    connection.pragma_update(None, "application_id", SIGNATURE)
}

/// Whether a file with these numbers in its header is a cache of this program.
pub(super) fn is_ours(signature: i32, layout: i32) -> bool {
    signature == SIGNATURE
        || (signature == 0 && usize::try_from(layout).is_ok_and(|layout| (1..=LAYOUT).contains(&layout)))
}

/// The layout of a file; 0 for one that has none.
pub(super) fn layout(connection: &Connection) -> rusqlite::Result<usize> {
    connection.pragma_query_value(None, "user_version", |row| row.get(0))
}

/// Brings a file to the layout of this version, as a whole or not at all. One that has it already is only read.
pub(super) fn bring_forward(connection: &mut Connection) -> rusqlite::Result<()> {
    let earlier = layout(connection)?;
    if earlier == LAYOUT {
        return Ok(());
    }
    let transaction = connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    // Another process may have done it by now.
    for step in STEPS.iter().skip(layout(&transaction)?) {
        transaction.execute_batch(step)?;
    }
    transaction.pragma_update(None, "user_version", LAYOUT)?;
    transaction.commit()?;
    if earlier > 0 {
        // What the earlier table took up is only in the way. That it cannot be given back is no reason not to go on.
        let _ = connection.execute_batch("VACUUM");
    }
    Ok(())
}

/// Gives the answers without a name to this authority, but for those that it has given anew.
pub(super) fn hand_down(connection: &Connection, heir: &Authority) -> rusqlite::Result<()> {
    let unnamed: bool =
        connection.query_row("SELECT EXISTS (SELECT 1 FROM answers WHERE authority = '')", [], |row| row.get(0))?;
    if unnamed {
        connection.execute("UPDATE OR IGNORE answers SET authority = ?1 WHERE authority = ''", [heir.as_str()])?;
    }
    Ok(())
}

/// Stores all of it or nothing.
pub(super) fn store(
    connection: &mut Connection,
    authority: &Authority,
    settled: &[Settled],
    now: Timestamp,
) -> rusqlite::Result<()> {
    let authority = authority.as_str();
    let transaction = connection.transaction()?;
    {
        let mut known = transaction
            .prepare_cached("SELECT source FROM answers WHERE authority = ?1 AND id = ?2 AND paper IS NOT NULL")?;
        let mut store = transaction.prepare_cached(
            "INSERT INTO answers (authority, id, answered_at, source, paper) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (authority, id) DO UPDATE SET
             answered_at = excluded.answered_at, source = excluded.source, paper = excluded.paper",
        )?;
        for (id, outcome) in settled {
            let id = id.to_string();
            let earlier: Option<String> = known.query_row([authority, &id], |row| row.get(0)).optional()?;
            match outcome {
                Outcome::Found(paper)
                    if earlier.is_none_or(|earlier| fullness(&earlier) <= fullness(paper.source.as_str())) =>
                {
                    let json = serde_json::to_string(paper)
                        .map_err(|error| rusqlite::Error::ToSqlConversionFailure(error.into()))?;
                    store.execute(params![authority, id, now.as_second(), paper.source.as_str(), json])?;
                }
                Outcome::Found(_) => {}
                Outcome::Missing => {
                    store.execute(params![authority, id, now.as_second(), None::<&str>, None::<&str>])?;
                }
            }
        }
    }
    transaction.commit()
}

/// What one authority told of one identifier.
struct Told {
    answered_at: i64,
    source: Option<String>,
    paper: Option<String>,
}

impl Told {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self { answered_at: row.get("answered_at")?, source: row.get("source")?, paper: row.get("paper")? })
    }

    /// What counts of this and of what another told later: the later, unless it tells less of the same paper.
    fn or_later(self, later: Self) -> Self {
        match (&self.source, &later.source) {
            (Some(source), Some(thinner)) if fullness(source) > fullness(thinner) => self,
            _ => later,
        }
    }
}

/// Hands over when each of these identifiers was answered for, and the paper's JSON, where it was. All of them are seen as they
/// are at one moment.
pub(super) fn look_up<'a>(
    connection: &Connection,
    ids: impl IntoIterator<Item = &'a VersionedId>,
    believed: &[Authority],
    mut take: impl FnMut(&'a VersionedId, i64, Option<&str>),
) -> rusqlite::Result<()> {
    // One lock for all, and not one for each.
    let transaction = connection.unchecked_transaction()?;
    let question = format!(
        "SELECT answered_at, source, paper FROM answers WHERE {} AND id = ? ORDER BY answered_at",
        authorities(believed)
    );
    let mut statement = transaction.prepare_cached(&question)?;
    for id in ids {
        let text = id.to_string();
        let asked = believed.iter().map(Authority::as_str).chain([text.as_str()]);
        let mut rows = statement.query(params_from_iter(asked))?;
        let mut counts: Option<Told> = None;
        while let Some(row) = rows.next()? {
            let later = Told::read(row)?;
            counts = Some(match counts {
                Some(earlier) => earlier.or_later(later),
                None => later,
            });
        }
        if let Some(Told { answered_at, paper, .. }) = counts {
            take(id, answered_at, paper.as_deref());
        }
    }
    Ok(())
}

/// The condition that an answer is one of these authorities' word.
fn authorities(believed: &[Authority]) -> String {
    format!("authority IN ({})", vec!["?"; believed.len()].join(", "))
}

/// Counts what is there.
pub(super) fn stats(connection: &Connection, believed: &[Authority]) -> rusqlite::Result<Stats> {
    let (theirs, names) = (authorities(believed), || params_from_iter(believed.iter().map(Authority::as_str)));
    let count = |which: &str| -> rusqlite::Result<u64> {
        connection.query_row(&format!("SELECT count(*) FROM answers WHERE {which}"), names(), |row| row.get(0))
    };
    let mut by_source = connection.prepare(&format!(
        "SELECT source, count(*) FROM answers WHERE {theirs} AND paper IS NOT NULL GROUP BY source ORDER BY source"
    ))?;
    let papers = by_source.query_map(names(), |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?;
    let ages = format!("SELECT min(answered_at), max(answered_at) FROM answers WHERE {theirs}");
    let (oldest, newest): (Option<i64>, Option<i64>) =
        connection.query_row(&ages, names(), |row| Ok((row.get(0)?, row.get(1)?)))?;
    let time = |seconds: Option<i64>| seconds.and_then(|seconds| Timestamp::from_second(seconds).ok());
    Ok(Stats {
        papers,
        missing: count(&format!("{theirs} AND paper IS NULL"))?,
        others: count(&format!("NOT {theirs}"))?,
        oldest: time(oldest),
        newest: time(newest),
    })
}

/// Forgets what was answered before this second, and gives the room back.
pub(super) fn forget_before(connection: &Connection, oldest: i64) -> rusqlite::Result<usize> {
    let forgotten = connection.execute("DELETE FROM answers WHERE answered_at < ?1", [oldest])?;
    connection.execute_batch("VACUUM")?;
    Ok(forgotten)
}

/// Hands over every paper that was asked for without a version, in the order of the identifiers.
pub(super) fn each_paper(
    connection: &Connection,
    believed: &[Authority],
    mut take: impl FnMut(Paper),
) -> rusqlite::Result<()> {
    let mut statement =
        connection.prepare(&format!("SELECT DISTINCT id FROM answers WHERE {} ORDER BY id", authorities(believed)))?;
    let names = params_from_iter(believed.iter().map(Authority::as_str));
    let ids: Vec<String> = statement.query_map(names, |row| row.get(0))?.collect::<Result<_, _>>()?;
    let ids: Vec<VersionedId> = ids.iter().filter_map(|id| id.parse().ok()).collect();
    let unpinned = ids.iter().filter(|id| id.version.is_none());
    look_up(connection, unpinned, believed, |id, _, paper| {
        let paper = paper.and_then(|json| serde_json::from_str::<Paper>(json).ok());
        paper.into_iter().filter(|paper| paper.id == id.id).for_each(&mut take);
    })
}
