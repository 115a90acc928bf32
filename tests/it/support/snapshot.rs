//! Papers from a file in the form of arXiv's bulk snapshot: one JSON object a line. Which file that is, is left to the caller.

use serde_json::Value;

use super::papers::{FakeAuthor, FakePaper, FakeVersion};

/// The papers of a snapshot's text.
///
/// The snapshot has one title and one abstract a paper, so all its versions share them.
///
/// # Errors
/// Says which line is no paper, and why.
pub fn papers(text: &str) -> Result<Vec<FakePaper>, String> {
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines.map(|(at, line)| paper(line).map_err(|why| format!("line {}: {why}", at + 1))).collect()
}

fn paper(line: &str) -> Result<FakePaper, String> {
    let told: Value = serde_json::from_str(line).map_err(|error| error.to_string())?;
    let text = |name: &str| told[name].as_str().map(one_line).filter(|text| !text.is_empty());
    let needed = |name: &str| text(name).ok_or(format!("it has no {name}"));
    let authors = array(&told["authors_parsed"]).iter().filter_map(author).collect::<Vec<_>>();
    let (title, comment) = (needed("title")?, text("comments"));
    let summary = told["abstract"].as_str().map(paragraphs).unwrap_or_default();
    let version = |told: &Value| {
        let date = told["created"].as_str().and_then(rfc3339).ok_or("a version has no date of the usual form")?;
        let (title, summary, authors) = (title.clone(), summary.clone(), authors.clone());
        Ok::<_, String>(FakeVersion { date, title, summary, authors, comment: comment.clone() })
    };
    let versions = array(&told["versions"]).iter().map(version).collect::<Result<Vec<_>, _>>()?;
    if versions.is_empty() {
        return Err("it has no version".to_owned());
    }
    Ok(FakePaper {
        id: needed("id")?,
        versions,
        categories: needed("categories")?.split(' ').map(str::to_owned).collect(),
        subject_classes: Vec::new(),
        journal_ref: text("journal-ref"),
        dois: text("doi").iter().flat_map(|dois| dois.split(' ').map(str::to_owned).collect::<Vec<_>>()).collect(),
    })
}

/// `[family, given, suffix, affiliation…]`, as the snapshot has authors.
fn author(told: &Value) -> Option<FakeAuthor> {
    let part = |at: usize| told[at].as_str().unwrap_or_default();
    let name = one_line(&format!("{} {} {}", part(1), part(0), part(2)));
    let affiliations = array(told).iter().skip(3).filter_map(Value::as_str).map(one_line).collect();
    (!name.is_empty()).then_some(FakeAuthor { name, affiliations })
}

fn array(told: &Value) -> &[Value] {
    told.as_array().map(Vec::as_slice).unwrap_or_default()
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Undoes the hard wrapping of an abstract: only a line that starts with a space begins a paragraph.
fn paragraphs(text: &str) -> String {
    text.trim().split("\n ").map(one_line).collect::<Vec<_>>().join("\n")
}

/// `Mon, 2 Apr 2007 19:18:42 GMT` as `2007-04-02T19:18:42Z`.
fn rfc3339(date: &str) -> Option<String> {
    const MONTHS: &str = "JanFebMarAprMayJunJulAugSepOctNovDec";
    let (_, date) = date.split_once(", ")?;
    let parts: Vec<_> = date.split_whitespace().collect();
    let &[day, month, year, time, "GMT"] = parts.as_slice() else { return None };
    let month = MONTHS.find(month)? / 3 + 1;
    Some(format!("{year}-{month:02}-{day:0>2}T{time}Z"))
}
