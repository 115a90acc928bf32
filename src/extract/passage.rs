//! The text of one entry in one string, with what is known of each stretch of it: style, links, pictures, place in the list.
//!
//! Within the text a line feed is a line end that the writer wants (a new block, a cell, a `<br>`), a carriage return one that
//! Markdown takes for a space. So titles can be looked for as in plain text, and everything found is a range.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::LazyLock;

use memchr::memmem;

use super::conventions::Conventions;
use super::document::{Document, Image, Kind, RunKind, Style, Task};
use super::links::{self, Sighting, Target};

/// A line end that a reader sees.
pub(super) const LINE: char = '\n';
/// A line end that a reader takes for a space.
pub(super) const SOFT: char = '\r';

static SCHEME: LazyLock<memmem::Finder<'static>> = LazyLock::new(|| memmem::Finder::new("://"));

/// Whether an address stands in a text.
pub(super) fn holds_address(text: &str) -> bool {
    SCHEME.find(text.as_bytes()).is_some()
}

/// The text of an entry.
#[derive(Debug)]
pub(super) struct Passage<'d> {
    pub(super) text: String,
    pub(super) pieces: Vec<Piece>,
    /// In the order of the text; addresses that stand in it as they are included.
    pub(super) links: Vec<PassageLink<'d>>,
    pub(super) images: Vec<PassageImage<'d>>,
    pub(super) bibtex: Vec<(String, usize)>,
    /// The cells of a table row, with how many columns and rows each spans.
    pub(super) cells: Vec<Cell>,
    /// Whether it is a task, and done.
    pub(super) task: Task,
    /// Where its first block starts in the list.
    at: usize,
    document: &'d Document<'d>,
}

/// A stretch of the text from one run.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    pub(super) range: Range<usize>,
    pub(super) style: Style,
    pub(super) is_code: bool,
    /// Where it starts in the list.
    at: usize,
}

/// A link, with the stretch of text that it covers.
#[derive(Clone, Debug)]
pub(super) struct PassageLink<'d> {
    pub(super) range: Range<usize>,
    pub(super) url: Cow<'d, str>,
    pub(super) target: Target,
    /// What stands in its address where an identifier would.
    pub(super) named: Cow<'d, [Sighting]>,
    pub(super) at: usize,
    /// Whether the address itself is the text.
    pub(super) is_bare: bool,
    /// Whether its text recurs in the list with other addresses, and so says where it leads.
    pub(super) is_name: bool,
}

/// A picture between two characters of the text.
#[derive(Clone, Debug)]
pub(super) struct PassageImage<'d> {
    pub(super) position: usize,
    pub(super) image: &'d Image<'d>,
    /// The link that it belongs to, as an index into [`Passage::links`].
    pub(super) link: Option<usize>,
}

/// A table cell.
#[derive(Clone, Debug)]
pub(super) struct Cell {
    pub(super) range: Range<usize>,
    pub(super) rows: u16,
    pub(super) columns: u16,
}

impl<'d> Passage<'d> {
    /// A passage without text, to be filled again and again.
    pub(super) fn of(document: &'d Document<'d>) -> Self {
        Self {
            text: String::new(),
            pieces: Vec::new(),
            links: Vec::new(),
            images: Vec::new(),
            bibtex: Vec::new(),
            cells: Vec::new(),
            task: Task::None,
            at: 0,
            document,
        }
    }

    /// Takes the text of these blocks, instead of what was in it before.
    pub(super) fn fill(&mut self, blocks: Range<usize>) -> &mut Self {
        self.text.clear();
        self.pieces.clear();
        self.links.clear();
        self.images.clear();
        self.bibtex.clear();
        self.cells.clear();
        self.task = Task::None;
        self.at = self.document.blocks.get(blocks.start).map_or(0, |block| block.at);
        for block in blocks {
            self.block(block);
        }
        self.bare_links();
        self
    }

    fn block(&mut self, index: usize) {
        let document = self.document;
        let block = &document.blocks[index];
        match block.kind {
            Kind::Bibtex => {
                let runs = document.runs_of(block);
                let text: String = runs.iter().map(|run| &*run.text).collect();
                let at = runs.first().map_or(block.at, |run| run.at);
                return self.bibtex.push((text, at));
            }
            Kind::Item(task) if self.task == Task::None => self.task = task,
            _ => {}
        }
        if !self.text.is_empty() && !self.text.ends_with(LINE) {
            self.text.push(LINE);
        }
        let start = self.text.len();
        self.runs(block.runs.clone());
        if let Kind::Cell { rows, columns } = block.kind {
            self.cells.push(Cell { range: start..self.text.len(), rows, columns });
        }
    }

