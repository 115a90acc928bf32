//! What the user may settle about reading lists.

use std::collections::{BTreeMap, BTreeSet};
use std::str::FromStr;

use serde::Deserialize;

/// The settings under `[reading]` and `[tags]`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Spellings of tags and what they are to become: `NIPS24` → `NeurIPS 2024`.
    pub aliases: BTreeMap<String, String>,
    /// Tags to leave out, as spelled after the aliases.
    pub ignore: BTreeSet<String>,
    /// Further table columns whose cells are tags, by their header.
    pub columns: BTreeSet<String>,
    /// Whether `#word` is a tag.
    pub hashtags: Hashtags,
    /// Whether a task's box is a tag.
    pub task_state: TaskState,
    /// Where titles stand, where the keeper says so; else the list itself shows it.
    pub title: Option<TitleFrom>,
    /// What labels entries, beside what the list itself shows. The columns among them stand in `columns` too.
    pub tags: Vec<TagFrom>,
    /// Sections that present no papers: no entry under a heading of this text, in any case, is read.
    pub skip_sections: Vec<String>,
}

impl Options {
    /// Whether an entry under these headings is passed over.
    pub fn skips(&self, sections: &[String]) -> bool {
        let is_named = |section: &String| self.skip_sections.iter().any(|name| is_same(name, section));
        !self.skip_sections.is_empty() && sections.iter().any(is_named)
    }
}

/// Whether two texts are the same but for case.
fn is_same(one: &str, other: &str) -> bool {
    let lower = |text: &str| text.trim().to_lowercase();
    lower(one) == lower(other)
}

/// What is made of `#word` in a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Hashtags {
    /// It is a tag.
    #[default]
    Read,
    /// It is text like any other.
    Leave,
}

/// What is made of the box of a task list's item.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TaskState {
    /// It is the reader's own affair.
    #[default]
    Leave,
    /// It is a tag, `done` or `todo`.
    Tag,
}

/// Where the titles of a list stand.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub enum TitleFrom {
    /// In the first bold text: `bold`.
    Bold,
    /// In the first italic text: `italic`.
    Italic,
    /// In the first quotation marks: `quoted`.
    Quoted,
    /// In the text of the first link: `link`.
    Link,
    /// In a field that is named for it: `field`.
    Field,
    /// In the first line: `first-line`.
    FirstLine,
    /// In the column with this header: `column:NAME`.
    Column(String),
}

/// What labels the entries of a list.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub enum TagFrom {
    /// The cells of the column with this header: `column:NAME`.
    Column(String),
    /// The values of the field of this name: `field:NAME`.
    Field(String),
    /// Short texts in brackets: `brackets`.
    Brackets,
    /// Badges: `badges`.
    Badges,
    /// Short texts in code: `code`.
    Code,
}

/// How places of titles are written.
const TITLES: [&str; 7] = ["bold", "italic", "quoted", "link", "field", "first-line", "column:NAME"];

/// How what labels is written.
const TAGS: [&str; 5] = ["column:NAME", "field:NAME", "brackets", "badges", "code"];

/// A word that is less like another than this is no slip of it.
const LIKE: f64 = 0.7;

impl FromStr for TitleFrom {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        Ok(match parted(text) {
            ("bold", None) => Self::Bold,
            ("italic", None) => Self::Italic,
            ("quoted", None) => Self::Quoted,
            ("link", None) => Self::Link,
            ("field", None) => Self::Field,
            ("first-line", None) => Self::FirstLine,
            ("column", Some(name)) => Self::Column(name.to_owned()),
            _ => return Err(refusal("title", text, &TITLES)),
        })
    }
}

impl FromStr for TagFrom {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        Ok(match parted(text) {
            ("column", Some(name)) => Self::Column(name.to_owned()),
            ("field", Some(name)) => Self::Field(name.to_owned()),
            ("brackets", None) => Self::Brackets,
            ("badges", None) => Self::Badges,
            ("code", None) => Self::Code,
            _ => return Err(refusal("tag", text, &TAGS)),
        })
    }
}

