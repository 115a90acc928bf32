//! The Action's own steps, run in a repository against a made-up arXiv: what it commits, what it says on bad days and of broken
//! lists, and that no list makes it do anything else.

#![cfg(unix)]

mod committing;
mod installing;
mod runner;

use std::fs;
use std::path::Path;

use assert_cmd::cargo::cargo_bin;

use self::runner::{Ran, Runner};
use crate::support::{FakeArxiv, FakePaper, Fault, Faults, list_of};

const ARCHIVE: &str = "enrich-x86_64-unknown-linux-gnu.tar.gz";

fn papers(count: u32) -> Vec<FakePaper> {
    (1..=count).map(FakePaper::numbered).collect()
}

/// A runner with these files, a release that it finds, a GitHub that bears it out, and an arXiv that it asks.
fn runner(arxiv: &FakeArxiv, files: &[(&str, &str)]) -> Runner {
    let mut runner = Runner::with(files);
    release(&runner);
    runner.fake("gh", "case $* in *--help) echo ' --source-ref string' ;; *) echo \"$@\" >>\"$0-called\" ;; esac");
    runner.environment.extend([
        ("ENRICH_RELEASES", format!("file://{}", runner.path("releases").display())),
        ("ENRICH_API_URL", arxiv.url()),
        ("ENRICH_INTERVAL", "0ms".to_owned()),
        ("ENRICH_FALLBACK", "none".to_owned()),
    ]);
    runner.inputs.extend([("lists", "list.md".to_owned()), ("commit", "true".to_owned())]);
    runner
}

/// Packs the program, or rather a line that starts it, as the release's workflow does.
fn release(runner: &Runner) {
    let (target, build) = ("x86_64-unknown-linux-gnu", runner.path("build"));
    let built = build.join("target").join(target).join("release");
    fs::create_dir_all(&built).unwrap();
    runner.script(&built.join("enrich"), &format!("exec '{}' \"$@\"", cargo_bin!("enrich").display()));
    for program in ["rustup", "cargo"] {
        runner.fake(program, "exit 0");
    }
    let pack = Path::new(env!("CARGO_MANIFEST_DIR")).join(".github/release/pack");
    let packed = runner.command("bash").current_dir(&build).arg(pack).arg(target).output().unwrap();
    assert!(packed.status.success(), "{packed:?}");
    for program in ["rustup", "cargo"] {
        fs::remove_file(runner.path("fake").join(program)).unwrap();
    }
    fs::create_dir(runner.path("releases")).unwrap();
    fs::rename(build.join("packed"), runner.path("releases/v0.1.0")).unwrap();
}

fn green(ran: Ran) -> Ran {
    assert!(ran.green, "{}", ran.log);
    ran
}

/// Whether the run is told to have asked for some papers in vain.
fn is_warned_of_papers(ran: &Ran) -> bool {
    let told = ran.commands();
    told.iter().any(|line| line.starts_with("::warning title=enrich::some papers could not be asked for"))
}

fn output<'a>(ran: &'a Ran, name: &str) -> &'a str {
    ran.outputs.get(name).map_or("", String::as_str)
}

#[test]
#[ignore = "needs bash, git, curl and jq (.ci/tools installs them)"]
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
#[ignore = "needs bash, git, curl and jq (.ci/tools installs them)"]
fn a_day_on_which_arxiv_refuses_everything_is_green_and_keeps_the_data() {
    let arxiv = FakeArxiv::start(papers(2), Faults::none());
    let mut runner = runner(&arxiv, &[("list.md", &list_of(&papers(2)))]);
    green(runner.run());
    let before = fs::read(runner.path("repository/output/enriched.json")).unwrap();
    fs::remove_dir_all(runner.path("temp/enrich-answers")).unwrap();
    arxiv.misbehave(Faults::always(Fault::RateExceeded));
    runner.environment.insert("ENRICH_DEADLINE", "200ms".to_owned());
    let ran = green(runner.run());
    assert!(is_warned_of_papers(&ran), "{}", ran.log);
    assert_eq!(output(&ran, "changed"), "false");
    assert_eq!(fs::read(runner.path("repository/output/enriched.json")).unwrap(), before);
    assert_eq!(runner.pushed().len(), 2);

    runner.write(&[("list.md", &list_of(&papers(3)))]);
    runner.commit_all("Add a paper");
    runner.git(&["push", "--quiet", "origin", "main"]);
    let ran_again = green(runner.run());
    assert_eq!(output(&ran_again, "exit-code"), "3");
    assert!(is_warned_of_papers(&ran_again), "{}", ran_again.log);
    let kept = fs::read_to_string(runner.path("repository/output/enriched.json")).unwrap();
    assert_eq!(kept.matches("\"status\": \"enriched\"").count(), 2);
}

