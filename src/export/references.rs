//! The papers as references: what kind of publication each is, where and when it appeared, under which key it is cited. `bib`,
//! `ris` and `csl` write this down, each in its own form.
//!
//! Where list and arXiv disagree about the publication, the keeper's own BibTeX counts first, then the list's tag, then what the
//! authors told arXiv. What nobody says is left out and never guessed.

mod bib;
mod csl;
mod escape;
mod journal_ref;
mod keys;
mod ris;
mod title;

use crate::export::options::Letters;
use crate::model::{ArxivId, Author, Citation, Name, Record, Status, doi};
use crate::tex;

pub(super) use self::bib::write as write_bib;
pub(super) use self::csl::write as write_csl;
pub(super) use self::ris::write as write_ris;

/// The venues that are journals, one a line.
const JOURNALS: &str = include_str!("references/journals.txt");

/// DOIs of arXiv's own, which DataCite registers for every e-print, are no publication elsewhere.
const ARXIV_DOI: &str = "10.48550/arxiv";

/// What kind of publication it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Article,
    ConferencePaper,
    Chapter,
    Book,
    DoctoralThesis,
    MastersThesis,
    Report,
    /// On arXiv, and nowhere else as far as is known.
    Preprint,
    /// A page, a program, anything else.
    Other,
}

/// One reference.
#[derive(Clone, Debug)]
struct Reference<'a> {
    record: &'a Record,
    key: String,
    kind: Kind,
    authors: Vec<Name>,
    /// Whether there are more, whom nobody names.
    others_follow: bool,
    /// The year of publication; of a preprint, of its first version.
    year: Option<i32>,
    appeared: Appeared,
    doi: Option<String>,
    /// The page to go to: on arXiv, or the first that the list links.
    url: Option<&'a str>,
}

/// Where in a journal or book it appeared, as far as is known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Appeared {
    /// The journal, or the book's title.
    container: Option<String>,
    volume: Option<String>,
    issue: Option<String>,
    pages: Option<String>,
}

/// The references of all records, in their order, each with a key of its own in these letters.
fn of(records: &[Record], letters: Letters) -> Vec<Reference<'_>> {
    let keys = keys::of(records, letters);
    records.iter().zip(keys).map(|(record, key)| reference(record, key)).collect()
}

fn reference(record: &Record, key: String) -> Reference<'_> {
    let doi = doi_of(record);
    let (kind, appeared, year) = publication(record, doi.is_some());
    Reference {
        record,
        key,
        kind,
        authors: record.authors.iter().map(Author::parts).collect(),
        others_follow: record.authors.iter().any(Author::others_follow),
        year: year.or_else(|| year_of(record)),
        appeared,
        doi,
        url: record
            .url
            .as_deref()
            .or_else(|| record.links.iter().map(|link| link.url.as_str()).find(|url| is_page(url))),
    }
}

/// When it appeared, where no venue tells: as its BibTeX says, or when version 1 was submitted; else its number tells.
fn year_of(record: &Record) -> Option<i32> {
    let cited = record.citation.as_ref().and_then(|citation| citation.year);
    let submitted = record.published.and_then(|time| time.strftime("%Y").to_string().parse().ok());
    let known = if record.status == Status::Enriched { submitted.or(cited) } else { cited.or(submitted) };
    known.or_else(|| record.arxiv_id.as_ref().map(ArxivId::year))
}

/// The kind, the place and, where they tell it, the year of publication.
fn publication(record: &Record, has_doi: bool) -> (Kind, Appeared, Option<i32>) {
    if let Some(cited) = record.citation.as_ref().and_then(cited) {
        return cited;
    }
    let told = record.journal_ref.as_deref().map(|text| journal_ref::read(&tex::readable(text)));
    if let Some(venue) = &record.venue {
        let is_journal = JOURNALS.lines().any(|name| name == venue.name);
        let kind = if is_journal { Kind::Article } else { Kind::ConferencePaper };
        // The authors name the volume; the list names the journal as its keeper knows it.
        return match told {
            Some((Kind::Article, appeared, year)) if is_journal => (kind, appeared, venue.year.or(year)),
            _ => (kind, Appeared::within(&venue.name), venue.year),
        };
    }
    match told {
        Some(told) => told,
        None if has_doi && record.arxiv_id.is_some() => (Kind::Article, Appeared::default(), None),
        None if record.arxiv_id.is_some() => (Kind::Preprint, Appeared::default(), None),
        None => (Kind::Other, Appeared::default(), None),
    }
}

/// What the entry's BibTeX says, if it says more than that there is a preprint.
fn cited(citation: &Citation) -> Option<(Kind, Appeared, Option<i32>)> {
    let kind = match citation.kind.as_str() {
        "article" => Kind::Article,
        "inproceedings" | "conference" => Kind::ConferencePaper,
        "incollection" | "inbook" => Kind::Chapter,
        "book" => return Some((Kind::Book, Appeared::default(), citation.year)),
        "phdthesis" | "thesis" => return Some((Kind::DoctoralThesis, Appeared::default(), citation.year)),
        "mastersthesis" => return Some((Kind::MastersThesis, Appeared::default(), citation.year)),
        "techreport" | "report" => return Some((Kind::Report, Appeared::default(), citation.year)),
        _ => return None,
    };
    let venue = citation.venue.as_deref()?;
    Some((kind, Appeared::within(venue), citation.year))
}

fn doi_of(record: &Record) -> Option<String> {
    let linked = || {
        let links = record.links.iter().filter_map(|link| url::Url::parse(&link.url).ok());
        let mut resolved = links.filter(|url| matches!(url.host_str(), Some("doi.org" | "dx.doi.org")));
        resolved.find_map(|url| {
            let path = percent_encoding::percent_decode_str(url.path()).decode_utf8_lossy();
            doi::first(&path).map(str::to_owned)
        })
    };
    let told = record.doi.as_deref().and_then(doi::first).map(str::to_owned);
    // The DOI among the links of a paper on arXiv may be anybody's.
    let doi = told.or_else(|| if record.arxiv_id.is_none() { linked() } else { None })?;
    (!doi.to_ascii_lowercase().starts_with(ARXIV_DOI)).then_some(doi)
}

fn is_page(url: &str) -> bool {
    url::Url::parse(url).is_ok_and(|url| matches!(url.scheme(), "http" | "https"))
}

impl Appeared {
    fn within(container: &str) -> Self {
        Self { container: Some(container.to_owned()), ..Self::default() }
    }
}
