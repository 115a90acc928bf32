//! A name in parts, by the rules of BibTeX ("BibTeXing", section 4): `First von Last`, `von Last, First` and `von Last, Jr, First`.
//! BibTeX takes every word in lower case for a particle. Here the particles are known, and so count with a capital as well where
//! nothing speaks for a given name. Where one cannot be sure that there are parts, the name stays whole.

use super::{Kind, is, is_group, is_suffix, of, words};

/// An author's name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Name {
    /// Somebody whose family name is known.
    Person {
        /// The family name with its particles, as in `van den Berg`.
        family: String,
        /// The given names, never empty.
        given: String,
        /// `Jr.`, `III`.
        suffix: Option<String>,
    },
    /// A group, or a name that is not taken apart.
    Whole(String),
}

impl Name {
    /// The family name, or the whole.
    pub fn family(&self) -> &str {
        match self {
            Self::Person { family, .. } => family,
            Self::Whole(name) => name,
        }
    }
}

/// Takes a name apart. A group loses the words by which others write on its behalf.
pub fn read(name: &str) -> Name {
    let name = name.trim();
    if is_group(name) {
        return Name::Whole(without_behalf(name).to_owned());
    }
    let whole = || Name::Whole(name.to_owned());
    if name.contains(is_of_no_name) || name.chars().any(is_east_asian) || words(name).any(|word| word == "and") {
        return whole();
    }
    let person = |family: &str, given: &str, suffix: Option<&str>| Name::Person {
        family: family.to_owned(),
        given: given.to_owned(),
        suffix: suffix.map(str::to_owned),
    };
    let parts: Vec<&str> = name.split(',').map(str::trim).filter(|part| !part.is_empty()).collect();
    match parts[..] {
        [name] => in_order(name, None),
        [name, suffix] if is_suffix(suffix) => in_order(name, Some(suffix)),
        [family, given] => Some(person(family, given, None)),
        [family, suffix, given] | [family, given, suffix] if is_suffix(suffix) => {
            Some(person(family, given, Some(suffix)))
        }
        _ => None,
    }
    .unwrap_or_else(whole)
}

/// The parts of a name that is written from the given name to the family name, or from the family name to initials.
fn in_order(name: &str, suffix: Option<&str>) -> Option<Name> {
    let mut words: Vec<&str> = name.split_whitespace().flat_map(apart).collect();
    let ends_in_suffix = words.last().is_some_and(|last| is_suffix(last));
    let suffix = suffix.or(if ends_in_suffix && words.len() > 2 { words.pop() } else { None });
    let initials = words.iter().rev().take_while(|word| is_initial(word)).count();
    let is_turned = initials > 0 && words.first().is_some_and(|first| !is_initial(first));
    let (given, family) = if is_turned {
        let (family, given) = words.split_at(words.len() - initials);
        (given, family)
    } else {
        words.split_at(family_start(&words))
    };
    if given.is_empty() || family.iter().all(|word| is_suffix(word)) {
        return None;
    }
    Some(Name::Person { family: family.join(" "), given: given.join(" "), suffix: suffix.map(str::to_owned) })
}

/// Where the family name starts in a name's words; 0 where no given name stands before it.
fn family_start(words: &[&str]) -> usize {
    let last = words.len().saturating_sub(1);
    if last == 0 || is_particle(words, 0) || last == 1 && is(words[0], Kind::Beginning) {
        return 0;
    }
    let particle = (1..last).find(|at| is_particle(words, *at));
    let joined = (1..last).find(|at| is_lower(words[*at]) && is(words[*at], Kind::Joining)).map(|at| at - 1);
    particle.into_iter().chain(joined).min().unwrap_or(last)
}

/// Whether a word, which is not a name's last, belongs to the family name after it.
fn is_particle(words: &[&str], at: usize) -> bool {
    let (first, word, last) = (words[0], words[at], words[words.len() - 1]);
    if is_lower(word) {
        return is(word, Kind::Particle);
    }
    let ends_in_one = word.rsplit_once('-').is_some_and(|(_, end)| is_lower(end) && is(end, Kind::Particle));
    let is_followed = at + 2 < words.len() && is_lower(words[at + 1]) && is(words[at + 1], Kind::Particle);
    let is_given = || is(first, Kind::FamilyFirst) || is(last, Kind::FamilyLast);
    at > 0
        && (ends_in_one
            || is(word, Kind::Capital)
            || is(word, Kind::Doubtful) && !is_given()
            || is(word, Kind::Particle) && is_followed)
}

