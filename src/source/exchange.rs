//! One HTTP exchange with any of the services: the one connection it goes over, how long to wait, and what came of it.
//! What an answer means is left to each service's own module.

use std::time::Duration;

use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimeParser;
use reqwest::header::{DATE, HeaderMap, RETRY_AFTER};
use reqwest::{Client, StatusCode, redirect};
use tokio::time::{Instant, timeout_at};
use url::Url;

use super::pace::Pace;
use super::retry::Patience;

/// How long to try for a connection. A service that is there answers within a second.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);

/// Ten thousand abstracts are about 20 MB. What goes far beyond is no answer to our question.
const LARGEST_BODY: usize = 64 << 20;

/// No service can be asked: no client could be made.
#[derive(Debug, thiserror::Error)]
#[error("no HTTP client could be set up")]
pub struct NoClient(#[source] reqwest::Error);

/// What came of an exchange.
#[derive(Debug)]
pub(super) enum Exchange {
    /// An answer, which may break off: what came of it is there, and why no more came.
    Answered { status: StatusCode, headers: HeaderMap, body: String, cut: Option<String> },
    /// No answer; why not.
    BrokeOff(String),
    /// Nobody could be reached; why not.
    NobodyThere(String),
}

/// The client for a service. A connection ends with its answer, so that no other process on this machine meets a second one,
/// and no redirect is followed: each request is one that was paced.
///
/// # Errors
/// The system lacks what TLS needs.
pub(super) fn client(contact: Option<&str>) -> Result<Client, NoClient> {
    // Ring needs nothing but a C compiler to build. That there is a provider already, as in a second run, is as good.
    let _ = rustls::crypto::ring::default_provider().install_default();
    Client::builder()
        .user_agent(user_agent(contact))
        .redirect(redirect::Policy::none())
        .connect_timeout(CONNECT_TIMEOUT)
        .pool_max_idle_per_host(0)
        .http1_only()
        .build()
        .map_err(NoClient)
}

/// The way to a service: the client, and the pace that is owed to the host.
pub(super) struct Connection {
    pub(super) client: Client,
    pub(super) pace: Pace,
}

/// Names the program and, where the user gave one, a contact, as arXiv's terms ask.
fn user_agent(contact: Option<&str>) -> String {
    let (version, repository) = (env!("CARGO_PKG_VERSION"), env!("CARGO_PKG_REPOSITORY"));
    match contact {
        Some(contact) => format!("enrich/{version} (+{repository}; mailto:{contact})"),
        None => format!("enrich/{version} (+{repository})"),
    }
}

/// An endpoint's address with a question, behind whatever query the endpoint has of its own.
pub(super) fn address(endpoint: &Url, question: String) -> Url {
    let mut address = endpoint.clone();
    address.set_query(Some(&match endpoint.query() {
        Some(own) if !own.is_empty() => format!("{own}&{question}"),
        _ => question,
    }));
    address
}

/// Asks once, and waits no longer than `patience` allows. `accept` names the content that is wanted.
pub(super) async fn get(client: &Client, address: Url, accept: &str, patience: Patience) -> Exchange {
    let Patience { silence, whole } = patience;
    let end = Instant::now() + whole;
    let sent = client.get(address).header(reqwest::header::ACCEPT, accept).send();
    let mut response = match timeout_at(end.min(Instant::now() + silence), sent).await {
        Err(_) => return Exchange::BrokeOff(format!("gave no answer within {} s", silence.as_secs())),
        Ok(Err(error)) if error.is_connect() => return Exchange::NobodyThere(told(error)),
        Ok(Err(error)) => return Exchange::BrokeOff(format!("broke off the connection ({})", told(error))),
        Ok(Ok(response)) => response,
    };
    let (status, headers) = (response.status(), response.headers().clone());
    let mut body = Vec::new();
    let cut = loop {
        match timeout_at(end.min(Instant::now() + silence), response.chunk()).await {
            Ok(Ok(Some(chunk))) => body.extend_from_slice(&chunk),
            Ok(Ok(None)) => break None,
            Ok(Err(error)) => break Some(format!("broke off its answer ({})", told(error))),
            Err(_) if Instant::now() < end => break Some(format!("fell silent for {} s", silence.as_secs())),
            Err(_) => break Some(format!("did not end its answer within {} s", whole.as_secs())),
        }
        if body.len() > LARGEST_BODY {
            return Exchange::BrokeOff("sent an endless answer".to_owned());
        }
    };
    match cut {
        Some(why) if body.is_empty() => Exchange::BrokeOff(why),
        // A body that breaks off is judged by what came.
        cut => Exchange::Answered { status, headers, body: String::from_utf8_lossy(&body).into_owned(), cut },
    }
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

/// How long `Retry-After` asks to wait, in either of its forms (RFC 9110, section 10.2.3). `now` serves
/// where a date came without the service's own clock.
pub(super) fn retry_after(headers: &HeaderMap, now: Timestamp) -> Option<Duration> {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok()).map(str::trim);
    let after = text(RETRY_AFTER)?;
    if let Ok(seconds) = after.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let parser = DateTimeParser::new();
    let until = parser.parse_timestamp(after).ok()?;
    // The service's own clock tells how far off its date is, even where ours is wrong.
    let from = text(DATE).and_then(|date| parser.parse_timestamp(date).ok()).unwrap_or(now);
    Duration::try_from(until.duration_since(from)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect()
    }

    fn now() -> Timestamp {
        "2026-05-01T12:00:00Z".parse().unwrap()
    }

    fn check_wait(pairs: &[(&'static str, &'static str)], expected: Option<u64>) {
        assert_eq!(retry_after(&headers(pairs), now()), expected.map(Duration::from_secs), "{pairs:?}");
    }

    #[test]
    fn retry_after_is_read_in_both_forms() {
        check_wait(&[], None);
        check_wait(&[("retry-after", "0")], Some(0));
        check_wait(&[("retry-after", "120")], Some(120));
        check_wait(&[("retry-after", "Fri, 01 May 2026 12:00:30 GMT")], Some(30));
        check_wait(
            &[("retry-after", "Fri, 01 May 2026 10:00:30 GMT"), ("date", "Fri, 01 May 2026 10:00:00 GMT")],
            Some(30),
        );
        check_wait(&[("retry-after", "Fri, 01 May 2026 11:00:00 GMT")], None);
        check_wait(&[("retry-after", "soon")], None);
        check_wait(&[("retry-after", "-1")], None);
    }

    #[test]
    fn the_user_agent_names_the_program_and_the_contact() {
        assert!(user_agent(None).starts_with("enrich/"));
        assert!(user_agent(Some("a@b.example")).ends_with("; mailto:a@b.example)"));
    }
}
