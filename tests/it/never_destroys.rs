//! A tool that edits never destroys: no list is written over, no repair loses an identifier, and nothing but regular files is read.

use std::collections::{BTreeSet, HashMap};
use std::fs;

use enrich::check::{self, Known, Listing, repair};
use enrich::extract::{self, Options};
use enrich::model::{Extracted, Finding, Paper, Source, Version, sightings};
use proptest::prelude::*;

use crate::support::{FakeArxiv, FakePaper, Faults, Outcome, Project, make_pipe};

const LIST: &str = "- [A](https://arxiv.org/abs/2403.00001)\n";

fn arxiv() -> FakeArxiv {
    FakeArxiv::start([FakePaper::new("2403.00001"), FakePaper::new("2403.00002")], Faults::none())
}

fn run(project: &Project, arxiv: &FakeArxiv, arguments: &[&str]) -> Outcome {
    let url = arxiv.url();
    project.enrich(&[&["run", "--api-url", &url, "--interval", "0ms"], arguments].concat())
}

/// Every file of a project with its bytes, those of the home folder left out.
fn files(project: &Project) -> Vec<(String, Vec<u8>)> {
    let mut files = Vec::new();
    let mut folders = vec![project.path("")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() && !path.ends_with("home") {
                folders.push(path);
            } else if path.is_file() {
                files.push((path.to_string_lossy().into_owned(), fs::read(path).unwrap()));
            }
        }
    }
    files.sort();
    files
}

fn refused(project: &Project, arguments: &[&str], told: &str) {
    let arxiv = arxiv();
    let before = files(project);
    let outcome = run(project, &arxiv, arguments);
    assert_eq!(outcome.code, Some(2), "{arguments:?}: {}", outcome.stderr);
    assert!(outcome.stderr.starts_with(&format!("error: {told}\n")), "{told}: {}", outcome.stderr);
    assert_eq!(files(project), before, "{arguments:?}");
    assert_eq!(arxiv.connections(), 0, "{arguments:?}");
}

#[test]
fn an_output_that_is_a_list_is_refused_under_any_spelling() {
    let project = Project::with_list(LIST);
    project.write("references.bib", "@misc{a, title={A}, eprint={2403.00001}}\n");
    project.write("deep/x", "");
    for (list, output, format) in [
        ("references.bib", ".", "bib"),
        ("./deep/../references.bib", ".", "json,bib"),
        ("references.bib", "deep/..", "bib"),
        ("references.bib", "missing/..", "bib"),
    ] {
        let told = format!("the output file {output}/references.bib is the same file as the list {list}");
        refused(&project, &[list, "-o", output, "--format", format], &told);
    }
    assert!(!project.path("missing").exists());
}

#[cfg(unix)]
#[test]
fn an_output_that_is_a_list_is_refused_through_links() {
    use std::os::unix::fs::symlink;
    let project = Project::with_list(LIST);
    project.write("papers.bib", "@misc{a, title={A}, eprint={2403.00001}}\n");
    for folder in ["hard", "soft", "lists"] {
        fs::create_dir(project.path(folder)).unwrap();
    }
    fs::hard_link(project.path("papers.bib"), project.path("hard/references.bib")).unwrap();
    symlink("../papers.bib", project.path("soft/references.bib")).unwrap();
    symlink("hard", project.path("linked")).unwrap();
    for output in ["hard", "soft", "linked"] {
        let told = format!("the output file {output}/references.bib is the same file as the list papers.bib");
        refused(&project, &["papers.bib", "-o", output, "--format", "bib"], &told);
    }
    fs::hard_link(project.path("papers.bib"), project.path("lists/mine.bib")).unwrap();
    let told = "the output file hard/references.bib is the same file as the list lists/mine.bib";
    refused(&project, &["lists", "-o", "hard", "--format", "bib"], told);
}

