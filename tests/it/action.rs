//! The Action's own steps, run in a repository against a made-up arXiv: what it commits, what it says on bad days and of broken
//! lists, and that no list makes it do anything else.

#![cfg(unix)]

mod runner;

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::process::Command;

use assert_cmd::cargo::cargo_bin;
use sha2::{Digest, Sha256};

use self::runner::{Ran, Runner};
use crate::support::{FakeArxiv, FakePaper, Fault, Faults, list_of, tool};

const ARCHIVE: &str = "enrich-x86_64-unknown-linux-gnu.tar.gz";

fn papers(count: u32) -> Vec<FakePaper> {
    (1..=count).map(FakePaper::numbered).collect()
}

/// A runner with these files, a release that it finds, and an arXiv that it asks.
fn runner(arxiv: &FakeArxiv, files: &[(&str, &str)]) -> Runner {
    let mut runner = Runner::with(files);
    release(&runner);
    runner.environment.extend([
        ("ENRICH_RELEASES", format!("file://{}", runner.path("releases").display())),
        ("ENRICH_API_URL", arxiv.url()),
        ("ENRICH_INTERVAL", "0ms".to_owned()),
        ("ENRICH_FALLBACK", "none".to_owned()),
    ]);
    runner.inputs.extend([("lists", "list.md".to_owned()), ("commit", "true".to_owned())]);
    runner
}

/// Packs the program, or rather a line that starts it, as a release does.
fn release(runner: &Runner) {
    let folder = runner.path("releases/v0.1.0");
    fs::create_dir_all(&folder).unwrap();
    let program = folder.join("enrich");
    fs::write(&program, format!("#!/bin/sh\nexec '{}' \"$@\"\n", cargo_bin!("enrich").display())).unwrap();
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
    let packed =
        Command::new(tool("tar")).arg("-czf").arg(folder.join(ARCHIVE)).arg("-C").arg(&folder).arg("enrich").status();
    assert!(packed.unwrap().success());
    let sum: String =
        Sha256::digest(fs::read(folder.join(ARCHIVE)).unwrap()).iter().map(|byte| format!("{byte:02x}")).collect();
    fs::write(folder.join(ARCHIVE.replace("tar.gz", "sha256")), format!("{sum}  {ARCHIVE}\n")).unwrap();
}

fn green(ran: Ran) -> Ran {
    assert!(ran.green, "{}", ran.log);
    ran
}

fn output<'a>(ran: &'a Ran, name: &str) -> &'a str {
    ran.outputs.get(name).map_or("", String::as_str)
}

#[test]
#[ignore = "needs bash, git and curl (.ci/tools installs them)"]
fn the_first_run_commits_and_the_second_finds_nothing_to_commit() {
    let arxiv = FakeArxiv::start(papers(3), Faults::none());
    let runner = runner(&arxiv, &[("list.md", &list_of(&papers(2)))]);
    let first = green(runner.run());
    assert_eq!(runner.pushed(), ["Refresh the papers", "Begin"]);
    assert_eq!((output(&first, "changed"), output(&first, "exit-code"), output(&first, "papers")), ("true", "0", "2"));
    assert_eq!(output(&first, "findings"), "0");
    assert!(first.summary.contains("## enrich: 2 papers"), "{}", first.summary);
    assert_eq!(first.commands(), [""; 0]);

    let second = green(runner.run());
    assert_eq!(runner.pushed().len(), 2);
    assert_eq!(output(&second, "changed"), "false");
    assert_eq!(runner.git(&["status", "--porcelain"]), "");

    runner.write(&[("list.md", &list_of(&papers(3)))]);
    runner.commit_all("Add a paper");
    runner.git(&["push", "--quiet", "origin", "main"]);
    green(runner.run());
    assert_eq!(runner.pushed()[0], "Refresh the papers: 1 new paper");
}

