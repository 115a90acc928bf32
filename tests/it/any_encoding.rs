//! A list is read as editors read it, whatever its encoding and line ends, and what is written into it stays in them.

use std::fs;

use crate::support::{FakeArxiv, FakePaper, Faults, Project};

const LIST: &str = "# Größe\n\n- naïve [Ä title](http://arxiv.org/abs/2403.00001)\n- ü [B](https://arxiv.org/abs/2413.00001)\n\n\
                    <!-- enrich:start -->\n<!-- enrich:end -->\nEnde für heute\n";

/// An encoding by its name, and how it writes a text.
type Encoding = (&'static str, fn(&str) -> Vec<u8>);

/// What editors save.
const ENCODINGS: [Encoding; 7] = [
    ("UTF-8", |text| text.as_bytes().to_vec()),
    ("UTF-8 with a mark", |text| ["\u{feff}", text].concat().into_bytes()),
    ("UTF-16LE with a mark", |text| ["\u{feff}", text].concat().encode_utf16().flat_map(u16::to_le_bytes).collect()),
    ("UTF-16BE with a mark", |text| ["\u{feff}", text].concat().encode_utf16().flat_map(u16::to_be_bytes).collect()),
    ("UTF-16LE", |text| text.encode_utf16().flat_map(u16::to_le_bytes).collect()),
    ("UTF-16BE", |text| text.encode_utf16().flat_map(u16::to_be_bytes).collect()),
    ("Windows-1252", |text| text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect()),
];

const LINE_ENDS: [&str; 3] = ["\n", "\r\n", "\r"];

fn each(check: impl Fn(&str, &dyn Fn(&str) -> Vec<u8>)) {
    for (name, encode) in ENCODINGS {
        for end in LINE_ENDS {
            check(&format!("{name} with {end:?}"), &|text| encode(&text.replace('\n', end)));
        }
    }
}

fn arxiv() -> FakeArxiv {
    FakeArxiv::start([FakePaper::new("2403.00001").title("A Title")], Faults::none())
}

#[test]
fn a_list_says_the_same_in_every_encoding_at_the_same_places() {
    let project = Project::with_list(LIST);
    let expected = project.enrich(&["extract", "list.md"]);
    assert!(expected.stdout.contains("Ä title") && expected.stderr.contains("list.md:4:5: warning: "), "{expected:?}");
    each(|name, encode| {
        project.write("list.md", encode(LIST));
        let outcome = project.enrich(&["extract", "list.md"]);
        assert_eq!((outcome.code, &outcome.stdout), (Some(0), &expected.stdout), "{name}");
        let (of_encoding, others): (Vec<_>, Vec<_>) =
            outcome.stderr.lines().partition(|line| line.contains("[not-utf8]"));
        assert_eq!(others, expected.stderr.lines().collect::<Vec<_>>(), "{name}");
        let told =
            ["list.md:1:5: warning: the list is not UTF-8; it was read as Windows-1252 [not-utf8]; save it as UTF-8"];
        assert_eq!(of_encoding, if name.starts_with("Windows") { &told[..] } else { &[] }, "{name}");
    });
}

#[test]
fn every_form_knows_every_line_end() {
    for (path, text) in [
        (
            "list.txt",
            "Papers\n======\n\n- A title, https://arxiv.org/abs/2403.00001\n- B, https://arxiv.org/abs/2403.00002\n",
        ),
        (
            "list.html",
            "<h1>Papers</h1>\n<ul>\n<li><a href=\"https://arxiv.org/abs/2403.00001\">A</a>\n<li>arXiv:2403.00002\n</ul>\n",
        ),
        (
            "list.bib",
            "% about\n@misc{a,\n  title = {A},\n  eprint = {2403.00001}\n}\n@misc{b,\n  title = {B\n  C},\n}\n",
        ),
        ("page.md", "---\ntitle: A\nauthors: [B]\narxiv: 2403.00001\n---\n\nText\n"),
    ] {
        let project = Project::with_list("");
        let said = |end: &str| {
            project.write(path, text.replace('\n', end));
            let outcome = project.enrich(&["extract", path]);
            assert_eq!(outcome.code, Some(0), "{path} {end:?} {}", outcome.stderr);
            (outcome.stdout.replace("\\r\\n", "\\n"), outcome.stderr)
        };
        let expected = said("\n");
        assert!(LINE_ENDS.iter().all(|end| said(end) == expected), "{path}");
    }
}

#[test]
fn a_repair_keeps_encoding_mark_and_line_ends() {
    let arxiv = arxiv();
    let url = arxiv.url();
    each(|name, encode| {
        let project = Project::with_list("");
        project.write("list.md", encode(LIST));
        let usual = ["check", "list.md", "--fail-on", "never", "--api-url", &url, "--interval", "0ms"];
        let outcome = project.enrich(&[&usual[..], &["--fix"]].concat());
        assert!(outcome.stderr.contains("list.md:3:19: repaired: "), "{name}: {}", outcome.stderr);
        let repaired = encode(&LIST.replace("http:", "https:"));
        assert_eq!(fs::read(project.path("list.md")).unwrap(), repaired, "{name}");
    });
}

#[test]
fn an_update_keeps_encoding_mark_and_line_ends() {
    let arxiv = arxiv();
    let updated = |list: &[u8], name: &str| {
        let project = Project::with_list("");
        project.write("list.md", list);
        let outcome = project.run(&arxiv, &["--update", "list.md"]);
        assert_eq!(outcome.code, Some(0), "{name}: {}", outcome.stderr);
        fs::read(project.path("list.md")).unwrap()
    };
    let expected = String::from_utf8(updated(LIST.as_bytes(), "UTF-8")).unwrap();
    assert!(expected.contains("| [A Title](https://arxiv.org/abs/2403.00001) |"), "{expected}");
    each(|name, encode| {
        assert_eq!(updated(&encode(LIST), name), encode(&expected), "{name}");
    });
}

#[test]
fn what_an_encoding_cannot_hold_is_refused_and_the_file_stays() {
    let arxiv = FakeArxiv::start([FakePaper::new("2403.00001").title("Über 图")], Faults::none());
    let project = Project::with_list("");
    let (_, windows) = ENCODINGS[6];
    let bytes = windows(LIST);
    project.write("list.md", &bytes);
    let outcome = project.run(&arxiv, &["--update", "list.md"]);
    assert_eq!((outcome.code, outcome.json), (Some(1), None), "{}", outcome.stderr);
    assert!(outcome.stderr.contains("error: cannot write the papers into list.md\n"), "{}", outcome.stderr);
    assert!(outcome.stderr.contains("caused by: it is in Windows-1252, which has no `图`\n"), "{}", outcome.stderr);
    assert_eq!(fs::read(project.path("list.md")).unwrap(), bytes);
}
