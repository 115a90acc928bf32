//! The deadline bounds everything that asks: an answer that drips, one that never ends, a gate that somebody holds. What was
//! answered before is kept, and the closing lines say what was not.

use std::time::{Duration, Instant};

use crate::support::{FakeArxiv, FakeDatacite, FakeOai, FakePaper, Fault, Faults, Outcome, Project, list_of, signal};

/// A byte after each of these: an answer takes many minutes, and is never silent for long.
const BETWEEN: Duration = Duration::from_millis(200);

/// What the deadline of a second is never outlasted by, on the slowest machine.
const BOUND: Duration = Duration::from_secs(60);

fn papers(count: u32) -> Vec<FakePaper> {
    (1..=count).map(FakePaper::numbered).collect()
}

/// Runs with a deadline of a second, and sees to the time.
#[track_caller]
fn run(project: &Project, arxiv: &FakeArxiv, further: &[&str]) -> Outcome {
    let begun = Instant::now();
    let outcome = project.run(arxiv, &[&["--deadline", "1s"], further].concat());
    assert!(begun.elapsed() < BOUND, "{:?}: {}", begun.elapsed(), outcome.stderr);
    outcome
}

#[track_caller]
fn check_incomplete(outcome: &Outcome, says: &str) {
    assert_eq!(outcome.code, Some(3), "{}", outcome.stderr);
    assert!(outcome.statuses().contains(&"unreachable"), "{:?}", outcome.statuses());
    assert!(outcome.stderr.contains(says), "{}", outcome.stderr);
}

#[test]
fn an_answer_that_drips_is_left_and_what_came_of_it_is_kept() {
    let papers = papers(20);
    let arxiv = FakeArxiv::start(papers.clone(), Faults::always(Fault::DrippingBody(BETWEEN)));
    let project = Project::with_list(&list_of(&papers));
    let outcome = run(&project, &arxiv, &[]);
    check_incomplete(&outcome, "did not end its answer within 5 s");
    assert!(outcome.statuses().contains(&"enriched"), "{:?}", outcome.statuses());
    let later = project.run(&arxiv, &["--offline"]);
    assert!(later.statuses().contains(&"enriched"), "{:?}", later.statuses());
}

#[test]
fn headers_that_drip_are_left() {
    let papers = papers(2);
    let arxiv = FakeArxiv::start(papers.clone(), Faults::always(Fault::DrippingHead(BETWEEN)));
    check_incomplete(&run(&Project::with_list(&list_of(&papers)), &arxiv, &[]), "gave no answer within 5 s");
}

#[test]
fn an_answer_without_end_is_left() {
    let papers = papers(2);
    let arxiv = FakeArxiv::start(papers.clone(), Faults::always(Fault::Endless));
    check_incomplete(&run(&Project::with_list(&list_of(&papers)), &arxiv, &[]), "sent an endless answer");
}

#[test]
fn the_other_routes_are_left_as_well() {
    let papers = papers(2);
    for fault in [Fault::DrippingBody(BETWEEN), Fault::DrippingHead(BETWEEN), Fault::Endless] {
        let arxiv = FakeArxiv::start(papers.clone(), Faults::always(Fault::RateExceeded));
        let oai = FakeOai::start(papers.clone(), Faults::always(fault.clone()));
        let datacite = FakeDatacite::start(papers.clone(), Faults::always(fault));
        let (oai_url, datacite_url) = (oai.url(), datacite.url());
        let routes = ["--oai-url", &oai_url, "--datacite-url", &datacite_url, "--fallback", "oai-pmh,datacite"];
        check_incomplete(&run(&Project::with_list(&list_of(&papers)), &arxiv, &routes), "arXiv was too busy");
        assert!(!oai.requests().is_empty() && !datacite.requests().is_empty());
    }
}

