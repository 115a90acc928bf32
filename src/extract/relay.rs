//! Hands the sections of a list from whoever makes them to whoever reads them. The form of a long list is taken apart on a thread of
//! its own while its first sections are read; they arrive in their order, so that what is read is the same either way.

use std::sync::mpsc::{self, SyncSender};
use std::thread;

use super::document::{Document, Sections};
use super::entries::{Placed, Reader};
use super::findings::Notes;
use super::options::Options;
use super::outline::Outline;
use super::reading::Tools;

/// A shorter list is read before a thread has started.
const LONG: usize = 100_000;
/// So many sections wait at most, so that a list needs the memory of a few of them, however long it is.
const AHEAD: usize = 64;

/// Who takes sections.
pub(super) enum Relay<'a, 'r> {
    Reader(Reader<'r>),
    OtherThread(SyncSender<Section<'a>>),
}

/// A section with the level of the heading that ends it.
type Section<'a> = (Document<'a>, Option<u8>);

impl<'a> Sections<'a> for Relay<'a, '_> {
    fn section(&mut self, document: &mut Document<'a>, next: Option<u8>) {
        match self {
            Self::Reader(reader) => reader.section(document, next),
            Self::OtherThread(sender) => {
                // Nobody receives any more where reading has panicked, and then nothing matters any more.
                let _ = sender.send((std::mem::take(document), next));
            }
        }
    }
}

/// Has `make` make the sections of `text`, and reads them.
pub(super) fn entries<'a>(
    text: &'a str,
    options: &Options,
    notes: &mut Notes,
    make: impl Fn(&mut Relay<'a, '_>) + Sync,
) -> Vec<Placed> {
    let mut reader = Reader { tools: Tools { options, notes }, outline: Outline::default(), entries: Vec::new() };
    if text.len() >= LONG && read_meanwhile(&mut reader, &make) {
        return reader.entries;
    }
    let mut relay = Relay::Reader(reader);
    make(&mut relay);
    match relay {
        Relay::Reader(reader) => reader.entries,
        Relay::OtherThread(_) => Vec::new(),
    }
}

/// Reads sections while another thread makes them. Does nothing, and says so, where the system has no thread left.
fn read_meanwhile<'a>(reader: &mut Reader<'_>, make: &(impl Fn(&mut Relay<'a, '_>) + Sync)) -> bool {
    let (sender, receiver) = mpsc::sync_channel::<Section<'a>>(AHEAD);
    thread::scope(|scope| {
        let making = thread::Builder::new().spawn_scoped(scope, move || make(&mut Relay::OtherThread(sender)));
        for (mut document, next) in receiver {
            reader.section(&mut document, next);
        }
        making.is_ok()
    })
}
