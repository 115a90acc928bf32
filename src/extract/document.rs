//! The one shape that every form of list is brought into: blocks of styled runs with links, each with its place in the text.
//!
//! Markdown, HTML and plain text fill a [`Document`] through [`Builder`]; what comes after never asks which form it was.
//! A document is handed on section by section, so that a list of any length needs room for its longest section only.
//! What the blocks mean is left to `entries`.

use std::ops::Range;

use pulldown_cmark::CowStr;

use super::links::{self, Sighting, Target};

/// Lists nested deeper than this are read as if they were this deep: nobody nests so, and recursion stays bounded.
const DEEPEST: u16 = 24;

/// A piece of text of one style.
#[derive(Debug)]
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
#[derive(Debug)]
pub(super) struct Link<'a> {
    pub(super) url: CowStr<'a>,
    pub(super) at: usize,
    pub(super) target: Target,
    /// What stands in its address where an identifier would.
    pub(super) named: Vec<Sighting>,
}

/// A picture; to a reading list it is above all a badge.
#[derive(Debug)]
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
}

impl<'a> Document<'a> {
    /// The runs of a block.
    pub(super) fn runs_of(&self, block: &Block) -> &[Run<'a>] {
        &self.runs[block.runs.clone()]
    }

    fn clear(&mut self) {
        self.blocks.clear();
        self.runs.clear();
        self.links.clear();
        self.images.clear();
    }
}

/// Who takes the finished sections.
pub(super) trait Sections<'a> {
    /// Takes a section. `next` is the level of the heading that ends it.
    fn section(&mut self, document: &Document<'a>, next: Option<u8>);
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
}

/// Takes what a list's form consists of, in order, and makes a [`Document`] of it.
pub(super) struct Builder<'a, 's, S> {
    source: &'a str,
    document: Document<'a>,
    sections: &'s mut S,
    containers: Vec<(Container, By)>,
    /// How many containers of each kind HTML has open inside the innermost one of Markdown.
    open_html: [u32; 6],
    saved: Vec<[u32; 6]>,
    depth: u16,
    cells: u32,
    /// Whether the last block still takes runs.
    is_open: bool,
    marks: [u16; 3],
    link: Option<u32>,
    image: Option<Image<'a>>,
    next_row: Row,
}

