//! What disagrees between the lists and arXiv, for `enrich check`. Pure: what the lists say and what is known go in, findings
//! come out. What is noticed in reading a list, or in making its records, is told there.
//!
//! Each subject is a module with the rules about it: `title`, `citation`, `publication`, `standing`, `repeated`, `links`. Then
//! `ignore` leaves out what the list's keeper does not want to hear of, and `repair` sets right what is certain.

mod citation;
pub mod ignore;
mod links;
mod place;
mod publication;
pub mod repair;
mod repeated;
mod standing;
mod title;

use std::collections::HashMap;

use crate::model::{ArxivId, Code, Entry, Finding, Paper};

use self::place::Lines;

pub use self::title::agrees as titles_agree;

/// A list with what was read from it.
#[derive(Clone, Copy, Debug)]
pub struct Listing<'a> {
    /// What it is called in places.
    pub path: &'a str,
    /// Its text.
    pub text: &'a str,
    /// Its entries, in its order.
    pub entries: &'a [Entry],
}

/// What is known of an e-print.
#[derive(Clone, Debug)]
pub struct Known {
    /// Its latest version.
    pub latest: Paper,
    /// Earlier ones, as far as they are known.
    pub earlier: Vec<Paper>,
}

/// Finds what the lists say otherwise than arXiv, and what they could say better.
pub fn findings(lists: &[Listing<'_>], known: &HashMap<ArxivId, Known>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for list in lists {
        let lines = Lines::of(list.text);
        findings.extend(links::insecure(list, &lines));
        for (entry, extent) in place::extents(list.entries) {
            let Some(id) = &entry.id else {
                findings.push(without_id(entry));
                continue;
            };
            let Some(known) = known.get(&id.id) else { continue };
            findings.extend(title::mismatch(entry, known));
            findings.extend(standing::withdrawn(entry, &known.latest));
            findings.extend(standing::newer_version(entry, &known.latest, lines.within(&extent)));
            findings.extend(citation::mismatch(entry, &known.latest));
        }
    }
    let entries = || lists.iter().flat_map(|list| list.entries);
    findings.extend(publication::unnamed(entries(), known));
    findings.extend(repeated::papers(entries()));
    findings
}

fn without_id(entry: &Entry) -> Finding {
    let name = entry.title.as_deref().map_or_else(|| "this entry".to_owned(), |title| format!("\"{title}\""));
    Finding {
        help: Some("link its page on arXiv, if it has one".to_owned()),
        ..Finding::new(Code::NoArxivId, entry.place.clone(), format!("{name} names no e-print"))
    }
}

#[cfg(test)]
mod tests;
