//! DataCite's JSON to papers: the list of records that `/dois` answers with (JSON:API 1.0), in the terms of DataCite's metadata
//! schema 4 (<https://datacite-metadata-schema.readthedocs.io>) as arXiv fills them in.
//!
//! No field can be relied upon: one that is missing, null or of another kind is as good as not there. Which of the papers
//! were asked for is judged in `datacite`.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};
use serde_json::Value;

use crate::model::{ArxivId, Author, Category, Paper, Source, Version, doi, names};
use crate::source::text::normalise;

/// What arXiv's DOIs begin with, in DataCite's spelling.
pub(super) const PREFIX: &str = "10.48550/arxiv.";

/// The papers of arXiv's among the records of a list.
///
/// # Errors
/// It is no such list; why not.
pub fn read(json: &str) -> Result<Vec<Paper>, String> {
    let list: List = serde_json::from_str(json).map_err(|error| error.to_string())?;
    Ok(list.data.into_iter().filter_map(|one| serde_json::from_value::<Resource>(one).ok()?.paper()).collect())
}

#[derive(Deserialize)]
struct List {
    data: Vec<Value>,
}

#[derive(Deserialize)]
struct Resource {
    #[serde(default, deserialize_with = "lenient")]
    id: Option<String>,
    attributes: Attributes,
}

