//! Why an entry is read as it is, and why a place is passed over: small data that the reader keeps, and the words for it.

use std::ops::Range;

use super::draft::Draft;
use super::list::List;
use super::own_id::Ground;
use super::plan::{Place, What};
use crate::extract::explain::Because;
use crate::extract::features::labels;
use crate::extract::features::links::Target;
use crate::extract::features::plain;
use crate::extract::features::title::{Setting, Slot};
use crate::extract::features::words;
use crate::extract::units::Shape;
use crate::extract::units::passage::Passage;

/// A name of more bytes is not repeated.
const LONGEST_NAME: usize = 40;

/// What decided an entry, as the reader knows it.
#[derive(Clone, Debug, Default)]
pub(in crate::extract) struct Why {
    pub(in crate::extract) how: How,
    pub(in crate::extract) title: Option<From>,
    /// What gave the identifier, and where that stands in the text.
    pub(in crate::extract) id: Option<(Ground, Range<usize>)>,
    /// The unit that it starts in.
    pub(in crate::extract) unit: Option<usize>,
    /// The blocks that it was read from.
    pub(in crate::extract) blocks: Range<usize>,
}

/// How an entry came to be one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::extract) enum How {
    /// Its identifier was left when all else was read.
    #[default]
    Unclaimed,
    /// It is a unit of the list.
    Unit,
    /// It is a title with the details of one paper under it.
    Under,
    /// A link with a title of its own stands in another's unit.
    Link,
    /// It has the standing of the entry before it.
    Beside,
    Cited,
    Bibtex,
    FrontMatter,
}

/// Where a title was taken from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(in crate::extract) enum From {
    /// The slot that the group and the unit speak for.
    Slot(Slot),
    /// The paper's own title is known and stands here, in this slot if it is in one.
    Known(Option<Slot>),
    /// The column of a table, counted from 0.
    Column(usize),
    /// What is set apart in the unit, by that alone.
    Unit(Setting),
    Bibtex,
}

impl From {
    /// The slot that siblings may have their titles in too.
    pub(super) fn in_slot(self) -> Option<Slot> {
        match self {
            Self::Slot(slot) => Some(slot),
            Self::Known(slot) => slot,
            Self::Column(_) | Self::Unit(_) | Self::Bibtex => None,
        }
    }
}

/// Why nothing was read from a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::extract) enum Passed {
    Things,
    NoTitle,
    Short,
    NotFirst,
    Few,
    Skipped,
    Section,
    OverOthers,
    Columns,
    Prose,
}

impl Why {
    /// What the link at a range gave, its text being the title if there is one.
    pub(super) fn of_link(range: &Range<usize>, how: How) -> Self {
        Self { how, title: Some(From::Unit(Setting::Link)), id: Some((Ground::Link, range.clone())), ..Self::default() }
    }

    /// What BibTeX alone gave.
    pub(super) fn of_bibtex() -> Self {
        Self { how: How::Bibtex, title: Some(From::Bibtex), id: Some((Ground::Bibtex, 0..0)), ..Self::default() }
    }

    /// Adds where an entry was read, as far as that is not known.
    pub(super) fn stands_in(&mut self, place: &Place) {
        if self.how == How::Unclaimed {
            self.how = match place.what {
                What::Papers | What::Table => How::Unit,
                What::Under(_) => How::Under,
                What::Cited => How::Cited,
                What::Bibtex => How::Bibtex,
            };
        }
        if self.unit.is_none() {
            (self.unit, self.blocks) = (Some(place.unit), place.blocks.clone());
        }
    }

    /// Says that an entry is the unit itself: a row of a table.
    pub(super) fn is_unit(&mut self, unit: usize, blocks: &Range<usize>) {
        (self.unit, self.blocks) = (Some(unit), blocks.clone());
    }
}

impl Passed {
    /// Why a draft among siblings is none of the entries.
    pub(super) fn of(draft: &Draft, few: bool, fewest: usize) -> Self {
        match draft.title.as_deref().map(plain::word_count) {
            None | Some(0) => Self::NoTitle,
            Some(_) if !draft.opens => Self::NotFirst,
            Some(_) if draft.leads_to_things => Self::Things,
            Some(words) if few && words < fewest => Self::Short,
            Some(_) => Self::Few,
        }
    }

