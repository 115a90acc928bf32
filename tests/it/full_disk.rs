//! A disk that is full: the cache is done without, the output stays as it was, and nothing half-written is left.

#![cfg(unix)]

mod mounted;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::support::{FakeArxiv, FakePaper, Faults, Outcome, Project, list_of};

fn papers(count: u32) -> Vec<FakePaper> {
    (1..=count).map(FakePaper::numbered).collect()
}

/// Runs the program where no file may grow beyond so many blocks of 512 bytes: a write beyond that fails as on a full disk.
fn run_with_small_files(project: &Project, arxiv: &FakeArxiv, blocks: u32, further: &[&str]) -> Outcome {
    // The signal would end a program that writes too much before the write can fail.
    let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" \"$@\"");
    project.through(&["/bin/sh", "-c", &script], arxiv, further)
}

fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    files.map(|file| (file.file_name().unwrap().to_string_lossy().into_owned(), fs::read(&file).unwrap())).collect()
}

/// That the run lost nothing though its answers could not be kept, and that a later one finds no broken cache.
fn check_without_cache(project: &Project, arxiv: &FakeArxiv, outcome: &Outcome, count: usize) {
    assert_eq!(outcome.code, Some(0), "{}", outcome.stderr);
    assert!(outcome.stderr.contains("warning: ") && outcome.stderr.contains("cache"), "{}", outcome.stderr);
    let csv = outcome.csv.as_ref().unwrap();
    assert_eq!(csv.matches(",enriched,").count(), count);
    let later = project.run(arxiv, &["--cache", "kept/answers.sqlite"]);
    assert_eq!((later.code, later.statuses().len()), (Some(0), count), "{}", later.stderr);
    assert!(!later.stderr.contains("set aside"), "{}", later.stderr);
}

#[test]
fn a_cache_that_cannot_grow_is_done_without() {
    let papers = papers(60);
    let arxiv = FakeArxiv::start(papers.clone(), Faults::none());
    // From too little for an empty cache to enough for some of the answers.
    for blocks in [40, 60, 100] {
        let project = Project::with_list(&list_of(&papers));
        let columns = ["--format", "csv", "--columns", "arxiv_id,status,version", "--cache", "kept/answers.sqlite"];
        let outcome = run_with_small_files(&project, &arxiv, blocks, &columns);
        check_without_cache(&project, &arxiv, &outcome, 60);
    }
}

/// That a run which could not write left everything as it was, and said where and what to do.
fn check_untouched(project: &Project, before: &BTreeMap<String, Vec<u8>>, outcome: &Outcome) {
    assert_eq!(outcome.code, Some(1), "{}", outcome.stderr);
    assert!(outcome.stderr.contains("cannot write output/"), "{}", outcome.stderr);
    assert!(outcome.stderr.contains("earlier output is untouched"), "{}", outcome.stderr);
    assert_eq!(files(&project.path("output")), *before);
}

#[test]
fn an_output_that_does_not_fit_leaves_the_earlier_one() {
    let papers = papers(60);
    let arxiv = FakeArxiv::start(papers.clone(), Faults::none());
    let project = Project::with_list(&list_of(&papers[..2]));
    assert_eq!(project.run(&arxiv, &[]).code, Some(0));
    let before = files(&project.path("output"));
    project.write("list.md", list_of(&papers));
    // The JSON does not fit; nor does the CSV, of which a part would.
    for (format, blocks) in [("json,csv", 60), ("csv", 12), ("xlsx,sqlite", 12)] {
        let further = ["--no-cache", "--format", format];
        check_untouched(&project, &before, &run_with_small_files(&project, &arxiv, blocks, &further));
    }
}
