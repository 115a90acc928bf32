//! Understands tags that name where a paper appeared: `NIPS24`, `CVPR'23`, `NeurIPS 2024 (Spotlight)`.
//! The venues are data, in venues.txt; that a tag is kept as the list spells it is left to `tags`.

use std::collections::HashMap;
use std::sync::LazyLock;

use foldhash::fast::FixedState;

use crate::model::Venue;

use crate::extract::features::words::{self, Kind};

/// One venue a line: its canonical name, then other spellings, separated by `|`. Lines starting with `#` are comments.
const TABLE: &str = include_str!("venues.txt");

static VENUES: LazyLock<HashMap<String, &'static str, FixedState>> = LazyLock::new(|| {
    let rows = TABLE.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty());
    rows.flat_map(|row| {
        let canonical = row.split('|').next().unwrap_or(row).trim();
        row.split('|').map(move |spelling| (key(spelling), canonical))
    })
    .collect()
});

/// A tag of more parts than this is a sentence.
const MOST_PARTS: usize = 12;

/// The venue that a tag names, with the year where it gives one. `None` where the tag is something else.
pub fn venue(tag: &str) -> Option<Venue> {
    known(tag.trim()).map(|(name, year)| Venue { name: name.to_owned(), year })
}

fn known(tag: &str) -> Option<(&'static str, Option<i32>)> {
    // No venue's name is longer, and tags can be.
    if tag.is_empty() || tag.len() > 120 {
        return None;
    }
    if let Some(name) = named([tag].into_iter()) {
        return Some((name, None));
    }
    let mut year = None;
    let mut rest = [""; MOST_PARTS];
    let mut count = 0;
    for token in tokens(tag) {
        match year_of(token) {
            Some(found) if year.is_none() => year = Some(found),
            _ => {
                *rest.get_mut(count)? = token;
                count += 1;
            }
        }
    }
    // From both ends only what may stand beside a venue can be left off.
    let rest = &rest[..count];
    let first = rest.iter().take_while(|token| is_remark(token)).count();
    let last = rest.iter().rev().take_while(|token| is_remark(token)).count();
    if year.is_none() && first == 0 && last == 0 {
        return None;
    }
    let name = (0..=first.min(count)).find_map(|start| {
        (count.saturating_sub(last).max(start + 1)..=count)
            .rev()
            .find_map(|end| named(rest.get(start..end)?.iter().copied()))
    })?;
    Some((name, year))
}

/// Whether a short text set apart names a venue, a known one or one that looks like it: an acronym with a year.
pub(in crate::extract) fn looks_like_venue(text: &str) -> bool {
    let spaces = text.bytes().filter(|byte| *byte == b' ').count();
    if text.len() > 64 || spaces > 7 || text.contains("://") {
        return false;
    }
    if known(text.trim()).is_some() {
        return true;
    }
    let mut years = 0;
    let mut acronyms = 0;
    for token in tokens(text) {
        if year_of(token).is_some() {
            // Two digits for themselves are as good as a number: "VGG-16".
            if token.len() == 2 && text.split([' ', '-']).skip(1).any(|part| part.starts_with(token)) {
                return false;
            }
            years += 1;
        } else if is_acronym(token) {
            acronyms += 1;
        } else if !is_remark(token) {
            return false;
        }
    }
    years == 1 && (1..=2).contains(&acronyms)
}

/// Returns the words before or after a year in a text of nothing else, in lower case: "SIGGRAPH Asia 2017". People are joined by commas.
pub(in crate::extract) fn name_with_year(text: &str) -> Option<String> {
    if text.len() > 64 || text.contains([',', ';', '&', '|', '，']) || text.contains("et al") {
        return None;
    }
    let (mut years, mut words, mut name) = (0, 0, String::new());
    for token in tokens(text) {
        if year_of(token).is_some() {
            years += 1;
        } else {
            words += 1;
            name.push_str(if name.is_empty() { "" } else { " " });
            name.push_str(&token.to_lowercase());
        }
    }
    (years == 1 && (1..=5).contains(&words) && name.starts_with(char::is_alphabetic)).then_some(name)
}

/// Returns whether a short text says who and when, or where and when: it holds a year, or a month of one.
pub(in crate::extract) fn says_when(text: &str) -> bool {
    let is_year = |token: &str| {
        let digits = token.bytes().take_while(u8::is_ascii_digit).count();
        digits == 4 && token.len() <= 5 && (token.starts_with("19") || token.starts_with("20"))
    };
    let is_short = text.len() <= 64 && text.bytes().filter(|byte| *byte == b' ').count() <= 8;
    let parts =
        || text.split(|c: char| c.is_whitespace() || matches!(c, ',' | '(' | ')' | '.' | '/' | ';' | ':' | '-'));
    let ends_in_short_year = || {
        let rest = text.trim_end().strip_suffix(|c: char| c.is_ascii_digit());
        let rest = rest.and_then(|text| text.strip_suffix(|c: char| c.is_ascii_digit()));
        rest.is_some_and(|rest| rest.trim_end().ends_with(['\'', '’']))
    };
    is_short && (parts().any(is_year) || parts().any(is_short_year) || ends_in_short_year())
}

