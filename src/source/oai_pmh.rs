//! arXiv's OAI-PMH interface: one identifier a request, the latest version of the paper out. It is the same service's other door,
//! and arXiv counts requests at all its doors together (<https://info.arxiv.org/help/api/tou.html>).
//!
//! Here a question is put and its answer judged; what stands in a record is read in `record`. When to ask, how long to pause
//! and when to give up is left to whoever asks.

pub mod record;

use std::time::Duration;

use jiff::Timestamp;
use reqwest::header::HeaderMap;
use reqwest::{Client, StatusCode};
use url::Url;

use self::record::Reading;
use super::clock::Clock;
use super::exchange::{self, Exchange};
use super::retry::Patience;
use super::standing::{Standing, repeated, standing};
use crate::model::{ArxivId, Paper};

/// The interface's address since March 2025 (<https://info.arxiv.org/help/oa/index.html>).
const ENDPOINT: &str = "https://oaipmh.arxiv.org/oai";

/// The service's own address.
#[expect(clippy::expect_used, reason = "a constant that a test parses")]
pub fn endpoint() -> Url {
    Url::parse(ENDPOINT).expect("the service's address is an address")
}

/// What is wanted.
const ACCEPT: &str = "text/xml, application/xml, */*";

/// What the service answered for one identifier.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Answer {
    /// The latest version of the paper.
    Paper(Box<Paper>),
    /// arXiv has no such paper, or none any more.
    NoSuchId,
    /// Not now: a refusal, a fault on the way or at the service, an answer that cannot be believed.
    Refused {
        /// What the service did.
        why: String,
        /// How long it asks to be left alone, where it says so.
        retry_after: Option<Duration>,
    },
    /// arXiv wants no more requests from here. Asking on would be taken for an attack.
    Denied(StatusCode),
    /// Something answers at this address, but no OAI-PMH.
    WrongAddress(StatusCode),
    /// Nobody could be reached; why not.
    NobodyThere(String),
}

/// The address that asks for this paper (OAI-PMH 2.0, section 4.1). The colons and the slash of an old identifier stand as they
/// are: a query string may hold them.
pub(super) fn address(endpoint: &Url, id: &ArxivId) -> Url {
    let question = format!("verb=GetRecord&identifier=oai:arXiv.org:{id}&metadataPrefix=arXiv");
    exchange::address(endpoint, question)
}

/// Judges an answer by its status, its headers and its whole body. `now` serves where a date came without its own clock.
pub(super) fn judge(status: StatusCode, headers: &HeaderMap, body: &str, asked: &ArxivId, now: Timestamp) -> Answer {
    match standing(status, headers, now) {
        Standing::Answered => judge_record(record::read(body), body, asked),
        Standing::Refused { why, retry_after } => Answer::Refused { why, retry_after },
        Standing::Denied => Answer::Denied(status),
        Standing::WrongAddress => Answer::WrongAddress(status),
    }
}

/// Asks once.
pub(super) async fn ask(client: &Client, endpoint: &Url, id: &ArxivId, patience: Patience, clock: Clock) -> Answer {
    match exchange::get(client, address(endpoint, id), ACCEPT, patience).await {
        Exchange::Answered { status, headers, body, .. } => judge(status, &headers, &body, id, clock.now()),
        Exchange::BrokeOff(why) => refused(why),
        Exchange::NobodyThere(why) => Answer::NobodyThere(why),
    }
}

fn judge_record(reading: Reading, body: &str, asked: &ArxivId) -> Answer {
    match reading {
        Reading::Paper(paper) if paper.id == *asked => Answer::Paper(paper),
        Reading::Paper(paper) => refused(format!("answered with {} where {asked} was asked for", paper.id)),
        Reading::Deleted(id) if id == *asked => Answer::NoSuchId,
        Reading::Deleted(id) => refused(format!("answered with {id} where {asked} was asked for")),
        // OAI-PMH 2.0, section 3.6: the identifier is unknown or illegal. Ours are never illegal.
        Reading::Error { code, .. } if code == "idDoesNotExist" => Answer::NoSuchId,
        Reading::Error { code, says } => refused(format!("answered with the error {code} ({})", repeated(&says))),
        Reading::Broken(_) if !body.trim_start().starts_with('<') => {
            refused(format!("answered \"{}\" instead of a record", repeated(body)))
        }
        Reading::Broken(why) => refused(format!("sent a broken answer ({why})")),
    }
}

