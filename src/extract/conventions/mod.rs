//! What a list's own repetition says, learned from all of it before its first entry is read. It needs no word of any language.

mod columns;
mod fields;
mod link_names;
mod titles;

use std::collections::HashMap;

use foldhash::fast::FixedState;

use super::features::labels::Meaning;
use super::units::document::Document;

pub(super) use self::columns::{Column, Header, Holds, columns, header};
pub(super) use self::titles::{Group, Slots};

/// What holds in all of a list.
#[derive(Debug, Default)]
pub(super) struct Learned {
    /// The names of fields that label, in lower case.
    fields: HashMap<String, Meaning, FixedState>,
}

impl Learned {
    /// Returns how a field of this name labels, where the list has shown that it does.
    pub(super) fn field(&self, name: &str) -> Option<Meaning> {
        if self.fields.is_empty() { None } else { self.fields.get(&name.to_lowercase()).copied() }
    }
}

/// Learns from a document, and marks in it the links whose text is a name.
pub(super) fn learn(document: &mut Document<'_>) -> Learned {
    link_names::mark(&mut document.passage);
    Learned { fields: fields::learn(document) }
}
