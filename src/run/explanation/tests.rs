//! An explanation made by hand, as people and programs are told it.

use serde_json::{Value, json};

use super::*;
use crate::extract::explain::Explanation;

fn place(path: &str, line: u32, column: u32) -> Place {
    Place { path: path.into(), line, column }
}

fn entry(place: Place, id: Option<&str>, title: Option<&str>) -> Entry {
    Entry {
        place,
        id: id.map(|id| id.parse().unwrap()),
        title: title.map(str::to_owned),
        tags: vec!["Tides".to_owned()],
        venue: None,
        sections: vec!["Sea".to_owned(), "Bays".to_owned()],
        related: Vec::new(),
        rival: None,
        links: Vec::new(),
        citation: None,
    }
}

fn strings(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

/// Two lists: one with a group, two entries and a unit that was not read, one of which nothing is told but its entry.
fn reading() -> Reading {
    let explanation = Explanation {
        groups: vec![Group {
            place: place("input/list.md", 12, 1),
            units: "items",
            of: 37,
            entries: 36,
            title: Some(("first bold".to_owned(), 34)),
            tags: strings(&["badges", "field: tags"]),
            link_names: strings(&["kamori", "pdf"]),
        }],
        entries: vec![
            Because {
                entry: "it has a link to arXiv and stands among entries".to_owned(),
                title: Some("first bold".to_owned()),
                id: Some("the link".to_owned()),
            },
            Because { entry: "its siblings are entries".to_owned(), ..Because::default() },
        ],
        unread: vec![Unread {
            place: place("input/list.md", 13, 3),
            text: "See also the talk by the authors of the papers that stand below".to_owned(),
            why: "its links lead to videos".to_owned(),
        }],
    };
    Reading {
        entries: vec![
            entry(place("input/list.md", 12, 5), Some("2301.00001v2"), Some("Slow tides in a narrow bay")),
            entry(place("input/list.md", 14, 5), None, Some(&"Small lanterns in large rooms ".repeat(3))),
            entry(place("b.md", 1, 3), Some("2301.00002"), None),
        ],
        ends: vec![2, 3],
        explanations: vec![explanation, Explanation::default()],
        ..Reading::default()
    }
}

#[test]
fn people_are_told_each_thing_at_its_place_in_eighty_columns() {
    let told = text(&reading());
    let expected = "\
input/list.md:12:1  37 items, 36 of them entries
    title = first bold (34 of 37); tags = badges, field: tags; [kamori], [pdf]
    name links
input/list.md:12:5  2301.00001v2  Slow tides in a narrow bay
    an entry because it has a link to arXiv and stands among entries; title from
    first bold; id from the link
input/list.md:13:3  not read: \"See also the talk by the authors of the papers…\":
    its links lead to videos
input/list.md:14:5  -  Small lanterns in large rooms Small lanterns in large ro…
    an entry because its siblings are entries
b.md:1:3  2301.00002  (no title)
3 entries in 1 group; 1 not read
";
    assert_eq!(told, expected);
    assert!(told.lines().all(|line| line.width() <= WIDTH), "{told}");
}

#[test]
fn a_group_tells_what_it_shows_and_nothing_else() {
    let bare = Group {
        place: place("l.md", 1, 1),
        units: "rows",
        of: 1,
        entries: 1,
        title: None,
        tags: Vec::new(),
        link_names: Vec::new(),
    };
    let told = |group: Group| {
        let explanation = Explanation { groups: vec![group], ..Explanation::default() };
        text(&Reading { ends: vec![0], explanations: vec![explanation], ..Reading::default() })
    };
    assert_eq!(told(bare.clone()), "l.md:1:1  1 row, each an entry\n0 entries in 1 group; 0 not read\n");
    let named = Group { of: 2, link_names: strings(&["pdf"]), ..bare };
    assert!(told(named).starts_with("l.md:1:1  2 rows, 1 of them entries\n    [pdf] names a link\n0 entries"));
    assert_eq!(text(&Reading::default()), "0 entries; 0 not read\n");
}

#[test]
fn programs_are_told_the_same_with_its_kind() {
    let mut bytes = Vec::new();
    jsonl(&reading(), &mut bytes).unwrap();
    let lines: Vec<Value> =
        String::from_utf8(bytes).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let kinds: Vec<_> = lines.iter().map(|line| line["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["group", "entry", "unread", "entry", "entry"]);
    assert_eq!(
        lines[0],
        json!({
            "kind": "group", "path": "input/list.md", "line": 12, "column": 1, "units": "items", "of": 37, "entries": 36,
            "title": { "from": "first bold", "count": 34 }, "tags": ["badges", "field: tags"], "link_names": ["kamori", "pdf"],
        })
    );
    assert_eq!(
        lines[1],
        json!({
            "kind": "entry", "path": "input/list.md", "line": 12, "column": 5, "arxiv_id": "2301.00001", "version": 2,
            "title": "Slow tides in a narrow bay", "tags": ["Tides"], "sections": ["Sea", "Bays"],
            "because": { "entry": "it has a link to arXiv and stands among entries", "title": "first bold", "id": "the link" },
        })
    );
    assert_eq!(lines[2]["why"], "its links lead to videos");
    assert!(lines[2]["text"].as_str().unwrap().ends_with("that stand below"));
    assert_eq!(lines[4]["because"], Value::Null);
}

#[test]
fn nothing_that_a_list_says_reaches_the_terminal_as_a_command() {
    let hostile = "\u{1b}[2J\u{202e}\n\u{9b}".to_owned();
    let explanation = Explanation {
        groups: vec![Group {
            place: place(&hostile, 1, 1),
            units: "rows",
            of: 2,
            entries: 2,
            title: Some((hostile.clone(), 2)),
            tags: vec![hostile.clone()],
            link_names: vec![hostile.clone(), hostile.clone()],
        }],
        entries: vec![Because { entry: hostile.clone(), title: Some(hostile.clone()), id: Some(hostile.clone()) }],
        unread: vec![Unread { place: place(&hostile, 3, 1), text: hostile.clone(), why: hostile.clone() }],
    };
    let told = text(&Reading {
        entries: vec![entry(place(&hostile, 2, 1), None, Some(&hostile))],
        ends: vec![1],
        explanations: vec![explanation],
        ..Reading::default()
    });
    assert!(told.chars().all(|c| c == '\n' || !c.is_control() && c != '\u{202e}'), "{told:?}");
    assert!(
        told.lines().all(|line| line.starts_with("\\u{1b}[2J") || line.starts_with(' ') || line.starts_with("1 entry"))
    );
}
