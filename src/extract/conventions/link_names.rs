//! Short texts that link to a different place each time are names of links: `[code]`, `[kamori]`. What leads to few places is the
//! title of something; a single word in lower case is hardly one, so that two places are enough for it.

use std::collections::HashMap;
use std::hash::BuildHasher;

use foldhash::fast::FixedState;

use crate::extract::features::plain;
use crate::extract::units::passage::Passage;

/// A name has as many words at most, and as many bytes.
const MOST_WORDS: usize = 3;
const LONGEST: usize = 40;
/// A name leads to as many addresses at least.
const FEWEST_ADDRESSES: usize = 3;

/// Marks the links whose text is a name.
pub(super) fn mark(passage: &mut Passage<'_>) {
    let hasher = FixedState::default();
    let mut addresses: HashMap<u64, [u64; FEWEST_ADDRESSES], FixedState> = HashMap::with_hasher(hasher.clone());
    let texts: Vec<Option<u64>> = (0..passage.links.len()).map(|link| short_text(passage, link, &hasher)).collect();
    for (link, text) in passage.links.iter().zip(&texts) {
        let Some(text) = text else { continue };
        // Zero stands for none yet.
        let address = hasher.hash_one(&*link.url).max(1);
        let seen = addresses.entry(*text).or_default();
        if let Some(free) = seen.iter_mut().find(|seen| **seen == address || **seen == 0) {
            *free = address;
        }
    }
    let names: HashMap<u64, bool, FixedState> =
        addresses.into_iter().filter(|(_, seen)| seen[1] != 0).map(|(name, seen)| (name, seen[2] != 0)).collect();
    let is_word = |text: &str| {
        let text = plain::trim(text);
        text.starts_with(char::is_lowercase) && text.chars().all(char::is_alphanumeric)
    };
    for (link, text) in passage.links.iter_mut().zip(texts) {
        let text = text.and_then(|text| names.get(&text));
        link.is_name = text.is_some_and(|has_many| *has_many || is_word(&passage.text[link.range.clone()]));
    }
}

/// What stands for the text of a link where that is short, digits and case aside.
fn short_text(passage: &Passage<'_>, link: usize, hasher: &FixedState) -> Option<u64> {
    let text = passage.text.get(passage.links[link].range.clone()).filter(|text| text.len() <= 2 * LONGEST)?;
    let name = plain::trim(text);
    let is_short = !name.is_empty() && name.len() <= LONGEST && plain::word_count(name) <= MOST_WORDS;
    // "pdf2" and "arxiv, 16.05" are "pdf" and "arxiv".
    let name = name.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | ' ' | '\'' | '-'));
    (is_short && !name.is_empty()).then(|| plain::with_lower(name, |name| hasher.hash_one(name)))
}
