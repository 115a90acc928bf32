//! The things that Rust does not bring along: the programs that outputs are opened with, which `.ci/tools` installs, and the
//! folder `../shared` of recorded answers and real lists. A test that needs one is ignored unless ignored tests are asked for,
//! and fails where it is missing: nothing here lets a test pass that did not run.

use std::env;
use std::path::{Path, PathBuf};

/// The program of this name, from the search path.
pub fn tool(name: &str) -> PathBuf {
    check_ignored(name);
    let path = env::var_os("PATH").unwrap_or_default();
    let found = env::split_paths(&path).map(|folder| folder.join(name)).find(|at| at.is_file());
    found.unwrap_or_else(|| panic!("{name} is missing: .ci/tools installs it"))
}

/// A file or folder that `.ci/tools` puts into `target/tools`: `bin/python` with all its packages, `node_modules/axe-core`.
pub fn installed(path: &str) -> PathBuf {
    there("target/tools", path, ".ci/tools installs it")
}

/// A file or folder of `../shared`.
pub fn shared(path: &str) -> PathBuf {
    there("../shared", path, "it is not part of the project")
}

fn there(folder: &str, path: &str, remark: &str) -> PathBuf {
    check_ignored(path);
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder).join(path);
    assert!(path.exists(), "{} is missing: {remark}", path.display());
    path
}

/// Fails on every machine where a test is not marked as ignored, and not first on one that lacks the program.
fn check_ignored(needed: &str) {
    let is_asked_for = |argument: String| matches!(argument.as_str(), "--ignored" | "--include-ignored" | "--bench");
    assert!(env::args().any(is_asked_for), "a test that needs {needed} must be marked with #[ignore = \"needs …\"]");
}
