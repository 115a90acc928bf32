//! How the fake service misbehaves, and when: one [`Fault`] for each request, by script or by seed. What each looks like on the
//! wire is left to `reply`, `fake_oai` and `fake_datacite`; where a service has no such thing as a fault twists, it answers well.

use std::time::Duration;

use super::chance::{mixed, pick};

/// What the service does to one request. The numbers are those seen from the real one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Nothing: the request gets the answer it deserves.
    None,

    // Refusals: another try may pass.
    /// 429 with the plain text `Rate exceeded.` and no Retry-After.
    RateExceeded,
    /// The same text, with status 200.
    RateExceededAs200,
    /// This status (429, 503) with Retry-After in seconds.
    RetryAfter(u16, u64),
    /// This status (429, 503) with Retry-After as a date so many seconds after the answer's own.
    RetryAfterDate(u16, u64),
    /// 406 with an empty body.
    NotAcceptable,
    /// 500 with an error feed.
    ServerError,
    /// 503 with `Retry-After: 0`.
    Unavailable,
    /// 200 with a feed that has no entries and counts none.
    EmptyFeed,
    /// 200 with a page in HTML.
    HtmlPage,
    /// The connection is reset before anything is answered.
    Reset,
    /// The connection is closed in good order before anything is answered.
    HangUp,
    /// The answer ends halfway, against its Content-Length.
    TruncatedBody,
    /// The answer ends halfway, and its Content-Length agrees.
    CutFeed,
    /// Nothing is answered until the client leaves, or for so long; then the connection is closed.
    Stall(Duration),
    /// A good answer whose second half comes byte by byte, with so long a pause after each.
    DrippingBody(Duration),
    /// A good answer that comes byte by byte from its very beginning.
    DrippingHead(Duration),
    /// 200 with a body that never ends.
    Endless,

    // Refusals that mean it.
    /// 403 with a page in HTML: `Access denied`.
    AccessDenied,
    /// 400 with an error feed that calls this identifier ill-formed.
    RejectsId(String),
    /// 400 with an empty body.
    RejectsAll,
    /// 414, whatever the length.
    UriTooLong,
    /// 404 with a page in HTML.
    NotFound,
    /// 301 to `/moved/query` of the same service, where nothing is.
    Moved,

    // Answers with a twist.
    /// A good answer that takes so long: half of it before the first byte, half of it in the middle.
    Slow(Duration),
    /// The feed counts a thousand results more than there are.
    WrongCounts,
    /// The entries stand in an order of their own.
    Shuffled,
    /// Each entry stands there twice.
    Duplicated,
    /// One more entry, for [`UNINVITED`], which nobody asked for.
    Uninvited,
    /// The first so many entries are missing, and the counts agree.
    MissingEntries(usize),
    /// The whole answer in the form before November 2025, with ghosts.
    OldForm,
}

/// The identifier of the paper that [`Fault::Uninvited`] adds.
pub const UNINVITED: &str = "0912.4321";

/// The refusals that [`Faults::seeded`] chooses among: those after which a patient client gets everything in the end, and none
/// that costs a test more than an instant.
const PASSING: [Fault; 12] = [
    Fault::RateExceeded,
    Fault::RateExceededAs200,
    Fault::RetryAfter(429, 0),
    Fault::RetryAfterDate(503, 0),
    Fault::NotAcceptable,
    Fault::ServerError,
    Fault::Unavailable,
    Fault::EmptyFeed,
    Fault::Reset,
    Fault::HangUp,
    Fault::TruncatedBody,
    Fault::CutFeed,
];

/// Which fault meets which request, counted from 0.
pub struct Faults(Box<dyn Fn(usize) -> Fault + Send + Sync>);

impl Faults {
    /// A service on a good day.
    pub fn none() -> Self {
        Self::always(Fault::None)
    }

    /// The same for every request.
    pub fn always(fault: Fault) -> Self {
        Self::by(move |_| fault.clone())
    }

    /// These for the first requests, in their order; then none.
    pub fn script(faults: impl Into<Vec<Fault>>) -> Self {
        let faults = faults.into();
        Self::by(move |request| faults.get(request).cloned().unwrap_or(Fault::None))
    }

    /// Refuses about so many of ten requests, each in one of the ways that pass. The same seed refuses the same requests.
    pub fn seeded(seed: u64, refusals_in_ten: u64) -> Self {
        Self::by(move |request| {
            let chance = mixed(mixed(seed) ^ request as u64);
            if chance % 10 < refusals_in_ten { pick(&PASSING, chance).clone() } else { Fault::None }
        })
    }

    /// Whatever the function says.
    pub fn by(fault: impl Fn(usize) -> Fault + Send + Sync + 'static) -> Self {
        Self(Box::new(fault))
    }

    /// What happens to the request of this number.
    pub fn of(&self, request: usize) -> Fault {
        (self.0)(request)
    }
}

impl<F: Into<Vec<Fault>>> From<F> for Faults {
    fn from(faults: F) -> Self {
        Self::script(faults)
    }
}
