//! What the tests stand on: a fake arXiv, and fakes of the two other routes to its metadata, that behave and misbehave like
//! the real ones, and a project in a temporary directory to run the program in. What the program promises is left to the tests themselves.
//!
//! In reading order: `papers` and `seed` are what the service knows, `query` what it makes of a request, `feed` and
//! `feed_before_2025` how it tells papers, `faults` how it misbehaves, `reply` what it answers by all that, and `fake_arxiv` is
//! its name; `fake_oai` and `fake_datacite` are the same papers by other routes. `http`, `serving` and `server` put a service
//! on a socket, `record` keeps what was seen there, and `client` is the plainest way to look at it. `tools` finds
//! what Rust does not bring along: the programs of others, and `../shared`.

#![allow(dead_code, unused_imports, unreachable_pub, reason = "each test uses its own part of all this")]

mod browser;
mod chance;
pub mod client;
pub mod endless;
mod fake_arxiv;
mod fake_datacite;
mod fake_oai;
mod faults;
mod feed;
mod feed_before_2025;
pub mod http;
mod papers;
mod project;
mod query;
mod reading_list;
mod record;
mod reply;
mod seed;
mod server;
mod serving;
mod snapshot;
mod tools;

pub use browser::{Browser, Scheme};
pub use chance::{mixed, pick};
pub use fake_arxiv::FakeArxiv;
pub use fake_datacite::FakeDatacite;
pub use fake_oai::FakeOai;
pub use faults::{Fault, Faults, UNINVITED};
pub use papers::{FakeAuthor, FakePaper, FakeVersion};
pub use project::{Outcome, Project, list_of, make_pipe, signal};
pub use reading_list::reading_list;
pub use record::{Concurrency, Received};
pub use seed::seed;
pub use server::FakeServer;
pub use snapshot::papers as papers_of_snapshot;
pub use tools::{installed, shared, tool};
