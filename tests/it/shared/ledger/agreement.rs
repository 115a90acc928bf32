//! Which of the e-prints that a list links to are entries, and whether their titles are what others call the papers, as
//! `../shared/score-agreement` has it.

use std::collections::{BTreeSet, HashMap};

use enrich::model::Entry;
use unicode_normalization::UnicodeNormalization;

use super::Count;
use super::labels::{folded, id_of, title_of};

/// The archives that numbered their e-prints themselves, until 2007.
const ARCHIVES: [&str; 34] = [
    "acc-phys", "adap-org", "alg-geom", "ao-sci", "astro-ph", "atom-ph", "bayes-an", "chao-dyn", "chem-ph", "cmp-lg",
    "comp-gas", "cond-mat", "cs", "dg-ga", "funct-an", "gr-qc", "hep-ex", "hep-lat", "hep-ph", "hep-th", "math",
    "math-ph", "mtrl-th", "nlin", "nucl-ex", "nucl-th", "patt-sol", "physics", "plasm-ph", "q-alg", "q-bio",
    "quant-ph", "solv-int", "supr-con",
];

/// The endings of files that are no lists, and what says of lists where they come from.
const NO_LISTS: [&str; 5] = [".tsv", ".jsonl", ".json", "README", "lists/README.md"];

/// Whether a file is judged by the papers that it links to.
pub(super) fn is_judged(path: &str) -> bool {
    !NO_LISTS.iter().any(|ending| path.ends_with(ending))
}

/// What sources that are independent of a list call its papers.
pub(super) struct Titles(HashMap<String, Vec<Vec<char>>>);

impl Titles {
    pub(super) fn read(tsv: &str) -> Self {
        let mut titles: HashMap<String, Vec<Vec<char>>> = HashMap::new();
        for (id, title) in tsv.lines().filter_map(|line| line.split_once('\t')) {
            let title = title.split('\t').next().unwrap_or_default();
            titles.entry(id.to_owned()).or_default().push(letters(title));
        }
        Self(titles)
    }

    /// How many of the e-prints that a list links to are an entry's own; and how many of the titles of these are known and agree.
    pub(super) fn counts(&self, text: &str, entries: &[Entry]) -> [Count; 2] {
        let mut own: HashMap<String, Vec<&str>> = HashMap::new();
        for entry in entries {
            let titles = id_of(entry).map(|id| own.entry(id).or_default());
            titles
                .into_iter()
                .for_each(|titles| titles.extend(Some(title_of(entry)).filter(|title| !title.is_empty())));
        }
        let [mut owned, mut agree] = [Count::default(); 2];
        for id in linked(text) {
            let titles = own.get(&id);
            owned.add(titles.is_some());
            if let (Some(titles), Some(known)) = (titles.filter(|titles| !titles.is_empty()), self.0.get(&id)) {
                agree.add(titles.iter().any(|title| known.iter().any(|known| is_same(&letters(title), known))));
            }
        }
        [owned, agree]
    }
}

/// The e-prints that a text links to, but for those in comments and the sources of pictures.
fn linked(text: &str) -> BTreeSet<String> {
    let text = without_pictures(text);
    let lower = text.to_ascii_lowercase();
    let mut found = BTreeSet::new();
    for (at, start) in lower.match_indices("arxiv.org/") {
        let (rest, shown) = (&lower[at + start.len()..], &text[at + start.len()..]);
        let kind = ["abs/", "pdf/", "html/"].into_iter().find(|kind| rest.starts_with(kind));
        found.extend(kind.and_then(|kind| identifier(shown[kind.len()..].trim_start_matches('/'))));
    }
    for (at, start) in lower.match_indices("10.48550/arxiv.") {
        // A number of today does not count after a point.
        found.extend(old_identifier(&text[at + start.len()..]));
    }
    found
}

fn identifier(text: &str) -> Option<String> {
    new_identifier(text).or_else(|| old_identifier(text))
}

fn new_identifier(text: &str) -> Option<String> {
    let (date, number) = text.split_once('.')?;
    let is_date = date.len() == 4 && date.bytes().all(|byte| byte.is_ascii_digit());
    let digits = number.bytes().take_while(u8::is_ascii_digit).count();
    let is_month = is_date && matches!(date[2..].parse(), Ok(1..=12));
    (is_month && matches!(digits, 4 | 5)).then(|| format!("{date}.{}", &number[..digits]))
}

