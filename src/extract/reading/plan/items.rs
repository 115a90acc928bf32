//! Lists of items: which of them are entries, which stand over others, and which are fields of the one before.

use super::{Plan, Standing, What};
use crate::extract::features::evidence::Evidence;
use std::ops::Range;

use crate::extract::features::labels::Role;
use crate::extract::features::plain;
use crate::extract::reading::list::List;
use crate::extract::units::Shape;
use crate::extract::units::passage::{LINE, SOFT};

impl Plan<'_, '_, '_> {
    pub(super) fn items(&mut self, items: &[usize]) {
        for &item in items {
            let end = self.list.tree.units[item].end;
            if let Some(papers) = papers_below(self.list, item) {
                self.item_over_paragraphs(item, papers);
            } else if presents_more(self.list, item) {
                self.item_over_items(item);
            } else {
                self.place(What::Papers, item, item..end, Standing::Among(items[0]));
            }
        }
    }

    /// An item whose first line heads its further paragraphs, a paper each.
    fn item_over_paragraphs(&mut self, item: usize, papers: Range<usize>) {
        let heading = self.list.document.text_of(&(papers.start - 1..papers.start));
        let outer = self.path.len();
        self.open(plain::title(&self.list.passage().text[heading]));
        for block in papers {
            self.place_blocks(What::Papers, item, block..block + 1, Standing::Sure);
        }
        self.children(item);
        self.path.truncate(outer);
    }

    /// The text of a lone item over a table, which it names.
    pub(super) fn names_table(&self, items: &[usize], next: Option<usize>) -> Option<String> {
        let &[item] = items else { return None };
        next.filter(|next| self.list.shape(*next) == Shape::Table)?;
        let text = plain::title(&self.list.passage().text[self.list.own(item)]);
        let is_name = !self.list.tells(item).link && !self.list.tree.has_children(item);
        (is_name && (1..=8).contains(&plain::word_count(&text))).then_some(text)
    }

    /// An item with entries nested in it: an entry itself if it leads to a paper, else their category.
    fn item_over_items(&mut self, item: usize) {
        let found = self.list.tells(item);
        let name = if found.paper || found.link && found.titled {
            self.place(What::Papers, item, item..item + 1, Standing::Sure);
            String::new()
        } else {
            let text = &self.list.passage().text[self.list.own(item)];
            let line = text.split(LINE).next().unwrap_or_default();
            // Properties of a note stand below its name: `id:: …`.
            plain::title(line.split(SOFT).take_while(|line| !line.contains(":: ")).collect::<Vec<_>>().join(" ").trim())
        };
        let outer = self.path.len();
        self.open(name);
        self.children(item);
        self.path.truncate(outer);
    }
}

/// The paragraphs of an item that present a paper each below a line that leads nowhere, as blocks.
fn papers_below(list: &List<'_, '_>, item: usize) -> Option<Range<usize>> {
    let own = list.tree.units[item].own.clone();
    let (heading, papers) = (own.start + 1, own.start + 2..own.end);
    if papers.len() < 2 {
        return None;
    }
    let passage = list.passage();
    let heading = list.document.text_of(&(heading..heading + 1));
    let is_name = (1..=8).contains(&plain::word_count(&passage.text[heading.clone()]));
    let opens_with_paper = |block: usize| {
        let text = passage.visible(&list.document.text_of(&(block..block + 1)));
        passage.links_in(&text).next().is_some_and(|link| {
            let (range, role) = (&passage.links[link].range, &list.labelled.roles[link]);
            *role == Role::Text && range.start <= text.start + 4 && plain::word_count(&passage.text[range.clone()]) >= 3
        })
    };
    let is_heading = is_name && passage.links_in(&heading).is_empty();
    (is_heading && papers.clone().all(opens_with_paper)).then_some(papers)
}

/// Whether what is nested in an item presents papers of its own. What is nested in a paper's item must look more like another entry
/// than like a remark.
fn presents_more(list: &List<'_, '_>, item: usize) -> bool {
    let nested = item + 1..list.tree.units[item].end;
    let found = list.tells(item);
    if found.paper && found.has_title {
        any(list, nested, |found| found.titled && !found.details && found.paper)
    } else {
        has_titled(list, nested)
    }
}

/// Whether any of these units presents a paper by itself.
pub(super) fn has_titled(list: &List<'_, '_>, units: Range<usize>) -> bool {
    any(list, units, |found| found.has_title && !found.details && found.paper)
}

fn any(list: &List<'_, '_>, mut units: Range<usize>, is_entry: impl Fn(Evidence) -> bool) -> bool {
    units.any(|unit| match list.shape(unit) {
        Shape::Table => true,
        Shape::Item | Shape::Paragraph => is_entry(list.tells(unit)),
        _ => false,
    })
}
