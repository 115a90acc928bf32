//! Where the system gives few files or no working folder, a command says so and does not panic.

#![cfg(unix)]

use std::process::{Command, Output};

use assert_cmd::cargo::cargo_bin;

use crate::support::{FakeArxiv, FakePaper, Faults, Project, list_of};

/// What a Rust program exits with that has panicked.
const PANICKED: Option<i32> = Some(101);

#[track_caller]
fn check(command: &str, output: &Output, codes: &[i32]) {
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert_ne!(output.status.code(), PANICKED, "{command}: {stderr}");
    assert!(!stderr.contains("panicked"), "{command}: {stderr}");
    assert!(output.status.code().is_some_and(|code| codes.contains(&code)), "{command}: {:?} {stderr}", output.status);
    // An error has its reason.
    assert!(output.status.success() || !stderr.is_empty(), "{command}");
}

#[test]
fn few_files_are_an_error_and_no_panic() {
    let papers: Vec<_> = (1..=3).map(FakePaper::numbered).collect();
    let arxiv = FakeArxiv::start(papers.clone(), Faults::none());
    let project = Project::with_list(&list_of(&papers));
    project.write("lists/long.md", format!("{}{}", list_of(&papers), "Words.\n\n".repeat(20_000)));
    let asking = format!("--api-url {} --interval 0ms --deadline 1s", arxiv.url());
    let commands = [
        format!("run list.md {asking}"),
        format!("check list.md {asking}"),
        "extract lists".to_owned(),
        "cache stats".to_owned(),
    ];
    for command in commands {
        for files in [3, 4, 5, 6, 7, 8, 10, 12, 14, 16, 20, 32] {
            let script = format!("ulimit -n {files}; exec \"$0\" {command}");
            let mut shell = project.dressed(Command::new("/bin/sh"));
            let output = shell.args(["-c", &script]).arg(cargo_bin!("enrich")).output().unwrap();
            check(&format!("{command} with {files} files"), &output, &[0, 1, 2, 3, 126, 127]);
        }
        let output = project
            .dressed(Command::new("/bin/sh"))
            .args(["-c", &format!("exec \"$0\" {command}")])
            .arg(cargo_bin!("enrich"))
            .output()
            .unwrap();
        check(&command, &output, &[0]);
    }
}

#[test]
fn too_few_files_for_asking_are_told() {
    let project = Project::with_list("- [A](https://arxiv.org/abs/2101.00001)\n");
    let arxiv = FakeArxiv::start([], Faults::none());
    for (command, code) in [("run", 1), ("check", 2)] {
        let script = format!("ulimit -n 6; exec \"$0\" {command} list.md --api-url {}", arxiv.url());
        let mut shell = project.dressed(Command::new("/bin/sh"));
        let output = shell.args(["-c", &script]).arg(cargo_bin!("enrich")).output().unwrap();
        check(command, &output, &[code]);
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert!(stderr.contains("error: the system gives no files or threads"), "{stderr}");
        assert!(stderr.contains("ulimit -n"), "{stderr}");
    }
}

#[test]
fn a_working_folder_that_is_gone_is_no_panic() {
    let project = Project::with_list("- [A](https://arxiv.org/abs/2101.00001)\n");
    let list = project.path("list.md");
    let list = list.to_str().unwrap();
    for (command, codes) in [
        (format!("run {list} --offline"), &[0, 1, 3][..]),
        (format!("check {list} --offline"), &[0, 1, 2, 3]),
        (format!("extract {list}"), &[0]),
        ("extract list.md".to_owned(), &[1]),
        ("cache path".to_owned(), &[0]),
        ("schema".to_owned(), &[0]),
        ("man".to_owned(), &[0]),
    ] {
        let script = format!("command -p mkdir gone; cd gone; command -p rmdir ../gone; exec \"$0\" {command}");
        let mut shell = project.dressed(Command::new("/bin/sh"));
        let output = shell.args(["-c", &script]).arg(cargo_bin!("enrich")).output().unwrap();
        check(&command, &output, codes);
    }
}
