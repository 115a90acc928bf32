//! What the fake API answers to a request, by its papers and the fault of the moment: a plain function over values. What a
//! fault is at any service stands here too. Sockets, clocks and records are left to `server`.

use std::sync::LazyLock;
use std::time::{Duration, SystemTime};

use super::chance::shuffle;
use super::faults::{Fault, UNINVITED};
use super::http::{Request, Response, http_date};
use super::papers::FakePaper;
use super::query::{self, Holdings, Query, Shown};
use super::{feed, feed_before_2025};

/// The longest request line that the service's front reads.
const LONGEST_REQUEST_LINE: usize = 8_190;

const ATOM: &str = "application/atom+xml; charset=utf-8";
pub(super) const HTML: &str = "text/html; charset=utf-8";
const PLAIN: &str = "text/plain; charset=utf-8";

static UNINVITED_PAPER: LazyLock<FakePaper> = LazyLock::new(|| FakePaper::new(UNINVITED));

/// How a request is met.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reply {
    /// An answer.
    Whole(Response),
    /// An answer that takes so long.
    Slow(Response, Duration),
    /// The first half of an answer, then the end of the connection.
    Half(Response),
    /// An answer that comes byte by byte from here on, with so long a pause after each.
    Drip(Response, DripFrom, Duration),
    /// The head of an answer, and its body over and over again.
    Endless(Response),
    /// Nothing for so long, then the end of the connection.
    Silence(Duration),
    /// The end of the connection.
    HangUp,
}

/// Where an answer begins to drip.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DripFrom {
    Head,
    MidBody,
}

/// Meets a request. `number` counts the requests, so that no two shuffled answers need be alike.
pub fn reply(request: &Request, fault: &Fault, number: usize, holdings: &Holdings) -> Reply {
    met(fault, || answer(request, fault, number, holdings), error)
}

/// Meets a request with what the fault is at every service. `good` makes the answer that the request deserves, with the
/// twist that the fault gives to it, and `error` one with a status and what the service says to it.
pub(super) fn met(fault: &Fault, good: impl Fn() -> Response, error: impl Fn(u16, &str) -> Response) -> Reply {
    let plain = |status| Response::new(status, PLAIN, "Rate exceeded.");
    let page = |status, says: &str| Response::new(status, HTML, html(says));
    Reply::Whole(match fault {
        Fault::Reset | Fault::HangUp => return Reply::HangUp,
        Fault::Stall(at_most) => return Reply::Silence(*at_most),
        Fault::TruncatedBody => return Reply::Half(good()),
        Fault::Slow(taking) => return Reply::Slow(good(), *taking),
        Fault::DrippingHead(pause) => return Reply::Drip(good(), DripFrom::Head, *pause),
        Fault::DrippingBody(pause) => return Reply::Drip(good(), DripFrom::MidBody, *pause),
        Fault::Endless => return Reply::Endless(good()),
        Fault::CutFeed => {
            let mut response = good();
            response.body.truncate(response.body.len() / 2);
            response
        }
        Fault::RateExceeded => plain(429),
        Fault::RateExceededAs200 => plain(200),
        Fault::RetryAfter(status, seconds) => plain(*status).with("Retry-After", seconds.to_string()),
        Fault::RetryAfterDate(status, seconds) => {
            plain(*status).with("Retry-After", http_date(SystemTime::now() + Duration::from_secs(*seconds)))
        }
        Fault::NotAcceptable => empty(406),
        Fault::ServerError => error(500, "Internal Server Error"),
        Fault::Unavailable => page(503, "Service Unavailable").with("Retry-After", "0"),
        Fault::HtmlPage => page(200, "arXiv is busy"),
        Fault::AccessDenied => page(403, "Access denied"),
        Fault::RejectsId(id) => error(400, &format!("incorrect id format for {id}")),
        Fault::RejectsAll => empty(400),
        Fault::UriTooLong => page(414, "URI Too Long"),
        Fault::NotFound => page(404, "Not Found"),
        Fault::Moved => page(301, "Moved Permanently").with("Location", "/moved/query"),
        Fault::None
        | Fault::EmptyFeed
        | Fault::WrongCounts
        | Fault::Shuffled
        | Fault::Duplicated
        | Fault::Uninvited
        | Fault::MissingEntries(_)
        | Fault::OldForm => good(),
    })
}

/// What the request deserves, with the twist that a fault gives to its feed.
fn answer(request: &Request, fault: &Fault, number: usize, holdings: &Holdings) -> Response {
    if request.line.len() > LONGEST_REQUEST_LINE {
        return Response::new(414, HTML, html("URI Too Long"));
    }
    if request.path() != "/api/query" {
        return Response::new(404, HTML, html("Not Found"));
    }
    if !matches!(request.method.as_str(), "GET" | "POST") {
        return Response::new(405, HTML, html("Method Not Allowed")).with("Allow", "GET, POST");
    }
    if request.header("accept").is_none() {
        return empty(406);
    }
    let query = match query::read(&request.parameters()) {
        Ok(query) => query,
        Err(rejection) => return error(rejection.status, &rejection.says),
    };
    Response::new(200, ATOM, feed_with(&query, fault, number, holdings))
}

fn feed_with(query: &Query, fault: &Fault, number: usize, holdings: &Holdings) -> String {
    if *fault == Fault::OldForm {
        return feed_before_2025::feed(query, holdings);
    }
    let selected = query::select(query, holdings);
    let mut total = selected.len();
    let mut page: Vec<_> = selected.into_iter().skip(query.start).take(query.max_results).collect();
    match fault {
        Fault::EmptyFeed => (page, total) = (Vec::new(), 0),
        Fault::MissingEntries(count) => {
            let missing = page.drain(..page.len().min(*count)).count();
            total -= missing;
        }
        Fault::Duplicated => page = page.iter().flat_map(|one| [*one, *one]).collect(),
        Fault::Shuffled => shuffle(&mut page, number as u64),
        Fault::Uninvited => page.push(Shown { paper: &UNINVITED_PAPER, version: 1 }),
        Fault::WrongCounts => total += 1_000,
        _ => {}
    }
    feed::feed(query, &page, total)
}

fn error(status: u16, says: &str) -> Response {
    Response::new(status, ATOM, feed::error_feed(says))
}

pub(super) fn empty(status: u16) -> Response {
    Response { status, headers: Vec::new(), body: Vec::new() }
}

pub(super) fn html(says: &str) -> String {
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\"><head><title>{says}</title><meta charset=\"utf-8\"></head>\n\
         <body><h1>{says}</h1><hr><br></body></html>\n"
    )
}
