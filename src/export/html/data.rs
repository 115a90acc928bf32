//! What the page is told: of each paper what it shows or filters by, and nothing that is empty. All of it stands in the page
//! as JSON in which no character can end a script or begin a tag.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::{CharEscape, CompactFormatter, Formatter};

use super::Contents;
use crate::model::names::only_names;
use crate::model::unseen::without_controls;
use crate::model::{ArxivId, Author, Category, Code, Finding, Level, Link, Record, Status, Version};

/// What the page is called where the lists do not agree on a title.
const TITLE: &str = "Reading list";

/// All that the page is told.
pub(super) struct Data<'a> {
    /// The one heading that all the papers stand under.
    pub(super) title: String,
    /// How many papers there are, and how many of each status.
    pub(super) summary: String,
    /// The names of the categories that occur.
    pub(super) categories: BTreeMap<&'a str, &'a str>,
    pub(super) findings: Vec<Found<'a>>,
    pub(super) papers: Vec<Paper<'a>>,
}

/// A record as the page needs it.
#[derive(Serialize)]
pub(super) struct Paper<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a ArxivId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<Version>,
    status: Status,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'a str>,
    /// Only where it is another one.
    #[serde(skip_serializing_if = "Option::is_none")]
    listed_title: Option<&'a str>,
    #[serde(skip_serializing_if = "<[_]>::is_empty", with = "only_names")]
    authors: &'a [Author],
    #[serde(rename = "abstract", skip_serializing_if = "Option::is_none")]
    summary: Option<&'a str>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    categories: &'a [Category],
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    tags: &'a [String],
    /// Without the heading that is the page's title.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    sections: Vec<&'a [String]>,
    /// Of version 1, else of what the list cites, else of the venue.
    #[serde(skip_serializing_if = "Option::is_none")]
    year: Option<i32>,
    /// A day.
    #[serde(skip_serializing_if = "Option::is_none")]
    published: Option<String>,
    /// A day.
    #[serde(skip_serializing_if = "Option::is_none")]
    updated: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    venue: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    venue_year: Option<i32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    comment: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    journal_ref: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    doi: Option<&'a str>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    withdrawn: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pdf: Option<&'a str>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    links: &'a [Link],
    /// As `path:line`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    mentions: Vec<String>,
}

/// A finding as the page shows it.
#[derive(Serialize)]
pub(super) struct Found<'a> {
    /// As `path:line:column`.
    place: String,
    level: Level,
    code: Code,
    message: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<&'a str>,
}

impl<'a> Data<'a> {
    /// What the page is told of these contents.
    pub(super) fn of(contents: Contents<'a>) -> Self {
        let root = root(contents.records);
        Self {
            title: root.unwrap_or(TITLE).to_owned(),
            summary: summary(contents.records),
            categories: names(contents.records),
            findings: contents.findings.iter().map(found).collect(),
            papers: contents.records.iter().map(|record| paper(record, root)).collect(),
        }
    }
}

fn names(records: &[Record]) -> BTreeMap<&str, &str> {
    let categories = records.iter().flat_map(|record| &record.categories);
    categories.map(|category| (category.as_str(), category.name())).collect()
}

/// The outermost heading, if all mentions share it.
fn root(records: &[Record]) -> Option<&str> {
    let mut outermost = records.iter().flat_map(|record| &record.sections).map(|path| path.first());
    let first = outermost.next()??;
    outermost.all(|heading| heading == Some(first)).then_some(first)
}

fn summary(records: &[Record]) -> String {
    let of = |status: Status| records.iter().filter(|record| record.status == status).count();
    let many = |count: usize| if count == 1 { "1 paper".to_owned() } else { format!("{count} papers") };
    let parts = [
        (of(Status::Enriched), "on arXiv"),
        (of(Status::NotFound), "not found there"),
        (of(Status::Unreachable), "not yet looked up"),
        (of(Status::NoArxivId), "without arXiv identifier"),
    ];
    let parts = parts.iter().filter(|(count, _)| *count > 0 && *count < records.len());
    let parts: Vec<_> = parts.map(|(count, what)| format!("{count} {what}")).collect();
    if parts.is_empty() { many(records.len()) } else { format!("{}: {}", many(records.len()), parts.join(", ")) }
}

