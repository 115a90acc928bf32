//! Nothing read is an error, not an empty output: papers are never replaced by none in silence.

use serde_json::Value;

use crate::support::{FakeArxiv, FakePaper, Faults, Outcome, Project};

const LIST: &str = "- [A](https://arxiv.org/abs/2403.00001)\n- [B](https://arxiv.org/abs/2403.00002)\n";

fn arxiv() -> FakeArxiv {
    FakeArxiv::start((1..=20).map(|number| FakePaper::new(&format!("2403.{number:05}"))), Faults::none())
}

/// A project whose list has been run, with other files beside it in which nothing can be read.
fn project(arxiv: &FakeArxiv) -> Project {
    let project = Project::with_list(LIST);
    project.write("prose.md", "# About\n\nNo paper stands here.\n");
    project.write("empty.md", "");
    project.write("binary.md", b"\x7fELF\x02\x01\0\0\0\0");
    project.write("data.json", "{\"papers\": 13}\n");
    assert_eq!(project.run(arxiv, &[]).code, Some(0));
    project
}

fn run(project: &Project, arxiv: &FakeArxiv, arguments: &[&str]) -> Outcome {
    let url = arxiv.url();
    project.enrich(&[&["run", "--api-url", &url, "--interval", "0ms"], arguments].concat())
}

#[test]
fn no_entry_in_any_list_is_an_error_and_the_output_stays() {
    let arxiv = arxiv();
    let project = project(&arxiv);
    let before = project.read("output/enriched.json");
    for (lists, named) in [
        (&["prose.md"][..], "prose.md"),
        (&["empty.md"], "empty.md (empty)"),
        (&["binary.md"], "binary.md (no text)"),
        (&["data.json"], "data.json"),
        (&["prose.md", "empty.md"], "prose.md, empty.md (empty)"),
    ] {
        let outcome = run(&project, &arxiv, &[lists, &["--summary", "summary.md"]].concat());
        assert_eq!((outcome.code, project.read("output/enriched.json")), (Some(1), before.clone()), "{named}");
        assert!(outcome.stderr.starts_with(&format!("error: no paper was found in {named}\n")), "{}", outcome.stderr);
        assert!(outcome.stderr.contains("enrich looks for links to arXiv and "), "{}", outcome.stderr);
        assert!(project.read("summary.md").unwrap().contains("nothing was written"));
    }
    assert!(project.read("output/changes.md").is_none());
}

#[test]
fn an_empty_output_is_written_where_that_is_allowed() {
    let arxiv = arxiv();
    let url = arxiv.url();
    let usual = ["run", "prose.md", "--api-url", &url, "--interval", "0ms"];
    let check = |variable: &str, flags: &[&str], toml: &str, code: i32| {
        let project = project(&arxiv);
        project.write("enrich.toml", toml);
        let outcome = project.command().env("ENRICH_ALLOW_EMPTY", variable).args(usual).args(flags).output().unwrap();
        assert_eq!(outcome.status.code(), Some(code), "{variable} {flags:?} {toml}");
        assert_eq!(project.read("output/enriched.json").unwrap() == "[]\n", code == 0);
    };
    check("false", &["--allow-empty"], "", 0);
    check("true", &[], "", 0);
    check("false", &[], "", 1);
    check("false", &[], "allow-empty = false\n", 1);
}

#[test]
fn the_settings_file_allows_an_empty_output() {
    let arxiv = arxiv();
    let project = project(&arxiv);
    project.write("enrich.toml", "allow-empty = true\n");
    assert_eq!(run(&project, &arxiv, &["prose.md"]).code, Some(0));
    assert_eq!(project.read("output/enriched.json").unwrap(), "[]\n");
}

