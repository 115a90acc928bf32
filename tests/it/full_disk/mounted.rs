//! The same promises on a small file system that is mounted for the test and really is full.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::{check_untouched, check_without_cache, files, papers};
use crate::support::{FakeArxiv, Faults, Project, list_of, tool};

/// A file system of so many kilobytes, which goes away when dropped.
struct SmallDisk(PathBuf);

impl SmallDisk {
    fn mount(at: &Path, kilobytes: u32) -> Self {
        std::fs::create_dir_all(at).unwrap();
        let size = format!("size={kilobytes}k");
        let at_path = at.to_str().unwrap();
        assert!(
            as_root("mount", &["-t", "tmpfs", "-o", &size, "tmpfs", at_path]),
            "no file system can be mounted here"
        );
        Self(at.to_owned())
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        as_root("umount", &[self.0.to_str().unwrap()]);
    }
}

/// Runs a program, as root where this user may not, and returns if it went well.
fn as_root(program: &str, arguments: &[&str]) -> bool {
    let program = tool(program);
    let went_well =
        |command: &mut Command| command.args(arguments).output().is_ok_and(|output| output.status.success());
    went_well(&mut Command::new(&program))
        || went_well(Command::new(tool("sudo")).arg("--non-interactive").arg(&program))
}

#[test]
#[ignore = "needs a machine that lets you mount a file system"]
fn a_full_disk_under_the_cache_loses_nothing() {
    let papers = papers(60);
    let arxiv = FakeArxiv::start(papers.clone(), Faults::none());
    for kilobytes in [4, 40, 80] {
        let project = Project::with_list(&list_of(&papers));
        let disk = SmallDisk::mount(&project.path("kept"), kilobytes);
        let columns = ["--format", "csv", "--columns", "arxiv_id,status,version", "--cache", "kept/answers.sqlite"];
        let outcome = project.run(&arxiv, &columns);
        let later = project.run(&arxiv, &["--cache", "kept/answers.sqlite"]);
        assert_eq!((later.code, later.statuses().len()), (Some(0), 60), "{}", later.stderr);
        drop(disk);
        check_without_cache(&project, &arxiv, &outcome, 60);
    }
}

#[test]
#[ignore = "needs a machine that lets you mount a file system"]
fn a_full_disk_under_the_output_leaves_the_earlier_one() {
    let papers = papers(60);
    let arxiv = FakeArxiv::start(papers.clone(), Faults::none());
    let project = Project::with_list(&list_of(&papers[..2]));
    let _disk = SmallDisk::mount(&project.path("output"), 40);
    assert_eq!(project.run(&arxiv, &[]).code, Some(0));
    let before = files(&project.path("output"));
    project.write("list.md", list_of(&papers));
    check_untouched(&project, &before, &project.run(&arxiv, &["--no-cache"]));
}
