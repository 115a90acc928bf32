//! A paper to a line in the snapshot's form, for other programs that read it and for our own caches elsewhere.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::Serialize;

use crate::model::{Author, Name, Paper};

/// The fields in the snapshot's order, those that we do not know as null.
#[derive(Serialize)]
struct Line<'a> {
    id: &'a str,
    submitter: Option<&'a str>,
    authors: String,
    title: &'a str,
    comments: Option<&'a str>,
    #[serde(rename = "journal-ref")]
    journal_ref: Option<&'a str>,
    doi: Option<&'a str>,
    #[serde(rename = "report-no")]
    report_no: Option<&'a str>,
    categories: String,
    license: Option<&'a str>,
    #[serde(rename = "abstract")]
    summary: Option<&'a str>,
    versions: Vec<VersionLine>,
    update_date: Option<String>,
    authors_parsed: Vec<[String; 3]>,
}

#[derive(Serialize)]
struct VersionLine {
    version: String,
    created: Option<String>,
}

/// The line, without a line feed. Of the versions only the first and the last have a date that we know.
pub(super) fn line(paper: &Paper) -> String {
    let last = paper.version.map_or(1, |version| version.get());
    let created = |n: u32| match n {
        _ if n == last => paper.updated.or(paper.published),
        1 => paper.published,
        _ => None,
    };
    let versions = (1..=last).map(|n| VersionLine { version: format!("v{n}"), created: created(n).map(written) });
    let line = Line {
        id: paper.id.as_str(),
        submitter: None,
        authors: paper.authors.iter().map(Author::name).collect::<Vec<_>>().join(", "),
        title: &paper.title,
        comments: paper.comment.as_deref(),
        journal_ref: paper.journal_ref.as_deref(),
        doi: paper.doi.as_deref(),
        report_no: None,
        categories: paper.categories.iter().map(|category| category.as_str()).collect::<Vec<_>>().join(" "),
        license: None,
        summary: paper.summary.as_deref(),
        versions: versions.collect(),
        update_date: paper.updated.map(|time| time.strftime("%Y-%m-%d").to_string()),
        authors_parsed: paper.authors.iter().map(parsed).collect(),
    };
    // Strings and numbers: nothing in it can fail to be written.
    serde_json::to_string(&line).unwrap_or_default()
}

/// Keyname, forenames, suffix.
fn parsed(author: &Author) -> [String; 3] {
    match author.parts() {
        Name::Person { family, given, suffix } => [family, given, suffix.unwrap_or_default()],
        Name::Whole(_) => [author.name().to_owned(), String::new(), String::new()],
    }
}

fn written(time: Timestamp) -> String {
    time.to_zoned(TimeZone::UTC).strftime("%a, %-d %b %Y %H:%M:%S GMT").to_string()
}
