//! One line of the snapshot to a paper. The fields are those that Kaggle's page of the data set names
//! (<https://www.kaggle.com/datasets/Cornell-University/arxiv>); which lines are worth reading is decided in `wanted`.

use std::borrow::Cow;
use std::collections::HashMap;

use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimeParser;
use serde::Deserialize;

use super::super::text::{name, normalise};
use crate::model::{ArxivId, Author, Category, Paper, Source, Version, doi, names};

/// Weekdays are not held against their dates: they say nothing that is not said.
const DATES: DateTimeParser = DateTimeParser::new().relaxed_weekday(true);

/// A line as it is written. What is not used here is not checked either.
#[derive(Deserialize)]
struct Line<'a> {
    #[serde(borrow)]
    id: Cow<'a, str>,
    #[serde(borrow)]
    title: Cow<'a, str>,
    #[serde(borrow, default)]
    authors: Option<Cow<'a, str>>,
    /// Keyname, forenames, suffix, and at times affiliations.
    #[serde(borrow, default)]
    authors_parsed: Option<Vec<Vec<Option<Cow<'a, str>>>>>,
    #[serde(borrow, default)]
    comments: Option<Cow<'a, str>>,
    #[serde(borrow, default, rename = "journal-ref")]
    journal_ref: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    doi: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    categories: Option<Cow<'a, str>>,
    #[serde(borrow, default, rename = "abstract")]
    summary: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    versions: Option<Vec<VersionLine<'a>>>,
}

#[derive(Deserialize)]
struct VersionLine<'a> {
    #[serde(borrow)]
    version: Cow<'a, str>,
    #[serde(borrow, default)]
    created: Option<Cow<'a, str>>,
}

/// The little that says whether a line is worth reading.
#[derive(Deserialize)]
struct Glance<'a> {
    #[serde(borrow)]
    id: Cow<'a, str>,
}

/// The identifier of a line in whatever order and spacing, or `None` where the line is no record of an e-print.
pub(super) fn glance(line: &[u8]) -> Option<ArxivId> {
    serde_json::from_slice::<Glance<'_>>(line).ok()?.id.parse().ok()
}

/// Reads a line, or `None` where it is no record of an e-print.
pub(super) fn read(line: &[u8]) -> Option<Paper> {
    let line: Line<'_> = serde_json::from_slice(line).ok()?;
    let title = normalise(&line.title);
    if title.is_empty() {
        return None;
    }
    let authors = authors(&line);
    let mut categories: Vec<Category> = Vec::new();
    for category in line.categories.iter().flat_map(|text| text.split_whitespace()).filter_map(|word| word.parse().ok())
    {
        if !categories.contains(&category) {
            categories.push(category);
        }
    }
    let versions = line.versions.unwrap_or_default();
    let created = |version: Option<&VersionLine<'_>>| version.and_then(|version| date(version.created.as_deref()?));
    Some(Paper {
        id: line.id.parse().ok()?,
        version: versions.last().and_then(|last| last.version.strip_prefix('v')?.parse::<Version>().ok()),
        title,
        authors,
        summary: some(line.summary),
        primary_category: categories.first().cloned(),
        categories,
        published: created(versions.first()),
        updated: created(versions.last()),
        comment: some(line.comments),
        journal_ref: some(line.journal_ref),
        doi: some(line.doi).and_then(|dois| doi::of_field(&dois)),
        source: Source::Snapshot,
    })
}

/// The authors as the line writes them, with the parts that it tells beside that; where nothing is written, those of whom it
/// tells the parts. Parts alone would not do: parentheses and `Collaboration:` leave their pieces in them.
fn authors(line: &Line<'_>) -> Vec<Author> {
    let parts = line.authors_parsed.iter().flatten().map(|parts| {
        let part = |at: usize| name(parts.get(at).and_then(Option::as_deref).unwrap_or_default());
        let (keyname, forenames, suffix) = (part(0), part(1), part(2));
        ([forenames.as_str(), &keyname, &suffix].join(" "), keyname, forenames, suffix)
    });
    let written = line.authors.as_deref().map(|names| names::people(&name(names))).unwrap_or_default();
    if written.is_empty() {
        let each = parts
            .flat_map(|(name, family, given, suffix)| names::authors_in_parts(&name, &family, &given, Some(&suffix)));
        return each.collect();
    }
    let letters = |name: &str| name.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let parts: HashMap<String, _> = parts.map(|parts| (letters(&parts.0), parts)).collect();
    let with_parts = |author: Author| match parts.get(&letters(author.name())) {
        Some((_, family, given, suffix)) => author.with_parts(family, given, Some(suffix)),
        None => author,
    };
    written.into_iter().map(with_parts).collect()
}

