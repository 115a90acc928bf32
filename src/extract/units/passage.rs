//! The text of a list in one string, with what is known of each stretch of it: style, links, pictures, place in the list.
//!
//! Within the text a line feed is a line end that the writer wants (a new block, a cell, a `<br>`), a carriage return one that
//! Markdown takes for a space, and [`PICTURE`] stands for a picture. So titles can be looked for as in plain text, and everything
//! found is a range.

use std::ops::Range;
use std::sync::LazyLock;

use memchr::memmem;
use pulldown_cmark::CowStr;

use crate::extract::features::links::{self, Sighting, Target};

/// A line end that a reader sees.
pub(in crate::extract) const LINE: char = '\n';
/// A line end that a reader takes for a space.
pub(in crate::extract) const SOFT: char = '\r';
/// The place of a picture.
pub(in crate::extract) const PICTURE: char = '\u{FFFC}';

static SCHEME: LazyLock<memmem::Finder<'static>> = LazyLock::new(|| memmem::Finder::new("://"));

/// Whether an address stands in a text.
pub(in crate::extract) fn holds_address(text: &str) -> bool {
    SCHEME.find(text.as_bytes()).is_some()
}

/// A text with its marks.
#[derive(Debug, Default)]
pub(in crate::extract) struct Passage<'a> {
    pub(in crate::extract) text: String,
    /// In the order of the text, as what follows.
    pub(in crate::extract) pieces: Vec<Piece>,
    /// Addresses that stand in the text as they are included.
    pub(in crate::extract) links: Vec<Link<'a>>,
    pub(in crate::extract) images: Vec<Image<'a>>,
    /// What the text names where an identifier would stand; links have their own.
    pub(in crate::extract) sightings: Vec<(usize, Sighting)>,
}

/// A stretch of the text of one style.
#[derive(Clone, Debug)]
pub(in crate::extract) struct Piece {
    pub(in crate::extract) range: Range<usize>,
    pub(in crate::extract) style: Style,
    pub(in crate::extract) is_code: bool,
    /// Where it starts in the list.
    pub(in crate::extract) at: usize,
}

/// How a piece is set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::extract) struct Style {
    pub(in crate::extract) bold: bool,
    pub(in crate::extract) italic: bool,
    pub(in crate::extract) underlined: bool,
}

/// A link, with the stretch of text that it covers.
#[derive(Clone, Debug)]
pub(in crate::extract) struct Link<'a> {
    pub(in crate::extract) range: Range<usize>,
    pub(in crate::extract) url: CowStr<'a>,
    /// Where it starts in the list.
    pub(in crate::extract) at: usize,
    pub(in crate::extract) target: Target,
    /// What stands in its address where an identifier would.
    pub(in crate::extract) named: Vec<Sighting>,
    /// Whether the address itself is the text.
    pub(in crate::extract) is_bare: bool,
    /// Whether its text recurs in the list with other addresses, and so says where it leads.
    pub(in crate::extract) is_name: bool,
}

/// A picture; to a reading list it is above all a badge.
#[derive(Clone, Debug)]
pub(in crate::extract) struct Image<'a> {
    /// Where [`PICTURE`] stands for it in the text.
    pub(in crate::extract) position: usize,
    /// The link that it belongs to, as an index into [`Passage::links`].
    pub(in crate::extract) link: Option<usize>,
    pub(in crate::extract) src: CowStr<'a>,
    pub(in crate::extract) alt: String,
    /// Where it starts in the list.
    pub(in crate::extract) at: usize,
}

