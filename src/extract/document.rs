//! The one shape that every form of list is brought into: blocks of styled runs with links, each with its place in the text.
//!
//! Markdown, HTML and plain text fill a [`Document`] through [`Builder`]; what comes after never asks which form it was.
//! A document is handed on section by section, so that a list of any length needs room for its longest section only.
//! What the blocks mean is left to `entries`.

mod builder;

use std::ops::Range;
use std::sync::Arc;

use pulldown_cmark::CowStr;

use super::conventions::Conventions;
use super::links::{Sighting, Target};

pub(super) use self::builder::Builder;

/// Lists nested deeper than this are read as if they were this deep: nobody nests so, and recursion stays bounded.
const DEEPEST: u16 = 24;

/// A piece of text of one style.
#[derive(Clone, Debug)]
pub(super) struct Run<'a> {
    /// The text; empty for images and breaks.
    pub(super) text: CowStr<'a>,
    /// Where it starts in the list.
    pub(super) at: usize,
    pub(super) kind: RunKind,
    pub(super) style: Style,
    /// The link that it belongs to, as an index into [`Document::links`].
    pub(super) link: Option<u32>,
}

/// What a run is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RunKind {
    Text,
    Code,
    /// An index into [`Document::images`].
    Image(u32),
    /// A line end that stands for a space.
    SoftBreak,
    /// A line end that the writer wants to be one.
    HardBreak,
}

/// How a run is set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Style {
    pub(super) bold: bool,
    pub(super) italic: bool,
    pub(super) underlined: bool,
}

/// Where a link leads.
#[derive(Clone, Debug)]
pub(super) struct Link<'a> {
    pub(super) url: CowStr<'a>,
    pub(super) at: usize,
    pub(super) target: Target,
    /// What stands in its address where an identifier would.
    pub(super) named: Vec<Sighting>,
    /// Its text recurs in the list with other addresses: it says where the link leads.
    pub(super) is_name: bool,
}

/// A picture; to a reading list it is above all a badge.
#[derive(Clone, Debug)]
pub(super) struct Image<'a> {
    pub(super) src: CowStr<'a>,
    pub(super) alt: String,
    pub(super) at: usize,
}

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Heading(u8),
    Paragraph,
    /// The start of a list item; the blocks after it that lie deeper are its content.
    Item(Task),
    /// A code block that holds BibTeX. Other code is left out of the document: it names nobody's papers.
    Bibtex,
    Table,
    Row(Row),
    Cell {
        rows: u16,
        columns: u16,
    },
    /// The start of a part that can be folded away.
    Details,
    Summary,
    DetailsEnd,
    /// A line across the page.
    Rule,
}

/// Whether an item is a task, and whether it is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Task {
    None,
    Open,
    Done,
}

/// What a table row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Row {
    Header,
    Body,
}

/// One block with its runs.
#[derive(Clone, Debug)]
pub(super) struct Block {
    pub(super) kind: Kind,
    /// Indices into [`Document::runs`].
    pub(super) runs: Range<usize>,
    /// In how many list items it stands; an item counts itself.
    pub(super) depth: u16,
    pub(super) at: usize,
}

/// One section of a list: a heading, if there is one, and everything up to the next.
#[derive(Debug, Default)]
pub(super) struct Document<'a> {
    pub(super) blocks: Vec<Block>,
    pub(super) runs: Vec<Run<'a>>,
    pub(super) links: Vec<Link<'a>>,
    pub(super) images: Vec<Image<'a>>,
    /// What the whole list's repetition shows.
    pub(super) conventions: Arc<Conventions>,
}

impl<'a> Document<'a> {
    /// The runs of a block.
    pub(super) fn runs_of(&self, block: &Block) -> &[Run<'a>] {
        &self.runs[block.runs.clone()]
    }

    fn lengths(&self) -> Lengths {
        Lengths { blocks: self.blocks.len(), runs: self.runs.len(), links: self.links.len(), images: self.images.len() }
    }

    /// A copy of what came between two moments.
    fn part(&self, from: Lengths, to: Lengths) -> Self {
        let index = |index: u32, first: usize| index - u32::try_from(first).unwrap_or(u32::MAX).min(index);
        let block = |block: &Block| {
            let runs = block.runs.start - from.runs..block.runs.end - from.runs;
            Block { runs, ..block.clone() }
        };
        let run = |run: &Run<'a>| {
            let kind = match run.kind {
                RunKind::Image(image) => RunKind::Image(index(image, from.images)),
                kind => kind,
            };
            Run { kind, link: run.link.map(|link| index(link, from.links)), ..run.clone() }
        };
        Self {
            blocks: self.blocks[from.blocks..to.blocks].iter().map(block).collect(),
            runs: self.runs[from.runs..to.runs].iter().map(run).collect(),
            links: self.links[from.links..to.links].to_vec(),
            images: self.images[from.images..to.images].to_vec(),
            conventions: Arc::clone(&self.conventions),
        }
    }

    fn clear(&mut self) {
        self.blocks.clear();
        self.runs.clear();
        self.links.clear();
        self.images.clear();
    }
}

/// How far a document has come at a moment.
#[derive(Clone, Copy, Debug, Default)]
struct Lengths {
    blocks: usize,
    runs: usize,
    links: usize,
    images: usize,
}

/// Who takes the finished sections.
pub(super) trait Sections<'a> {
    /// Takes a section, or the next part of one that is long; what is left of the document is nobody's. `next` is the level of the
    /// heading that ends it.
    fn section(&mut self, document: &mut Document<'a>, next: Option<u8>);
}

/// A container that Markdown or HTML opens and closes around blocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Container {
    List,
    Item,
    Table,
    Row,
    Cell,
    Details,
}

/// Who opened a container. A stray end tag in HTML cannot close what Markdown opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum By {
    Markdown,
    Html,
}

/// Inline styles, as they are opened and closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    Bold,
    Italic,
    Underline,
    /// As code: a label where it stands for itself.
    Code,
}
