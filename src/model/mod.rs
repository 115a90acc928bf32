//! The words of the domain, without any input or output: everything else speaks in these.

mod arxiv_id;
mod category;
mod changes;
mod code;
pub mod doi;
mod entry;
mod finding;
pub mod names;
pub mod own_place;
mod paper;
mod record;
mod sightings;
mod step;
pub mod unseen;
mod venue;
pub(crate) mod word_list;

pub use arxiv_id::{ArxivId, Malformed, Version, VersionedId};
pub use category::{Category, NotACategory};
pub use changes::{Altered, Changes, Named, NewPaper, NewVersion, Part, Publication, Withdrawal};
pub use code::{Code, NotACode};
pub use entry::{Account, Citation, Entry, Extracted, Link};
pub use finding::{Finding, Level, Place, Repair};
pub use names::{Author, Name};
pub use paper::Paper;
pub use record::{Mention, Record, Source, Status};
pub use sightings::sightings;
pub use step::Step;
pub use venue::Venue;
