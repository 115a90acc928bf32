//! The fake arXiv does what the real one is documented to do: without that, nothing tested against it would mean anything. The
//! program under test is left out of this entirely; a raw connection does the talking.

mod answers;
mod misbehaviour;
mod schedule;
mod sightings;

use crate::support::client;
