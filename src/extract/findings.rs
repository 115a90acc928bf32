//! Collects what is worth telling while a list is read. Places are offsets until the end: `places` turns them into lines.

use memchr::memmem;

use crate::model::{Account, ArxivId, Code, Finding, Malformed, Place, Repair, VersionedId, sightings};

use super::features::links;
use super::reading::draft::Draft;
use super::reading::reasons::Passed;
use super::reading::told::Told;

/// As far as this from the start of a link its address begins.
const LONGEST_LABEL: usize = 2_000;

/// What was noticed, each with its offset in the list.
#[derive(Debug, Default)]
pub(super) struct Notes {
    pub(super) notes: Vec<Note>,
    pub(super) account: Account,
    /// Why all is read as it is, where somebody asks.
    pub(super) told: Option<Told>,
}

/// One thing worth telling.
#[derive(Debug)]
pub(super) struct Note {
    pub(super) at: usize,
    pub(super) code: Code,
    pub(super) message: String,
    pub(super) help: Option<String>,
    pub(super) arxiv_id: Option<ArxivId>,
    /// An address that the note is about, and the one that is meant.
    pub(super) repair: Option<(String, String)>,
}

impl Note {
    /// Where the address begins that is to be repaired, in a link that starts at the note's place. Where the list writes the
    /// address in another way than it is read, or far from the link, it is nowhere.
    pub(super) fn repair_at(&self, text: &str) -> Option<usize> {
        let (old, _) = self.repair.as_ref()?;
        let at = text.floor_char_boundary(self.at.min(text.len()));
        let end = text.floor_char_boundary(text.len().min(at + LONGEST_LABEL + old.len()));
        Some(at + memmem::find(&text.as_bytes()[at..end], old.as_bytes())?)
    }

    /// The finding at its place in a list; where there is a place for its repair, that is the finding's place too.
    pub(super) fn into_finding(self, place: Place, repair_at: Option<Place>) -> Finding {
        let place = repair_at.clone().unwrap_or(place);
        let repair = self.repair.zip(repair_at).map(|((old, new), place)| Repair { place, old, new });
        Finding {
            help: self.help,
            arxiv_id: self.arxiv_id,
            repairs: repair.into_iter().collect(),
            ..Finding::new(self.code, place, self.message)
        }
    }
}

impl Notes {
    /// Remembers that a place was passed over, where somebody asks.
    pub(super) fn pass(&mut self, draft: &Draft, passed: Passed) {
        if let Some(told) = &mut self.told {
            told.pass(draft, passed);
        }
    }

    /// Tells something that is about no single paper.
    pub(super) fn say(&mut self, code: Code, at: usize, message: String, help: Option<String>) {
        self.notes.push(Note { at, code, message, help, arxiv_id: None, repair: None });
    }

    /// Tells that something stands where an identifier should.
    pub(super) fn malformed(&mut self, at: usize, text: &str, why: &Malformed) {
        let help = "look the paper up on arxiv.org and correct the number".to_owned();
        self.say(Code::MalformedId, at, format!("`{text}` is no arXiv identifier: {why}"), Some(help));
    }

    /// Tells that an address had to be repaired. One that names several papers is left for its keeper to take apart.
    pub(super) fn dirty(&mut self, at: usize, url: &str, id: &VersionedId) {
        let clean = if links::leads_to_pdf(url) { id.id.pdf_url(id.version) } else { id.id.abs_url(id.version) };
        let mut others = sightings(url);
        others.retain(|other| !sightings(&clean).contains(other));
        let others: Vec<_> = others.iter().map(String::as_str).collect();
        let mut shown: String = url.chars().take(80).collect();
        if shown.len() < url.len() {
            shown.push('…');
        }
        let (message, help) = match others.as_slice() {
            [] => (format!("`{shown}` was read as {id}"), format!("write {clean}")),
            others => (
                format!("`{shown}` was read as {id}, and {} in it was passed over", others.join(", ")),
                "write a link for each paper".to_owned(),
            ),
        };
        self.notes.push(Note {
            at,
            code: Code::DirtyLink,
            message,
            help: Some(help),
            arxiv_id: Some(id.id.clone()),
            repair: (links::is_arxivs(url) && others.is_empty()).then(|| (url.to_owned(), clean)),
        });
    }

    /// Tells that link and BibTeX of one entry name different papers.
    pub(super) fn conflict(&mut self, at: usize, own: &ArxivId, cited: &ArxivId) {
        self.notes.push(Note {
            at,
            code: Code::ConflictingIds,
            message: format!("the link leads to {own}, the BibTeX names {cited}"),
            help: Some("one of them belongs to another paper; correct it".to_owned()),
            arxiv_id: Some(own.clone()),
            repair: None,
        });
    }
}
