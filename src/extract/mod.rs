//! Reading lists: text to entries and findings. Pure, linear in the text, and without a way to fail.
//!
//! ```text
//! forms        text of one form     -> blocks over one text with its marks           markdown, html, plain_text, rst, org, data, bibtex
//! units        blocks               -> the tree of headings, items, rows, paragraphs
//! features     a stretch of text    -> identifiers, names of links, people, venues, candidates for a title
//! conventions  all units            -> names of links, labelling fields and columns, where titles stand
//! reading      units + conventions  -> entries                                       plan, compose, accounts
//! places       offsets              -> lines and columns
//! ```
//!
//! Words that lists use are data, in features/words.txt and features/venues.txt. What an arXiv identifier is, only the model knows.

mod conventions;
pub mod explain;
mod features;
mod findings;
mod forms;
mod known;
mod options;
mod places;
mod reading;
mod units;

#[cfg(test)]
mod tests;

use crate::model::{Account, Entry, Extracted, VersionedId, own_place};

use self::explain::Explanation;
use self::features::venue;
use self::findings::Notes;
use self::forms::data::{self, Data};
use self::forms::{bibtex, front_matter, html, markdown, nesting, org, plain_text, rst};
use self::reading::reasons::{How, Why};
use self::reading::told::Told;
use self::reading::{Placed, tags};

pub use self::features::venue::venue;
pub use self::known::Known;
pub use self::options::{Hashtags, Options, TagFrom, TaskState, TitleFrom};

/// The forms that lists come in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Markdown,
    Html,
    Text,
    Rst,
    Org,
    Data(Data),
    Bibtex,
}

impl Form {
    /// The form that a file's ending tells.
    fn of(path: &str) -> Self {
        let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase();
        match ending.as_str() {
            "html" | "htm" => Self::Html,
            "txt" => Self::Text,
            "rst" | "rest" => Self::Rst,
            "org" => Self::Org,
            "yml" | "yaml" | "json" => Self::Data(Data::Tree),
            "jsonl" | "ndjson" => Self::Data(Data::Lines),
            "csv" => Self::Data(Data::Commas),
            "tsv" => Self::Data(Data::Tabs),
            "bib" => Self::Bibtex,
            _ => Self::Markdown,
        }
    }
}

/// What a list is read with.
#[derive(Clone, Copy)]
struct Given<'g> {
    options: &'g Options,
    known: &'g Known,
}

/// Reads a list. `path` names it in places, and its ending tells its form.
pub fn list(path: &str, text: &str, options: &Options) -> Extracted {
    list_knowing(path, text, options, &Known::default())
}

/// Reads a list as [`list`] does, taught by what its papers are called, as far as that is known.
pub fn list_knowing(path: &str, text: &str, options: &Options, known: &Known) -> Extracted {
    read(path, text, Given { options, known }, Notes::default()).0
}

/// Explains how a list is read; what is given is what [`list_knowing`] is given.
pub fn explained(path: &str, text: &str, options: &Options, known: &Known) -> (Extracted, Explanation) {
    let notes = Notes { told: Some(Told::default()), ..Notes::default() };
    let (extracted, explanation) = read(path, text, Given { options, known }, notes);
    (extracted, explanation.unwrap_or_default())
}

fn read(path: &str, text: &str, given: Given<'_>, mut notes: Notes) -> (Extracted, Option<Explanation>) {
    // What an earlier run has written into the list is none of its entries.
    let text = &*own_place::blanked(text);
    let entries = match Form::of(path) {
        Form::Markdown => page(&nesting::bounded(text), given, &mut notes),
        Form::Html => reading::entries(html::read(text), given, &mut notes),
        // Notes for programs and much else that is called text is Markdown.
        Form::Text if text.contains("](http") => page(&nesting::bounded(text), given, &mut notes),
        Form::Text => reading::entries(plain_text::read(text), given, &mut notes),
        Form::Rst => reading::entries(rst::read(text), given, &mut notes),
        Form::Org => reading::entries(org::read(text), given, &mut notes),
        Form::Data(data) => reading::entries(data::read(text, data), given, &mut notes),
        Form::Bibtex => bibliography(text, &mut notes),
    };
    extracted(path, text, entries, notes, given.options)
}

