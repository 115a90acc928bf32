//! How the action comes by enrich: from which release, verified how, and when it builds it instead.

use std::fs;

use assert_cmd::cargo::cargo_bin;

use super::runner::Runner;
use super::{ARCHIVE, green, papers, runner};
use crate::support::{FakeArxiv, Faults, list_of};

#[test]
#[ignore = "needs bash, git, curl and jq (.ci/tools installs them)"]
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
#[ignore = "needs bash, git, curl and jq (.ci/tools installs them)"]
fn without_a_release_the_actions_own_source_is_built() {
    let arxiv = FakeArxiv::start(papers(1), Faults::none());
    let mut runner = runner(&arxiv, &[("list.md", &list_of(&papers(1)))]);
    // In place of minutes of building: notes how it was called, and puts the program where it would be.
    let script = format!(
        "echo \"$@\" > '{}'\nmkdir -p \"$RUNNER_TEMP/enrich-bin/bin\"\nln -s '{}' \"$RUNNER_TEMP/enrich-bin/bin/enrich\"",
        runner.path("called").display(),
        cargo_bin!("enrich").display()
    );
    runner.fake("cargo", &script);
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

/// A runner that finds releases where GitHub has them: what curl is asked for is noted, and served from this disk.
fn runner_of_github(arxiv: &FakeArxiv) -> Runner {
    let mut runner = runner(arxiv, &[("list.md", &list_of(&papers(1)))]);
    runner.environment.remove("ENRICH_RELEASES");
    let serve = "echo \"$@\" >>\"$0-called\"\nfor address; do :; done\nexec cp \"$(dirname \"$0\")/../releases/${address#*/download/}\" .";
    runner.fake("curl", serve);
    runner
}

fn called(runner: &Runner, name: &str) -> Vec<String> {
    let called = fs::read_to_string(runner.path(format!("fake/{name}-called"))).unwrap_or_default();
    called.lines().map(str::to_owned).collect()
}

#[test]
#[ignore = "needs bash, git, curl and jq (.ci/tools installs them)"]
fn a_release_comes_from_the_actions_own_repository_over_https_alone_and_is_verified() {
    let arxiv = FakeArxiv::start(papers(1), Faults::none());
    let mut runner = runner_of_github(&arxiv);
    for (named, repository) in [("somebody/enrich", "somebody/enrich"), ("", "enrich-lists/enrich")] {
        runner.repository = named;
        green(runner.run());
        let fetched = called(&runner, "curl");
        assert_eq!(fetched.len(), 2);
        for (call, ending) in fetched.iter().zip(["tar.gz", "sha256"]) {
            let file = ARCHIVE.replace("tar.gz", ending);
            assert!(call.starts_with("--proto =https ") && !call.contains("--proto-redir"), "{call}");
            let address = format!(" https://github.com/{repository}/releases/download/v0.1.0/{file}");
            assert!(call.ends_with(&address), "{call}");
        }
        let verified = format!(
            "attestation verify {ARCHIVE} --repo {repository} --signer-workflow {repository}/.github/workflows/release.yml \
             --source-ref refs/tags/v0.1.0 --deny-self-hosted-runners"
        );
        assert_eq!(called(&runner, "gh"), [verified]);
        for program in ["curl", "gh"] {
            fs::remove_file(runner.path(format!("fake/{program}-called"))).unwrap();
        }
    }
}

#[test]
#[ignore = "needs bash, git, curl and jq (.ci/tools installs them)"]
fn a_release_that_github_does_not_bear_out_is_not_run() {
    let arxiv = FakeArxiv::start(papers(1), Faults::none());
    let mut runner = runner_of_github(&arxiv);
    runner.fake("gh", "case $* in *--help) echo ' --source-ref string' ;; *) exit 1 ;; esac");
    let ran = runner.run();
    let told =
        "::error title=enrich::the attestation of the release v0.1.0 could not be verified; nothing of it was run";
    assert_eq!((ran.green, ran.commands()), (false, vec![told]));
    assert!(!runner.path("temp/enrich-bin/enrich").exists());

    // A gh that is too old, and a GitHub of one's own.
    runner.fake("gh", "echo 'unknown command' >&2; exit 1");
    assert!(green(runner.run()).log.contains("attestation was not verified"));
    runner.fake("gh", "case $* in *--help) echo ' --source-ref string' ;; *) exit 1 ;; esac");
    runner.environment.insert("GITHUB_SERVER_URL", "https://github.example".to_owned());
    assert!(green(runner.run()).log.contains("attestation was not verified"));
}

#[test]
#[ignore = "needs bash, git, curl and jq (.ci/tools installs them)"]
fn a_commit_that_a_release_was_made_of_stands_for_it() {
    let arxiv = FakeArxiv::start(papers(1), Faults::none());
    let mut runner = runner_of_github(&arxiv);
    let commit = runner.git(&["rev-parse", "HEAD"]).trim().to_owned();
    runner.git(&["tag", "v0", "HEAD"]);
    runner.git(&["-c", "user.name=K", "-c", "user.email=k@example.org", "tag", "-a", "-m", "First", "v0.1.0", "HEAD"]);
    runner.git(&["push", "--quiet", "--tags", "origin"]);
    let origin = runner.path("origin").display().to_string();
    let addressed = format!("[url \"file://{origin}\"]\n\tinsteadOf = https://github.com/somebody/enrich\n");
    fs::write(runner.path("home/.gitconfig"), addressed).unwrap();
    runner.environment.insert("GIT_ALLOW_PROTOCOL", "file".to_owned());
    runner.inputs.extend([("version", commit), ("commit", "false".to_owned())]);
    green(runner.run());
    assert!(called(&runner, "curl")[0].ends_with(&format!("/releases/download/v0.1.0/{ARCHIVE}")));
}
