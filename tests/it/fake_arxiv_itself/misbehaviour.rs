//! On a bad day: what each fault looks like to a client.

use std::io::ErrorKind;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use super::client::{Answer, Connection, ask};
use crate::support::{FakeArxiv, FakePaper, Fault, UNINVITED, http, seed};

const THREE: &str = "2403.07648,2001.08361,1609.04836";

fn met_with(fault: Fault) -> Answer {
    ask(&FakeArxiv::start(seed(), [fault]), THREE)
}

fn check(fault: Fault, status: u16, body: &str, retry_after: Option<&str>) {
    let answer = met_with(fault.clone());
    assert_eq!((answer.status, answer.header("retry-after")), (status, retry_after), "{fault:?}");
    assert!(answer.body.contains(body) && answer.body.is_empty() == body.is_empty(), "{fault:?}: {}", answer.body);
}

#[test]
fn refusals_look_as_they_were_seen() {
    check(Fault::RateExceeded, 429, "Rate exceeded.", None);
    check(Fault::RateExceededAs200, 200, "Rate exceeded.", None);
    check(Fault::RetryAfter(429, 7), 429, "Rate exceeded.", Some("7"));
    check(Fault::NotAcceptable, 406, "", None);
    check(Fault::ServerError, 500, "<title>Error</title>", None);
    check(Fault::Unavailable, 503, "Service Unavailable", Some("0"));
    check(Fault::EmptyFeed, 200, ">0</opensearch:totalResults>", None);
    check(Fault::HtmlPage, 200, "<html", None);
    check(Fault::AccessDenied, 403, "Access denied", None);
    check(Fault::RejectsId("2001.08361".to_owned()), 400, "incorrect id format for 2001.08361", None);
    check(Fault::RejectsAll, 400, "", None);
    check(Fault::UriTooLong, 414, "URI Too Long", None);
    check(Fault::NotFound, 404, "Not Found", None);
    check(Fault::Moved, 301, "Moved Permanently", None);
    assert_eq!(met_with(Fault::Moved).header("location"), Some("/moved/query"));
    assert_eq!(met_with(Fault::RateExceededAs200).header("content-type"), Some("text/plain; charset=utf-8"));
}

#[test]
fn retry_after_can_be_a_date_ahead_of_the_answers_own() {
    let now = SystemTime::now();
    let answer = met_with(Fault::RetryAfterDate(503, 3_600));
    let is_near = |told: Option<&str>, ahead: u64| {
        (0..60).any(|late| told == Some(http::http_date(now + Duration::from_secs(ahead + late)).as_str()))
    };
    assert_eq!(answer.status, 503);
    assert!(is_near(answer.header("date"), 0), "{answer:?}");
    assert!(is_near(answer.header("retry-after"), 3_600), "{answer:?}");
}