#[test]
fn no_file_plays_two_parts() {
    let project = Project::with_list(LIST);
    project.write("output/papers.md", "<!-- enrich:start -->\n<!-- enrich:end -->\n");
    let same = |one: &str, other: &str| format!("{one} is the same file as {other}");
    refused(
        &project,
        &["list.md", "--format", "md", "--update", "./output/papers.md"],
        &same("the file to update ./output/papers.md", "the output file output/papers.md"),
    );
    refused(&project, &["list.md", "--summary", "list.md"], &same("the summary list.md", "the list list.md"));
    refused(
        &project,
        &["list.md", "--summary", "output/changes.md"],
        &same("the summary output/changes.md", "the output file output/changes.md"),
    );
    refused(&project, &["list.md", "--cache", "list.md"], &same("the cache list.md", "the list list.md"));
    refused(
        &project,
        &["list.md", "--snapshot", "output/enriched.json"],
        &same("the snapshot output/enriched.json", "the output file output/enriched.json"),
    );
    let outcome = project.enrich(&["check", "list.md", "--cache", "./list.md"]);
    assert_eq!((outcome.code, project.read("list.md").as_deref()), (Some(2), Some(LIST)), "{}", outcome.stderr);
}

#[test]
fn a_list_may_be_the_file_to_update() {
    let project = Project::with_list(&format!("{LIST}\n<!-- enrich:start -->\n<!-- enrich:end -->\n"));
    assert_eq!(run(&project, &arxiv(), &["list.md", "--update", "./list.md"]).code, Some(0));
}

#[test]
fn a_failure_is_not_written_into_what_may_be_a_list() {
    let project = Project::with_list(LIST);
    project.write("lists/b.md", LIST);
    for (lists, summary) in [(["list.md", "missing.md"], "./list.md"), (["lists", "missing.md"], "lists/b.md")] {
        let before = files(&project);
        let outcome = run(&project, &arxiv(), &[&lists[..], &["--summary", summary]].concat());
        assert_eq!((outcome.code, files(&project)), (Some(1), before), "{}", outcome.stderr);
    }
}

#[cfg(unix)]
#[test]
fn what_is_no_regular_file_is_an_error_by_name_and_passed_over_in_a_folder() {
    let project = Project::with_list(LIST);
    project.write("lists/a.md", "- [A](http://arxiv.org/abs/2403.00001)\n");
    project.write("secret.md", "- [B](http://arxiv.org/abs/2403.00002)\n");
    make_pipe(&project.path("lists/pipe.md"));
    std::os::unix::fs::symlink("../secret.md", project.path("lists/out.md")).unwrap();
    let outcome = run(&project, &arxiv(), &["lists/pipe.md"]);
    assert_eq!((outcome.code, outcome.json), (Some(1), None));
    assert!(outcome.stderr.contains("cannot read the list lists/pipe.md"), "{}", outcome.stderr);
    assert!(outcome.stderr.contains("it is a pipe and no regular file"), "{}", outcome.stderr);
    assert_eq!(project.enrich(&["check", "/dev/zero"]).code, Some(2));
    assert_eq!(project.enrich(&["run", "list.md", "--update", "lists/pipe.md"]).code, Some(1));

    let notices = [
        "warning: lists/out.md is a link that leads out of the folder, so it is passed over\n",
        "warning: lists/pipe.md is a pipe, so it is passed over\n",
    ];
    let arxiv = arxiv();
    let url = arxiv.url();
    for command in [&["run", "lists"][..], &["check", "lists", "--fix"], &["extract", "lists"]] {
        let asking: &[&str] = if command[0] == "extract" { &[] } else { &["--api-url", &url, "--interval", "0ms"] };
        let outcome = project.enrich(&[command, asking].concat());
        assert_eq!(outcome.code, Some(0), "{command:?}: {}", outcome.stderr);
        assert!(notices.iter().all(|notice| outcome.stderr.contains(notice)), "{command:?}: {}", outcome.stderr);
    }
    assert!(project.read("lists/a.md").unwrap().contains("https://"), "a list in the folder is repaired");
    assert!(project.read("secret.md").unwrap().contains("http://"), "and none out of it");
    let ids: Vec<_> = project.read("output/enriched.json").unwrap().matches("2403.0000").map(str::to_owned).collect();
    assert!(!ids.is_empty() && !project.read("output/enriched.json").unwrap().contains("2403.00002"));
}

