//! What the fake says it saw is what there was: requests, times, connections.

use std::thread;
use std::time::{Duration, Instant};

use super::client::{Connection, ask};
use crate::support::{Concurrency, FakeArxiv, FakePaper, Fault, Faults, seed};

const TARGET: &str = "/api/query?id_list=2403.07648";

#[test]
fn one_connection_serves_many_requests_and_each_is_recorded() {
    let arxiv = FakeArxiv::start(seed(), Faults::none());
    let mut connection = Connection::to(&arxiv);
    for _ in 0..3 {
        assert_eq!(connection.get("/api/query?id_list=2403.07648,1609.04836").expect("an answer").shows().len(), 2);
        thread::sleep(Duration::from_millis(30));
    }
    let requests = arxiv.requests();
    assert_eq!(requests.len(), 3);
    for request in &requests {
        assert_eq!(request.request.line, "GET /api/query?id_list=2403.07648,1609.04836 HTTP/1.1");
        assert_eq!(request.request.header("accept"), Some("*/*"));
        assert_eq!((request.ids.join(" ").as_str(), request.connection), ("2403.07648 1609.04836", 1));
        assert!(request.answered.is_some_and(|answered| answered >= request.arrived));
    }
    assert_eq!(arxiv.ids_asked().len(), 6);
    let gaps = arxiv.gaps();
    assert!(gaps.len() == 2 && gaps.iter().all(|gap| *gap >= Duration::from_millis(30)), "{gaps:?}");
    assert_eq!(arxiv.max_concurrency(), Concurrency { connections: 1, requests: 1 });
}

#[test]
fn a_client_that_closes_one_connection_before_the_next_never_has_two() {
    let arxiv = FakeArxiv::start(seed(), Faults::none());
    for _ in 0..200 {
        ask(&arxiv, "2403.07648");
    }
    assert_eq!(arxiv.connections(), 200);
    assert_eq!(arxiv.max_concurrency(), Concurrency { connections: 1, requests: 1 });
}

#[test]
fn neither_does_one_that_comes_back_after_every_fault() {
    let arxiv = FakeArxiv::start(seed(), Faults::seeded(7, 10));
    for _ in 0..100 {
        drop(Connection::to(&arxiv).get(TARGET));
    }
    assert_eq!(arxiv.requests().len(), 100);
    assert_eq!(arxiv.max_concurrency(), Concurrency { connections: 1, requests: 1 });
}

#[test]
fn two_at_a_time_are_seen() {
    let arxiv = FakeArxiv::start(seed(), Faults::always(Fault::Slow(Duration::from_millis(200))));
    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| ask(&arxiv, "2403.07648"));
        }
    });
    assert_eq!(arxiv.max_concurrency(), Concurrency { connections: 2, requests: 2 });
    assert_eq!(arxiv.gaps(), [Duration::ZERO]);
    arxiv.forget();
    assert_eq!((arxiv.requests().len(), arxiv.max_concurrency()), (0, Concurrency::default()));
}

#[test]
fn identifiers_of_a_rejected_request_are_recorded_too() {
    let arxiv = FakeArxiv::start(seed(), Faults::none());
    assert_eq!(ask(&arxiv, "2403.07648,abc,").status, 400);
    assert_eq!(arxiv.ids_asked(), ["2403.07648", "abc", ""]);
}

#[test]
fn a_large_answer_arrives_whole() {
    let papers: Vec<_> = (0..2_000).map(FakePaper::numbered).collect();
    let form = format!(
        "max_results=2000&id_list={}",
        papers.iter().map(|paper| paper.id.as_str()).collect::<Vec<_>>().join(",")
    );
    let arxiv = FakeArxiv::start(papers, Faults::none());
    let mut connection = Connection::to(&arxiv);
    let length = form.len();
    connection.send(&format!("POST /api/query HTTP/1.1\r\nAccept: */*\r\nContent-Length: {length}\r\n\r\n{form}"));
    let answer = connection.answer().expect("an answer");
    assert_eq!(answer.shows().len(), 2_000);
    assert!(answer.body.ends_with("</feed>\n"));
}

#[test]
fn dropping_the_service_ends_it_whatever_is_under_way() {
    let arxiv = FakeArxiv::start(seed(), [Fault::Stall(Duration::from_secs(600))]);
    let address = arxiv.address();
    let mut stalled = Connection::to(&arxiv);
    stalled.send("GET /api/query?id_list=2403.07648 HTTP/1.1\r\nAccept: */*\r\n\r\n");
    let mut partial = Connection::to(&arxiv);
    partial.send("GET /api/que");
    let _idle = Connection::to(&arxiv);
    thread::sleep(Duration::from_millis(50));
    let started = Instant::now();
    drop(arxiv);
    assert!(started.elapsed() < Duration::from_secs(60), "{:?}", started.elapsed());
    assert!(std::net::TcpStream::connect(address).is_err());
}
