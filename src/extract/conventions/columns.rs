//! The columns of a table that label its papers, whatever their header says: their cells are few words that recur, where a title
//! differs in every row.

use std::collections::HashMap;
use std::ops::Range;

use crate::extract::document::{Document, Kind, RunKind};
use crate::extract::labels::{self, Meaning};
use crate::extract::names;
use crate::extract::plain;
use crate::extract::words;

/// The rows that are looked at: their habits are those of the table.
const SAMPLE: usize = 400;
/// A column of fewer values shows no habit.
const FEWEST: usize = 4;
/// A label has as many words at most.
const MOST_WORDS: usize = 4;
/// The marks that may stand between two labels of a cell, besides commas.
const MARKS: [char; 2] = ['&', '、'];

/// The habits of one column.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::extract) struct Habits {
    /// Its cells label: they are short and recur.
    pub(in crate::extract) labels: bool,
    /// A mark that separates labels in a cell, since what it separates recurs.
    pub(in crate::extract) mark: Option<char>,
}

#[derive(Default)]
struct Column {
    values: Vec<String>,
    links: usize,
}

/// Returns the habits of each column over these rows. In a table with cells that reach over several rows there is none: which column
/// a cell stands in is then known only in reading it.
pub(in crate::extract) fn habits(document: &Document<'_>, rows: impl Iterator<Item = Range<usize>>) -> Vec<Habits> {
    let mut columns: Vec<Column> = Vec::new();
    let mut count = 0;
    for row in rows.take(SAMPLE) {
        count += 1;
        let mut at = 0;
        for block in &document.blocks[row] {
            let Kind::Cell { rows, columns: wide } = block.kind else { continue };
            if rows > 1 {
                return Vec::new();
            }
            if columns.len() <= at {
                columns.resize_with(at + 1, Column::default);
            }
            let runs = document.runs_of(block);
            columns[at].links += usize::from(runs.iter().any(|run| run.link.is_some()));
            let words = runs.iter().map(|run| if run.kind == RunKind::HardBreak { "," } else { &*run.text });
            let text = plain::line(&words.collect::<String>());
            if text.chars().any(char::is_alphanumeric) {
                columns[at].values.push(text);
            }
            at += usize::from(wide.clamp(1, 64));
        }
    }
    let habits = |column: &Column| {
        let mark = mark(column);
        Habits { labels: labels(column, mark, count), mark }
    };
    columns.iter().map(habits).collect()
}

fn labels(column: &Column, mark: Option<char>, rows: usize) -> bool {
    let count = column.values.len();
    if count < FEWEST || count * 2 < rows || column.links * 10 > count {
        return false;
    }
    let few = |is: &dyn Fn(&str) -> bool, tenths: usize| {
        column.values.iter().filter(|value| is(value)).count() * 10 <= count * tenths
    };
    let is_long = |value: &str| parts(value, mark).any(|part| plain::word_count(part) > MOST_WORDS || part.len() > 60);
    let is_number = |value: &str| plain::is_date(value) || !value.chars().any(char::is_alphabetic);
    // "@jane", "https://…", "PDF", "yes": an account, an address, a link's name, an answer.
    let is_other = |value: &str| {
        value.starts_with('@')
            || value.contains("://")
            || words::is(value, words::Kind::None)
            || labels::meaning(value).is_some_and(|meaning| matches!(meaning, Meaning::Paper | Meaning::Elsewhere))
    };
    few(&is_long, 1) && few(&is_number, 3) && few(&is_other, 1) && few(&|value| names::is_author_list(value), 2) && {
        let seen = counts(column.values.iter().flat_map(|value| parts(value, mark)));
        seen.len() * 10 < seen.values().sum::<usize>() * 6
    }
}

fn parts(value: &str, mark: Option<char>) -> impl Iterator<Item = &str> {
    value
        .split(move |c| matches!(c, ',' | ';' | '|' | '，' | '、') || Some(c) == mark)
        .map(str::trim)
        .filter(|part| !part.is_empty())
}

fn counts<'a>(parts: impl Iterator<Item = &'a str>) -> HashMap<&'a str, usize> {
    let mut seen = HashMap::new();
    parts.for_each(|part| *seen.entry(part).or_default() += 1);
    seen
}

/// The mark of which most parts stand in several cells.
fn mark(column: &Column) -> Option<char> {
    MARKS.into_iter().find(|mark| {
        let marked = column.values.iter().filter(|value| value.contains(*mark)).count();
        let seen = counts(column.values.iter().flat_map(|value| value.split(*mark)).map(str::trim));
        let split = column.values.iter().filter(|value| value.contains(*mark)).flat_map(|value| value.split(*mark));
        let (mut all, mut recurring) = (0, 0);
        for part in split {
            all += 1;
            recurring += usize::from(seen.get(part.trim()).is_some_and(|count| *count > 1));
        }
        marked >= FEWEST && recurring * 2 >= all
    })
}
