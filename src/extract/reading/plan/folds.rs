//! What is folded away under a summary: details of the entry before it, a section of entries, or an entry that the summary is the
//! title of.

use super::beside::{self, Beside};
use super::{Plan, Standing, What};
use crate::extract::conventions::weights::Weight;
use crate::extract::features::plain;
use crate::extract::features::title::{Candidate, Setting, Slot, Title, without_remarks};
use crate::extract::features::words;
use crate::extract::reading::list::List;
use crate::extract::units::Shape;

impl Plan<'_, '_, '_> {
    /// Reads what is folded away, and returns where to go on.
    pub(super) fn fold(&mut self, beside: &Beside<'_>, at: usize) -> usize {
        let fold = beside.units[at];
        let end = self.list.tree.units[fold].end;
        if let Some(title) = self.folded_title(fold).or_else(|| self.title_among(beside, fold)) {
            self.place(What::Under(vec![title]), fold, fold..end, Standing::Sure);
            return at + 1;
        }
        let text = self.list.text(fold);
        let outer = self.path.len();
        let recurs = self.summaries.get(&text).is_some_and(|count| *count > 2);
        self.open(if recurs || words::is(&text, words::Kind::Folded) { String::new() } else { text });
        self.children(fold);
        self.path.truncate(outer);
        at + 1
    }

    /// The title of what is folded away, where most of what is folded beside it holds one paper each.
    fn title_among(&self, beside: &Beside<'_>, fold: usize) -> Option<Candidate> {
        let text = self.list.text(fold);
        let is_own = || self.summaries.get(&text).is_none_or(|count| *count < 2);
        let is_entry = beside.fold_papers && beside::holds_one_paper(self.list, fold) && is_own();
        is_entry.then(|| whole(self.list, fold, &text))
    }

    /// The title of the paper that is folded away under it, where that paper's details are all that is.
    fn folded_title(&self, fold: usize) -> Option<Candidate> {
        let list = self.list;
        let text = list.text(fold);
        let is_title = plain::word_count(&text) >= 3 && !words::is(&text, words::Kind::Folded);
        let children = list.children(fold);
        let is_plain = |unit: &usize| match list.shape(*unit) {
            Shape::Table | Shape::Heading(_) => false,
            Shape::Fold => folds_details(list, *unit),
            _ => true,
        };
        let is_entry = is_title
            && children.iter().all(is_plain)
            && super::headings::is_one_papers(list, &children, &text)
            && !super::headings::has_entries(list, &children)
            && !super::headings::has_references(list, &children);
        is_entry.then(|| whole(list, fold, &text))
    }
}

/// The whole text of a unit as a title.
pub(super) fn whole(list: &List<'_, '_>, unit: usize, text: &str) -> Candidate {
    let range = list.passage().visible(&list.own(unit));
    let text = without_remarks(plain::without_numbering(plain::trim(text)));
    Candidate {
        slot: Slot::Whole,
        signs: Weight::Whole.into(),
        title: Title { text, range, setting: Setting::Plain, link: None },
    }
}

/// Whether a summary says that details of the entry before it follow.
pub(super) fn folds_details(list: &List<'_, '_>, fold: usize) -> bool {
    words::is(plain::trim(&list.text(fold)), words::Kind::Folded)
}
