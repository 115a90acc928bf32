//! Finds the title in plain words: before the first link, or among the sentences of a reference.

use std::ops::Range;

use super::around::{without_authors, without_venue, year_in};
use super::{Setting, Title, is_title};
use crate::extract::features::labels::{self, Labelled, Meaning, Role};
use crate::extract::features::links::Target;
use crate::extract::features::names;
use crate::extract::features::plain;
use crate::extract::features::venue;
use crate::extract::features::words;
use crate::extract::units::passage::{self, LINE, Passage, Piece, SOFT};

/// No title is longer, in bytes.
const LONGEST_TITLE: usize = 1_000;

/// Where plain words end that start at `from`: at a line end, a link, a picture or code.
pub(in crate::extract) fn plain_end(labelled: &Labelled<'_, '_>, from: usize, limit: usize) -> usize {
    let Labelled { passage, roles, .. } = labelled;
    let line = passage.text[from..limit].find(LINE).map_or(limit, |at| from + at);
    let link = passage
        .links_in(&(from..line))
        .find(|link| roles[*link] != Role::Text || passage.links[*link].target != Target::Anchor);
    let link = link.map_or(line, |link| passage.links[link].range.start);
    let next = passage.images.partition_point(|image| image.position <= from);
    let image = passage.images.get(next).map_or(link, |image| image.position.min(link));
    passage
        .pieces_in(&(from..image))
        .iter()
        .find(|piece| piece.is_code)
        .map_or(image, |piece| piece.range.start.max(from))
}

/// The plain words at the start of the first line that has any before a link.
pub(in crate::extract) fn leading_words(labelled: &Labelled<'_, '_>, within: &Range<usize>) -> Option<Title> {
    let passage = labelled.passage;
    let fields = labelled.fields_in(within);
    let text = &passage.text[within.clone()];
    for line in passage::lines_of(text, LINE) {
        let line = within.start + line.start..within.start + line.end;
        let field = fields.iter().find(|field| line.start <= field.line.start && field.line.start < line.end);
        let start = match field {
            Some(field) if field.line.start == line.start && field.meaning == Meaning::Paper => field.value.start,
            Some(field) if field.line.start == line.start => continue,
            _ => line.start,
        };
        let limit = field.filter(|field| field.line.start > start).map_or(line.end, |field| field.line.start);
        // A field's value may stand on the next line.
        let start = start.min(limit);
        let mut start = limit - passage.text[start..limit].trim_start().len();
        // Links that open the line are passed over: "[code] Title".
        while let Some(link) = passage.links_in(&(start..limit)).next().filter(|link| {
            labelled.roles[*link] != Role::Text && {
                passage.text[start..passage.links[*link].range.start].trim_matches([' ', '[', '(', SOFT]).is_empty()
            }
        }) {
            let end = passage.links[link].range.end.max(start);
            let after = &passage.text[end..limit.max(end)];
            let next =
                end + after.len() - after.trim_start_matches([' ', ']', ')', SOFT, '|', ',', ':', '-', '–']).len();
            if next <= start {
                break;
            }
            start = next;
        }
        // So is a label in code: "[`FooNet`] Title".
        let is_mark = |piece: &Piece| passage.text[piece.range.clone()].trim_matches([' ', '[', '(']).is_empty();
        let opening = passage.pieces_in(&(start..limit)).iter().find(|piece| !is_mark(piece));
        if let Some(label) = opening.filter(|label| label.is_code && (start..limit).contains(&label.range.end)) {
            let after = &passage.text[label.range.end..limit];
            start = limit - after.trim_start_matches([' ', ']', ')', SOFT, '|', ',', ':', '-', '–']).len();
        }
        let end = plain_end(labelled, start, limit.max(start));
        let raw = passage.text.get(start..end)?;
        if raw.chars().any(char::is_alphabetic)
            && let Some(title) = from_sentence(passage, start..end, end < limit)
        {
            return Some(title);
        }
    }
    None
}

