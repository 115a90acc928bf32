//! Each run that brings news tells them, in words and as data; a run that brings none leaves every byte as it was.

use std::collections::BTreeMap;
use std::fs;

use crate::support::{FakeArxiv, FakePaper, Fault, Faults, Outcome, Project, list_of};

/// A made-up list as it stood on eleven days, what arXiv held then, and what its keeper would tell of it.
mod history;

/// Every file of the output with its bytes.
fn output(project: &Project) -> BTreeMap<String, Vec<u8>> {
    let files = fs::read_dir(project.path("output")).unwrap().map(|entry| entry.unwrap().path());
    files.map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read(&path).unwrap())).collect()
}

/// Runs and asks for everything, as on a day when all answers have grown old.
fn run(project: &Project, arxiv: &FakeArxiv, further: &[&str]) -> Outcome {
    project.run(arxiv, &[&["--no-cache", "--deadline", "200ms"], further].concat())
}

/// A project whose list of papers has been read once.
fn read_once(papers: &[FakePaper]) -> (Project, FakeArxiv) {
    let project = Project::with_list(&list_of(papers));
    let arxiv = FakeArxiv::start(papers.to_vec(), Faults::none());
    assert_eq!(run(&project, &arxiv, &[]).code, Some(0));
    (project, arxiv)
}

fn papers(count: u32) -> Vec<FakePaper> {
    (1..=count).map(FakePaper::numbered).collect()
}

#[test]
fn eleven_revisions_of_a_list_are_told_as_they_happened() {
    let project = Project::with_list("");
    let arxiv = FakeArxiv::start([], Faults::none());
    let mut story = String::new();
    let mut earlier = None;
    for day in history::days() {
        project.write("list.md", day.list);
        arxiv.hold(day.papers);
        arxiv.misbehave(day.faults);
        let outcome = run(&project, &arxiv, &[]);
        assert!(matches!(outcome.code, Some(0 | 3)), "{}: {}", day.date, outcome.stderr);
        let now = project.read("output/changes.md");
        let same = if now.is_none() { "(there is no changes.md)\n" } else { "(changes.md is as it was)\n" };
        let told = if now == earlier { same } else { now.as_deref().unwrap_or_default() };
        story.push_str(&format!("~~~ {}: {}\n\n{told}\n", day.date, day.what));
        let heading = now.as_deref().and_then(|text| text.lines().next());
        if let Some(json) = project.read("output/changes.json") {
            let json: serde_json::Value = serde_json::from_str(&json).unwrap();
            assert_eq!(json["summary"].as_str().map(|summary| format!("# {summary}")).as_deref(), heading);
        }
        earlier = now;
    }
    insta::assert_snapshot!("history", story);
}

#[test]
fn a_run_without_news_leaves_every_byte_as_it_was() {
    let (project, arxiv) = read_once(&papers(6));
    project.write("list.md", list_of(&papers(7)));
    arxiv.hold(papers(7));
    run(&project, &arxiv, &[]);
    let before = output(&project);
    assert!(before.contains_key("changes.md") && before.contains_key("changes.json"));
    let again = run(&project, &arxiv, &[]);
    assert_eq!(output(&project), before);
    assert!(!again.stderr.contains("since the earlier output"), "{}", again.stderr);
    arxiv.misbehave(Faults::always(Fault::RateExceeded));
    let refused = run(&project, &arxiv, &[]);
    assert_eq!((output(&project), refused.code), (before, Some(0)));
}

#[test]
fn a_first_run_replaces_nothing_and_tells_nothing() {
    let (project, _) = read_once(&papers(3));
    assert_eq!(output(&project).into_keys().collect::<Vec<_>>(), ["enriched.csv", "enriched.json"]);
}

#[test]
fn without_json_there_is_nothing_to_compare_with() {
    let (project, arxiv) = read_once(&papers(3));
    project.write("list.md", list_of(&papers(2)));
    run(&project, &arxiv, &["--format", "csv"]);
    assert_eq!(output(&project).into_keys().collect::<Vec<_>>(), ["enriched.csv", "enriched.json"]);
    let outcome = run(&project, &arxiv, &[]);
    assert!(outcome.stderr.contains("since the earlier output: 1 paper gone\n"), "{}", outcome.stderr);
}

#[test]
fn an_earlier_output_of_another_version_is_not_told_as_new_papers() {
    let (project, arxiv) = read_once(&papers(3));
    let json = project.read("output/enriched.json").unwrap();
    project.write("output/enriched.json", json.replacen("\"enriched\"", "\"a status of tomorrow\"", 1));
    let outcome = run(&project, &arxiv, &[]);
    assert_eq!((outcome.code, project.read("output/changes.md")), (Some(0), None));
    assert!(
        outcome.stderr.contains("what changed is not told: this version cannot read 1 of the papers"),
        "{}",
        outcome.stderr
    );
}

