//! An author: the name as it is shown, and the parts that its source tells.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::parts::{self, Name};
use super::{is_group, is_suffix};

/// An author as a source or a list names one.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Stored", into = "Stored")]
pub struct Author {
    name: String,
    /// The parts that the source tells, where they are parts of this name.
    told: Option<Name>,
    /// Whether there are further authors behind this one whom nobody names: `et al.`
    others_follow: bool,
}

/// The form in which an author is kept: a text, or an object where more is known.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Stored {
    Name(String),
    More {
        name: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        family: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        given: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        suffix: Option<String>,
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        others_follow: bool,
    },
}

impl Author {
    /// This author with the parts that a source tells of the name. They count where they are the parts of this very name, and not
    /// where a program cut it: no owner's name has a particle before the comma, or an initial, `Jr.` or half of a group's
    /// name for its family.
    #[must_use]
    pub fn with_parts(self, family: &str, given: &str, suffix: Option<&str>) -> Self {
        let (family, given) = (family.trim(), given.trim());
        let suffix = suffix.map(str::trim).filter(|suffix| !suffix.is_empty());
        let (family, suffix) = match (suffix, family.rsplit_once(' ')) {
            (None, Some((before, last))) if is_suffix(last) => (before.trim_end_matches([' ', ',']), Some(last)),
            _ => (family, suffix),
        };
        let parts = [[given, family], [family, given]].map(|two| [two[0], two[1], suffix.unwrap_or_default()]);
        let is_one_word = given.is_empty() && !family.contains(' ');
        if is_one_word
            || is_group(&self.name)
            || !parts.iter().any(|parts| fits(&self.name, parts))
            || self.is_cut(family)
        {
            return self;
        }
        let told = if given.is_empty() || family.is_empty() {
            Name::Whole(self.name.clone())
        } else {
            Name::Person { family: family.to_owned(), given: given.to_owned(), suffix: suffix.map(str::to_owned) }
        };
        // What is read from the name anyway need not be kept.
        Self { told: Some(told).filter(|told| *told != parts::read(&self.name)), ..self }
    }

    /// Whether a family name is what a program leaves that cuts at the last space.
    fn is_cut(&self, family: &str) -> bool {
        let read = parts::read(&self.name);
        let before = read.family().strip_suffix(family).unwrap_or_default();
        let is_behind_particles = before.ends_with(' ') && before.split_whitespace().all(parts::may_be_particle);
        is_suffix(family)
            || parts::is_initial(family)
            || parts::apart(family).count() > 1
            || is_behind_particles && matches!(read, Name::Person { .. })
    }

    /// The full name, as it is shown.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether further authors follow whom nobody names.
    pub fn others_follow(&self) -> bool {
        self.others_follow
    }

    /// Notes that further authors follow.
    pub fn let_others_follow(&mut self) {
        self.others_follow = true;
    }

    /// The name's parts: as the source tells them, else as they are read.
    pub fn parts(&self) -> Name {
        self.told.clone().unwrap_or_else(|| parts::read(&self.name))
    }
}

/// The name, and behind it the parts that are told.
impl fmt::Debug for Author {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.name.fmt(f)?;
        self.told.as_ref().map_or(Ok(()), |told| write!(f, " ({told:?})"))
    }
}

/// An author goes by the full name.
impl PartialEq<&str> for Author {
    fn eq(&self, name: &&str) -> bool {
        self.name == *name
    }
}

impl From<String> for Author {
    fn from(name: String) -> Self {
        Self { name, told: None, others_follow: false }
    }
}

impl From<&str> for Author {
    fn from(name: &str) -> Self {
        name.to_owned().into()
    }
}

impl From<Stored> for Author {
    fn from(stored: Stored) -> Self {
        match stored {
            Stored::Name(name) => name.into(),
            Stored::More { name, family, given, suffix, others_follow } => {
                let (family, given) = (family.unwrap_or_default(), given.unwrap_or_default());
                Self { others_follow, ..Self::from(name).with_parts(&family, &given, suffix.as_deref()) }
            }
        }
    }
}