/// Whether a word is ever a particle, however it is written.
pub(super) fn may_be_particle(word: &str) -> bool {
    [Kind::Particle, Kind::Capital, Kind::Doubtful].iter().any(|kind| is(word, *kind))
}

/// Whether a word's first letter is a small one, as BibTeX looks for it.
fn is_lower(word: &str) -> bool {
    word.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_lowercase)
}

/// `A.`, `Yu.`, `J.-P.`, but no word.
pub(super) fn is_initial(word: &str) -> bool {
    let is_short = |part: &str| part.trim_start_matches('-').chars().count() <= 3;
    !is_suffix(word)
        && !is(word, Kind::Capital)
        && word.ends_with('.')
        && !is_lower(word)
        && word.split('.').all(is_short)
}

/// `J.-P.Doe`, which many write so, is initials and a word.
pub(super) fn apart(word: &str) -> impl Iterator<Item = &str> {
    let at = word.rfind('.').map_or(0, |at| at + 1);
    let (initials, rest) = word.split_at(at);
    let is_word = rest.chars().filter(|c| c.is_alphabetic()).count() > 1;
    let are_two = is_word && (is_initial(initials) || is(initials, Kind::Capital));
    let both = if are_two { [initials, rest] } else { ["", word] };
    both.into_iter().filter(|part| !part.is_empty())
}

/// The name of a group without `on behalf of the`.
pub(super) fn without_behalf(name: &str) -> &str {
    let after = |phrase: &str| {
        let start = name.get(..phrase.len())?;
        let rest = &name[phrase.len()..];
        (start.eq_ignore_ascii_case(phrase) && rest.starts_with(' ')).then(|| rest.trim_start())
    };
    of(Kind::Behalf).find_map(after).unwrap_or(name)
}

/// No person's name holds these.
fn is_of_no_name(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, ';' | '(' | ')' | ':' | '/' | '&')
}

