//! What papers are called by their own authors, as far as that is known: it teaches how a list that names them is read.

use std::collections::HashMap;

use crate::model::ArxivId;
use crate::tex;

/// A part of a title that has fewer words says little of what it is a part of.
const FEWEST_WORDS: usize = 4;
/// A title may lack or have so many words at its end, and is still near.
const FEW: usize = 3;
/// What parts a title into a name and what it is about.
const MARKS: [&str; 6] = [": ", " - ", " – ", " — ", "? ", "："];

/// The papers' own titles, by their identifiers.
#[derive(Clone, Debug, Default)]
pub struct Known {
    titles: HashMap<ArxivId, Own>,
}

/// A paper's own title.
#[derive(Clone, Debug)]
pub(in crate::extract) struct Own {
    /// As it is written.
    pub(in crate::extract) text: String,
    /// Its letters and digits, case and accents aside: as TeX names them, and as they look where that is something else.
    pub(in crate::extract) letters: Vec<String>,
    words: usize,
    /// The letters of its longer parts, where a colon or a dash parts it.
    parts: Vec<String>,
}

/// How much a text of a list has of a paper's own title.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::extract) enum Likeness {
    /// A part of it, or all of it but for a few words at the end.
    Near,
    /// All of it, and nothing else.
    Equal,
}

impl Known {
    /// Takes up what papers are called.
    pub fn of<'a>(titles: impl IntoIterator<Item = (&'a ArxivId, &'a str)>) -> Self {
        let own = titles.into_iter().filter_map(|(id, title)| Some((id.clone(), Own::of(title)?)));
        Self { titles: own.collect() }
    }

    /// Whether nothing is known.
    pub fn is_empty(&self) -> bool {
        self.titles.is_empty()
    }

    /// Whether this text is what the paper is called; `None` where that is not known.
    pub fn agrees(&self, id: &ArxivId, title: &str) -> Option<bool> {
        self.title(id).map(|own| own.letters.contains(&tex::folded(title)))
    }

    /// Whether something is known here that is not known there.
    pub fn adds_to(&self, other: &Self) -> bool {
        let is_new = |(id, own): (&ArxivId, &Own)| other.title(id).is_none_or(|known| known.letters != own.letters);
        self.titles.iter().any(is_new)
    }

    pub(in crate::extract) fn title(&self, id: &ArxivId) -> Option<&Own> {
        self.titles.get(id)
    }
}

impl Own {
    fn of(title: &str) -> Option<Self> {
        let mut letters = vec![tex::folded(title), tex::folded(&tex::readable(title))];
        letters.dedup();
        if letters[0].chars().count() < 3 {
            return None;
        }
        let long = |part: &str| {
            let words = tex::folded_words(part);
            (words.len() >= FEWEST_WORDS).then(|| words.concat())
        };
        let parts = MARKS.iter().filter_map(|mark| title.split_once(mark)).flat_map(|(name, rest)| [name, rest]);
        Some(Self {
            words: tex::folded_words(title).len(),
            parts: parts.filter_map(long).collect(),
            text: title.trim().to_owned(),
            letters,
        })
    }

    /// Compares a text of a list with it.
    pub(in crate::extract) fn likeness(&self, text: &str) -> Option<Likeness> {
        let letters = tex::folded(text);
        if self.letters.contains(&letters) {
            return Some(Likeness::Equal);
        }
        let starts = || self.letters.iter().any(|own| letters.starts_with(own) || own.starts_with(&letters));
        if letters.is_empty() || !starts() && !self.parts.contains(&letters) {
            return None;
        }
        let words = tex::folded_words(text).len();
        let is_nearly = words.min(self.words) >= FEWEST_WORDS && words.abs_diff(self.words) <= FEW;
        (is_nearly || self.parts.contains(&letters)).then_some(Likeness::Near)
    }

    /// Whether it is long enough to be told from chance wherever it stands.
    pub(in crate::extract) fn is_distinct(&self) -> bool {
        let (count, is_ascii) = (self.letters[0].chars().count(), self.letters[0].is_ascii());
        self.words >= 3 && count >= 12 || !is_ascii && count >= 6
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_equal_near_or_something_else() {
        let own = Own::of("Slow tides in a bay: what $\\Lambda$CDM tells").unwrap();
        let check = |text: &str, likeness| assert_eq!(own.likeness(text), likeness, "{text}");
        check("slow tides in a bay - What ΛCDM tells", Some(Likeness::Equal));
        check("Slow Tides in a Bay", Some(Likeness::Near));
        check("Slow tides in a bay: what ΛCDM tells (extended version)", Some(Likeness::Near));
        check("Slow tides", None);
        check("Slow tides in", None);
        check("tides in a bay", None);
        check("", None);
    }

    #[test]
    fn only_what_is_new_adds() {
        let id = |text: &str| text.parse::<ArxivId>().unwrap();
        let known = |titles: &[(&str, &str)]| {
            let titles: Vec<_> = titles.iter().map(|(of, title)| (id(of), *title)).collect();
            Known::of(titles.iter().map(|(of, title)| (of, *title)))
        };
        let (one, two) = (known(&[("2403.00001", "Tides")]), known(&[("2403.00001", "Tides"), ("2403.00002", "Bays")]));
        assert!(two.adds_to(&one) && !one.adds_to(&two) && !one.adds_to(&one));
        assert_eq!(two.agrees(&id("2403.00002"), "bays"), Some(true));
        assert_eq!(one.agrees(&id("2403.00002"), "bays"), None);
    }
}
