//! The time of day, read once at the start of the program and carried on from there, so that a clock that is set in between
//! changes nothing.

use jiff::Timestamp;
use tokio::time::Instant;

/// Tells the time.
#[derive(Clone, Copy, Debug)]
pub struct Clock {
    start: Timestamp,
    since: Instant,
}

impl Clock {
    /// A clock that shows this time now.
    pub fn started(now: Timestamp) -> Self {
        Self { start: now, since: Instant::now() }
    }

    /// The time.
    pub fn now(self) -> Timestamp {
        self.start + self.since.elapsed()
    }
}