impl TryFrom<String> for TitleFrom {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

impl TryFrom<String> for TagFrom {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

/// The kind and, after a colon, the name, where there is one.
fn parted(text: &str) -> (&str, Option<&str>) {
    let (kind, name) = text.split_once(':').map_or((text, None), |(kind, name)| (kind, Some(name.trim())));
    (kind.trim(), name.filter(|name| !name.is_empty()))
}

/// Says that nothing is written so, and what is most like it.
fn refusal(what: &str, text: &str, known: &[&str]) -> String {
    let likeness = |known: &str| strsim::jaro(parted(known).0, &parted(text).0.to_lowercase());
    let nearest = known.iter().max_by(|one, other| likeness(one).total_cmp(&likeness(other)));
    match nearest.filter(|known| likeness(known) > LIKE) {
        Some(nearest) => format!("no {what} is read from `{text}`; did you mean `{nearest}`?"),
        None => format!("no {what} is read from `{text}`, but from {}", known.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_titles_stand_and_what_labels_is_told_by_kind_and_name() {
        let title = |text: &str, expected| assert_eq!(text.parse::<TitleFrom>(), Ok(expected), "{text}");
        title("bold", TitleFrom::Bold);
        title("italic", TitleFrom::Italic);
        title("quoted", TitleFrom::Quoted);
        title("link", TitleFrom::Link);
        title("field", TitleFrom::Field);
        title(" first-line ", TitleFrom::FirstLine);
        title("column: Name: in full", TitleFrom::Column("Name: in full".to_owned()));
        let tag = |text: &str, expected| assert_eq!(text.parse::<TagFrom>(), Ok(expected), "{text}");
        tag("column:Subjects", TagFrom::Column("Subjects".to_owned()));
        tag("field:キー", TagFrom::Field("キー".to_owned()));
        tag("brackets", TagFrom::Brackets);
        tag("badges", TagFrom::Badges);
        tag("code", TagFrom::Code);
    }

    #[test]
    fn what_is_not_known_is_told_with_what_is_like_it() {
        let title = |text: &str, expected: &str| {
            assert_eq!(text.parse::<TitleFrom>().unwrap_err(), format!("no title is read from {expected}"));
        };
        title("blod", "`blod`; did you mean `bold`?");
        title("Bold", "`Bold`; did you mean `bold`?");
        title("first_line", "`first_line`; did you mean `first-line`?");
        title("column", "`column`; did you mean `column:NAME`?");
        title("colum:Name", "`colum:Name`; did you mean `column:NAME`?");
        title("bold:2", "`bold:2`; did you mean `bold`?");
        title("", "``, but from bold, italic, quoted, link, field, first-line, column:NAME");
        let tag = |text: &str, expected: &str| {
            assert_eq!(text.parse::<TagFrom>().unwrap_err(), format!("no tag is read from {expected}"));
        };
        tag("badge", "`badge`; did you mean `badges`?");
        tag("field: ", "`field: `; did you mean `field:NAME`?");
        tag("17", "`17`, but from column:NAME, field:NAME, brackets, badges, code");
    }

    #[test]
    fn a_section_is_skipped_with_all_that_is_under_it() {
        let options =
            Options { skip_sections: vec!["Tools".to_owned(), " ÜBERSICHT".to_owned()], ..Options::default() };
        let check = |sections: &[&str], expected: bool| {
            let sections: Vec<_> = sections.iter().map(|section| (*section).to_owned()).collect();
            assert_eq!(options.skips(&sections), expected, "{sections:?}");
        };
        check(&["tools"], true);
        check(&["Papers", "TOOLS", "2031"], true);
        check(&["Übersicht"], true);
        check(&["Tools and papers"], false);
        check(&[], false);
    }
}
