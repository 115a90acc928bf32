//! How arXiv is asked: every identifier once and rightly, whatever the service does, and never against its manners.

use std::time::Duration;

use crate::support::{FakeArxiv, FakePaper, Fault, Faults, Outcome, Project, list_of};

fn papers(count: u32) -> Vec<FakePaper> {
    (1..=count).map(FakePaper::numbered).collect()
}

/// Runs the program on a list of the papers against a service with these faults.
fn run(papers: &[FakePaper], faults: impl Into<Faults>, further: &[&str]) -> (Outcome, FakeArxiv) {
    let arxiv = FakeArxiv::start(papers.to_vec(), faults);
    let outcome = Project::with_list(&list_of(papers)).run(&arxiv, further);
    (outcome, arxiv)
}

#[track_caller]
fn all_enriched(outcome: &Outcome, count: usize) {
    assert_eq!(outcome.statuses(), vec!["enriched"; count], "{}", outcome.stderr);
    assert_eq!(outcome.code, Some(0), "{}", outcome.stderr);
}

#[test]
fn each_refusal_is_asked_again_and_then_everything_is_there() {
    let refusals = [
        Fault::RateExceeded,
        Fault::RateExceededAs200,
        Fault::RetryAfter(429, 0),
        Fault::RetryAfterDate(503, 0),
        Fault::NotAcceptable,
        Fault::ServerError,
        Fault::Unavailable,
        Fault::EmptyFeed,
        Fault::HtmlPage,
        Fault::Reset,
        Fault::HangUp,
        Fault::TruncatedBody,
        Fault::CutFeed,
        Fault::Stall(Duration::from_millis(50)),
    ];
    for refusal in refusals {
        let (outcome, arxiv) = run(&papers(5), [refusal.clone()], &[]);
        all_enriched(&outcome, 5);
        assert_eq!(arxiv.requests().len(), 2, "{refusal:?}");
    }
}

#[test]
fn answers_with_a_twist_are_taken_for_what_they_say() {
    let twists = [
        Fault::WrongCounts,
        Fault::Shuffled,
        Fault::Duplicated,
        Fault::Uninvited,
        Fault::OldForm,
        Fault::Slow(Duration::from_millis(50)),
    ];
    for twist in twists {
        let (outcome, arxiv) = run(&papers(5), [twist.clone()], &[]);
        all_enriched(&outcome, 5);
        assert_eq!(arxiv.requests().len(), 1, "{twist:?}");
    }
}

#[test]
fn nine_refusals_in_ten_end_with_every_paper() {
    for seed in 1..=5 {
        let (outcome, _) = run(&papers(30), Faults::seeded(seed, 9), &["--batch", "10", "--deadline", "60s"]);
        all_enriched(&outcome, 30);
    }
}

#[test]
fn a_list_is_asked_for_in_as_few_requests_as_fit() {
    let (outcome, arxiv) = run(&papers(401), Faults::none(), &[]);
    all_enriched(&outcome, 401);
    let asked: Vec<_> = arxiv.requests().iter().map(|request| request.ids.len()).collect();
    assert_eq!(asked, [400, 1]);
    for request in arxiv.requests() {
        let line = &request.request.line;
        assert!(line.len() < 7_000, "{} bytes", line.len());
        assert!(line.contains(&format!("max_results={}", request.ids.len())), "{line}");
        assert!(!line.contains("%2C"), "{line}");
    }
}

#[test]
fn a_large_batch_stays_under_the_longest_request_line() {
    let (outcome, arxiv) = run(&papers(1_500), Faults::none(), &["--batch", "2000"]);
    all_enriched(&outcome, 1_500);
    assert!(arxiv.requests().iter().all(|request| request.request.line.len() < 7_000));
    assert_eq!(arxiv.requests().len(), 3);
}

#[test]
fn a_request_that_is_too_long_for_the_service_is_halved() {
    let (outcome, arxiv) = run(&papers(8), [Fault::UriTooLong], &[]);
    all_enriched(&outcome, 8);
    assert_eq!(arxiv.requests().iter().map(|request| request.ids.len()).collect::<Vec<_>>(), [8, 4, 4]);
}

#[test]
fn the_service_sees_one_connection_and_a_pause_after_each_answer() {
    let faults = [Fault::Slow(Duration::from_millis(150)), Fault::RateExceeded, Fault::None, Fault::MissingEntries(1)];
    let (outcome, arxiv) = run(&papers(30), faults, &["--batch", "10", "--interval", "100ms"]);
    all_enriched(&outcome, 30);
    assert_eq!(arxiv.max_concurrency().connections, 1);
    assert_eq!(arxiv.max_concurrency().requests, 1);
    assert_eq!(arxiv.requests().len(), 5);
    for gap in arxiv.gaps() {
        assert!(gap >= Duration::from_millis(100), "{gap:?}");
    }
}

