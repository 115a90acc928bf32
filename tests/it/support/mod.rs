//! What the tests stand on: a fake arXiv that behaves and misbehaves like the real one, and a project in a temporary
//! directory to run the program in. What the program promises is left to the tests themselves.
//!
//! In reading order: `papers` and `seed` are what the service knows, `query` what it makes of a request, `feed` and
//! `feed_before_2025` how it tells papers, `faults` how it misbehaves, `reply` what it answers by all that; `http`, `serving`
//! and `fake_arxiv` put it on a socket, and `record` keeps what was seen there.

#![allow(dead_code, unused_imports, unreachable_pub, reason = "each test uses its own part of all this")]

mod chance;
mod fake_arxiv;
mod faults;
mod feed;
mod feed_before_2025;
pub mod http;
mod papers;
mod project;
mod query;
mod record;
mod reply;
mod seed;
mod serving;
mod snapshot;

pub use fake_arxiv::FakeArxiv;
pub use faults::{Fault, Faults, UNINVITED};
pub use papers::{FakeAuthor, FakePaper, FakeVersion};
pub use project::{Outcome, Project, list_of};
pub use record::{Concurrency, Received};
pub use seed::seed;
pub use snapshot::papers as papers_of_snapshot;
