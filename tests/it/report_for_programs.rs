//! `--report` tells programs what a run or a check came to: as its schema says, in every way that a command can end, the same
//! bytes each time, and never in the place of anything else.

use serde_json::{Value, json};

use crate::support::{FakeArxiv, FakePaper, Fault, Faults, Project, list_of, signal};

const REPORT: &str = "report.json";

fn papers(count: u32) -> Vec<FakePaper> {
    (1..=count).map(FakePaper::numbered).collect()
}

/// The report that stands in the project, which is as the schema says.
fn report(project: &Project) -> Value {
    let report: Value = serde_json::from_str(&project.read(REPORT).unwrap()).unwrap();
    let schema: Value = serde_json::from_str(&project.enrich(&["schema", "--report"]).stdout).unwrap();
    let mistakes: Vec<_> =
        jsonschema::validator_for(&schema).unwrap().iter_errors(&report).map(|e| e.to_string()).collect();
    assert_eq!(mistakes, [""; 0], "{report:#}");
    report
}

/// What `enrich run` or `enrich check` comes to with these options, and its report.
fn came_to(project: &Project, arxiv: &FakeArxiv, command: &str, further: &[&str]) -> (Option<i32>, Value) {
    let url = arxiv.url();
    let usual = [command, "list.md", "--api-url", &url, "--interval", "0ms", "--report", REPORT];
    let outcome = project.enrich(&[&usual, further].concat());
    let report = report(project);
    assert_eq!((json!(command), json!(outcome.code)), (report["command"].clone(), report["exit_code"].clone()));
    (outcome.code, report)
}

#[test]
fn the_schema_in_the_repository_is_the_one_that_the_program_prints() {
    let kept = include_str!("../../schema/report.schema.json");
    // Where they differ: cargo run -- schema --report > schema/report.schema.json
    assert_eq!(kept, Project::with_list("").enrich(&["schema", "--report"]).stdout);
}

#[test]
fn every_field_of_a_report_is_described() {
    let schema: Value = serde_json::from_str(&Project::with_list("").enrich(&["schema", "--report"]).stdout).unwrap();
    let defined = schema["$defs"].as_object().unwrap().values().chain([&schema]);
    for definition in defined {
        assert!(definition["description"].is_string(), "{definition}");
        for (field, value) in definition["properties"].as_object().into_iter().flatten() {
            assert!(value["description"].is_string(), "{field}");
        }
    }
}

#[test]
fn a_run_tells_its_counts_its_files_and_its_findings() {
    let list = "# L\n\n- [One](https://arxiv.org/abs/2101.00001)\n- [Two](https://arxiv.org/abs/2101.00002)\n\
                - [Gone](https://arxiv.org/abs/2101.99999)\n- [No e-print](https://a.example/c.pdf)\n\
                - [Malformed](https://arxiv.org/abs/2113.00001)\n";
    let project = Project::with_list(list);
    project.write("README.md", "<!-- enrich:start -->\n<!-- enrich:end -->\n");
    let papers = ["2101.00001", "2101.00002"].map(FakePaper::new);
    let arxiv = FakeArxiv::start(papers.clone(), Faults::none());
    let (code, first) = came_to(&project, &arxiv, "run", &["--update", "README.md"]);
    assert_eq!(code, Some(0));
    let counts = json!({ "papers": 5, "enriched": 2, "not_found": 1, "unreachable": 0, "no_arxiv_id": 2, "stale": 0 });
    assert_eq!(first["counts"], counts);
    let files = |changed: [bool; 3]| {
        let names = ["output/enriched.json", "output/enriched.csv", "README.md"];
        Value::from_iter(names.iter().zip(changed).map(|(path, changed)| json!({ "path": path, "changed": changed })))
    };
    assert_eq!(first["files"], files([true; 3]));
    assert_eq!(first["findings"]["by_code"], json!({ "malformed-id": 1, "unknown-id": 1 }));
    assert_eq!(first["findings"]["by_level"], json!({ "error": 1, "warning": 1, "note": 0 }));
    assert_eq!((&first["findings"]["total"], &first["requests"]), (&json!(2), &json!(arxiv.requests().len())));
    assert_eq!((&first["error"], &first["changes"], &first["notices"]), (&json!(null), &json!(null), &json!([])));

    // Nothing is news, so the file of the keeper's own stays as it is, and the outputs say what they said.
    let (_, second) = came_to(&project, &arxiv, "run", &["--update", "README.md"]);
    assert_eq!(second["files"], Value::from(files([false; 3]).as_array().unwrap()[..2].to_vec()));
    let bytes = project.read(REPORT);
    came_to(&project, &arxiv, "run", &["--update", "README.md"]);
    assert_eq!(project.read(REPORT), bytes);

    project.write("list.md", list.split("- [Gone]").next().unwrap());
    let (_, third) = came_to(&project, &arxiv, "run", &[]);
    assert_eq!(third["changes"], "3 papers gone");
}