fn refused(why: String) -> Answer {
    Answer::Refused { why, retry_after: None }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(text: &str) -> ArxivId {
        text.parse().unwrap()
    }

    fn judged(status: u16, body: &str) -> Answer {
        let now = "2026-05-01T12:00:00Z".parse().unwrap();
        judge(StatusCode::from_u16(status).unwrap(), &HeaderMap::new(), body, &id("2403.07648"), now)
    }

    fn check_refused(status: u16, body: &str, expected: &str) {
        match judged(status, body) {
            Answer::Refused { why, retry_after: None } => assert!(why.contains(expected), "{why}"),
            other => panic!("{body}: {other:?}"),
        }
    }

    fn record(id: &str) -> String {
        format!(
            "<OAI-PMH><GetRecord><record><header><identifier>oai:arXiv.org:{id}</identifier></header><metadata><arXiv>\
             <id>{id}</id><title>T</title></arXiv></metadata></record></GetRecord></OAI-PMH>"
        )
    }

    #[test]
    fn the_address_names_one_paper() {
        let check = |endpoint: &str, asked: &str, expected: &str| {
            assert_eq!(address(&Url::parse(endpoint).unwrap(), &id(asked)).as_str(), expected);
        };
        check(
            ENDPOINT,
            "2403.07648",
            "https://oaipmh.arxiv.org/oai?verb=GetRecord&identifier=oai:arXiv.org:2403.07648&metadataPrefix=arXiv",
        );
        check(
            "http://127.0.0.1:1/oai?key=a",
            "hep-th/9901001",
            "http://127.0.0.1:1/oai?key=a&verb=GetRecord&identifier=oai:arXiv.org:hep-th/9901001&metadataPrefix=arXiv",
        );
    }

    #[test]
    fn a_record_is_believed_only_for_the_paper_that_was_asked_for() {
        assert!(matches!(judged(200, &record("2403.07648")), Answer::Paper(paper) if paper.title == "T"));
        check_refused(200, &record("2403.00001"), "answered with 2403.00001 where 2403.07648 was asked for");
        let mixed = record("2403.07648").replace("<id>2403.07648", "<id>2403.00001");
        check_refused(200, &mixed, "broken");
    }

    #[test]
    fn what_does_not_exist_is_told_from_other_errors() {
        let error = |code: &str| format!("<OAI-PMH><error code='{code}'>Nothing found</error></OAI-PMH>");
        let deleted = |id: &str| {
            format!(
                "<OAI-PMH><GetRecord><record><header status='deleted'><identifier>oai:arXiv.org:{id}</identifier></header>\
                 </record></GetRecord></OAI-PMH>"
            )
        };
        assert_eq!(judged(200, &error("idDoesNotExist")), Answer::NoSuchId);
        assert_eq!(judged(200, &deleted("2403.07648")), Answer::NoSuchId);
        check_refused(200, &deleted("2403.00001"), "2403.00001 where 2403.07648");
        for code in ["badArgument", "badVerb", "cannotDisseminateFormat", "noRecordsMatch"] {
            check_refused(200, &error(code), code);
        }
    }

    #[test]
    fn what_is_no_record_is_a_refusal_and_never_an_absence() {
        check_refused(200, "Rate exceeded.", "answered \"Rate exceeded.\" instead of a record");
        check_refused(200, "", "instead of a record");
        check_refused(200, "<html><body>arXiv is busy</body></html>", "broken");
        check_refused(200, "<OAI-PMH></OAI-PMH>", "broken");
        let whole = record("2403.07648");
        for end in (0..whole.len()).step_by(7) {
            check_refused(200, &whole[..end], "");
        }
        check_refused(503, "", "refused with status 503");
        assert_eq!(judged(403, "Access denied"), Answer::Denied(StatusCode::FORBIDDEN));
        assert_eq!(judged(301, ""), Answer::WrongAddress(StatusCode::MOVED_PERMANENTLY));
        assert_eq!(judged(404, ""), Answer::WrongAddress(StatusCode::NOT_FOUND));
    }
}
