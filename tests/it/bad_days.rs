//! arXiv's bad days: the API refuses for hours, and the other routes tell what they can, within everybody's terms.

use std::time::Duration;

use crate::support::{FakeArxiv, FakeDatacite, FakeOai, FakePaper, Fault, Faults, Outcome, Project, list_of};

/// The three services and a project with a list of their papers.
struct World {
    project: Project,
    arxiv: FakeArxiv,
    oai: FakeOai,
    datacite: FakeDatacite,
}

fn world(count: u32) -> World {
    let papers: Vec<_> = (1..=count).map(FakePaper::numbered).collect();
    World {
        project: Project::with_list(&list_of(&papers)),
        arxiv: FakeArxiv::start(papers.clone(), Faults::always(Fault::RateExceeded)),
        oai: FakeOai::start(papers.clone(), Faults::none()),
        datacite: FakeDatacite::start(papers, Faults::none()),
    }
}

impl World {
    fn run(&self, further: &[&str]) -> Outcome {
        let (oai, datacite) = (self.oai.url(), self.datacite.url());
        let routes = ["--oai-url", &oai, "--datacite-url", &datacite, "--fallback", "oai-pmh,datacite"];
        self.project.run(&self.arxiv, &[&routes, further].concat())
    }
}

fn sources(outcome: &Outcome) -> Vec<&str> {
    let records = outcome.json.as_ref().unwrap().as_array().unwrap();
    let mut sources: Vec<_> = records.iter().map(|record| record["source"].as_str().unwrap()).collect();
    sources.sort_unstable();
    sources.dedup();
    sources
}

#[track_caller]
fn check(outcome: &Outcome, count: usize, from: &[&str]) {
    assert_eq!(outcome.statuses(), vec!["enriched"; count], "{}", outcome.stderr);
    assert_eq!((outcome.code, sources(outcome).as_slice()), (Some(0), from), "{}", outcome.stderr);
}

#[test]
fn a_few_papers_go_by_oai_pmh_at_arxivs_pace() {
    let world = world(5);
    let outcome = world.run(&["--interval", "20ms"]);
    check(&outcome, 5, &["oai-pmh"]);
    assert_eq!(world.datacite.requests().len(), 0);
    assert!(world.arxiv.requests().len() >= 3);
    for gap in world.oai.gaps() {
        assert!(gap >= Duration::from_millis(20), "{gap:?}");
    }
}

#[test]
fn many_papers_go_by_datacite_in_batches_of_fifty() {
    let world = world(120);
    check(&world.run(&[]), 120, &["datacite"]);
    assert_eq!(world.datacite.requests().len(), 3);
    assert_eq!(world.oai.requests().len(), 0);
}

#[test]
fn what_a_source_cannot_give_is_null_and_not_invented() {
    let world = world(5);
    let outcome = world.run(&[]);
    let record = outcome.json.as_ref().unwrap()[1].clone();
    assert_eq!((&record["source"], &record["version"]), (&"oai-pmh".into(), &serde_json::Value::Null));
    let world = self::world(30);
    let outcome = world.run(&[]);
    let record = outcome.json.as_ref().unwrap()[1].clone();
    assert_eq!((&record["source"], &record["comment"]), (&"datacite".into(), &serde_json::Value::Null));
    assert_eq!(record["journal_ref"], serde_json::Value::Null);
    assert!(record["abstract"].is_string() && record["authors"][0].is_string());
}

#[test]
fn what_the_fallbacks_do_not_know_goes_back_to_the_api_and_is_never_called_missing() {
    let world = world(30);
    world.datacite.hold((1..=20).map(FakePaper::numbered));
    world.oai.hold((1..=25).map(FakePaper::numbered));
    let refusals = Faults::by(|request| if request < 25 { Fault::RateExceeded } else { Fault::None });
    world.arxiv.misbehave(refusals);
    let outcome = world.run(&["--deadline", "20s"]);
    check(&outcome, 30, &["arxiv-api", "datacite"]);
}

#[test]
fn an_arxiv_that_is_gone_entirely_leaves_datacite() {
    let world = world(3);
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let gone = format!("http://{}/api/query", listener.local_addr().unwrap());
    drop(listener);
    let outcome = world.run(&["--api-url", &gone]);
    check(&outcome, 3, &["datacite"]);
}

#[test]
fn where_datacite_is_gone_too_the_list_itself_is_written() {
    let world = world(30);
    world.datacite.misbehave(Faults::always(Fault::Reset));
    world.oai.misbehave(Faults::always(Fault::Reset));
    let outcome = world.run(&["--deadline", "1s"]);
    assert_eq!((outcome.statuses(), outcome.code), (vec!["unreachable"; 30], Some(3)));
}

#[test]
fn access_denied_ends_all_requests_to_arxiv_and_not_those_to_others() {
    let world = world(5);
    world.arxiv.misbehave(Faults::always(Fault::AccessDenied));
    let outcome = world.run(&[]);
    check(&outcome, 5, &["datacite"]);
    assert_eq!((world.arxiv.requests().len(), world.oai.requests().len()), (1, 0));
}

#[test]
fn access_denied_by_oai_pmh_ends_all_requests_to_arxiv() {
    let world = world(5);
    world.oai.misbehave(Faults::always(Fault::AccessDenied));
    let outcome = world.run(&[]);
    check(&outcome, 5, &["datacite"]);
    assert_eq!(world.oai.requests().len(), 1);
}

#[test]
fn a_thinner_record_is_asked_for_again_at_the_next_chance() {
    let world = world(30);
    check(&world.run(&[]), 30, &["datacite"]);
    world.arxiv.misbehave(Faults::none());
    check(&world.run(&[]), 30, &["arxiv-api"]);
    world.arxiv.misbehave(Faults::always(Fault::RateExceeded));
    check(&world.run(&["--refresh"]), 30, &["datacite"]);
    check(&world.run(&["--offline"]), 30, &["arxiv-api"]);
}

#[test]
fn without_fallback_nobody_else_is_asked() {
    let world = world(3);
    let outcome = world.run(&["--fallback", "none", "--deadline", "400ms"]);
    assert_eq!((outcome.statuses(), outcome.code), (vec!["unreachable"; 3], Some(3)));
    assert_eq!((world.oai.requests().len(), world.datacite.requests().len()), (0, 0));
}

#[test]
fn nine_refusals_in_ten_everywhere_still_end_with_every_paper() {
    for seed in 1..=3 {
        let world = world(60);
        world.arxiv.misbehave(Faults::seeded(seed, 9));
        world.datacite.misbehave(Faults::seeded(seed + 100, 9));
        world.oai.misbehave(Faults::seeded(seed + 200, 9));
        let outcome = world.run(&["--deadline", "60s"]);
        assert_eq!((outcome.statuses(), outcome.code), (vec!["enriched"; 60], Some(0)), "{}", outcome.stderr);
    }
}

#[test]
fn a_server_that_stalls_each_answer_is_left_at_the_deadline() {
    let world = world(3);
    world.arxiv.misbehave(Faults::always(Fault::Stall(Duration::from_secs(30))));
    let outcome = world.run(&["--fallback", "none", "--deadline", "1s"]);
    assert_eq!((outcome.statuses(), outcome.code), (vec!["unreachable"; 3], Some(3)));
    assert!(outcome.stderr.contains("gave no answer within"), "{}", outcome.stderr);
}
