//! The lines of a list, and text that runs on over several of them: one string to look through, each piece with its place.

use std::ops::Range;

use pulldown_cmark::CowStr;

use crate::extract::forms::builder::Builder;

/// A tab leads to the next column that this divides, as docutils and Org have it.
const TAB: usize = 8;

/// One line without the white space around it.
#[derive(Clone, Copy, Debug)]
pub(in crate::extract) struct Line<'a> {
    pub(in crate::extract) text: &'a str,
    /// Where its text starts in the list.
    pub(in crate::extract) at: usize,
    /// The column that its text starts in.
    pub(in crate::extract) indent: usize,
}

impl<'a> Line<'a> {
    pub(in crate::extract) fn is_blank(&self) -> bool {
        self.text.is_empty()
    }

    /// Where its text ends in the list.
    pub(in crate::extract) fn end(&self) -> usize {
        self.at + self.text.len()
    }

    /// The line without its first `length` bytes, as if it began after them.
    pub(in crate::extract) fn without(&self, length: usize) -> Self {
        let rest = &self.text[length..];
        let text = rest.trim_start();
        let cut = self.text.len() - text.len();
        Self { text, at: self.at + cut, indent: self.indent + self.text[..cut].chars().count() }
    }
}

/// The lines of a text.
pub(in crate::extract) fn lines(source: &str) -> impl Iterator<Item = Line<'_>> {
    let mut offset = 0;
    source.split_inclusive('\n').map(move |raw| {
        let trimmed = raw.trim_end();
        let text = trimmed.trim_start();
        let before = trimmed.len() - text.len();
        let at = offset + before;
        offset += raw.len();
        let indent = trimmed[..before]
            .chars()
            .fold(0, |column, c| if c == '\t' { (column / TAB + 1) * TAB } else { column + 1 });
        Line { text, at, indent }
    })
}

/// Pieces of the list, each a line of its own, as one text.
#[derive(Debug, Default)]
pub(in crate::extract) struct Joined<'a> {
    text: String,
    /// Where each piece starts in the text, and in the list.
    pieces: Vec<(usize, &'a str, usize)>,
}

impl<'a> Joined<'a> {
    /// The text, with a line feed between two pieces.
    pub(in crate::extract) fn text(&self) -> &str {
        &self.text
    }

    pub(in crate::extract) fn clear(&mut self) {
        self.text.clear();
        self.pieces.clear();
    }

    /// Adds a piece that stands at `at` of the list.
    pub(in crate::extract) fn push(&mut self, piece: &'a str, at: usize) {
        if !self.pieces.is_empty() {
            self.text.push('\n');
        }
        self.pieces.push((self.text.len(), piece, at));
        self.text.push_str(piece);
    }

    /// Where in the list a position of the text is.
    pub(in crate::extract) fn at(&self, position: usize) -> usize {
        let (start, piece, at) = self.pieces.get(self.piece(position)).copied().unwrap_or_default();
        at + position.saturating_sub(start).min(piece.len())
    }

    fn piece(&self, position: usize) -> usize {
        self.pieces.partition_point(|(start, ..)| *start <= position).saturating_sub(1)
    }

    /// Hands on a part of the text, line by line.
    pub(in crate::extract) fn emit(&self, range: Range<usize>, builder: &mut Builder<'a>) {
        for (start, piece, at) in &self.pieces[self.piece(range.start).min(self.pieces.len())..] {
            if *start > range.end {
                break;
            }
            if *start > range.start {
                builder.soft_break(*at);
            }
            let from = range.start.saturating_sub(*start).min(piece.len());
            let to = range.end.saturating_sub(*start).min(piece.len());
            if from < to {
                builder.text(CowStr::Borrowed(&piece[from..to]), at + from);
            }
        }
    }

    /// A part of the text that is an address: without white space.
    pub(in crate::extract) fn address(&self, range: Range<usize>) -> CowStr<'a> {
        if let Some((start, piece, _)) = self.pieces.get(self.piece(range.start))
            && let Some(whole) = piece.get(range.start - start..range.end - start)
            && !whole.contains(char::is_whitespace)
        {
            return CowStr::Borrowed(whole);
        }
        self.text[range].split_whitespace().collect::<String>().into()
    }
}
