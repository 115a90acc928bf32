//! The kinds of misreading that lists have taught, as small invented lists under tests/kinds, each with what is right to read
//! from it: beside `name.md` stands `name.tsv`, a line for each entry, in the order of the list.
//!
//! ```text
//! line  id  title  tags, joined by " | "  sections, by " > "  related, by " "      each `-` where there is none
//! line  none                                                                      no entry may start here
//! ```

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use enrich::extract::{self, Options};
use enrich::model::Entry;

/// What is told of an entry, as the columns of a `.tsv`.
const FIELDS: [&str; 6] = ["line", "id", "title", "tags", "sections", "related"];

type Row = [String; FIELDS.len()];

/// What is right to be read from a list.
#[derive(Default)]
struct Expected {
    entries: Vec<Row>,
    /// Lines where no entry may start.
    none: Vec<String>,
}

/// What was read otherwise than expected, a line for each field, and how many of the expectations were met.
#[derive(Default)]
struct Verdict {
    differences: Vec<String>,
    right: usize,
    of: usize,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/kinds")
}

/// The lists, by name.
fn lists() -> Vec<PathBuf> {
    let files = fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path());
    let is_list =
        |path: &PathBuf| path.extension().is_some_and(|ending| ending != "tsv") && !path.ends_with("not-yet.txt");
    let mut lists: Vec<_> = files.filter(is_list).collect();
    lists.sort();
    lists
}

fn expected(list: &Path) -> Expected {
    let path = list.with_extension("tsv");
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let mut expected = Expected::default();
    for line in text.lines() {
        match line.split('\t').collect::<Vec<_>>()[..] {
            [line, "none"] => expected.none.push(line.to_owned()),
            [line, id, title, tags, sections, related] => {
                expected.entries.push([line, id, title, tags, sections, related].map(str::to_owned));
            }
            _ => panic!("{}: not a row: {line}", path.display()),
        }
    }
    expected
}

fn seen(entry: &Entry) -> Row {
    let or_none = |text: String| if text.is_empty() { "-".to_owned() } else { text };
    // A heading's own colon is a matter of taste.
    let sections = entry.sections.iter().map(|section| section.trim_end_matches([':', '：'])).collect::<Vec<_>>();
    let related = entry.related.iter().map(ToString::to_string).collect::<Vec<_>>();
    [
        entry.place.line.to_string(),
        or_none(entry.id.as_ref().map(|id| id.id.to_string()).unwrap_or_default()),
        or_none(entry.title.clone().unwrap_or_default()),
        or_none(entry.tags.join(" | ")),
        or_none(sections.join(" > ")),
        or_none(related.join(" ")),
    ]
}

/// Which of the entries is the expected one: that with its identifier, else that without one at its line or with its title.
fn matching(expected: &Row, read: &[Row]) -> Option<usize> {
    let differing = |row: &Row| row.iter().zip(expected).filter(|(a, b)| a != b).count();
    let alike = |row: &Row| row[1] == expected[1] && (row[1] != "-" || row[0] == expected[0] || row[2] == expected[2]);
    let alike = read.iter().enumerate().filter(|(_, row)| alike(row));
    alike.min_by_key(|(_, row)| differing(row)).map(|(at, _)| at)
}

fn verdict(name: &str, text: &str, expected: &Expected) -> Verdict {
    let mut read: Vec<Row> = extract::list(name, text, &Options::default()).entries.iter().map(seen).collect();
    let mut verdict = Verdict { of: expected.entries.len() + expected.none.len(), ..Verdict::default() };
    let mut differ = |line: &str, field: &str, expected: &str, got: &str| {
        let place = format!("{name}:{line}");
        verdict.differences.push(format!("{place:42} {field:8} {expected:?}\n{:52}{got:?}", ""));
    };
    for row in &expected.entries {
        let Some(at) = matching(row, &read) else {
            differ(&row[0], "entry", &format!("{} {}", row[1], row[2]), "not read");
            continue;
        };
        let got = read.remove(at);
        verdict.right += usize::from(got == *row);
        for ((field, expected), got) in FIELDS.iter().zip(row).zip(&got).filter(|((_, expected), got)| expected != got)
        {
            differ(&row[0], field, expected, got);
        }
    }
    verdict.right += expected.none.iter().filter(|line| !read.iter().any(|row| row[0] == **line)).count();
    for row in &read {
        differ(&row[0], "none", "no entry", &format!("{} {}", row[1], row[2]));
    }
    verdict
}

/// The lists that are not yet read right, a name a line in tests/kinds/not-yet.txt. A line goes when its list is read right.
fn not_yet() -> BTreeSet<String> {
    let text = fs::read_to_string(folder().join("not-yet.txt")).unwrap();
    text.lines().filter(|line| !line.starts_with('#')).map(str::to_owned).collect()
}

#[test]
fn every_kind_of_list_is_read_right() {
    let mut wrong = BTreeSet::new();
    let (mut right, mut of, mut whole, mut table) = (0, 0, 0, String::new());
    let lists = lists();
    for path in &lists {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let verdict = verdict(&name, &fs::read_to_string(path).unwrap(), &expected(path));
        right += verdict.right;
        of += verdict.of;
        whole += usize::from(verdict.differences.is_empty());
        if !verdict.differences.is_empty() {
            wrong.insert(name);
        }
        verdict.differences.iter().for_each(|line| writeln!(table, "{line}").unwrap());
    }
    assert!(lists.len() > 100, "there are lists in {}", folder().display());
    let not_yet = not_yet();
    let (better, worse) = (&not_yet - &wrong, &wrong - &not_yet);
    assert!(better.is_empty(), "read right now, so no line of not-yet.txt: {better:?}");
    assert!(
        worse.is_empty(),
        "not read right: {worse:?}\nexpected, and below it what was read:\n{table}\n{whole} of {} lists are read wholly right, {right} of {of} entries right",
        lists.len()
    );
}

/// A `.tsv` is right only as long as it speaks of its own list.
#[test]
fn every_expectation_stands_in_its_list() {
    let mut wrong = Vec::new();
    for path in lists() {
        let text = fs::read_to_string(&path).unwrap();
        let expected = expected(&path);
        let lines = text.lines().count();
        for [line, id, ..] in &expected.entries {
            let number: usize = line.parse().unwrap();
            if number == 0 || number > lines || (id != "-" && !text.contains(id.as_str())) {
                wrong.push(format!("{}: {line} {id}", path.display()));
            }
        }
        wrong.extend(expected.none.iter().filter(|line| line.parse::<usize>().unwrap() > lines).cloned());
        if expected.entries.is_empty() && expected.none.is_empty() {
            wrong.push(format!("{} expects nothing", path.display()));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}
