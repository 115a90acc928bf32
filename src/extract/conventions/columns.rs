//! What the columns of a table hold: the title is long and differs in every row, a label is short and recurs, whatever their headers
//! say. Headers decide where the cells leave it open.

use std::collections::HashMap;
use std::ops::Range;

use crate::extract::features::labels::{self, Labelled, Meaning};
use crate::extract::features::links::Target;
use crate::extract::features::names;
use crate::extract::features::plain;
use crate::extract::features::title::{self, Setting};
use crate::extract::features::words::{self, Kind};
use crate::extract::options::{Options, TitleFrom};
use crate::extract::units::grid::GridRow;
use crate::extract::units::passage::LINE;

use super::titles::titleness;

/// The rows that are looked at: their habits are those of the table.
const SAMPLE: usize = 200;
/// A column of fewer values shows no habit.
const FEWEST: usize = 4;
/// A label has as many words at most.
const MOST_WORDS: usize = 4;
/// The marks that may stand between two labels of a cell, besides commas.
const MARKS: [char; 2] = ['&', '、'];
/// Headers of columns that hold the papers themselves, by title or by link.
const PAPERS: [&str; 8] = ["paper", "papers", "article", "reference", "work", "论文", "論文", "文献"];

/// What the cells of a column are.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(in crate::extract) struct Column {
    /// How much speaks for its holding the title.
    pub(in crate::extract) title: f32,
    /// What its cells are besides.
    pub(in crate::extract) holds: Holds,
    /// A mark that separates labels in a cell, since what it separates recurs.
    pub(in crate::extract) mark: Option<char>,
}

/// What the cells of a column are, where they are not the title.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::extract) enum Holds {
    Labels,
    /// Identifiers, perhaps bare ones.
    Identifiers,
    /// Dates, people or prose, by their header.
    Facts,
    #[default]
    Other,
}

/// What a header says of its column.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::extract) enum Header {
    /// The title, as the keeper of the list says.
    Named,
    Title,
    /// The papers, by title or by link.
    Papers,
    /// A name, which may be the title where nothing else is.
    Name,
    Labels(Option<char>),
    Identifiers,
    Facts,
    #[default]
    Unknown,
}

#[derive(Default)]
struct Cells {
    values: Vec<String>,
    /// How many reach over several rows.
    spanning: usize,
    links: usize,
    venues: usize,
    titles: f32,
}

/// Returns what the columns of a table hold, by their headers and by these rows.
pub(in crate::extract) fn columns(labelled: &Labelled<'_, '_>, headers: &[Header], rows: &[&GridRow]) -> Vec<Column> {
    let mut columns: Vec<Cells> = Vec::new();
    columns.resize_with(headers.len(), Cells::default);
    let sample = rows.len().min(SAMPLE);
    for row in &rows[..sample] {
        for cell in row.cells.iter().filter(|cell| !cell.is_from_above) {
            if columns.len() <= cell.column {
                columns.resize_with(cell.column + 1, Cells::default);
            }
            columns[cell.column].add(labelled, &cell.range);
            columns[cell.column].spanning += usize::from(cell.rows > 1);
        }
    }
    let header = |at: usize| headers.get(at).copied().unwrap_or_default();
    let is_grouped = columns.iter().any(|cells| cells.spanning > 0);
    let mut settled: Vec<Column> =
        columns.iter().enumerate().map(|(at, cells)| cells.settle(header(at), sample, is_grouped)).collect();
    // What is presented stands first, all else being equal.
    if let Some(first) = settled.iter_mut().find(|column| column.title > 0.0) {
        first.title *= 1.15;
    }
    // Beside a title a name is a label where it recurs.
    let has_title = (0..settled.len())
        .any(|at| matches!(header(at), Header::Named | Header::Title | Header::Papers) && settled[at].title > 0.5);
    for (at, column) in settled.iter_mut().enumerate() {
        if header(at) == Header::Name && has_title {
            column.title = column.title.min(0.3);
            if !is_grouped && columns[at].labels(column.mark, sample) {
                column.holds = Holds::Labels;
            }
        }
    }
    // A cell that reaches over several papers labels them.
    let title = (0..settled.len()).max_by(|one, other| settled[*one].title.total_cmp(&settled[*other].title));
    if is_grouped && title.is_some_and(|title| columns[title].spanning * 4 < columns[title].values.len()) {
        for (at, column) in settled.iter_mut().enumerate() {
            if header(at) == Header::Unknown && columns[at].groups() {
                *column = Column { title: 0.0, holds: Holds::Labels, ..*column };
            }
        }
    }
    settled
}

