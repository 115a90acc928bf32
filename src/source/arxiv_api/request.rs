//! One question to the API: its address, how many identifiers fit into it, and the one connection it goes over.

use std::time::Duration;

use reqwest::header::{ACCEPT, HeaderMap, HeaderValue};
use reqwest::{Client, redirect};
use tokio::time::{Instant, timeout};
use url::Url;

use super::Service;
use super::answer::{Answer, judge};
use crate::model::VersionedId;

/// The service answers 414 to a request line over about 8,190 bytes. We stay under 7,000, for what a proxy may add, with room
/// for one more identifier than the batch holds.
const LONGEST_REQUEST_LINE: usize = 6_950;

/// `GET ` before and ` HTTP/1.1` after the address.
const AROUND_THE_ADDRESS: usize = 4 + 9;

/// How long to try for a connection. A service that is there answers within a second.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);

/// Ten thousand abstracts are about 20 MB. What goes far beyond is no answer to our question.
const LARGEST_BODY: usize = 64 << 20;

/// The answer to a batch cannot be had: no client could be made.
#[derive(Debug, thiserror::Error)]
#[error("no HTTP client could be set up")]
pub struct NoClient(#[source] reqwest::Error);

/// The client for a service. It keeps one connection and follows no redirect: each request is one that was paced.
pub(super) fn client(service: &Service) -> Result<Client, NoClient> {
    // Ring needs nothing but a C compiler to build. That there is a provider already, as in a second run, is as good.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let mut headers = HeaderMap::new();
    headers.insert(ACCEPT, HeaderValue::from_static("application/atom+xml, */*"));
    Client::builder()
        .user_agent(user_agent(service.contact.as_deref()))
        .default_headers(headers)
        .redirect(redirect::Policy::none())
        .connect_timeout(CONNECT_TIMEOUT)
        .pool_max_idle_per_host(1)
        .http1_only()
        .build()
        .map_err(NoClient)
}

/// Names the program and, where the user gave one, a contact, as arXiv's terms ask.
fn user_agent(contact: Option<&str>) -> String {
    let (version, repository) = (env!("CARGO_PKG_VERSION"), env!("CARGO_PKG_REPOSITORY"));
    match contact {
        Some(contact) => format!("enrich/{version} (+{repository}; mailto:{contact})"),
        None => format!("enrich/{version} (+{repository})"),
    }
}

/// The address that asks for these identifiers. The commas stay literal: encoded, a third as many identifiers would fit.
pub(super) fn address(endpoint: &Url, ids: &[VersionedId]) -> Url {
    let list = ids.iter().map(VersionedId::to_string).collect::<Vec<_>>().join(",");
    let question = format!("id_list={list}&max_results={}", ids.len());
    let mut address = endpoint.clone();
    address.set_query(Some(&match endpoint.query() {
        Some(own) if !own.is_empty() => format!("{own}&{question}"),
        _ => question,
    }));
    address
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

/// Asks once, and waits at most `patience` for each sign of life.
pub(super) async fn ask(client: &Client, service: &Service, ids: &[VersionedId], patience: Duration) -> Answer {
    let started = Instant::now();
    let sent = client.get(address(&service.endpoint, ids)).send();
    let stalled = || refused(format!("gave no answer within {} s", patience.as_secs()));
    let mut response = match timeout(patience, sent).await {
        Err(_) => return stalled(),
        Ok(Err(error)) if error.is_connect() => return Answer::NobodyThere(told(error)),
        Ok(Err(error)) => return refused(format!("broke off the connection ({})", told(error))),
        Ok(Ok(response)) => response,
    };
    let (status, headers) = (response.status(), response.headers().clone());
    let mut body = Vec::new();
    // A body that breaks off is judged by what came: the feed in it is then known to be cut.
    loop {
        match timeout(patience, response.chunk()).await {
            Ok(Ok(Some(chunk))) => body.extend_from_slice(&chunk),
            Ok(Ok(None)) => break,
            Ok(Err(_)) if !body.is_empty() => break,
            Ok(Err(error)) => return refused(format!("broke off its answer ({})", told(error))),
            Err(_) if !body.is_empty() => break,
            Err(_) => return stalled(),
        }
        if body.len() > LARGEST_BODY {
            return refused("sent an endless answer".to_owned());
        }
    }
    let now = service.now + started.elapsed();
    judge(status, &headers, &String::from_utf8_lossy(&body), now)
}

fn refused(why: String) -> Answer {
    Answer::Refused { why, retry_after: None }
}

/// The innermost cause, which says what happened; the outer ones repeat the address.
fn told(error: reqwest::Error) -> String {
    let error = error.without_url();
    let mut cause: &dyn std::error::Error = &error;
    while let Some(inner) = cause.source() {
        cause = inner;
    }
    cause.to_string()
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

    #[test]
    fn the_user_agent_names_the_program_and_the_contact() {
        assert!(user_agent(None).starts_with("enrich/"));
        assert!(user_agent(Some("a@b.example")).ends_with("; mailto:a@b.example)"));
    }
}
