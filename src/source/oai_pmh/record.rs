//! OAI-PMH bytes to a paper, in arXiv's own metadata format, the prefix `arXiv` (<http://arxiv.org/OAI/arXiv.xsd>).
//!
//! The answer is read as a stream of events, by local name and the names around it, so that any prefix will do. Whether it
//! is the paper that was asked for is judged in `oai_pmh`.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};

use crate::model::{ArxivId, Author, Category, Paper, Source, doi, names};
use crate::source::text::{name, normalise};

/// What precedes arXiv's identifier in an OAI identifier.
const PREFIX: &str = "oai:arXiv.org:";

/// The elements of a record are nested less deep. Each event looks at the names around it, so that more would take its time.
const DEEPEST: usize = 32;

/// What an answer holds.
#[derive(Debug, PartialEq, Eq)]
pub enum Reading {
    /// A record.
    Paper(Box<Paper>),
    /// The record of a paper that was taken away (OAI-PMH 2.0, section 2.5.1).
    Deleted(ArxivId),
    /// An error in the protocol's own terms (section 3.6).
    Error {
        /// Such as `idDoesNotExist`.
        code: String,
        /// The service's words for it.
        says: String,
    },
    /// No whole answer; why not.
    Broken(String),
}

/// Reads an answer. One that breaks off is broken, however much of it came: a title may have been cut.
pub fn read(xml: &str) -> Reading {
    let mut reader = Reader::from_str(xml);
    let mut draft = Draft::default();
    let mut path: Vec<String> = Vec::new();
    let mut text = String::new();
    let broken = loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) => {
                text.clear();
                path.push(tag.local_name().as_ref().to_owned());
                if path.len() > DEEPEST {
                    break "its elements are nested without end".to_owned();
                }
                if path[0] != "OAI-PMH" {
                    break format!("it is no OAI-PMH but <{}>", path[0]);
                }
                draft.open(&names(&path), &tag);
            }
            Ok(Event::Empty(tag)) => {
                path.push(tag.local_name().as_ref().to_owned());
                draft.open(&names(&path), &tag);
                draft.close(&names(&path), "");
                path.pop();
            }
            Ok(Event::Text(piece)) => text.push_str(&piece.into_inner()),
            Ok(Event::CData(piece)) => text.push_str(&piece.into_inner()),
            Ok(Event::GeneralRef(reference)) => {
                match (reference.resolve_char_ref(), resolve_predefined_entity(&reference)) {
                    (Ok(Some(character)), _) => text.push(character),
                    (_, Some(character)) => text.push_str(character),
                    (_, None) => text.extend(["&", &reference, ";"]),
                }
            }
            Ok(Event::End(_)) => {
                draft.close(&names(&path), &normalise(&text));
                text.clear();
                path.pop();
                if path.is_empty() {
                    return draft.finish();
                }
            }
            Ok(Event::Eof) if path.is_empty() => break "it is no OAI-PMH".to_owned(),
            Ok(Event::Eof) => break "it ends before it is closed".to_owned(),
            Ok(_) => {}
            Err(error) => break format!("it is no well-formed XML: {error}"),
        }
    };
    Reading::Broken(broken)
}

fn names(path: &[String]) -> Vec<&str> {
    path.iter().map(String::as_str).collect()
}

/// Which service wrote the answer. The two mean different things by the same dates.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Form {
    /// Since March 2025 `created` is when the latest version was submitted, and `updated` when its metadata was last touched,
    /// for whatever reason. Nothing says when version 1 was submitted. (arXiv's own code, <https://github.com/arXiv/oaipmh>,
    /// fills both from the row of the current version.)
    #[default]
    Today,
    /// Before, `created` was when version 1 was submitted and `updated`, if there was another, when the latest was.
    Before2025,
}

/// An answer while it is being read.
#[derive(Default)]
struct Draft {
    form: Form,
    error: Option<(String, String)>,
    /// How many there are; GetRecord answers with one.
    records: usize,
    is_deleted: bool,
    header: Option<String>,
    id: Option<String>,
    title: Option<String>,
    authors: Vec<Author>,
    author: Parts,
    summary: Option<String>,
    categories: Vec<Category>,
    created: Option<Timestamp>,
    updated: Option<Timestamp>,
    comment: Option<String>,
    journal_ref: Option<String>,
    doi: Option<String>,
}

/// The parts of a name, in the order in which they make it up.
#[derive(Default)]
struct Parts {
    forenames: Option<String>,
    keyname: Option<String>,
    suffix: Option<String>,
}

impl Draft {
    /// Reads the elements that say something in attributes.
    fn open(&mut self, path: &[&str], tag: &BytesStart<'_>) {
        let attribute = |name: &str| {
            let mut all = tag.attributes();
            all.with_checks(false).flatten().find(|one| one.key.as_ref() == name).map(|one| one.value.into_owned())
        };
        match path {
            ["OAI-PMH", "error"] => self.error = Some((attribute("code").unwrap_or_default(), String::new())),
            ["OAI-PMH", _, "record"] => self.records += 1,
            ["OAI-PMH", _, "record", "header"] => {
                self.is_deleted = attribute("status").is_some_and(|it| it == "deleted");
            }
            _ => {}
        }
    }

