//! `enrich check` tells at the line what disagrees between the lists and arXiv, and its exit code is what a script needs.

mod repairing;

use serde_json::Value;

use crate::support::{FakeArxiv, FakePaper, Fault, Faults, Outcome, Project, seed};

const LIST: &str = "\
# Reading

- [Renamed at Last](https://arxiv.org/abs/2101.00001)
- [A Paper That Is Gone](https://arxiv.org/abs/2101.00002)
- [An Old Version](https://arxiv.org/abs/2101.00003v1)
- [Nobody Wrote This](https://arxiv.org/abs/2101.00009)
- [Published Somewhere](https://arxiv.org/abs/2101.00004)
- [Published Somewhere](http://arxiv.org/pdf/2101.00004v1.pdf)
- [Wrong Paper Behind This Link](https://arxiv.org/abs//2101.00005)
- [A Book](https://press.example/book.pdf)

## Cited

#### Title of 2101.00006

[paper](https://arxiv.org/abs/2101.00006)

```bibtex
@misc{doe2015,
  title = {Title of 2101.00006},
  author = {Doe, John},
  year = {2015},
  eprint = {2101.00006},
}
```
";

fn papers() -> Vec<FakePaper> {
    vec![
        FakePaper::new("2101.00001")
            .title("Renamed at Last")
            .next_version("2021-05-01T00:00:00Z")
            .title("Sparse Gradients Considered Sufficient"),
        FakePaper::new("2101.00002")
            .title("A Paper That Is Gone")
            .comment("This paper has been withdrawn due to an error in Lemma 2"),
        FakePaper::new("2101.00003").title("An Old Version").next_version("2021-05-01T00:00:00Z"),
        FakePaper::new("2101.00004").title("Published Somewhere").journal_ref("J. Made Up 7 (2021) 1").doi("10.5555/x"),
        FakePaper::new("2101.00005").title("Imaginary Bounds for Empty Sets"),
        FakePaper::new("2101.00006"),
    ]
}

fn arxiv() -> FakeArxiv {
    FakeArxiv::start(papers(), Faults::none())
}

/// Checks the project's list against the fake service.
fn check(project: &Project, arxiv: &FakeArxiv, further: &[&str]) -> Outcome {
    let url = arxiv.url();
    project.enrich(&[&["check", "list.md", "--api-url", &url, "--interval", "0ms"], further].concat())
}

/// The findings as `line level code`.
fn found(outcome: &Outcome) -> Vec<String> {
    let findings: Value = serde_json::from_str(&outcome.stdout).unwrap();
    let findings = findings.as_array().unwrap().iter();
    let said = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    findings.map(|one| format!("{} {} {}", one["line"], said(&one["level"]), said(&one["code"]))).collect()
}

#[test]
fn every_disagreement_is_told_at_its_line() {
    let project = Project::with_list(LIST);
    let outcome = check(&project, &arxiv(), &["--format", "json"]);
    assert_eq!(
        found(&outcome),
        [
            "3 warning title-mismatch", "4 error withdrawn", "5 warning newer-version", "6 error unknown-id",
            "7 note published", "8 warning duplicate", "8 note insecure-link", "9 warning title-mismatch",
            "9 note dirty-link", "10 note no-arxiv-id", "14 warning citation-mismatch",
        ],
        "{}",
        outcome.stdout
    );
    assert_eq!(outcome.code, Some(1));
    assert!(!project.path("output").exists());
}

#[test]
fn the_users_list_is_checked() {
    let list = concat!(env!("CARGO_MANIFEST_DIR"), "/input/list.md");
    let project = Project::with_list(&std::fs::read_to_string(list).unwrap());
    let outcome = check(&project, &FakeArxiv::start(seed(), Faults::none()), &["--format", "json"]);
    insta::assert_snapshot!("check_of_users_list", outcome.stdout);
}

#[test]
fn people_see_the_line_and_the_place_in_it() {
    let project = Project::with_list(LIST);
    let outcome = check(&project, &arxiv(), &[]);
    insta::assert_snapshot!("check_as_text", outcome.stdout);
    insta::assert_snapshot!("check_in_the_end", outcome.stderr);
    let coloured = check(&project, &arxiv(), &["--color", "always"]);
    assert!(coloured.stdout.contains("\u{1b}["), "{}", coloured.stdout);
}

#[test]
fn a_title_that_an_earlier_version_bore_is_explained() {
    let project = Project::with_list(LIST);
    let outcome = check(&project, &arxiv(), &["--format", "json"]);
    let findings: Value = serde_json::from_str(&outcome.stdout).unwrap();
    let help = |line: u64| {
        let at_line = |one: &&Value| one["line"] == line && one["code"] == "title-mismatch";
        findings.as_array().unwrap().iter().find(at_line).unwrap()["help"].as_str().unwrap().to_owned()
    };
    assert_eq!(help(3), "version 1 bore the list's title; the paper has been renamed since, version 2 at the latest");
    assert!(help(9).starts_with("check that the link leads"), "{}", help(9));
}

#[test]
fn the_level_that_fails_is_chosen_by_flag_environment_or_file() {
    let project = Project::with_list("# L\n\n- [An Old Version](https://arxiv.org/abs/2101.00003v1)\n");
    let arxiv = arxiv();
    let code = |further: &[&str]| check(&project, &arxiv, further).code;
    assert_eq!(code(&[]), Some(0));
    assert_eq!(code(&["--fail-on", "warning"]), Some(1));
    assert_eq!(code(&["--fail-on", "note"]), Some(1));
    assert_eq!(code(&["--fail-on", "never"]), Some(0));
    project.write("enrich.toml", "[check]\nfail-on = 'warning'\n");
    assert_eq!(code(&[]), Some(1));
    assert_eq!(code(&["--fail-on", "error"]), Some(0));
    let mut command = project.command();
    command.args(["check", "list.md", "--interval", "0ms", "--api-url", &arxiv.url()]).env("ENRICH_FAIL_ON", "never");
    assert_eq!(command.output().unwrap().status.code(), Some(0));
}

#[test]
fn a_list_in_order_passes_in_silence() {
    let project = Project::with_list("# L\n\n- [Title of 2101.00006](https://arxiv.org/abs/2101.00006)\n");
    let outcome = check(&project, &arxiv(), &["-q", "--fail-on", "note"]);
    assert_eq!((outcome.code, outcome.stdout.as_str(), outcome.stderr.as_str()), (Some(0), "", ""));
    assert_eq!(check(&project, &arxiv(), &["--format", "json"]).stdout, "[]\n");
}

#[test]
fn what_could_not_be_asked_is_neither_found_nor_passed() {
    let project = Project::with_list("# L\n\n- [Title of 2101.00006](https://arxiv.org/abs/2101.00006)\n");
    let refusing = FakeArxiv::start(papers(), Faults::always(Fault::RateExceeded));
    let outcome = check(&project, &refusing, &["--deadline", "200ms"]);
    assert_eq!((outcome.code, outcome.stdout.as_str()), (Some(3), ""));
    assert!(outcome.stderr.contains("1 paper could not be asked for; check again later"), "{}", outcome.stderr);
    assert_eq!(check(&project, &refusing, &["--deadline", "200ms", "--fail-on", "never"]).code, Some(3));
    project.write("list.md", "# L\n\n- [T](https://arxiv.org/abs/2101.00006) (arXiv:2113.00006)\n");
    assert_eq!(check(&project, &refusing, &["--deadline", "200ms", "--fail-on", "warning"]).code, Some(1));
}

#[test]
fn offline_nobody_is_asked_and_what_an_earlier_run_knew_counts() {
    let project = Project::with_list(LIST);
    let arxiv = arxiv();
    let first = found(&check(&project, &arxiv, &["--format", "json"]));
    arxiv.forget();
    assert_eq!(found(&check(&project, &arxiv, &["--format", "json", "--offline"])), first);
    assert_eq!(check(&project, &arxiv, &["--no-cache", "--offline"]).code, Some(3));
    project.write("list.md", LIST.replace("- [Nobody Wrote This](https://arxiv.org/abs/2101.00009)\n", ""));
    assert_eq!(project.run(&arxiv, &[]).code, Some(0));
    arxiv.forget();
    let outcome = check(&project, &arxiv, &["--format", "json", "--offline", "--no-cache"]);
    assert_eq!(outcome.code, Some(1), "{}", outcome.stderr);
    assert!(found(&outcome).contains(&"4 error withdrawn".to_owned()), "{}", outcome.stdout);
    assert_eq!(arxiv.requests().len(), 0);
}

#[test]
fn findings_are_silenced_in_the_list_and_in_the_settings() {
    let list = LIST.replace("- [A Paper", "<!-- enrich-ignore: withdrawn -->\n- [A Paper").replace(
        "[A Book](https://press.example/book.pdf)",
        "[A Book](https://press.example/book.pdf) <!-- enrich-ignore -->",
    );
    let project = Project::with_list(&list);
    project.write("enrich.toml", "[check]\nignore = ['published', 'unknown-id:2101.00009', 'unknown-id:2101.00008']\n");
    let arxiv = arxiv();
    let outcome = check(&project, &arxiv, &["--format", "json"]);
    assert_eq!(outcome.code, Some(0), "{}", outcome.stdout);
    for code in ["withdrawn", "no-arxiv-id", "published", "unknown-id"] {
        assert!(!outcome.stdout.contains(code), "{code}: {}", outcome.stdout);
    }
    assert!(outcome.stderr.contains("; 4 ignored"), "{}", outcome.stderr);
    let by_flag = check(&project, &arxiv, &["--format", "json", "--ignore", "duplicate,title-mismatch"]);
    assert!(by_flag.stdout.contains("unknown-id") && !by_flag.stdout.contains("duplicate"), "{}", by_flag.stdout);
}

#[test]
fn a_finding_that_does_not_exist_cannot_be_ignored() {
    let project = Project::with_list(LIST);
    let outcome = project.enrich(&["check", "list.md", "--ignore", "titel-mismatch"]);
    assert_eq!(outcome.code, Some(2));
    let said = "there is no finding `titel-mismatch`; the findings are malformed-id, dirty-link, ";
    assert!(outcome.stderr.contains(said), "{}", outcome.stderr);
    project.write("enrich.toml", "[check]\nignore = ['published', 'titel-mismatch']\n");
    let outcome = project.enrich(&["check", "list.md"]);
    assert_eq!(outcome.code, Some(2));
    assert!(outcome.stderr.contains("enrich.toml:2: there is no finding `titel-mismatch`"), "{}", outcome.stderr);
    project.write("enrich.toml", "[check]\nignored = ['published']\n");
    assert_eq!(project.enrich(&["check", "list.md"]).code, Some(2));
    project.write("enrich.toml", "fix = true\n");
    assert!(project.enrich(&["check", "list.md"]).stderr.contains("there is no setting `fix`"));
}

#[test]
fn a_comment_that_names_no_finding_is_told() {
    let project = Project::with_list("- [T](https://arxiv.org/abs/2101.00006) <!-- enrich-ignore: titel -->\n");
    let outcome = check(&project, &arxiv(), &[]);
    assert!(outcome.stderr.contains("warning: list.md:1:46: there is no finding `titel`"), "{}", outcome.stderr);
}

#[test]
fn a_list_that_is_missing_is_wrong_usage_and_no_finding() {
    let outcome = Project::with_list(LIST).enrich(&["check", "missing.md"]);
    assert_eq!((outcome.code, outcome.stdout.as_str()), (Some(2), ""));
    assert!(outcome.stderr.contains("cannot read the list missing.md"), "{}", outcome.stderr);
}

#[test]
fn a_folder_of_lists_is_checked_across_its_files() {
    let project = Project::with_list("");
    project.write("lists/a.md", "# L\n\n- [Title of 2101.00006](https://arxiv.org/abs/2101.00006)\n- [An Old Version](https://arxiv.org/abs/2101.00003)\n");
    project.write("lists/b.bib", "@misc{x, title = {Title of 2101.00006}, eprint = {2101.00006}, year = {2021}}\n");
    let arxiv = arxiv();
    let url = arxiv.url();
    let outcome = project.enrich(&["check", "lists", "--api-url", &url, "--interval", "0ms", "--format", "json"]);
    assert_eq!(found(&outcome), ["1 note duplicate"]);
    assert!(outcome.stdout.contains("\"path\":\"lists/b.bib\""), "{}", outcome.stdout);
    assert!(outcome.stdout.contains("lists/a.md:3 already"), "{}", outcome.stdout);
}