impl From<Author> for Stored {
    fn from(Author { name, told, others_follow }: Author) -> Self {
        let (family, given, suffix) = match told {
            None if !others_follow => return Self::Name(name),
            None => (None, None, None),
            Some(Name::Whole(family)) => (Some(family), None, None),
            Some(Name::Person { family, given, suffix }) => (Some(family), Some(given), suffix),
        };
        Self::More { name, family, given, suffix, others_follow }
    }
}

/// Authors in an output: an array of names.
pub mod only_names {
    use serde::{Deserializer, Serializer};

    use super::super::field::each;
    use super::{Author, Deserialize};

    /// Writes the names.
    ///
    /// # Errors
    /// As the serializer says.
    pub fn serialize<S: Serializer>(authors: &[Author], to: S) -> Result<S::Ok, S::Error> {
        to.collect_seq(authors.iter().map(Author::name))
    }

    /// Reads the names. An output of an earlier version may have several in one, affiliations and `et al.`
    ///
    /// # Errors
    /// It is no array of texts.
    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<Author>, D::Error> {
        Ok(each(&Vec::<String>::deserialize(from)?))
    }
}

/// Whether the parts make up the name, letter by letter.
fn fits(name: &str, parts: &[&str]) -> bool {
    let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    letters(name) == letters(&parts.concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, (family, given, suffix): (&str, &str, &str), expected: &str) {
        let author = Author::from(name).with_parts(family, given, Some(suffix));
        let shown = match author.parts() {
            Name::Person { family, given, suffix } => [family, given, suffix.unwrap_or_default()].join(", "),
            Name::Whole(name) => name,
        };
        assert_eq!((author.name(), shown.trim_end_matches(", ")), (name, expected));
        let stored = serde_json::to_string(&author).unwrap();
        assert_eq!(serde_json::from_str::<Author>(&stored).unwrap(), author, "{stored}");
    }

    #[test]
    fn the_parts_are_those_that_the_source_tells() {
        check("Gabriel García Márquez", ("García Márquez", "Gabriel", ""), "García Márquez, Gabriel");
        check("Luciano da Fontoura Costa", ("Costa", "Luciano da Fontoura", ""), "Costa, Luciano da Fontoura");
        check("Wang Xiaoming", ("Wang", "Xiaoming", ""), "Wang, Xiaoming");
        check("A. Roe Lopez Jr", ("Roe Lopez", "A.", "Jr"), "Roe Lopez, A., Jr");
        check("A. Roe Lopez Jr", ("Roe Lopez Jr", "A.", ""), "Roe Lopez, A., Jr");
        check("Jane Doe", ("Jane Doe", "", ""), "Jane Doe");
    }

    #[test]
    fn the_full_name_wins_over_parts_that_are_not_its_own() {
        check("Gabriel García Márquez", ("García", "Gabriel", ""), "Márquez, Gabriel García");
        check("Ada Example", ("Beispiel", "Ada", ""), "Example, Ada");
        check("Ada Example", ("", "", ""), "Example, Ada");
    }

    #[test]
    fn a_name_that_was_cut_at_its_last_space_is_read() {
        check("Guy Van den Broeck", ("Broeck", "Guy Van den", ""), "Van den Broeck, Guy");
        check("Ludwig van Beethoven", ("Beethoven", "Ludwig van", ""), "van Beethoven, Ludwig");
        check("William A. Goddard III", ("III", "William A. Goddard", ""), "Goddard, William A., III");
        check("Budkov Yu. A.", ("A.", "Budkov Yu.", ""), "Budkov, Yu. A.");
        check("The BABAR Collaboration", ("Collaboration", "The BABAR", ""), "The BABAR Collaboration");
        check("C.Roe", ("C.Roe", "", ""), "Roe, C.");
        check("Carl R.Roe", ("R.Roe", "Carl", ""), "Roe, Carl R.");
    }

    #[test]
    fn that_others_follow_is_kept() {
        let mut author = Author::from("Jane Doe");
        author.let_others_follow();
        let stored = serde_json::to_string(&author).unwrap();
        assert!(serde_json::from_str::<Author>(&stored).unwrap().others_follow(), "{stored}");
        assert_eq!(serde_json::from_str::<Author>("\"Jane Doe\"").unwrap(), Author::from("Jane Doe"));
    }
}
