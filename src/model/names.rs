//! The names of authors: who is in an author's field, and in which parts a name falls. What each source's markup means is left
//! to the sources, and how names are written to the forms of output.

mod author;
mod field;
mod parts;

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::word_list;

pub use self::author::{Author, only_names};
pub use self::field::{authors, authors_in_parts, people};
pub use self::parts::{Name, read};

const WORDS: &str = include_str!("names/words.txt");
const GROUPS: &str = include_str!("names/groups.txt");

/// What a word does in a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Kind {
    Particle,
    Capital,
    Doubtful,
    FamilyFirst,
    FamilyLast,
    Joining,
    Beginning,
    Suffix,
    Others,
    Collaboration,
    Institution,
    Behalf,
}

impl Kind {
    const ALL: [(&'static str, Self); 12] = [
        ("particle", Self::Particle),
        ("capital", Self::Capital),
        ("doubtful", Self::Doubtful),
        ("family-first", Self::FamilyFirst),
        ("family-last", Self::FamilyLast),
        ("joining", Self::Joining),
        ("beginning", Self::Beginning),
        ("suffix", Self::Suffix),
        ("others", Self::Others),
        ("collaboration", Self::Collaboration),
        ("institution", Self::Institution),
        ("behalf", Self::Behalf),
    ];
}

/// The words of both lists in their order.
fn all() -> impl Iterator<Item = (Kind, &'static str)> {
    let words = word_list::words(WORDS).chain(word_list::words(GROUPS));
    words.filter_map(|(name, word)| Some((Kind::ALL.iter().find(|(known, _)| *known == name)?.1, word)))
}

static KNOWN: LazyLock<HashSet<(Kind, &'static str)>> = LazyLock::new(|| all().collect());

static BY_KIND: LazyLock<HashMap<Kind, Vec<&'static str>>> = LazyLock::new(|| {
    let mut by_kind: HashMap<Kind, Vec<&str>> = HashMap::new();
    all().for_each(|(kind, word)| by_kind.entry(kind).or_default().push(word));
    by_kind
});

/// The words of a kind in the order of the list.
fn of(kind: Kind) -> impl Iterator<Item = &'static str> {
    BY_KIND.get(&kind).into_iter().flatten().copied()
}

/// What may stand in a name, or after one, in lower case.
pub fn lower_case_words() -> impl Iterator<Item = &'static str> {
    let words = [Kind::Particle, Kind::Joining, Kind::Suffix].into_iter().flat_map(of);
    words.filter(|word| !word.contains(char::is_uppercase))
}

/// Whether a name is that of a group: a collaboration, a company, an institute.
pub fn is_group(name: &str) -> bool {
    words(name).any(|word| is(word, Kind::Collaboration) || is(word, Kind::Institution))
}

/// Whether a word stands after a family name without being part of it.
pub fn is_suffix(word: &str) -> bool {
    is(word, Kind::Suffix)
}

/// Whether a text that stands for an author names nobody: `:`, `et al.`
pub fn is_nobody(name: &str) -> bool {
    !name.contains(char::is_alphanumeric) || name.trim() == "and" || are_others(name)
}

/// Whether a text stands for authors who are not named: `et al.`, `…`.
pub fn are_others(name: &str) -> bool {
    is(name.trim_matches([' ', ',', ';', ':']), Kind::Others)
}

/// The words of a name without the signs around them that are no part of words.
fn words(name: &str) -> impl Iterator<Item = &str> {
    name.split(char::is_whitespace)
        .map(|word| word.trim_matches([',', ';', ':', '(', ')', '[', ']', '"', '“', '”']))
        .filter(|word| !word.is_empty())
}

/// Whether a word, as it is written or in lower case, is of this kind.
fn is(word: &str, kind: Kind) -> bool {
    if KNOWN.contains(&(kind, word)) {
        return true;
    }
    let plain: String = match kind {
        // Vietnamese names come with and without their marks.
        Kind::FamilyFirst | Kind::FamilyLast => word.nfd().filter(|c| !is_combining_mark(*c)).collect(),
        _ => word.nfc().collect(),
    };
    let plain: String = plain.chars().flat_map(char::to_lowercase).map(straight).collect();
    KNOWN.contains(&(kind, plain.as_str()))
}

fn straight(c: char) -> char {
    if matches!(c, '’' | '‘' | '`' | 'ʼ') { '\'' } else { c }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_in_the_lists_is_known_and_every_known_kind_has_words() {
        for (name, word) in word_list::words(WORDS).chain(word_list::words(GROUPS)) {
            assert!(Kind::ALL.iter().any(|(known, _)| *known == name), "{name} of {word}");
        }
        for (name, kind) in Kind::ALL {
            assert!(of(kind).next().is_some(), "{name}");
        }
    }

    #[test]
    fn a_group_is_told_by_its_words() {
        let check = |name: &str, expected: bool| assert_eq!(is_group(name), expected, "{name}");
        check("The ATLAS Collaboration", true);
        check("LHCb collaboration", true);
        check("on behalf of the CMS Collaboration", true);
        check("Particle Data Group", true);
        check("for the X Team", true);
        check("Google DeepMind", true);
        check("Meta AI", true);
        check("Bo Ai", false);
        check("Jane Doe", false);
        check("Roland Teamsen", false);
    }

    #[test]
    fn who_is_nobody_has_no_name() {
        for nobody in [":", ",", "", " ", "and", "et al.", "et al", "et al.,", "…", "...", "others", "\\\\"] {
            assert!(is_nobody(nobody), "{nobody:?}");
        }
        for somebody in ["E", "Al Gore", "王", "Etal Smith"] {
            assert!(!is_nobody(somebody), "{somebody}");
        }
    }
}