fn date(text: &str) -> Option<Timestamp> {
    DATES.parse_timestamp(text.trim()).ok()
}

fn some(text: Option<Cow<'_, str>>) -> Option<String> {
    text.map(|text| normalise(&text)).filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Option<Paper> {
        super::read(line.as_bytes())
    }

    fn authors_of(fields: &str) -> Vec<Author> {
        read(&format!(r#"{{"id":"2403.07648","title":"T",{fields}}}"#)).unwrap().authors
    }

    #[test]
    fn a_line_is_read_whole() {
        let line = r#"{"id": "math/0309136", "submitter": null, "authors": "A. One (1) and\n  B. van Tw\\'o, Jr ((1) Here)", "title": "A  title\n  in two lines",
            "comments": "3 pages", "journal-ref": "J. 1 (2003)", "doi": "10.1/a 10.1/b", "report-no": null, "categories": "math.GT math.DS",
            "license": null, "abstract": "  One.\n  Two.\n", "versions": [{"version": "v1", "created": "Mon, 8 Sep 2003 19:18:42 GMT"},
            {"version": "v2", "created": "Tue, 24 Jul 2007 20:10:27 GMT"}], "update_date": "2007-07-24",
            "authors_parsed": [["One", "A.", ""], ["van Tw\\'o", "B.", "Jr", "Somewhere"]]}"#;
        let paper = read(line).unwrap();
        assert_eq!(paper.id.as_str(), "math/0309136");
        assert_eq!(paper.version, Version::new(2));
        assert_eq!(paper.title, "A title in two lines");
        assert_eq!(paper.authors, ["A. One", "B. van Twó Jr"]);
        assert_eq!(paper.summary.as_deref(), Some("One. Two."));
        assert_eq!(paper.primary_category.as_ref().map(Category::as_str), Some("math.GT"));
        assert_eq!(paper.categories.iter().map(Category::as_str).collect::<Vec<_>>(), ["math.GT", "math.DS"]);
        assert_eq!(paper.published.map(|t| t.to_string()).as_deref(), Some("2003-09-08T19:18:42Z"));
        assert_eq!(paper.updated.map(|t| t.to_string()).as_deref(), Some("2007-07-24T20:10:27Z"));
        assert_eq!(paper.comment.as_deref(), Some("3 pages"));
        assert_eq!(paper.journal_ref.as_deref(), Some("J. 1 (2003)"));
        assert_eq!(paper.doi.as_deref(), Some("10.1/a"));
        assert_eq!(paper.source, Source::Snapshot);
    }

    #[test]
    fn what_is_not_there_is_nothing() {
        let paper = read(r#"{"title":"T","id":"2403.07648","comments":null,"versions":[],"doi":" "}"#).unwrap();
        assert_eq!((paper.version, paper.published, paper.updated), (None, None, None));
        assert_eq!((paper.comment, paper.doi, paper.summary, paper.primary_category), (None, None, None, None));
        assert!(paper.authors.is_empty() && paper.categories.is_empty());
    }

    #[test]
    fn without_parsed_authors_the_written_ones_are_split() {
        assert_eq!(
            authors_of(r#""authors":"A. One (1), B. Two, and C. Three ((1) Here, (2) There)""#),
            ["A. One", "B. Two", "C. Three"]
        );
        assert_eq!(
            authors_of(r#""authors":"Anders\n  Sandberg and B. Two","authors_parsed":[]"#),
            ["Anders Sandberg", "B. Two"]
        );
        assert_eq!(authors_of(r#""authors":"A) (B","authors_parsed":[["","",""]]"#), ["A"]);
    }

    #[test]
    fn what_is_no_record_is_none() {
        for line in [
            "", "{}", "[]", r#"{"id":"x","title":"T"}"#, r#"{"id":"2403.07648"}"#, r#"{"id":"2403.07648","title":" "}"#,
        ] {
            assert!(read(line).is_none(), "{line}");
        }
        assert!(glance(br#"{"id":"hep-th\/9901001"}"#).is_some());
        assert!(glance(br#"{"id":704.0001}"#).is_none());
    }
}
