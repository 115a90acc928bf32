//! Takes away what people write around a title without a break: the venue in brackets, the authors and the year before it.

use super::{Setting, first_sentence};
use crate::extract::features::brackets::{at_end, at_start};
use crate::extract::features::labels::{self, Meaning};
use crate::extract::features::names;
use crate::extract::features::plain;
use crate::extract::features::venue;
use crate::extract::features::words;

/// Authors before a title take up no more, in bytes.
const LONGEST_AUTHORS: usize = 400;

/// Cuts what stands in brackets at either end and is no part of a title: venues, dates, identifiers, who and when, short names.
pub(super) fn without_venue(text: &str) -> &str {
    let mut text = text.trim();
    loop {
        let start = plain::without_emoji(text);
        let cut = at_start(start)
            .filter(|(inner, rest)| is_before_title(inner, rest, start.starts_with(['[', '【'])))
            .map(|(_, rest)| rest.trim_start().trim_start_matches([':', '：']).trim_start())
            .or_else(|| {
                at_end(start)
                    .filter(|(inner, _)| {
                        venue::looks_like_venue(inner) || is_prefixed_identifier(inner) || venue::says_when(inner)
                    })
                    .map(|(_, rest)| rest.trim_end())
            });
        match cut {
            Some(rest) if rest.chars().any(char::is_alphabetic) => text = rest,
            _ => return text,
        }
    }
}

/// Whether what stands in brackets before `rest` is no part of the title that follows.
fn is_before_title(inner: &str, rest: &str, is_square: bool) -> bool {
    let is_known = venue::looks_like_venue(inner)
        || venue::says_when(inner)
        || plain::is_date(inner)
        || labels::is_identifier(inner.trim_start_matches("arXiv:"));
    let words = plain::word_count(inner);
    let is_label = is_square && (1..=3).contains(&words) && inner != "Re";
    is_known || is_label && (rest.trim_start().starts_with(['[', '【']) || plain::word_count(rest) >= 2)
}

/// Cuts what says only what the title's link leads to from the end: "(paper)", "— PDF", "| arxiv.org".
pub(in crate::extract) fn without_kind(text: &str) -> &str {
    let says_kind = |words: &str| {
        let words = words.trim();
        labels::meaning(words) == Some(Meaning::Paper)
            || words.contains('.') && (words == "arxiv.org" || words::publishes(words))
    };
    let text = text.trim();
    if let Some((inner, rest)) = at_end(text)
        && says_kind(inner)
        && !rest.trim().is_empty()
    {
        return rest.trim_end();
    }
    match text.rsplit_once([' ', '\r']).map(|(rest, kind)| (rest.trim_end(), kind)) {
        Some((rest, kind)) if rest.ends_with(['—', '–', '-', '|']) && says_kind(kind) => {
            rest.trim_end_matches(['—', '–', '-', '|', ' '])
        }
        _ => text,
    }
}

/// "arXiv:2403.07648" or "arXiv 2403.07648".
fn is_prefixed_identifier(text: &str) -> bool {
    let prefix = text.get(..5).filter(|prefix| prefix.eq_ignore_ascii_case("arxiv"));
    prefix.is_some_and(|_| text[5..].starts_with([':', ' '])) && labels::is_identifier(text)
}

/// Cuts "Roe et al.," and the quotes after it around what they set apart.
pub(in crate::extract) fn without_quoting_authors(text: &str) -> &str {
    let Some((authors, quoted)) = text.split_once(['"', '“']) else { return text };
    let inner = quoted.split(['"', '”']).next().unwrap_or(quoted);
    let authors = authors.trim_end_matches([' ', ',', ':', '.', '\r']);
    let are_authors = !authors.is_empty() && (names::is_short_author(authors) || names::may_be_authors(authors));
    if are_authors && plain::word_count(inner) >= 3 { inner } else { text }
}

/// Cuts "Roe & Doe, 2023, " and "Roe et al., " from the start.
pub(in crate::extract) fn without_authors(text: &str, setting: Setting) -> &str {
    if matches!(setting, Setting::Bold | Setting::Underlined | Setting::Italic | Setting::Field) {
        return text;
    }
    let head = &text[..text.floor_char_boundary(text.len().min(LONGEST_AUTHORS))];
    if let Some((at, length)) = year_in(head)
        && at > 0
        && names::is_short_author(head[..at].trim_end_matches([' ', ',', '(', '.', ':']))
    {
        let rest = text[at + length..].trim_start_matches(|c: char| c.is_ascii_lowercase());
        let rest = if rest.starts_with([',', '.', ':', ')', ';', ' ', '\r']) { rest } else { &text[at + length..] };
        return rest.trim_start_matches([',', '.', ':', ')', ';', ' ', '\r', '-']);
    }
    // "Roe, J., Doe, J.: Title"
    if let Some((authors, _)) = head.split_once(": ")
        && authors.contains('.')
        && authors.contains(',')
        && first_sentence(authors) == authors
        && names::may_be_authors(authors)
    {
        return &text[authors.len() + 2..];
    }
    if let Some(at) =
        ["et al.", "et al,", "et al:", "et al "].iter().filter_map(|end| head.find(end).map(|at| at + end.len())).min()
        && names::is_short_author(&head[..at])
    {
        return text[at..].trim_start_matches([',', '.', ':', ';', ' ', '\r', '-']);
    }
    text
}

/// The first year in the text, a number of four digits for itself: where it starts and how long it is.
pub(in crate::extract) fn year_in(text: &str) -> Option<(usize, usize)> {
    let bytes = text.as_bytes();
    (0..bytes.len().saturating_sub(3)).find_map(|at| {
        let digits = &bytes[at..at + 4];
        let is_year = (digits.starts_with(b"19") || digits.starts_with(b"20")) && digits.iter().all(u8::is_ascii_digit);
        let alone = !at.checked_sub(1).is_some_and(|before| bytes[before].is_ascii_alphanumeric())
            && !bytes.get(at + 4).is_some_and(u8::is_ascii_digit);
        (is_year && alone).then_some((at, 4))
    })
}
