//! Records to bytes, one module a format.

pub mod changes;
mod columns;
mod csv;
pub mod entries;
pub mod findings;
mod html;
pub mod inert;
mod json;
pub mod markdown;
pub mod options;
mod references;
mod schema;
mod sqlite;
mod xlsx;

use std::io::{self, Write};

use crate::model::{Finding, Record};

pub use self::json::read as read_json;
pub use self::options::Options;
pub use self::schema::{schema, schema_of};

/// A form in which the records are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, clap::ValueEnum, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Format {
    /// enriched.json: an array of records, for programs.
    Json,
    /// enriched.csv: one line a record, for spreadsheets.
    Csv,
    /// enriched.xlsx: a workbook with papers, findings and an overview, for people.
    Xlsx,
    /// index.html: a page that searches, filters and charts the papers.
    Html,
    /// papers.md: a table for each section of the lists.
    Md,
    /// references.bib: an entry a paper, for LaTeX.
    Bib,
    /// references.ris: the same for EndNote, Zotero and Mendeley.
    Ris,
    /// references.json: the same for pandoc and citation processors.
    CslJson,
    /// papers.db: an SQLite database with full-text search.
    Sqlite,
}

impl Format {
    /// Every form.
    pub const ALL: [Self; 9] =
        [Self::Json, Self::Csv, Self::Xlsx, Self::Html, Self::Md, Self::Bib, Self::Ris, Self::CslJson, Self::Sqlite];

    /// The name of the file.
    pub fn file_name(self) -> &'static str {
        match self {
            Self::Json => "enriched.json",
            Self::Csv => "enriched.csv",
            Self::Xlsx => "enriched.xlsx",
            Self::Html => "index.html",
            Self::Md => "papers.md",
            Self::Bib => "references.bib",
            Self::Ris => "references.ris",
            Self::CslJson => "references.json",
            Self::Sqlite => "papers.db",
        }
    }
}

/// What is written down.
#[derive(Clone, Copy, Debug)]
pub struct Contents<'a> {
    /// One record a paper, in the order of the lists.
    pub records: &'a [Record],
    /// What was found in the lists and in arXiv's answers, sorted.
    pub findings: &'a [Finding],
}

/// Writes the papers down. The same contents and options give the same bytes.
///
/// # Errors
/// The writer's own.
pub fn write(format: Format, contents: Contents<'_>, options: &Options, to: &mut dyn Write) -> io::Result<()> {
    match format {
        Format::Json => json::write(contents.records, to),
        Format::Csv => csv::write(contents.records, &options.csv, to),
        Format::Xlsx => xlsx::write(contents, to),
        Format::Html => html::write(contents, to),
        Format::Md => markdown::write(contents.records, to),
        Format::Bib => references::write_bib(contents.records, options.bib, to),
        Format::Ris => references::write_ris(contents.records, to),
        Format::CslJson => references::write_csl(contents.records, to),
        Format::Sqlite => sqlite::write(contents, to),
    }
}
