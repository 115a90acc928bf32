//! Reads the words on a badge out of its address (shields.io and its like), or out of the text that stands in for it.

use crate::model::VersionedId;

use crate::extract::features::links::{self, Sighting};
use crate::extract::features::venue;
use crate::extract::features::words;
use crate::extract::units::passage::Image;

/// What a badge says, for a person or as a name of the link that it stands for.
pub(in crate::extract) fn name(image: &Image<'_>) -> String {
    match parts(&image.src) {
        Some((label, value)) if label.is_empty() => value,
        Some((label, value)) if words::is(&value, words::Kind::Badge) => format!("{label} {value}"),
        Some((label, _)) => label,
        None => image.alt.trim().to_owned(),
    }
}

/// The label that a badge gives the paper: a venue, a type, a keyword. `None` for those that lead somewhere or count something.
pub(in crate::extract) fn tag(image: &Image<'_>, leads_somewhere: bool) -> Option<String> {
    let (label, value) = parts(&image.src)?;
    let is_noise = |text: &str| {
        words::is(text, words::Kind::Badge)
            || text
                .split([' ', '-', '/'])
                .filter(|word| !word.is_empty())
                .all(|word| words::is(word, words::Kind::Badge))
    };
    if value.is_empty() && label.is_empty()
        || (is_noise(&label) && !label.is_empty() && !venue::looks_like_venue(&value))
    {
        return None;
    }
    // `NeurIPS-2023`: label and value are one venue.
    let both = format!("{label} {value}");
    if !label.is_empty() && venue::venue(&label).is_some() && venue::looks_like_venue(&both) {
        return Some(both);
    }
    let is_labelling = words::is(&label, words::Kind::Labelling) || words::is(&image.alt, words::Kind::Labelling);
    let is_venue = venue::looks_like_venue(&value);
    let is_plain = label.is_empty() && !leads_somewhere;
    let counts = value.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'k' | b'%'));
    let is_tag = !is_noise(&value)
        && !counts
        && (is_labelling || is_venue || is_plain || (!leads_somewhere && !is_noise(&label)));
    is_tag.then_some(value)
}

/// The e-print that a badge names; a figure hosted on arXiv is somebody's picture.
pub(in crate::extract) fn identifiers(image: &Image<'_>) -> impl Iterator<Item = VersionedId> {
    let mut found = Vec::new();
    if ["/badge/", "/static/"].iter().any(|part| image.src.contains(part)) {
        let src = image.src.trim_end_matches(".svg").trim_end_matches(".png");
        links::in_address(src, &mut found);
    }
    found.into_iter().filter_map(|sighting| match sighting {
        Sighting::Paper(id, _) => Some(id),
        Sighting::Malformed(..) => None,
    })
}

/// The label and the value of a static badge.
fn parts(src: &str) -> Option<(String, String)> {
    let (path, query) = src.split_once('?').unwrap_or((src, ""));
    if path.contains("/static/v1") {
        let get = |name: &str| {
            let value = query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='));
            value.map(resolved).unwrap_or_default()
        };
        return Some((get("label"), get("message")));
    }
    let start = path.find("/badge/").filter(|_| path.contains("shields.io") || path.contains("badgen.net"))?;
    let words = &path[start + "/badge/".len()..];
    // What these show is asked for when the page is seen.
    if words.starts_with("dynamic/") || words.starts_with("endpoint") {
        return None;
    }
    let words = [".svg", ".png"].iter().find_map(|ending| words.strip_suffix(ending)).unwrap_or(words);
    let mut pieces = split(words);
    // The last piece is the colour.
    if pieces.len() > 1 {
        pieces.pop();
    }
    match pieces.as_slice() {
        [value] => Some((String::new(), resolved(value))),
        [label, value @ ..] => Some((resolved(label), resolved(&value.join("-")))),
        [] => None,
    }
}

/// Splits at single dashes; two in a row stand for one that is meant.
fn split(words: &str) -> Vec<String> {
    let mut pieces = vec![String::new()];
    let mut chars = words.chars().peekable();
    while let Some(c) = chars.next() {
        if c == '-' && chars.next_if_eq(&'-').is_none() {
            pieces.push(String::new());
        } else if let Some(piece) = pieces.last_mut() {
            piece.push(c);
        }
    }
    pieces
}

/// Two underscores stand for one, one for a space; `%20` and the like are resolved.
fn resolved(text: &str) -> String {
    let text = percent_encoding::percent_decode_str(text).decode_utf8_lossy();
    let text = text.replace("__", "\u{0}").replace(['_', '+'], " ").replace('\u{0}', "_");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(src: &str, expected: Option<&str>) {
        let image = Image { position: 0, link: None, src: src.into(), alt: String::new(), at: 0 };
        assert_eq!(tag(&image, false).as_deref(), expected, "{src}");
    }

    #[test]
    fn a_badge_gives_the_words_that_it_shows() {
        check("https://img.shields.io/badge/Conference-FOO'23-blue", Some("FOO'23"));
        check("https://img.shields.io/badge/Half_Baked-C2A4A6", Some("Half Baked"));
        check("https://img.shields.io/badge/Half%20Baked-C2A4A6.svg", Some("Half Baked"));
        check("https://img.shields.io/badge/Sugar--free-red", Some("Sugar-free"));
        check("https://img.shields.io/badge/w/Sugar-39B0A9", Some("w/Sugar"));
        check("https://img.shields.io/badge/ICML-2021-blue", Some("ICML 2021"));
        check("https://img.shields.io/badge/Journal-TMLR_2025-blue", Some("TMLR 2025"));
    }

    #[test]
    fn badges_that_lead_somewhere_or_count_give_none() {
        check("https://img.shields.io/badge/arXiv-2301.00001-b31b1b", None);
        check("https://img.shields.io/badge/Paper-PDF-red", None);
        check("https://img.shields.io/badge/Project_Page-green", None);
        check("https://img.shields.io/github/stars/a/b.svg?style=social&label=Star", None);
        check("figures/rocket.png", None);
    }
}
