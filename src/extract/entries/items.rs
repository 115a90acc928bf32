//! Lists of items: which of them are entries, which stand over others, and which are fields of the one before.

use super::Section;
use super::evidence::{Evidence, evidence, references_alone};
use crate::extract::document::Kind;
use crate::extract::labels::Labelled;
use crate::extract::passage::{LINE, Passage};
use crate::extract::plain;
use crate::extract::reading::{self, Draft};
use std::ops::Range;

impl Section<'_, '_, '_> {
    /// Where the list ends that starts with the item at `start`: before the first block that lies in no item of it.
    pub(super) fn end_of_list(&self, start: usize, limit: usize) -> usize {
        let depth = self.document.blocks[start].depth;
        (start..limit).find(|&index| self.document.blocks[index].depth < depth).unwrap_or(limit)
    }

    /// The items of a list, each with all that is nested in it.
    fn items(&self, list: Range<usize>) -> Vec<Range<usize>> {
        let depth = self.document.blocks[list.start].depth;
        let is_start = |index: &usize| {
            let block = &self.document.blocks[*index];
            block.depth == depth && matches!(block.kind, Kind::Item(_))
        };
        let mut starts: Vec<usize> = list.clone().filter(is_start).collect();
        starts.push(list.end);
        starts.windows(2).map(|pair| pair[0]..pair[1]).collect()
    }

    pub(super) fn list(&mut self, list: Range<usize>) {
        let items = self.items(list);
        let mut passage = Passage::of(self.document);
        let mut drafts: Vec<Draft> = Vec::new();
        for item in items {
            let own_end = (item.start + 1..item.end)
                .find(|&index| matches!(self.document.blocks[index].kind, Kind::Item(_) | Kind::Table))
                .unwrap_or(item.end);
            if own_end < item.end && self.presents_more(item.start..own_end, own_end..item.end) {
                // What was read so far comes before what is nested here.
                self.keep_siblings(std::mem::take(&mut drafts));
                self.item_over_items(item.start..own_end, own_end..item.end);
                continue;
            }
            let labelled = Labelled::of(passage.fill(item));
            drafts.extend(reading::papers(&labelled, &mut self.reader.tools));
        }
        self.keep_siblings(drafts);
    }

    /// Whether what is nested in an item presents papers of its own. What is nested in a paper's item must look more like another
    /// entry than like a remark.
    fn presents_more(&self, own: Range<usize>, nested: Range<usize>) -> bool {
        let mut passage = Passage::of(self.document);
        let found = evidence(&Labelled::of(passage.fill(own)));
        if found.paper && found.has_title {
            self.any_item(nested, |found| found.titled && !found.details && found.paper)
        } else {
            self.has_titled_items(nested)
        }
    }

    /// Whether any item, or row, presents a paper by itself.
    pub(super) fn has_titled_items(&self, blocks: Range<usize>) -> bool {
        self.any_item(blocks, |found| found.has_title && !found.details && found.paper)
    }

    fn any_item(&self, blocks: Range<usize>, is_entry: impl Fn(Evidence) -> bool) -> bool {
        let mut passage = Passage::of(self.document);
        let mut at = blocks.start;
        while at < blocks.end {
            let end = (at + 1..blocks.end)
                .find(|&index| matches!(self.document.blocks[index].kind, Kind::Item(_) | Kind::Table))
                .unwrap_or(blocks.end);
            if self.document.blocks[at].kind == Kind::Table {
                return true;
            }
            if is_entry(evidence(&Labelled::of(passage.fill(at..end)))) {
                return true;
            }
            at = end;
        }
        false
    }

    /// Whether blocks hold several papers by nothing but their addresses.
    pub(super) fn has_references(&self, blocks: Range<usize>) -> bool {
        let mut passage = Passage::of(self.document);
        let lines = blocks.filter(|&index| matches!(self.document.blocks[index].kind, Kind::Paragraph | Kind::Item(_)));
        lines.map(|index| references_alone(passage.fill(index..index + 1))).sum::<usize>() > 1
    }

    /// An item with entries nested in it: an entry itself if it leads to a paper, else their category.
    fn item_over_items(&mut self, own: Range<usize>, nested: Range<usize>) {
        let mut passage = Passage::of(self.document);
        let labelled = Labelled::of(passage.fill(own));
        let found = evidence(&labelled);
        let mark = if found.paper {
            let drafts = reading::papers(&labelled, &mut self.reader.tools);
            drafts.into_iter().for_each(|draft| self.keep(draft));
            self.reader.outline.item(String::new())
        } else {
            let text = labelled.passage.text.split(LINE).next().unwrap_or_default();
            self.reader.outline.item(plain::title(text))
        };
        self.body(nested);
        self.reader.outline.back_to(mark);
    }
}