    /// Keeps the text of an element. Where one repeats, the first counts.
    fn close(&mut self, path: &[&str], text: &str) {
        let slot = match path {
            ["OAI-PMH", "request"] if text.ends_with("/oai2") => return self.form = Form::Before2025,
            ["OAI-PMH", "error"] => return self.error.iter_mut().for_each(|(_, says)| text.clone_into(says)),
            ["OAI-PMH", _, "record", "header", "identifier"] => &mut self.header,
            [.., "metadata", "arXiv", field] => match *field {
                "id" => &mut self.id,
                "title" => &mut self.title,
                "abstract" => &mut self.summary,
                "comments" => &mut self.comment,
                "journal-ref" => &mut self.journal_ref,
                "doi" => &mut self.doi,
                "created" => return self.created = self.created.or_else(|| midnight(text)),
                "updated" => return self.updated = self.updated.or_else(|| midnight(text)),
                "categories" => return self.categorise(text),
                _ => return,
            },
            [.., "arXiv", "authors", "author"] => {
                return self.authors.extend(std::mem::take(&mut self.author).authors());
            }
            [.., "arXiv", "authors", "author", part] => match *part {
                "forenames" => &mut self.author.forenames,
                "keyname" => &mut self.author.keyname,
                "suffix" => &mut self.author.suffix,
                _ => return,
            },
            _ => return,
        };
        if !text.is_empty() {
            slot.get_or_insert_with(|| text.to_owned());
        }
    }

    fn categorise(&mut self, text: &str) {
        // Names that the taxonomy gave up long ago do not parse, and are no loss.
        for category in text.split(' ').filter_map(|name| name.parse::<Category>().ok()) {
            if !self.categories.contains(&category) {
                self.categories.push(category);
            }
        }
    }

    fn finish(self) -> Reading {
        if let Some((code, says)) = self.error {
            return Reading::Error { code, says };
        }
        let broken = |why: &str| Reading::Broken(why.to_owned());
        if self.records > 1 {
            return broken("it holds several records");
        }
        let header = self.header.as_deref().map(|header| header.strip_prefix(PREFIX).and_then(|id| id.parse().ok()));
        let header: Option<ArxivId> = match header {
            Some(None) => return broken("its record is not one of arXiv's"),
            Some(header) => header,
            None => None,
        };
        if self.is_deleted {
            return header.map_or_else(|| broken("it does not say what was deleted"), Reading::Deleted);
        }
        let (Some(id), Some(title)) = (self.id.and_then(|id| id.parse::<ArxivId>().ok()), self.title) else {
            return broken("it holds no record");
        };
        if header.is_some_and(|header| header != id) {
            return broken("it names two papers");
        }
        let (published, updated) = dates(self.form, &id, self.created, self.updated);
        Reading::Paper(Box::new(Paper {
            id,
            version: None,
            title,
            authors: self.authors,
            summary: self.summary,
            primary_category: self.categories.first().cloned(),
            categories: self.categories,
            published,
            updated,
            comment: self.comment,
            journal_ref: self.journal_ref,
            doi: self.doi.as_deref().and_then(doi::of_field),
            source: Source::OaiPmh,
        }))
    }
}

impl Parts {
    /// The authors as arXiv's API spells them: one, but for what people write into one author's field. Of the texts in a
    /// record, names alone have their TeX resolved there.
    fn authors(self) -> Vec<Author> {
        let [forenames, keyname, suffix] =
            [self.forenames, self.keyname, self.suffix].map(|part| name(&part.unwrap_or_default()));
        let full = [forenames.as_str(), &keyname, &suffix].join(" ");
        names::authors_in_parts(&full, &keyname, &forenames, Some(&suffix))
    }
}

/// When version 1 was submitted, and when the version described was.
///
/// Today's service tells the latter alone. It is taken for the former too where it lies no later than the month that the
/// identifier names: no version is older than the first, so that it is off by a few days at most, and only where a paper was
/// replaced within its first month.
fn dates(
    form: Form,
    id: &ArxivId,
    created: Option<Timestamp>,
    updated: Option<Timestamp>,
) -> (Option<Timestamp>, Option<Timestamp>) {
    match form {
        Form::Before2025 => (created, updated.or(created)),
        Form::Today => (created.filter(|created| month_of(*created) <= month_in(id)), created),
    }
}

fn month_of(time: Timestamp) -> (i16, i8) {
    let date = time.to_zoned(TimeZone::UTC).date();
    (date.year(), date.month())
}

/// The year and month that an identifier names: 2403.07648, hep-th/9901001.
fn month_in(id: &ArxivId) -> (i16, i8) {
    let number = id.as_str().rsplit('/').next().unwrap_or_default();
    let pair = |from: usize| number.get(from..from + 2).and_then(|pair| pair.parse::<i8>().ok()).unwrap_or_default();
    let year = i16::from(pair(0));
    // arXiv began in 1991.
    (if id.as_str().contains('/') && year >= 91 { 1900 + year } else { 2000 + year }, pair(2))
}

/// A date without a time is the start of that day, UTC.
fn midnight(text: &str) -> Option<Timestamp> {
    let date = text.parse::<Date>().ok()?;
    Some(date.to_zoned(TimeZone::UTC).ok()?.timestamp())
}

#[cfg(test)]
mod tests;
