//! Tells names of persons from words of titles, as far as their look tells: enough to see where a list of authors starts or ends.

use std::sync::LazyLock;

use memchr::memmem;

use crate::extract::features::words::{self, Kind};

static AND: LazyLock<memmem::Finder<'static>> = LazyLock::new(|| memmem::Finder::new(" and "));

/// Whether `text` is a list of authors: "A. Vaswani, N. Shazeer and others", "Tom B. Brown et al.".
pub(in crate::extract) fn is_author_list(text: &str) -> bool {
    let text = text.trim().trim_end_matches(['.', ',', ';', ':']);
    // No part of a list has many words: most titles are told by that.
    let wide = if text.is_ascii() { None } else { text.bytes().position(|byte| byte >= 0x80) };
    let first = memchr::memchr3(b',', b';', b'&', text.as_bytes()).into_iter().chain(wide).min();
    let spaces = memchr::memchr_iter(b' ', &text.as_bytes()[..first.unwrap_or(text.len())]).count();
    if spaces > 8 {
        return false;
    }
    if let Some(before) = before_et_al(text) {
        return before.is_empty() || parts(before).all(is_name);
    }
    // One name alone is no list.
    if first.is_none() && AND.find(text.as_bytes()).is_none() {
        return false;
    }
    let mut count = 0;
    let mut full = 0;
    for part in parts(text) {
        if !is_name(part) {
            return false;
        }
        count += 1;
        full += usize::from(part.contains([' ', '.']) || is_initial(part));
    }
    // One capitalised word between commas may be anything; names mostly come with given names.
    match count {
        0 | 1 => false,
        2 => full == 2,
        _ => full * 2 >= count,
    }
}

/// Whether `text` is a list of authors, perhaps with a year in brackets behind it: "Roe, J., & Doe, A. (2031)".
pub(in crate::extract) fn are_authors(text: &str) -> bool {
    let before = text.trim_end().strip_suffix(')').and_then(|text| text.rsplit_once('('));
    match before.filter(|(_, year)| year.len() <= 8 && year.bytes().any(|byte| byte.is_ascii_digit())) {
        Some((authors, _)) => may_be_authors(authors),
        None => is_author_list(text),
    }
}

/// Whether every part of `text` could be a name or half of one: "Roe, Jane; Doe, John".
pub(in crate::extract) fn may_be_authors(text: &str) -> bool {
    let mut parts = parts(text.trim().trim_end_matches(['.', ',', ';', ':'])).peekable();
    parts.peek().is_some() && parts.all(is_name)
}

/// Whether `text` reads as one person, or as several that are joined: "Shor", "Monroe/Kim", "Aaronson & Hung", "Collis et al.".
pub(in crate::extract) fn is_short_author(text: &str) -> bool {
    let text = text.trim().trim_end_matches(['.', ',', ':']);
    if let Some(before) = before_et_al(text) {
        return !before.is_empty() && parts(before).all(is_name);
    }
    let several = text.split(['&', '/', ',']).flat_map(|part| part.split(" and ")).map(str::trim);
    let mut several = several.filter(|part| !part.is_empty()).peekable();
    let given_and_family =
        |part: &str| part.split_whitespace().filter(|word| !words::is(word, Kind::AmongNames)).count();
    several.peek().is_some() && several.all(|part| is_name(part) && given_and_family(part) <= 3)
}

/// What stands before "et al.", where that ends the text.
fn before_et_al(text: &str) -> Option<&str> {
    let text = text.trim_end_matches(['.', ',', ' ']);
    ["et al", "et. al", "et.al", "el al", "etal", "等", "ら", "他"]
        .iter()
        .find_map(|end| text.strip_suffix(end))
        .map(|before| before.trim().trim_end_matches(','))
}

fn parts(text: &str) -> impl Iterator<Item = &str> {
    text.split([',', '，', '、', ';', '&', '·'])
        .flat_map(|part| part.split(" and "))
        .map(|part| part.trim().trim_start_matches("and ").trim())
        .filter(|part| !part.is_empty() && !matches!(*part, "others" | "et al" | "etal"))
}

/// Whether every word of `text` could be one of a name.
fn is_name(text: &str) -> bool {
    let text = text.trim_matches(|c: char| !c.is_alphanumeric() && c != '.');
    if text.bytes().filter(|byte| *byte == b' ').count() > 5 || text.contains([':', '?']) {
        return false;
    }
    // "A." is an initial, and no article.
    if is_initial(text) {
        return true;
    }
    let mut words = 0;
    let mut is_plain = true;
    for word in text.split_whitespace() {
        words += 1;
        is_plain &= !word.ends_with('.') && word.starts_with(char::is_uppercase);
        let is_part = (words == 1 || word.ends_with('.')) && is_initial(word)
            || is_name_word(word.trim_matches(|c: char| !c.is_alphanumeric()));
        if words > 5 || !is_part {
            return false;
        }
    }
    // Names of five words have an initial or a particle among them.
    words > 0 && (words < 5 || !is_plain)
}

/// One capital, with or without a full stop.
fn is_initial(word: &str) -> bool {
    let mut letters = word.strip_suffix('.').unwrap_or(word).chars();
    matches!((letters.next(), letters.next()), (Some(letter), None) if letter.is_uppercase())
}

fn is_name_word(word: &str) -> bool {
    let Some(first) = word.chars().next() else { return true };
    let is_han = u32::from(first) >= 0x2E80;
    let is_shout = word.len() > 3 && word.bytes().all(|b| b.is_ascii_uppercase());
    if word.len() > 40 || is_han || is_shout || word.bytes().any(|b| b.is_ascii_digit()) {
        return false;
    }
    // "Localization" and its like are long words that nobody is called.
    let is_abstract = word.len() > 6 && (word.ends_with("tion") || word.ends_with("tions"));
    let kinds = words::kinds(word);
    !is_abstract && !kinds.has(Kind::NoName) && (first.is_uppercase() || kinds.has(Kind::AmongNames))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: bool) {
        assert_eq!(is_author_list(text), expected, "{text}");
    }

    #[test]
    fn lists_of_authors_are_told_from_titles() {
        check("Jane Roe, Max Mustermann, and Erika Musterfrau", true);
        check("J. Roe, M. v. Berg", true);
        check("Roe, Jane, et al", true);
        check("Jane Roe et al.", true);
        check("Roe, A. B., Doe, A., & Berg, D", true);
        check("Multi-session Localization and Mapping", false);
        check("Resolving Thermospheric Vertical Wind Ambiguities and Energy Processes", false);
        check("Jane Maria van der Berg and John Doe", true);
        check("RoeNet: Fast and Small, Jane Roe et al.", false);
        check("Wider Search, Deeper Thinking, and Adaptive Fusion for Retrieval", false);
        check("A Roe, M Doe, Erika Musterfrau", true);
        check("Roe,Jane,etal", true);
        check("Attention Is All You Need", false);
        check("Rockets, Rails and Roads to the Moon", false);
        check("Deep Learning", false);
    }
}