impl Passage<'_> {
    /// Adds the addresses that stand in the text as they are to its links.
    pub(in crate::extract) fn find_addresses(&mut self) {
        let mut found = Vec::new();
        let mut known = self.links.iter().peekable();
        let mut after = 0;
        for at in SCHEME.find_iter(self.text.as_bytes()) {
            if at < after {
                continue;
            }
            while known.next_if(|link| link.range.end <= at).is_some() {}
            if known.peek().is_some_and(|link| link.range.start <= at) {
                continue;
            }
            let before = &self.text[..at];
            let scheme = before.len() - before.trim_end_matches(|c: char| c.is_ascii_alphabetic()).len();
            let range = at - scheme..at + 3 + address_length(&self.text[at + 3..]);
            after = range.end;
            if scheme > 0 && range.end > at + 3 {
                found.push(range);
            }
        }
        if found.is_empty() {
            return;
        }
        let links = std::mem::take(&mut self.links);
        let mut moved = Vec::with_capacity(links.len());
        let mut found = found.into_iter().peekable();
        for link in links {
            while let Some(range) = found.next_if(|range| range.start < link.range.start) {
                self.push_address(range);
            }
            moved.push(self.links.len());
            self.links.push(link);
        }
        found.for_each(|range| self.push_address(range));
        for image in &mut self.images {
            image.link = image.link.and_then(|link| moved.get(link).copied());
        }
    }

    fn push_address(&mut self, range: Range<usize>) {
        let url = self.text[range.clone()].to_owned();
        let (target, named) = links::target(&url);
        let at = self.source(range.start);
        self.links.push(Link { range, url: url.into(), target, named, at, is_bare: true, is_name: false });
    }

    /// Finds what the text names where an identifier would stand, once all links are known. Code names nobody's papers; `cells`
    /// holds the stretches in which a number alone may be anything.
    pub(in crate::extract) fn find_identifiers(&mut self, cells: impl Iterator<Item = Range<usize>>) {
        let mut found = Vec::new();
        links::in_text(&self.text, &mut found);
        let mut alone = Vec::new();
        links::alone_in_lines(&self.text, &[LINE, SOFT], &mut alone);
        if !alone.is_empty() {
            let mut cells = cells.peekable();
            alone.retain(|(at, _)| {
                while cells.next_if(|cell| cell.end <= *at).is_some() {}
                cells.peek().is_none_or(|cell| *at < cell.start)
            });
            found.append(&mut alone);
            found.sort_by_key(|(at, _)| *at);
        }
        found.retain(|(at, _)| {
            let is_code = self.pieces_in(&(*at..at + 1)).iter().any(|piece| piece.is_code);
            !is_code && self.link_at(*at).is_none_or(|link| !self.links[link].is_bare)
        });
        self.sightings = found;
    }

    /// Returns what a range of the text names where an identifier would stand.
    pub(in crate::extract) fn named_in(&self, range: &Range<usize>) -> &[(usize, Sighting)] {
        let start = self.sightings.partition_point(|(at, _)| *at < range.start);
        let end = self.sightings.partition_point(|(at, _)| *at < range.end);
        &self.sightings[start..end.max(start)]
    }

    /// Returns the link whose text a position lies in.
    pub(in crate::extract) fn link_at(&self, position: usize) -> Option<usize> {
        let next = self.links.partition_point(|link| link.range.end <= position);
        self.links.get(next).filter(|link| link.range.start <= position).map(|_| next)
    }

    /// Returns where a position of the text stands in the list.
    pub(in crate::extract) fn source(&self, position: usize) -> usize {
        let after = self.pieces.partition_point(|piece| piece.range.end <= position);
        match self.pieces.get(after) {
            Some(piece) => piece.at + position.saturating_sub(piece.range.start),
            None => self.pieces.last().map_or(0, |piece| piece.at),
        }
    }

    /// Returns the pieces that lie in a range, at least in part.
    pub(in crate::extract) fn pieces_in(&self, range: &Range<usize>) -> &[Piece] {
        let start = self.pieces.partition_point(|piece| piece.range.end <= range.start);
        let end = self.pieces.partition_point(|piece| piece.range.start < range.end);
        &self.pieces[start.min(end)..end]
    }

    /// Returns the links that start in a range, as indices.
    pub(in crate::extract) fn links_in(&self, range: &Range<usize>) -> Range<usize> {
        let start = self.links.partition_point(|link| link.range.start < range.start);
        let end = self.links.partition_point(|link| link.range.start < range.end);
        start..end.max(start)
    }

    /// Returns the pictures in a range.
    pub(in crate::extract) fn images_in(&self, range: &Range<usize>) -> &[Image<'_>] {
        let start = self.images.partition_point(|image| image.position < range.start);
        let end = self.images.partition_point(|image| image.position < range.end);
        &self.images[start..end.max(start)]
    }

    /// Returns the stretches of a range for which `has` holds, each as long as can be.
    pub(in crate::extract) fn stretches(
        &self,
        range: &Range<usize>,
        has: impl Fn(&Piece) -> bool,
    ) -> Vec<Range<usize>> {
        let mut stretches: Vec<Range<usize>> = Vec::new();
        for piece in self.pieces_in(range).iter().filter(|piece| has(piece)) {
            let (start, end) = (piece.range.start.max(range.start), piece.range.end.min(range.end));
            match stretches.last_mut() {
                Some(last) if self.text[last.end..start].trim_matches([' ', SOFT]).is_empty() => last.end = end,
                _ => stretches.push(start..end),
            }
        }
        stretches
    }

    /// Returns the range without white space at its ends.
    pub(in crate::extract) fn visible(&self, range: &Range<usize>) -> Range<usize> {
        let text = &self.text[range.clone()];
        let start = range.start + text.len() - text.trim_start().len();
        start..(range.start + text.trim_end().len()).max(start)
    }

    /// Returns the lines of a range, of either kind.
    pub(in crate::extract) fn lines(&self, range: &Range<usize>) -> impl Iterator<Item = Range<usize>> {
        let mut start = range.start;
        self.text[range.clone()].split([LINE, SOFT]).map(move |line| {
            let line = start..start + line.len();
            start = line.end + 1;
            line
        })
    }
}

/// The ranges between separators.
pub(in crate::extract) fn lines_of(text: &str, separator: char) -> impl Iterator<Item = Range<usize>> {
    let mut start = 0;
    text.split(separator).map(move |line| {
        let range = start..start + line.len();
        start = range.end + separator.len_utf8();
        range
    })
}

/// How far an address reaches that started before `text`: to the next space, without the punctuation of the sentence around it.
fn address_length(text: &str) -> usize {
    let ends = |c: char| c.is_whitespace() || c == PICTURE || "<>\"`]|{}，。；、）】」》“”".contains(c);
    let end = text.find(ends).unwrap_or(text.len());
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
