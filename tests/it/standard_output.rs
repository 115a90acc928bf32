//! What a command prints arrives, or the user hears that it did not. A pipe that is closed is no fault: its reader has read enough.

use std::process::Stdio;

use crate::support::{FakeArxiv, FakePaper, Faults, Project, list_of};

/// A project with a list, and every way in which the program prints.
fn commands() -> (Project, FakeArxiv, Vec<Vec<String>>) {
    let papers: Vec<_> = (1..=3).map(FakePaper::numbered).collect();
    let project = Project::with_list(&list_of(&papers));
    // A link in the old way gives a check something to tell.
    project.write("old.md", list_of(&papers).replace("https://", "http://"));
    let arxiv = FakeArxiv::start(papers, Faults::none());
    assert_eq!(project.run(&arxiv, &[]).code, Some(0));
    let formats =
        ["text", "json", "github", "sarif", "junit"].map(|format| format!("check old.md --offline --format {format}"));
    let others = [
        "extract list.md --format table",
        "extract list.md --format jsonl",
        "extract list.md --explain",
        "extract list.md --explain --format jsonl",
        "check old.md --offline --diff",
        "schema",
        "schema --report",
        "cache path",
        "cache stats",
        "completions bash",
        "man",
        "--help",
        "-h",
        "run --help",
        "help check",
        "--version",
    ];
    let all = others.map(str::to_owned).into_iter().chain(formats);
    let words = |command: String| -> Vec<String> { command.split(' ').map(str::to_owned).collect() };
    // The cache that holds the answers is the one of this address.
    let url = arxiv.url();
    let with_address = |mut words: Vec<String>| {
        if words[0] == "check" {
            words.extend(["--api-url".to_owned(), url.clone()]);
        }
        words
    };
    let all = all.map(words).map(with_address).collect();
    (project, arxiv, all)
}

#[cfg(target_os = "linux")]
#[test]
fn output_that_does_not_fit_is_an_error() {
    let (project, _arxiv, commands) = commands();
    for command in commands {
        let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let child = project.command_for(&command).stdout(full).stderr(Stdio::piped()).spawn().unwrap();
        let output = child.wait_with_output().unwrap();
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{command:?}: {stderr}");
        assert!(stderr.contains("error: cannot write to standard output"), "{command:?}: {stderr}");
        assert!(stderr.contains("caused by: "), "{command:?}: {stderr}");
    }
}

#[test]
fn a_closed_pipe_is_no_fault() {
    let (project, _arxiv, commands) = commands();
    for command in commands {
        let usual = project.command_for(&command).output().unwrap();
        assert!(!usual.stdout.is_empty(), "{command:?} prints: {}", String::from_utf8_lossy(&usual.stderr));
        let mut child = project.command_for(&command).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), usual.status.code(), "{command:?}");
        assert_eq!(String::from_utf8_lossy(&output.stderr), String::from_utf8_lossy(&usual.stderr), "{command:?}");
    }
}
