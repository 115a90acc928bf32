//! The DOI in a field in which authors write what they like: several DOIs, addresses, `doi:`, something else.

/// The first DOI in a text (DOI Handbook, 2.2). White space ends it, and a sign that another DOI follows; alone, a comma,
/// a semicolon or a parenthesis is part of it, as in `10.1002/(SICI)1097-4636(199823)43:4<366::AID-JBM3>3.0.CO;2-#`.
pub fn first(text: &str) -> Option<&str> {
    text.split_whitespace().find_map(|word| {
        let doi = &word[starts(word).next()?..];
        let end = [',', ';', '|', '&'].iter().filter_map(|sign| before_another(doi, *sign)).min().unwrap_or(doi.len());
        Some(doi[..end].trim_end_matches([',', ';', '.'])).filter(|doi| is_doi(doi))
    })
}

/// What a field of a DOI says: the first; where there is none, the words that stand there.
pub fn of_field(text: &str) -> Option<String> {
    first(text).or(Some(text).filter(|text| text.contains(char::is_alphanumeric))).map(str::to_owned)
}

/// Where a DOI may start.
fn starts(text: &str) -> impl Iterator<Item = usize> {
    text.match_indices("10.").map(|(at, _)| at).filter(|at| {
        let is_inside = text[..*at].ends_with(|c: char| c.is_ascii_digit() || c == '.');
        !is_inside && has_prefix(&text[*at..])
    })
}

/// Where `sign` parts the DOI at the start of `text` from another.
fn before_another(text: &str, sign: char) -> Option<usize> {
    text.match_indices(sign).map(|(at, _)| at).find(|at| {
        let mut after = &text[at + 1..];
        for name in ["https://", "http://", "dx.", "doi.org/", "doi:"] {
            let is_named = after.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name));
            after = &after[if is_named { name.len() } else { 0 }..];
        }
        has_prefix(after)
    })
}

/// `10.`, the number of a registrant, a slash.
fn has_prefix(text: &str) -> bool {
    let Some(rest) = text.strip_prefix("10.") else { return false };
    let number = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.').len();
    rest.starts_with(|c: char| c.is_ascii_digit()) && rest[number..].starts_with('/')
}

fn is_doi(text: &str) -> bool {
    has_prefix(text) && !text.ends_with('/')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(text: &str, expected: Option<&str>) {
        assert_eq!(first(text), expected, "{text}");
    }

    #[test]
    fn one_doi_is_that_one() {
        check("10.1103/PhysRevD.76.013009", Some("10.1103/PhysRevD.76.013009"));
        check(" 10.1103/PhysRevD.76.013009. ", Some("10.1103/PhysRevD.76.013009"));
        check("doi:10.1103/A", Some("10.1103/A"));
        check("DOI: 10.1103/A", Some("10.1103/A"));
        check("https://doi.org/10.1103/A", Some("10.1103/A"));
        check("10.1000.10/123456", Some("10.1000.10/123456"));
    }

    #[test]
    fn signs_within_a_doi_are_part_of_it() {
        for doi in [
            "10.1002/(SICI)1097-4636(199823)43:4<366::AID-JBM3>3.0.CO;2-#",
            "10.1002/(SICI)1521(1999)47:1/3,5::AID3.0.CO;2-X",
            "10.1175/1520-0469(1996)053<0946:ASTFHH>2.0.CO;2",
            "10.1016/S0370-2693(99)01213-1",
            "10.1234/10.5678/a;b,c",
            "10.1234/a;10.5",
        ] {
            check(doi, Some(doi));
            for other in [" ", ";", ",", "; ", ", ", " and ", ";doi:", ",https://doi.org/", "\n  "] {
                check(&format!("{doi}{other}10.1103/B"), Some(doi));
            }
        }
    }

    #[test]
    fn the_first_that_is_one_counts() {
        check("10.1103/A, 10.1103/B;10.1103/C", Some("10.1103/A"));
        check("10.1103/A;10.1103/B", Some("10.1103/A"));
        check("Erratum: 10.1103/B", Some("10.1103/B"));
        check("10. 10.1103/B", Some("10.1103/B"));
        check("10.1103/ 10.1103/B", Some("10.1103/B"));
    }

    #[test]
    fn what_is_no_doi_is_none() {
        for text in ["", " ", ";", "to appear", "10.1103", "10.1103/", "21.11130/00-1735-0000-0005-146A-E", "110.1/a"] {
            check(text, None);
        }
        assert_eq!(of_field("21.11130/00-1735").as_deref(), Some("21.11130/00-1735"));
        assert_eq!(of_field(" ;"), None);
    }

    #[test]
    fn long_fields_are_read_in_one_pass() {
        for part in ["10.", "10.1/;", ";10.", "10.a", "doi:", "10.1/"] {
            let _ = first(&part.repeat(200_000));
        }
    }

    proptest! {
        #[test]
        fn nothing_is_too_odd(text in r"(10\.|10\.1/|doi:|[;,./ a1é]|\PC{0,3}){0,20}") {
            if let Some(doi) = first(&text) {
                prop_assert!(text.contains(doi) && doi.starts_with("10.") && !doi.contains(' '));
            }
        }
    }
}
