//! DataCite's REST API: up to fifty identifiers a request, by the DOIs that arXiv has registered for its papers since 2022,
//! `10.48550/arXiv.2403.07648` (<https://support.datacite.org/docs/api>). Another service than arXiv's, with limits of its own:
//! in five minutes 500 requests, or 1,000 from a client that names a contact, then 429
//! (<https://support.datacite.org/docs/rate-limit>).
//!
//! Here a question is put and its answer judged; what stands in a record is read in `record`. When to ask, how long to pause
//! and when to give up is left to whoever asks. What DataCite does not know may still be on arXiv: only papers that were
//! found are told, never absence.

pub mod record;

use std::time::Duration;

use jiff::Timestamp;
use reqwest::header::HeaderMap;
use reqwest::{Client, StatusCode};
use url::Url;

use super::clock::Clock;
use super::exchange::{self, Exchange};
use super::retry::Patience;
use super::standing::{Standing, repeated, standing};
use crate::model::{ArxivId, Paper};

/// The API's address.
const ENDPOINT: &str = "https://api.datacite.org/dois";

/// The service's own address.
#[expect(clippy::expect_used, reason = "a constant that a test parses")]
pub fn endpoint() -> Url {
    Url::parse(ENDPOINT).expect("the service's address is an address")
}

/// Whether an address belongs to DataCite.
pub(super) fn is_datacite(endpoint: &Url) -> bool {
    endpoint.host_str().is_some_and(|host| host == "datacite.org" || host.ends_with(".datacite.org"))
}

/// The most identifiers in a request. The request line is then about 3,000 bytes long.
pub const BATCH: usize = 50;

/// What is wanted: JSON:API.
const ACCEPT: &str = "application/vnd.api+json, application/json";

/// The fields that `record` reads. A whole record is several times as long: it holds the XML that it was made from, among others.
const FIELDS: &str = "doi,titles,creators,subjects,dates,descriptions,relatedIdentifiers,version";

/// What the service answered to one request.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Answer {
    /// Those of the papers asked for that DataCite knows, each once.
    Papers(Vec<Paper>),
    /// Not now: a refusal, a fault on the way or at the service, an answer that breaks off.
    Refused {
        /// What the service did.
        why: String,
        /// How long it asks to be left alone, where it says so.
        retry_after: Option<Duration>,
    },
    /// The service wants no more requests from here.
    Denied(StatusCode),
    /// Something answers at this address, but no DataCite.
    WrongAddress(StatusCode),
    /// Nobody could be reached; why not.
    NobodyThere(String),
}

/// The address that asks for these papers.
///
/// The index compares letter by letter, and has DOIs in lower case. Quotes keep the hyphen, the slash and the dots of a DOI
/// from being read as the query language's own. Facets are counts over all of DataCite, which take the service time.
pub(super) fn address(endpoint: &Url, ids: &[ArxivId]) -> Url {
    let dois = ids.iter().map(|id| format!("\"{}{id}\"", record::PREFIX)).collect::<Vec<_>>().join(" OR ");
    let mut address = endpoint.clone();
    address
        .query_pairs_mut()
        .append_pair("query", &format!("doi:({dois})"))
        .append_pair("page[size]", &ids.len().to_string())
        .append_pair("fields[dois]", FIELDS)
        .append_pair("disable-facets", "true");
    address
}

/// Judges an answer by its status, its headers and its whole body. `now` serves where a date came without its own clock.
pub(super) fn judge(status: StatusCode, headers: &HeaderMap, body: &str, asked: &[ArxivId], now: Timestamp) -> Answer {
    match standing(status, headers, now) {
        Standing::Answered => judge_list(body, asked),
        Standing::Refused { why, retry_after } => Answer::Refused { why, retry_after },
        Standing::Denied => Answer::Denied(status),
        Standing::WrongAddress => Answer::WrongAddress(status),
    }
}

/// Asks once.
pub(super) async fn ask(client: &Client, endpoint: &Url, ids: &[ArxivId], patience: Patience, clock: Clock) -> Answer {
    match exchange::get(client, address(endpoint, ids), ACCEPT, patience).await {
        Exchange::Answered { status, headers, body, .. } => judge(status, &headers, &body, ids, clock.now()),
        Exchange::BrokeOff(why) => Answer::Refused { why, retry_after: None },
        Exchange::NobodyThere(why) => Answer::NobodyThere(why),
    }
}

