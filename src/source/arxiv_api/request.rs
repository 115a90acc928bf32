//! One question to the API: its address, and how many identifiers fit into it.

use reqwest::Client;
use url::Url;

use super::Service;
use super::answer::{Answer, judge};
use crate::model::VersionedId;
use crate::source::exchange::{self, Exchange};
use crate::source::retry::Patience;

/// The service answers 414 to a request line over about 8,190 bytes. We stay under 7,000, for what a proxy may add, with room
/// for one more identifier than the batch holds.
pub(super) const LONGEST_REQUEST_LINE: usize = 6_950;

/// `GET ` before and ` HTTP/1.1` after the address.
const AROUND_THE_ADDRESS: usize = 4 + 9;

/// What is wanted. The service answered 406 where this header was missing.
const ACCEPT: &str = "application/atom+xml, */*";

/// The address that asks for these identifiers. The commas stay literal: encoded, a third as many identifiers would fit.
pub(super) fn address(endpoint: &Url, ids: &[VersionedId]) -> Url {
    let list = ids.iter().map(VersionedId::to_string).collect::<Vec<_>>().join(",");
    let question = format!("id_list={list}&max_results={}", ids.len());
    exchange::address(endpoint, question)
}

/// How many of the identifiers, from the first, fit into one request of at most `batch`; at least one.
pub(super) fn fitting(endpoint: &Url, ids: &[VersionedId], batch: usize) -> usize {
    let mut length = AROUND_THE_ADDRESS + address(endpoint, &[]).as_str().len() + batch.to_string().len();
    let fitting = ids.iter().take(batch).take_while(|id| {
        length += id.to_string().len() + 1;
        length <= LONGEST_REQUEST_LINE
    });
    fitting.count().clamp(1, ids.len().max(1))
}

/// Asks once.
pub(super) async fn ask(client: &Client, service: &Service, ids: &[VersionedId], patience: Patience) -> Answer {
    get(client, service, address(&service.endpoint, ids), patience).await
}

/// Asks what an address asks.
pub(super) async fn get(client: &Client, service: &Service, address: Url, patience: Patience) -> Answer {
    match exchange::get(client, address, ACCEPT, patience).await {
        Exchange::Answered { status, headers, body, cut } => {
            match (judge(status, &headers, &body, service.clock.now()), cut) {
                // How it broke off tells more than where the feed did.
                (Answer::Broken { papers, .. }, Some(why)) => Answer::Broken { papers, why },
                (answer, _) => answer,
            }
        }
        Exchange::BrokeOff(why) => Answer::Refused { why, retry_after: None },
        Exchange::NobodyThere(why) => Answer::NobodyThere(why),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(count: u32) -> Vec<VersionedId> {
        (1..=count).map(|n| format!("2403.{n:05}").parse().unwrap()).collect()
    }

    fn endpoint(text: &str) -> Url {
        Url::parse(text).unwrap()
    }

    #[test]
    fn the_address_has_literal_commas_and_says_how_many_are_wanted() {
        let wanted = ["2403.07648v2".parse().unwrap(), "hep-th/9901001".parse().unwrap()];
        assert_eq!(
            address(&endpoint("https://export.arxiv.org/api/query"), &wanted).as_str(),
            "https://export.arxiv.org/api/query?id_list=2403.07648v2,hep-th/9901001&max_results=2"
        );
        assert_eq!(
            address(&endpoint("http://127.0.0.1:1/q?key=a"), &wanted[..1]).as_str(),
            "http://127.0.0.1:1/q?key=a&id_list=2403.07648v2&max_results=1"
        );
    }

    #[test]
    fn a_request_line_stays_under_its_bound_however_many_are_asked() {
        let endpoint = endpoint("https://export.arxiv.org/api/query");
        assert_eq!(fitting(&endpoint, &ids(1000), 400), 400);
        assert_eq!(fitting(&endpoint, &ids(3), 400), 3);
        let most = fitting(&endpoint, &ids(2000), 2000);
        let line = |count: usize| AROUND_THE_ADDRESS + address(&endpoint, &ids(2000)[..count]).as_str().len();
        assert!(line(most) <= LONGEST_REQUEST_LINE, "{}", line(most));
        assert!(line(most + 2) > LONGEST_REQUEST_LINE, "{}", line(most + 2));
    }
}
