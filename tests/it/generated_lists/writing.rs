//! Writes generated lists: papers by a seed, put down by the habits of one hand.

use std::ops::Range;

use proptest::prelude::*;

use super::habits::{Habits, Linked, Names, Nesting, Numbering, Order, Separator, Setting, habits};
use super::words::{NONSENSE, RENAMED, people, venue};
use crate::support::{mixed, pick};

/// A paper of a list.
#[derive(Clone, Debug)]
pub(crate) struct Paper {
    /// Its identifier, where it is on arXiv.
    pub(crate) id: Option<String>,
    pub(crate) title: String,
    /// Where it is to be read, where the list tells.
    address: Option<String>,
    number: usize,
    authors: String,
    venue: String,
    year: u64,
    /// How many links stand beside the first one.
    more: usize,
}

/// A list: its papers, in sections, and the habits that it is written with.
#[derive(Clone, Debug)]
pub(crate) struct List {
    pub(crate) habits: Habits,
    sections: Vec<Vec<Paper>>,
}

/// What is changed of a list when it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Change {
    None,
    /// The paper of this number is left out.
    Without(usize),
    /// Every name of a link is another one.
    Renamed,
}

/// Lists of four papers or more in one to three sections, of which some hold a single paper.
pub(crate) fn lists() -> impl Strategy<Value = List> {
    let sizes = proptest::collection::vec(1usize..=5, 1..=3);
    let sizes = sizes.prop_map(|mut sizes| {
        sizes[0] += 4usize.saturating_sub(sizes.iter().sum());
        sizes
    });
    (habits(), sizes, any::<u64>()).prop_map(|(habits, sizes, seed)| List::new(habits, &sizes, seed))
}

impl List {
    fn new(habits: Habits, sizes: &[usize], seed: u64) -> Self {
        let number = |text: &str| *pick(&(0..1_000).collect::<Vec<usize>>(), mixed(seed ^ text.len() as u64));
        let (title, id) = (number("title"), number("id"));
        let mut next = 0..sizes.iter().sum::<usize>();
        let mut paper = |at: usize| {
            let seed = seed.wrapping_add(31 * at as u64);
            let id = (habits.linked == Linked::All || at % 5 != 1)
                .then(|| format!("23{:02}.{:05}", id % 12 + 1, 10 * id + at));
            // A title that is a link leads somewhere.
            let is_linked = matches!(habits.setting, Setting::Link | Setting::BoldLink) || seed.is_multiple_of(2);
            let elsewhere = is_linked.then(|| format!("https://journal.example/{at}.pdf"));
            Paper {
                address: id.as_ref().map(|id| format!("https://arxiv.org/abs/{id}")).or(elsewhere),
                more: if id.is_some() { *pick(&[0, 1, 1, 2], seed) } else { 0 },
                id,
                number: at,
                // A step that shares no factor with the number of titles: neighbours differ in every word.
                title: habits.language.title((title + 1_171 * at) % 4_096),
                authors: people(seed),
                venue: format!("{} {}", venue(seed), 2_020 + seed % 12),
                year: 2_020 + seed % 12,
            }
        };
        let sections = sizes.iter().map(|size| next.by_ref().take(*size).map(&mut paper).collect()).collect();
        Self { habits, sections }
    }

    pub(crate) fn papers(&self) -> impl Iterator<Item = &Paper> {
        self.sections.iter().flatten()
    }

    /// The text of the list.
    pub(crate) fn written(&self, change: Change) -> String {
        let mut text = "# Reading\n\n".to_owned();
        let mut start = 0;
        for (at, papers) in self.sections.iter().enumerate() {
            let numbers = start..start + papers.len();
            start = numbers.end;
            let section = self.habits.language.section(at);
            let units = self.units(papers, numbers, change);
            match self.habits.nesting {
                Nesting::Flat => text.push_str(&units),
                Nesting::Headings => text.push_str(&format!("## {section}\n\n{units}\n")),
                Nesting::Items if self.habits.setting == Setting::Cell => {
                    text.push_str(&format!("- {section}\n\n{units}\n"));
                }
                Nesting::Items => text.push_str(&format!("- {section}\n{units}")),
                Nesting::Folds => {
                    text.push_str(&format!("<details>\n<summary>{section}</summary>\n\n{units}\n</details>\n\n"));
                }
            }
        }
        text
    }

    /// The entries of a section, without the one that is left out.
    fn units(&self, papers: &[Paper], numbers: Range<usize>, change: Change) -> String {
        let is_first_table = numbers.start == 0 || self.habits.nesting != Nesting::Flat;
        let head =
            if self.habits.setting == Setting::Cell && is_first_table { self.table_head() } else { String::new() };
        let kept = numbers.clone().zip(papers).filter(|(number, _)| change != Change::Without(*number));
        let units = kept.map(|(number, paper)| {
            let place = match self.habits.nesting {
                Nesting::Flat => number,
                _ => number - numbers.start,
            };
            match self.habits.setting {
                Setting::Heading => self.under_heading(paper, place + 1, change),
                Setting::Cell => self.row(paper, place + 1, change),
                _ => self.item(paper, place + 1, change),
            }
        });
        [head].into_iter().chain(units).collect()
    }

    fn item(&self, paper: &Paper, number: usize, change: Change) -> String {
        let mark = match self.habits.numbering {
            Numbering::Hyphen => "- ".to_owned(),
            Numbering::Star => "* ".to_owned(),
            Numbering::Box => "- [ ] ".to_owned(),
            Numbering::Number => format!("{number}. "),
        };
        let indent = if self.habits.nesting == Nesting::Items { "  " } else { "" };
        let width = if self.habits.numbering == Numbering::Box { 2 } else { mark.len() };
        let separator = self.separator(&format!("{indent}{}", " ".repeat(width)));
        format!("{indent}{mark}{}\n", self.fields(paper, Some(self.set(paper)), change).join(&separator))
    }

