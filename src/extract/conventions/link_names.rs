//! The names of links. A short text that recurs, with another address each time, says where a link leads and names no paper: "code",
//! "論文", "kamori".

use std::collections::{HashMap, HashSet};
use std::hash::BuildHasher;

use foldhash::fast::FixedState;

use crate::extract::document::{Document, RunKind};
use crate::extract::plain;

/// A name has as many words at most, and as many bytes.
const MOST_WORDS: usize = 3;
const LONGEST: usize = 40;
/// A name leads to as many addresses at least.
const FEWEST_ADDRESSES: usize = 3;

/// Marks the links whose text is a name.
pub(super) fn mark(documents: &mut [Document<'_>]) {
    let hasher = FixedState::default();
    let mut addresses: HashMap<String, Vec<u64>, FixedState> = HashMap::with_hasher(hasher.clone());
    for document in documents.iter() {
        for (link, text) in short_texts(document) {
            let address = hasher.hash_one(&*document.links[link].url);
            let seen = addresses.entry(text).or_default();
            if seen.len() < FEWEST_ADDRESSES && !seen.contains(&address) {
                seen.push(address);
            }
        }
    }
    let names: HashSet<String, FixedState> =
        addresses.into_iter().filter(|(_, seen)| seen.len() >= FEWEST_ADDRESSES).map(|(name, _)| name).collect();
    if names.is_empty() {
        return;
    }
    for document in documents {
        let named: Vec<usize> =
            short_texts(document).filter(|(_, text)| names.contains(text)).map(|(link, _)| link).collect();
        named.into_iter().for_each(|link| document.links[link].is_name = true);
    }
}

/// The links of a document whose text is short, each with its text in lower case.
fn short_texts(document: &Document<'_>) -> impl Iterator<Item = (usize, String)> {
    let mut runs = document.runs.iter().peekable();
    std::iter::from_fn(move || {
        loop {
            let run = runs.next()?;
            let Some(link) = run.link else { continue };
            let mut text = run.text.to_string();
            while let Some(more) = runs.next_if(|next| next.link == Some(link)) {
                if more.kind == RunKind::SoftBreak {
                    text.push(' ');
                }
                if text.len() <= LONGEST {
                    text.push_str(&more.text);
                }
            }
            let name = plain::trim(&text);
            if !name.is_empty() && name.len() <= LONGEST && plain::word_count(name) <= MOST_WORDS {
                return Some((link as usize, name.to_lowercase()));
            }
        }
    })
}
