//! The list's title against arXiv's. Lists shorten titles, put names before them and remarks after; only what cannot be the same
//! title is a mismatch.

use super::Known;
use crate::model::{Code, Entry, Finding, Paper, Version};
use crate::tex;

/// Titles at least so similar, by letters, are the same with a slip or a changed word.
const SIMILAR: f64 = 0.75;

/// Titles that share so many of the words that matter are the same, set in another way.
const SHARED: f64 = 0.7;

/// A piece of a title that has fewer letters than this tells no paper from another.
const SHORTEST: usize = 12;

/// What two titles share even where they have nothing to do with each other.
const COMMON: [&str; 26] = [
    "a", "an", "and", "are", "as", "at", "by", "can", "do", "for", "from", "how", "in", "is", "it", "of", "on", "or",
    "the", "to", "towards", "using", "via", "we", "what", "with",
];

/// The list's title is not arXiv's.
pub(super) fn mismatch(entry: &Entry, known: &Known) -> Option<Finding> {
    let listed = entry.title.as_deref()?;
    let latest = &known.latest;
    if agrees(listed, &latest.title) {
        return None;
    }
    let bore_it = known.earlier.iter().filter(|paper| agrees(listed, &paper.title)).max_by_key(|paper| paper.version);
    let pinned = entry.id.as_ref().and_then(|id| id.version);
    // A list that pins a version and calls it by that version's title says what is so.
    if bore_it.is_some_and(|paper| pinned.is_some() && paper.version == pinned) {
        return None;
    }
    let help = match bore_it {
        Some(paper) => renamed(paper, latest),
        None => "check that the link leads to the paper that is meant; if it does, correct the title".to_owned(),
    };
    let message = format!("the list calls {} \"{listed}\", and arXiv \"{}\"", latest.id, tex::readable(&latest.title));
    Some(Finding {
        help: Some(help),
        arxiv_id: Some(latest.id.clone()),
        ..Finding::new(Code::TitleMismatch, entry.place.clone(), message)
    })
}

fn renamed(earlier: &Paper, latest: &Paper) -> String {
    let name =
        |version: Option<Version>| version.map_or_else(|| "an earlier version".to_owned(), |v| format!("version {v}"));
    let latest = latest.version.map_or_else(String::new, |version| format!(" since, version {version} at the latest"));
    format!("{} bore the list's title; the paper has been renamed{latest}", name(earlier.version))
}

/// Whether a list's title can be that of a paper, beyond case, punctuation, accents and TeX: as it is, shortened, with something
/// before or after it, with a slip.
pub fn agrees(listed: &str, told: &str) -> bool {
    if !is_a_title(listed) || is_cyrillic_or_cjk(listed) != is_cyrillic_or_cjk(told) {
        return true;
    }
    let readings = |text: &str| [tex::folded(text), tex::folded(&tex::readable(text))];
    let (listed_letters, told_letters) = (readings(listed), readings(told));
    let pairs = || listed_letters.iter().flat_map(|one| told_letters.iter().map(move |other| (one, other)));
    pairs().any(|(one, other)| holds(one, other) || holds(other, one))
        || shares_a_piece(listed, &told_letters)
        || shares_a_piece(told, &listed_letters)
        || pairs().any(|(one, other)| strsim::normalized_levenshtein(one, other) >= SIMILAR)
        || shared_words(listed, told) >= SHARED
}

/// Whether this can be the title of a paper at all, and not its nickname or a stretch of a sentence.
fn is_a_title(listed: &str) -> bool {
    let letters = tex::folded(listed).chars().count();
    // `OPT-6.7B|13B|30B` is the name of a model, and no three words.
    let words = listed.split_whitespace().count();
    let first = listed.chars().find(|c| c.is_alphabetic());
    letters >= SHORTEST && (words >= 3 || !listed.is_ascii()) && !first.is_some_and(char::is_lowercase)
}

/// Whether a text is in letters that arXiv's titles are not in; it is a translation then.
fn is_cyrillic_or_cjk(text: &str) -> bool {
    let beyond = text.chars().filter(|c| c.is_alphabetic() && *c >= '\u{400}').count();
    beyond * 2 > text.chars().filter(|c| c.is_alphabetic()).count()
}

/// Whether a folded title holds another, that is long enough to mean one.
fn holds(whole: &str, part: &str) -> bool {
    whole == part || (part.chars().count() >= SHORTEST && whole.contains(part))
}

/// Whether one of the pieces of a title, which colons, dashes and brackets part, stands in another.
fn shares_a_piece(title: &str, folded: &[String]) -> bool {
    let pieces = title.split([':', '(', ')', '[', ']', '|', '–', '—', '?', '!', '.', ';', '/']);
    pieces.flat_map(|piece| piece.split(" - ")).any(|piece| {
        let letters = tex::folded(piece);
        letters.chars().count() >= SHORTEST + 3
            && tex::folded_words(piece).len() >= 3
            && folded.iter().any(|folded| folded.contains(&letters))
    })
}

/// How many of the words that matter in the shorter title stand in the other, from 0 to 1.
fn shared_words(one: &str, other: &str) -> f64 {
    let words = |text: &str| {
        let mut words = tex::folded_words(text);
        words.retain(|word| !COMMON.contains(&word.as_str()));
        words.sort();
        words.dedup();
        words
    };
    let (one, other) = (words(one), words(other));
    let shorter = one.len().min(other.len());
    if shorter < 3 {
        return 0.0;
    }
    let shared = one.iter().filter(|word| other.contains(word)).count();
    #[expect(clippy::cast_precision_loss, reason = "titles have few words")]
    let share = shared as f64 / shorter as f64;
    share
}
