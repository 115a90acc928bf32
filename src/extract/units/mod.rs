//! A document as a tree, without a word of vocabulary: headings with what they hold, items with their children, rows of tables, what is
//! folded away, paragraphs.

pub(super) mod document;
pub(super) mod grid;
pub(super) mod passage;

use std::collections::HashMap;
use std::ops::Range;

use foldhash::fast::FixedState;

use self::document::{Document, Kind, Row, Task};
use super::features::plain;

/// What a unit is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Shape {
    /// The list itself.
    Root,
    /// A heading with all that stands under it. Between two levels of the list there is room for one that its headings show.
    Heading(u8),
    /// What is folded away; its own text is the summary.
    Fold,
    /// An item: its own lines, then what is nested in it.
    Item,
    Table,
    /// A row that names columns.
    Header,
    Row,
    Paragraph,
    Bibtex,
    /// A line across the page.
    Rule,
}

/// One unit of the tree.
#[derive(Clone, Debug)]
pub(super) struct Unit {
    pub(super) shape: Shape,
    /// Its own blocks, without its children's.
    pub(super) own: Range<usize>,
    pub(super) parent: usize,
    /// The unit after its last descendant.
    pub(super) end: usize,
    /// Whether it is a task, and done.
    pub(super) task: Task,
    depth: u16,
}

/// The units of a list, each before its children.
#[derive(Debug)]
pub(super) struct Tree {
    pub(super) units: Vec<Unit>,
}

impl Tree {
    /// Returns the children of a unit, in order.
    pub(super) fn children(&self, unit: usize) -> impl Iterator<Item = usize> {
        let end = self.units[unit].end;
        let first = Some(unit + 1).filter(|first| *first < end);
        std::iter::successors(first, move |child| Some(self.units[*child].end).filter(|next| *next < end))
    }

    /// Returns whether a unit has children.
    pub(super) fn has_children(&self, unit: usize) -> bool {
        self.units[unit].end > unit + 1
    }

    /// Builds the tree of a document.
    pub(super) fn of(document: &Document<'_>) -> Self {
        let levels = levels(document);
        let mut builder =
            Builder { units: Vec::with_capacity(document.blocks.len() / 2 + 1), open: Vec::new(), folds: 0, beyond: 0 };
        builder.push(Shape::Root, 0..0, 0);
        for (index, block) in document.blocks.iter().enumerate() {
            builder.block(index, block.kind, block.depth, levels.get(&index).copied());
        }
        builder.close(0);
        Self { units: builder.units }
    }
}

/// What is folded away deeper than this is read as if it were not folded: recursion stays bounded.
const DEEPEST_FOLD: usize = 24;

/// The levels of headings, doubled. A heading over nothing but one of its own level stands above it where that one's text recurs in the
/// list and its own does not: `## Lanterns`, `## 2031`, ….
fn levels(document: &Document<'_>) -> HashMap<usize, u8, FixedState> {
    let headings: Vec<(usize, u8, String)> = document
        .blocks
        .iter()
        .enumerate()
        .filter_map(|(index, block)| match block.kind {
            Kind::Heading(level) => Some((index, level, plain::line(&document.passage.text[block.range.clone()]))),
            _ => None,
        })
        .collect();
    let mut counts: HashMap<(u8, &str), usize, FixedState> = HashMap::default();
    for (_, level, text) in &headings {
        *counts.entry((*level, text)).or_default() += 1;
    }
    let recurs =
        |(_, level, text): &(usize, u8, String)| counts.get(&(*level, text.as_str())).is_some_and(|count| *count > 1);
    let is_over = |position: usize| {
        let heading = &headings[position];
        let next = headings.get(position + 1).filter(|next| next.0 == heading.0 + 1 && next.1 == heading.1);
        next.is_some_and(|next| recurs(next) && !recurs(heading))
    };
    // One alone is a slip.
    let are_over = (0..headings.len()).filter(|position| is_over(*position)).count() > 1;
    let level = |position: usize| 2 * headings[position].1 - u8::from(are_over && is_over(position));
    (0..headings.len()).map(|position| (headings[position].0, level(position))).collect()
}

struct Builder {
    units: Vec<Unit>,
    /// The units that are open, outermost first.
    open: Vec<usize>,
    /// How many of them are folded away, and how many more would be that were passed over.
    folds: usize,
    beyond: usize,
}

impl Builder {
    fn push(&mut self, shape: Shape, own: Range<usize>, depth: u16) {
        let parent = self.open.last().copied().unwrap_or(0);
        self.open.push(self.units.len());
        let end = self.units.len() + 1;
        self.units.push(Unit { shape, own, parent, end, task: Task::None, depth });
    }