#[test]
#[ignore = "needs bash, git and curl (.ci/tools installs them)"]
fn a_day_on_which_arxiv_refuses_everything_is_green_and_keeps_the_data() {
    let arxiv = FakeArxiv::start(papers(2), Faults::none());
    let mut runner = runner(&arxiv, &[("list.md", &list_of(&papers(2)))]);
    green(runner.run());
    let before = fs::read(runner.path("repository/output/enriched.json")).unwrap();
    fs::remove_dir_all(runner.path("temp/enrich-answers")).unwrap();
    arxiv.misbehave(Faults::always(Fault::RateExceeded));
    runner.environment.insert("ENRICH_DEADLINE", "200ms".to_owned());
    let ran = green(runner.run());
    let warned = "::warning title=enrich::some papers could not be asked for";
    assert!(ran.commands()[0].starts_with(warned), "{}", ran.log);
    assert_eq!(output(&ran, "changed"), "false");
    assert_eq!(fs::read(runner.path("repository/output/enriched.json")).unwrap(), before);
    assert_eq!(runner.pushed().len(), 2);

    runner.write(&[("list.md", &list_of(&papers(3)))]);
    runner.commit_all("Add a paper");
    runner.git(&["push", "--quiet", "origin", "main"]);
    let ran_again = green(runner.run());
    assert_eq!(output(&ran_again, "exit-code"), "3");
    assert!(
        ran_again.commands()[0].starts_with("::warning title=enrich::some papers could not be asked for"),
        "{}",
        ran.log
    );
    let kept = fs::read_to_string(runner.path("repository/output/enriched.json")).unwrap();
    assert_eq!(kept.matches("\"status\": \"enriched\"").count(), 2);
}

#[test]
#[ignore = "needs bash, git and curl (.ci/tools installs them)"]
fn a_broken_list_in_a_pull_request_is_told_at_its_lines() {
    let list = "# Papers\n\n- [One](https://arxiv.org/abs/2101.00001)\n- [Gone](https://arxiv.org/abs/2101.99999)\n\
                - [Malformed](https://arxiv.org/abs/2113.00001)\n";
    let arxiv = FakeArxiv::start([FakePaper::new("2101.00001").title("One")], Faults::none());
    let mut runner = runner(&arxiv, &[("list.md", list)]);
    runner.inputs.insert("check", "only".to_owned());
    let check = |runner: &mut Runner, fail_on: &str, is_green: bool| {
        runner.inputs.insert("fail-on", fail_on.to_owned());
        let ran = runner.run();
        assert_eq!(ran.green, is_green, "{fail_on}: {}", ran.log);
        let told: Vec<_> =
            ran.commands().iter().map(|line| line.split_once("::").unwrap().1.split_once("::").unwrap().0).collect();
        assert!(told.contains(&"error file=list.md,line=4,col=4,title=unknown-id"), "{told:?}");
        assert!(told.contains(&"warning file=list.md,line=5,col=3,title=malformed-id"), "{told:?}");
        assert_eq!(output(&ran, "findings"), told.len().to_string());
        assert!(!runner.path("repository/output").exists());
    };
    check(&mut runner, "error", false);
    check(&mut runner, "never", true);
    runner.write(&[("list.md", "# Papers\n\n- [One](https://arxiv.org/abs/2101.00001)\n")]);
    green(runner.run());
}

#[test]
#[ignore = "needs bash, git and curl (.ci/tools installs them)"]
fn no_name_and_no_title_gives_the_runner_commands() {
    let evil = "$(touch pwned)`touch pwned`\"; touch pwned; '::error::x ${{ github.token }}";
    let name = "lists/$(touch pwned);'\"&|::error::x\n::warning::y\nchanged=z.md";
    let mut paper = FakePaper::numbered(1);
    for version in &mut paper.versions {
        version.title = format!("::error::z {evil} </details><script>alert(1)</script>");
    }
    let list = format!(
        "# {evil}\n\n- [{evil}](https://arxiv.org/abs/{})\n- [::stop-commands::t](https://arxiv.org/abs/2113.00001)\n",
        paper.id
    );
    let arxiv = FakeArxiv::start([paper], Faults::none());
    let mut runner = runner(&arxiv, &[(name, &list)]);
    runner.inputs.extend([
        ("lists", "  lists\n".to_owned()),
        ("check", "true".to_owned()),
        ("fail-on", "never".to_owned()),
    ]);
    let ran = green(runner.run());
    for folder in ["repository", "temp", "home", "."] {
        assert!(!runner.path(folder).join("pwned").exists(), "{}", ran.log);
    }
    let expected = ["exit-code", "findings", "papers", "changed", "exit-code", "findings"];
    assert_eq!(ran.said.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), expected);
    assert!(ran.said.iter().all(|(_, value)| value.chars().all(char::is_alphanumeric)), "{:?}", ran.said);
    assert!(!ran.summary.contains("<script>"), "{}", ran.summary);
    // Every command is an annotation of the check, at a line of the list.
    for command in ran.commands() {
        assert!(command.contains(" file=lists/$(touch pwned);"), "{command}");
        assert!(!command.contains('\n') && command.contains("%0A%3A%3Awarning%3A%3Ay%0A"), "{command}");
    }
    assert_eq!(runner.pushed(), ["Refresh the papers", "Begin"]);
}