    pub(in crate::extract) fn words(self) -> &'static str {
        match self {
            Self::Things => "its links lead to code, videos or documentation",
            Self::NoTitle => "no text in it can be a title",
            Self::Short => "too short for a title",
            Self::NotFirst => "its title does not stand first",
            Self::Few => "few of its siblings present papers",
            Self::Skipped => "its section is skipped",
            Self::Section => "it heads a section",
            Self::OverOthers => "it stands over other units",
            Self::Columns => "it names columns",
            Self::Prose => "its text cites no paper",
        }
    }
}

/// What decided an entry, in words. `shared` says in how many of how many siblings the title stands in the same place.
pub(super) fn because(list: &List<'_, '_>, draft: &Draft, shared: Option<(usize, usize)>) -> Because {
    let why = &draft.why;
    let from = draft.title.as_ref().and_then(|_| title(list, draft));
    let title = from.map(|from| match shared.filter(|(count, _)| *count > 1) {
        Some((count, of)) => format!("{from}, as in {count} of {of} siblings"),
        None => from,
    });
    let by = why.id.as_ref().filter(|_| draft.id.is_some());
    let id = by.map(|(ground, range)| id(list, *ground, range));
    let id = id.or_else(|| draft.id.as_ref().map(|_| "the text".to_owned()));
    Because { entry: entry(list, draft).to_owned(), title, id }
}

/// What decided an entry that no unit of a list presents, in words.
pub(in crate::extract) fn beyond_units(draft: &Draft) -> Because {
    let (entry, from) = match draft.why.how {
        How::FrontMatter => ("the front matter presents it", "the front matter"),
        _ => ("BibTeX cites it", "BibTeX"),
    };
    let title = draft.title.as_ref().map(|_| from.to_owned());
    Because { entry: entry.to_owned(), title, id: draft.id.as_ref().map(|_| from.to_owned()) }
}

fn entry(list: &List<'_, '_>, draft: &Draft) -> &'static str {
    let why = &draft.why;
    let shape = why.unit.map(|unit| list.shape(unit));
    let ground = why.id.as_ref().filter(|_| draft.id.is_some()).map(|(ground, _)| *ground);
    match (why.how, ground) {
        (How::Unclaimed, _) => "nothing else claims the identifier",
        (How::Link, _) => "a link with a title of its own leads to it",
        (How::Beside, _) => "it has the same standing as the one before it",
        (How::Cited, _) => "the text cites it",
        (How::FrontMatter, _) => "the front matter presents it",
        (How::Bibtex, _) | (How::Unit, Some(Ground::Bibtex)) => "BibTeX cites it",
        (How::Under, Some(Ground::Titled)) => "it leads to arXiv",
        (How::Under, _) => match shape {
            Some(Shape::Heading(_)) => "its heading is over one paper's details",
            Some(Shape::Fold) => "its summary is over one paper's details",
            _ => "its line is over one paper's details",
        },
        (How::Unit, Some(Ground::Text)) => "it names an e-print",
        (How::Unit, Some(Ground::Picture)) => "its badge names an e-print",
        (How::Unit, Some(Ground::SaysPaper)) if field(list, draft).is_some() => "a field names the paper",
        (How::Unit, Some(_)) => "it leads to arXiv",
        (How::Unit, None) => without_id(list, draft, shape),
    }
}

fn without_id(list: &List<'_, '_>, draft: &Draft, shape: Option<Shape>) -> &'static str {
    let passage = list.passage();
    let within = list.document.text_of(&draft.why.blocks);
    let publishes = || passage.links[passage.links_in(&within)].iter().any(|link| link.target == Target::Paper);
    if draft.citation.is_some() {
        "BibTeX cites it"
    } else if draft.is_published && publishes() {
        "it leads to where papers are published"
    } else if draft.is_published {
        "a link is named for the paper"
    } else if draft.has_tag_field {
        "a field tags it"
    } else if matches!(shape, Some(Shape::Item | Shape::Row)) {
        "siblings like it present papers"
    } else {
        "its title is set apart, and its links say where they lead"
    }
}