#[derive(Deserialize)]
#[serde(default, rename_all = "camelCase")]
#[derive(Default)]
struct Attributes {
    #[serde(deserialize_with = "lenient")]
    doi: Option<String>,
    #[serde(deserialize_with = "each")]
    titles: Vec<Title>,
    #[serde(deserialize_with = "each")]
    creators: Vec<Creator>,
    #[serde(deserialize_with = "each")]
    subjects: Vec<Subject>,
    #[serde(deserialize_with = "each")]
    dates: Vec<Dated>,
    #[serde(deserialize_with = "each")]
    descriptions: Vec<Description>,
    #[serde(deserialize_with = "each")]
    related_identifiers: Vec<Related>,
    #[serde(deserialize_with = "lenient")]
    version: Value,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Title {
    title: String,
    /// Absent from the title proper; `AlternativeTitle`, `Subtitle`, `TranslatedTitle` … elsewhere.
    #[serde(default)]
    title_type: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Creator {
    #[serde(default)]
    name: Option<String>,
    #[serde(default)]
    given_name: Option<String>,
    #[serde(default)]
    family_name: Option<String>,
    /// `Organizational` or `Personal`.
    #[serde(default)]
    name_type: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Subject {
    subject: String,
    /// `arXiv`, or the fields of science that DataCite adds.
    #[serde(default)]
    subject_scheme: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Dated {
    date: String,
    date_type: String,
    /// `v2`, or `v2; None` where version 2 is a withdrawal.
    #[serde(default)]
    date_information: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Description {
    description: String,
    description_type: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Related {
    related_identifier: String,
    related_identifier_type: String,
    relation_type: String,
}

impl Resource {
    fn paper(self) -> Option<Paper> {
        let Self { id, attributes } = self;
        let id = attributes.doi.iter().chain(&id).find_map(|doi| arxiv_id(doi))?;
        let title = |one: &&Title| one.title_type.is_none();
        let titles = attributes.titles.iter().filter(title).map(|one| normalise(&one.title));
        let submissions = submissions(&attributes.dates);
        let version = version(&attributes.version).or_else(|| submissions.iter().filter_map(|one| one.version).max());
        let categories = categories(&attributes.subjects);
        Some(Paper {
            id,
            version,
            title: titles.into_iter().find(|title| !title.is_empty())?,
            authors: attributes.creators.iter().flat_map(Creator::authors).collect(),
            summary: attributes.descriptions.iter().find_map(Description::summary),
            // In every record of arXiv's that was looked at, the primary category leads and only those after it are sorted.
            primary_category: categories.first().cloned(),
            categories,
            published: submitted(&submissions, Version::new(1)),
            updated: version.and_then(|version| submitted(&submissions, Some(version))),
            // The authors' comment is among the descriptions of type `Other`, where nothing says which it is.
            comment: None,
            journal_ref: None,
            doi: attributes.related_identifiers.into_iter().find_map(Related::published_doi),
            source: Source::Datacite,
        })
    }
}

impl Creator {
    /// The names as arXiv writes them. DataCite turns `Ada Example` into `Example, Ada`; names that it did not take apart and
    /// those of organisations stand as they are.
    fn authors(&self) -> Vec<Author> {
        let part = |part: &Option<String>| part.as_deref().map(normalise).unwrap_or_default();
        let (name, mut given, mut family) = (part(&self.name), part(&self.given_name), part(&self.family_name));
        if self.name_type.as_deref() == Some("Organizational") && !name.is_empty() {
            return names::authors_in_parts(&name, &name, "", None);
        }
        if let (true, Some((before, after))) = (given.is_empty() || family.is_empty(), name.split_once(", ")) {
            (family, given) = (before.to_owned(), after.to_owned());
        }
        let full = if given.is_empty() || family.is_empty() { name } else { format!("{given} {family}") };
        let full = [&full, &family, &given].into_iter().find(|name| !name.is_empty()).map_or("", String::as_str);
        names::authors_in_parts(full, &family, &given, None)
    }
}

impl Description {
    fn summary(&self) -> Option<String> {
        let summary = normalise(&self.description);
        (self.description_type == "Abstract" && !summary.is_empty()).then_some(summary)
    }
}

impl Related {
    /// What arXiv's paper is a version of: the DOI that its authors gave, in lower case.
    fn published_doi(self) -> Option<String> {
        let is_it = self.relation_type == "IsVersionOf" && self.related_identifier_type == "DOI";
        doi::first(&self.related_identifier).filter(|_| is_it).map(str::to_owned)
    }
}

/// When a version was submitted; where the record does not say which one, `None`.
struct Submission {
    version: Option<Version>,
    time: Timestamp,
}

/// The submissions among the dates. `Updated` is none: it tells when a version's metadata was last touched. What withdraws a
/// paper is a version as well.
fn submissions(dates: &[Dated]) -> Vec<Submission> {
    let are = dates.iter().filter(|date| matches!(date.date_type.as_str(), "Submitted" | "Withdrawn"));
    let submission = |date: &Dated| {
        let label = date.date_information.as_deref().and_then(|label| label.split(';').next());
        Some(Submission { version: label.and_then(number), time: time(&date.date)? })
    };
    are.filter_map(submission).collect()
}

/// When a version was submitted. Where the record does not number its dates, the earliest is version 1's and the last the
/// latest's.
fn submitted(submissions: &[Submission], version: Option<Version>) -> Option<Timestamp> {
    let mut times = submissions.iter().filter(|one| one.version == version).map(|one| one.time);
    let mut unnumbered = submissions.iter().filter(|one| one.version.is_none()).map(|one| one.time);
    match times.next() {
        Some(time) => Some(time),
        None if version == Version::new(1) => unnumbered.min(),
        None => unnumbered.by_ref().max(),
    }
}

/// A time, or the start of a day; a month or a year is neither.
fn time(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    let midnight = |date: Date| Some(date.to_zoned(TimeZone::UTC).ok()?.timestamp());
    text.parse::<Timestamp>().ok().or_else(|| midnight(text.parse().ok()?))
}

/// `"7"` or `7`.
fn version(told: &Value) -> Option<Version> {
    match told {
        Value::String(text) => number(text),
        Value::Number(number) => Version::new(u32::try_from(number.as_u64()?).ok()?),
        _ => None,
    }
}

/// `7` or `v7`.
fn number(text: &str) -> Option<Version> {
    let text = text.trim();
    text.strip_prefix('v').unwrap_or(text).parse().ok()
}

/// The categories in the names of subjects, such as `Machine Learning (cs.LG)`.
fn categories(subjects: &[Subject]) -> Vec<Category> {
    let mut categories: Vec<Category> = Vec::new();
    for subject in subjects.iter().filter(|subject| subject.subject_scheme.as_deref() == Some("arXiv")) {
        let name = subject.subject.trim_end().strip_suffix(')').and_then(|text| text.rsplit_once('('));
        if let Some(category) = name.and_then(|(_, category)| category.parse().ok())
            && !categories.contains(&category)
        {
            categories.push(category);
        }
    }
    categories
}

/// The identifier in one of arXiv's DOIs, whatever its case.
fn arxiv_id(doi: &str) -> Option<ArxivId> {
    let (prefix, id) = doi.split_at_checked(PREFIX.len())?;
    if prefix.eq_ignore_ascii_case(PREFIX) { id.parse().ok() } else { None }
}

/// What is of another kind than it should be counts as missing.
fn lenient<'de, D: Deserializer<'de>, T: DeserializeOwned + Default>(deserializer: D) -> Result<T, D::Error> {
    Ok(serde_json::from_value(Value::deserialize(deserializer)?).unwrap_or_default())
}

/// The items of a list that are what they should be.
fn each<'de, D: Deserializer<'de>, T: DeserializeOwned>(deserializer: D) -> Result<Vec<T>, D::Error> {
    let items: Vec<Value> = lenient(deserializer)?;
    Ok(items.into_iter().filter_map(|item| serde_json::from_value(item).ok()).collect())
}

#[cfg(test)]
mod tests;