fn paper<'a>(record: &'a Record, root: Option<&str>) -> Paper<'a> {
    let title = record.shown_title();
    let known = [record.title.as_deref(), title];
    let day = |date: Option<jiff::Timestamp>| date.map(|date| date.strftime("%F").to_string());
    let path = |path: &'a Vec<String>| &path[usize::from(root.is_some()).min(path.len())..];
    let year = record.published.map(|date| i32::from(date.to_zoned(jiff::tz::TimeZone::UTC).year()));
    let cited = record.citation.as_ref().and_then(|citation| citation.year);
    Paper {
        id: record.arxiv_id.as_ref(),
        version: record.version,
        status: record.status,
        title,
        listed_title: record.listed_title.as_deref().filter(|listed| !known.contains(&Some(listed))),
        authors: &record.authors,
        summary: record.shown_abstract(),
        categories: &record.categories,
        tags: &record.tags,
        sections: record.sections.iter().map(path).filter(|path| !path.is_empty()).collect(),
        year: year.or(cited).or(record.venue.as_ref().and_then(|venue| venue.year)),
        published: day(record.published),
        updated: day(record.updated),
        venue: record.venue.as_ref().map(|venue| venue.name.as_str()),
        venue_year: record.venue.as_ref().and_then(|venue| venue.year),
        comment: record.comment.as_deref(),
        journal_ref: record.journal_ref.as_deref(),
        doi: record.doi.as_deref(),
        withdrawn: record.withdrawn,
        url: record.url.as_deref(),
        pdf: record.pdf_url.as_deref(),
        links: &record.links,
        mentions: record.mentions.iter().map(|mention| format!("{}:{}", mention.path, mention.line)).collect(),
    }
}

fn found(finding: &Finding) -> Found<'_> {
    Found {
        place: finding.place.to_string(),
        level: finding.level,
        code: finding.code,
        message: &finding.message,
        help: finding.help.as_deref(),
    }
}

/// An array with a line for each item, so that two versions of a page can be compared.
pub(super) fn write_lines(items: &[impl Serialize], to: &mut dyn Write) -> io::Result<()> {
    to.write_all(b"[")?;
    for (at, item) in items.iter().enumerate() {
        to.write_all(if at == 0 { b"\n" } else { b",\n" })?;
        write(item, to)?;
    }
    to.write_all(b"\n]")
}

/// A value as JSON that can stand within a page.
pub(super) fn write(value: &impl Serialize, to: &mut dyn Write) -> io::Result<()> {
    value.serialize(&mut Serializer::with_formatter(to, WithinPage))?;
    Ok(())
}

/// Compact JSON without a character that means something to HTML, or that ended a line in the scripts of old, and without control
/// characters other than white space.
struct WithinPage;

impl Formatter for WithinPage {
    fn write_char_escape<W: ?Sized + Write>(&mut self, to: &mut W, escape: CharEscape) -> io::Result<()> {
        match escape {
            CharEscape::AsciiControl(_) | CharEscape::Backspace => Ok(()),
            escape => CompactFormatter.write_char_escape(to, escape),
        }
    }

    fn write_string_fragment<W: ?Sized + Write>(&mut self, to: &mut W, fragment: &str) -> io::Result<()> {
        let fragment = &*without_controls(fragment);
        let special = |c: char| matches!(c, '<' | '>' | '&' | '\u{2028}' | '\u{2029}');
        let mut rest = fragment;
        while let Some((at, c)) = rest.char_indices().find(|(_, c)| special(*c)) {
            write!(to, "{}\\u{:04x}", &rest[..at], u32::from(c))?;
            rest = &rest[at + c.len_utf8()..];
        }
        to.write_all(rest.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_can_leave_the_script_that_it_stands_in() {
        let mut bytes = Vec::new();
        write(&"</script>\u{1b}\u{8}\u{9b}<!-- & \u{2028}\u{2029} \"é\\", &mut bytes).unwrap();
        let json = String::from_utf8(bytes).unwrap();
        assert_eq!(json, r#""\u003c/script\u003e\u003c!-- \u0026 \u2028\u2029 \"é\\""#);
        assert_eq!(serde_json::from_str::<String>(&json).unwrap(), "</script><!-- & \u{2028}\u{2029} \"é\\");
    }
}
