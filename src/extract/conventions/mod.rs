//! What a list's own repetition says, learned from all of it before its first entry is read. It needs no word of any language.

pub(super) mod affixes;
mod columns;
mod fields;
#[cfg(test)]
mod fit;
mod link_names;
pub(super) mod proofs;
mod titles;
mod venues;
pub(super) mod weights;

use super::features::labels::Meaning;
use super::features::venue;
use super::options::{Options, TagFrom};
use super::units::document::Document;

use self::fields::Fields;
use self::venues::Brackets;

pub(super) use self::columns::{Column, Header, Holds, columns, header};
pub(super) use self::titles::{Group, Slots};

/// What holds in all of a list.
#[derive(Debug, Default)]
pub(super) struct Learned {
    fields: Fields,
    brackets: Brackets,
    /// The names of fields that label as the keeper of the list says, in lower case.
    named: Vec<String>,
}

impl Learned {
    /// Returns whether a short text set apart names a venue, by its look or since the list has shown that it does.
    pub(super) fn is_venue(&self, text: &str) -> bool {
        venue::looks_like_venue(text)
            || !self.brackets.venues.is_empty()
                && venue::name_with_year(text).is_some_and(|name| self.brackets.venues.contains(&name))
    }

    /// Returns whether a text stands in brackets again and again.
    pub(super) fn recurs_in_brackets(&self, text: &str) -> bool {
        self.brackets.labels.contains(&text.to_lowercase())
    }

    /// Returns how a field of this name labels, where the keeper of the list says that it does.
    pub(super) fn named_field(&self, name: &str) -> Option<Meaning> {
        let is_named = !self.named.is_empty() && self.named.contains(&name.to_lowercase());
        is_named.then_some(Meaning::Tags)
    }

    /// Returns how a field of this name labels, where the list has shown that it does.
    pub(super) fn field(&self, name: &str) -> Option<Meaning> {
        let labelling = &self.fields.labelling;
        if labelling.is_empty() { None } else { labelling.get(&name.to_lowercase()).copied() }
    }

    /// Returns whether a field of this name leads to another paper than the one presented.
    pub(super) fn is_rare(&self, name: &str) -> bool {
        !self.fields.rare.is_empty() && self.fields.rare.contains(&name.to_lowercase())
    }
}

/// Learns from a document, and marks in it the links whose text is a name.
pub(super) fn learn(document: &mut Document<'_>, options: &Options) -> Learned {
    link_names::mark(&mut document.passage);
    let named = options.tags.iter().filter_map(|tag| match tag {
        TagFrom::Field(name) => Some(name.trim().to_lowercase()),
        _ => None,
    });
    let brackets = venues::learn(&document.passage.text);
    Learned { fields: fields::learn(document), brackets, named: named.collect() }
}
