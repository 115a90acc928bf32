//! Where metadata comes from. Each source is a module of its own and answers in the words of `model`.

pub mod arxiv_api;
mod exchange;
mod pace;

pub use self::exchange::NoClient;

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
