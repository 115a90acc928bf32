//! The habits that one hand writes a list with. All of a list follows them; what a list says is left to `writing`.

use std::fmt::Debug;

use proptest::prelude::*;
use proptest::sample::select;

use super::words::Language;

/// Where the title stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Setting {
    Link,
    Bold,
    Italic,
    Quoted,
    Plain,
    BoldLink,
    Heading,
    Cell,
}

/// What stands between the fields of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Separator {
    Hyphen,
    Comma,
    Pipe,
    Period,
    Dash,
    Colon,
    LineBreak,
}

/// What links are called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Names {
    /// As lists in English call them.
    Known,
    Nonsense,
    /// In the language of the list.
    Own,
    /// In brackets of their own.
    Bracketed,
    /// The address stands there itself.
    BareUrl,
    /// There is an identifier instead.
    Identifier,
}

/// What an item starts with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Numbering {
    Hyphen,
    Star,
    Number,
    Box,
}

/// What entries stand under.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Nesting {
    Flat,
    Headings,
    Items,
    Folds,
}

/// In what order the fields come; the links come last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Order {
    TitleAlone,
    AuthorsAfter,
    AuthorsBefore,
    VenueBefore,
    VenueAfter,
    YearBefore,
    YearAfter,
}

/// Whether every paper is on arXiv.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Linked {
    All,
    /// Some have no link, or one that leads to a journal.
    Most,
}

/// How a list is written.
#[derive(Clone, Debug)]
pub(crate) struct Habits {
    pub(crate) setting: Setting,
    pub(crate) separator: Separator,
    pub(crate) names: Names,
    pub(crate) numbering: Numbering,
    pub(crate) nesting: Nesting,
    pub(crate) order: Order,
    pub(crate) linked: Linked,
    pub(crate) language: Language,
}

impl Habits {
    /// Each habit with its kind, to tell how lists with it fare.
    pub(crate) fn told(&self) -> [(&'static str, String); 8] {
        let told = |habit: &dyn Debug| format!("{habit:?}");
        [
            ("title", told(&self.setting)),
            ("separator", told(&self.separator)),
            ("names", told(&self.names)),
            ("numbering", told(&self.numbering)),
            ("nesting", told(&self.nesting)),
            ("order", told(&self.order)),
            ("linked", told(&self.linked)),
            ("language", told(&self.language)),
        ]
    }

    /// What no person would write is written otherwise: a heading in an item, and one with nothing below.
    fn sensible(mut self) -> Self {
        if self.setting == Setting::Heading {
            if self.nesting == Nesting::Items {
                self.nesting = Nesting::Headings;
            }
            if self.linked == Linked::Most && matches!(self.order, Order::TitleAlone | Order::YearBefore) {
                self.order = Order::AuthorsAfter;
            }
        }
        self
    }
}

/// Every way to write a list.
pub(crate) fn habits() -> impl Strategy<Value = Habits> {
    let setting = select(vec![
        Setting::Link,
        Setting::Bold,
        Setting::Italic,
        Setting::Quoted,
        Setting::Plain,
        Setting::BoldLink,
        Setting::Heading,
        Setting::Cell,
    ]);
    let separator = select(vec![
        Separator::Hyphen,
        Separator::Comma,
        Separator::Pipe,
        Separator::Period,
        Separator::Dash,
        Separator::Colon,
        Separator::LineBreak,
    ]);
    let names =
        select(vec![Names::Known, Names::Nonsense, Names::Own, Names::Bracketed, Names::BareUrl, Names::Identifier]);
    let numbering = select(vec![Numbering::Hyphen, Numbering::Star, Numbering::Number, Numbering::Box]);
    let nesting = select(vec![Nesting::Flat, Nesting::Headings, Nesting::Items, Nesting::Folds]);
    let order = select(vec![
        Order::TitleAlone,
        Order::AuthorsAfter,
        Order::AuthorsBefore,
        Order::VenueBefore,
        Order::VenueAfter,
        Order::YearBefore,
        Order::YearAfter,
    ]);
    let linked = prop_oneof![3 => Just(Linked::All), 1 => Just(Linked::Most)];
    let language = select(Language::ALL.to_vec());
    let habits = (setting, separator, names, numbering, nesting, order, linked, language);
    habits.prop_map(|(setting, separator, names, numbering, nesting, order, linked, language)| {
        Habits { setting, separator, names, numbering, nesting, order, linked, language }.sensible()
    })
}