#[test]
#[ignore = "needs bash, git and curl (.ci/tools installs them)"]
fn a_finding_that_fails_the_check_does_not_cost_the_refresh() {
    let list = "- [Gone](https://arxiv.org/abs/2101.99999)\n- [Here](https://arxiv.org/abs/2101.00001)\n";
    let arxiv = FakeArxiv::start([FakePaper::new("2101.00001").title("Here")], Faults::none());
    let mut runner = runner(&arxiv, &[("list.md", list)]);
    runner.inputs.insert("check", "true".to_owned());
    let ran = runner.run();
    assert!(!ran.green, "{}", ran.log);
    assert_eq!(runner.pushed(), ["Refresh the papers", "Begin"]);
}

#[test]
#[ignore = "needs bash, git and curl (.ci/tools installs them)"]
fn whom_the_run_asked_in_vain_the_check_does_not_ask_again() {
    let arxiv = FakeArxiv::start(papers(1), Faults::always(Fault::RateExceeded));
    let mut runner = runner(&arxiv, &[("list.md", &list_of(&papers(1)))]);
    runner.environment.insert("ENRICH_DEADLINE", "200ms".to_owned());
    green(runner.run());
    runner.inputs.insert("check", "true".to_owned());
    let ran = green(runner.run());
    assert_eq!(
        ran.commands().iter().filter(|line| line.starts_with("::warning title=enrich::")).count(),
        2,
        "{}",
        ran.log
    );
}

#[test]
#[ignore = "needs bash, git and curl (.ci/tools installs them)"]
fn the_arguments_may_name_a_cache_or_none() {
    let arxiv = FakeArxiv::start(papers(1), Faults::none());
    let mut runner = runner(&arxiv, &[("list.md", &list_of(&papers(1)))]);
    for further in ["--no-cache", "--cache ../temp/own.sqlite", " --cache=../temp/own.sqlite  -v\n"] {
        runner.inputs.insert("args", further.to_owned());
        green(runner.run());
        assert!(!runner.path("temp/enrich-answers").exists());
    }
    assert!(runner.path("temp/own.sqlite").exists());
}

#[test]
#[ignore = "needs bash, git and curl (.ci/tools installs them)"]
fn a_release_with_another_checksum_is_not_run() {
    let arxiv = FakeArxiv::start(papers(1), Faults::none());
    let runner = runner(&arxiv, &[("list.md", &list_of(&papers(1)))]);
    let sums = runner.path("releases/v0.1.0").join(ARCHIVE.replace("tar.gz", "sha256"));
    for sum in [format!("{}  {ARCHIVE}\n", "0".repeat(64)), String::new()] {
        fs::write(&sums, sum).unwrap();
        let ran = runner.run();
        assert!(!ran.green);
        assert_eq!(
            ran.commands(),
            ["::error title=enrich::the checksum of the release v0.1.0 does not match; nothing of it was run"]
        );
        assert!(!runner.path("temp/enrich-bin/enrich").exists());
        assert_eq!(arxiv.requests().len(), 0);
    }
}

