//! The papers' own titles teach how a list is read: those that the cache or a snapshot knows, and in a run those just answered.

use std::fs;

use serde_json::{Value, json};

use crate::support::{FakeArxiv, FakePaper, Faults, Project};

/// Each item names its paper twice, and the third without an identifier.
const LIST: &str = "\
- [The tide model of Ann Dee](https://arxiv.org/abs/2403.00001). *Slow tides in a bay*
- [The comet model of Bob Roe](https://arxiv.org/abs/2403.00002). *Quiet comets over dim hills*
- [The boat model of Cy Poe](https://boats.example/paper.pdf). *Paper boats on a still lake*
";
const TITLES: [&str; 3] = ["Slow tides in a bay", "Quiet comets over dim hills", "Paper boats on a still lake"];

fn project() -> (Project, FakeArxiv) {
    let paper = |id, title| FakePaper::new(id).title(title);
    let papers = [paper("2403.00001", TITLES[0]), paper("2403.00002", TITLES[1])];
    (Project::with_list(LIST), FakeArxiv::start(papers, Faults::none()))
}

/// What `enrich extract` calls the entries.
fn extracted(project: &Project, further: &[&str]) -> Vec<String> {
    let outcome = project.enrich(&[&["extract", "list.md", "--format", "jsonl"], further].concat());
    assert_eq!((outcome.code, outcome.stderr.as_str()), (Some(0), ""));
    let entries = outcome.stdout.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    entries.map(|entry| entry["title"].as_str().unwrap_or_default().to_owned()).collect()
}

fn files(project: &Project) -> Vec<String> {
    let mut files: Vec<_> = fs::read_dir(project.path(""))
        .unwrap()
        .map(|file| file.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    files.sort();
    files
}

#[test]
fn a_run_reads_the_list_again_when_the_answers_have_come() {
    let (project, arxiv) = project();
    let first = project.run(&arxiv, &[]);
    assert_eq!(first.code, Some(0), "{}", first.stderr);
    let listed = |json: &Value| {
        let records = json.as_array().unwrap().iter();
        records.map(|record| record["listed_title"].as_str().unwrap_or_default().to_owned()).collect::<Vec<_>>()
    };
    let json = first.json.unwrap();
    assert_eq!(listed(&json), TITLES);
    assert_eq!(json[2]["arxiv_id"], Value::Null);
    // The second run knows them before it asks, and writes the same.
    assert_eq!(project.run(&arxiv, &[]).json.unwrap(), json);
}

#[test]
fn a_check_compares_the_titles_that_the_answers_have_shown() {
    let (project, arxiv) = project();
    let url = arxiv.url();
    let outcome = project.enrich(&["check", "list.md", "--api-url", &url, "--interval", "0s", "--no-cache"]);
    assert!(!outcome.stdout.contains("title-mismatch"), "{}", outcome.stdout);
}

#[test]
fn what_the_cache_knows_is_used_and_nothing_is_written() {
    let (project, arxiv) = project();
    let untaught = extracted(&project, &["--no-cache"]);
    assert_ne!(untaught, TITLES);
    let before = files(&project);
    assert_eq!(extracted(&project, &["--cache", "answers.sqlite"]), untaught);
    assert_eq!(files(&project), before);

    project.run(&arxiv, &["--cache", "answers.sqlite"]);
    let (before, bytes) = (files(&project), fs::read(project.path("answers.sqlite")).unwrap());
    let url = arxiv.url();
    arxiv.forget();
    let here = ["--cache", "answers.sqlite", "--api-url", &url];
    assert_eq!(extracted(&project, &here), TITLES);
    assert_eq!((files(&project), fs::read(project.path("answers.sqlite")).unwrap()), (before, bytes));
    assert_eq!(arxiv.requests().len(), 0);
    // Another service's word is not arXiv's.
    assert_eq!(extracted(&project, &["--cache", "answers.sqlite"]), untaught);
    assert_eq!(extracted(&project, &[&here[2..], &["--no-cache"]].concat()), untaught);
}

#[test]
fn a_broken_cache_knows_nothing_and_stays_as_it_is() {
    let (project, _) = project();
    let untaught = extracted(&project, &["--no-cache"]);
    for broken in [&b"no database at all"[..], b"SQLite format 3\0 and no more of it", b""] {
        project.write("answers.sqlite", broken);
        let before = files(&project);
        assert_eq!(extracted(&project, &["--cache", "answers.sqlite"]), untaught);
        assert_eq!((files(&project), fs::read(project.path("answers.sqlite")).unwrap()), (before, broken.to_vec()));
    }
    assert_eq!(extracted(&project, &["--cache", "."]), untaught);
}

#[test]
fn a_snapshot_teaches_extract_and_one_that_cannot_be_read_is_an_error() {
    let (project, _) = project();
    let line = |id: &str, title: &str| {
        json!({
            "id": id, "submitter": null, "authors": "Ann Dee", "title": title, "comments": null, "journal-ref": null,
            "doi": null, "report-no": null, "categories": "cs.LG", "license": null, "abstract": "", "update_date": "2024-05-02",
            "versions": [{"version": "v1", "created": "Mon, 1 Apr 2024 10:00:00 GMT"}], "authors_parsed": [["Dee", "Ann", ""]],
        })
        .to_string()
            + "\n"
    };
    project.write("snapshot.json", line("2403.00001", TITLES[0]) + line("2403.00002", TITLES[1]).as_str());
    assert_eq!(extracted(&project, &["--snapshot", "snapshot.json"]), TITLES);
    let explained = project.enrich(&["extract", "list.md", "--explain", "--snapshot", "snapshot.json"]);
    assert!(explained.stdout.contains(TITLES[2]), "{}", explained.stdout);
    let outcome = project.enrich(&["extract", "list.md", "--snapshot", "none.json"]);
    assert_eq!(outcome.code, Some(1));
    assert!(outcome.stderr.contains("none.json") && outcome.stderr.contains("hint"), "{}", outcome.stderr);
}
