//! Authors' names in parts. arXiv writes `Given Family`; where it is not sure which part is the family's, the name stays whole.

/// Words that belong to the family name after them.
const PARTICLES: [&str; 24] = [
    "af", "al", "av", "bin", "da", "das", "de", "del", "della", "den", "der", "di", "do", "dos", "du", "el", "ibn",
    "la", "le", "ten", "ter", "van", "von", "zu",
];

/// What follows a family name without being part of it.
const SUFFIXES: [&str; 7] = ["jr.", "jr", "sr.", "sr", "ii", "iii", "iv"];

/// Words of names that are no person's.
const GROUPS: [&str; 12] = [
    "collaboration", "collaborations", "consortium", "team", "teams", "group", "project", "institute", "university",
    "laboratory", "lab", "and",
];

/// An author.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Name {
    /// Somebody whose family name is known.
    Person {
        family: String,
        given: String,
        /// `Jr.`, `III`.
        suffix: Option<String>,
    },
    /// A group, or a name of one word.
    Whole(String),
    /// Those whom nobody names: `et al.`
    Others,
}

impl Name {
    /// The family name, or the whole.
    pub(super) fn family(&self) -> &str {
        match self {
            Self::Person { family, .. } => family,
            Self::Whole(name) => name,
            Self::Others => "",
        }
    }
}

/// Takes a name apart.
pub(super) fn read(name: &str) -> Name {
    let name = name.split_once(" (").map_or(name, |(name, _institute)| name).trim();
    if matches!(name.to_lowercase().as_str(), "others" | "et al." | "et al") {
        return Name::Others;
    }
    let (person, suffix) = split_suffix(name);
    let words: Vec<&str> = person.split_whitespace().collect();
    let is_group = words.iter().any(|word| GROUPS.contains(&word.trim_matches(',').to_lowercase().as_str()));
    if words.len() < 2
        || is_group
        || person.contains([',', ';', '(', ':', '/', '&'])
        || words.iter().any(|word| word.bytes().any(|b| b.is_ascii_digit()))
    {
        return Name::Whole(name.to_owned());
    }
    let particles = words[1..words.len() - 1].iter().rev().take_while(|word| PARTICLES.contains(word)).count();
    let (given, family) = words.split_at(words.len() - 1 - particles);
    Name::Person { family: family.join(" "), given: given.join(" "), suffix: suffix.map(str::to_owned) }
}

/// A name without its `Jr.`, and that.
fn split_suffix(name: &str) -> (&str, Option<&str>) {
    match name.rsplit_once(' ') {
        Some((person, last)) if SUFFIXES.contains(&last.to_lowercase().as_str()) && person.contains(' ') => {
            (person.trim_end_matches(','), Some(last))
        }
        _ => (name, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, expected: &str) {
        let shown = match read(name) {
            Name::Person { family, given, suffix } => [family, given, suffix.unwrap_or_default()].join(", "),
            Name::Whole(name) => name,
            Name::Others => "…".to_owned(),
        };
        assert_eq!(shown.trim_end_matches(", "), expected, "{name}");
    }

    #[test]
    fn a_person_has_a_family_name() {
        check("Qinghao Hu", "Hu, Qinghao");
        check("Vinh Q. Tran", "Tran, Vinh Q.");
        check("Laurens van der Maaten", "van der Maaten, Laurens");
        check("Sammy Davis, Jr.", "Davis, Sammy, Jr.");
        check("William Gates III", "Gates, William, III");
        check("Jean-Luc Le Gall", "Gall, Jean-Luc Le");
        check("Weinan E", "E, Weinan");
        check("Piero Madau (Institute for Advanced Study)", "Madau, Piero");
    }

    #[test]
    fn who_is_no_person_stays_whole() {
        check("ATLAS Collaboration", "ATLAS Collaboration");
        check("The LIGO Scientific Collaboration", "The LIGO Scientific Collaboration");
        check("OpenAI", "OpenAI");
        check("王小明", "王小明");
        check("Bell and Sons", "Bell and Sons");
        check("Family, Given", "Family, Given");
        check("et al.", "…");
    }
}
