//! Files that are replaced stay what they were: links stay links, permissions are kept, and nothing but a regular file is replaced.

#![cfg(unix)]

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::path::Path;

use crate::support::{FakeArxiv, FakePaper, Faults, Outcome, Project, list_of, make_pipe};

fn world() -> (Project, FakeArxiv) {
    let papers: Vec<_> = (1..=2).map(FakePaper::numbered).collect();
    let project = Project::with_list(&list_of(&papers));
    fs::create_dir(project.path("output")).unwrap();
    (project, FakeArxiv::start(papers, Faults::none()))
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().mode() & 0o7777
}

fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

#[test]
fn outputs_that_are_links_are_replaced_where_they_lead() {
    let (project, arxiv) = world();
    project.write("data/papers.json", "[]\n");
    set_mode(&project.path("data/papers.json"), 0o4640);
    symlink("../data/papers.json", project.path("output/enriched.json")).unwrap();
    symlink("../data/new/papers.csv", project.path("output/enriched.csv")).unwrap();
    let outcome = project.run(&arxiv, &[]);
    assert_eq!((outcome.code, outcome.statuses()), (Some(0), vec!["enriched"; 2]), "{}", outcome.stderr);
    for name in ["output/enriched.json", "output/enriched.csv"] {
        assert!(project.path(name).is_symlink(), "{name}");
    }
    assert_eq!(project.read("data/papers.json"), project.read("output/enriched.json"));
    assert!(project.read("data/new/papers.csv").unwrap().contains("arXiv:"));
    assert_eq!(mode(&project.path("data/papers.json")), 0o640);
    assert!(outcome.stderr.contains("output/enriched.json and output/enriched.csv"), "{}", outcome.stderr);
    assert!(fs::read_dir(project.path("data")).unwrap().count() == 2);
}

#[track_caller]
fn check_refused(outcome: &Outcome, why: &str) {
    assert_eq!(outcome.code, Some(1), "{}", outcome.stderr);
    assert!(outcome.stderr.contains("cannot write output/papers.md"), "{}", outcome.stderr);
    assert!(outcome.stderr.contains(why), "{}", outcome.stderr);
    assert!(outcome.json.is_none());
}

#[test]
fn links_in_a_circle_and_devices_are_errors_and_nothing_is_written() {
    let (project, arxiv) = world();
    let place = project.path("output/papers.md");
    let check = |why: &str| {
        check_refused(&project.run(&arxiv, &["--format", "json,md"]), why);
        fs::remove_file(&place).unwrap();
    };
    symlink("other.md", &place).unwrap();
    symlink("papers.md", project.path("output/other.md")).unwrap();
    check("its links lead in a circle");
    symlink("/dev/null", &place).unwrap();
    check("only regular files are replaced");
    assert!(!fs::metadata("/dev/null").unwrap().is_file());
    make_pipe(&place);
    check("only regular files are replaced");
}

#[test]
fn a_list_that_is_repaired_keeps_its_link_and_its_permissions() {
    let (project, arxiv) = world();
    let list = "# L\n\n- [A](http://arxiv.org/abs/2403.00001v1)\n";
    project.write("kept/real.md", list);
    set_mode(&project.path("kept/real.md"), 0o6751);
    symlink("kept/real.md", project.path("linked.md")).unwrap();
    let url = arxiv.url();
    let outcome = project.enrich(&["check", "linked.md", "--fix", "--api-url", &url, "--interval", "0ms"]);
    assert!(outcome.stderr.contains("repaired"), "{}", outcome.stderr);
    assert!(project.read("kept/real.md").unwrap().contains("https://arxiv.org/"));
    assert!(project.path("linked.md").is_symlink());
    assert_eq!(mode(&project.path("kept/real.md")), 0o751);
}