    fn under_heading(&self, paper: &Paper, number: usize, change: Change) -> String {
        let mark = if self.habits.numbering == Numbering::Number { format!("{number}. ") } else { String::new() };
        let fields = self.fields(paper, None, change).join(&self.separator(""));
        format!("### {mark}{}\n\n{fields}\n\n", self.with_affixes(paper, paper.title.clone()))
    }

    fn row(&self, paper: &Paper, number: usize, change: Change) -> String {
        let mut cells: Vec<_> = self.columns().map(|column| self.cell(column, paper, change)).collect();
        if self.habits.numbering == Numbering::Number {
            cells.insert(0, number.to_string());
        }
        format!("| {} |\n", cells.join(" | "))
    }

    fn table_head(&self) -> String {
        let names = self.habits.language.columns();
        let mut heads: Vec<_> = self.columns().map(|column| names[column]).collect();
        if self.habits.numbering == Numbering::Number {
            heads.insert(0, "#");
        }
        format!("| {} |\n|{}\n", heads.join(" | "), "---|".repeat(heads.len()))
    }

    /// The columns of a table, by their number in the words of a language.
    fn columns(&self) -> impl Iterator<Item = usize> {
        let columns: &[usize] = match self.habits.order {
            Order::TitleAlone => &[0, 4],
            Order::AuthorsAfter => &[0, 1, 4],
            Order::AuthorsBefore => &[1, 0, 4],
            Order::VenueBefore => &[2, 0, 1, 4],
            Order::VenueAfter => &[0, 1, 2, 4],
            Order::YearBefore => &[3, 0, 4],
            Order::YearAfter => &[0, 1, 3, 4],
        };
        columns.iter().copied()
    }

    fn cell(&self, column: usize, paper: &Paper, change: Change) -> String {
        match column {
            0 => paper.title.clone(),
            1 => paper.authors.clone(),
            2 => paper.venue.clone(),
            3 => paper.year.to_string(),
            _ => self.links(paper, change).unwrap_or_default(),
        }
    }

    fn separator(&self, indent: &str) -> String {
        match self.habits.separator {
            Separator::Hyphen => " - ".to_owned(),
            Separator::Comma => ", ".to_owned(),
            Separator::Pipe => " | ".to_owned(),
            Separator::Period => ". ".to_owned(),
            Separator::Dash => " — ".to_owned(),
            Separator::Colon => ": ".to_owned(),
            Separator::LineBreak => format!("  \n{indent}"),
        }
    }

    /// The fields of an entry that is no row, in their order.
    fn fields(&self, paper: &Paper, title: Option<String>, change: Change) -> Vec<String> {
        let title = title.map(|title| self.with_affixes(paper, title));
        let authors = Some(paper.authors.clone());
        let fields = match self.habits.order {
            Order::TitleAlone | Order::YearBefore => [title, None, None],
            Order::AuthorsBefore => [authors, title, None],
            Order::VenueAfter => [title, authors, Some(paper.venue.clone())],
            Order::AuthorsAfter | Order::VenueBefore | Order::YearAfter => [title, authors, None],
        };
        fields.into_iter().flatten().chain(self.links(paper, change)).collect()
    }

    /// The title with what stands right beside it.
    fn with_affixes(&self, paper: &Paper, title: String) -> String {
        match self.habits.order {
            Order::VenueBefore => format!("[{}] {title}", paper.venue),
            Order::YearBefore => format!("[{}/05] {title}", paper.year),
            Order::YearAfter => format!("{title} ({})", paper.year),
            _ => title,
        }
    }

    /// The title as the list sets it.
    fn set(&self, paper: &Paper) -> String {
        let (title, address) = (&paper.title, paper.address.as_deref().unwrap_or_default());
        match self.habits.setting {
            Setting::Link => format!("[{title}]({address})"),
            Setting::BoldLink => format!("**[{title}]({address})**"),
            Setting::Bold => format!("**{title}**"),
            Setting::Italic => format!("*{title}*"),
            Setting::Quoted => self.habits.language.quoted(title),
            Setting::Plain | Setting::Heading | Setting::Cell => title.clone(),
        }
    }

    /// The links beside the title.
    fn links(&self, paper: &Paper, change: Change) -> Option<String> {
        let is_linked = matches!(self.habits.setting, Setting::Link | Setting::BoldLink);
        let paper_itself = paper.address.clone().filter(|_| !is_linked);
        let names = match (self.habits.names, change) {
            (Names::BareUrl, _) => return paper_itself,
            (Names::Identifier, _) => return paper_itself.and(paper.id.as_ref().map(|id| format!("arXiv:{id}"))),
            (_, Change::Renamed) => RENAMED,
            (Names::Nonsense, _) => NONSENSE,
            (Names::Own, _) => self.habits.language.names(),
            (Names::Known | Names::Bracketed, _) => ["pdf", "code", "project"],
        };
        let more = ["https://github.com/a/", "https://pages.example/"].map(|start| format!("{start}{}", paper.number));
        let addresses = paper_itself.iter().chain(&more[..paper.more]);
        let links = addresses.zip(&names[usize::from(is_linked)..]).map(|(address, name)| match self.habits.names {
            Names::Bracketed => format!("[[{name}]({address})]"),
            _ => format!("[{name}]({address})"),
        });
        Some(links.collect::<Vec<_>>().join(" ")).filter(|links| !links.is_empty())
    }
}
