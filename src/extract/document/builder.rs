//! Makes a [`Document`] of what a list's form consists of: what is opened and closed, and the text in between, in order.

use pulldown_cmark::CowStr;

use super::{
    Block, By, Container, DEEPEST, Document, Image, Kind, Lengths, Link, Mark, Row, Run, RunKind, Sections, Style, Task,
};
use crate::extract::links::{self};

/// Takes what a list's form consists of, in order, and makes a [`Document`] of it.
pub(in crate::extract) struct Builder<'a, 's, S> {
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
    marks: [u16; 4],
    link: Option<u32>,
    image: Option<Image<'a>>,
    next_row: Row,
    /// Where the Markdown table begins that was opened last outside any list, and where its header ends.
    table: Option<(Lengths, Lengths)>,
}

/// A table of more blocks is handed on in parts, each with the header over it, so that no table needs room for all its rows.
const LARGEST_PART: usize = 600;

/// So many containers up is the innermost of a kind looked for, at the most.
const FURTHEST: usize = 64;

impl<'a, 's, S: Sections<'a>> Builder<'a, 's, S> {
    pub(in crate::extract) fn new(source: &'a str, sections: &'s mut S) -> Self {
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
            marks: [0; 4],
            link: None,
            image: None,
            next_row: Row::Body,
            table: None,
        }
    }

    /// Hands on the last section.
    pub(in crate::extract) fn finish(mut self) {
        self.end_block();
        self.sections.section(&mut self.document, None);
    }

    /// Starts a block. Within a table cell blocks are mere lines.
    pub(in crate::extract) fn block(&mut self, kind: Kind, at: usize) {
        if self.cells > 0 && !matches!(kind, Kind::Cell { .. }) {
            return self.hard_break(at);
        }
        self.end_block();
        if let Kind::Heading(level) = kind
            && self.depth == 0
        {
            self.sections.section(&mut self.document, Some(level));
            self.document.clear();
            self.table = None;
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
    pub(in crate::extract) fn end_block(&mut self) {
        if self.cells > 0 {
            let at = self.document.runs.last().map_or(0, |run| run.at);
            return self.hard_break(at);
        }
        self.close_block();
    }

    fn close_block(&mut self) {
        self.end_image();
        self.marks = [0; 4];
        self.link = None;
        // Blank text between two HTML tags makes no paragraph.
        if std::mem::take(&mut self.is_open)
            && let Some(last) = self.document.blocks.last()
            && last.kind == Kind::Paragraph
            && self.document.runs_of(last).iter().all(|run| run.kind == RunKind::Text && run.text.trim().is_empty())
        {
            self.document.runs.truncate(last.runs.start);
            self.document.blocks.pop();
        }
    }

    pub(in crate::extract) fn open(&mut self, container: Container, by: By, at: usize) {
        match container {
            // Lists and tables within a cell are lines of that cell.
            _ if self.cells > 0 && container != Container::Cell => self.hard_break(at),
            Container::Cell => {}
            Container::Row => {
                self.close_block();
                if by == By::Markdown {
                    self.hand_on_rows();
                }
            }
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
            Container::Table => {
                let start = self.document.lengths();
                self.table = (by == By::Markdown && self.depth == 0).then_some((start, start));
                self.block(Kind::Table, at);
            }
            Container::Row => self.block(Kind::Row(self.next_row), at),
            Container::Details => self.block(Kind::Details, at),
        }
    }

    /// Opens a table cell, which takes runs until it is closed.
    pub(in crate::extract) fn cell(&mut self, by: By, rows: u16, columns: u16, at: usize) {
        if self.cells == 0 {
            self.close_block();
            self.push_block(Kind::Cell { rows, columns }, at);
            self.is_open = true;
        }
        self.open(Container::Cell, by, at);
        self.cells += 1;
    }

    /// What the rows opened from now on are.
    pub(in crate::extract) fn rows_are(&mut self, row: Row) {
        self.next_row = row;
    }

    /// Ends the header of a Markdown table: what follows are its rows, none of which reaches into another.
    pub(in crate::extract) fn end_header(&mut self) {
        self.next_row = Row::Body;
        if let Some((_, end)) = &mut self.table {
            *end = self.document.lengths();
        }
    }

    /// Hands on the rows so far of a long table, which then goes on as if it began with the next one.
    fn hand_on_rows(&mut self) {
        let Some((start, end)) = self.table.filter(|(_, end)| self.document.blocks.len() > end.blocks + LARGEST_PART)
        else {
            return;
        };
        let header = self.document.part(start, end);
        self.sections.section(&mut self.document, None);
        self.table = Some((Lengths::default(), header.lengths()));
        self.document = header;
    }

    /// Makes the row that was opened just now a header: its first cell is one.
    pub(in crate::extract) fn row_is_header(&mut self) {
        if let Some(row) = self.document.blocks.last_mut()
            && matches!(row.kind, Kind::Row(_))
        {
            row.kind = Kind::Row(Row::Header);
        }
    }

    /// Closes the innermost container of this kind and by this opener, and all within it. Does nothing where there is none.
    pub(in crate::extract) fn close(&mut self, container: Container, by: By, at: usize) {
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
            Container::Table => {
                self.table = None;
                self.end_block();
            }
            Container::List | Container::Row => self.end_block(),
        }
    }

    /// The innermost container that is one of these, as far as HTML has opened it.
    pub(in crate::extract) fn innermost(&self, of: &[Container]) -> Option<Container> {
        let html = self.containers.iter().rev().take(FURTHEST).take_while(|(_, by)| *by == By::Html);
        html.map(|(container, _)| *container).find(|container| of.contains(container))
    }

    /// Whether HTML has a container of this kind open here.
    pub(in crate::extract) fn is_html_open(&self, container: Container) -> bool {
        self.open_html[container as usize] > 0
    }

    /// Marks the item that was opened last as a task.
    pub(in crate::extract) fn task(&mut self, task: Task) {
        let item = self.document.blocks.iter_mut().rev().take(2).find(|block| matches!(block.kind, Kind::Item(_)));
        if let Some(item) = item {
            item.kind = Kind::Item(task);
        }
    }

    pub(in crate::extract) fn open_mark(&mut self, mark: Mark) {
        self.marks[mark as usize] = self.marks[mark as usize].saturating_add(1);
    }

    pub(in crate::extract) fn close_mark(&mut self, mark: Mark) {
        self.marks[mark as usize] = self.marks[mark as usize].saturating_sub(1);
    }

    pub(in crate::extract) fn open_link(&mut self, url: CowStr<'a>, at: usize) {
        let (target, named) = links::target(&url);
        self.link = u32::try_from(self.document.links.len()).ok();
        self.document.links.push(Link { url, at, target, named, is_name: false });
    }

    pub(in crate::extract) fn close_link(&mut self) {
        self.link = None;
    }

    /// Starts a picture; text up to its end is what stands in for it.
    pub(in crate::extract) fn open_image(&mut self, src: CowStr<'a>, alt: &str, at: usize) {
        self.end_image();
        self.image = Some(Image { src, alt: alt.to_owned(), at });
    }

    pub(in crate::extract) fn end_image(&mut self) {
        let Some(image) = self.image.take() else { return };
        let (at, index) = (image.at, u32::try_from(self.document.images.len()).unwrap_or(u32::MAX));
        self.document.images.push(image);
        self.run(CowStr::Borrowed(""), at, RunKind::Image(index));
    }

    pub(in crate::extract) fn text(&mut self, text: CowStr<'a>, at: usize) {
        if let Some(image) = &mut self.image {
            image.alt.push_str(&text);
        } else if self.is_open || !text.trim().is_empty() {
            self.run(text, at, RunKind::Text);
        }
    }

    pub(in crate::extract) fn code(&mut self, text: CowStr<'a>, at: usize) {
        self.run(text, at, RunKind::Code);
    }

    pub(in crate::extract) fn soft_break(&mut self, at: usize) {
        match &mut self.image {
            Some(image) => image.alt.push(' '),
            None if self.is_open => self.run(CowStr::Borrowed(""), at, RunKind::SoftBreak),
            None => {}
        }
    }

    pub(in crate::extract) fn hard_break(&mut self, at: usize) {
        if self.is_open && self.document.runs.last().is_some_and(|run| run.kind != RunKind::HardBreak) {
            self.run(CowStr::Borrowed(""), at, RunKind::HardBreak);
        }
    }

    fn run(&mut self, text: CowStr<'a>, at: usize, kind: RunKind) {
        if !self.is_open {
            self.push_block(Kind::Paragraph, at);
            self.is_open = true;
        }
        let [bold, italic, underlined, is_code] = self.marks.map(|count| count > 0);
        let kind = if is_code && kind == RunKind::Text { RunKind::Code } else { kind };
        let style = Style { bold, italic, underlined };
        let Some(block) = self.document.blocks.last_mut() else { return };
        // Neighbours in the list that look alike are one run; the text of both is one piece of the list's.
        if kind == RunKind::Text
            && !block.runs.is_empty()
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
