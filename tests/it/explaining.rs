//! `enrich extract --explain` says why the lists are read as they are, for people wherever it goes, for programs where they are named.

use serde_json::Value;

use crate::support::Project;

const LIST: &str = "# Sea\n\n- [Slow tides in a bay](https://arxiv.org/abs/2403.00001) `Tides`\n\
                    - [Quiet comets](https://arxiv.org/abs/2403.00002v3)\n";

#[test]
fn people_are_told_of_every_entry_and_how_many_there_are() {
    let project = Project::with_list(LIST);
    let outcome = project.enrich(&["extract", "list.md", "--explain"]);
    assert_eq!((outcome.code, outcome.stderr.as_str()), (Some(0), ""));
    for line in ["list.md:3:4  2403.00001  Slow tides in a bay", "list.md:4:4  2403.00002v3  Quiet comets"] {
        assert!(outcome.stdout.lines().any(|told| told == line), "{line} is not in {}", outcome.stdout);
    }
    let last = outcome.stdout.lines().last().unwrap();
    assert!(last.starts_with("2 entries") && last.contains(" not read"), "{last}");
    assert!(outcome.stdout.lines().all(|line| line.chars().count() <= 80), "{}", outcome.stdout);
    let as_table = project.enrich(&["extract", "list.md", "--explain", "--format", "table"]);
    assert_eq!(as_table.stdout, outcome.stdout);
}

#[test]
fn programs_are_told_it_in_lines_that_say_their_kind() {
    let project = Project::with_list(LIST);
    let told = project.enrich(&["extract", "list.md", "--explain", "--format", "jsonl"]).stdout;
    let lines: Vec<Value> = told.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let entries: Vec<_> = lines.iter().filter(|line| line["kind"] == "entry").collect();
    assert_eq!(entries.len(), 2, "{told}");
    assert_eq!((&entries[0]["path"], &entries[0]["line"]), (&"list.md".into(), &3.into()));
    assert_eq!((&entries[0]["tags"][0], &entries[0]["sections"][0]), (&"Tides".into(), &"Sea".into()));
    assert_eq!((&entries[1]["arxiv_id"], &entries[1]["version"]), (&"2403.00002".into(), &3.into()));
}

#[test]
fn an_explanation_may_be_asked_for_in_the_settings_file_and_the_environment() {
    let project = Project::with_list(LIST);
    let explained = project.enrich(&["extract", "list.md", "--explain"]).stdout;
    project.write("enrich.toml", "explain = true\n");
    assert_eq!(project.enrich(&["extract", "list.md"]).stdout, explained);
    let outcome = project.command().env("ENRICH_EXPLAIN", "no").args(["extract", "list.md"]).output().unwrap();
    assert!(outcome.stdout.starts_with(b"{\"path\":"), "a flag or a variable wins");
    project.write("enrich.toml", "explain = true\nextract.format = 'jsonl'\n");
    assert!(project.enrich(&["extract", "list.md"]).stdout.contains("\"kind\":\"entry\""));
}

#[test]
fn a_list_without_entries_is_an_error_with_its_explanation() {
    let project = Project::with_list("# About\n\nNo paper stands here.\n");
    let outcome = project.enrich(&["extract", "list.md", "--explain"]);
    assert_eq!(outcome.code, Some(1), "{}", outcome.stderr);
    assert!(outcome.stdout.starts_with("0 entries"), "{}", outcome.stdout);
    assert!(outcome.stderr.starts_with("error: no paper was found in list.md\n"), "{}", outcome.stderr);
    let outcome = project.enrich(&["extract", "list.md", "--explain", "--allow-empty"]);
    assert_eq!(outcome.code, Some(0), "{}", outcome.stderr);
}