#[test]
fn a_list_of_more_than_256_mb_is_an_error() {
    let project = Project::with_list(LIST);
    fs::File::create(project.path("large.md")).unwrap().set_len(256_000_001).unwrap();
    let outcome = project.enrich(&["extract", "large.md"]);
    assert_eq!((outcome.code, outcome.stdout.as_str()), (Some(1), ""));
    assert!(outcome.stderr.contains("it is larger than 256 MB"), "{}", outcome.stderr);
}

/// A link as people break it, in a form in which it may stand, with what follows it.
fn link() -> impl Strategy<Value = String> {
    let one_of = |texts: &[&'static str]| prop::sample::select(texts.to_vec());
    let start = one_of(&[
        "http://arxiv.org/abs/", "https://arxiv.org//abs/", "https://arxiv.org/pdf//", "http://www.arxiv.org/",
        "https://arxiv.org/abs/arXiv:", "arxiv.org/abs/", "https://export.arxiv.org/abs/%20", "https://ar5iv.org/abs/",
    ]);
    let id = one_of(&[
        "1804.00013", "1804.00014v1", "2001.00001v1", "hep-th/9901001", "math.GT%2F0309136v1", "1804.0001", "0801.3709",
    ]);
    let between = one_of(&[",", "", "/", "pdf", "http://arxiv.org/abs/", "%2C", "v2,", ".pdf,", " ", "abs", "+"]);
    let end = one_of(&["", ".pdf", ",", ".", "pdf", "/", "#page=2", "?x=1", "abs"]);
    let form = one_of(&[
        "- [T](U)", "- [U](U)", "- <U>", "- T, U", "<a href=\"U\">T</a>", "| [T](U) | U |",
        "@misc{a, title={T}, url = {U}}",
    ]);
    (start, prop::collection::vec((id, between), 1..4), end, form).prop_map(|(start, ids, end, form)| {
        let ids: String = ids.iter().flat_map(|(id, between)| [*id, *between]).collect();
        form.replace('U', &format!("{start}{ids}{end}"))
    })
}

/// The latest version of each paper that may be listed is 12.
fn known(read: &Extracted) -> HashMap<enrich::model::ArxivId, Known> {
    let latest = |id: &enrich::model::ArxivId| Paper {
        id: id.clone(),
        version: Version::new(12),
        title: "T".to_owned(),
        authors: Vec::new(),
        summary: None,
        primary_category: None,
        categories: Vec::new(),
        published: None,
        updated: None,
        comment: None,
        journal_ref: None,
        doi: None,
        source: Source::ArxivApi,
    };
    let ids = read.entries.iter().filter_map(|entry| entry.id.as_ref()).map(|id| &id.id);
    ids.map(|id| (id.clone(), Known { latest: latest(id), earlier: Vec::new() })).collect()
}

/// What was read as a paper, or as related to one.
fn ids(read: &Extracted) -> BTreeSet<String> {
    let own = read.entries.iter().filter_map(|entry| entry.id.as_ref()).map(|id| id.id.to_string());
    own.chain(read.entries.iter().flat_map(|entry| &entry.related).map(ToString::to_string)).collect()
}

proptest! {
    #[test]
    fn a_repair_keeps_every_identifier(links in prop::collection::vec(link(), 1..5), path in prop::sample::select(vec!["l.md", "l.txt", "l.html", "l.bib"])) {
        let text = links.join("\n") + "\n";
        let read = extract::list(path, &text, &Options::default());
        let listing = Listing { path, text: &text, entries: &read.entries };
        let found = check::findings(&[listing], &known(&read));
        let findings: Vec<&Finding> = read.findings.iter().chain(&found).collect();
        let repaired = repair::repaired(&text, &findings).text;
        prop_assert_eq!(sightings(&repaired), sightings(&text), "{}", repaired);
        let again = extract::list(path, &repaired, &Options::default());
        prop_assert!(ids(&again).is_superset(&ids(&read)), "{:?} {:?}\n{}\n{}", ids(&again), ids(&read), text, repaired);
    }
}
