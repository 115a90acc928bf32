//! Runs that end between two replacements. Nobody is asked: what the lists say is news enough.

use std::fs;
use std::path::Path;

use jiff::Timestamp;
use serde_json::Value;

use super::*;
use crate::disk::failure;
use crate::progress::Visibility;
use crate::source::Clock;
use crate::source::arxiv_api::{self, Service};
use crate::source::routes::{Connectivity, FreshAnswers, Titles};

fn settings(folder: &Path) -> Settings {
    let nothing = Duration::ZERO;
    let clock = Clock::started(Timestamp::UNIX_EPOCH);
    let (endpoint, contact) = (arxiv_api::endpoint(), None);
    Settings {
        lists: vec![folder.join("list.md")],
        reading: Options::default(),
        when_empty: WhenEmpty::default(),
        output: folder.join("output"),
        formats: vec![Format::Json, Format::Csv, Format::Md],
        writing: export::Options::default(),
        update: None,
        summary: None,
        report: None,
        routes: Routes {
            arxiv: Service { endpoint, interval: nothing, batch: 1, deadline: nothing, contact, clock },
            fallbacks: Vec::new(),
            gates: None,
            snapshot: None,
            titles: Titles::Left,
            cache: None,
            heir: None,
            max_age: nothing,
            fresh: FreshAnswers::Count,
            connectivity: Connectivity::Offline,
        },
    }
}

/// Runs over a list of these papers, and lets the replacement of a file fail.
fn run_over(folder: &Path, papers: &[u32], fails_at: Option<usize>) -> Result<Report, RunError> {
    let list: String = papers.iter().map(|n| format!("- [Paper {n}](https://arxiv.org/abs/2403.{n:05})\n")).collect();
    fs::write(folder.join("list.md"), list).unwrap();
    failure::at(fails_at);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let outcome = runtime.block_on(run(&settings(folder), &Progress::new(Visibility::Hidden)));
    failure::at(None);
    outcome
}

fn json(folder: &Path, name: &str) -> Option<Value> {
    Some(serde_json::from_str(&fs::read_to_string(folder.join("output").join(name)).ok()?).unwrap())
}

/// The identifiers that `changes.json` tells as new.
fn told_as_new(folder: &Path) -> Vec<String> {
    let changes = json(folder, "changes.json").unwrap_or_default();
    let new = changes["new"].as_array().cloned().unwrap_or_default();
    new.iter().map(|paper| paper["arxiv_id"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn whatever_file_a_run_ends_at_its_news_are_told() {
    // changes.md, changes.json, enriched.json, enriched.csv, papers.md
    for fails_at in 0..5 {
        let folder = tempfile::tempdir().unwrap();
        let at = folder.path();
        run_over(at, &[1, 2], None).unwrap();
        let error = run_over(at, &[1, 2, 3], Some(fails_at)).unwrap_err();
        let RunError::Write(written) = &error else { panic!("{error}") };
        assert_eq!(written.is_halfway(), fails_at > 0, "{error}");
        let holds_the_new = json(at, "enriched.json").unwrap().as_array().unwrap().len() == 3;
        assert!(!holds_the_new || told_as_new(at) == ["2403.00003"], "the records are new and their news are lost");
        run_over(at, &[1, 2, 3], None).unwrap();
        assert_eq!(told_as_new(at), ["2403.00003"], "after a failure at file {fails_at}");
    }
}

#[test]
fn a_run_after_one_that_ended_halfway_tells_the_news_of_both() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    run_over(at, &[1], None).unwrap();
    run_over(at, &[1, 2], Some(2)).unwrap_err();
    let report = run_over(at, &[1, 2, 3], None).unwrap();
    assert_eq!(report.changes.unwrap().new.len(), 2);
    assert_eq!(told_as_new(at), ["2403.00002", "2403.00003"]);
}

#[test]
fn a_run_that_ends_halfway_says_which_files_are_new_in_words_and_in_the_summary() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    run_over(at, &[1], None).unwrap();
    let error = run_over(at, &[1, 2], Some(3)).unwrap_err();
    let output = at.join("output");
    let named = |names: &[&str]| names.iter().map(|name| output.join(name).display().to_string()).collect::<Vec<_>>();
    let said = error.to_string();
    let new = named(&["changes.md", "changes.json", "enriched.json"]).join(", ");
    assert!(said.contains(&format!("new by now: {new}; ")), "{said}");
    assert!(
        said.ends_with(&format!("still as before: {}", named(&["enriched.csv", "papers.md"]).join(", "))),
        "{said}"
    );
    assert!(error.hint().unwrap().contains("run again"), "{error:?}");
    assert!(summary::of_failure(&error).starts_with("## enrich: not everything was written\n"));
    assert!(summary::of_failure(&RunError::Interrupted).starts_with("## enrich: nothing was written\n"));
}
