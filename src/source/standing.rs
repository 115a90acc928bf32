//! What the status of an answer says, for the services that answer for one paper or a few. What stands in a good answer is left to
//! each service's own module.

use std::time::Duration;

use jiff::Timestamp;
use reqwest::StatusCode;
use reqwest::header::HeaderMap;

use super::exchange::retry_after;

/// How much of a text that is no answer is repeated to the person.
const MUCH_TO_REPEAT: usize = 40;

/// How a service meets a request, before a look at what it says.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// There is an answer to read.
    Answered,
    /// Not now: too many requests, or a fault at the service.
    Refused {
        /// What the service did.
        why: String,
        /// How long it asks to be left alone, where it says so.
        retry_after: Option<Duration>,
    },
    /// The service wants no more requests from here.
    Denied,
    /// Something answers at this address, but not what we ask for.
    WrongAddress,
}

/// Reads the status and the headers (RFC 9110, section 15). `now` serves where a date came without the service's own clock.
pub(super) fn standing(status: StatusCode, headers: &HeaderMap, now: Timestamp) -> Standing {
    match status {
        StatusCode::OK => Standing::Answered,
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => Standing::Denied,
        // 406 is what arXiv's services answer on bad days.
        StatusCode::NOT_ACCEPTABLE | StatusCode::REQUEST_TIMEOUT | StatusCode::TOO_MANY_REQUESTS => {
            refused(status, headers, now)
        }
        _ if status.is_server_error() => refused(status, headers, now),
        _ => Standing::WrongAddress,
    }
}

/// What a service said that is no answer, in a few words for the person.
pub(super) fn repeated(body: &str) -> String {
    body.trim().chars().take(MUCH_TO_REPEAT).collect()
}

fn refused(status: StatusCode, headers: &HeaderMap, now: Timestamp) -> Standing {
    let why = format!("refused with status {}", status.as_u16());
    Standing::Refused { why, retry_after: retry_after(headers, now) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_status_is_what_it_says() {
        let now = "2026-05-01T12:00:00Z".parse().unwrap();
        let headers = [("retry-after", "7")].map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap()));
        let headers = HeaderMap::from_iter(headers);
        let check = |status: u16, expected: Standing| {
            assert_eq!(standing(StatusCode::from_u16(status).unwrap(), &headers, now), expected, "{status}");
        };
        check(200, Standing::Answered);
        for status in [401, 403] {
            check(status, Standing::Denied);
        }
        for status in [406, 408, 429, 500, 502, 503, 504] {
            let why = format!("refused with status {status}");
            check(status, Standing::Refused { why, retry_after: Some(Duration::from_secs(7)) });
        }
        for status in [204, 301, 302, 400, 404, 405, 410, 414] {
            check(status, Standing::WrongAddress);
        }
    }
}
