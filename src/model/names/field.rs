//! Who is named in a field: in that of one author, where people write several, and in one that is meant for all of them, in arXiv's
//! form (<https://info.arxiv.org/help/prep.html#author>): `A. One (1), B. Two (2) and C. Three ((1) Here, (2) There)`. No name
//! loses a letter; what stands in parentheses is an affiliation and no name.

use std::collections::HashMap;

use super::{Author, Kind, Name, are_others, is_group, is_nobody, is_suffix, of, parts};

/// What parts the authors where one field names all of them, beside `and`.
const SEPARATORS: [char; 5] = [',', ';', '，', '；', '、'];

/// Signs after or before a name that are no part of it.
const MARKS: [char; 10] = [' ', ',', ';', ':', '&', '*', '†', '‡', '§', '¶'];

/// The authors in one author's field.
pub fn authors(field: &str) -> Vec<Author> {
    one(&without_asides(field, " "))
}

/// The authors in one author's field of which a source tells the parts. They count where the field names one.
pub fn authors_in_parts(field: &str, family: &str, given: &str, suffix: Option<&str>) -> Vec<Author> {
    match <[Author; 1]>::try_from(authors(field)) {
        Ok([author]) => vec![author.with_parts(family, given, suffix)],
        Err(authors) => authors,
    }
}

/// The authors in a field that names all of them.
pub fn people(field: &str) -> Vec<Author> {
    let field = without_asides(field, ",");
    let mut names: Vec<String> = Vec::new();
    for part in field.split(SEPARATORS) {
        let (first, follows_and) = match without_conjunction(part.trim()) {
            Some(rest) => (rest, true),
            None => (part.trim(), false),
        };
        for (at, name) in halves(first).enumerate() {
            match names.last_mut() {
                Some(person) if is_suffix(name) => person.extend([" ", name]),
                _ if follows_and || at > 0 => {
                    let name = with_other_halves(name, &mut names);
                    names.push(name);
                }
                _ => names.push(name.to_owned()),
            }
        }
    }
    each(&names)
}

/// The authors in fields of one author each.
pub(super) fn each(fields: &[String]) -> Vec<Author> {
    let mut all: Vec<Author> = Vec::new();
    for field in fields {
        match all.last_mut() {
            Some(last) if are_others(field) => last.let_others_follow(),
            _ => all.extend(authors(field)),
        }
    }
    all
}

/// `RBC, MILC and UKQCD Collaborations`, of which `name` is the last part, as one name; the other parts leave the names before.
fn with_other_halves(name: &str, names: &mut Vec<String>) -> String {
    let (group, members) = name.split_at(name.find(':').unwrap_or(name.len()));
    let mut group = group.to_owned();
    let mut joint = " and ";
    let begins = |half: &str| half.to_lowercase().starts_with("the ") || parts::without_behalf(half) != half;
    while group.to_lowercase().ends_with("collaborations")
        && !begins(&group)
        && let Some(half) = names.pop_if(|half| begins(half) || !half.contains([' ', '.']))
    {
        group = [&half, joint, &group].concat();
        joint = ", ";
    }
    group + members
}

/// The authors in a text that is meant for one name.
fn one(field: &str) -> Vec<Author> {
    let line = tidy(field);
    let name = without_others(&line);
    let mut authors: Vec<Author> = named(name).into_iter().map(Author::from).collect();
    if let Some(last) = authors.last_mut().filter(|_| name.len() < line.len()) {
        last.let_others_follow();
    }
    authors
}

fn named(name: &str) -> Vec<String> {
    if is_nobody(name) {
        return Vec::new();
    }
    if let Some((group, person)) = name.split_once(':')
        && is_group(group)
    {
        return [vec![tidy(group)], named(&tidy(person))].concat();
    }
    if let Some((person, group)) = on_behalf(name) {
        return [named(person), vec![group.to_owned()]].concat();
    }
    let halves: Vec<String> = halves(name).map(tidy).filter(|half| !is_nobody(half)).collect();
    let is_person = |half: &String| matches!(parts::read(half), Name::Person { .. });
    // `Bell and Sons` is one name.
    let are_several = halves.iter().all(|half| is_group(half)) || halves.iter().all(is_person);
    if halves.len() < 2 || are_several { halves } else { vec![name.to_owned()] }
}

/// A person and the group in whose name that person writes, with the words that say so.
fn on_behalf(name: &str) -> Option<(&str, &str)> {
    let lower = name.to_ascii_lowercase();
    of(Kind::Behalf).find_map(|phrase| {
        let at = lower.find(&format!(" {phrase} "))?;
        let (person, group) = (name[..at].trim_end(), &name[at + 1..]);
        (is_group(&group[phrase.len()..]) && !is_group(person) && !is_nobody(person)).then_some((person, group))
    })
}

/// What stands between `and`s.
fn halves(text: &str) -> impl Iterator<Item = &str> {
    let halves = text.split(" and ").flat_map(|half| half.split(" & ")).map(str::trim);
    halves.filter(|half| !half.is_empty())
}