impl Cells {
    fn add(&mut self, labelled: &Labelled<'_, '_>, range: &Range<usize>) {
        let passage = labelled.passage;
        let links = passage.links_in(range);
        self.links += usize::from(!links.is_empty());
        let text = plain::line(&passage.text[range.clone()].trim().replace(LINE, ","));
        if text.chars().any(char::is_alphanumeric) {
            if let Some(title) = title::find(labelled, range) {
                let leads =
                    title.link.is_some_and(|link| matches!(passage.links[link].target, Target::Arxiv | Target::Paper));
                let is_set = title.setting == Setting::Bold;
                let words = plain::word_count(&title.text);
                // A name may be short where all of a column differs; prose goes on and on.
                let length = if words < 3 { 0.35 + 0.15 * words as f32 } else { titleness(&title.text) };
                let is_prose = words > 15 || title.text.contains("; ") || text.len() > 2 * title.text.len();
                let prose = if is_prose && !leads { 0.6 } else { 1.0 };
                self.titles += length
                    * prose
                    * if leads {
                        1.3
                    } else if is_set {
                        1.1
                    } else {
                        0.75
                    };
            }
            self.venues += usize::from(labelled.learned.is_venue(&text) && !plain::is_date(&text) && links.is_empty());
            self.values.push(text);
        }
    }

    fn settle(&self, header: Header, rows: usize, is_grouped: bool) -> Column {
        let mark = mark(self);
        let count = self.values.len().max(1) as f32;
        let distinct = counts(self.values.iter().map(String::as_str)).len() as f32 / count;
        let filled = (self.values.len() as f32 / rows.max(1) as f32).min(1.0);
        let cells = self.titles / count * distinct * (0.5 + 0.5 * filled);
        // Where cells reach over several rows, what others hold is left to their headers.
        let labels = !is_grouped && self.labels(mark, rows);
        let long = self.values.iter().map(|value| plain::word_count(value)).sum::<usize>() > 6 * self.values.len();
        let (title, holds, mark) = match header {
            Header::Named => (cells + 10.0, Holds::Other, mark),
            Header::Title => (cells + 1.5, Holds::Other, mark),
            // What is called so and says the same few things again and again is a label.
            Header::Papers if labels && distinct < 0.3 => (0.0, Holds::Labels, mark),
            Header::Papers if cells > 0.0 => (cells + 0.8, Holds::Other, mark),
            Header::Papers => (0.0, Holds::Other, mark),
            Header::Name => (cells + 0.4, Holds::Other, mark),
            // What leads to a paper each time is the paper.
            Header::Labels(_) if self.links * 2 > self.values.len() && cells > 0.7 => (cells, Holds::Other, mark),
            // What is called so and says something else in each row is prose.
            Header::Labels(None) if long && distinct > 0.8 && mark.is_none() => (0.0, Holds::Facts, mark),
            Header::Labels(own) => (0.0, Holds::Labels, mark.or(own)),
            Header::Identifiers => (0.0, Holds::Identifiers, mark),
            Header::Facts => (0.0, Holds::Facts, mark),
            Header::Unknown if labels || self.venues * 10 > self.values.len() * 6 => (0.0, Holds::Labels, mark),
            Header::Unknown => (cells, Holds::Other, mark),
        };
        Column { title, holds, mark }
    }