/// The title in a line of plain words, which may begin with a year and an author and go on with authors and a venue.
fn from_sentence(passage: &Passage<'_>, range: Range<usize>, leads_to_link: bool) -> Option<Title> {
    // Authors and venues in another style end the title.
    let is_about = |piece: &Piece| {
        let text = plain::trim(&passage.text[piece.range.clone()]);
        names::is_author_list(text) || venue::looks_like_venue(text)
    };
    let pieces = passage.pieces_in(&range);
    let changes = pieces.windows(2).filter(|pair| pair[0].style != pair[1].style).map(|pair| &pair[1]);
    let end = changes.filter(|piece| is_about(piece)).map(|piece| piece.range.start).next();
    let range = match end.filter(|end| plain::word_count(&passage.text[range.start..*end]) >= 2) {
        Some(end) => range.start..end,
        None => range,
    };
    // "Title, arXiv:ID" ends before the identifier.
    let range = match passage.named_in(&range).first() {
        Some((at, _)) if plain::word_count(&passage.text[range.start..*at]) >= 2 => range.start..*at,
        _ => range,
    };
    let raw = &passage.text[range.clone()];
    let mut text = plain::without_numbering(plain::without_emoji(raw.trim()));
    text = text.trim_end_matches(['[', '(', '<', ' ', SOFT, '{']);
    // "Title, paper:" ends before the name of the link.
    if let Some(name) = text.strip_suffix([':', '：']) {
        let start = name.rfind([',', ';', '|', '，', '；', '。']).map_or(0, |at| at + 1);
        let start = (start..name.len()).find(|at| name.is_char_boundary(*at)).unwrap_or(name.len());
        if start > 1 && labels::meaning(plain::trim(&name[start..])).is_some() {
            text = &name[..start];
        }
    }
    // "Roe:" before a link names somebody, and no title.
    if text.ends_with([':', '：']) && plain::word_count(text) <= 2 {
        return None;
    }
    let last = text.rsplit(|c: char| !c.is_alphanumeric()).find(|word| !word.is_empty()).unwrap_or_default();
    let ends_openly = text.ends_with(|c: char| c.is_alphanumeric());
    if leads_to_link && ends_openly && words::is(last, words::Kind::Leading) {
        return None;
    }
    let text = lead_title(text)?;
    // What looks like people and stands before people was told by that.
    let is_first = || people_first(raw).is_some_and(|first| plain::title(first) == text);
    (is_title(&text, Setting::Plain) || is_first()).then(|| Title {
        text,
        range: passage.visible(&range),
        setting: Setting::Plain,
        link: None,
    })
}

/// The title in plain words that may begin with a year and authors and go on with authors and a venue.
pub(in crate::extract) fn lead_title(text: &str) -> Option<String> {
    Some(plain::title(title_in_sentences(without_lead(text))?))
}

/// Cuts what may stand before a plain title: venue or date in brackets, a year, an author.
fn without_lead(text: &str) -> &str {
    let mut text = text;
    loop {
        let before = text.len();
        text = plain::without_emoji(without_venue(text))
            .trim_start_matches([':', ',', '|', ' ', '-', '–', '—', '.', SOFT, ']', ')']);
        text = without_date(plain::without_numbering(text));
        // "2017 | NeurIPS | Title"
        if let Some((head, rest)) = text.split_once(" | ")
            && (plain::is_date(head) || venue::looks_like_venue(head))
        {
            text = rest;
        }
        if let Some((0, length)) = year_in(text) {
            let rest = text[length..].trim_start_matches([':', ',', '.', ' ', ')', SOFT, '-']);
            // "1995 Shor: …"; a year within brackets was cut above.
            let (head, tail) = rest.split_once([':', '：']).unwrap_or(("", rest));
            let is_author = !head.is_empty()
                && head.len() < 60
                && names::is_short_author(head)
                && (head.split_whitespace().count() == 1 || head.contains("et al") || head.contains(['/', '&', '.']));
            text = if is_author { tail.trim_start() } else { without_authors(rest, Setting::Plain) };
        } else {
            text = without_authors(text, Setting::Plain);
        }
        if text.len() == before {
            return text;
        }
    }
}

/// Cuts "2024.02 " and "2024-02-01, " from the start.
fn without_date(text: &str) -> &str {
    let end = text.find([' ', SOFT]).unwrap_or(text.len());
    let digits = text[..end].bytes().filter(u8::is_ascii_digit).count();
    if digits > 4 && plain::is_date(text[..end].trim_end_matches([',', ':', ';'])) {
        text[end..].trim_start()
    } else {
        text
    }
}

/// The sentence of `text` that is the title: the first that is no list of authors, without the authors and the venue behind it.
pub(in crate::extract) fn title_in_sentences(text: &str) -> Option<&str> {
    // Authors on a line of their own end the title, even where Markdown takes both lines for one.
    let is_line_about =
        |line: &str| names::is_author_list(line) || plain::is_date(line) || venue::looks_like_venue(line);
    let text = passage::lines_of(text, SOFT)
        .skip(1)
        .find(|line| is_line_about(&text[line.clone()]) && plain::word_count(&text[..line.start]) >= 3)
        .map_or(text, |line| &text[..line.start - 1]);
    let mut candidates = sentences(text).map(str::trim).filter(|sentence| {
        let bare = plain::trim(sentence);
        !bare.is_empty() && !names::are_authors(bare) && !plain::is_date(bare) && !venue::looks_like_venue(bare)
    });
    // Where all look like people, the first is the title: "Boat Design and Decision Programs. B. Roe."
    let mut sentence = candidates.next().or_else(|| people_first(text))?;
    // "Jane Roe. The Title." begins with its only author.
    if names::is_short_author(sentence) && (2..=3).contains(&plain::word_count(sentence)) {
        sentence = candidates.find(|sentence| plain::word_count(sentence) >= 3).unwrap_or(sentence);
    }
    let sentence = without_venue(before_year(sentence));
    Some(before_names_and_venues(sentence, |_| true))
}

/// The first of several sentences, where it has no initial and the next one is people, too.
fn people_first(text: &str) -> Option<&str> {
    let mut all = sentences(text).map(str::trim).filter(|sentence| plain::word_count(sentence) > 0);
    let (first, second) = (all.next()?, all.next()?);
    let has_initial = first.split([' ', ',']).any(|word| word.trim_end_matches('.').chars().count() == 1);
    let is_person = names::is_short_author(second) || names::are_authors(second);
    (!has_initial && !first.contains("et al") && plain::word_count(first) >= 3 && is_person).then_some(first)
}