/// What follows an `and` at the start.
fn without_conjunction(text: &str) -> Option<&str> {
    ["and ", "& ", "&"].iter().find_map(|and| text.strip_prefix(and)).map(str::trim_start)
}

/// A name on one line without what stands around it: an `and` before it, marks of footnotes.
fn tidy(name: &str) -> String {
    let line = name.split_whitespace().collect::<Vec<_>>().join(" ");
    let name = line.trim_matches(MARKS);
    without_conjunction(name).unwrap_or(name).trim_matches(MARKS).to_owned()
}

/// A name without `et al.` behind it.
fn without_others(name: &str) -> &str {
    let before = |end: &str| {
        let at = name.len().checked_sub(end.len())?;
        let is_end = name.get(at..)?.eq_ignore_ascii_case(end) && name[..at].ends_with([' ', ',']);
        is_end.then(|| name[..at].trim_end_matches(MARKS))
    };
    let ends = of(Kind::Others).filter(|end| *end != "others" || name.ends_with("and others"));
    ends.filter_map(before).min_by_key(|before| before.len()).map_or(name, without_others)
}

/// The text without what stands in parentheses, and without raised marks. Where a name follows at once, `gap` takes the place,
/// unless it is the same name that goes on, as in `Wei (Wayne) Chen`. What is never closed ends with the name that it follows.
fn without_asides(text: &str, gap: &str) -> String {
    let ends = ends_of_asides(text);
    let mut outside = String::with_capacity(text.len());
    let mut at = 0;
    while let Some(found) = text[at..].find(['(', ')', '$']) {
        let start = at + found;
        outside.push_str(&text[at..start]);
        at = match ends.get(&start) {
            Some(end) => {
                let (aside, after) = (&text[start + 1..*end], text[end + 1..].trim_start());
                outside.push_str(match after.starts_with(char::is_alphabetic) {
                    true if is_within_group(aside, after) => &text[start..=*end],
                    true if !is_nickname(aside) => gap,
                    _ => " ",
                });
                end + 1
            }
            None if text[start..].starts_with('(') => {
                text[start..].find(SEPARATORS).map_or(text.len(), |length| start + length)
            }
            None => start + 1,
        };
    }
    outside + &text[at..]
}

/// Where each parenthesis that is closed ends, and each formula.
fn ends_of_asides(text: &str) -> HashMap<usize, usize> {
    let (mut ends, mut open, mut formula) = (HashMap::new(), Vec::new(), None);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'(' => open.push(at),
            b')' => drop(open.pop().map(|start| ends.insert(start, at))),
            b'$' => match formula.take() {
                Some(start) => drop(ends.insert(start, at)),
                None => formula = Some(at),
            },
            _ => {}
        }
    }
    ends
}

/// Whether it is a group's short name, as in `The Event Horizon Telescope (EHT) Collaboration`.
fn is_within_group(aside: &str, after: &str) -> bool {
    aside.chars().all(char::is_alphanumeric) && after.split(' ').next().is_some_and(is_group)
}

