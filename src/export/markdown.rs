//! `papers.md`: a table for each section of the lists, for people who read the repository itself.
//!
//! The words of lists and of arXiv stand in it as text (`inert`), so that nothing in a title can end a cell or the table.

mod place;
mod sentence;

use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;
use std::io::{self, Write};

use super::inert;
use crate::model::{Author, Record, Status};

pub use self::place::refreshed;

/// So many authors are named before `et al.`
const NAMED_AUTHORS: usize = 3;

/// Headings go no deeper in Markdown and HTML.
const DEEPEST: usize = 6;

/// The papers under the headings that they share.
struct Section<'a> {
    path: &'a [String],
    papers: Vec<&'a Record>,
}

/// A file of its own, with a heading above the sections.
pub(super) fn write(records: &[Record], to: &mut dyn Write) -> io::Result<()> {
    writeln!(to, "# Papers\n")?;
    to.write_all(tables(records, 2).as_bytes())
}

/// The sections with their tables, the outermost headings at this level, from 1. Every line ends with a line feed.
pub fn tables(records: &[Record], level: usize) -> String {
    let columns: Vec<_> = Column::ALL.into_iter().filter(|column| column.is_needed(records)).collect();
    let sections = sections(records);
    let shared = shared_headings(&sections);
    let mut text = String::new();
    let mut above: &[String] = &[];
    for section in &sections {
        let path = &section.path[shared.min(section.path.len())..];
        let same = path.iter().zip(above).take_while(|(one, other)| one == other).count();
        for (depth, heading) in path.iter().enumerate().skip(same) {
            let marks = "#".repeat((level + depth).min(DEEPEST));
            // Writing into memory cannot fail.
            let _ = writeln!(text, "{marks} {}\n", inert::text(heading));
        }
        above = path;
        table(&columns, &section.papers, &mut text);
        text.push('\n');
    }
    text.truncate(text.trim_end().len());
    text.push('\n');
    text
}

fn table(columns: &[Column], papers: &[&Record], text: &mut String) {
    let mut row = |cells: Vec<String>| {
        let _ = writeln!(text, "| {} |", cells.join(" | "));
    };
    row(columns.iter().map(|column| column.heading().to_owned()).collect());
    row(columns.iter().map(|_| "---".to_owned()).collect());
    for paper in papers {
        row(columns.iter().map(|column| column.cell(paper)).collect());
    }
}

/// Every section with the papers that the lists name there, both in the order of the lists. A paper stands in each of its
/// sections once.
fn sections(records: &[Record]) -> Vec<Section<'_>> {
    let mut lists: HashMap<&str, usize> = HashMap::new();
    let mut places = Vec::new();
    for (paper, record) in records.iter().enumerate() {
        for (mention, path) in record.mentions.iter().zip(&record.sections) {
            let next = lists.len();
            let list = *lists.entry(&mention.path).or_insert(next);
            places.push((list, mention.line, path.as_slice(), paper));
        }
    }
    places.sort_by_key(|(list, line, ..)| (*list, *line));
    let mut sections: Vec<Section<'_>> = Vec::new();
    let mut known: HashMap<&[String], usize> = HashMap::new();
    let mut stands = HashSet::new();
    for (_, _, path, paper) in places {
        let at = *known.entry(path).or_insert_with(|| {
            sections.push(Section { path, papers: Vec::new() });
            sections.len() - 1
        });
        if stands.insert((at, paper)) {
            sections[at].papers.push(&records[paper]);
        }
    }
    sections
}

/// How many outermost headings all sections share: the list's own title, which tells nothing apart.
fn shared_headings(sections: &[Section<'_>]) -> usize {
    let Some(first) = sections.first() else { return 0 };
    let shared =
        |section: &Section<'_>| section.path.iter().zip(first.path).take_while(|(one, other)| one == other).count();
    sections.iter().map(shared).min().unwrap_or(0)
}

#[derive(Clone, Copy)]
enum Column {
    Paper,
    Authors,
    Venue,
    Categories,
    Tags,
    Abstract,
}

impl Column {
    const ALL: [Self; 6] = [Self::Paper, Self::Authors, Self::Venue, Self::Categories, Self::Tags, Self::Abstract];

    fn heading(self) -> &'static str {
        match self {
            Self::Paper => "Paper",
            Self::Authors => "Authors",
            Self::Venue => "Venue",
            Self::Categories => "Categories",
            Self::Tags => "Tags",
            Self::Abstract => "Abstract",
        }
    }

    /// A column that is empty from top to bottom is left out.
    fn is_needed(self, records: &[Record]) -> bool {
        records.iter().any(|record| !self.cell(record).is_empty())
    }

    fn cell(self, record: &Record) -> String {
        match self {
            Self::Paper => paper(record),
            Self::Authors => authors(&record.authors),
            Self::Venue => venue(record),
            Self::Categories => {
                record.categories.iter().map(|category| format!("`{category}`")).collect::<Vec<_>>().join(" ")
            }
            Self::Tags => record.tags.iter().map(|tag| inert::text(tag)).collect::<Vec<_>>().join(", "),
            Self::Abstract => record.shown_abstract().map(sentence::first).map(inert::text).unwrap_or_default(),
        }
    }
}

fn paper(record: &Record) -> String {
    let title = record.shown_title().map(inert::text).filter(|title| !title.is_empty());
    let title = title.unwrap_or_else(|| "(no title)".to_owned());
    let listed = record.links.iter().map(|link| link.url.as_str());
    let address = record.url.as_deref().into_iter().chain(listed).find_map(inert::address);
    let name = address.map_or(title.clone(), |address| format!("[{title}]({address})"));
    match record.status {
        _ if record.withdrawn => format!("{name} (withdrawn)"),
        Status::NotFound => format!("{name} (not on arXiv)"),
        Status::Enriched | Status::Unreachable | Status::NoArxivId => name,
    }
}

fn authors(authors: &[Author]) -> String {
    let named: Vec<_> = authors.iter().take(NAMED_AUTHORS).map(|author| inert::text(author.name())).collect();
    let others = if authors.len() > NAMED_AUTHORS { " et al." } else { "" };
    format!("{}{others}", named.join(", "))
}

/// Where the paper appeared, as the list says, else as arXiv says; of a preprint, the year in which it was submitted.
fn venue(record: &Record) -> String {
    let cited = record.citation.as_ref().and_then(|citation| {
        let venue = citation.venue.as_ref()?;
        Some(citation.year.map_or(venue.clone(), |year| format!("{venue} {year}")))
    });
    let named = record.venue.as_ref().map(ToString::to_string);
    let submitted = record.published.map(|time| time.strftime("arXiv %Y").to_string());
    let venue = named.or_else(|| record.journal_ref.clone()).or(cited).or(submitted);
    venue.as_deref().map(inert::text).unwrap_or_default()
}