#[test]
fn a_run_tells_which_papers_it_could_not_ask_for_and_which_it_kept() {
    let project = Project::with_list(&list_of(&papers(2)));
    let arxiv = FakeArxiv::start(papers(3), Faults::none());
    came_to(&project, &arxiv, "run", &["--no-cache"]);
    arxiv.misbehave(Faults::always(Fault::RateExceeded));
    project.write("list.md", list_of(&papers(3)));
    let (code, report) = came_to(&project, &arxiv, "run", &["--no-cache", "--deadline", "100ms"]);
    let ids: Vec<_> = papers(3).into_iter().map(|paper| paper.id).collect();
    assert_eq!(code, Some(3));
    assert_eq!((&report["unreachable"], &report["kept"]), (&json!(ids[2..]), &json!(ids[..2])));
    assert_eq!((&report["counts"]["unreachable"], &report["counts"]["enriched"]), (&json!(1), &json!(2)));
    assert_ne!(report["notices"], json!([]));

    let (code, report) = came_to(&project, &arxiv, "check", &["--no-cache", "--deadline", "100ms"]);
    assert_eq!(code, Some(3));
    assert_eq!((&report["unreachable"], &report["kept"]), (&json!(ids[2..]), &json!(ids[..2])));
}

#[test]
fn a_check_tells_its_findings_and_its_repairs() {
    let list = "# L\n\n- [One](http://arxiv.org/abs/2101.00001)\n- [Gone](https://arxiv.org/abs/2101.99999)\n";
    let project = Project::with_list(list);
    let arxiv = FakeArxiv::start([FakePaper::new("2101.00001").title("One")], Faults::none());
    let (code, report) = came_to(&project, &arxiv, "check", &[]);
    assert_eq!(code, Some(1));
    assert_eq!(report["findings"]["by_code"], json!({ "insecure-link": 1, "unknown-id": 1 }));
    assert_eq!((&report["repaired"], &report["files"]), (&json!(0), &json!([])));
    let (code, report) = came_to(&project, &arxiv, "check", &["--fix", "--fail-on", "never"]);
    assert_eq!(code, Some(0));
    assert_eq!(report["findings"]["by_code"], json!({ "unknown-id": 1 }));
    assert_eq!((&report["repaired"], &report["files"]), (&json!(1), &json!([{ "path": "list.md", "changed": true }])));
}

#[test]
fn what_failed_says_why() {
    let project = Project::with_list(&list_of(&papers(1)));
    let arxiv = FakeArxiv::start(papers(1), Faults::none());
    let check = |command: &str, further: &[&str], code: i32, message: &str| {
        let (ended, report) = came_to(&project, &arxiv, command, further);
        assert_eq!(ended, Some(code), "{report}");
        assert_eq!(report["error"]["message"], message);
        assert_eq!((&report["counts"], &report["findings"]), (&json!(null), &json!(null)));
        assert_eq!(report["files"], json!([]));
    };
    check("run", &["missing.md"], 1, "cannot read the list missing.md");
    check("check", &["missing.md"], 2, "cannot read the list missing.md");
    check("run", &["--batch", "0"], 2, "--batch 0 is not between 1 and 2000");
    check("check", &["--batch", "0"], 2, "--batch 0 is not between 1 and 2000");
    project.write("output/enriched.csv/in-the-way", "");
    check("run", &[], 1, "cannot write output/enriched.csv");
    project.write("enrich.toml", "bacth = 8\n");
    let outcome = project.enrich(&["run", "list.md", "--report", REPORT]);
    assert_eq!((outcome.code, report(&project)["exit_code"].as_i64()), (Some(2), Some(2)));
}

