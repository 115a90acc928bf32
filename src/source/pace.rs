//! The pause that a service is owed between the end of one answer and the start of the next request, in this process and
//! together with the others on this machine.

use std::time::Duration;

use governor::{DefaultDirectRateLimiter, Quota, RateLimiter};
use tokio::time::Instant;

use super::clock::Clock;
use super::gate::Gate;
use super::retry::Stopped;

/// Lets one request through at a time, and none sooner than the interval after the last answer ended.
pub(super) struct Pace {
    interval: Duration,
    limiter: Option<DefaultDirectRateLimiter>,
    gate: Option<Gate>,
    clock: Clock,
}

impl Pace {
    /// A pace that owes nothing yet: the first request may start at once, unless another process has just asked.
    pub(super) fn new(interval: Duration, gate: Option<Gate>, clock: Clock) -> Self {
        Self { interval, limiter: None, gate, clock }
    }

    /// Waits until a request may start.
    ///
    /// # Errors
    /// Another process was asking until `until`.
    pub(super) async fn ready(&mut self, until: Instant) -> Result<(), Stopped> {
        if let Some(limiter) = &self.limiter {
            limiter.until_ready().await;
        }
        match &mut self.gate {
            Some(gate) => gate.enter(self.interval, until, self.clock).await,
            None => Ok(()),
        }
    }

    /// Notes that an answer has ended, however it ended.
    ///
    /// A rate limiter counts from when it let something through. Ours lets the end of the answer through, so that the next
    /// one to pass, the request, is a whole interval later however long the answer took. An interval of zero has no limiter.
    pub(super) fn answer_ended(&mut self) {
        self.limiter = Quota::with_period(self.interval).map(RateLimiter::direct);
        if let Some(limiter) = &self.limiter {
            // A new limiter always lets one through.
            let _ = limiter.check();
        }
        if let Some(gate) = &mut self.gate {
            gate.leave(self.clock);
        }
    }
}
