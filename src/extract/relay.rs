//! Collects the sections of a list from whoever makes them. The form of a long list is taken apart on a thread of its own; its sections
//! arrive in their order, so that what is read is the same either way.

use super::conventions;
use super::document::{Document, Sections};
use super::entries::{Placed, Reader, without_doubtful};
use super::findings::Notes;
use super::options::Options;
use super::outline::Outline;
use super::reading::Tools;

/// The sections of a list, each with the level of the heading that ends it.
#[derive(Default)]
pub(super) struct Relay<'a> {
    documents: Vec<Document<'a>>,
    ends: Vec<Option<u8>>,
}

impl<'a> Sections<'a> for Relay<'a> {
    fn section(&mut self, document: &mut Document<'a>, next: Option<u8>) {
        self.documents.push(std::mem::take(document));
        self.ends.push(next);
    }
}

/// Has `make` make the sections of a list, learns the list's conventions from all of them, and reads them.
pub(super) fn entries<'a>(options: &Options, notes: &mut Notes, make: impl Fn(&mut Relay<'a>)) -> Vec<Placed> {
    let mut relay = Relay::default();
    make(&mut relay);
    conventions::learn(&mut relay.documents);
    let mut reader = Reader { tools: Tools { options, notes }, outline: Outline::default(), entries: Vec::new() };
    for (document, next) in relay.documents.into_iter().zip(relay.ends) {
        reader.read(&document, next);
    }
    without_doubtful(reader.entries)
}