/// `'16`, `’21`.
fn is_short_year(part: &str) -> bool {
    let digits = part.rsplit(['\'', '’', '‘']).next().filter(|digits| digits.len() < part.len());
    digits.is_some_and(|digits| digits.len() == 2 && digits.bytes().all(|byte| byte.is_ascii_digit()))
}

/// The parts of a tag: words, and years that stick to them, as in `NIPS24` and `CVPR'23`.
fn tokens(tag: &str) -> impl Iterator<Item = &str> {
    tag.split(|c: char| {
        c.is_whitespace()
            || matches!(
                c,
                ',' | '('
                    | ')'
                    | '['
                    | ']'
                    | '\''
                    | '’'
                    | '‘'
                    | '`'
                    | ':'
                    | ';'
                    | '|'
                    | '@'
                    | '-'
                    | '–'
                    | '_'
                    | '/'
                    | '·'
                    | '【'
                    | '】'
                    | '（'
                    | '）'
                    | '，'
            )
    })
    .filter(|token| !token.is_empty())
    .flat_map(|token| {
        let digits = token.len() - token.trim_end_matches(|c: char| c.is_ascii_digit()).len();
        let (name, year) = token.split_at(token.len() - digits);
        let is_split = !name.is_empty()
            && matches!(digits, 2 | 4)
            && name.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | '&' | '+'));
        if is_split { [Some(name), Some(year)] } else { [Some(token), None] }.into_iter().flatten()
    })
    .filter(|token| !token.is_empty())
}

/// A year in four digits or in two.
fn year_of(token: &str) -> Option<i32> {
    let token = token.trim_end_matches('.');
    let number: i32 = token.parse().ok().filter(|_| token.bytes().all(|byte| byte.is_ascii_digit()))?;
    match token.len() {
        4 if (1950..2100).contains(&number) => Some(number),
        2 if number >= 80 => Some(1900 + number),
        2 => Some(2000 + number),
        _ => None,
    }
}

fn is_remark(token: &str) -> bool {
    words::is(token, Kind::BesideVenue)
}

fn is_acronym(token: &str) -> bool {
    let upper = token.chars().filter(char::is_ascii_uppercase).count();
    let length = token.chars().count();
    (2..=12).contains(&length)
        && upper >= 2
        && token.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '&' | '+' | '.'))
}

/// The canonical name of the venue that is spelled by these words together.
fn named<'w>(words: impl Iterator<Item = &'w str>) -> Option<&'static str> {
    let mut room = [0; 64];
    let mut length = 0;
    for c in words.flat_map(str::chars).filter(|c| c.is_alphanumeric()) {
        let c = c.to_ascii_lowercase();
        length += c.encode_utf8(room.get_mut(length..).filter(|room| room.len() >= 4)?).len();
    }
    VENUES.get(std::str::from_utf8(&room[..length]).ok()?).copied()
}

/// How spellings are compared: letters and digits only, in lower case.
fn key(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).map(|c| c.to_ascii_lowercase()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(tag: &str, expected: Option<(&str, Option<i32>)>) {
        let expected = expected.map(|(name, year)| Venue { name: name.to_owned(), year });
        assert_eq!(venue(tag), expected, "{tag}");
    }

    #[test]
    fn years_stick_to_venues_in_many_ways() {
        check("NIPS24", Some(("NeurIPS", Some(2024))));
        check("ICLR 2024", Some(("ICLR", Some(2024))));
        check("CVPR'23", Some(("CVPR", Some(2023))));
        check("CVPR, 2023", Some(("CVPR", Some(2023))));
        check("2019 ICML", Some(("ICML", Some(2019))));
        check("ACL", Some(("ACL", None)));
    }

    #[test]
    fn remarks_beside_a_venue_leave_it_what_it_is() {
        check("NeurIPS 2024 (Spotlight)", Some(("NeurIPS", Some(2024))));
        check("EMNLP'24 Findings", Some(("EMNLP", Some(2024))));
        check("Findings of ACL 2023", Some(("ACL", Some(2023))));
        check("ICML'23 Oral", Some(("ICML", Some(2023))));
    }

    #[test]
    fn other_tags_are_no_venues() {
        check("Loss Landscape Geometry", None);
        check("OpenAI", None);
        check("CNN", None);
        check("2023", None);
        check("ACL reconstruction surgery", None);
    }

    #[test]
    fn an_unknown_acronym_with_a_year_looks_like_a_venue() {
        assert!(looks_like_venue("FOOB 2021"));
        assert!(!looks_like_venue("Milestone"));
        assert!(looks_like_venue("FOOB21") && looks_like_venue("FOOB'21"));
        assert!(!looks_like_venue("GPT 3"));
        assert!(!looks_like_venue("VGG-16"));
        assert!(!looks_like_venue("EVA 02"));
        assert!(looks_like_venue("ICML-19"));
        assert!(!looks_like_venue("State-of-the-art in 2016"));
    }
}
