//! The rules of the house that no compiler holds: imports point down, neighbours never meet, files stay readable, no
//! test passes without having run.

use std::fs;
use std::path::{Path, PathBuf};

/// The floors of `src`, the highest first. A room may use those on lower floors, and none on its own.
const FLOORS: [&[&str]; 6] = [
    &["main", "lib"],
    &["printer", "settings", "shell"],
    &["cli"],
    &["cache", "run"],
    &["changes", "check", "export", "extract", "lists", "merge", "progress", "report", "source"],
    &["disk", "model", "tex"],
];

/// A file past this has a second subject that wants a room of its own.
const LONGEST_FILE: usize = 400;

/// Where `../shared` may be read.
const SHARED: [&str; 4] = ["src/extract/conventions/fit", "tests/it/shared", "tests/it/shared.rs", "tests/it/support"];

fn sources(folder: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                found.push(path);
            }
        }
    }
    assert!(found.len() > 5, "there are sources in {folder}");
    found
}

fn floor(room: &str) -> usize {
    FLOORS.iter().position(|rooms| rooms.contains(&room)).unwrap_or_else(|| panic!("`{room}` is on no floor"))
}

/// The room that a file belongs to: the first part of its path under `src`.
fn room(path: &Path) -> String {
    let inside = path.strip_prefix(Path::new(env!("CARGO_MANIFEST_DIR")).join("src")).unwrap();
    inside.iter().next().unwrap().to_string_lossy().trim_end_matches(".rs").to_owned()
}

/// The rooms that a file names: what follows `crate::`, and in `main` what follows `enrich::`.
fn used(text: &str) -> Vec<String> {
    let code = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
    let after = |prefix: &str| {
        let parts = code.split(prefix).skip(1);
        parts
            .map(|rest| rest.split(|c: char| !(c.is_alphanumeric() || c == '_')).next().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    after("crate::").into_iter().chain(after("use enrich::")).filter(|room| !room.is_empty()).collect()
}

#[test]
fn imports_point_down_and_neighbours_never_meet() {
    let mut wrong = Vec::new();
    for path in sources("src") {
        let own = room(&path);
        for other in used(&fs::read_to_string(&path).unwrap()) {
            if other != own && floor(&other) <= floor(&own) {
                wrong.push(format!("{} uses {other}", path.display()));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn only_disk_writes_files_and_only_progress_draws_a_bar() {
    let mut wrong = Vec::new();
    for path in sources("src").into_iter().filter(|path| !path.ends_with("tests.rs")) {
        let text = fs::read_to_string(&path).unwrap();
        let code = text.split("#[cfg(test)]").next().unwrap();
        for (word, owner) in [("fs::write", "disk"), ("File::create", "disk"), ("indicatif", "progress")] {
            if code.lines().any(|line| line.contains(word) && !line.trim_start().starts_with("//"))
                && room(&path) != owner
            {
                wrong.push(format!("{} says {word}", path.display()));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn no_test_passes_without_having_run() {
    let mut wrong = Vec::new();
    for path in sources("tests").into_iter().chain(sources("src")).filter(|path| !path.ends_with("it/house.rs")) {
        let text = fs::read_to_string(&path).unwrap();
        let inside = path.strip_prefix(env!("CARGO_MANIFEST_DIR")).unwrap();
        let is_test = inside.iter().any(|part| part == "tests" || part == "tests.rs");
        for line in text.lines().map(str::trim) {
            let gives_up = is_test && (line.ends_with("return;") || line.contains("{ return }"));
            let gives_no_reason = line.starts_with("#[ignore") && !line.starts_with("#[ignore = \"needs ");
            // `.ci/run` tells by the module which tests it can run.
            let is_misplaced = line.contains("../shared") && !SHARED.iter().any(|place| inside.starts_with(place));
            // What `tool` finds has a whole path, and `tool` fails where there is nothing to find.
            let program = line.split("Command::new(\"").nth(1);
            if gives_up || gives_no_reason || is_misplaced || program.is_some_and(|program| !program.starts_with('/')) {
                wrong.push(format!("{}: {line}", path.display()));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn every_file_says_what_it_is_and_stays_short() {
    let mut wrong = Vec::new();
    for path in sources("src").into_iter().chain(sources("tests")) {
        let text = fs::read_to_string(&path).unwrap();
        let lines = text.lines().count();
        if !text.starts_with("//!") {
            wrong.push(format!("{} does not open with what it is", path.display()));
        }
        if lines > LONGEST_FILE {
            wrong.push(format!("{} has {lines} lines", path.display()));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}