/// The field that a link stands in which gave the identifier.
fn field<'l>(list: &'l List<'_, '_>, draft: &Draft) -> Option<&'l str> {
    let (_, range) = draft.why.id.as_ref()?;
    field_at(list.passage(), range)
}

fn field_at<'p>(passage: &'p Passage<'_>, range: &Range<usize>) -> Option<&'p str> {
    let says_little = |link: &usize| {
        let text = plain::trim(&passage.text[passage.links[*link].range.clone()]);
        passage.links[*link].is_bare || words::is(text, words::Kind::Pointing)
    };
    let link = passage.link_at(range.start).filter(says_little)?;
    labels::name_before(passage, link).filter(|name| name.len() <= LONGEST_NAME)
}

fn id(list: &List<'_, '_>, ground: Ground, range: &Range<usize>) -> String {
    let passage = list.passage();
    match ground {
        Ground::Titled => "the title's link".to_owned(),
        Ground::Text => "the text".to_owned(),
        Ground::Bibtex => "BibTeX".to_owned(),
        Ground::Picture => "a badge".to_owned(),
        Ground::Link | Ground::SaysPaper | Ground::Elsewhere | Ground::Related => {
            let name = plain::line(plain::trim(passage.text.get(range.clone()).unwrap_or_default()));
            let is_name = !name.is_empty() && name.len() <= LONGEST_NAME && plain::word_count(&name) <= 3;
            match field_at(passage, range) {
                Some(field) => format!("the field `{field}`"),
                None if name.chars().any(char::is_alphabetic) && is_name && !name.contains("://") => {
                    format!("a link named `{name}`")
                }
                None if !passage.images_in(range).is_empty() => "a badge".to_owned(),
                None => "a link".to_owned(),
            }
        }
    }
}

fn title(list: &List<'_, '_>, draft: &Draft) -> Option<String> {
    let why = &draft.why;
    let shape = why.unit.map(|unit| list.shape(unit));
    why.title.map(|from| slot(from, shape)).or_else(|| draft.citation.as_ref().map(|_| "BibTeX".to_owned()))
}

/// Where a title stands, in words.
pub(super) fn slot(from: From, shape: Option<Shape>) -> String {
    let nth = |at: u8| ["first", "second", "third"].get(usize::from(at)).copied().unwrap_or("fourth or later");
    match from {
        From::Slot(Slot::Field) | From::Unit(Setting::Field) => "field".to_owned(),
        From::Slot(Slot::Link(at)) => format!("text of the {} link", nth(at)),
        From::Slot(Slot::Bold(at)) => format!("{} bold", nth(at)),
        From::Slot(Slot::Named) => "bold name with the words after it".to_owned(),
        From::Slot(Slot::Quoted(at)) => format!("{} quoted", nth(at)),
        From::Slot(Slot::Underlined(at)) => format!("{} underlined", nth(at)),
        From::Slot(Slot::Italic(at)) => format!("{} italic", nth(at)),
        From::Slot(Slot::Lead) | From::Unit(Setting::Plain) => "words before the first link".to_owned(),
        From::Slot(Slot::Whole) => match shape {
            Some(Shape::Heading(_)) => "heading".to_owned(),
            Some(Shape::Fold) => "summary".to_owned(),
            _ => "first line".to_owned(),
        },
        From::Known(Some(place)) => format!("{}, where the paper's own title stands", slot(From::Slot(place), shape)),
        From::Known(None) => "where the paper's own title stands".to_owned(),
        From::Column(at) => format!("column {}", at + 1),
        From::Unit(Setting::Link) => "text of a link".to_owned(),
        From::Unit(Setting::Bold) => "bold".to_owned(),
        From::Unit(Setting::Quoted) => "quoted".to_owned(),
        From::Unit(Setting::Underlined) => "underlined".to_owned(),
        From::Unit(Setting::Italic) => "italic".to_owned(),
        From::Bibtex => "BibTeX".to_owned(),
    }
}