fn old_identifier(text: &str) -> Option<String> {
    let (archive, number) = text.split_once('/')?;
    let digits = number.bytes().take_while(u8::is_ascii_digit).count();
    let is_archive = ARCHIVES.iter().any(|known| known.eq_ignore_ascii_case(archive));
    (is_archive && digits == 7).then(|| format!("{archive}/{}", &number[..digits]))
}

/// The text without comments and pictures.
fn without_pictures(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['<', '!']) {
        let (before, here) = rest.split_at(at);
        kept.push_str(before);
        let end = hidden(here).unwrap_or(0);
        // What hides nothing is a letter like others.
        kept.push_str(&here[..usize::from(end == 0)]);
        rest = &here[end.max(1)..];
    }
    kept + rest
}

/// How long what begins here is, if it is a comment or a picture.
fn hidden(text: &str) -> Option<usize> {
    let until = |start: &str, end: &str| {
        let inside = text.strip_prefix(start)?;
        Some(start.len() + inside.find(end)? + end.len())
    };
    let picture = || {
        let label = until("![", "]")?;
        let target = text[label..].strip_prefix('(')?;
        Some(label + 1 + target.find(')')? + 1)
    };
    until("<!--", "-->").or_else(|| until("<img", ">")).or_else(picture)
}

/// The letters and digits of a title, without the commands of TeX.
fn letters(title: &str) -> Vec<char> {
    let mut parts = title.split('\\');
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let command = part.bytes().take_while(u8::is_ascii_lowercase).count();
        let ends = !part[command..].starts_with(|c: char| c.is_alphanumeric() || c == '_');
        text.push_str(&part[if ends { command } else { 0 }..]);
    }
    folded(text.nfkd()).chars().collect()
}

/// Whether a title is a known one: all of it, its beginning, or nine tenths of its letters in the same order.
fn is_same(mine: &[char], known: &[char]) -> bool {
    let is_beginning = known.starts_with(mine) || known.len() * 115 > mine.len() * 100 && mine.starts_with(known);
    let share = 2 * common(mine, known);
    mine == known || mine.len() >= 8 && is_beginning || !mine.is_empty() && share * 10 >= 9 * (mine.len() + known.len())
}

/// How many letters two texts have in common: those of the longest stretch, and of what stands before and after it.
fn common(a: &[char], b: &[char]) -> usize {
    let (mut at_a, mut at_b, mut longest) = (0, 0, 0);
    let mut lengths: Vec<usize> = vec![0; b.len() + 1];
    for (i, left) in a.iter().enumerate() {
        // From the end, so that what stands before is still that of the letter before.
        for (j, right) in b.iter().enumerate().rev() {
            lengths[j + 1] = if left == right { lengths[j] + 1 } else { 0 };
        }
        for (j, length) in lengths.iter().enumerate().skip(1) {
            if *length > longest {
                (at_a, at_b, longest) = (i + 1 - length, j - length, *length);
            }
        }
    }
    match longest {
        0 => 0,
        _ => {
            let after = common(&a[at_a + longest..], &b[at_b + longest..]);
            longest + common(&a[..at_a], &b[..at_b]) + after
        }
    }
}

#[test]
fn links_are_found_where_they_lead_somewhere() {
    let text = "[a](https://arxiv.org/abs/2301.00001v2) <!-- arxiv.org/abs/2301.00002 --> ![b](https://arxiv.org/pdf/2301.00003) \
                <img src=\"arxiv.org/abs/2301.00004\"> ! < http://ArXiv.org/PDF//hep-th/9901001.pdf arxiv.org/abs/2313.00005 \
                arxiv.org/abs/2301.000066 arxiv.org/abs/0711.0189";
    assert_eq!(linked(text), ["2301.00001", "hep-th/9901001", "0711.0189"].map(str::to_owned).into());
}

#[test]
fn a_title_is_the_known_one_where_little_differs() {
    let same = |mine: &str, known: &str| is_same(&letters(mine), &letters(known));
    assert!(same("Slow Tides: in a $\\mathbf{narrow}$ bay", "Slow tides in a narrow bay"));
    assert!(same("Slow tides", "Slow tides in a narrow bay"));
    assert!(same("Slow tides in the narrow bay", "Slow tides in a narrow bay"));
    assert!(!same("Quiet comets over the sea", "Slow tides in a narrow bay"));
    assert!(!same("", "Slow tides in a narrow bay"));
}
