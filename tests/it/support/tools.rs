//! The programs of others that outputs are opened with: an office, a browser, a reference processor. `.ci/tools` installs them,
//! so continuous integration never goes without; elsewhere a test whose program is missing says so and is passed over.

use std::env;
use std::path::{Path, PathBuf};

/// The program of this name, from the search path or from `target/tools`; `None`, and a word of it, where it is missing.
pub fn tool(name: &str) -> Option<PathBuf> {
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/tools");
    let folders = [own.join("bin"), own.join("node_modules/.bin")];
    let path = env::var_os("PATH").unwrap_or_default();
    let found =
        folders.into_iter().chain(env::split_paths(&path)).map(|folder| folder.join(name)).find(|at| at.is_file());
    if found.is_none() {
        missing(name);
    }
    found
}

/// A file of a package that `.ci/tools` has npm install, as in `axe-core/axe.min.js`.
pub fn node_file(name: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/tools/node_modules").join(name);
    if path.is_file() {
        return Some(path);
    }
    missing(name);
    None
}

#[allow(clippy::print_stdout, reason = "a test that is passed over says so")]
fn missing(name: &str) {
    assert!(env::var_os("CI").is_none(), "{name} is missing: .ci/tools should have installed it");
    println!("skipped: {name} is not installed (.ci/tools installs it)");
}