#[test]
fn every_request_says_who_asks_and_what_for() {
    let (_, arxiv) = run(&papers(1), Faults::none(), &["--contact", "keeper@example.org"]);
    let request = &arxiv.requests()[0].request;
    assert_eq!(request.header("accept"), Some("application/atom+xml, */*"));
    let agent = request.header("user-agent").unwrap();
    assert!(agent.starts_with(concat!("enrich/", env!("CARGO_PKG_VERSION"), " (+https://")), "{agent}");
    assert!(agent.ends_with("; mailto:keeper@example.org)"), "{agent}");
}

#[test]
fn what_is_left_out_once_is_asked_for_again() {
    let (outcome, arxiv) = run(&papers(6), [Fault::MissingEntries(2)], &[]);
    all_enriched(&outcome, 6);
    assert_eq!(arxiv.requests().len(), 2);
}

#[test]
fn an_identifier_that_arxiv_does_not_know_is_not_found_after_a_second_look_and_told_with_its_line() {
    let project =
        Project::with_list("# L\n\n- [A](https://arxiv.org/abs/1501.00001)\n- [B](https://arxiv.org/abs/2403.99999)\n");
    let arxiv = FakeArxiv::start([FakePaper::new("1501.00001")], Faults::none());
    let outcome = project.run(&arxiv, &[]);
    assert_eq!(outcome.statuses(), ["enriched", "not_found"]);
    assert_eq!(outcome.code, Some(0), "{}", outcome.stderr);
    assert_eq!(arxiv.requests().len(), 2);
    assert!(outcome.stderr.contains("list.md:4:"), "{}", outcome.stderr);
    assert!(outcome.stderr.contains("[unknown-id]"), "{}", outcome.stderr);
}

#[test]
fn a_lone_unknown_identifier_is_not_found_too() {
    let arxiv = FakeArxiv::start([], Faults::none());
    let outcome = Project::with_list("- [B](https://arxiv.org/abs/2403.99999)\n").run(&arxiv, &[]);
    assert_eq!((outcome.statuses(), outcome.code), (vec!["not_found"], Some(0)), "{}", outcome.stderr);
}

#[test]
fn a_service_that_forgets_everything_makes_no_paper_not_found() {
    let (outcome, _) = run(&papers(3), Faults::always(Fault::EmptyFeed), &["--deadline", "300ms"]);
    assert_eq!((outcome.statuses(), outcome.code), (vec!["unreachable"; 3], Some(3)), "{}", outcome.stderr);
}

#[test]
fn a_pinned_version_is_asked_for_by_version() {
    let paper = FakePaper::new("2403.07648").dated("2024-03-12T13:31:14Z").next_version("2024-04-03T20:07:33Z");
    let arxiv = FakeArxiv::start([paper], Faults::none());
    let outcome = Project::with_list("- [A](https://arxiv.org/abs/2403.07648v1)\n").run(&arxiv, &[]);
    assert_eq!(arxiv.ids_asked(), ["2403.07648v1"]);
    let record = outcome.record("2403.07648").unwrap();
    assert_eq!((&record["version"], &record["updated"]), (&1.into(), &"2024-03-12T13:31:14Z".into()));
    assert_eq!(record["url"], "https://arxiv.org/abs/2403.07648v1");
    assert_eq!(record["mentions"][0]["version"], 1);
}

#[test]
fn a_version_that_does_not_exist_is_a_finding_and_the_paper_is_there() {
    let arxiv = FakeArxiv::start([FakePaper::new("2403.07648"), FakePaper::new("1501.00001")], Faults::none());
    let list = "- [A](https://arxiv.org/abs/2403.07648v9)\n- [B](https://arxiv.org/abs/1501.00001)\n";
    let outcome = Project::with_list(list).run(&arxiv, &[]);
    assert_eq!((outcome.statuses(), outcome.code), (vec!["enriched"; 2], Some(0)));
    assert!(
        outcome.stderr.contains("list.md:1:") && outcome.stderr.contains("[unknown-version]"),
        "{}",
        outcome.stderr
    );
}

#[test]
fn only_canonical_identifiers_are_sent() {
    let list = "- [A](http://www.arxiv.org/pdf/math.GT/0309136v2.pdf)\n- [B](https://arxiv.org/abs/2403.07648#S1)\n\
                - [C](https://arxiv.org/abs/2413.00001)\n- [D](https://arxiv.org/abs/240307648)\n- [E](https://arxiv.org/list/cs.LG/recent)\n";
    let arxiv = FakeArxiv::start([FakePaper::new("2403.07648"), FakePaper::new("math/0309136")], Faults::none());
    let outcome = Project::with_list(list).run(&arxiv, &[]);
    let mut asked = arxiv.ids_asked();
    asked.sort();
    asked.dedup();
    assert_eq!(asked, ["2403.07648", "math/0309136", "math/0309136v2"], "{}", outcome.stderr);
    assert!(outcome.stderr.contains("list.md:3:") && outcome.stderr.contains("[malformed-id]"), "{}", outcome.stderr);
}