/// "Title, Jane Roe, John Doe, ICML 2021" and "Title - Jane Roe et al." up to where only names and venues follow that `tell` so.
fn before_names_and_venues(sentence: &str, tell: impl Fn(&str) -> bool) -> &str {
    let is_about = |rest: &str| {
        let rest = plain::trim(rest);
        let mut parts = rest.split([',', ';', '|']).map(str::trim).filter(|part| !part.is_empty()).peekable();
        parts.peek().is_none()
            || is_known(rest)
            || names::is_author_list(rest)
            || parts.all(|part| {
                is_known(part) || names::is_author_list(part) || names::is_short_author(part) && part.contains(' ')
            })
    };
    let cut = sentence
        .match_indices([',', '|', '—', '–', '-', '，', '('])
        .filter(|(at, mark)| matches!(*mark, "," | "|" | "，") || sentence[..*at].ends_with(' '))
        // "1990 – 2020" is a stretch of time.
        .filter(|(at, mark)| matches!(*mark, "," | "|" | "，" | "(") || !ends_in_digit(&sentence[..*at]))
        .take_while(|(at, _)| *at < LONGEST_TITLE)
        .filter(|(at, _)| plain::word_count(&sentence[..*at]) >= 2)
        .take(24)
        .find(|(at, mark)| {
            let rest = &sentence[at + mark.len()..];
            // What stands in brackets is people or a venue by itself: "(ELUs), Jane Roe" is a short name first.
            let inner = rest.split(')').next().unwrap_or(rest);
            let is_short_name = *mark == "(" && !inner.contains(' ') && !is_known(inner);
            !is_short_name && tell(rest) && is_about(rest)
        })
        .map_or(sentence.len(), |(at, _)| at);
    &sentence[..cut]
}

fn ends_in_digit(text: &str) -> bool {
    text.trim_end().ends_with(|c: char| c.is_ascii_digit())
}

fn is_known(part: &str) -> bool {
    plain::is_date(part) || venue::looks_like_venue(part)
}

/// What is set apart loses names and venues at its end only where a venue, a year or "et al." shows that they are no part of it. "1990 -
/// 2020" shows nothing of the kind.
pub(in crate::extract) fn without_following(text: &str) -> &str {
    let is_telling = |part: &str| !part.contains(" - ") && !part.contains(['–', '—']) && is_known(part);
    before_names_and_venues(text, |rest| {
        rest.contains("et al") || rest.split([',', ';', '|', '(']).map(plain::trim).any(is_telling)
    })
}

/// "Title (2021) — who and where" up to its year in brackets.
fn before_year(sentence: &str) -> &str {
    let year = sentence.match_indices('(').find(|(at, _)| {
        let rest = &sentence.as_bytes()[at + 1..];
        let after = sentence.get(at + 6..).unwrap_or_default().trim_start();
        year_in(&sentence[*at..]) == Some((1, 4))
            && rest.get(4) == Some(&b')')
            && after.starts_with(['—', '–', '-', '|'])
    });
    year.filter(|(at, _)| plain::word_count(&sentence[..*at]) >= 2).map_or(sentence, |(at, _)| &sentence[..at])
}

/// Whether an initial ends a list of authors that gives initials behind the names: "Roe J, Doe K".
fn ends_authors(text: &str) -> bool {
    let ends_in_initials = |name: &str| {
        let initials = name.rsplit(' ').next().unwrap_or_default();
        name.contains(' ') && initials.len() <= 3 && initials.bytes().all(|byte| byte.is_ascii_uppercase())
    };
    text.len() < 400 && text.contains(", ") && text.split(", ").all(ends_in_initials) && names::is_author_list(text)
}

/// The text up to where its first sentence ends.
pub(in crate::extract) fn first_sentence(text: &str) -> &str {
    sentences(text).next().unwrap_or(text)
}

/// Splits where a sentence ends: at a full stop before a space that ends no abbreviation or initial, at `? ` and `! `.
pub(in crate::extract) fn sentences(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest.take()?;
        let end = text.match_indices(['.', '?', '!', '。']).find(|(at, mark)| {
            if !text[at + mark.len()..].starts_with([' ', SOFT]) && *mark != "。" {
                return false;
            }
            let is_initial = || {
                let before = text[..*at].rsplit([' ', ',', SOFT]).next().unwrap_or_default();
                *mark == "."
                    && (before.chars().count() <= 1
                        || matches!(before, "vs" | "al" | "Dr" | "St" | "Jr" | "e.g" | "i.e" | "etc" | "No" | "v"))
            };
            !is_initial() || ends_authors(&text[..*at])
        });
        match end {
            Some((at, mark)) => {
                let keep = if mark == "." || mark == "。" { at } else { at + mark.len() };
                rest = Some(&text[at + mark.len()..]);
                Some(&text[..keep])
            }
            None => Some(text),
        }
    })
}
