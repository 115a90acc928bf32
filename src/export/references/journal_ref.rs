//! What authors tell arXiv of the publication, in their own words: `Phys. Rev. B 75, 024519 (2007)`, `JHEP0707:046,2007`,
//! `4th Conference on Security, Tenerife, 2005`. Only what is one of the usual forms from end to end is taken apart.

use super::{Appeared, Kind};

/// Words of those that name a conference.
const CONFERENCE: [&str; 6] =
    ["conference on", "workshop", "symposium", "proceedings of", "advances in neural", "congress"];

/// The kind of publication, its place, its year.
pub(super) fn read(text: &str) -> (Kind, Appeared, Option<i32>) {
    let lower = text.to_lowercase();
    let is_journal =
        ["proceedings of the national academy", "proceedings of the ieee"].iter().any(|name| lower.starts_with(name));
    if !is_journal && (lower.starts_with("proc") || CONFERENCE.iter().any(|word| lower.contains(word))) {
        return (Kind::ConferencePaper, Appeared::within(text), last_year(text));
    }
    let (appeared, year) = article(text).unwrap_or_else(|| (Appeared::within(text), last_year(text)));
    (Kind::Article, appeared, year)
}

/// A journal's name, a volume, perhaps an issue, pages or an article's number, a year.
fn article(text: &str) -> Option<(Appeared, Option<i32>)> {
    let text = text.trim_end_matches(['.', ' ']);
    let first_digit = text.find(|c: char| c.is_ascii_digit())?;
    let name = text[..first_digit].trim_end_matches([' ', ',', ':']);
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    let plain = |c: char| c.is_alphabetic() || matches!(c, ' ' | '.' | '&' | ':' | '-' | ',');
    if letters < 2 || !name.chars().all(plain) || name.to_lowercase().ends_with(" vol.") {
        return None;
    }
    let mut parts = Vec::new();
    for part in text[first_digit..].split_inclusive([' ', ',', ':', ')']) {
        let part = part.trim_end_matches([' ', ',', ':']);
        // `387(21)` is a volume and an issue.
        match part.split_once('(') {
            Some((before, within)) => {
                parts.extend((!before.is_empty()).then_some(Part::Bare(before)));
                parts.push(Part::Enclosed(within.strip_suffix(')')?));
            }
            None => parts.extend((!part.is_empty()).then_some(Part::Bare(part))),
        }
    }
    let at = parts.iter().position(|part| matches!(part, Part::Enclosed(year) if is_year(year)));
    let at = at.or_else(|| matches!(parts.last(), Some(Part::Bare(year)) if is_year(year)).then(|| parts.len() - 1))?;
    let year = parts.remove(at).text().parse().ok();
    let (volume, issue, pages) = match parts[..] {
        [Part::Bare(volume), Part::Bare(pages)] => (volume, None, pages),
        [Part::Bare(volume), Part::Enclosed(issue), Part::Bare(pages)] => (volume, Some(issue), pages),
        _ => return None,
    };
    let is_number = |text: &str| {
        text.bytes().any(|b| b.is_ascii_digit())
            && text.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '–' | '/'))
    };
    (is_number(volume) && is_number(pages)).then(|| {
        let appeared = Appeared {
            container: Some(name.to_owned()),
            volume: Some(volume.to_owned()),
            issue: issue.map(str::to_owned),
            pages: Some(pages.to_owned()),
        };
        (appeared, year)
    })
}

#[derive(Clone, Copy)]
enum Part<'a> {
    Bare(&'a str),
    /// In parentheses.
    Enclosed(&'a str),
}

impl<'a> Part<'a> {
    fn text(self) -> &'a str {
        match self {
            Self::Bare(text) | Self::Enclosed(text) => text,
        }
    }
}

fn is_year(text: &str) -> bool {
    text.len() == 4 && text.parse().is_ok_and(|year: i32| (1900..2100).contains(&year))
}

fn last_year(text: &str) -> Option<i32> {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric());
    words.rev().find(|word| is_year(word)).and_then(|year| year.parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `name | volume | issue | pages | year`, as far as there are such.
    fn check(text: &str, kind: Kind, expected: &str) {
        let (found, appeared, year) = read(text);
        let year = year.map(|year| year.to_string());
        let parts = [appeared.container, appeared.volume, appeared.issue, appeared.pages, year];
        assert_eq!(parts.map(Option::unwrap_or_default).join(" | ").replace("  ", " "), expected, "{text}");
        assert_eq!(found, kind, "{text}");
    }

    #[test]
    fn the_usual_forms_are_taken_apart() {
        let check = |text, expected| check(text, Kind::Article, expected);
        check("Phys. Rev. B 75, 024519 (2007)", "Phys. Rev. B | 75 | | 024519 | 2007");
        check("Phys.Rev.D77:127503,2008", "Phys.Rev.D | 77 | | 127503 | 2008");
        check("JHEP0707:046,2007", "JHEP | 0707 | | 046 | 2007");
        check("J. Math. Kyoto Univ., 48 (2008), 857-893.", "J. Math. Kyoto Univ. | 48 | | 857-893 | 2008");
        check("J. Phys. A: Math. Theor. 40 8739-8749 (2007)", "J. Phys. A: Math. Theor. | 40 | | 8739-8749 | 2007");
        check("A&A: 468(3), L49-L52, 2007", "A&A | 468 | 3 | L49-L52 | 2007");
        check("Physica A 387 (21), 5182-5188 (2008)", "Physica A | 387 | 21 | 5182-5188 | 2008");
    }

    #[test]
    fn what_is_in_no_usual_form_stays_whole() {
        let check = |text, year: &str| check(text, Kind::Article, &format!("{text} | | | | {year}"));
        check("Groups Geom. Dyn. 3 (2009), no. 2, 215-266", "2009");
        check("Phys. Rev. B 78, 045115 (2008) (11 pages)", "2008");
        check("Class.Quant.Grav.24:5343-5370,2007; Erratum-ibid.25:039801,2008", "2008");
        check("Nature", "");
    }

    #[test]
    fn a_conference_is_told_from_a_journal() {
        let conference =
            "4th WSEAS International Conference on Information Security (WSEAS 2005), Tenerife, Spain, 2005";
        check(conference, Kind::ConferencePaper, &format!("{conference} | | | | 2005"));
        check("J.Phys.Conf.Ser.91:012001,2007", Kind::Article, "J.Phys.Conf.Ser. | 91 | | 012001 | 2007");
        check("Proceedings of the IEEE 95, 1-10 (2007)", Kind::Article, "Proceedings of the IEEE | 95 | | 1-10 | 2007");
    }
}
