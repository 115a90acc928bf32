//! What an HTTP exchange with the API amounts to. Every outcome is a case of its own, so that none passes for "no papers".

use std::time::Duration;

use jiff::Timestamp;
use reqwest::StatusCode;
use reqwest::header::HeaderMap;

use super::atom::{self, Feed};
use crate::model::Paper;
use crate::source::exchange::retry_after;

/// What the service answered to one request.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::source) enum Answer {
    /// A whole feed.
    Papers(Vec<Paper>),
    /// A feed that breaks off: the papers told before the break, and what broke it.
    Broken {
        /// What was told completely.
        papers: Vec<Paper>,
        /// What the service sent.
        why: String,
    },
    /// Not now: a refusal, a fault on the way or at the service.
    Refused {
        /// What the service did.
        why: String,
        /// How long it asks to be left alone, where it says so.
        retry_after: Option<Duration>,
    },
    /// The service rejects the request for something in it, which it names or not.
    Rejected {
        /// What it says; empty where it says nothing.
        texts: Vec<String>,
    },
    /// The request line is too long for the service.
    TooLong,
    /// The service wants no more requests from here. Asking on would be taken for an attack.
    Denied(StatusCode),
    /// Something answers at this address, but no arXiv API.
    WrongAddress(StatusCode),
    /// Nobody could be reached.
    NobodyThere(String),
}

/// Judges an answer by its status, its headers and its whole body. `now` serves where a date came without its own clock.
pub(super) fn judge(status: StatusCode, headers: &HeaderMap, body: &str, now: Timestamp) -> Answer {
    match status {
        StatusCode::OK => judge_feed(atom::read(body), body),
        StatusCode::BAD_REQUEST => Answer::Rejected { texts: atom::read(body).errors },
        StatusCode::URI_TOO_LONG => Answer::TooLong,
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => Answer::Denied(status),
        // A missing Accept drew 406 from the service, and so do its bad days.
        StatusCode::NOT_ACCEPTABLE | StatusCode::REQUEST_TIMEOUT | StatusCode::TOO_MANY_REQUESTS => {
            refused(status, headers, now)
        }
        _ if status.is_server_error() => refused(status, headers, now),
        _ => Answer::WrongAddress(status),
    }
}

fn judge_feed(feed: Feed, body: &str) -> Answer {
    match feed.broken {
        _ if !feed.errors.is_empty() => Answer::Rejected { texts: feed.errors },
        None => Answer::Papers(feed.papers),
        Some(_) if feed.papers.is_empty() && !body.trim_start().starts_with('<') => {
            let said: String = body.trim().chars().take(40).collect();
            Answer::Refused { why: format!("answered \"{said}\" instead of papers"), retry_after: None }
        }
        Some(why) => Answer::Broken { papers: feed.papers, why: format!("sent a broken answer ({why})") },
    }
}

fn refused(status: StatusCode, headers: &HeaderMap, now: Timestamp) -> Answer {
    Answer::Refused { why: format!("refused with status {}", status.as_u16()), retry_after: retry_after(headers, now) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> Timestamp {
        "2026-05-01T12:00:00Z".parse().unwrap()
    }

    fn kind(status: u16, body: &str) -> &'static str {
        match judge(StatusCode::from_u16(status).unwrap(), &HeaderMap::new(), body, now()) {
            Answer::Papers(_) => "papers",
            Answer::Broken { .. } => "broken",
            Answer::Refused { .. } => "refused",
            Answer::Rejected { .. } => "rejected",
            Answer::TooLong => "too long",
            Answer::Denied(_) => "denied",
            Answer::WrongAddress(_) => "wrong address",
            Answer::NobodyThere(_) => "nobody there",
        }
    }

    #[test]
    fn each_answer_is_what_it_is() {
        let error = "<feed><entry><id>http://arxiv.org/api/errors#x</id><title>Error</title><summary>bad</summary></entry></feed>";
        assert_eq!(kind(200, "<feed></feed>"), "papers");
        assert_eq!(kind(200, "Rate exceeded."), "refused");
        assert_eq!(kind(200, ""), "refused");
        assert_eq!(kind(200, "<html><body>busy</body></html>"), "broken");
        assert_eq!(kind(200, "<feed><entry>"), "broken");
        assert_eq!(kind(200, error), "rejected");
        assert_eq!(kind(400, error), "rejected");
        assert_eq!(kind(400, ""), "rejected");
        assert_eq!(kind(414, ""), "too long");
        assert_eq!(kind(403, "<html>Access denied</html>"), "denied");
        for status in [406, 408, 429, 500, 502, 503, 504] {
            assert_eq!(kind(status, "Rate exceeded."), "refused", "{status}");
        }
        for status in [301, 404, 405, 410] {
            assert_eq!(kind(status, ""), "wrong address", "{status}");
        }
    }
}