#[test]
#[ignore = "needs bash, git, curl and jq (.ci/tools installs them)"]
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
#[ignore = "needs bash, git, curl and jq (.ci/tools installs them)"]
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
    let expected = ["exit-code", "report", "findings", "papers", "changed", "exit-code", "report", "findings"];
    assert_eq!(ran.said.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), expected);
    let is_plain = |value: &str| value.chars().all(char::is_alphanumeric);
    assert!(ran.said.iter().all(|(name, value)| name == "report" || is_plain(value)), "{:?}", ran.said);
    assert!(!ran.summary.contains("<script>"), "{}", ran.summary);
    // Every command is an annotation of the check, at a line of the list.
    for command in ran.commands() {
        assert!(command.contains(" file=lists/$(touch pwned);"), "{command}");
        assert!(!command.contains('\n') && command.contains("%0A%3A%3Awarning%3A%3Ay%0A"), "{command}");
    }
    assert_eq!(runner.pushed(), ["Refresh the papers", "Begin"]);
}

#[test]
#[ignore = "needs bash, git, curl and jq (.ci/tools installs them)"]
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
#[ignore = "needs bash, git, curl and jq (.ci/tools installs them)"]
fn whom_the_run_asked_in_vain_the_check_does_not_ask_again() {
    let arxiv = FakeArxiv::start(papers(1), Faults::always(Fault::RateExceeded));
    let mut runner = runner(&arxiv, &[("list.md", &list_of(&papers(1)))]);
    runner.environment.insert("ENRICH_DEADLINE", "200ms".to_owned());
    green(runner.run());
    runner.inputs.insert("check", "true".to_owned());
    let ran = green(runner.run());
    let told = ran.commands().iter().filter(|line| line.contains("some papers could not be asked for")).count();
    assert_eq!(told, 2, "{}", ran.log);
    assert!(ran.log.contains("\n0 requests to arXiv\n"), "{}", ran.log);
    runner.environment.insert("ENRICH_REFRESH", "true".to_owned());
    let ran = green(runner.run());
    assert!(ran.log.contains("\n0 requests to arXiv\n"), "{}", ran.log);
}

#[test]
#[ignore = "needs bash, git, curl and jq (.ci/tools installs them)"]
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
#[ignore = "needs bash, git, curl and jq (.ci/tools installs them)"]
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
#[ignore = "needs bash, git, curl and jq (.ci/tools installs them)"]
fn a_list_that_cannot_be_read_is_red() {
    let arxiv = FakeArxiv::start(papers(1), Faults::none());
    let mut runner = runner(&arxiv, &[("list.md", "")]);
    runner.inputs.insert("lists", "missing.md".to_owned());
    let ran = runner.run();
    assert!(!ran.green);
    assert_eq!(output(&ran, "exit-code"), "1");
    let told =
        "::error title=enrich::nothing was written, and earlier output is untouched: cannot read the list missing.md";
    assert!(ran.commands()[0].starts_with(told), "{}", ran.log);
    assert_eq!(runner.pushed(), ["Begin"]);
}