    fn runs(&mut self, runs: Range<usize>) {
        let document = self.document;
        let mut open: Option<u32> = None;
        for run in &document.runs[runs] {
            if run.link != open {
                self.end_link();
                open = run.link;
                if let Some(link) = open.and_then(|link| document.links.get(link as usize)) {
                    let start = self.text.len();
                    let url = Cow::Borrowed(&*link.url);
                    self.links.push(PassageLink {
                        range: start..usize::MAX,
                        url,
                        target: link.target,
                        named: Cow::Borrowed(&link.named),
                        at: link.at,
                        is_bare: false,
                        is_name: link.is_name,
                    });
                }
            }
            let start = self.text.len();
            match run.kind {
                RunKind::Text | RunKind::Code => {
                    self.text.push_str(&run.text);
                    blank_line_ends(&mut self.text, start);
                    let (style, is_code) = (run.style, run.kind == RunKind::Code);
                    self.pieces.push(Piece { range: start..self.text.len(), style, is_code, at: run.at });
                }
                RunKind::SoftBreak => self.text.push(SOFT),
                RunKind::HardBreak => self.text.push(LINE),
                RunKind::Image(image) => {
                    if let Some(image) = document.images.get(image as usize) {
                        let link = run.link.and(self.links.len().checked_sub(1));
                        self.images.push(PassageImage { position: start, image, link });
                    }
                }
            }
        }
        self.end_link();
    }

    fn end_link(&mut self) {
        let end = self.text.len();
        if let Some(link) = self.links.last_mut()
            && link.range.end == usize::MAX
        {
            link.range.end = end;
        }
    }

    /// Finds the addresses that stand in the text as they are.
    fn bare_links(&mut self) {
        let mut found = Vec::new();
        let mut known = self.links.iter().peekable();
        let mut after = 0;
        let starts = SCHEME.find_iter(self.text.as_bytes()).map(|at| (at, at + 3));
        for (at, host) in starts {
            if at < after {
                continue;
            }
            while known.next_if(|link| link.range.end <= at).is_some() {}
            if known.peek().is_some_and(|link| link.range.start <= at) {
                continue;
            }
            let scheme =
                self.text[..at].len() - self.text[..at].trim_end_matches(|c: char| c.is_ascii_alphabetic()).len();
            let range = at - scheme..host + address_length(&self.text[host..]);
            after = range.end;
            if scheme > 0 && range.end > host {
                found.push(range);
            }
        }
        if found.is_empty() {
            return;
        }
        for range in found {
            let url = self.text[range.clone()].to_owned();
            let (target, named) = links::target(&url);
            let at = self.source(range.start);
            self.links.push(PassageLink {
                range,
                url: url.into(),
                target,
                named: named.into(),
                at,
                is_bare: true,
                is_name: false,
            });
        }
        self.links.sort_by_key(|link| link.range.start);
        // Pictures know their links by index; only bare ones were added, and those hold no pictures.
        let (links, images) = (&self.links, &mut self.images);
        for image in images.iter_mut().filter(|image| image.link.is_some()) {
            let first = links.partition_point(|link| link.range.end < image.position);
            image.link = links[first..]
                .iter()
                .take_while(|link| link.range.start <= image.position)
                .position(|link| {
                    !link.is_bare && link.range.start <= image.position && image.position <= link.range.end
                })
                .map(|index| first + index);
        }
    }

    /// What a range of the text names where an identifier would stand. Code names nobody's papers; addresses are looked at as links.
    pub(super) fn named_in(&self, range: &Range<usize>) -> Vec<(usize, Sighting)> {
        let mut found = Vec::new();
        links::in_text(&self.text[range.clone()], &mut found);
        // Numbers alone in a cell may be anything.
        if self.cells.is_empty() {
            links::alone_in_lines(&self.text[range.clone()], &[LINE, SOFT], &mut found);
        }
        found.iter_mut().for_each(|(at, _)| *at += range.start);
        found.retain(|(at, _)| {
            let is_code = self.pieces_in(&(*at..at + 1)).iter().any(|piece| piece.is_code);
            !is_code && self.link_at(*at).is_none_or(|link| !self.links[link].is_bare)
        });
        found
    }

