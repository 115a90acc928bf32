//! A run never leaves the output poorer than it found it: not on arXiv's bad days, not when it is killed, not when it fails.

use std::fs;
use std::path::Path;
use std::time::Duration;

use crate::support::{FakeArxiv, FakePaper, Fault, Faults, Project, list_of, signal};

fn papers(count: u32) -> Vec<FakePaper> {
    (1..=count).map(FakePaper::numbered).collect()
}

fn files_in(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn two_runs_give_the_same_bytes() {
    let papers = papers(40);
    let project = Project::with_list(&list_of(&papers));
    let arxiv = FakeArxiv::start(papers, Faults::none());
    let first = project.run(&arxiv, &[]);
    let json = project.read("output/enriched.json");
    arxiv.misbehave(Faults::by(|request| if request % 2 == 0 { Fault::Shuffled } else { Fault::OldForm }));
    let second = project.run(&arxiv, &["--no-cache", "--batch", "7"]);
    assert_eq!(first.code, Some(0));
    assert_eq!(json, project.read("output/enriched.json"));
    assert_eq!(first.csv, second.csv);
}

#[test]
fn what_an_earlier_run_knew_stays_when_arxiv_refuses() {
    let papers = papers(3);
    let project = Project::with_list(&list_of(&papers));
    let arxiv = FakeArxiv::start(papers.clone(), Faults::none());
    let first = project.run(&arxiv, &[]);
    arxiv.misbehave(Faults::always(Fault::RateExceeded));
    let second = project.run(&arxiv, &["--no-cache", "--deadline", "200ms"]);
    assert_eq!((first.json, second.code), (second.json, Some(0)), "{}", second.stderr);
    assert!(second.stderr.contains("3 of them have the metadata of an earlier run"), "{}", second.stderr);
}

#[test]
fn only_papers_of_the_list_count_as_kept() {
    let papers = papers(2);
    let (one, other) = (&papers[0].id, &papers[1].id);
    let disputed = format!(
        "#### A paper\n\npaper link: [here](https://arxiv.org/abs/{one})\n\n\
         ```bibtex\n@misc{{a, title={{A paper}}, eprint={{{other}}}, archivePrefix={{arXiv}}}}\n```\n"
    );
    let project =
        Project::with_list(&format!("{disputed}\n#### Another\n\npaper link: [here](https://arxiv.org/abs/{other})\n"));
    let arxiv = FakeArxiv::start(papers.clone(), Faults::none());
    assert_eq!(project.run(&arxiv, &[]).statuses().len(), 2);
    project.write("list.md", &disputed);
    arxiv.misbehave(Faults::always(Fault::RateExceeded));
    let outcome = project.run(&arxiv, &["--no-cache", "--deadline", "200ms"]);
    assert_eq!(outcome.statuses(), ["enriched"]);
    assert!(outcome.stderr.contains("1 of them has the metadata of an earlier run"), "{}", outcome.stderr);
}

#[test]
fn a_paper_that_is_new_on_a_bad_day_is_marked_and_the_next_run_fills_it_in() {
    let papers = papers(3);
    let project = Project::with_list(&list_of(&papers[..2]));
    let arxiv = FakeArxiv::start(papers.clone(), Faults::none());
    project.run(&arxiv, &[]);
    project.write("list.md", list_of(&papers));
    arxiv.misbehave(Faults::always(Fault::RateExceeded));
    let bad = project.run(&arxiv, &["--no-cache", "--deadline", "200ms"]);
    assert_eq!((bad.statuses(), bad.code), (vec!["enriched", "enriched", "unreachable"], Some(3)));
    arxiv.misbehave(Faults::none());
    let good = project.run(&arxiv, &[]);
    assert_eq!((good.statuses(), good.code), (vec!["enriched"; 3], Some(0)));
}

#[test]
fn an_answer_that_is_cut_each_time_still_ends_with_every_paper() {
    let papers = papers(20);
    let project = Project::with_list(&list_of(&papers));
    let outcome = project
        .run(&FakeArxiv::start(papers, Faults::by(|n| if n < 4 { Fault::TruncatedBody } else { Fault::None })), &[]);
    assert_eq!((outcome.statuses(), outcome.code), (vec!["enriched"; 20], Some(0)), "{}", outcome.stderr);
}

#[test]
fn an_earlier_output_that_is_no_json_is_said_and_replaced() {
    let papers = papers(1);
    let project = Project::with_list(&list_of(&papers));
    project.write("output/enriched.json", "half a fi");
    let arxiv = FakeArxiv::start(papers, Faults::always(Fault::RateExceeded));
    let bad = project.run(&arxiv, &["--deadline", "100ms"]);
    assert_eq!(bad.code, Some(3));
    assert!(bad.stderr.contains("enriched.json cannot be read"), "{}", bad.stderr);
}

#[test]
fn a_list_that_is_missing_leaves_the_earlier_output_alone() {
    let papers = papers(1);
    let project = Project::with_list(&list_of(&papers));
    let arxiv = FakeArxiv::start(papers, Faults::none());
    let before = project.run(&arxiv, &[]);
    let after = project.enrich(&["run", "list.md", "missing.md", "--api-url", &arxiv.url()]);
    assert_eq!((after.code, after.json), (Some(1), before.json));
    assert!(after.stderr.contains("missing.md") && after.stderr.contains("hint:"), "{}", after.stderr);
}

#[test]
fn killed_at_any_moment_the_files_are_whole() {
    let papers = papers(300);
    let project = Project::with_list(&list_of(&papers));
    let arxiv = FakeArxiv::start(papers, Faults::none());
    let whole = project.run(&arxiv, &[]);
    let (json, csv) = (project.read("output/enriched.json"), whole.csv);
    for moment in 0..20 {
        let mut running = project.start(&arxiv, &["--no-cache"]);
        std::thread::sleep(Duration::from_millis(moment * 4));
        running.kill().unwrap();
        running.wait().unwrap();
        assert_eq!(project.read("output/enriched.json"), json);
        assert_eq!(project.read("output/enriched.csv"), csv);
    }
    assert_eq!(project.run(&arxiv, &[]).code, Some(0));
    assert_eq!(files_in(&project.path("output")), ["enriched.csv", "enriched.json"]);
}

#[cfg(unix)]
#[test]
fn ctrl_c_while_asking_ends_the_run_and_leaves_the_files_whole() {
    let papers = papers(3);
    let project = Project::with_list(&list_of(&papers));
    let arxiv = FakeArxiv::start(papers, Faults::none());
    let before = project.run(&arxiv, &[]).json;
    arxiv.misbehave(Faults::always(Fault::Stall(Duration::from_secs(20))));
    arxiv.forget();
    let mut running = project.start(&arxiv, &["--no-cache"]);
    let asked = (0..2_000).any(|_| {
        std::thread::sleep(Duration::from_millis(5));
        !arxiv.requests().is_empty()
    });
    assert!(asked);
    signal(&running, "INT");
    assert_eq!(running.wait().unwrap().code(), Some(130));
    assert_eq!(project.read("output/enriched.json").map(|json| serde_json::from_str(&json).unwrap()), before);
    assert_eq!(files_in(&project.path("output")), ["enriched.csv", "enriched.json"]);
}
