//! Whether a source's paper is the one that a list names without identifier: the titles must be equal, apart from what people
//! write differently, and an author must be shared. Where to look for such papers is left to each source's own module.

use crate::model::Author;
use crate::tex;

/// A paper that is known by its title and its authors' surnames alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TitleQuestion {
    /// The title, as somebody wrote it.
    pub title: String,
    /// The surnames of some or all of its authors. Without any, nothing is the same paper: titles repeat.
    pub surnames: Vec<String>,
}

impl TitleQuestion {
    /// Whether a paper with this title and these authors is the one that is meant.
    pub fn names(&self, title: &str, authors: &[Author]) -> bool {
        let wanted = tex::folded(&self.title);
        !wanted.is_empty() && wanted == tex::folded(title) && self.shares_author(authors)
    }

    /// Whether the surname of one of them is asked for.
    pub(super) fn shares_author(&self, authors: &[Author]) -> bool {
        let known: Vec<_> =
            self.surnames.iter().map(|name| fold_surname(name)).filter(|name| !name.is_empty()).collect();
        !known.is_empty() && authors.iter().any(|author| known.contains(&fold_surname(author.parts().family())))
    }
}

/// A surname's last word, folded: lists write `Berg` for `van den Berg`, and the other way round.
fn fold_surname(name: &str) -> String {
    let name = tex::plain(name);
    let between = |c: char| c.is_whitespace() || matches!(c, '~' | '-' | '\u{2010}'..='\u{2014}');
    tex::folded(name.split(between).rfind(|word| !word.is_empty()).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(asked: (&str, &[&str]), told: (&str, &[&str]), expected: bool) {
        let surnames = asked.1.iter().map(|&name| name.to_owned()).collect();
        let question = TitleQuestion { title: asked.0.to_owned(), surnames };
        let authors: Vec<_> = told.1.iter().map(|&name| Author::from(name)).collect();
        assert_eq!(question.names(told.0, &authors), expected, "{asked:?} {told:?}");
    }

    #[test]
    fn case_punctuation_accents_and_tex_make_no_other_title() {
        check(("A Study: Part II", &["Li"]), ("A study -- part II.", &["Li", "Wu"]), true);
        check(("On Schrödinger's cat", &["Li"]), ("On Schr\\\"odinger's cat", &["Li"]), true);
        check(("On Schrodinger’s cat", &["Li"]), ("On Schrödinger's cat", &["Li"]), true);
        check(("The x² law of efficiency", &["Li"]), ("The $x^2$ law of e\u{fb03}ciency", &["Li"]), true);
        check(("STRASSE", &["Li"]), ("Straße", &["Li"]), true);
        check(("大規模モデル", &["Li"]), ("大規模モデル", &["Li"]), true);
        check(("Part II", &["Li"]), ("Part III", &["Li"]), false);
        check(("大規模モデル", &["Li"]), ("小規模モデル", &["Li"]), false);
    }

    #[test]
    fn an_author_must_be_shared() {
        check(("T", &["Balazs"]), ("T", &["Li", "Bal\\'azs"]), true);
        check(("T", &["van den Berg"]), ("T", &["Berg"]), true);
        check(("T", &["Abu Shammala"]), ("T", &["Abu-Shammala"]), true);
        check(("T", &["Wu"]), ("T", &["Li"]), false);
        check(("T", &[]), ("T", &["Li"]), false);
        check(("T", &["", "?"]), ("T", &["", "!"]), false);
    }

    #[test]
    fn a_title_without_letters_is_no_question() {
        check(("???", &["Li"]), ("!!!", &["Li"]), false);
    }
}
