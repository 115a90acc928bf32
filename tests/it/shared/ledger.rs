//! The ledger of what is read right from the real lists of `../shared`, a line a list: no list gets worse unseen.
//!
//! `tests/ledger/reading.tsv` counts, for each list, what is right of what there is, `12/13`, by the rules of
//! `../shared/score-extraction` and `../shared/score-agreement`; `-` stands where nothing is to be told. The last line sums it
//! up. `UPDATE_LEDGER=1 cargo test -- --ignored shared::ledger` writes it anew, which is right where lists are read better.
//! The lists and labels themselves are not part of the project.

mod agreement;
mod labels;

use std::collections::BTreeMap;
use std::fmt::{self, Write as _};
use std::ops::AddAssign;
use std::path::{Path, PathBuf};
use std::{env, fs};

use enrich::extract::{self, Options};

use crate::support::shared;

use agreement::Titles;
use labels::Label;

/// What is counted for a list, in the order of the columns.
const MEASURES: [&str; 7] = ["found", "title", "tags", "sections", "none", "owned", "agree"];

/// The folders of lists, each with its labels.
const FOLDERS: [&str; 3] = ["lists", "corpus", "home"];

/// How many are right of how many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Count {
    right: usize,
    of: usize,
}

/// A line of the ledger.
type Counts = [Count; MEASURES.len()];

type Ledger = BTreeMap<String, Counts>;

impl Count {
    fn add(&mut self, is_right: bool) {
        self.of += 1;
        self.right += usize::from(is_right);
    }
}

impl AddAssign for Count {
    fn add_assign(&mut self, other: Self) {
        self.right += other.right;
        self.of += other.of;
    }
}

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.of == 0 { write!(f, "-") } else { write!(f, "{}/{}", self.right, self.of) }
    }
}

fn path_of_ledger() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/ledger/reading.tsv")
}

/// The ledger as text: the lists by name, then their sum.
fn written(ledger: &Ledger) -> String {
    let mut text = format!("file\t{}\n", MEASURES.join("\t"));
    let mut sum = Counts::default();
    let mut line = |name: &str, counts: &Counts| {
        let counts = counts.iter().map(ToString::to_string).collect::<Vec<_>>();
        let _ = writeln!(text, "{name}\t{}", counts.join("\t"));
    };
    for (name, counts) in ledger {
        line(name, counts);
        sum.iter_mut().zip(counts).for_each(|(sum, count)| *sum += *count);
    }
    line("all", &sum);
    text
}

fn parsed(text: &str) -> Ledger {
    let count = |cell: &str| match cell.split_once('/') {
        Some((right, of)) => Count { right: right.parse().unwrap(), of: of.parse().unwrap() },
        None => Count::default(),
    };
    let lines = text.lines().skip(1).map(|line| line.split('\t').collect::<Vec<_>>());
    let lines = lines.map(|cells| {
        let counts = cells[1..].iter().map(|cell| count(cell)).collect::<Vec<_>>();
        (cells[0].to_owned(), Counts::try_from(counts).unwrap())
    });
    lines.filter(|(name, _)| name != "all").collect()
}

/// What is read now of every list.
fn measured() -> Ledger {
    let titles = Titles::read(&fs::read_to_string(shared("corpus/TITLES.tsv")).unwrap());
    let mut ledger = Ledger::new();
    for folder in FOLDERS {
        let folder_at = shared(folder);
        let labels = Label::all(&fs::read_to_string(folder_at.join("labels.jsonl")).unwrap());
        let named = fs::read_dir(&folder_at).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_file());
        let named = named.map(|path| path.file_name().unwrap().to_string_lossy().into_owned());
        let judged = named.filter(|name| agreement::is_judged(&format!("{folder}/{name}")));
        let mut files: BTreeMap<String, Vec<&Label>> = judged.map(|name| (name, Vec::new())).collect();
        for label in &labels {
            files.entry(label.file.clone()).or_default().push(label);
        }
        for (name, labels) in files {
            let path = format!("{folder}/{name}");
            let bytes = fs::read(folder_at.join(&name)).unwrap();
            let text = String::from_utf8_lossy(bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&bytes));
            let entries = extract::list(&name, &text, &Options::default()).entries;
            let [found, title, tags, sections, none] = labels::counts(&labels, &entries);
            let [owned, agree] = match agreement::is_judged(&path) {
                true => titles.counts(&text, &entries),
                false => Default::default(),
            };
            ledger.insert(path, [found, title, tags, sections, none, owned, agree]);
        }
    }
    ledger
}

/// What is worse now than a ledger has it, each with its list and its measure.
fn worse(before: &Ledger, now: &Ledger) -> Vec<String> {
    let mut worse = Vec::new();
    for (name, old) in before {
        let new = now.get(name).copied().unwrap_or_default();
        for ((measure, old), new) in MEASURES.iter().zip(old).zip(new) {
            // With other labels the counts cannot be told apart; for `agree` it is what has a title that is counted.
            let is_other = *measure != "agree" && old.of != new.of;
            if new.right < old.right || is_other {
                worse.push(format!("{name}: {measure} was {old}, is {new}"));
            }
        }
    }
    worse.extend(
        now.keys().filter(|name| !before.contains_key(*name)).map(|name| format!("{name} is not in the ledger")),
    );
    worse
}

#[test]
#[ignore = "needs ../shared"]
fn no_list_is_read_worse_than_the_ledger_says() {
    let now = measured();
    if env::var_os("UPDATE_LEDGER").is_some_and(|value| value == "1") {
        fs::create_dir_all(path_of_ledger().parent().unwrap()).unwrap();
        fs::write(path_of_ledger(), written(&now)).unwrap();
    }
    let text = fs::read_to_string(path_of_ledger()).unwrap();
    let worse = worse(&parsed(&text), &now);
    assert!(worse.is_empty(), "read worse than tests/ledger/reading.tsv says:\n{}", worse.join("\n"));
    assert!(
        now.len() > 200 && written(&parsed(&text)) == text,
        "tests/ledger/reading.tsv is a ledger as it is written"
    );
}

#[test]
fn a_list_that_gets_worse_is_named_with_its_measure() {
    let count = |right, of| Count { right, of };
    let before: Ledger = [("lists/a.md".to_owned(), [count(3, 4); MEASURES.len()])].into();
    assert_eq!(parsed(&written(&before)), before);
    let with = |at: usize, new: Count| {
        let mut now = before.clone();
        now.get_mut("lists/a.md").unwrap()[at] = new;
        worse(&before, &now)
    };
    assert_eq!(with(1, count(2, 4)), ["lists/a.md: title was 3/4, is 2/4"]);
    assert_eq!(with(5, count(4, 4)), Vec::<String>::new());
    assert_eq!(with(6, count(3, 3)), Vec::<String>::new());
    assert_eq!(with(4, count(4, 5)), ["lists/a.md: none was 3/4, is 4/5"]);
    assert_eq!(worse(&Ledger::new(), &before), ["lists/a.md is not in the ledger"]);
}
