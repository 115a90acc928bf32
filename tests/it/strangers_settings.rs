//! A settings file that was found and not named may be a stranger's: it reaches nothing outside its folder and no service, and
//! the search for it stays in the repository or the home folder.

use std::any::TypeId;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use clap::{Arg, CommandFactory, ValueHint};
use enrich::cli::Cli;
use url::Url;

use crate::support::{FakeArxiv, FakePaper, Faults, Outcome, Project};

const LIST: &str = "- [A](https://arxiv.org/abs/2403.07648)\n";

/// The commands that read a settings file.
const CALLS: [&[&str]; 4] = [&["run", "list.md"], &["check", "list.md"], &["extract", "list.md"], &["cache", "stats"]];

/// A cloned repository in `repository`, with the user's things around it.
struct Clone {
    project: Project,
}

impl Clone {
    fn with_settings(settings: &str) -> Self {
        let project = Project::with_list("");
        project.write("home/.ssh/id_ed25519", "the key");
        project.write("repository/.git/config", "[core]\n");
        project.write("repository/list.md", LIST);
        project.write("repository/enrich.toml", settings);
        Self { project }
    }

    /// Runs the program in a folder of the repository.
    fn enrich(&self, folder: &str, arguments: &[&str], environment: &[(&str, &str)]) -> Outcome {
        let mut command = self.project.command();
        command.current_dir(self.project.path("repository").join(folder)).args(arguments).envs(environment.to_vec());
        let output = command.output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Outcome {
            code: output.status.code(),
            stdout: text(output.stdout),
            stderr: text(output.stderr),
            json: None,
            csv: None,
        }
    }

    /// Every file around and in the repository with what it holds, links as where they lead.
    fn files(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let (mut files, mut folders) = (BTreeMap::new(), vec![self.project.path("")]);
        while let Some(folder) = folders.pop() {
            for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
                let kind = path.symlink_metadata().unwrap().file_type();
                if kind.is_dir() {
                    folders.push(path);
                } else if let Ok(end) = path.read_link() {
                    files.insert(path, end.as_os_str().as_encoded_bytes().to_vec());
                } else {
                    let text = fs::read(&path).unwrap_or_default();
                    files.insert(path, text);
                }
            }
        }
        files
    }

    /// Whatever is called, the settings are refused with these words, and everything is as it was.
    #[track_caller]
    fn refuses(&self, words: &[&str]) {
        let before = self.files();
        for call in CALLS {
            let outcome = self.enrich("", call, &[]);
            assert_eq!(outcome.code, Some(2), "{call:?}: {}", outcome.stderr);
            for word in words {
                assert!(outcome.stderr.contains(word), "{word} is not in {}", outcome.stderr);
            }
            assert_eq!(self.files(), before, "{call:?}");
        }
    }
}

/// The options that may stand in a settings file and have values of this type, by their keys.
fn options(kind: TypeId) -> Vec<Arg> {
    let mut definition = Cli::command();
    definition.build();
    let all = definition.get_subcommands().flat_map(clap::Command::get_arguments);
    let is_key = |option: &&Arg| option.get_env().is_some() && option.get_long() != Some("config");
    let mut options: Vec<_> =
        all.filter(is_key).filter(|option| option.get_value_parser().type_id() == kind).cloned().collect();
    options.sort_by_key(|option| option.get_long().map(str::to_owned));
    options.dedup_by_key(|option| option.get_long().map(str::to_owned));
    options
}

fn key(option: &Arg) -> &str {
    option.get_long().unwrap()
}

#[cfg(unix)]
fn link(end: impl AsRef<Path>, path: PathBuf) {
    std::os::unix::fs::symlink(end, path).unwrap();
}

#[test]
fn the_key_that_a_cloned_repository_calls_its_cache_stays_as_it_is() {
    let clone = Clone::with_settings("batch = 7\ncache = \"../home/.ssh/id_ed25519\"\n");
    clone.refuses(&[
        "enrich.toml:2: `cache` leads out of the file's folder",
        "hint: ",
        "--config ",
        "--cache",
        "ENRICH_CACHE",
    ]);
}

#[test]
fn every_path_of_a_found_file_stays_in_its_folder() {
    let options = options(TypeId::of::<PathBuf>());
    let keys: Vec<_> = options.iter().map(key).collect();
    for known in ["cache", "output", "snapshot", "summary", "update"] {
        assert!(keys.contains(&known), "{known} is not in {keys:?}");
    }
    for option in &options {
        let hostile = ["..", "../new", "deep/../../new", "/etc/enrich-new", ".git/config", "deep/.GIT/hooks", ".git"];
        for value in hostile {
            let clone = Clone::with_settings(&format!("{} = '{value}'\n", key(option)));
            clone.refuses(&[&format!("enrich.toml:1: `{}`", key(option))]);
        }
        let wrong_kind = if option.get_value_hint() == ValueHint::DirPath { "list.md" } else { "." };
        Clone::with_settings(&format!("{} = '{wrong_kind}'\n", key(option))).refuses(&["enrich.toml:1: "]);
    }
}