/// Chinese, Japanese and Korean names stand in their own order, and mostly without a space.
fn is_east_asian(c: char) -> bool {
    matches!(u32::from(c), 0x1100..=0x11FF | 0x2E80..=0x9FFF | 0xAC00..=0xD7FF | 0xF900..=0xFAFF | 0x2_0000..=0x3_FFFF)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(name: &str, expected: &str) {
        let shown = match read(name) {
            Name::Person { family, given, suffix: None } => format!("{family}, {given}"),
            Name::Person { family, given, suffix: Some(suffix) } => format!("{family}, {suffix}, {given}"),
            Name::Whole(name) => format!("{{{name}}}"),
        };
        assert_eq!(shown, expected, "{name}");
    }

    #[test]
    fn the_last_word_is_the_family_name() {
        check("Qinghao Hu", "Hu, Qinghao");
        check("Vinh Q. Tran", "Tran, Vinh Q.");
        check("Yu. A. Budkov", "Budkov, Yu. A.");
        check("Zhi-Qin John Xu", "Xu, Zhi-Qin John");
        check("Weinan E", "E, Weinan");
        check("C. Gómez-Reino", "Gómez-Reino, C.");
        check("P.T. O'Brien", "O'Brien, P.T.");
        check("  Ada   B.  Example ", "Example, Ada B.");
    }

    #[test]
    fn particles_belong_to_it() {
        check("Ludwig van Beethoven", "van Beethoven, Ludwig");
        check("Laurens van der Maaten", "van der Maaten, Laurens");
        check("Leonardo da Vinci", "da Vinci, Leonardo");
        check("Jean-Pierre de la Fuente", "de la Fuente, Jean-Pierre");
        check("Gerard 't Hooft", "'t Hooft, Gerard");
        check("Gerard ’t Hooft", "’t Hooft, Gerard");
        check("Pieter J. in 't Veld", "in 't Veld, Pieter J.");
        check("J. Roe v. Berg", "v. Berg, J. Roe");
        check("Jean d'Alembert", "d'Alembert, Jean");
        check("Ali bin Omar", "bin Omar, Ali");
        check("José Ortega y Gasset", "Ortega y Gasset, José");
        check("Josep Puig i Cadafalch", "Puig i Cadafalch, Josep");
        check("T. Heredia-de La Cruz", "Heredia-de La Cruz, T.");
    }

    #[test]
    fn particles_have_capitals_too() {
        check("Guy Van den Broeck", "Van den Broeck, Guy");
        check("Fernando De la Torre", "De la Torre, Fernando");
        check("Luc Van Gool", "Van Gool, Luc");
        check("Jean-Luc Le Gall", "Le Gall, Jean-Luc");
        check("Sankar Das Sarma", "Das Sarma, Sankar");
        check("Saunders Mac Lane", "Mac Lane, Saunders");
        check("J. St. John", "St. John, J.");
        check("Jan Op de Beeck", "Op de Beeck, Jan");
        check("M. Calderon De La Barca Sanchez", "De La Barca Sanchez, M. Calderon");
        check("Nathan De Lee", "De Lee, Nathan");
        check("LUDWIG VAN BEETHOVEN", "VAN BEETHOVEN, LUDWIG");
    }

    #[test]
    fn a_given_name_is_no_particle() {
        check("Nguyen Van Khue", "Khue, Nguyen Van");
        check("Nguyễn Văn Khue", "Khue, Nguyễn Văn");
        check("Duc Van Nguyen", "Nguyen, Duc Van");
        check("Xue Da Wang", "Wang, Xue Da");
        check("Da Rui Chen", "Chen, Da Rui");
        check("Le Song", "Song, Le");
        check("Van Morrison", "Morrison, Van");
        check("Ben Green", "Green, Ben");
        check("Bin Yu", "Yu, Bin");
        check("D. Mac", "Mac, D.");
        check("Quoc V. Le", "Le, Quoc V.");
    }

    #[test]
    fn suffixes_stand_apart() {
        check("Sammy Davis, Jr.", "Davis, Jr., Sammy");
        check("Sammy Davis Jr.", "Davis, Jr., Sammy");
        check("Neal J. Evans II", "Evans, II, Neal J.");
        check("William Gates III", "Gates, III, William");
        check("Roldao da Rocha Jr", "da Rocha, Jr, Roldao");
        check("Frank Sinatra Sr.", "Sinatra, Sr., Frank");
        check("Guolei Sun SJ", "Sun, SJ, Guolei");
        check("Gates III", "{Gates III}");
    }

    #[test]
    fn a_comma_turns_a_name_round() {
        check("van den Berg, Anna", "van den Berg, Anna");
        check("Davis, Jr., Sammy", "Davis, Jr., Sammy");
        check("Davis, Sammy, Jr.", "Davis, Jr., Sammy");
        check("Doe,", "{Doe,}");
        check("A, B, C, D", "{A, B, C, D}");
    }

    #[test]
    fn initials_at_the_end_are_given_names() {
        check("Budkov Yu. A.", "Budkov, Yu. A.");
        check("van den Berg A.", "van den Berg, A.");
        check("R.Soria-Ruiz", "Soria-Ruiz, R.");
        check("N.d'Alembert", "d'Alembert, N.");
        check("St.Roe", "Roe, St.");
        check("J.-F.Desmurs", "Desmurs, J.-F.");
        check("Yu.A.Budkov", "Budkov, Yu.A.");
        check("A. B.", "B., A.");
    }

    #[test]
    fn what_has_no_parts_stays_whole() {
        check("Plato", "{Plato}");
        check("Ibn Sina", "{Ibn Sina}");
        check("van Beethoven", "{van Beethoven}");
        check("Ortega y Gasset", "{Ortega y Gasset}");
        check("王小明", "{王小明}");
        check("山田 太郎", "{山田 太郎}");
        check("김철수", "{김철수}");
        check("Bell and Sons", "{Bell and Sons}");
        check("3DCV", "{3DCV}");
        check("", "{}");
    }

    #[test]
    fn a_group_stays_whole() {
        check("ATLAS Collaboration", "{ATLAS Collaboration}");
        check("The LIGO Scientific Collaboration", "{The LIGO Scientific Collaboration}");
        check("Particle Data Group", "{Particle Data Group}");
        check("on behalf of the CMS Collaboration", "{CMS Collaboration}");
        check("for the X Team", "{X Team}");
        check("Planck, Keck, and BICEP2 Collaborations", "{Planck, Keck, and BICEP2 Collaborations}");
        check("Google, Inc.", "{Google, Inc.}");
    }

    proptest! {
        #[test]
        fn no_letter_is_lost(name in r"(\PC{0,6}|[A-Z][a-z]{0,5}|van|Van|de|'t|y|Jr\.|II|[A-Z]\.|[ ,.-]){0,9}") {
            prop_assume!(!is_group(&name));
            let parts = match read(&name) {
                Name::Person { family, given, suffix } => [family, given, suffix.unwrap_or_default()].concat(),
                Name::Whole(name) => name,
            };
            let letters = |text: &str| { let mut all: Vec<char> = text.chars().filter(|c| c.is_alphanumeric()).collect(); all.sort_unstable(); all };
            prop_assert_eq!(letters(&parts), letters(&name));
        }
    }
}
