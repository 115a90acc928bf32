//! What the asking tells of itself while it goes on, for whoever shows it.

use std::time::Duration;

/// One step of asking a service for papers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// A request is on its way.
    Asked {
        /// How many identifiers it names.
        ids: usize,
    },
    /// So many more identifiers are settled: found, or known not to exist.
    Settled {
        /// How many.
        ids: usize,
        /// How many requests are still ahead, as far as can be foreseen.
        requests_left: usize,
    },
    /// The service refused or broke off; the same is asked again after a pause.
    Waiting {
        /// What the service did, in a few words.
        why: String,
        /// How long until the next request.
        pause: Duration,
    },
}