#[cfg(unix)]
#[test]
fn links_and_special_files_are_no_way_out() {
    for option in options(TypeId::of::<PathBuf>()) {
        for value in ["out/new", "out/.ssh/id_ed25519", "key", "nowhere", "null", "socket", "inner/out"] {
            let clone = Clone::with_settings(&format!("{} = '{value}'\n", key(&option)));
            let path = |name: &str| clone.project.path("repository").join(name);
            fs::create_dir(path("inner")).unwrap();
            link("../home", path("out"));
            link("../../home", path("inner/out"));
            link("../home/.ssh/id_ed25519", path("key"));
            link("../home/new", path("nowhere"));
            link("/dev/null", path("null"));
            let _socket = std::os::unix::net::UnixListener::bind(path("socket")).unwrap();
            clone.refuses(&[&format!("enrich.toml:1: `{}`", key(&option))]);
        }
    }
}

#[cfg(unix)]
#[test]
fn what_stands_beside_such_a_file_or_in_such_a_folder_is_no_way_out_either() {
    let settings = [
        ("output = 'data'", "enriched.json"),
        ("cache = 'data/kept'", "kept-wal"),
        ("cache = 'data/kept'", "gate-arxiv.org"),
    ];
    for (settings, name) in settings {
        let clone = Clone::with_settings(settings);
        clone.project.write("repository/data/other", "");
        link("../../home/.ssh/id_ed25519", clone.project.path("repository/data").join(name));
        clone.refuses(&["enrich.toml:1: ", "a link beside it or in it"]);
    }
}

#[cfg(unix)]
#[test]
fn an_output_folder_that_nobody_named_is_no_way_out() {
    let clone = Clone::with_settings("offline = true\n");
    fs::create_dir(clone.project.path("repository/output")).unwrap();
    let key = clone.project.path("repository/output/enriched.json");
    link("../../home/.ssh/id_ed25519", key.clone());
    let before = clone.files();
    let outcome = clone.enrich("", &["run", "list.md"], &[]);
    assert_eq!(outcome.code, Some(2), "{}", outcome.stderr);
    assert!(outcome.stderr.contains("output/enriched.json is a link") && outcome.stderr.contains("--output"));
    assert_eq!(clone.files(), before);
    fs::remove_file(&key).unwrap();
    clone.project.write("repository/site/papers.json", "[]\n");
    link("../site/papers.json", key);
    assert_eq!(clone.enrich("", &["run", "list.md"], &[]).code, Some(3));
}

#[test]
fn a_found_file_names_no_service() {
    let arxiv = FakeArxiv::start([FakePaper::new("2403.07648")], Faults::none());
    let options = options(TypeId::of::<Url>());
    assert!(options.len() >= 3, "{options:?}");
    for option in options {
        let clone = Clone::with_settings(&format!("{} = '{}'\ninterval = '0ms'\n", key(&option), arxiv.url()));
        clone.refuses(&[&format!("enrich.toml:1: `{}` is an address", key(&option)), "ENRICH_"]);
    }
    assert_eq!(arxiv.requests().len(), 0);
}

#[test]
fn every_other_value_is_of_a_kind_that_reaches_nothing() {
    let texts = options(TypeId::of::<String>());
    // It goes into a header of requests to arXiv, letters and signs only. A new option of free text must be thought about here.
    assert_eq!(texts.iter().map(key).collect::<Vec<_>>(), ["contact"]);
}

#[test]
fn a_path_inside_the_folder_is_taken_from_wherever_the_program_is_called() {
    let arxiv = FakeArxiv::start([FakePaper::new("2403.07648")], Faults::none());
    let url = arxiv.url();
    let environment = [("ENRICH_API_URL", url.as_str()), ("ENRICH_INTERVAL", "0ms"), ("ENRICH_NO_CACHE", "")];
    for output in ["data", ".", "./data/deep", "new/../data", "lists/../data/", ""] {
        let settings = format!("output = '{output}'\ncache = 'kept/answers'\nsummary = 'kept/summary.md'\n");
        let clone = Clone::with_settings(&settings);
        clone.project.write("repository/lists/deep/list.md", LIST);
        fs::create_dir(clone.project.path("repository/kept")).unwrap();
        for folder in ["", "lists/deep"] {
            let outcome = clone.enrich(folder, &["run", "list.md"], &environment);
            assert_eq!(outcome.code, Some(0), "{output}: {}", outcome.stderr);
            let json = clone.project.path("repository").join(output.replace("new/../", "")).join("enriched.json");
            assert!(fs::remove_file(&json).is_ok(), "{} is missing", json.display());
            assert!(clone.project.path("repository/kept/summary.md").exists());
            assert!(fs::remove_file(clone.project.path("repository/kept/answers")).is_ok());
        }
    }
}

