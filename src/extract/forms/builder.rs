//! Makes a [`Document`] of what a list's form consists of: what is opened and closed, and the text in between, in order.

use pulldown_cmark::CowStr;

use crate::extract::features::links::{self, Target};
use crate::extract::units::document::{Bibtex, Block, Document, Kind, Row, Task};
use crate::extract::units::passage::{Image, LINE, Link, PICTURE, Passage, Piece, SOFT, Style};

pub(in crate::extract) use super::marks::{By, Container, Mark};

/// Lists nested deeper than this are read as if they were this deep: nobody nests so, and recursion stays bounded.
const DEEPEST: u16 = 24;

/// So many containers up is the innermost of a kind looked for, at the most.
const FURTHEST: usize = 64;

/// The place of a link that has no text yet.
const NOWHERE: usize = usize::MAX;

/// Takes what a list's form consists of, in order, and makes a [`Document`] of it.
pub(in crate::extract) struct Builder<'a> {
    document: Document<'a>,
    containers: Vec<(Container, By)>,
    /// How many containers of each kind HTML has open inside the innermost one of Markdown.
    open_html: [u32; 6],
    saved: Vec<[u32; 6]>,
    depth: u16,
    cells: u32,
    /// Whether the last block still takes text.
    is_open: bool,
    marks: [u16; 4],
    link: Option<usize>,
    image: Option<Image<'a>>,
    next_row: Row,
}

impl<'a> Builder<'a> {
    /// A document for a list of so many bytes.
    pub(in crate::extract) fn new(source: &'a str) -> Self {
        let passage = Passage { text: String::with_capacity(source.len()), ..Passage::default() };
        Self {
            document: Document { passage, ..Document::default() },
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
        }
    }

