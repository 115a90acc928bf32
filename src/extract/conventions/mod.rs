//! What a list's own repetition says, learned from all of it before its first entry is read. It needs no word of any language.

mod columns;
mod fields;
mod link_names;

use std::collections::HashMap;
use std::sync::Arc;

use foldhash::fast::FixedState;

use super::document::Document;
use super::labels::Meaning;

pub(super) use self::columns::{Habits, habits};

/// The conventions that hold in all of a list.
#[derive(Debug, Default)]
pub(super) struct Conventions {
    /// The names of fields that label, in lower case.
    fields: HashMap<String, Meaning, FixedState>,
}

impl Conventions {
    /// Returns how a field of this name labels, where the list has shown that it does.
    pub(super) fn field(&self, name: &str) -> Option<Meaning> {
        if self.fields.is_empty() { None } else { self.fields.get(&name.to_lowercase()).copied() }
    }
}

/// Learns the conventions of a list from its documents, and marks in them what they show.
pub(super) fn learn(documents: &mut [Document<'_>]) {
    link_names::mark(documents);
    let conventions = Arc::new(Conventions { fields: fields::learn(documents) });
    for document in documents {
        document.conventions = Arc::clone(&conventions);
    }
}