/// A paper without identifier whose BibTeX names its author, so that it can be looked for.
const WITHOUT_ID: &str = "\n#### The Example of Examples\n\nblog link: [here](https://a.example)\n\n\
    ```bibtex\n@misc{e,\n  title = {The Example of Examples},\n  author = {Ann Example},\n  year = {2024}\n}\n```\n";

#[test]
fn looking_for_titles_is_left_and_said() {
    let papers = papers(2);
    let dripping = Faults::by(|request| if request == 0 { Fault::None } else { Fault::DrippingHead(BETWEEN) });
    let arxiv = FakeArxiv::start(papers.clone(), dripping);
    let project = Project::with_list(&(list_of(&papers) + WITHOUT_ID));
    let outcome = run(&project, &arxiv, &["--find-missing"]);
    assert_eq!((outcome.code, outcome.statuses()), (Some(0), vec!["enriched", "enriched", "no_arxiv_id"]));
    assert!(outcome.stderr.contains("1 paper without identifier was not looked for"), "{}", outcome.stderr);
}

/// A paper with an earlier title, which a check may ask for.
fn renamed() -> FakePaper {
    let first = FakePaper::new("2101.00001").title("The Example of Examples");
    first.next_version("2021-05-01T00:00:00Z").title("Sparse Gradients Considered Sufficient")
}

#[test]
fn earlier_versions_are_asked_for_within_the_same_deadline() {
    let paper = renamed();
    let dripping = Faults::by(|request| if request == 0 { Fault::None } else { Fault::DrippingHead(BETWEEN) });
    let arxiv = FakeArxiv::start([paper], dripping);
    let project = Project::with_list("- [The Example of Examples](https://arxiv.org/abs/2101.00001)\n");
    let begun = Instant::now();
    let url = arxiv.url();
    let outcome = project.enrich(&["check", "list.md", "--api-url", &url, "--interval", "0ms", "--deadline", "6s"]);
    assert!(begun.elapsed() < BOUND, "{:?}", begun.elapsed());
    assert_eq!(outcome.code, Some(0), "{}", outcome.stderr);
    assert!(outcome.stdout.contains("title-mismatch"), "{}", outcome.stdout);
    assert!(arxiv.requests().len() >= 2);
}

#[test]
fn who_is_denied_access_is_not_asked_for_earlier_versions_either() {
    let paper = renamed();
    let other = FakePaper::numbered(1);
    let arxiv = FakeArxiv::start([paper, other.clone()], Faults::none());
    let project = Project::with_list("- [The Example of Examples](https://arxiv.org/abs/2101.00001)\n");
    project.write("other.md", list_of([&other]));
    assert_eq!(project.run(&arxiv, &[]).code, Some(0));
    arxiv.misbehave(Faults::always(Fault::AccessDenied));
    arxiv.forget();
    let url = arxiv.url();
    let outcome = project.enrich(&["check", "list.md", "other.md", "--api-url", &url, "--interval", "0ms"]);
    assert_eq!(arxiv.requests().len(), 1, "{}", outcome.stderr);
}

#[cfg(unix)]
#[test]
fn who_holds_the_gate_and_has_been_stopped_is_not_waited_for_past_the_deadline() {
    let papers = papers(2);
    let arxiv = FakeArxiv::start(papers.clone(), Faults::always(Fault::Stall(BOUND)));
    let project = Project::with_list(&list_of(&papers));
    // Into a folder of its own: two runs into the same one take turns.
    let mut holder = project.start(&arxiv, &["--output", "elsewhere"]);
    let until = Instant::now() + BOUND;
    // It holds the gate from before its request to after the answer.
    while arxiv.connections() == 0 && Instant::now() < until {
        std::thread::sleep(Duration::from_millis(10));
    }
    signal(&holder, "STOP");
    let outcome = run(&project, &arxiv, &[]);
    holder.kill().unwrap();
    holder.wait().unwrap();
    check_incomplete(&outcome, "another program on this machine");
}
