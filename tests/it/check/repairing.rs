//! `--fix` sets right what is certain and leaves every other byte alone; `--diff` only shows it.

use std::fs;

use super::{arxiv, check};
use crate::support::Project;

const DIRTY: &str = "# Ünsorted\r\n\r\n- [Title of 2101.00006](http://arxiv.org/abs//2101.00006) \t\r\n\
                     - [An Old Version](https://arxiv.org/abs/2101.00003v1), [pdf](https://arxiv.org/pdf/2101.00003v1)\r\n\
                     - [Code](http://github.com/a/b) and [else](http://a.example/)\r\n\r\n\r\nno end of line";

const REPAIRED: &str = "# Ünsorted\r\n\r\n- [Title of 2101.00006](https://arxiv.org/abs/2101.00006) \t\r\n\
                        - [An Old Version](https://arxiv.org/abs/2101.00003v1), [pdf](https://arxiv.org/pdf/2101.00003v1)\r\n\
                        - [Code](https://github.com/a/b) and [else](http://a.example/)\r\n\r\n\r\nno end of line";

#[test]
fn what_is_certain_is_repaired_and_every_other_byte_stays() {
    for mark in ["", "\u{feff}"] {
        let project = Project::with_list(&format!("{mark}{DIRTY}"));
        let outcome = check(&project, &arxiv(), &["--fix", "--fail-on", "note"]);
        assert_eq!(project.read("list.md").unwrap(), format!("{mark}{REPAIRED}"));
        assert!(outcome.stderr.contains("; 3 repaired in 1 list\n"), "{}", outcome.stderr);
        assert!(outcome.stderr.contains("list.md:3:25: repaired: "), "{}", outcome.stderr);
        assert!(!outcome.stdout.contains("dirty-link") && !outcome.stdout.contains("insecure-link"));
        let again = check(&project, &arxiv(), &["--fix"]);
        assert!(!again.stderr.contains("repaired"), "{}", again.stderr);
        assert_eq!(project.read("list.md").unwrap(), format!("{mark}{REPAIRED}"));
    }
}

#[test]
fn a_newer_version_is_linked_where_that_is_asked_by_name() {
    let project = Project::with_list(DIRTY);
    assert_eq!(check(&project, &arxiv(), &["--fix=newer-version"]).code, Some(0));
    assert_eq!(project.read("list.md").unwrap(), DIRTY.replace("2101.00003v1", "2101.00003v2"));
}

#[test]
fn what_is_repaired_no_longer_fails() {
    let project = Project::with_list("# L\n\n- [An Old Version](https://arxiv.org/abs/2101.00003v1)\n");
    assert_eq!(check(&project, &arxiv(), &["--fail-on", "warning"]).code, Some(1));
    assert_eq!(check(&project, &arxiv(), &["--fail-on", "warning", "--fix=newer-version,dirty-link"]).code, Some(0));
}

#[test]
fn a_diff_is_shown_and_nothing_is_written() {
    let project = Project::with_list(&DIRTY.replace("\r\n", "\n"));
    for arguments in [["--fix", "--diff"].as_slice(), &["--diff"]] {
        let outcome = check(&project, &arxiv(), arguments);
        insta::assert_snapshot!("check_diff", outcome.stdout);
        assert_eq!(project.read("list.md").unwrap(), DIRTY.replace("\r\n", "\n"));
    }
    let failing = check(&project, &arxiv(), &["--diff", "--fail-on", "note"]);
    assert_eq!(failing.code, Some(1));
}

#[test]
fn what_is_ignored_is_not_repaired() {
    let project = Project::with_list(DIRTY);
    check(&project, &arxiv(), &["--fix", "--ignore", "insecure-link,dirty-link"]);
    assert_eq!(project.read("list.md").unwrap(), DIRTY);
}

#[test]
fn a_link_that_names_two_papers_is_left_to_its_keeper() {
    let list = "- [Both](https://arxiv.org/abs/2101.00006,2101.00005)\n\
                - [A](https://arxiv.org//abs/2101.00006), <https://arxiv.org//abs/2101.000062101.00005>\n";
    let project = Project::with_list(list);
    let outcome = check(&project, &arxiv(), &["--fix"]);
    assert_eq!(project.read("list.md").unwrap(), list.replacen("org//abs/2101.00006)", "org/abs/2101.00006)", 1));
    let told = "was read as 2101.00006, and 2101.00005 in it was passed over";
    assert!(
        outcome.stdout.contains(told) && outcome.stdout.contains("write a link for each paper"),
        "{}",
        outcome.stdout
    );
}

#[test]
fn standard_input_cannot_be_repaired() {
    let outcome = Project::with_list("").enrich(&["check", "-", "--fix"]);
    assert_eq!((outcome.code, outcome.stdout.as_str()), (Some(2), ""));
    assert!(outcome.stderr.contains("standard input cannot be repaired"), "{}", outcome.stderr);
}

#[cfg(unix)]
#[test]
fn a_linked_list_stays_a_link() {
    let project = Project::with_list("");
    project.write("docs/real.md", DIRTY);
    fs::remove_file(project.path("list.md")).unwrap();
    std::os::unix::fs::symlink("docs/real.md", project.path("list.md")).unwrap();
    check(&project, &arxiv(), &["--fix"]);
    assert!(project.path("list.md").is_symlink());
    assert_eq!(project.read("docs/real.md").unwrap(), REPAIRED);
}
