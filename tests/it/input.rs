//! What bad input gets: one clear error, or a finding with its place, and never a lost list.

use crate::support::{FakeArxiv, FakePaper, Faults, Outcome, Project};

fn run_on(list: impl AsRef<[u8]>) -> Outcome {
    let project = Project::with_list("");
    project.write("list.md", list);
    project.run(&FakeArxiv::start([FakePaper::new("2403.07648")], Faults::none()), &[])
}

/// The first line of standard error, for a command that must fail before it asks anybody.
fn error_of(project: &Project, code: i32, arguments: &[&str]) -> String {
    let outcome = project.enrich(arguments);
    assert_eq!(outcome.code, Some(code), "{}", outcome.stderr);
    assert!(outcome.json.is_none());
    outcome.stderr.lines().next().unwrap_or_default().to_owned()
}

#[test]
fn an_empty_list_that_is_allowed_writes_an_empty_array_and_a_header() {
    let arxiv = FakeArxiv::start([FakePaper::new("2403.07648")], Faults::none());
    let outcome = Project::with_list("").run(&arxiv, &["--allow-empty"]);
    assert_eq!((outcome.code, outcome.json), (Some(0), Some(serde_json::json!([]))));
    let csv = outcome.csv.unwrap();
    assert!(csv.starts_with("\u{feff}arxiv_id,version,status,title,") && csv.ends_with(",source\r\n"), "{csv}");
    assert_eq!(csv.lines().count(), 1);
}

#[test]
fn a_list_that_is_not_utf8_is_read_with_a_finding() {
    let outcome = run_on(b"# Caf\xe9\n\n- [A](https://arxiv.org/abs/2403.07648)\n");
    assert_eq!(outcome.statuses(), ["enriched"]);
    assert!(outcome.stderr.contains("list.md:1:6: warning: "), "{}", outcome.stderr);
}

#[test]
fn malformed_identifiers_are_findings_with_their_place_and_never_stop_a_run() {
    let outcome = run_on(
        "- [A](https://arxiv.org/abs/2403.076480)\n- [B](https://arxiv.org/abs/2413.00001)\n\
         - [C](https://arxiv.org/abs/cs.LG)\n- [D](https://arxiv.org/abs/2403.07648)\n",
    );
    assert_eq!(outcome.code, Some(0));
    assert_eq!(outcome.record("2403.07648").unwrap()["status"], "enriched");
    for line in ["list.md:1:", "list.md:2:", "list.md:3:"] {
        assert!(outcome.stderr.contains(line), "{line} is not in {}", outcome.stderr);
    }
    assert_eq!(outcome.stderr.matches("[malformed-id]").count(), 3, "{}", outcome.stderr);
}

#[test]
fn what_cannot_be_read_or_written_is_one_error_with_the_path() {
    let project = Project::with_list("- [A](https://arxiv.org/abs/2403.07648)\n");
    project.write("empty/notes.docx", "");
    project.write("file", "");
    assert!(error_of(&project, 1, &["run", "missing.md"]).contains("missing.md"));
    assert!(error_of(&project, 1, &["run", "empty"]).contains("empty holds no list"));
    let arxiv = FakeArxiv::start([FakePaper::new("2403.07648")], Faults::none());
    let outcome = project.run(&arxiv, &["--output", "file/deeper"]);
    assert_eq!(outcome.code, Some(1));
    assert!(outcome.stderr.contains("file/deeper"), "{}", outcome.stderr);
}

#[test]
fn wrong_usage_is_exit_code_2_and_says_what_to_do() {
    let project = Project::with_list("");
    let usages: [&[&str]; 8] = [
        &["run"],
        &["walk", "list.md"],
        &["run", "list.md", "--interval", "1s"],
        &["run", "list.md", "--interval", "soon"],
        &["run", "list.md", "--batch", "0"],
        &["run", "list.md", "--batch", "2001"],
        &["run", "list.md", "--api-url", "gopher://arxiv.org"],
        &["run", "list.md", "--config", "missing.toml"],
    ];
    for usage in usages {
        assert!(error_of(&project, 2, usage).starts_with("error:"), "{usage:?}");
    }
}

#[test]
fn settings_come_from_the_file_and_the_environment_and_flags_win() {
    let project = Project::with_list("- [A](https://arxiv.org/abs/2403.07648)\n");
    let arxiv = FakeArxiv::start([FakePaper::new("2403.07648")], Faults::none());
    project.write("enrich.toml", "interval = '0ms'\noutput = 'from-file'\nformats = ['csv']\n");
    let run = |output: &[(&str, &str)], further: &[&str]| {
        let mut command = project.command();
        command.args(["run", "list.md"]).args(further).env("ENRICH_API_URL", arxiv.url()).envs(output.to_vec());
        command.assert().success();
    };
    run(&[], &[]);
    assert!(project.read("from-file/enriched.csv").is_some() && project.read("from-file/enriched.json").is_none());
    run(&[("ENRICH_OUTPUT", "from-environment")], &[]);
    assert!(project.read("from-environment/enriched.csv").is_some());
    run(&[("ENRICH_OUTPUT", "from-environment-again")], &["-o", "from-flag"]);
    assert!(project.read("from-flag/enriched.csv").is_some());
    assert!(project.read("from-environment-again/enriched.csv").is_none());
}

#[test]
fn several_lists_and_standard_input_are_read_in_their_order() {
    let project = Project::with_list("");
    project.write("folder/b.md", "- [B](https://arxiv.org/abs/2403.00002)\n");
    project.write("folder/a.md", "- [A](https://arxiv.org/abs/2403.00001)\n");
    let arxiv = FakeArxiv::start(["2403.00001", "2403.00002", "2403.00003"].map(FakePaper::new), Faults::none());
    let mut command = project.command();
    command.args(["run", "-", "folder", "--interval", "0ms", "--api-url", &arxiv.url()]);
    let output = command.write_stdin("- [C](https://arxiv.org/abs/2403.00003)\n").output().unwrap();
    assert!(output.status.success(), "{output:?}");
    let json: serde_json::Value = serde_json::from_str(&project.read("output/enriched.json").unwrap()).unwrap();
    let places: Vec<_> =
        json.as_array().unwrap().iter().map(|record| record["mentions"][0]["path"].as_str().unwrap()).collect();
    assert_eq!(places, ["-", "folder/a.md", "folder/b.md"]);
}
