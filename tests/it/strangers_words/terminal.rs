//! Nothing that a list, a file's name or a service says moves the cursor, changes colours or turns a line around.

use crate::support::{FakeArxiv, FakePaper, Faults, Project};

/// Clears the screen, sets the window's title, turns the line around, and does the first again as one character.
const HOSTILE: &str = "\u{1b}[2J\u{1b}]0;owned\u{7}\u{202e}txt\u{9b}2J\u{200b}";

/// A list whose entries, links and BibTeX draw findings that quote it.
fn list() -> String {
    format!(
        "# {HOSTILE}\n\n- [Boats {HOSTILE}](https://arxiv.org/abs/2301.99999{HOSTILE})\n\
         - [Ships {HOSTILE}](https://arxiv.org/abs/2399.00001) `{HOSTILE}`\n\
         - [Rafts](http://arxiv.org/abs//2301.00002)\n\n@misc{{a{HOSTILE}, title = {{x}} y {{\n"
    )
}

fn project() -> Project {
    let project = Project::with_list(&list());
    project.write(format!("{HOSTILE}.md"), list());
    project
}

/// Only what begins our own colours may follow an escape character.
fn check(said: &str, what: &str) {
    for (at, _) in said.match_indices('\u{1b}') {
        let after = &said[at + 1..];
        let end = after.find(|c: char| !(c == '[' || c == ';' || c.is_ascii_digit())).unwrap_or(after.len());
        assert!(after[end..].starts_with('m'), "{what}: {:?}", &said[at..]);
    }
    let obeyed =
        |c: char| c.is_control() && !matches!(c, '\n' | '\t' | '\u{1b}') || matches!(c, '\u{202e}' | '\u{200b}');
    assert!(!said.contains(obeyed), "{what}: {said:?}");
}

#[test]
fn what_goes_to_a_person_holds_no_command_of_strangers() {
    let project = project();
    let arxiv = FakeArxiv::start(vec![FakePaper::new("2301.00002").title(HOSTILE)], Faults::none());
    let name = format!("{HOSTILE}.md");
    let url = arxiv.url();
    let asking = ["--api-url", &url, "--interval", "0ms", "--color", "always", "-vv"];
    let commands: [&[&str]; 6] = [
        &["run", "list.md", &name, "--output", "output"],
        &["check", "list.md", &name],
        &["run", HOSTILE],
        &["run", "list.md", "--update", HOSTILE],
        &["run", "list.md", "--output", "list.md"],
        &["check", "list.md", &name, "--ignore", HOSTILE],
    ];
    for command in commands {
        let outcome = project.enrich(&[command, &asking].concat());
        assert!(!outcome.stderr.is_empty(), "{command:?}");
        check(&outcome.stderr, &format!("standard error of {command:?}"));
        check(&outcome.stdout, &format!("findings of {command:?}"));
    }
    for command in [
        &["extract", "--format", "table", &name][..],
        &["extract", "--explain", &name],
        &["extract", HOSTILE],
        &["cache", "--cache", HOSTILE, "stats"],
        &[HOSTILE],
    ] {
        let outcome = project.enrich(command);
        check(&outcome.stderr, &format!("standard error of {command:?}"));
        check(&outcome.stdout, &format!("{command:?}"));
    }
}

#[test]
fn what_is_not_drawn_is_shown_by_its_number() {
    let said = project().enrich(&["extract", "--format", "table", "list.md"]).stdout;
    assert!(said.contains("Boats \\u{1b}[2J\\u{1b}]0;owned\\u{7}\\u{202e}txt\\u{9b}2J\\u{200b}"), "{said}");
}

#[test]
fn data_and_patches_keep_every_byte() {
    let project = project();
    let jsonl = project.enrich(&["extract", "--format", "jsonl", "list.md"]).stdout;
    let first: serde_json::Value = serde_json::from_str(jsonl.lines().next().unwrap()).unwrap();
    assert!(first["title"].as_str().unwrap().contains('\u{202e}'), "{first}");
    let patch = project.enrich(&["check", "list.md", "--diff", "--offline", "--no-cache"]).stdout;
    assert!(patch.contains("+- [Rafts](https://arxiv.org/abs/2301.00002)"), "{patch}");
    assert!(patch.contains(HOSTILE), "{patch:?}");
}
