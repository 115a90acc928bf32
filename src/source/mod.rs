//! Where metadata comes from. Each source is a module of its own and answers in the words of `model`.

pub mod arxiv_api;
mod authority;
pub mod cache;
mod clock;
pub mod datacite;
mod exchange;
mod gate;
pub mod memory;
mod network;
pub mod oai_pmh;
mod pace;
mod retry;
pub mod routes;
pub mod snapshot;
mod standing;
mod text;
pub mod titles;

pub use self::authority::Authority;
pub use self::clock::Clock;
pub use self::exchange::NoClient;
pub use self::gate::{GATE, host_name};
pub use self::retry::Stopped;

use crate::model::{Paper, VersionedId};

/// What became of one identifier that a source was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The source describes the paper.
    Found(Box<Paper>),
    /// The source says, twice or by refusing the identifier as such, that there is no such paper.
    Missing,
}

/// An identifier with what became of it.
pub type Settled = (VersionedId, Outcome);
