//! `papers.db`: the records as an SQLite database with full-text search, which `sqlite3` and Datasette open.
//!
//! Control characters other than white space, which `sqlite3` would hand to a terminal, are left out. The JSON in it has them
//! escaped.
//!
//! It is made in memory and written as a whole, so that a reader of the file before finds either that one or the new one. What
//! has many values has a table of its own, whose rows keep their order in `position`, counted from 1.

use std::io::{self, Write};

use jiff::Timestamp;
use rusqlite::{Connection, params};

use super::Contents;
use crate::model::unseen::without_controls;
use crate::model::{Finding, Record};

/// The tables, without a row.
const TABLES: &str = include_str!("sqlite/tables.sql");

/// What is made once all rows are there: indices and the full text.
const AFTER: &str = include_str!("sqlite/after.sql");

/// The form of the tables, kept in the file as `PRAGMA user_version`.
const FORM: i32 = 2;

/// Writes the database. Its bytes depend on the contents and on the version of SQLite alone.
///
/// # Errors
/// The writer's own.
pub(super) fn write(contents: Contents<'_>, to: &mut dyn Write) -> io::Result<()> {
    let mut database = filled(contents).map_err(io::Error::other)?;
    let bytes = database.serialize("main").map_err(io::Error::other)?;
    to.write_all(&bytes)
}

fn filled(contents: Contents<'_>) -> rusqlite::Result<Connection> {
    let mut database = Connection::open_in_memory()?;
    database.pragma_update(None, "user_version", FORM)?;
    let transaction = database.transaction()?;
    transaction.execute_batch(TABLES)?;
    for (id, record) in (1..).zip(contents.records) {
        add_paper(&transaction, id, record)?;
        add_values(&transaction, id, record)?;
    }
    for finding in contents.findings {
        add_finding(&transaction, finding)?;
    }
    transaction.execute_batch(AFTER)?;
    transaction.commit()?;
    Ok(database)
}

fn add_paper(database: &Connection, id: i64, record: &Record) -> rusqlite::Result<()> {
    let citation = record.citation.as_ref();
    let mut row = database.prepare_cached(
        "INSERT INTO papers VALUES \
         (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23)",
    )?;
    row.execute(params![
        id,
        record.arxiv_id.as_ref().map(|id| id.as_str()),
        record.version.map(|version| version.get()),
        record.status.as_str(),
        record.shown_title().map(without_controls),
        record.title.as_deref().map(without_controls),
        record.shown_abstract().map(without_controls),
        record.summary.as_deref().map(without_controls),
        record.primary_category.as_ref().map(|category| category.as_str()),
        time(record.published),
        time(record.updated),
        record.comment.as_deref().map(without_controls),
        record.journal_ref.as_deref().map(without_controls),
        record.doi.as_deref().map(without_controls),
        record.venue.as_ref().map(|venue| without_controls(&venue.name)),
        record.venue.as_ref().and_then(|venue| venue.year),
        record.withdrawn,
        record.url.as_deref().map(without_controls),
        record.pdf_url.as_deref().map(without_controls),
        record.listed_title.as_deref().map(without_controls),
        citation.map(|citation| without_controls(&citation.key)),
        citation.and_then(|citation| serde_json::to_string(citation).ok()),
        record.source.as_str(),
    ])?;
    Ok(())
}

/// The values of which a paper has many.
fn add_values(database: &Connection, paper: i64, record: &Record) -> rusqlite::Result<()> {
    let mut row = database.prepare_cached("INSERT INTO authors VALUES (?1, ?2, ?3)")?;
    for (position, author) in (1..).zip(&record.authors) {
        row.execute(params![paper, position, without_controls(author.name())])?;
    }
    let mut row = database.prepare_cached("INSERT INTO categories VALUES (?1, ?2, ?3, ?4)")?;
    for (position, category) in (1..).zip(&record.categories) {
        row.execute(params![paper, position, category.as_str(), category.name()])?;
    }
    let mut row = database.prepare_cached("INSERT INTO tags VALUES (?1, ?2, ?3)")?;
    for (position, tag) in (1..).zip(&record.tags) {
        row.execute(params![paper, position, without_controls(tag)])?;
    }
    let mut row = database.prepare_cached("INSERT INTO links VALUES (?1, ?2, ?3, ?4)")?;
    for (position, link) in (1..).zip(&record.links) {
        row.execute(params![paper, position, without_controls(&link.label), without_controls(&link.url)])?;
    }
    let mut row = database.prepare_cached("INSERT INTO related VALUES (?1, ?2, ?3)")?;
    for (position, id) in (1..).zip(&record.related) {
        row.execute(params![paper, position, id.as_str()])?;
    }
    let mut row = database.prepare_cached("INSERT INTO mentions VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?;
    let sections = record.sections.iter().map(Some).chain(std::iter::repeat(None));
    for ((position, mention), section) in (1..).zip(&record.mentions).zip(sections) {
        let section = section.map_or_else(|| "[]".to_owned(), |path| serde_json::json!(path).to_string());
        let version = mention.version.map(|version| version.get());
        row.execute(params![paper, position, without_controls(&mention.path), mention.line, version, section])?;
    }
    Ok(())
}

fn add_finding(database: &Connection, finding: &Finding) -> rusqlite::Result<()> {
    let mut row = database.prepare_cached(
        "INSERT INTO findings (code, level, path, line, \"column\", message, help, arxiv_id) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?;
    row.execute(params![
        finding.code.to_string(),
        finding.level.to_string(),
        without_controls(&finding.place.path),
        finding.place.line,
        finding.place.column,
        without_controls(&finding.message),
        finding.help.as_deref().map(without_controls),
        finding.arxiv_id.as_ref().map(|id| id.as_str()),
    ])?;
    Ok(())
}

/// A time as SQLite's own functions read it: ISO 8601, UTC.
fn time(value: Option<Timestamp>) -> Option<String> {
    value.map(|time| time.to_string())
}
