//! Reading lists: text to entries and findings. Pure, linear in the text, and without a way to fail.
//!
//! ```text
//! form        text                 -> blocks of runs, section by section    markdown, html, plain_text, front_matter, forms
//! relay       sections             -> collected, learned from, read
//! conventions all sections         -> what the list's own repetition says    names of links, fields and columns that label
//! entries     blocks of a section  -> the blocks of one entry               entries, tables, outline
//! passage     blocks of one entry  -> its text with styles and links        passage, labels
//! reading     passage              -> title, identifiers, tags, links       reading, title, own_id, tags, bibtex
//! places      offsets              -> lines and columns                     places
//! ```
//!
//! Words that lists use are data in `words` and venues.txt. What an arXiv identifier is, only the model knows.

mod accounts;
mod badges;
mod bibtex;
mod conventions;
mod document;
mod entries;
mod findings;
mod forms;
mod front_matter;
mod html;
mod labels;
mod links;
mod markdown;
mod names;
mod nesting;
mod options;
mod outline;
mod own_id;
mod passage;
mod places;
mod plain;
mod plain_text;
mod reading;
mod relay;
mod tables;
mod tags;
mod title;
mod venue;
mod words;

#[cfg(test)]
mod tests;

use crate::model::{Account, Entry, Extracted, VersionedId, own_place};

use self::entries::Placed;
use self::findings::Notes;
use self::forms::data::Data;

pub use self::options::{Hashtags, Options, TaskState};
pub use self::venue::venue;

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

/// Reads a list. `path` names it in places, and its ending tells its form.
pub fn list(path: &str, text: &str, options: &Options) -> Extracted {
    let mut notes = Notes::default();
    // What an earlier run has written into the list is none of its entries.
    let text = &*own_place::blanked(text);
    let entries = match Form::of(path) {
        Form::Markdown => markdown(&nesting::bounded(text), options, &mut notes),
        Form::Html => relay::entries(options, &mut notes, |relay| html::read(text, relay)),
        // Notes for programs and much else that is called text is Markdown.
        Form::Text if text.contains("](http") => markdown(&nesting::bounded(text), options, &mut notes),
        Form::Text => relay::entries(options, &mut notes, |relay| plain_text::read(text, relay)),
        Form::Rst => relay::entries(options, &mut notes, |relay| forms::rst::read(text, relay)),
        Form::Org => relay::entries(options, &mut notes, |relay| forms::org::read(text, relay)),
        Form::Data(data) => relay::entries(options, &mut notes, |relay| forms::data::read(text, data, relay)),
        Form::Bibtex => bibliography(text, &mut notes),
    };
    extracted(path, text, entries, notes, options)
}

/// A page that presents one paper in its front matter is one entry; what its text cites is related to it.
fn markdown(text: &str, options: &Options, notes: &mut Notes) -> Vec<Placed> {
    let matter = front_matter::read(text, notes);
    let start = matter.as_ref().map_or(0, |matter| matter.end);
    let entries = relay::entries(options, notes, |relay| markdown::read(text, start, relay));
    let Some(mut paper) = matter.and_then(|matter| matter.paper) else { return entries };
    let named =
        entries.into_iter().flat_map(|Placed { draft, .. }| draft.id.map(|id| id.id).into_iter().chain(draft.related));
    for id in named {
        if paper.id.as_ref().is_none_or(|own| own.id != id) && !paper.related.contains(&id) {
            paper.related.push(id);
        }
    }
    notes.account = Account::default();
    notes.account.add(paper.id.as_ref(), &paper.related);
    vec![Placed { draft: paper, sections: Vec::new() }]
}

fn bibliography(text: &str, notes: &mut Notes) -> Vec<Placed> {
    let references = bibtex::read(text, 0, notes);
    let drafts: Vec<_> = references.into_iter().map(entries::from_reference).collect();
    drafts.iter().for_each(|draft| notes.account.add(draft.id.as_ref(), &draft.related));
    drafts.into_iter().map(|draft| Placed { draft, sections: Vec::new() }).collect()
}

/// Gives every entry and finding its line, and the tags the spelling that the settings want.
fn extracted(path: &str, text: &str, entries: Vec<Placed>, notes: Notes, options: &Options) -> Extracted {
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
    extracted
}
