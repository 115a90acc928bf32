//! Decides which units of a list present papers, which are their sections, and which are details of what stands above.
//! How a place is read that presents a paper is left to `compose`.

mod beside;
mod folds;
mod headings;
mod items;
mod paragraphs;

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use self::beside::Beside;
use super::list::List;
use crate::extract::features::title::Candidate;
use crate::extract::units::Shape;
use crate::extract::units::document::Task;

/// No heading is longer, in bytes: a longer one would stand in full in each record below it.
const LONGEST_SECTION: usize = 1_000;
/// What stands under more headings is filed under the first ones.
const DEEPEST_SECTION: usize = 64;

/// A place that may present papers.
#[derive(Debug)]
pub(super) struct Place {
    pub(super) what: What,
    /// The unit that it starts with.
    pub(super) unit: usize,
    /// Its stretch of the text.
    pub(super) within: Range<usize>,
    /// Its blocks.
    pub(super) blocks: Range<usize>,
    pub(super) task: Task,
    pub(super) sections: Arc<[String]>,
    pub(super) standing: Standing,
}

/// How a place is to be read.
#[derive(Debug)]
pub(super) enum What {
    /// Papers, in lines or links of their own where there are several.
    Papers,
    /// One paper, under a title that stands in a unit's own text: these are its candidates.
    Under(Vec<Candidate>),
    /// A text that cites papers.
    Cited,
    /// A table with its rows.
    Table,
    /// BibTeX, in a block or in running text.
    Bibtex,
}

/// What its surroundings say of a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// It is an entry.
    Sure,
    /// It is what its siblings are: the units of this number.
    Among(usize),
    /// It is an entry where it has a title of some words.
    Titled,
}

/// Returns the places of a list that may present papers, in order.
pub(super) fn places(list: &List<'_, '_>) -> Vec<Place> {
    let mut summaries = HashMap::new();
    let folds = (0..list.tree.units.len()).filter(|unit| list.shape(*unit) == Shape::Fold);
    folds.for_each(|fold| *summaries.entry(list.text(fold)).or_default() += 1);
    let is_entry = headings::entries(list);
    let mut plan = Plan { list, is_entry, places: Vec::new(), path: Vec::new(), summaries };
    plan.children(0);
    plan.places
}

struct Plan<'l, 'p, 'd> {
    list: &'l List<'p, 'd>,
    /// Which headings are titles of entries.
    is_entry: Vec<bool>,
    places: Vec<Place>,
    /// The headings over what is looked at.
    path: Vec<String>,
    /// How often each summary stands over what is folded away.
    summaries: HashMap<String, usize>,
}

impl Plan<'_, '_, '_> {
    fn children(&mut self, unit: usize) {
        let children = self.list.children(unit);
        self.siblings(&children);
    }

    /// Goes through units that stand side by side.
    fn siblings(&mut self, units: &[usize]) {
        let beside = Beside::of(self.list, units);
        let outer = self.path.len();
        let mut at = 0;
        while let Some(&unit) = units.get(at) {
            let next = match self.list.shape(unit) {
                Shape::Heading(_) => {
                    self.path.truncate(outer);
                    self.heading(unit);
                    at + 1
                }
                Shape::Item => {
                    let end = end_of_run(self.list, units, at);
                    match self.names_table(&units[at..end], units.get(end).copied()) {
                        Some(name) => self.category(outer, name),
                        None => self.items(&units[at..end]),
                    }
                    end
                }
                Shape::Table => {
                    self.place(What::Table, unit, unit..self.list.tree.units[unit].end, Standing::Among(unit));
                    at + 1
                }
                Shape::Paragraph => self.paragraph(&beside, at, outer),
                Shape::Fold => self.fold(&beside, at),
                Shape::Bibtex => {
                    self.place(What::Bibtex, unit, unit..unit + 1, Standing::Sure);
                    at + 1
                }
                Shape::Rule => {
                    self.path.truncate(outer);
                    at + 1
                }
                Shape::Root | Shape::Header | Shape::Row => at + 1,
            };
            at = next.max(at + 1);
        }
        self.path.truncate(outer);
    }

    /// Opens a line that heads what follows it, in place of the last one.
    fn category(&mut self, outer: usize, name: String) {
        self.path.truncate(outer);
        self.open(name);
    }

    fn open(&mut self, mut name: String) {
        name.truncate(name.floor_char_boundary(LONGEST_SECTION));
        self.path.push(name);
    }

    fn place(&mut self, what: What, unit: usize, units: Range<usize>, standing: Standing) {
        let blocks = self.list.blocks(units);
        self.place_blocks(what, unit, blocks, standing);
    }

    fn place_blocks(&mut self, what: What, unit: usize, blocks: Range<usize>, standing: Standing) {
        let named = self.path.iter().filter(|name| !name.is_empty()).take(DEEPEST_SECTION);
        let sections: Arc<[String]> = match self.places.last() {
            Some(last) if last.sections.iter().eq(named.clone()) => Arc::clone(&last.sections),
            _ => named.cloned().collect(),
        };
        let within = self.list.document.text_of(&blocks);
        let task = self.list.tree.units[unit].task;
        self.places.push(Place { what, unit, within, blocks, task, sections, standing });
    }
}

/// Where the units of one shape end that begin at a position.
fn end_of_run(list: &List<'_, '_>, units: &[usize], at: usize) -> usize {
    let shape = list.shape(units[at]);
    units[at..].iter().position(|unit| list.shape(*unit) != shape).map_or(units.len(), |length| at + length)
}
