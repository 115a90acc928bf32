//! Collects what is worth telling while a list is read. Places are offsets until the end: `places` turns them into lines.

use crate::model::{ArxivId, Code, Malformed};

/// What was noticed, each with its offset in the list.
#[derive(Debug, Default)]
pub(super) struct Notes {
    pub(super) notes: Vec<Note>,
}

/// One thing worth telling.
#[derive(Debug)]
pub(super) struct Note {
    pub(super) at: usize,
    pub(super) code: Code,
    pub(super) message: String,
    pub(super) help: Option<String>,
    pub(super) arxiv_id: Option<ArxivId>,
}

impl Notes {
    /// Tells something that is about no single paper.
    pub(super) fn say(&mut self, code: Code, at: usize, message: String, help: Option<String>) {
        self.notes.push(Note { at, code, message, help, arxiv_id: None });
    }

    /// Tells that something stands where an identifier should.
    pub(super) fn malformed(&mut self, at: usize, text: &str, why: &Malformed) {
        let help = "look the paper up on arxiv.org and correct the number".to_owned();
        self.say(Code::MalformedId, at, format!("`{text}` is no arXiv identifier: {why}"), Some(help));
    }

    /// Tells that an address had to be repaired.
    pub(super) fn dirty(&mut self, at: usize, url: &str, id: &ArxivId) {
        let mut shown: String = url.chars().take(80).collect();
        if shown.len() < url.len() {
            shown.push('…');
        }
        self.notes.push(Note {
            at,
            code: Code::DirtyLink,
            message: format!("`{shown}` was read as {id}"),
            help: Some(format!("write {}", id.abs_url(None))),
            arxiv_id: Some(id.clone()),
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
        });
    }
}
