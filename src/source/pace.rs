//! The pause that a service is owed between the end of one answer and the start of the next request.

use std::time::Duration;

use governor::{DefaultDirectRateLimiter, Quota, RateLimiter};

/// Lets one request through at a time, and none sooner than the interval after the last answer ended.
pub(super) struct Pace {
    quota: Option<Quota>,
    limiter: Option<DefaultDirectRateLimiter>,
}

impl Pace {
    /// A pace that owes nothing yet: the first request may start at once. An interval of zero never waits.
    pub(super) fn new(interval: Duration) -> Self {
        Self { quota: Quota::with_period(interval), limiter: None }
    }

    /// Waits until a request may start.
    pub(super) async fn ready(&self) {
        if let Some(limiter) = &self.limiter {
            limiter.until_ready().await;
        }
    }

    /// Notes that an answer has ended, however it ended.
    ///
    /// A rate limiter counts from when it let something through. Ours lets the end of the answer through, so that the next
    /// one to pass, the request, is a whole interval later however long the answer took.
    pub(super) fn answer_ended(&mut self) {
        self.limiter = self.quota.map(RateLimiter::direct);
        if let Some(limiter) = &self.limiter {
            // A new limiter always lets one through.
            let _ = limiter.check();
        }
    }
}
