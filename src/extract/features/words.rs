//! What words mean in a list. The words themselves are data, in words.txt; a word that is missing there is a word to add.

use std::collections::HashMap;
use std::sync::LazyLock;

use foldhash::fast::FixedState;

use crate::extract::features::plain;
use crate::model::{names, word_list};

const TABLE: &str = include_str!("words.txt");

/// Text longer than this is no word of the table.
const LONGEST: usize = 48;

/// What a word can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::extract) enum Kind {
    /// It leads to the presented paper.
    Paper,
    /// It leads elsewhere.
    Elsewhere,
    /// It leads to another paper.
    Related,
    /// A field of tags.
    Tags,
    /// A field or column whose value labels the paper.
    Labelling,
    /// A field or column that names the paper.
    Title,
    /// A field whose value is prose or a fact that labels nothing.
    Prose,
    /// The end of a host's name that publishes papers.
    Hosts,
    /// The end of a host's name under which there are other things than papers.
    Things,
    /// Words on a badge that labels nothing.
    Badge,
    /// A word that leads a sentence to its link.
    Leading,
    /// No part of a person's name.
    NoName,
    /// In lower case it may stand in a list of names: a particle, `and`, `others`.
    AmongNames,
    /// It folds away details of one entry.
    Folded,
    /// The name of a section.
    Section,
    /// It may stand beside a venue.
    BesideVenue,
    /// It points without saying where to.
    Pointing,
    /// It stands for no value.
    None,
    /// A column that names the paper where none is named for titles.
    Naming,
    /// It stands before a label and changes nothing of it.
    Qualifier,
}

impl Kind {
    const ALL: [(&'static str, Self); 20] = [
        ("paper", Self::Paper),
        ("elsewhere", Self::Elsewhere),
        ("related", Self::Related),
        ("tags", Self::Tags),
        ("labelling", Self::Labelling),
        ("title", Self::Title),
        ("prose", Self::Prose),
        ("hosts", Self::Hosts),
        ("things", Self::Things),
        ("badge", Self::Badge),
        ("leading", Self::Leading),
        ("no-name", Self::NoName),
        ("among-names", Self::AmongNames),
        ("folded", Self::Folded),
        ("section", Self::Section),
        ("beside-venue", Self::BesideVenue),
        ("pointing", Self::Pointing),
        ("none", Self::None),
        ("naming", Self::Naming),
        ("qualifier", Self::Qualifier),
    ];
}

/// All that a word is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::extract) struct Kinds(u32);

impl Kinds {
    /// Whether the word is of this kind.
    pub(in crate::extract) fn has(self, kind: Kind) -> bool {
        self.0 & (1 << kind as u32) != 0
    }

    /// Whether the table knows the word at all.
    pub(in crate::extract) fn is_empty(self) -> bool {
        self.0 == 0
    }
}

static WORDS: LazyLock<HashMap<&'static str, Kinds, FixedState>> = LazyLock::new(|| {
    let kind = |name: &str| {
        let known = Kind::ALL.iter().find(|(known, _)| *known == name);
        known.map_or(Kinds::default(), |(_, kind)| Kinds(1 << *kind as u32))
    };
    let in_names = names::lower_case_words().map(|word| ("among-names", word));
    let mut words: HashMap<&str, Kinds, FixedState> = HashMap::default();
    for (name, word) in word_list::words(TABLE).chain(in_names) {
        words.entry(word).or_default().0 |= kind(name).0;
    }
    words
});

/// What `text` is, in any case.
pub(in crate::extract) fn kinds(text: &str) -> Kinds {
    let text = text.trim();
    if text.is_empty() || text.len() > LONGEST {
        return Kinds::default();
    }
    plain::with_lower(text, |lower| WORDS.get(lower).copied().unwrap_or_default())
}

/// Whether `text`, in any case, is of this kind.
pub(in crate::extract) fn is(text: &str, kind: Kind) -> bool {
    kinds(text).has(kind)
}

/// Returns whether papers are published under a host.
pub(in crate::extract) fn publishes(host: &str) -> bool {
    is_host(host, Kind::Hosts)
}

/// Returns whether a host's name, or the end of it, is of this kind.
pub(in crate::extract) fn is_host(host: &str, kind: Kind) -> bool {
    let ends = std::iter::successors(Some(host), |rest| rest.split_once('.').map(|(_, parent)| parent));
    ends.into_iter().any(|end| is(end, kind))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_in_the_table_is_known_and_every_known_kind_has_words() {
        let headers = TABLE.lines().filter(|line| line.starts_with('['));
        let mut named: Vec<&str> = headers.map(|line| line.trim_matches(['[', ']'])).collect();
        let mut known: Vec<&str> = Kind::ALL.iter().map(|(name, _)| *name).collect();
        named.sort_unstable();
        known.sort_unstable();
        assert_eq!(named, known);
        for (name, kind) in Kind::ALL {
            assert!(WORDS.values().any(|kinds| kinds.has(kind)), "{name}");
        }
    }

    #[test]
    fn words_are_known_in_any_case_and_script() {
        assert!(is("PDF", Kind::Paper));
        assert!(is(" 论文 ", Kind::Paper));
        assert!(is("Key Words", Kind::Tags));
        assert!(!is("rocket", Kind::Paper));
        assert!(publishes("proceedings.mlr.press"));
        assert!(publishes("onlinelibrary.wiley.com"));
        assert!(!publishes("example.org"));
    }
}