#[test]
fn where_the_changes_cannot_be_written_the_papers_stay_as_they_were() {
    let (project, arxiv) = read_once(&papers(3));
    let before = project.read("output/enriched.json");
    fs::create_dir(project.path("output/changes.json")).unwrap();
    project.write("list.md", list_of(&papers(2)));
    assert_eq!((run(&project, &arxiv, &[]).code, project.read("output/enriched.json")), (Some(1), before));
}

#[test]
fn killed_at_any_moment_a_run_loses_no_news() {
    let (project, arxiv) = read_once(&papers(40));
    let before = output(&project);
    project.write("list.md", list_of(&papers(41)));
    arxiv.hold(papers(41));
    // Every answer is at hand, so that most of a run is writing.
    assert_eq!(project.run(&arxiv, &["--output", "other"]).code, Some(0));
    for moment in 0..24 {
        fs::remove_dir_all(project.path("output")).unwrap();
        before.iter().for_each(|(name, bytes)| project.write(format!("output/{name}"), bytes));
        let mut running = project.start(&arxiv, &["--format", "json,csv,md,bib"]);
        std::thread::sleep(std::time::Duration::from_millis(20 + moment * 8));
        running.kill().unwrap();
        running.wait().unwrap();
        let is_told = || project.read("output/changes.json").is_some_and(|news| news.contains("\"1 new paper\""));
        let is_new = project.read("output/enriched.json").unwrap().as_bytes() != before["enriched.json"];
        assert!(!is_new || is_told());
        assert_eq!(project.run(&arxiv, &[]).code, Some(0));
        assert!(is_told());
    }
}

#[test]
fn the_summary_is_added_to_what_the_file_holds() {
    let (project, arxiv) = read_once(&papers(3));
    project.write("summary.md", "What the step before said.\n\n");
    let mistyped = FakePaper::new("2403.99999").title("A Mistyped <Identifier> @ work");
    project.write("list.md", list_of(papers(2).iter().chain([&mistyped])));
    run(&project, &arxiv, &["--summary", "summary.md"]);
    insta::assert_snapshot!("summary", project.read("summary.md").unwrap());
    run(&project, &arxiv, &["--summary", "summary.md"]);
    let text = project.read("summary.md").unwrap();
    assert_eq!(
        (text.matches("## enrich: 3 papers").count(), text.matches("### What changed").count()),
        (2, 1),
        "{text}"
    );
}

#[test]
fn a_summary_of_a_bad_day_names_what_could_not_be_asked_for() {
    let (project, arxiv) = read_once(&papers(2));
    project.write("list.md", list_of(&papers(3)));
    arxiv.misbehave(Faults::always(Fault::RateExceeded));
    run(&project, &arxiv, &["--summary", "summary.md"]);
    let text = project.read("summary.md").unwrap();
    assert!(text.contains("2 papers kept the metadata of an earlier run"), "{text}");
    assert!(text.contains("### Could not be asked for\n\n- [") && text.contains("### Warnings\n\n- "), "{text}");
}

#[test]
fn a_run_that_wrote_nothing_says_so_in_the_summary() {
    let (project, _) = read_once(&papers(1));
    let outcome = project.enrich(&["run", "no `such` <b>list</b>.md", "--summary", "summary.md"]);
    let text = project.read("summary.md").unwrap();
    assert_eq!(outcome.code, Some(1));
    assert!(text.starts_with("## enrich: nothing was written\n\n") && !text.contains("<b>"), "{text}");
}

#[test]
fn a_summary_that_cannot_be_added_is_said_and_fails_nothing() {
    let (project, arxiv) = read_once(&papers(1));
    let outcome = run(&project, &arxiv, &["--summary", "no-such-folder/summary.md"]);
    assert_eq!(outcome.code, Some(0));
    assert!(outcome.stderr.contains("warning: cannot write no-such-folder"), "{}", outcome.stderr);
}

#[test]
fn the_summary_may_stand_in_the_environment_and_in_the_settings() {
    let (project, arxiv) = read_once(&papers(1));
    let arguments = ["run", "list.md", "--interval", "0ms", "--api-url", &arxiv.url()];
    project.command().env("ENRICH_SUMMARY", "by-environment.md").args(arguments).assert().success();
    project.write("enrich.toml", "summary = 'by-settings.md'\n");
    project.enrich(&arguments);
    assert!(project.read("by-environment.md").is_some());
    assert_eq!(project.read("by-settings.md"), project.read("by-environment.md"));
}