fn judge_list(body: &str, asked: &[ArxivId]) -> Answer {
    match record::read(body) {
        Ok(told) => {
            let mut papers: Vec<Paper> = Vec::with_capacity(told.len());
            for paper in told {
                if asked.contains(&paper.id) && !papers.iter().any(|known| known.id == paper.id) {
                    papers.push(paper);
                }
            }
            Answer::Papers(papers)
        }
        Err(why) if body.trim_start().starts_with('{') => {
            Answer::Refused { why: format!("sent a broken answer ({why})"), retry_after: None }
        }
        Err(_) => {
            let why = format!("answered \"{}\" instead of papers", repeated(body));
            Answer::Refused { why, retry_after: None }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(texts: &[&str]) -> Vec<ArxivId> {
        texts.iter().map(|text| text.parse().unwrap()).collect()
    }

    fn list(ids: &[&str]) -> String {
        let one = |id: &&str| format!(r#"{{"id":"10.48550/arxiv.{id}","attributes":{{"titles":[{{"title":"T"}}]}}}}"#);
        format!(r#"{{"data":[{}],"meta":{{"total":9}}}}"#, ids.iter().map(one).collect::<Vec<_>>().join(","))
    }

    fn judged(status: u16, body: &str) -> Answer {
        let now = "2026-05-01T12:00:00Z".parse().unwrap();
        let asked = ids(&["2403.07648", "hep-th/9901001"]);
        judge(StatusCode::from_u16(status).unwrap(), &HeaderMap::new(), body, &asked, now)
    }

    fn check_papers(body: &str, expected: &[&str]) {
        let Answer::Papers(papers) = judged(200, body) else { panic!("{body}: {:?}", judged(200, body)) };
        assert_eq!(papers.iter().map(|paper| paper.id.as_str()).collect::<Vec<_>>(), expected, "{body}");
    }

    fn check_refused(status: u16, body: &str, expected: &str) {
        match judged(status, body) {
            Answer::Refused { why, retry_after: None } => assert!(why.contains(expected), "{why}"),
            other => panic!("{body}: {other:?}"),
        }
    }

    #[test]
    fn the_address_names_every_doi_in_lower_case_and_the_fields_that_are_read() {
        let address = address(
            &Url::parse("https://api.datacite.org/dois?mailto=a").unwrap(),
            &ids(&["2403.07648", "hep-th/9901001"]),
        );
        let pairs: Vec<_> = address.query_pairs().map(|(name, value)| format!("{name}={value}")).collect();
        assert_eq!(
            pairs,
            [
                "mailto=a",
                "query=doi:(\"10.48550/arxiv.2403.07648\" OR \"10.48550/arxiv.hep-th/9901001\")",
                "page[size]=2",
                "fields[dois]=doi,titles,creators,subjects,dates,descriptions,relatedIdentifiers,version",
                "disable-facets=true",
            ]
        );
    }

    #[test]
    fn a_full_batch_makes_a_request_line_that_every_server_takes() {
        let longest: Vec<_> = (1..=BATCH).map(|n| format!("cond-mat/0001{n:03}").parse().unwrap()).collect();
        let length = address(&Url::parse(ENDPOINT).unwrap(), &longest).as_str().len();
        assert!(length < 4_000, "{length}");
    }

    #[test]
    fn papers_are_matched_by_doi_and_nobody_else_is_let_in() {
        check_papers(&list(&[]), &[]);
        check_papers(&list(&["hep-th/9901001"]), &["hep-th/9901001"]);
        check_papers(&list(&["HEP-TH/9901001", "2403.07648", "2403.07648"]), &["hep-th/9901001", "2403.07648"]);
        check_papers(&list(&["2403.00001", "2403.07648v2", "2403.07648.pdf"]), &[]);
        check_papers(&list(&["2403.07648"]).replace("10.48550", "10.5281"), &[]);
    }

    #[test]
    fn what_is_no_list_is_a_refusal() {
        check_refused(200, "Rate exceeded.", "answered \"Rate exceeded.\" instead of papers");
        check_refused(200, "", "instead of papers");
        check_refused(200, "<html></html>", "instead of papers");
        check_refused(200, r#"{"errors":[{"status":"500"}]}"#, "broken");
        check_refused(200, r#"{"data":null}"#, "broken");
        let whole = list(&["2403.07648"]);
        for end in 0..whole.len() {
            check_refused(200, &whole[..end], "");
        }
        check_refused(429, "Too Many Requests", "refused with status 429");
        check_refused(502, "", "refused with status 502");
        assert_eq!(judged(403, ""), Answer::Denied(StatusCode::FORBIDDEN));
        assert_eq!(judged(404, ""), Answer::WrongAddress(StatusCode::NOT_FOUND));
        assert_eq!(judged(400, ""), Answer::WrongAddress(StatusCode::BAD_REQUEST));
    }
}