    /// Returns the document, with the addresses and identifiers that its text holds.
    pub(in crate::extract) fn finish(mut self) -> Document<'a> {
        self.end_block();
        let Document { blocks, passage, .. } = &mut self.document;
        passage.find_addresses();
        let cells = blocks.iter().filter(|block| matches!(block.kind, Kind::Cell { .. }));
        passage.find_identifiers(cells.map(|cell| cell.range.clone()));
        self.document
    }

    fn text_end(&self) -> usize {
        self.document.passage.text.len()
    }

    /// Starts a block. Within a table cell blocks are mere lines.
    pub(in crate::extract) fn block(&mut self, kind: Kind, at: usize) {
        if self.cells > 0 && !matches!(kind, Kind::Cell { .. }) {
            return self.hard_break(at);
        }
        self.end_block();
        self.push_block(kind, at);
        self.is_open =
            !matches!(kind, Kind::Item(_) | Kind::Table | Kind::Row(_) | Kind::Details | Kind::DetailsEnd | Kind::Rule);
    }

    fn push_block(&mut self, kind: Kind, at: usize) {
        // A heading within an item titles the item, not a section.
        let kind = if self.depth > 0 && matches!(kind, Kind::Heading(_)) { Kind::Paragraph } else { kind };
        let text = &mut self.document.passage.text;
        if !text.is_empty() && !text.ends_with(LINE) {
            text.push(LINE);
        }
        let range = text.len()..text.len();
        self.document.blocks.push(Block { kind, range, depth: self.depth.min(DEEPEST), at });
    }

    /// Ends the block that takes runs, and every style and link left open in it.
    pub(in crate::extract) fn end_block(&mut self) {
        if self.cells > 0 {
            return self.hard_break(0);
        }
        self.close_block();
    }

    fn close_block(&mut self) {
        self.end_image();
        self.marks = [0; 4];
        self.close_link();
        // Blank text between two HTML tags makes no paragraph.
        if std::mem::take(&mut self.is_open)
            && let Some(last) = self.document.blocks.last()
            && last.kind == Kind::Paragraph
            && self.document.passage.text[last.range.clone()].trim().is_empty()
        {
            let start = last.range.start;
            let passage = &mut self.document.passage;
            passage.text.truncate(start);
            passage.pieces.truncate(passage.pieces.partition_point(|piece| piece.range.end <= start));
            passage.links.truncate(passage.links.partition_point(|link| link.range.end <= start));
            self.document.blocks.pop();
        }
    }

    pub(in crate::extract) fn open(&mut self, container: Container, by: By, at: usize) {
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
            Container::List | Container::Row | Container::Table => self.end_block(),
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
        self.close_link();
        let (target, named) = links::target(&url);
        self.link = Some(self.document.passage.links.len());
        let range = NOWHERE..NOWHERE;
        self.document.passage.links.push(Link { range, url, at, target, named, is_bare: false, is_name: false });
    }

    pub(in crate::extract) fn close_link(&mut self) {
        let Some(Link { range, target, at, .. }) = self.link.and_then(|link| self.document.passage.links.get(link))
        else {
            return;
        };
        let (is_empty, target, at) = (range.start == NOWHERE, *target, *at);
        // A link without a text has a place all the same, unless it leads nowhere.
        if is_empty && target == Target::Anchor {
            self.document.passage.links.pop();
        } else if is_empty {
            self.push(at, false, |text| text.push(PICTURE));
        }
        self.link = None;
    }

    /// Starts a picture; text up to its end is what stands in for it.
    pub(in crate::extract) fn open_image(&mut self, src: CowStr<'a>, alt: &str, at: usize) {
        self.end_image();
        self.image = Some(Image { position: 0, link: None, src, alt: alt.to_owned(), at });
    }

    pub(in crate::extract) fn end_image(&mut self) {
        let Some(image) = self.image.take() else { return };
        let at = image.at;
        let position = self.push(at, false, |text| text.push(PICTURE));
        self.document.passage.images.push(Image { position, link: self.link, ..image });
    }

    pub(in crate::extract) fn text(&mut self, text: CowStr<'a>, at: usize) {
        if let Some(image) = &mut self.image {
            image.alt.push_str(&text);
        } else if self.is_open || !text.trim().is_empty() {
            self.words(&text, at, self.marks[Mark::Code as usize] > 0);
        }
    }

    pub(in crate::extract) fn code(&mut self, text: CowStr<'a>, at: usize) {
        self.words(&text, at, true);
    }

    pub(in crate::extract) fn soft_break(&mut self, _at: usize) {
        match &mut self.image {
            Some(image) => image.alt.push(' '),
            None if self.is_open => self.line_end(SOFT),
            None => {}
        }
    }

    pub(in crate::extract) fn hard_break(&mut self, _at: usize) {
        if self.is_open && self.document.blocks.last().is_some_and(|block| !block.range.is_empty()) {
            let text = &mut self.document.passage.text;
            if !text.ends_with(LINE) {
                self.line_end(LINE);
            }
        }
    }

    fn line_end(&mut self, mark: char) {
        self.document.passage.text.push(mark);
        self.extend_block();
    }

    fn extend_block(&mut self) {
        let end = self.text_end();
        if let Some(block) = self.document.blocks.last_mut() {
            block.range.end = end;
        }
    }

    /// Cuts what pandoc and kramdown read as a heading's attributes off its end: `{#name .class}`.
    pub(super) fn cut_attributes(&mut self) {
        let Some(block) = self.document.blocks.last_mut() else { return };
        let text = self.document.passage.text[block.range.clone()].trim_end();
        let attributes = text.strip_suffix('}').and_then(|text| text.rfind('{').map(|open| (open, &text[open + 1..])));
        if let Some((open, _)) = attributes.filter(|(_, inner)| inner.starts_with(['#', '.'])) {
            let end = block.range.start + open;
            block.range.end = end;
            let passage = &mut self.document.passage;
            passage.text.truncate(end);
            passage.pieces.retain_mut(|piece| {
                piece.range.end = piece.range.end.min(end);
                piece.range.start < end
            });
        }
    }

    /// Adds text, whose own line ends are spaces to whoever reads it.
    fn words(&mut self, words: &str, at: usize, is_code: bool) {
        if self.is_open
            && let Some(block) = self.document.blocks.last()
            && block.kind == Kind::Bibtex
        {
            let block = self.document.blocks.len() - 1;
            match self.document.bibtex.last_mut().filter(|bibtex| bibtex.block == block) {
                Some(bibtex) => bibtex.text.push_str(words),
                None => self.document.bibtex.push(Bibtex { block, text: words.to_owned(), at }),
            }
            return;
        }
        if memchr::memchr(b'\n', words.as_bytes()).is_some() {
            let words = words.replace("\r\n", " ").replace(LINE, "\r");
            self.push(at, is_code, |text| text.push_str(&words));
        } else {
            self.push(at, is_code, |text| text.push_str(words));
        }
    }

    /// Adds to the text, and returns where.
    fn push(&mut self, at: usize, is_code: bool, add: impl FnOnce(&mut String)) -> usize {
        if !self.is_open {
            self.push_block(Kind::Paragraph, at);
            self.is_open = true;
        }
        let passage = &mut self.document.passage;
        let start = passage.text.len();
        add(&mut passage.text);
        let [bold, italic, underlined, _] = self.marks.map(|count| count > 0);
        let style = Style { bold, italic, underlined };
        let end = passage.text.len();
        if let Some(link) = self.link.and_then(|link| passage.links.get_mut(link)) {
            link.range = link.range.start.min(start)..end;
        }
        // Neighbours in the list that look alike are one piece.
        match passage.pieces.last_mut() {
            Some(last)
                if last.range.end == start
                    && last.at + last.range.len() == at
                    && (last.style, last.is_code) == (style, is_code)
                    && !is_code =>
            {
                last.range.end = end;
            }
            _ => passage.pieces.push(Piece { range: start..end, style, is_code, at }),
        }
        self.extend_block();
        start
    }
}
