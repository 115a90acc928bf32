//! One line of the snapshot to a paper. The fields are those that Kaggle's page of the data set names
//! (<https://www.kaggle.com/datasets/Cornell-University/arxiv>); which lines are worth reading is decided in `wanted`.

use std::borrow::Cow;

use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimeParser;
use serde::Deserialize;

use super::super::text::normalise;
use crate::model::{ArxivId, Category, Paper, Source, Version};
use crate::tex;

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

/// A paper, and what it takes to recognise it by its authors.
#[derive(Debug)]
pub(super) struct Described {
    pub(super) paper: Paper,
    pub(super) surnames: Vec<String>,
}

/// The identifier of a line in whatever order and spacing, or `None` where the line is no record of an e-print.
pub(super) fn glance(line: &[u8]) -> Option<ArxivId> {
    serde_json::from_slice::<Glance<'_>>(line).ok()?.id.parse().ok()
}

/// Reads a line, or `None` where it is no record of an e-print.
pub(super) fn read(line: &[u8]) -> Option<Described> {
    let line: Line<'_> = serde_json::from_slice(line).ok()?;
    let title = normalise(&line.title);
    if title.is_empty() {
        return None;
    }
    let (authors, surnames) = authors(&line);
    let mut categories: Vec<Category> = Vec::new();
    for category in line.categories.iter().flat_map(|text| text.split_whitespace()).filter_map(|word| word.parse().ok())
    {
        if !categories.contains(&category) {
            categories.push(category);
        }
    }
    let versions = line.versions.unwrap_or_default();
    let created = |version: Option<&VersionLine<'_>>| version.and_then(|version| date(version.created.as_deref()?));
    let paper = Paper {
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
        doi: line.doi.and_then(|dois| dois.split_whitespace().next().map(str::to_owned)),
        source: Source::Snapshot,
    };
    Some(Described { paper, surnames })
}

/// The names of the authors, and their surnames.
fn authors(line: &Line<'_>) -> (Vec<String>, Vec<String>) {
    let parsed = line.authors_parsed.iter().flatten().filter_map(|parts| {
        let part = |at: usize| parts.get(at).and_then(Option::as_deref).unwrap_or_default();
        let name = normalise(&tex::plain(&format!("{} {} {}", part(1), part(0), part(2))).replace('~', " "));
        // The parsing left pieces behind: arXiv has authors called `\\`.
        name.contains(char::is_alphanumeric).then(|| (name, part(0).to_owned()))
    });
    let (names, surnames): (Vec<_>, Vec<_>) = parsed.unzip();
    if !names.is_empty() {
        return (names, surnames);
    }
    let names = line.authors.as_deref().map(split).unwrap_or_default();
    let surnames = names.clone();
    (names, surnames)
}

/// Splits `A. One (1), B. Two and C. Three ((1) Somewhere)`, which arXiv asks authors to write.
fn split(authors: &str) -> Vec<String> {
    let mut depth = 0u32;
    let outside: String = authors
        .chars()
        .filter(|character| {
            let before = depth;
            match character {
                '(' => depth += 1,
                ')' => depth = depth.saturating_sub(1),
                _ => {}
            }
            before == 0 && depth == 0 && *character != ')'
        })
        .collect();
    let outside = normalise(&tex::plain(&outside)).replace(" and ", ",");
    let names = outside.split(',').map(|name| name.trim().trim_start_matches("and ").trim());
    names.filter(|name| !name.is_empty()).map(str::to_owned).collect()
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

    fn read(line: &str) -> Option<Described> {
        super::read(line.as_bytes())
    }

    fn authors_of(fields: &str) -> Vec<String> {
        read(&format!(r#"{{"id":"2403.07648","title":"T",{fields}}}"#)).unwrap().paper.authors
    }

    #[test]
    fn a_line_is_read_whole() {
        let line = r#"{"id": "math/0309136", "submitter": null, "authors": "A. One and B. Two", "title": "A  title\n  in two lines",
            "comments": "3 pages", "journal-ref": "J. 1 (2003)", "doi": "10.1/a 10.1/b", "report-no": null, "categories": "math.GT math.DS",
            "license": null, "abstract": "  One.\n  Two.\n", "versions": [{"version": "v1", "created": "Mon, 8 Sep 2003 19:18:42 GMT"},
            {"version": "v2", "created": "Tue, 24 Jul 2007 20:10:27 GMT"}], "update_date": "2007-07-24",
            "authors_parsed": [["One", "A.", ""], ["van Tw\\'o", "B.", "Jr", "Somewhere"]]}"#;
        let Described { paper, surnames } = read(line).unwrap();
        assert_eq!(paper.id.as_str(), "math/0309136");
        assert_eq!(paper.version, Version::new(2));
        assert_eq!(paper.title, "A title in two lines");
        assert_eq!(paper.authors, ["A. One", "B. van Twó Jr"]);
        assert_eq!(surnames, ["One", "van Tw\\'o"]);
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
        let paper = read(r#"{"title":"T","id":"2403.07648","comments":null,"versions":[],"doi":" "}"#).unwrap().paper;
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