#[cfg(unix)]
#[test]
fn a_run_that_is_interrupted_says_so() {
    let project = Project::with_list(&list_of(&papers(1)));
    let stalling = Faults::always(Fault::Stall(std::time::Duration::from_secs(20)));
    let arxiv = FakeArxiv::start(papers(1), stalling);
    let mut running = project.start(&arxiv, &["--report", REPORT]);
    let asked = (0..2_000).any(|_| {
        std::thread::sleep(std::time::Duration::from_millis(5));
        !arxiv.requests().is_empty()
    });
    assert!(asked);
    signal(&running, "INT");
    assert_eq!(running.wait().unwrap().code(), Some(130));
    let report = report(&project);
    assert_eq!(
        (&report["exit_code"], &report["error"]["message"]),
        (&json!(130), &json!("interrupted; nothing was written"))
    );
}

#[test]
fn a_report_takes_the_place_of_nothing_else() {
    let project = Project::with_list(&list_of(&papers(1)));
    let arxiv = FakeArxiv::start(papers(1), Faults::none());
    project.run(&arxiv, &[]);
    project.write("empty.json", "");
    project.write("enrich.toml", "[tags]\n");
    let refused = [
        "list.md", "./list.md", "output/../list.md", "enrich.toml", "output/enriched.json", "output/references.json",
        "output/changes.json", "./output/papers.db", "output", "home", "answers.sqlite", "summary.md",
    ];
    for path in refused {
        let before = project.read(path);
        let written = ["--cache", "answers.sqlite", "--summary", "summary.md", "--report", path];
        let outcome = project.run(&arxiv, &written);
        assert_eq!(outcome.code, Some(2), "{path}: {}", outcome.stderr);
        assert!(outcome.stderr.contains("hint: choose another file with --report"), "{}", outcome.stderr);
        assert_eq!(project.read(path), before, "{path}");
    }
    let asked = arxiv.requests().len();
    // An empty list could be taken for an empty file that waits for a report.
    for (list, path) in [("lists", "lists/empty.md"), ("lists/empty.md", "./lists/empty.md")] {
        project.write("lists/one.md", list_of(&papers(1)));
        project.write("lists/empty.md", "");
        for command in ["run", "check"] {
            let outcome = project.enrich(&[command, list, "--offline", "--report", path]);
            assert_eq!(outcome.code, Some(2), "{command} {list}: {}", outcome.stderr);
            assert_eq!(project.read("lists/empty.md").as_deref(), Some(""));
        }
    }
    for path in ["empty.json", "new/deep/report.json", "new/deep/report.json"] {
        assert_eq!(project.run(&arxiv, &["--report", path]).code, Some(0), "{path}");
    }
    assert_eq!(arxiv.requests().len(), asked);
}

#[test]
fn where_a_report_is_wanted_can_stand_in_the_environment_and_in_the_settings() {
    let project = Project::with_list(&list_of(&papers(1)));
    let project = &project;
    let check = |command: &str, variable: Option<&str>, further: &[&str], place: &str| {
        let mut enrich = project.command();
        enrich.args([command, "list.md", "--offline"]).args(further).envs(variable.map(|path| ("ENRICH_REPORT", path)));
        assert_eq!(enrich.output().unwrap().status.code(), Some(3));
        for path in ["flag.json", "environment.json", "file.json"] {
            assert_eq!(project.read(path).is_some(), path == place, "{command}: {path}");
        }
        std::fs::remove_file(project.path(place)).unwrap();
    };
    project.write("enrich.toml", "report = \"file.json\"\n");
    for command in ["run", "check"] {
        check(command, None, &[], "file.json");
        check(command, Some("environment.json"), &[], "environment.json");
        check(command, Some("environment.json"), &["--report", "flag.json"], "flag.json");
    }
}