#[test]
#[ignore = "needs bash, git, curl and jq (.ci/tools installs them)"]
fn what_a_list_is_called_changes_no_verdict() {
    let name = "lists/what could not be asked for: 3:4: error: 'arxiv_id'.md";
    let list = "- [Gone](https://arxiv.org/abs/2101.99999)\n- [Here](https://arxiv.org/abs/2101.00001)\n";
    let arxiv = FakeArxiv::start([FakePaper::new("2101.00001").title("Here")], Faults::none());
    let mut runner = runner(&arxiv, &[(name, list)]);
    runner.inputs.extend([("lists", "lists".to_owned()), ("check", "true".to_owned())]);
    let ran = runner.run();
    assert!(!ran.green && !is_warned_of_papers(&ran), "{}", ran.log);
    assert_eq!((output(&ran, "papers"), output(&ran, "findings"), output(&ran, "exit-code")), ("2", "1", "0"));
}

#[test]
#[ignore = "needs bash, git, curl and jq (.ci/tools installs them)"]
fn the_jobs_environment_breaks_no_step() {
    let list = "- [Gone](https://arxiv.org/abs/2101.99999)\n- [Here](https://arxiv.org/abs/2101.00001)\n";
    let run = |environment: &[(&'static str, &str)]| {
        let arxiv = FakeArxiv::start([FakePaper::new("2101.00001").title("Here")], Faults::none());
        let mut runner = runner(&arxiv, &[("list.md", list)]);
        runner.inputs.extend([("check", "true".to_owned()), ("formats", "csv".to_owned())]);
        runner.environment.extend(environment.iter().map(|(name, value)| (*name, (*value).to_owned())));
        let ran = runner.run();
        let told: Vec<_> = ran.commands().into_iter().map(str::to_owned).collect();
        let said: Vec<_> = ran.said.into_iter().filter(|(name, _)| name != "report").collect();
        (ran.green, told, said, ran.summary, runner.pushed(), runner.git(&["ls-tree", "-r", "--name-only", "HEAD"]))
    };
    let usual = run(&[]);
    assert!(!usual.0 && usual.5.contains("output/enriched.csv"), "{usual:?}");
    let environment = [
        ("ENRICH_OUTPUT", "elsewhere"),
        ("ENRICH_FORMAT", "xlsx"),
        ("ENRICH_CHECK_FORMAT", "json"),
        ("ENRICH_FAIL_ON", "never"),
        ("ENRICH_REPORT", "report.json"),
        ("ENRICH_SUMMARY", "summary.md"),
        ("ENRICH_QUIET", "true"),
        ("ENRICH_COLOR", "always"),
        ("ENRICH_PROGRESS", "auto"),
        ("ENRICH_REFRESH", "true"),
        ("ARGS", "--nonsense"),
        ("REPORT", "nowhere.json"),
        ("REFUSED", "true"),
        ("FAIL_ON", "nothing"),
        ("FORMATS", "nothing"),
    ];
    assert_eq!(run(&environment), usual);
    assert_eq!(run(&[("ENRICH_QUIET", "false"), ("ENRICH_VERBOSE", "2"), ("ENRICH_NO_CACHE", "true")]), usual);
}

#[test]
#[ignore = "needs bash, git, curl and jq (.ci/tools installs them)"]
fn what_the_environment_gets_wrong_is_red_and_told() {
    let arxiv = FakeArxiv::start(papers(1), Faults::none());
    let mut runner = runner(&arxiv, &[("list.md", &list_of(&papers(1)))]);
    runner.environment.insert("ENRICH_BATCH", "many".to_owned());
    let ran = runner.run();
    let told = "::error title=enrich::enrich ended with exit code 2 and left no report; the log says why";
    assert_eq!((ran.green, ran.commands()), (false, vec![told]), "{}", ran.log);
}

#[test]
#[ignore = "needs bash, git, curl and jq (.ci/tools installs them)"]
fn notices_are_warnings_whatever_stands_in_them() {
    let arxiv = FakeArxiv::start(papers(1), Faults::none());
    let folder = "out::set-output name=x::y%0A\n::error::z";
    let mut runner =
        runner(&arxiv, &[("list.md", &list_of(&papers(1))), (&format!("{folder}/enriched.json"), "no JSON")]);
    runner.inputs.insert("output", folder.to_owned());
    let ran = green(runner.run());
    let told = "::warning title=enrich::the earlier output out::set-output name=x::y%250A%0A::error::z/enriched.json \
                cannot be read, so nothing is kept from it and what changed is not told";
    assert_eq!(ran.commands(), [told], "{}", ran.log);
}

#[test]
#[ignore = "needs bash, git, curl and jq (.ci/tools installs them)"]
fn a_pull_request_commits_nothing_and_leaves_nothing_behind() {
    let arxiv = FakeArxiv::start(papers(1), Faults::none());
    let mut runner = runner(&arxiv, &[("list.md", &list_of(&papers(1)))]);
    for event in ["pull_request", "pull_request_target"] {
        runner.environment.insert("GITHUB_EVENT_NAME", event.to_owned());
        let ran = green(runner.run());
        assert!(ran.commands()[0].starts_with("::warning title=enrich::the output was not committed"), "{}", ran.log);
        assert_eq!((ran.used, runner.pushed()), (vec!["Restore arXiv's answers".to_owned()], vec!["Begin".to_owned()]));
    }
    runner.environment.remove("GITHUB_EVENT_NAME");
    assert_eq!(green(runner.run()).used, ["Restore arXiv's answers", "Save arXiv's answers"]);
}

#[test]
#[ignore = "needs bash, git, curl and jq (.ci/tools installs them)"]
fn in_a_pull_request_the_settings_file_has_no_say_in_requests() {
    let arxiv = FakeArxiv::start(papers(1), Faults::none());
    let settings = "contact = \"somebody@example.org\"\nrefresh = true\nfind-missing = true\n";
    let mut runner = runner(&arxiv, &[("list.md", &list_of(&papers(1))), ("enrich.toml", settings)]);
    let agents = || -> Vec<String> {
        arxiv
            .requests()
            .iter()
            .filter_map(|received| received.request.header("user-agent").map(str::to_owned))
            .collect()
    };
    runner.environment.insert("GITHUB_EVENT_NAME", "pull_request".to_owned());
    green(runner.run());
    green(runner.run());
    assert_eq!(agents().len(), 1, "the second run has the first one's answers");
    assert!(!agents()[0].contains("somebody"), "{:?}", agents());
    runner.environment.remove("GITHUB_EVENT_NAME");
    green(runner.run());
    assert!(agents()[1].contains("somebody@example.org"), "{:?}", agents());
}

#[test]
#[ignore = "needs bash, git, curl and jq (.ci/tools installs them)"]
fn a_run_that_drops_most_papers_warns_and_one_that_finds_none_is_red() {
    let arxiv = FakeArxiv::start(papers(8), Faults::none());
    let runner = runner(&arxiv, &[("list.md", &list_of(&papers(8)))]);
    green(runner.run());
    runner.write(&[("list.md", &list_of(&papers(1)))]);
    let ran = green(runner.run());
    let told = "::warning title=enrich::7 of the 8 papers in the earlier output are no longer in the lists";
    assert!(ran.commands().len() == 1 && ran.commands()[0].starts_with(told), "{}", ran.log);
    runner.write(&[("list.md", "# Papers\n\nNone any more.\n")]);
    let before = runner.pushed();
    let ran = runner.run();
    assert!(!ran.green && ran.commands()[0].starts_with("::error title=enrich::nothing was written"), "{}", ran.log);
    assert_eq!((output(&ran, "exit-code"), runner.pushed()), ("1", before));
}

#[test]
fn the_example_in_readme_ends_in_time_and_names_actions_by_their_commits() {
    let readme = include_str!("../../README.md");
    let section = readme.split("\n## In a scheduled Action\n").nth(1).unwrap();
    let example = section.split("```yaml\n").nth(1).unwrap().split("```").next().unwrap();
    let workflow: serde_json::Value = serde_saphyr::from_str(example).unwrap();
    let job = &workflow["jobs"]["papers"];
    assert!(job["timeout-minutes"].is_u64(), "{job}");
    for step in job["steps"].as_array().unwrap() {
        let commit = step["uses"].as_str().unwrap().split_once('@').unwrap().1;
        let is_hash = commit.len() == 40 && commit.bytes().all(|byte| byte.is_ascii_hexdigit());
        assert!(is_hash || commit == "COMMIT", "{step}");
    }
}