impl<'a, 's, S: Sections<'a>> Builder<'a, 's, S> {
    pub(super) fn new(source: &'a str, sections: &'s mut S) -> Self {
        Self {
            source,
            document: Document::default(),
            sections,
            containers: Vec::new(),
            open_html: [0; 6],
            saved: Vec::new(),
            depth: 0,
            cells: 0,
            is_open: false,
            marks: [0; 3],
            link: None,
            image: None,
            next_row: Row::Body,
        }
    }

    /// Hands on the last section.
    pub(super) fn finish(mut self) {
        self.end_block();
        self.sections.section(&self.document, None);
    }

    /// Starts a block. Within a table cell blocks are mere lines.
    pub(super) fn block(&mut self, kind: Kind, at: usize) {
        if self.cells > 0 && !matches!(kind, Kind::Cell { .. }) {
            return self.hard_break(at);
        }
        self.end_block();
        if let Kind::Heading(level) = kind
            && self.depth == 0
        {
            self.sections.section(&self.document, Some(level));
            self.document.clear();
        }
        self.push_block(kind, at);
        self.is_open =
            !matches!(kind, Kind::Item(_) | Kind::Table | Kind::Row(_) | Kind::Details | Kind::DetailsEnd | Kind::Rule);
    }

    fn push_block(&mut self, kind: Kind, at: usize) {
        // A heading within an item titles the item, not a section.
        let kind = if self.depth > 0 && matches!(kind, Kind::Heading(_)) { Kind::Paragraph } else { kind };
        let end = self.document.runs.len();
        self.document.blocks.push(Block { kind, runs: end..end, depth: self.depth.min(DEEPEST), at });
    }

    /// Ends the block that takes runs, and every style and link left open in it.
    pub(super) fn end_block(&mut self) {
        if self.cells > 0 {
            let at = self.document.runs.last().map_or(0, |run| run.at);
            return self.hard_break(at);
        }
        self.close_block();
    }

    fn close_block(&mut self) {
        self.end_image();
        self.is_open = false;
        self.marks = [0; 3];
        self.link = None;
        // Blank text between two HTML tags makes no paragraph.
        if let Some(last) = self.document.blocks.last()
            && last.kind == Kind::Paragraph
            && self.document.runs_of(last).iter().all(|run| run.kind == RunKind::Text && run.text.trim().is_empty())
        {
            self.document.runs.truncate(last.runs.start);
            self.document.blocks.pop();
        }
    }

    pub(super) fn open(&mut self, container: Container, by: By, at: usize) {
        match container {
            // Lists and tables within a cell are lines of that cell.
            _ if self.cells > 0 && container != Container::Cell => self.hard_break(at),
            Container::Cell => {}
            Container::Row => self.close_block(),
            _ => self.end_block(),
        }
        if by == By::Markdown {
            self.saved.push(std::mem::take(&mut self.open_html));
        } else {
            self.open_html[container as usize] += 1;
        }
        self.containers.push((container, by));
        if self.cells > 0 && container != Container::Cell {
            return;
        }
        match container {
            Container::List | Container::Cell => {}
            Container::Item => {
                self.depth = self.depth.saturating_add(1);
                self.block(Kind::Item(Task::None), at);
            }
            Container::Table => self.block(Kind::Table, at),
            Container::Row => self.block(Kind::Row(self.next_row), at),
            Container::Details => self.block(Kind::Details, at),
        }
    }

    /// Opens a table cell, which takes runs until it is closed.
    pub(super) fn cell(&mut self, by: By, rows: u16, columns: u16, at: usize) {
        if self.cells == 0 {
            self.close_block();
            self.push_block(Kind::Cell { rows, columns }, at);
            self.is_open = true;
        }
        self.open(Container::Cell, by, at);
        self.cells += 1;
    }

    /// What the rows opened from now on are.
    pub(super) fn rows_are(&mut self, row: Row) {
        self.next_row = row;
    }

    /// Makes the row that was opened just now a header: its first cell is one.
    pub(super) fn row_is_header(&mut self) {
        if let Some(row) = self.document.blocks.last_mut()
            && matches!(row.kind, Kind::Row(_))
        {
            row.kind = Kind::Row(Row::Header);
        }
    }

    /// Closes the innermost container of this kind and by this opener, and all within it. Does nothing where there is none.
    pub(super) fn close(&mut self, container: Container, by: By, at: usize) {
        if by == By::Html && self.open_html[container as usize] == 0 {
            return;
        }
        while let Some((closed, closed_by)) = self.containers.pop() {
            self.leave(closed, at);
            match closed_by {
                By::Html => self.open_html[closed as usize] = self.open_html[closed as usize].saturating_sub(1),
                By::Markdown => self.open_html = self.saved.pop().unwrap_or_default(),
            }
            if (closed, closed_by) == (container, by) {
                break;
            }
        }
    }

    fn leave(&mut self, container: Container, at: usize) {
        match container {
            Container::Cell => {
                self.cells = self.cells.saturating_sub(1);
                if self.cells == 0 {
                    self.close_block();
                }
            }
            _ if self.cells > 0 => {}
            Container::Item => {
                self.end_block();
                self.depth = self.depth.saturating_sub(1);
            }
            Container::Details => self.block(Kind::DetailsEnd, at),
            Container::List | Container::Table | Container::Row => self.end_block(),
        }
    }

    /// The innermost container that is one of these, as far as HTML has opened it.
    pub(super) fn innermost(&self, of: &[Container]) -> Option<Container> {
        let html = self.containers.iter().rev().take_while(|(_, by)| *by == By::Html);
        html.map(|(container, _)| *container).find(|container| of.contains(container))
    }

    /// Whether HTML has a container of this kind open here.
    pub(super) fn is_html_open(&self, container: Container) -> bool {
        self.open_html[container as usize] > 0
    }

    /// Marks the item that was opened last as a task.
    pub(super) fn task(&mut self, task: Task) {
        let item = self.document.blocks.iter_mut().rev().take(2).find(|block| matches!(block.kind, Kind::Item(_)));
        if let Some(item) = item {
            item.kind = Kind::Item(task);
        }
    }

    pub(super) fn open_mark(&mut self, mark: Mark) {
        self.marks[mark as usize] = self.marks[mark as usize].saturating_add(1);
    }

    pub(super) fn close_mark(&mut self, mark: Mark) {
        self.marks[mark as usize] = self.marks[mark as usize].saturating_sub(1);
    }

    pub(super) fn open_link(&mut self, url: CowStr<'a>, at: usize) {
        let (target, named) = links::target(&url);
        self.link = u32::try_from(self.document.links.len()).ok();
        self.document.links.push(Link { url, at, target, named });
    }

    pub(super) fn close_link(&mut self) {
        self.link = None;
    }

    /// Starts a picture; text up to its end is what stands in for it.
    pub(super) fn open_image(&mut self, src: CowStr<'a>, alt: &str, at: usize) {
        self.end_image();
        self.image = Some(Image { src, alt: alt.to_owned(), at });
    }

    pub(super) fn end_image(&mut self) {
        let Some(image) = self.image.take() else { return };
        let (at, index) = (image.at, u32::try_from(self.document.images.len()).unwrap_or(u32::MAX));
        self.document.images.push(image);
        self.run(CowStr::Borrowed(""), at, RunKind::Image(index));
    }

    pub(super) fn text(&mut self, text: CowStr<'a>, at: usize) {
        if let Some(image) = &mut self.image {
            image.alt.push_str(&text);
        } else if self.is_open || !text.trim().is_empty() {
            self.run(text, at, RunKind::Text);
        }
    }

    pub(super) fn code(&mut self, text: CowStr<'a>, at: usize) {
        self.run(text, at, RunKind::Code);
    }

    pub(super) fn soft_break(&mut self, at: usize) {
        match &mut self.image {
            Some(image) => image.alt.push(' '),
            None if self.is_open => self.run(CowStr::Borrowed(""), at, RunKind::SoftBreak),
            None => {}
        }
    }

    pub(super) fn hard_break(&mut self, at: usize) {
        if self.is_open && self.document.runs.last().is_some_and(|run| run.kind != RunKind::HardBreak) {
            self.run(CowStr::Borrowed(""), at, RunKind::HardBreak);
        }
    }

    fn run(&mut self, text: CowStr<'a>, at: usize, kind: RunKind) {
        if !self.is_open {
            self.push_block(Kind::Paragraph, at);
            self.is_open = true;
        }
        let [bold, italic, underlined] = self.marks.map(|count| count > 0);
        let style = Style { bold, italic, underlined };
        let Some(block) = self.document.blocks.last_mut() else { return };
        // Neighbours in the list that look alike are one run; the text of both is one piece of the list's.
        if kind == RunKind::Text
            && block.runs.len() > 0
            && let Some(last) = self.document.runs.last_mut()
            && (last.kind, last.style, last.link) == (kind, style, self.link)
            && let (CowStr::Borrowed(before), CowStr::Borrowed(after)) = (&last.text, &text)
            && is_at(self.source, last.at, before)
            && is_at(self.source, last.at + before.len(), after)
            && let Some(both) = self.source.get(last.at..last.at + before.len() + after.len())
        {
            last.text = CowStr::Borrowed(both);
            return;
        }
        self.document.runs.push(Run { text, at, kind, style, link: self.link });
        block.runs.end = self.document.runs.len();
    }
}

/// Whether `part` is the very piece of `source` that starts at `at`. Comparing addresses takes no time, whatever the length.
fn is_at(source: &str, at: usize, part: &str) -> bool {
    std::ptr::eq(part.as_ptr(), source.as_ptr().wrapping_add(at))
}
