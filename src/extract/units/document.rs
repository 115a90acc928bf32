//! The one shape that every form of list is brought into: blocks in their order over one text with its marks.
//!
//! The forms fill a [`Document`] through their builder; what comes after never asks which form it was.

use std::ops::Range;

use super::passage::Passage;

/// A list taken apart.
#[derive(Debug, Default)]
pub(in crate::extract) struct Document<'a> {
    pub(in crate::extract) blocks: Vec<Block>,
    pub(in crate::extract) passage: Passage<'a>,
    pub(in crate::extract) bibtex: Vec<Bibtex>,
}

/// One block of the text.
#[derive(Clone, Debug)]
pub(in crate::extract) struct Block {
    pub(in crate::extract) kind: Kind,
    /// Its stretch of the passage's text.
    pub(in crate::extract) range: Range<usize>,
    /// In how many list items it stands; an item counts itself.
    pub(in crate::extract) depth: u16,
    /// Where it starts in the list.
    pub(in crate::extract) at: usize,
}

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::extract) enum Kind {
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
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::extract) enum Task {
    #[default]
    None,
    Open,
    Done,
}

/// What a table row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::extract) enum Row {
    Header,
    Body,
}

/// BibTeX as it stands in a code block.
#[derive(Clone, Debug)]
pub(in crate::extract) struct Bibtex {
    /// The block that holds it, as an index into [`Document::blocks`].
    pub(in crate::extract) block: usize,
    pub(in crate::extract) text: String,
    /// Where its text starts in the list.
    pub(in crate::extract) at: usize,
}

impl Document<'_> {
    /// Returns the stretch of the text that blocks cover.
    pub(in crate::extract) fn text_of(&self, blocks: &Range<usize>) -> Range<usize> {
        match self.blocks.get(blocks.clone()) {
            Some([first, .., last]) => first.range.start..last.range.end,
            Some([only]) => only.range.clone(),
            _ => 0..0,
        }
    }

    /// Returns the BibTeX that blocks hold.
    pub(in crate::extract) fn bibtex_of(&self, blocks: &Range<usize>) -> &[Bibtex] {
        let start = self.bibtex.partition_point(|bibtex| bibtex.block < blocks.start);
        let end = self.bibtex.partition_point(|bibtex| bibtex.block < blocks.end);
        &self.bibtex[start..end.max(start)]
    }
}
