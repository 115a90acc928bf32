//! `references.json`: CSL-JSON, which pandoc, Zotero and citation processors read (CSL 1.0.2, appendices III and IV).

use std::io::{self, Write};

use serde::Serialize;

use super::{Kind, Reference};
use crate::export::options::Letters;
use crate::model::{Name, Record};

/// An item, its fields named as CSL names them.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Item<'a> {
    id: &'a str,
    #[serde(rename = "type")]
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    author: Vec<Author<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    issued: Option<Issued>,
    #[serde(skip_serializing_if = "Option::is_none")]
    container_title: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    volume: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    issue: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    page: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    publisher: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    genre: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    number: Option<String>,
    #[serde(rename = "DOI", skip_serializing_if = "Option::is_none")]
    doi: Option<&'a str>,
    #[serde(rename = "URL", skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    keyword: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<&'static str>,
    #[serde(rename = "abstract", skip_serializing_if = "Option::is_none")]
    summary: Option<&'a str>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Author<'a> {
    Person {
        family: &'a str,
        given: &'a str,
        #[serde(skip_serializing_if = "Option::is_none")]
        suffix: Option<&'a str>,
    },
    Whole {
        literal: &'a str,
    },
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Issued {
    /// One date: the year, and month and day where they are known.
    date_parts: [Vec<i32>; 1],
}

pub(in crate::export) fn write(records: &[Record], to: &mut dyn Write) -> io::Result<()> {
    let references = super::of(records, Letters::Utf8);
    serde_json::to_writer_pretty(&mut *to, &references.iter().map(item).collect::<Vec<_>>())?;
    to.write_all(b"\n")
}

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Article => "article-journal",
        Kind::ConferencePaper => "paper-conference",
        Kind::Chapter => "chapter",
        Kind::Book => "book",
        Kind::DoctoralThesis | Kind::MastersThesis => "thesis",
        Kind::Report => "report",
        Kind::Preprint => "article",
        Kind::Other => "document",
    }
}

fn item<'a>(reference: &'a Reference<'a>) -> Item<'a> {
    let Reference { record, appeared, .. } = reference;
    let is_preprint = reference.kind == Kind::Preprint;
    Item {
        id: &reference.key,
        kind: kind(reference.kind),
        title: record.shown_title(),
        author: reference.authors.iter().map(author).collect(),
        issued: issued(reference),
        container_title: appeared.container.as_deref(),
        volume: appeared.volume.as_deref(),
        issue: appeared.issue.as_deref(),
        page: appeared.pages.as_deref(),
        publisher: is_preprint.then_some("arXiv"),
        genre: is_preprint.then_some("preprint"),
        number: record.arxiv_id.as_ref().map(|id| format!("arXiv:{id}")),
        doi: reference.doi.as_deref(),
        url: reference.url,
        keyword: (!record.tags.is_empty()).then(|| record.tags.join(", ")),
        note: record.withdrawn.then_some("Withdrawn"),
        summary: record.shown_abstract(),
    }
}

fn author(name: &Name) -> Author<'_> {
    match name {
        Name::Person { family, given, suffix } => Author::Person { family, given, suffix: suffix.as_deref() },
        Name::Whole(literal) => Author::Whole { literal },
    }
}

/// Of a preprint the day of its first version, of anything else the year.
fn issued(reference: &Reference<'_>) -> Option<Issued> {
    let day = reference.record.published.filter(|_| reference.kind == Kind::Preprint);
    let day = day.map(|time| time.strftime("%Y-%m-%d").to_string());
    let parts = match day {
        Some(day) => day.split('-').filter_map(|part| part.parse().ok()).collect(),
        None => vec![reference.year?],
    };
    Some(Issued { date_parts: [parts] })
}
