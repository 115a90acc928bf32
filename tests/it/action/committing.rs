//! What the action commits, and how it comes past what others push at the same time.

use super::runner::{Runner, TOKEN};
use super::{green, papers, runner};
use crate::support::{FakeArxiv, Faults, list_of};

#[test]
#[ignore = "needs bash, git, curl and jq (.ci/tools installs them)"]
fn what_cannot_push_says_so_and_stays_green() {
    let arxiv = FakeArxiv::start(papers(1), Faults::none());
    let mut runner = runner(&arxiv, &[("list.md", &list_of(&papers(1)))]);
    runner.environment.insert("GITHUB_EVENT_NAME", "pull_request".to_owned());
    let ran = green(runner.run());
    assert!(ran.commands()[0].starts_with("::warning title=enrich::the output was not committed"), "{}", ran.log);
    assert_eq!(runner.pushed(), ["Begin"]);
}

#[test]
#[ignore = "needs bash, git, curl and jq (.ci/tools installs them)"]
fn an_output_that_git_is_to_ignore_is_not_committed_and_stays_green() {
    let arxiv = FakeArxiv::start(papers(1), Faults::none());
    let runner = runner(&arxiv, &[("list.md", &list_of(&papers(1))), (".gitignore", "output/\n")]);
    let ran = green(runner.run());
    let told = "::warning title=enrich::not committed: output/enriched.json, output/enriched.csv; ";
    assert!(ran.commands()[0].starts_with(told), "{}", ran.log);
    assert_eq!(runner.pushed(), ["Begin"]);
    assert!(runner.path("repository/output/enriched.json").exists());
}

#[test]
#[ignore = "needs bash, git, curl and jq (.ci/tools installs them)"]
fn what_somebody_pushed_in_the_meantime_is_kept() {
    let arxiv = FakeArxiv::start(papers(1), Faults::none());
    let runner = runner(&arxiv, &[("list.md", &list_of(&papers(1)))]);
    overtake(&runner, "other.md");
    green(runner.run());
    assert_eq!(runner.pushed(), ["Refresh the papers", "Something else", "Begin"]);
}

const PLACE: &str = "<!-- enrich:start -->\n<!-- enrich:end -->\n";

/// Pushes a commit of somebody else's that this checkout lacks.
fn overtake(runner: &Runner, file: &str) {
    runner.write(&[(file, "Something else\n")]);
    runner.commit_all("Something else");
    runner.git(&["push", "--quiet", "origin", "main"]);
    runner.git(&["reset", "--quiet", "--hard", "HEAD~1"]);
}

#[test]
#[ignore = "needs bash, git, curl and jq (.ci/tools installs them)"]
fn the_file_that_is_updated_is_committed_and_nothing_else_that_lies_about() {
    let arxiv = FakeArxiv::start(papers(1), Faults::none());
    let list = list_of(&papers(1));
    let files = [("list.md", list.as_str()), ("README.md", PLACE), ("log.txt", "old\n")];
    let ways = [("args", "--update README.md", ""), ("output", "data", "update = \"README.md\"\n")];
    for (input, value, settings) in ways {
        let mut runner = runner(&arxiv, &[&files[..], &[("enrich.toml", settings)]].concat());
        runner.inputs.insert(input, value.to_owned());
        overtake(&runner, "other.md");
        runner.write(&[("log.txt", "another step wrote this\n"), ("new.txt", "and this\n")]);
        let ran = green(runner.run());
        assert!(!ran.log.contains(TOKEN), "{}", ran.log);
        assert_eq!(runner.pushed(), ["Refresh the papers", "Something else", "Begin"]);
        let written = if input == "output" { "data" } else { "output" };
        let expected = format!("README.md\n{written}/enriched.csv\n{written}/enriched.json\n");
        assert_eq!(runner.git(&["show", "--format=", "--name-only", "origin/main"]), expected);
        assert_eq!(runner.git(&["status", "--porcelain"]), " M log.txt\n?? new.txt\n");
    }
}

#[test]
#[ignore = "needs bash, git, curl and jq (.ci/tools installs them)"]
fn a_file_outside_the_repository_is_not_committed_and_no_name_is_a_pattern() {
    let arxiv = FakeArxiv::start(papers(1), Faults::none());
    let mut runner = runner(&arxiv, &[("list.md", &list_of(&papers(1))), ("other.md", "Other\n")]);
    runner.write(&[("*.md", PLACE), ("other.md", "Changed\n")]);
    runner.inputs.insert("args", "--update *.md".to_owned());
    let ran = green(runner.run());
    assert!(ran.commands().is_empty(), "{}", ran.log);
    let shown = runner.git(&["show", "--format=", "--name-only", "origin/main"]);
    assert_eq!(shown, "*.md\noutput/enriched.csv\noutput/enriched.json\n");

    let outside = runner.path("home").display().to_string();
    runner.inputs.insert("output", outside.clone());
    let ran = green(runner.run());
    assert!(
        ran.commands()[0].starts_with(&format!("::warning title=enrich::not committed: {outside}/")),
        "{}",
        ran.log
    );
}

/// Has the other side push first, so many times.
fn lose(runner: &Runner, races: u32) {
    let hook = format!(
        "unset GIT_QUARANTINE_PATH GIT_OBJECT_DIRECTORY GIT_ALTERNATE_OBJECT_DIRECTORIES\n\
         lost=$(cat lost 2>/dev/null || echo 0)\n[ \"$lost\" -lt {races} ] || exit 0\necho $((lost + 1)) >lost\n\
         commit=$(git -c user.name=S -c user.email=s@example.org commit-tree -p main -m \"Race $lost\" 'main^{{tree}}')\n\
         git update-ref refs/heads/main \"$commit\"\nexit 1"
    );
    runner.script(&runner.path("origin/hooks/pre-receive"), &hook);
}

#[test]
#[ignore = "needs bash, git, curl and jq (.ci/tools installs them)"]
fn three_lost_races_are_run_again_and_no_more() {
    let arxiv = FakeArxiv::start(papers(1), Faults::none());
    let check = |races: u32| {
        let runner = runner(&arxiv, &[("list.md", &list_of(&papers(1)))]);
        lose(&runner, races);
        (runner.run(), runner)
    };
    let (ran, runner) = check(3);
    green(ran);
    assert_eq!(runner.pushed(), ["Refresh the papers", "Race 2", "Race 1", "Race 0", "Begin"]);
    let (ran, _) = check(4);
    assert!(!ran.green);
    assert!(ran.commands()[0].starts_with("::error title=enrich::the output was not pushed"), "{}", ran.log);
}

#[test]
#[ignore = "needs bash, git, curl and jq (.ci/tools installs them)"]
fn what_cannot_be_pushed_is_red_and_says_why() {
    let arxiv = FakeArxiv::start(papers(1), Faults::none());
    let refused = runner(&arxiv, &[("list.md", &list_of(&papers(1)))]);
    refused.script(&refused.path("origin/hooks/pre-receive"), "exit 1");
    let disagreeing = runner(&arxiv, &[("list.md", &list_of(&papers(1)))]);
    overtake(&disagreeing, "output/enriched.json");
    for (runner, why) in [(refused, "the permission contents: write"), (disagreeing, "changed the same files")] {
        let ran = runner.run();
        assert!(
            !ran.green && ran.commands()[0].starts_with("::error ") && ran.commands()[0].contains(why),
            "{}",
            ran.log
        );
        assert!(!runner.path("repository/.git/rebase-merge").exists());
        assert!(!runner.pushed().contains(&"Refresh the papers".to_owned()));
    }
}