#[test]
fn dates_are_written_as_http_wants_them() {
    let check = |seconds, expected| {
        assert_eq!(http::http_date(UNIX_EPOCH + Duration::from_secs(seconds)), expected);
    };
    check(0, "Thu, 01 Jan 1970 00:00:00 GMT");
    check(784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT");
    check(1_709_210_096, "Thu, 29 Feb 2024 12:34:56 GMT");
    check(1_735_689_599, "Tue, 31 Dec 2024 23:59:59 GMT");
}

#[test]
fn a_connection_can_end_before_the_answer() {
    let check = |fault: Fault, expected: ErrorKind| {
        let arxiv = FakeArxiv::start(seed(), [fault.clone()]);
        let error = Connection::to(&arxiv).get("/api/query?id_list=2403.07648").expect_err("no answer");
        assert_eq!(error.kind(), expected, "{fault:?}");
        assert_eq!(arxiv.ids_asked(), ["2403.07648"], "{fault:?}");
        assert_eq!(ask(&arxiv, "2403.07648").status, 200, "{fault:?}");
    };
    check(Fault::Reset, ErrorKind::ConnectionReset);
    check(Fault::HangUp, ErrorKind::UnexpectedEof);
    check(Fault::Stall(Duration::from_millis(50)), ErrorKind::UnexpectedEof);
    check(Fault::TruncatedBody, ErrorKind::UnexpectedEof);
}

#[test]
fn a_truncated_body_holds_half_of_what_was_announced() {
    let arxiv = FakeArxiv::start(seed(), [Fault::TruncatedBody]);
    let mut connection = Connection::to(&arxiv);
    connection.send("GET /api/query?id_list=2403.07648 HTTP/1.1\r\nAccept: */*\r\n\r\n");
    let all = connection.rest().expect("an orderly end");
    let (head, body) = all.split_once("\r\n\r\n").expect("a head");
    assert!(head.contains(&format!("Content-Length: {}", ask(&arxiv, "2403.07648").body.len())), "{head}");
    assert!(body.starts_with("<?xml") && !body.contains("</feed>"), "{body}");
}

#[test]
fn a_cut_feed_is_whole_for_http_and_broken_for_xml() {
    let answer = met_with(Fault::CutFeed);
    assert_eq!(answer.status, 200);
    assert!(answer.body.contains("<entry>") && !answer.body.contains("</feed>"), "{}", answer.body);
}

#[test]
fn a_slow_answer_is_whole_and_takes_its_time() {
    let started = Instant::now();
    let answer = met_with(Fault::Slow(Duration::from_millis(200)));
    assert_eq!(answer.shows().len(), 3);
    assert!(started.elapsed() >= Duration::from_millis(200), "{:?}", started.elapsed());
}

#[test]
fn a_stalled_request_ends_when_the_client_leaves() {
    let arxiv = FakeArxiv::start(seed(), [Fault::Stall(Duration::from_secs(600))]);
    let mut connection = Connection::to(&arxiv);
    connection.send("GET /api/query?id_list=2403.07648 HTTP/1.1\r\nAccept: */*\r\n\r\n");
    std::thread::sleep(Duration::from_millis(50));
    drop(connection);
    assert_eq!(ask(&arxiv, THREE).shows().len(), 3);
    let requests = arxiv.requests();
    assert!(requests.iter().all(|request| request.answered.is_some()), "{requests:?}");
    assert_eq!(arxiv.max_concurrency().requests, 1);
}

#[test]
fn a_feed_can_be_twisted() {
    let check = |fault: Fault, expected: &[&str], total| {
        let answer = met_with(fault.clone());
        assert_eq!((answer.shows(), answer.total_results()), (expected.to_vec(), Some(total)), "{fault:?}");
    };
    let [first, second, third] = ["2403.07648v2", "2001.08361v1", "1609.04836v2"];
    check(Fault::None, &[first, second, third], 3);
    check(Fault::WrongCounts, &[first, second, third], 1_003);
    check(Fault::Duplicated, &[first, first, second, second, third, third], 3);
    check(Fault::MissingEntries(1), &[second, third], 2);
    check(Fault::MissingEntries(9), &[], 0);
    check(Fault::Uninvited, &[first, second, third, &format!("{UNINVITED}v1")], 3);
}

#[test]
fn shuffled_entries_are_all_there_and_not_by_date() {
    let papers: Vec<_> = (0..50).map(FakePaper::numbered).collect();
    let ids = papers.iter().map(|paper| paper.id.clone()).collect::<Vec<_>>().join(",") + "&max_results=50";
    let arxiv = FakeArxiv::start(papers, [Fault::Shuffled, Fault::Shuffled]);
    let (one, other, plain) = (ask(&arxiv, &ids), ask(&arxiv, &ids), ask(&arxiv, &ids));
    let sorted = |answer: &Answer| {
        let mut shown: Vec<_> = answer.shows().into_iter().map(str::to_owned).collect();
        shown.sort();
        shown
    };
    assert_ne!(one.shows(), plain.shows());
    assert_ne!(one.shows(), other.shows());
    assert_eq!((sorted(&one), sorted(&other)), (sorted(&plain), sorted(&plain)));
}

#[test]
fn the_old_form_wraps_and_has_ghosts() {
    let paper = FakePaper::new("2001.00001")
        .title("Word ".repeat(40).trim_end())
        .summary(&format!("{}\nNext.", "word ".repeat(40).trim_end()))
        .subject_class("68T05");
    let arxiv = FakeArxiv::start([paper], [Fault::OldForm]);
    let answer = ask(&arxiv, "2001.99999,2001.00001v7,2001.00001");
    assert_eq!((answer.shows(), answer.total_results()), (vec!["2001.00001v7", "2001.00001v1"], Some(3)));
    let entries: Vec<_> = answer.body.split("<entry>").skip(1).collect();
    assert!(entries[0].contains("term=\"\" scheme=") && !entries[0].contains("<id>"), "{}", entries[0]);
    assert!(entries[1].contains("term=\"cs.LG\"") && !entries[1].contains("<title>"), "{}", entries[1]);
    assert!(entries[2].contains("Word\n  Word") && entries[2].contains("<summary>  word"), "{}", entries[2]);
    assert!(entries[2].contains("word\nword") && entries[2].contains("\n  Next.\n</summary>"), "{}", entries[2]);
    assert!(entries[2].contains("<category term=\"68T05\""), "{}", entries[2]);
}