#[test]
fn a_list_among_several_in_which_nothing_was_read_is_a_warning_with_its_path() {
    let arxiv = arxiv();
    let project = project(&arxiv);
    let outcome = run(&project, &arxiv, &["list.md", "prose.md", "empty.md", "binary.md"]);
    assert_eq!(outcome.code, Some(0), "{}", outcome.stderr);
    for warning in [
        "prose.md:1:1: warning: nothing in this file was read as a paper [nothing-read]",
        "empty.md:1:1: warning: the list is empty [nothing-read]",
        "binary.md:1:1: warning: the file holds no text, so nothing was read from it [nothing-read]",
    ] {
        assert!(outcome.stderr.contains(warning), "{warning}: {}", outcome.stderr);
    }
    assert!(!outcome.stderr.contains("list.md:1:1"), "{}", outcome.stderr);
}

#[test]
fn extract_fails_where_nothing_was_read_and_only_there() {
    let project = project(&arxiv());
    let outcome = project.enrich(&["extract", "prose.md", "empty.md"]);
    assert_eq!((outcome.code, outcome.stdout.as_str()), (Some(1), ""));
    assert!(
        outcome.stderr.starts_with("error: no paper was found in prose.md, empty.md (empty)\n"),
        "{}",
        outcome.stderr
    );
    let outcome = project.enrich(&["extract", "prose.md", "--allow-empty"]);
    assert_eq!((outcome.code, outcome.stdout.as_str()), (Some(0), ""));
    let outcome = project.enrich(&["extract", "list.md", "prose.md"]);
    assert_eq!((outcome.code, outcome.stdout.lines().count()), (Some(0), 2));
    assert!(outcome.stderr.contains("prose.md:1:1: warning: "), "{}", outcome.stderr);
}

#[test]
fn a_check_finds_an_error_where_nothing_was_read() {
    let arxiv = arxiv();
    let (project, url) = (project(&arxiv), arxiv.url());
    let check = |lists: &[&str], code: i32, found: &[&str]| {
        let usual = ["check", "--format", "json", "--api-url", &url, "--interval", "0ms"];
        let outcome = project.enrich(&[&usual, lists].concat());
        let findings: Value = serde_json::from_str(&outcome.stdout).unwrap();
        let findings = findings.as_array().unwrap().iter().filter(|finding| finding["code"] == "nothing-read");
        let findings: Vec<_> = findings
            .map(|one| format!("{} {}", one["path"].as_str().unwrap(), one["level"].as_str().unwrap()))
            .collect();
        assert_eq!((outcome.code, findings), (Some(code), found.iter().map(|&it| it.into()).collect()), "{lists:?}");
    };
    check(&["prose.md"], 1, &["prose.md error"]);
    check(&["prose.md", "--allow-empty"], 0, &["prose.md note"]);
    check(&["list.md", "prose.md"], 0, &["prose.md warning"]);
    check(&["list.md", "prose.md", "--ignore", "nothing-read"], 0, &[]);
}

/// The warnings of a run after one with the first `before` papers and others in the list, for these formats.
fn warnings(before: usize, after: usize, formats: &str) -> String {
    let list = |count: usize| {
        (1..=count).map(|number| format!("- [T](https://arxiv.org/abs/2403.{number:05})\n")).collect::<String>()
    };
    let arxiv = arxiv();
    let project = Project::with_list(&list(before));
    project.run(&arxiv, &[]);
    project.write("list.md", list(after));
    let outcome = project.run(&arxiv, &["--format", formats, "--summary", "summary.md"]);
    assert_eq!(outcome.code, Some(0));
    let warnings = outcome.stderr.lines().filter(|line| line.starts_with("warning: ")).collect::<Vec<_>>().join("\n");
    assert_eq!(project.read("summary.md").unwrap().contains("### Warnings"), !warnings.is_empty());
    warnings
}

#[test]
fn that_most_papers_are_gone_is_told() {
    let told = warnings(13, 6, "json,csv");
    assert!(told.starts_with("warning: 7 of the 13 papers in the earlier output are no longer in the lists"), "{told}");
    assert!(warnings(13, 1, "csv").starts_with("warning: 12 of the 13 papers"));
    assert_eq!(warnings(14, 7, "json"), "", "half is not most of them");
    assert_eq!(warnings(6, 1, "json"), "", "five are few");
    assert_eq!(warnings(1, 13, "json"), "");
}