#[test]
fn a_rejected_identifier_does_not_take_the_others_with_it() {
    let papers = papers(5);
    let rejected = papers[2].id.clone();
    let (outcome, arxiv) = run(&papers, [Fault::RejectsId(rejected.clone())], &[]);
    assert_eq!(outcome.record(&rejected).unwrap()["status"], "not_found");
    assert_eq!(outcome.statuses().iter().filter(|status| **status == "enriched").count(), 4);
    assert_eq!(arxiv.requests().iter().map(|request| request.ids.len()).collect::<Vec<_>>(), [5, 4]);
}

#[test]
fn a_rejection_that_names_nothing_is_asked_again_in_halves() {
    let (outcome, arxiv) = run(&papers(4), [Fault::RejectsAll], &[]);
    all_enriched(&outcome, 4);
    assert_eq!(arxiv.requests().iter().map(|request| request.ids.len()).collect::<Vec<_>>(), [4, 2, 2]);
}

#[test]
fn access_denied_ends_all_requests_at_once() {
    let (outcome, arxiv) = run(&papers(20), Faults::always(Fault::AccessDenied), &["--batch", "5"]);
    assert_eq!(arxiv.requests().len(), 1);
    assert_eq!((outcome.statuses(), outcome.code), (vec!["unreachable"; 20], Some(3)));
    assert!(outcome.stderr.contains("403"), "{}", outcome.stderr);
}

#[test]
fn a_wrong_address_is_said_at_once() {
    for fault in [Fault::NotFound, Fault::Moved] {
        let (outcome, arxiv) = run(&papers(2), Faults::always(fault), &[]);
        assert_eq!((arxiv.requests().len(), outcome.code), (1, Some(3)));
        assert!(outcome.stderr.contains("--api-url"), "{}", outcome.stderr);
    }
}

#[test]
fn what_the_service_asks_for_is_waited() {
    for fault in [Fault::RetryAfter(429, 1), Fault::RetryAfterDate(503, 2)] {
        let (outcome, arxiv) = run(&papers(2), [fault], &[]);
        all_enriched(&outcome, 2);
        assert!(arxiv.gaps()[0] >= Duration::from_secs(1), "{:?}", arxiv.gaps());
    }
}

#[test]
fn a_wait_beyond_the_deadline_is_not_begun() {
    let (outcome, arxiv) = run(&papers(2), Faults::always(Fault::RetryAfter(429, 7200)), &["--deadline", "60s"]);
    assert_eq!((arxiv.requests().len(), outcome.code), (1, Some(3)));
    assert!(outcome.stderr.contains("7200 s"), "{}", outcome.stderr);
}

#[test]
fn a_service_that_refuses_to_the_end_leaves_the_lists_own_word() {
    let (outcome, arxiv) = run(&papers(3), Faults::always(Fault::RateExceeded), &["--deadline", "300ms"]);
    assert!(arxiv.requests().len() > 2);
    assert_eq!((outcome.statuses(), outcome.code), (vec!["unreachable"; 3], Some(3)));
    assert_eq!(outcome.record(&papers(3)[0].id).unwrap()["tags"], serde_json::json!(["Sample"]));
    assert!(outcome.stderr.contains("status 429"), "{}", outcome.stderr);
}

#[test]
fn past_the_deadline_a_service_that_answers_is_asked_on() {
    let faults = Faults::always(Fault::Slow(Duration::from_millis(40)));
    let (outcome, arxiv) = run(&papers(20), faults, &["--batch", "1", "--deadline", "100ms"]);
    all_enriched(&outcome, 20);
    assert_eq!(arxiv.requests().len(), 20);
}

#[test]
fn where_nobody_listens_it_gives_up_long_before_the_deadline() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/api/query", listener.local_addr().unwrap());
    drop(listener);
    let project = Project::with_list(&list_of(&papers(2)));
    // The deadline is ten minutes off, and the project's patience with a run ends long before.
    let outcome = project.enrich(&["run", "list.md", "--api-url", &url]);
    assert_eq!((outcome.statuses(), outcome.code), (vec!["unreachable"; 2], Some(3)));
    assert!(outcome.stderr.contains("nobody answers"), "{}", outcome.stderr);
}

#[test]
fn a_list_without_identifiers_asks_nobody() {
    let arxiv = FakeArxiv::start([], Faults::none());
    let outcome = Project::with_list("# Nothing\n\n#### A title\n\ntag: `x`\n\nblog link: [here](https://a.example)\n")
        .run(&arxiv, &[]);
    assert_eq!((arxiv.requests().len(), outcome.code), (0, Some(0)));
    assert_eq!(outcome.statuses(), ["no_arxiv_id"]);
}