/// A page that presents one paper in its front matter is one entry; what its text cites is related to it.
fn page(text: &str, given: Given<'_>, notes: &mut Notes) -> Vec<Placed> {
    let matter = front_matter::read(text, notes);
    let start = matter.as_ref().map_or(0, |matter| matter.end);
    let entries = reading::entries(markdown::read(text, start), given, notes);
    let Some(mut paper) = matter.and_then(|matter| matter.paper) else { return entries };
    let named =
        entries.into_iter().flat_map(|Placed { draft, .. }| draft.id.map(|id| id.id).into_iter().chain(draft.related));
    for id in named {
        if paper.id.as_ref().is_none_or(|own| own.id != id) && !paper.related.contains(&id) {
            paper.related.push(id);
        }
    }
    paper.why = Why { how: How::FrontMatter, ..Why::default() };
    notes.account = Account::default();
    notes.account.add(paper.id.as_ref(), &paper.related);
    vec![Placed { draft: paper, sections: Vec::new() }]
}

fn bibliography(text: &str, notes: &mut Notes) -> Vec<Placed> {
    let references = bibtex::read(text, 0, notes);
    let drafts: Vec<_> = references.into_iter().map(reading::from_reference).collect();
    drafts.iter().for_each(|draft| notes.account.add(draft.id.as_ref(), &draft.related));
    drafts.into_iter().map(|draft| Placed { draft, sections: Vec::new() }).collect()
}

/// Gives every entry and finding its line, and the tags the spelling that the settings want. Sections to skip are left out.
fn extracted(
    path: &str,
    text: &str,
    mut entries: Vec<Placed>,
    mut notes: Notes,
    options: &Options,
) -> (Extracted, Option<Explanation>) {
    let mut told = notes.told.take();
    entries.retain_mut(|Placed { draft, sections }| {
        let is_skipped = options.skips(sections);
        if is_skipped {
            notes.account.skipped += usize::from(draft.id.is_some()) + draft.related.len();
        }
        match &mut told {
            Some(told) if is_skipped => told.skip(draft),
            Some(told) => told.keep(draft),
            None => {}
        }
        !is_skipped
    });
    let repairs: Vec<_> = notes.notes.iter().map(|note| note.repair_at(text)).collect();
    let offsets = entries.iter().map(|entry| entry.draft.at).chain(notes.notes.iter().map(|note| note.at));
    let offsets = offsets.chain(repairs.iter().flatten().copied());
    let mut places = places::resolve(path, text, &offsets.collect::<Vec<_>>()).into_iter();
    let mut extracted = Extracted { account: notes.account, ..Extracted::default() };
    for (Placed { draft, sections }, place) in entries.into_iter().zip(&mut places) {
        let tags = tags::settle(draft.tags, options);
        extracted.entries.push(Entry {
            place,
            id: draft.id,
            title: draft.title.filter(|title| !title.is_empty() && title.parse::<VersionedId>().is_err()),
            venue: tags.iter().find_map(|tag| venue::venue(tag)),
            tags,
            sections,
            related: draft.related,
            rival: draft.rival,
            links: draft.links,
            citation: draft.citation,
        });
    }
    let noted: Vec<_> = places.by_ref().take(notes.notes.len()).collect();
    for ((note, place), repair) in notes.notes.into_iter().zip(noted).zip(repairs) {
        let repair_at = repair.and_then(|_| places.next());
        extracted.findings.push(note.into_finding(place, repair_at));
    }
    extracted.findings.sort();
    extracted.findings.dedup();
    (extracted, told.map(|told| told.placed(path, text)))
}