#[test]
fn what_the_user_names_may_reach_anywhere() {
    let clone = Clone::with_settings("cache = '../answers'\n");
    let path = |outcome: Outcome| {
        assert_eq!(outcome.code, Some(0), "{}", outcome.stderr);
        outcome.stdout.trim_end().replace('\\', "/")
    };
    let call =
        |further: &[&str], environment| path(clone.enrich("", &[&["cache", "path"], further].concat(), environment));
    assert_eq!(call(&["--config", "enrich.toml"], &[]), "../answers");
    assert_eq!(call(&[], &[("ENRICH_CONFIG", "enrich.toml")]), "../answers");
    assert_eq!(call(&["--cache", "../mine"], &[]), "../mine");
    assert_eq!(call(&[], &[("ENRICH_CACHE", "../mine")]), "../mine");
}

#[test]
fn the_search_ends_at_the_repository_and_at_home() {
    let cache = |clone: &Clone, folder: &str, environment: &[(&str, &str)]| {
        let outcome = clone.enrich(folder, &["cache", "path"], environment);
        assert_eq!(outcome.code, Some(0), "{}", outcome.stderr);
        outcome.stdout
    };
    let clone = Clone::with_settings("cache = 'root'\n");
    clone.project.write("enrich.toml", "cache = 'above'\n");
    clone.project.write("repository/deep/er/list.md", "");
    assert!(cache(&clone, "deep/er", &[]).trim_end().ends_with("root"));
    fs::remove_file(clone.project.path("repository/enrich.toml")).unwrap();
    assert!(!cache(&clone, "deep/er", &[]).contains("above"));
    // A worktree has a file in the place of the folder.
    fs::remove_dir_all(clone.project.path("repository/.git")).unwrap();
    assert!(cache(&clone, "deep/er", &[]).trim_end().ends_with("above"));
    clone.project.write("repository/deep/.git", "gitdir: elsewhere\n");
    assert!(!cache(&clone, "deep/er", &[]).contains("above"));
    fs::remove_file(clone.project.path("repository/deep/.git")).unwrap();
    let home = clone.project.path("repository");
    let home = [("HOME", home.to_str().unwrap()), ("USERPROFILE", home.to_str().unwrap())];
    assert!(!cache(&clone, "deep/er", &home).contains("above"));
    clone.project.write("repository/enrich.toml", "cache = 'of-home'\n");
    assert!(cache(&clone, "deep/er", &home).trim_end().ends_with("of-home"));
}

#[cfg(unix)]
#[test]
fn the_settings_file_itself_is_a_plain_file_of_the_repository() {
    let refused = |set: &dyn Fn(PathBuf), words: &str| {
        let clone = Clone::with_settings("");
        let path = clone.project.path("repository/enrich.toml");
        fs::remove_file(&path).unwrap();
        set(path);
        clone.refuses(&["enrich.toml", words]);
    };
    refused(&|path| link("../home/.ssh/id_ed25519", path), "no regular file, or a link that leads out");
    refused(&|path| link("/dev/zero", path), "no regular file, or a link that leads out");
    refused(&|path| link("nowhere", path), "no regular file, or a link that leads out");
    refused(&|path| drop(std::os::unix::net::UnixListener::bind(path)), "no regular file");
    refused(&|path| fs::write(path, "#".repeat(2 << 20)).unwrap(), "cannot read the settings file");

    let clone = Clone::with_settings("");
    clone.project.write("repository/shared/settings.toml", "cache = 'kept'\n");
    fs::remove_file(clone.project.path("repository/enrich.toml")).unwrap();
    link("shared/settings.toml", clone.project.path("repository/enrich.toml"));
    assert_eq!(clone.enrich("", &["cache", "path"], &[]).stdout, "kept\n");
    // A folder of this name is no settings file.
    fs::remove_file(clone.project.path("repository/enrich.toml")).unwrap();
    fs::create_dir(clone.project.path("repository/enrich.toml")).unwrap();
    assert_eq!(clone.enrich("", &["cache", "path"], &[]).code, Some(0));
}
