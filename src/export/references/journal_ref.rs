//! What authors tell arXiv of the publication, in their own words: `Phys. Rev. B 75, 024519 (2007)`, `JHEP0707:046,2007`,
//! `Bull. Lond. Math. Soc. 40 (2008), no. 5, 876--886`, `4th Conference on Security, Tenerife, 2005`. Only what is understood from
//! end to end is taken apart; the rest stays as it is.

mod numbers;

use super::{Appeared, Kind};

/// Words of those that name a conference, or a book of its papers.
const CONFERENCE: [&str; 8] = [
    "conference on", "workshop", "symposium", "proceedings of", "advances in neural", "congress",
    "conference proceedings", "lecture notes in",
];

/// Words before a second publication: a correction, a translation.
const SECOND: [&str; 3] = ["erratum", "english transl", "addendum"];

/// The kind of publication, its place, its year.
pub(super) fn read(text: &str) -> (Kind, Appeared, Option<i32>) {
    let lower = text.to_lowercase();
    let is_series = lower.starts_with("proc") || lower.starts_with("lecture notes in");
    let names_conference = CONFERENCE.iter().any(|word| lower.contains(word));
    let taken = article(first(text));
    match taken {
        // Societies have their proceedings as others have a journal: with volumes and without a place.
        Some((appeared, year)) if is_series || !names_conference => (Kind::Article, appeared, year),
        None if !is_series && !names_conference => (Kind::Article, Appeared::within(text), last_year(text)),
        Some(_) | None => (Kind::ConferencePaper, Appeared::within(text), last_year(text)),
    }
}

/// The text up to where a second publication is named.
fn first(text: &str) -> &str {
    let lower = text.to_ascii_lowercase();
    let end = SECOND.iter().filter_map(|word| lower.find(word)).min().unwrap_or(text.len());
    text[..end].trim_end_matches([' ', ';', ',', '.', '[', '('])
}

/// A journal's name, and numbers after it.
fn article(text: &str) -> Option<(Appeared, Option<i32>)> {
    let (name, rest) = text.split_at(numbers::start(text)?);
    let name = name.trim_end_matches([' ', ',', ':', '(', '-', ';']);
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    let is_name =
        |c: char| c.is_alphabetic() || matches!(c, ' ' | '.' | '&' | ':' | '-' | ',' | '(' | ')' | '\'' | '’');
    let brackets = name.matches('(').count() == name.matches(')').count();
    let lower = name.to_lowercase();
    let is_other = ["in ", "in:", "to appear", "submitted", "accepted"].iter().any(|word| lower.starts_with(word))
        || ["eds.", "editor", "(ed", "invited", "thesis"].iter().any(|word| lower.contains(word));
    if letters < 2 || !brackets || is_other || !name.chars().all(is_name) {
        return None;
    }
    let (appeared, year) = numbers::read(rest)?;
    Some((Appeared { container: Some(name.to_owned()), ..appeared }, year))
}

fn last_year(text: &str) -> Option<i32> {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric());
    words.rev().find_map(numbers::year)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

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
        check("Systematic Biology (2008), 57(2): 251-56", "Systematic Biology | 57 | 2 | 251-56 | 2008");
        check("Groups Geom. Dyn. 3 (2009), no. 2, 215--266", "Groups Geom. Dyn. | 3 | 2 | 215-266 | 2009");
        check(
            "Annals of Probability 2009, Vol. 37, No. 5, 1876-1925",
            "Annals of Probability | 37 | 5 | 1876-1925 | 2009",
        );
        check("Optics Communications, vol.277, p.109-13 (2007)", "Optics Communications | 277 | | 109-13 | 2007");
        check("Nature 522, 68 - 72 (04 June 2015)", "Nature | 522 | | 68-72 | 2015");
        check("Phys. Rev. B 74, 140504(R) (2006)", "Phys. Rev. B | 74 | | 140504(R) | 2006");
        check("J. Stat. Mech. (2007) P07022", "J. Stat. Mech. | | | P07022 | 2007");
        check(
            "Comm. Partial Differential Equations 34, 7 (2009) 625 - 655",
            "Comm. Partial Differential Equations | 34 | 7 | 625-655 | 2009",
        );
    }

    #[test]
    fn what_was_corrected_or_translated_is_taken_as_it_was_at_first() {
        let text = "Class.Quant.Grav.24:5343-5370,2007; Erratum-ibid.25:039801,2008";
        check(text, Kind::Article, "Class.Quant.Grav. | 24 | | 5343-5370 | 2007");
        let text =
            "Funktsional. Anal. i Prilozhen 42, no. 3, (2008), 1-9; English transl.: Funct. Anal. 42 (2008), 161-168.";
        check(text, Kind::Article, "Funktsional. Anal. i Prilozhen | 42 | 3 | 1-9 | 2008");
    }

    #[test]
    fn what_is_in_no_usual_form_stays_whole() {
        let check = |text, year: &str| check(text, Kind::Article, &format!("{text} | | | | {year}"));
        check("Phys. Rev. B 78, 045115 (2008) (11 pages)", "2008");
        check("The European Physical Journal B Volume 62, Number 3 (2008)", "2008");
        check("V. Geffert et al. (Eds.): SOFSEM 2008, LNCS 4910, pp. 519-530, 2008", "2008");
        check("Physics Today 60, 12", "");
        check("J. Phys. Soc. Jpn, 76, 073704-(1-4) (2007)", "2007");
        check("Phys. Rev. A 77 (2008) 033618 (pp1-10)", "2008");
        check("Mathematical Control Theory and Finance, Springer, 2008, pp. 387-395", "2008");
        check("RIMS Kokyuroku, No.1551, pp.57-62 (2007)", "2007");
        check("Nature", "");
    }

    #[test]
    fn a_conference_is_told_from_a_journal() {
        let conference =
            "4th WSEAS International Conference on Information Security (WSEAS 2005), Tenerife, Spain, 2005";
        check(conference, Kind::ConferencePaper, &format!("{conference} | | | | 2005"));
        check(
            "Proc. Amer. Math. Soc. 137 (2009), 2027-2036",
            Kind::Article,
            "Proc. Amer. Math. Soc. | 137 | | 2027-2036 | 2009",
        );
        let spreadsheets = "Proc. European Spreadsheet Risks Int. Grp. 2005 95-101 ISBN:1-902724-16-X";
        check(spreadsheets, Kind::ConferencePaper, &format!("{spreadsheets} | | | | 2005"));
        check("J.Phys.Conf.Ser.91:012001,2007", Kind::Article, "J.Phys.Conf.Ser. | 91 | | 012001 | 2007");
        check("Proceedings of the IEEE 95, 1-10 (2007)", Kind::Article, "Proceedings of the IEEE | 95 | | 1-10 | 2007");
    }

    proptest! {
        #[test]
        fn nothing_is_too_odd(text in r#"([a-zA-Z.,:;()#–é -]|\(2007\)|[0-9]{1,4}|vol|no\.|pp|\(R\)|Erratum){0,16}|\PC{0,30}"#) {
            let (_, appeared, _) = read(&text);
            prop_assert!(appeared.container.is_some());
        }
    }
}