#[test]
#[ignore = "needs bash, git and curl (.ci/tools installs them)"]
fn without_a_release_the_actions_own_source_is_built() {
    let arxiv = FakeArxiv::start(papers(1), Faults::none());
    let mut runner = runner(&arxiv, &[("list.md", &list_of(&papers(1)))]);
    let cargo = runner.path("fake/cargo");
    fs::create_dir(runner.path("fake")).unwrap();
    // In place of minutes of building: notes how it was called, and puts the program where it would be.
    let script = format!(
        "#!/bin/sh\necho \"$@\" > '{}'\nmkdir -p \"$RUNNER_TEMP/enrich-bin/bin\"\nln -s '{}' \"$RUNNER_TEMP/enrich-bin/bin/enrich\"\n",
        runner.path("called").display(),
        cargo_bin!("enrich").display()
    );
    fs::write(&cargo, script).unwrap();
    fs::set_permissions(&cargo, fs::Permissions::from_mode(0o755)).unwrap();
    runner.environment.insert("PATH", runner.path("fake").display().to_string());
    for version in ["v9.9.9", "source", "55cc8345863c7cc4c66a329aec7e433d2d1c52a9"] {
        runner.inputs.insert("version", version.to_owned());
        let _ = fs::remove_dir_all(runner.path("temp/enrich-bin"));
        green(runner.run());
        let called = fs::read_to_string(runner.path("called")).unwrap();
        let temp = runner.path("temp");
        let expected = format!(
            "install --quiet --locked --path {} --root {}/enrich-bin\n",
            env!("CARGO_MANIFEST_DIR"),
            temp.display()
        );
        assert_eq!(called, expected);
        fs::remove_file(runner.path("called")).unwrap();
    }
}

#[test]
#[ignore = "needs bash, git and curl (.ci/tools installs them)"]
fn what_cannot_push_says_so_and_stays_green() {
    let arxiv = FakeArxiv::start(papers(1), Faults::none());
    let mut runner = runner(&arxiv, &[("list.md", &list_of(&papers(1)))]);
    runner.environment.insert("GITHUB_EVENT_NAME", "pull_request".to_owned());
    let ran = green(runner.run());
    assert!(ran.commands()[0].starts_with("::warning title=enrich::the output was not committed"), "{}", ran.log);
    assert_eq!(runner.pushed(), ["Begin"]);
}

#[test]
#[ignore = "needs bash, git and curl (.ci/tools installs them)"]
fn an_output_that_git_is_to_ignore_is_not_committed_and_stays_green() {
    let arxiv = FakeArxiv::start(papers(1), Faults::none());
    let runner = runner(&arxiv, &[("list.md", &list_of(&papers(1))), (".gitignore", "output/\n")]);
    let ran = green(runner.run());
    assert!(ran.commands()[0].starts_with("::warning title=enrich::the output was not committed"), "{}", ran.log);
    assert_eq!(runner.pushed(), ["Begin"]);
    assert!(runner.path("repository/output/enriched.json").exists());
}

#[test]
#[ignore = "needs bash, git and curl (.ci/tools installs them)"]
fn a_check_alone_writes_no_output_and_says_in_the_summary_how_many_findings_it_told() {
    let arxiv = FakeArxiv::start(papers(1), Faults::none());
    let list = "# Papers\n\n- [Nothing of the kind](https://arxiv.org/abs/2401.99999)\n";
    let mut runner = runner(&arxiv, &[("list.md", list)]);
    runner.inputs.extend([("check", "only".to_owned()), ("fail-on", "never".to_owned())]);
    let ran = green(runner.run());
    assert_eq!(ran.summary, "Findings of `enrich check`, each told at its line: 1\n", "{}", ran.log);
    assert!(!runner.path("repository/output").exists());
}

#[test]
#[ignore = "needs bash, git and curl (.ci/tools installs them)"]
fn what_somebody_pushed_in_the_meantime_is_kept() {
    let arxiv = FakeArxiv::start(papers(1), Faults::none());
    let runner = runner(&arxiv, &[("list.md", &list_of(&papers(1)))]);
    runner.write(&[("other.md", "Other\n")]);
    runner.commit_all("Something else");
    runner.git(&["push", "--quiet", "origin", "main"]);
    runner.git(&["reset", "--quiet", "--hard", "HEAD~1"]);
    green(runner.run());
    assert_eq!(runner.pushed(), ["Refresh the papers", "Something else", "Begin"]);
}

#[test]
#[ignore = "needs bash, git and curl (.ci/tools installs them)"]
fn a_list_that_cannot_be_read_is_red() {
    let arxiv = FakeArxiv::start(papers(1), Faults::none());
    let mut runner = runner(&arxiv, &[("list.md", "")]);
    runner.inputs.insert("lists", "missing.md".to_owned());
    let ran = runner.run();
    assert!(!ran.green);
    assert_eq!(output(&ran, "exit-code"), "1");
    assert!(ran.log.contains("cannot read the list missing.md"), "{}", ran.log);
    assert_eq!(runner.pushed(), ["Begin"]);
}
