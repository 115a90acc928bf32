//! Citation keys: the list's own where it has one, else author, year and first word, as in `vaswani2017attention`.

use std::collections::{HashMap, HashSet};

use unicode_normalization::UnicodeNormalization;

use super::year_of;
use crate::export::options::Letters;
use crate::model::unseen::is_unseen;
use crate::model::{Record, names};

/// Words that a title's first word is looked for behind.
const SMALL_WORDS: [&str; 22] = [
    "a", "an", "the", "on", "of", "in", "for", "to", "with", "and", "is", "are", "at", "by", "from", "how", "what",
    "why", "can", "do", "does", "towards",
];

/// Characters that BibTeX, biber or TeX cannot have in a key, beside white space and what nobody sees.
const FORBIDDEN: [char; 16] = ['"', '#', '%', '\'', '(', ')', ',', '=', '{', '}', '~', '\\', '@', '^', '$', '&'];

/// A key for each record, in their order. No two are alike, whatever their case, for BibTeX does not tell cases apart.
pub(super) fn of(records: &[Record], letters: Letters) -> Vec<String> {
    let mut taken = HashSet::new();
    let mut keys: Vec<Option<String>> = records
        .iter()
        .map(|record| {
            let key = record
                .citation
                .as_ref()
                .map(|citation| cleaned(&citation.key, letters))
                .filter(|key| !key.is_empty())?;
            taken.insert(key.to_lowercase()).then_some(key)
        })
        .collect();
    // The older paper has the shorter key, wherever the lists name it, so that a paper that is added changes no other's key.
    let mut unnamed: Vec<usize> = (0..records.len()).filter(|at| keys[*at].is_none()).collect();
    unnamed.sort_by_key(|at| {
        (records[*at].published.is_none(), records[*at].published, records[*at].arxiv_id.clone(), *at)
    });
    let mut next: HashMap<String, usize> = HashMap::new();
    for at in unnamed {
        let wanted = made(&records[at]);
        let number = next.entry(wanted.clone()).or_default();
        keys[at] = (*number..).find_map(|tried| {
            *number = tried + 1;
            let key = format!("{wanted}{}", suffix(tried));
            taken.insert(key.to_lowercase()).then_some(key)
        });
    }
    keys.into_iter().map(Option::unwrap_or_default).collect()
}

/// The list's own key without what no key may hold.
fn cleaned(key: &str, letters: Letters) -> String {
    let key = key.chars().filter(|c| !c.is_whitespace() && !is_unseen(*c) && !FORBIDDEN.contains(c));
    match letters {
        Letters::Utf8 => key.collect(),
        Letters::Ascii => key.map(|c| if c.is_ascii() { c.to_string() } else { plain(&c.to_string()) }).collect(),
    }
}

/// Author, year, first word, as far as they are there.
fn made(record: &Record) -> String {
    // Not by the parts that a source tells: the next run may come by another route.
    let family = record.authors.first().map(|author| plain(names::read(author.name()).family())).unwrap_or_default();
    let year = year_of(record).map(|year| year.to_string()).unwrap_or_default();
    let title = record.shown_title().unwrap_or_default();
    let words = title.split(|c: char| !c.is_alphanumeric()).map(plain).filter(|word| !word.is_empty());
    let word = words.clone().find(|word| !SMALL_WORDS.contains(&word.as_str())).or_else(|| words.clone().next());
    let key = format!("{}{year}{}", if family.is_empty() { "anon" } else { &family }, word.unwrap_or_default());
    key.chars().take(80).collect()
}

/// Lower-case letters without marks, and digits.
fn plain(text: &str) -> String {
    let letter = |c: char| match c {
        'ß' => "ss".to_owned(),
        'æ' | 'Æ' => "ae".to_owned(),
        'ø' | 'Ø' => "o".to_owned(),
        'ł' | 'Ł' => "l".to_owned(),
        'đ' | 'Đ' => "d".to_owned(),
        'ı' => "i".to_owned(),
        other => other.to_lowercase().collect(),
    };
    text.nfd().map(letter).collect::<String>().chars().filter(char::is_ascii_alphanumeric).collect()
}

/// What tells the papers of one key apart: nothing, then `b` to `z`, `ba` and so on.
fn suffix(number: usize) -> String {
    let digit = |number: usize| char::from(b'a' + u8::try_from(number % 26).unwrap_or_default());
    let mut letters = String::new();
    let mut rest = number;
    while rest > 0 {
        letters.insert(0, digit(rest));
        rest /= 26;
    }
    letters
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_letters_go_on_without_end() {
        let check = |number: usize, expected: &str| assert_eq!(suffix(number), expected);
        check(0, "");
        check(1, "b");
        check(25, "z");
        check(26, "ba");
        check(700, "bay");
    }

    #[test]
    fn a_key_holds_nothing_that_ends_it() {
        assert_eq!(cleaned("a b,c{d}%e\"é:f-g_h+1", Letters::Utf8), "abcdeé:f-g_h+1");
        assert_eq!(cleaned("a b,c{d}%e\"é:f-g_h+1", Letters::Ascii), "abcdee:f-g_h+1");
    }
}
