//! Answers of the real services and real lists, recorded by others in a folder `../shared` beside the project. They are not part
//! of it, so these tests are ignored unless they are asked for: `cargo test -- --ignored shared::`.

mod atom;
mod ledger;
mod oai;
mod snapshot;

use std::fs;

use crate::support::shared;

/// Every recorded answer in a folder, with the path that it is called by.
fn recorded(folder: &str) -> Vec<(String, String)> {
    let files = fs::read_dir(shared(folder)).unwrap().map(|entry| entry.unwrap().path());
    let files = files.filter(|path| path.extension().is_some_and(|ending| ending == "xml"));
    let answers: Vec<_> = files.map(|path| (path.display().to_string(), fs::read_to_string(path).unwrap())).collect();
    assert!(!answers.is_empty(), "{folder} holds recorded answers");
    answers
}