    /// Whether the cells group the rows that they reach over, by few words.
    fn groups(&self) -> bool {
        let is_label = |value: &&String| plain::word_count(value) <= MOST_WORDS && !plain::is_date(value);
        self.spanning * 2 >= self.values.len().max(1)
            && self.links == 0
            && self.values.iter().all(|value| is_label(&value))
    }

    /// Whether the cells label: they are few words that recur, and no links, dates or people.
    fn labels(&self, mark: Option<char>, rows: usize) -> bool {
        let count = self.values.len();
        if count < FEWEST || count * 2 < rows || self.links * 10 > count {
            return false;
        }
        let few = |is: &dyn Fn(&str) -> bool, tenths: usize| {
            self.values.iter().filter(|value| is(value)).count() * 10 <= count * tenths
        };
        let is_long = |value: &str| {
            parts(value, mark)
                .any(|part| plain::word_count(part) > MOST_WORDS + 2 * usize::from(!part.is_ascii()) || part.len() > 60)
        };
        let is_number = |value: &str| plain::is_date(value) || !value.chars().any(char::is_alphabetic);
        // "@jane", "https://…", "PDF", "yes": an account, an address, a link's name, an answer.
        let is_other = |value: &str| {
            value.starts_with('@')
                || value.contains("://")
                || words::is(value, Kind::None)
                || labels::meaning(value).is_some_and(|meaning| matches!(meaning, Meaning::Paper | Meaning::Elsewhere))
        };
        few(&is_long, 1)
            && few(&is_number, 3)
            && few(&is_other, 1)
            && few(&|value| names::is_author_list(value), 2)
            && {
                let seen = counts(self.values.iter().flat_map(|value| parts(value, mark)));
                let all = seen.values().sum::<usize>();
                all <= 4 * count && seen.values().filter(|count| **count > 1).sum::<usize>() * 2 >= all
            }
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
fn mark(column: &Cells) -> Option<char> {
    MARKS.into_iter().find(|mark| {
        let marked = column.values.iter().filter(|value| value.contains(*mark));
        let marked_count = marked.clone().count();
        if marked_count < 2 {
            return false;
        }
        let seen = counts(column.values.iter().flat_map(|value| value.split(*mark)).map(str::trim));
        let (mut all, mut recurring) = (0, 0);
        for part in marked.flat_map(|value| value.split(*mark)) {
            all += 1;
            recurring += usize::from(seen.get(part.trim()).is_some_and(|count| *count > 1));
        }
        recurring * 2 >= all || marked_count * 2 >= column.values.len()
    })
}

/// Returns what a header says of its column.
pub(in crate::extract) fn header(text: &str, options: &Options) -> Header {
    let text = plain::trim(text);
    let lower = text.to_lowercase();
    if matches!(&options.title, Some(TitleFrom::Column(name)) if name.to_lowercase() == lower) {
        return Header::Named;
    }
    if options.columns.iter().any(|column| column.eq_ignore_ascii_case(text)) {
        return Header::Labels(None);
    }
    let whole = words::kinds(&lower);
    if whole.has(Kind::Title) && !whole.has(Kind::Naming) {
        return Header::Title;
    }
    if whole.has(Kind::Tags) {
        return Header::Labels(Some(LINE));
    }
    if whole.has(Kind::Labelling) {
        return Header::Labels(None);
    }
    if whole.has(Kind::Prose) {
        return Header::Facts;
    }
    let parts = || lower.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()).take(8);
    let has = |kind| parts().any(|part| words::is(part, kind));
    let leads = parts().any(|part| words::is(part, Kind::Pointing) || part == "id");
    if parts().any(|part| words::is(part, Kind::Title) && !words::is(part, Kind::Naming)) {
        Header::Title
    } else if parts().any(|part| part == "arxiv" || part == "eprint") {
        Header::Identifiers
    } else if parts().any(|part| PAPERS.contains(&part)) && !leads {
        Header::Papers
    } else if has(Kind::Labelling) {
        Header::Labels(None)
    } else if has(Kind::Naming) {
        Header::Name
    } else {
        Header::Unknown
    }
}
