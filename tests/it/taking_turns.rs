//! Two runs on one output folder take turns: the second waits for the first, says so, and tells the news over what that one leaves.

#![cfg(unix)]

use std::fs;
use std::io::{BufRead, BufReader};
use std::process::{Child, Stdio};
use std::time::Duration;

use crate::support::{FakeArxiv, FakePaper, Fault, Faults, Project, list_of, signal};

fn papers(count: u32) -> Vec<FakePaper> {
    (1..=count).map(FakePaper::numbered).collect()
}

/// A project whose list has been read with two papers and now holds three.
fn grown() -> (Project, FakeArxiv) {
    let project = Project::with_list(&list_of(&papers(2)));
    let arxiv = FakeArxiv::start(papers(3), Faults::none());
    assert_eq!(project.run(&arxiv, &["--no-cache"]).code, Some(0));
    project.write("list.md", list_of(&papers(3)));
    (project, arxiv)
}

/// A run whose turn it is.
fn at_work(project: &Project, arxiv: &FakeArxiv) -> Child {
    let running = project.start(arxiv, &["--no-cache"]);
    let has_turn = (0..4_000).any(|_| {
        std::thread::sleep(Duration::from_millis(5));
        fs::File::open(project.path("output")).unwrap().try_lock().is_err()
    });
    assert!(has_turn);
    running
}

fn files(project: &Project, folder: &str) -> Vec<String> {
    let names = fs::read_dir(project.path(folder)).unwrap().map(|file| file.unwrap().file_name());
    let mut names: Vec<_> = names.map(|name| name.to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn the_second_waits_says_so_and_tells_no_news_twice() {
    let (project, arxiv) = grown();
    arxiv.misbehave(Faults::always(Fault::Slow(Duration::from_secs(2))));
    let mut first = at_work(&project, &arxiv);
    assert_eq!(files(&project, "output"), ["enriched.csv", "enriched.json"]);
    let second = project.run(&arxiv, &["--no-cache"]);
    assert_eq!(first.wait().unwrap().code(), Some(0));
    assert_eq!(second.code, Some(0), "{}", second.stderr);
    assert!(second.stderr.contains("another run is at work on output"), "{}", second.stderr);
    assert!(!second.stderr.contains("since the earlier output"), "{}", second.stderr);
    assert!(project.read("output/changes.json").unwrap().contains("\"summary\": \"1 new paper\""));
    assert_eq!(arxiv.max_concurrency().requests, 1);
}

#[test]
fn a_run_that_was_stopped_holds_nobody_for_ever_and_one_that_was_killed_holds_nobody() {
    let (project, arxiv) = grown();
    let before = project.read("output/enriched.json");
    arxiv.misbehave(Faults::always(Fault::Stall(Duration::from_secs(60))));
    let mut first = at_work(&project, &arxiv);
    signal(&first, "STOP");
    // Without a folder for the cache too.
    project.write("file", "");
    let usual = ["--cache", "file/answers.sqlite", "--deadline", "300ms"];
    let second = project.run(&arxiv, &usual);
    assert_eq!((second.code, project.read("output/enriched.json")), (Some(1), before));
    assert!(second.stderr.contains("another run has been at work on output for 300ms"), "{}", second.stderr);
    assert!(second.stderr.contains("hint: ") && second.stderr.contains("--deadline"), "{}", second.stderr);
    signal(&first, "KILL");
    first.wait().unwrap();
    arxiv.misbehave(Faults::none());
    let third = project.run(&arxiv, &usual);
    assert_eq!((third.code, third.statuses().len()), (Some(0), 3), "{}", third.stderr);
    assert!(!third.stderr.contains("another run"), "{}", third.stderr);
}

#[test]
fn ctrl_c_ends_the_wait() {
    let (project, arxiv) = grown();
    arxiv.misbehave(Faults::always(Fault::Stall(Duration::from_secs(60))));
    let mut first = at_work(&project, &arxiv);
    let mut second = project.start_heard(&arxiv, &["--no-cache"], Stdio::piped());
    let mut said = BufReader::new(second.stderr.take().unwrap()).lines().map_while(Result::ok);
    assert!(said.any(|line| line.contains("another run is at work on output")));
    // The word comes just before the signal is waited for.
    std::thread::sleep(Duration::from_millis(300));
    signal(&second, "INT");
    assert_eq!(second.wait().unwrap().code(), Some(130));
    assert!(said.any(|line| line.contains("interrupted; nothing was written")));
    signal(&first, "KILL");
    first.wait().unwrap();
}

#[test]
fn another_folder_waits_for_nobody() {
    let (project, arxiv) = grown();
    arxiv.misbehave(Faults::always(Fault::Slow(Duration::from_secs(2))));
    let mut first = at_work(&project, &arxiv);
    let second = project.run(&arxiv, &["--offline", "--no-cache", "--output", "other"]);
    assert!(!second.stderr.contains("another run"), "{}", second.stderr);
    assert!(first.wait().unwrap().success());
}

#[test]
fn a_run_that_fails_leaves_no_folder_behind() {
    let project = Project::with_list("");
    let outcome = project.enrich(&["run", "missing.md", "--output", "deep/output"]);
    assert_eq!(outcome.code, Some(1), "{}", outcome.stderr);
    assert!(!project.path("deep").exists());
}