    fn leaf(&mut self, shape: Shape, index: usize, depth: u16) {
        self.push(shape, index..index + 1, depth);
        self.open.pop();
    }

    /// Closes all open units from a position of the stack on.
    fn close(&mut self, from: usize) {
        let end = self.units.len();
        for unit in self.open.drain(from..) {
            self.units[unit].end = end;
            self.folds -= usize::from(self.units[unit].shape == Shape::Fold);
        }
    }

    fn top(&mut self) -> Option<&mut Unit> {
        let top = *self.open.last()?;
        self.units.get_mut(top)
    }

    fn position(&self, is: impl Fn(&Unit) -> bool) -> Option<usize> {
        self.open.iter().rposition(|unit| is(&self.units[*unit]))
    }

    fn block(&mut self, index: usize, kind: Kind, depth: u16, level: Option<u8>) {
        let is_row = matches!(kind, Kind::Row(_) | Kind::Cell { .. });
        if !is_row && let Some(table) = self.position(|unit| unit.shape == Shape::Table) {
            self.close(table);
        }
        // What lies less deep than an item, or is the next item, ends it.
        let is_item = matches!(kind, Kind::Item(_));
        let ends = |unit: &Unit| unit.shape == Shape::Item && (unit.depth > depth || is_item && unit.depth == depth);
        if let Some(item) = self.open.iter().position(|unit| ends(&self.units[*unit])) {
            self.close(item);
        }
        match kind {
            Kind::Heading(_) => self.heading(index, level.unwrap_or(2)),
            Kind::Item(task) => {
                self.push(Shape::Item, index..index + 1, depth);
                if let Some(item) = self.top() {
                    item.task = task;
                }
            }
            Kind::Paragraph | Kind::Bibtex => {
                // The lines of an item are its own up to what is nested in it.
                let count = self.units.len();
                let is_last = self.open.last().is_some_and(|top| top + 1 == count);
                match self.top() {
                    Some(item) if item.shape == Shape::Item && is_last && item.own.end == index => item.own.end += 1,
                    _ if kind == Kind::Bibtex => self.leaf(Shape::Bibtex, index, depth),
                    _ => self.leaf(Shape::Paragraph, index, depth),
                }
            }
            Kind::Table => self.push(Shape::Table, index..index + 1, depth),
            Kind::Row(row) => {
                if let Some(row) = self.position(|unit| matches!(unit.shape, Shape::Row | Shape::Header)) {
                    self.close(row);
                }
                let shape = if row == Row::Header { Shape::Header } else { Shape::Row };
                self.push(shape, index..index + 1, depth);
            }
            Kind::Cell { .. } => {
                if let Some(row) = self.top() {
                    row.own.end = index + 1;
                }
            }
            Kind::Details if self.folds >= DEEPEST_FOLD => self.beyond += 1,
            Kind::Details => {
                self.folds += 1;
                self.push(Shape::Fold, index..index + 1, depth);
            }
            Kind::Summary => match self.top() {
                Some(fold) if fold.shape == Shape::Fold && fold.own.end == index => fold.own.end += 1,
                _ => self.leaf(Shape::Paragraph, index, depth),
            },
            Kind::DetailsEnd if self.beyond > 0 => self.beyond -= 1,
            Kind::DetailsEnd => {
                if let Some(fold) = self.position(|unit| unit.shape == Shape::Fold) {
                    self.close(fold);
                }
            }
            Kind::Rule => self.leaf(Shape::Rule, index, depth),
        }
    }

    /// Opens a heading. Headings of its level and below end, and with them what stands in them.
    fn heading(&mut self, index: usize, level: u8) {
        let is_above = |unit: &Unit| matches!(unit.shape, Shape::Heading(above) if above < level);
        let is_heading = |unit: &Unit| matches!(unit.shape, Shape::Heading(_));
        // A folded part encloses the headings within it, unless a heading as high as those around it shows that it was never closed.
        let fold = self.position(|unit| unit.shape == Shape::Fold).filter(|fold| {
            let around = self.open[..*fold].iter().rev().map(|unit| &self.units[*unit]).find(|unit| is_heading(unit));
            around.is_none_or(is_above)
        });
        let floor = fold.map_or(1, |fold| fold + 1);
        let end = self.position(is_above).map_or(1, |above| above + 1).max(floor);
        self.close(end);
        self.push(Shape::Heading(level), index..index + 1, 0);
    }
}
