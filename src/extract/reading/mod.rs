//! Reads a list by its conventions: which units present papers (`plan`), how each is read (`compose`), and what becomes of every
//! identifier (`accounts`).

mod accounts;
mod compose;
pub(super) mod draft;
mod list;
mod own_id;
mod plan;
mod proven;
mod references;
mod tables;
pub(super) mod tags;

use self::draft::{Draft, Tools};
use self::list::List;
use super::findings::Notes;
use super::units::document::Document;
use super::{Given, conventions};

pub(super) use self::references::from_reference;

/// An entry with the headings over it.
pub(super) struct Placed {
    pub(super) draft: Draft,
    pub(super) sections: Vec<String>,
}

/// Reads a document.
pub(super) fn entries(mut document: Document<'_>, given: Given<'_>, notes: &mut Notes) -> Vec<Placed> {
    let Given { options, known } = given;
    let learned = conventions::learn(&mut document);
    let list = List::of(&document, &learned, known);
    let places = plan::places(&list);
    let entries = compose::drafts(&list, places, &mut Tools { options, notes });
    accounts::settle(&list, entries, &mut notes.account)
}