    /// What the whole list's repetition shows.
    pub(super) fn conventions(&self) -> &'d Conventions {
        &self.document.conventions
    }

    /// The link whose text a position lies in.
    pub(super) fn link_at(&self, position: usize) -> Option<usize> {
        let next = self.links.partition_point(|link| link.range.end <= position);
        self.links.get(next).filter(|link| link.range.start <= position).map(|_| next)
    }

    /// Where a position of the text stands in the list.
    pub(super) fn source(&self, position: usize) -> usize {
        let after = self.pieces.partition_point(|piece| piece.range.end <= position);
        match self.pieces.get(after) {
            Some(piece) => piece.at + position.saturating_sub(piece.range.start),
            None => self.pieces.last().map_or(self.at, |piece| piece.at),
        }
    }

    /// The pieces that lie in a range, at least in part.
    pub(super) fn pieces_in(&self, range: &Range<usize>) -> &[Piece] {
        let start = self.pieces.partition_point(|piece| piece.range.end <= range.start);
        let end = self.pieces.partition_point(|piece| piece.range.start < range.end);
        &self.pieces[start.min(end)..end]
    }

    /// The links that start in a range.
    pub(super) fn links_in(&self, range: &Range<usize>) -> Range<usize> {
        let start = self.links.partition_point(|link| link.range.start < range.start);
        // At the very end of the text stand links that show a picture only.
        let ends_text = range.end >= self.text.len();
        let end = self.links.partition_point(|link| link.range.start < range.end || ends_text);
        start..end.max(start)
    }

    /// The stretches of a range for which `has` holds, each as long as can be.
    pub(super) fn stretches(&self, range: &Range<usize>, has: impl Fn(&Piece) -> bool) -> Vec<Range<usize>> {
        let mut stretches: Vec<Range<usize>> = Vec::new();
        for piece in self.pieces_in(range).iter().filter(|piece| has(piece)) {
            match stretches.last_mut() {
                Some(last) if self.text[last.end..piece.range.start].trim_matches([' ', SOFT]).is_empty() => {
                    last.end = piece.range.end
                }
                // What began before the range is no part of it.
                _ => stretches.push(piece.range.start.max(range.start)..piece.range.end),
            }
        }
        stretches
    }

    /// How many lines, of either kind, hold a link.
    pub(super) fn lines_with_links(&self) -> usize {
        let mut end = 0;
        let mut count = 0;
        for link in &self.links {
            if count == 0 || self.text[end..link.range.start.max(end)].contains([LINE, SOFT]) {
                count += 1;
            }
            end = link.range.end.min(self.text.len()).max(end);
        }
        count
    }
}

/// The ranges between separators.
pub(super) fn lines_of(text: &str, separator: char) -> impl Iterator<Item = Range<usize>> {
    let mut start = 0;
    text.split(separator).map(move |line| {
        let range = start..start + line.len();
        start = range.end + separator.len_utf8();
        range
    })
}

/// Line ends within a run are spaces to whoever reads it.
fn blank_line_ends(text: &mut String, from: usize) {
    if memchr::memchr(b'\n', &text.as_bytes()[from..]).is_some() {
        let tail = text[from..].replace("\r\n", " ").replace(LINE, "\r");
        text.truncate(from);
        text.push_str(&tail);
    }
}

/// How far an address reaches that started before `text`: to the next space, without the punctuation of the sentence around it.
fn address_length(text: &str) -> usize {
    let end = text.find(|c: char| c.is_whitespace() || "<>\"`]|{}，。；、）】」》“”".contains(c)).unwrap_or(text.len());
    let mut address = &text[..end];
    let opened = address.matches('(').count();
    let mut closed = address.matches(')').count();
    loop {
        let trimmed = address.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '*', '_', '\\']);
        let trimmed = match trimmed.strip_suffix(')') {
            // It closes what opened before the address.
            Some(inner) if opened < closed => {
                closed -= 1;
                inner
            }
            _ => trimmed,
        };
        if trimmed.len() == address.len() {
            return trimmed.len();
        }
        address = trimmed;
    }
}
