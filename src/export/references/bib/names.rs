//! Names in the one form of BibTeX's that leaves nothing to guess: `von Last, Jr, First`. Braces hold together what BibTeX and
//! biber would take apart: a group, `and` and commas within a part, and a particle with a capital, after which `den` in
//! `Van den Broeck` would make all before it a prefix that styles leave out.

use super::super::escape;
use crate::export::options::Letters;
use crate::model::Name;

/// The names as a field, or `None` where there is nobody. Where others follow, BibTeX has a name for them.
pub(super) fn field(names: &[Name], others_follow: bool, letters: Letters) -> Option<String> {
    let written = names.iter().map(|name| match name {
        Name::Person { family, given, suffix: Some(suffix) } => {
            [self::family(family, letters), part(suffix, letters), part(given, letters)].join(", ")
        }
        Name::Person { family, given, suffix: None } => {
            [self::family(family, letters), part(given, letters)].join(", ")
        }
        Name::Whole(name) => braced(name, letters),
    });
    let others = others_follow.then(|| "others".to_owned());
    (!names.is_empty()).then(|| written.chain(others).collect::<Vec<_>>().join(" and "))
}

/// A family name of which BibTeX takes the particles for particles, and nothing else.
fn family(family: &str, letters: Letters) -> String {
    let words: Vec<&str> = family.split(' ').collect();
    let before_last = words.len().saturating_sub(1);
    let particles = words[..before_last].iter().take_while(|word| is_lower(word)).count();
    if separates(family) || !words[particles..before_last].iter().any(|word| is_lower(word)) {
        return part(family, letters);
    }
    let (particles, rest) = words.split_at(particles);
    let particles: String = particles.iter().flat_map(|word| [escape::plain(word, letters), " ".to_owned()]).collect();
    [particles, braced(&rest.join(" "), letters)].concat()
}

fn part(text: &str, letters: Letters) -> String {
    if separates(text) { braced(text, letters) } else { escape::plain(text, letters) }
}

fn braced(text: &str, letters: Letters) -> String {
    format!("{{{}}}", escape::plain(text, letters))
}

/// Whether BibTeX would see the end of a part or of a name in it.
fn separates(text: &str) -> bool {
    text.contains(',') || text.split(' ').any(|word| word.eq_ignore_ascii_case("and"))
}

/// Whether BibTeX takes a word for a particle: by its first letter.
fn is_lower(word: &str) -> bool {
    word.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(family: &str, expected: &str) {
        let name = Name::Person { family: family.to_owned(), given: "A.".to_owned(), suffix: None };
        assert_eq!(field(&[name], false, Letters::Utf8).unwrap(), format!("{expected}, A."), "{family}");
    }

    #[test]
    fn only_what_bibtex_would_take_apart_is_in_braces() {
        check("Doe", "Doe");
        check("van den Broeck", "van den Broeck");
        check("Van Gool", "Van Gool");
        check("García Márquez", "García Márquez");
        check("'t Hooft", "'t Hooft");
        check("ten brink", "ten brink");
        check("Van den Broeck", "{Van den Broeck}");
        check("De la Torre", "{De la Torre}");
        check("Ortega y Gasset", "{Ortega y Gasset}");
        check("de la Cruz y Vega", "de la {Cruz y Vega}");
        check("Doe and Roe", "{Doe and Roe}");
        check("Doe, Roe", "{Doe, Roe}");
    }

    #[test]
    fn suffixes_stand_in_the_middle_and_groups_in_braces() {
        let davis = Name::Person { family: "Davis".into(), given: "Sammy".into(), suffix: Some("Jr.".into()) };
        let names = [davis, Name::Whole("LHCb Collaboration".into()), Name::Whole("Bell & Sons".into())];
        let expected = "Davis, Jr., Sammy and {LHCb Collaboration} and {Bell \\& Sons} and others";
        assert_eq!(field(&names, true, Letters::Utf8).as_deref(), Some(expected));
        assert_eq!(field(&[], true, Letters::Utf8), None);
    }
}