/// Whether it is a name that somebody goes by, and no acronym and no number of an affiliation.
fn is_nickname(aside: &str) -> bool {
    let mut letters = aside.chars();
    letters.next().is_some_and(char::is_uppercase)
        && aside.chars().any(char::is_lowercase)
        && letters.all(|c| c.is_alphabetic() || c == '-')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check_one(field: &str, expected: &[&str]) {
        let authors = authors(field);
        assert_eq!(authors.iter().map(Author::name).collect::<Vec<_>>(), expected, "{field}");
    }

    fn check_all(field: &str, expected: &[&str]) {
        let authors = people(field);
        assert_eq!(authors.iter().map(Author::name).collect::<Vec<_>>(), expected, "{field}");
    }

    #[test]
    fn a_field_names_the_author_that_it_names() {
        check_one("Jane Doe", &["Jane Doe"]);
        check_one(" Sammy  Davis, Jr. ", &["Sammy Davis, Jr."]);
        check_one("J. Roe*", &["J. Roe"]);
        check_one("Jane Doe (Somewhere)", &["Jane Doe"]);
        check_one("B. Zhang ( Department of Physics", &["B. Zhang"]);
        check_one("Wei (Wayne) Chen", &["Wei Chen"]);
        check_one("Bell and Sons", &["Bell and Sons"]);
        check_one("Bo & Co", &["Bo & Co"]);
        check_one(
            "Institute for Nuclear Research and Nuclear Energy",
            &["Institute for Nuclear Research and Nuclear Energy"],
        );
        check_one("Machine Learning and Systems Group", &["Machine Learning and Systems Group"]);
        check_one("Al", &["Al"]);
    }

    #[test]
    fn who_is_nobody_is_no_author() {
        for nobody in [":", ",", "and", "et al.", "et al", "…", "...", "", " ", "(CERN)", "others", "\\\\", "$^1$"] {
            check_one(nobody, &[]);
            check_all(nobody, &[]);
        }
        check_one("T. Aaltonen et al.", &["T. Aaltonen"]);
        check_one("Jane Doe and others", &["Jane Doe"]);
        check_one("Jane Doe ...", &["Jane Doe"]);
    }

    #[test]
    fn two_in_one_field_are_two() {
        check_one("Andrew King & Daniel Price", &["Andrew King", "Daniel Price"]);
        check_one("Andrew King and Daniel Price", &["Andrew King", "Daniel Price"]);
        check_one("& Francesca Roe", &["Francesca Roe"]);
        check_one("LHCb collaboration: R. Aaij", &["LHCb collaboration", "R. Aaij"]);
        check_one("The BABAR Collaboration: B. Aubert et al", &["The BABAR Collaboration", "B. Aubert"]);
        check_one("LIGO Collaboration and Virgo Collaboration", &["LIGO Collaboration", "Virgo Collaboration"]);
        check_one("Ada Roe for the Ice Collaboration", &["Ada Roe", "for the Ice Collaboration"]);
        check_one("Ada Roe on behalf of the X Team", &["Ada Roe", "on behalf of the X Team"]);
        check_one("on behalf of the CMS Collaboration", &["on behalf of the CMS Collaboration"]);
        check_one("The Center for Things", &["The Center for Things"]);
    }

    #[test]
    fn a_field_for_all_names_each() {
        check_all("A. One, B. Two and C. Three", &["A. One", "B. Two", "C. Three"]);
        check_all("A. One, B. Two, and C. Three", &["A. One", "B. Two", "C. Three"]);
        check_all("A. One; B. Two & C. Three", &["A. One", "B. Two", "C. Three"]);
        check_all("Anders\n  Roe and\nB. Two", &["Anders Roe", "B. Two"]);
        check_all("Sandy Band, Andy Roe", &["Sandy Band", "Andy Roe"]);
        check_all("A. Heath, Jr. and B. Two", &["A. Heath Jr.", "B. Two"]);
        check_all("A. Liang, Jr., B. Cao III, C. Two", &["A. Liang Jr.", "B. Cao III", "C. Two"]);
        check_all("A. One, …, Z. Last, et al", &["A. One", "Z. Last"]);
        check_all("", &[]);
    }

    #[test]
    fn affiliations_are_no_authors() {
        check_all("A. One (1), B. Two (2), and C. Three ((1) Here, (2) There)", &["A. One", "B. Two", "C. Three"]);
        check_all("A. One (1 and 2) and B. Two (1)((1) A, B; (2) C & D (E))", &["A. One", "B. Two"]);
        check_all("A. One (Uni, Here and There), B. Two (Lab)", &["A. One", "B. Two"]);
        check_all("A. One (1) B. Two (2)", &["A. One", "B. Two"]);
        check_all("A. One (CERN) B. Two", &["A. One", "B. Two"]);
        check_all("A. One$^{1,2}$, B. Two$^\\dagger$", &["A. One", "B. Two"]);
        check_all("A. One (6); (1 - Here; 2 - There)", &["A. One"]);
        check_all("Ada Roe (for the STAR Collaboration)", &["Ada Roe"]);
        check_all("Xu Roe, Zhe (Rita) Liang", &["Xu Roe", "Zhe Liang"]);
        check_all("A. One (Here, B. Two, C. Three", &["A. One", "B. Two", "C. Three"]);
        check_all("A. One), B. Two", &["A. One", "B. Two"]);
    }

    #[test]
    fn groups_are_authors() {
        check_all("CDF Collaboration: T. Roe, et al", &["CDF Collaboration", "T. Roe"]);
        check_all("A. One, for the JLQCD Collaboration", &["A. One", "for the JLQCD Collaboration"]);
        check_all("A. One, for the RBC and UKQCD Collaborations", &["A. One", "for the RBC and UKQCD Collaborations"]);
        check_all("The CMS and LHCb Collaborations: V. Roe", &["The CMS and LHCb Collaborations", "V. Roe"]);
        check_all("A. One, B. Two and Keck Collaborations", &["A. One", "B. Two", "Keck Collaborations"]);
        check_all("A. One, The Event (EHT) Collaboration (Here)", &["A. One", "The Event (EHT) Collaboration"]);
        check_all("RBC, MILC, and UKQCD Collaborations", &["RBC, MILC and UKQCD Collaborations"]);
        check_all("A. One, the X team and the Y team", &["A. One", "the X team", "the Y team"]);
    }

    proptest! {
        #[test]
        fn no_name_is_empty_or_holds_an_affiliation(
            field in r"(\PC{0,6}|[A-Z][a-z]{0,5}|[(),;:$&]| and | for the |et al\.|Collaborations|[ .]){0,16}"
        ) {
            for name in people(&field).iter().chain(&authors(&field)).map(Author::name) {
                prop_assert!(!is_nobody(name), "{:?} in {:?}", name, field);
                prop_assert!(is_group(name) || !name.contains(['(', '\n']), "{:?} in {:?}", name, field);
            }
        }
    }

    #[test]
    fn long_runs_of_parentheses_are_read_in_one_pass() {
        for run in ["(".repeat(300_000), ")".repeat(300_000), ["(", ")"].map(|one| one.repeat(300_000)).concat()] {
            let _ = people(&run);
        }
    }
}
