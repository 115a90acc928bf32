//! What is folded away under a summary: details of the entry before it, a section of entries, or an entry that the summary is the
//! title of.

use super::{Plan, Standing, What};
use crate::extract::conventions::weights::Weight;
use crate::extract::features::plain;
use crate::extract::features::title::{Candidate, Setting, Slot, Title, without_remarks};
use crate::extract::features::words;
use crate::extract::reading::list::List;
use crate::extract::units::Shape;

impl Plan<'_, '_, '_> {
    /// Reads what is folded away, and returns where to go on.
    pub(super) fn fold(&mut self, units: &[usize], at: usize) -> usize {
        let fold = units[at];
        let end = self.list.tree.units[fold].end;
        if let Some(title) = self.folded_title(fold).or_else(|| self.title_among(units, fold)) {
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
    fn title_among(&self, units: &[usize], fold: usize) -> Option<Candidate> {
        let list = self.list;
        let folds: Vec<usize> = units.iter().copied().filter(|unit| list.shape(*unit) == Shape::Fold).collect();
        let holds_one = |fold: &&usize| {
            let children: Vec<usize> = list.tree.children(**fold).collect();
            let is_title = plain::word_count(&list.text(**fold)) >= 2;
            let plain = children.iter().all(|child| matches!(list.shape(*child), Shape::Paragraph | Shape::Bibtex));
            is_title
                && plain
                && super::headings::papers_under(list, &children) == 1
                && !super::headings::has_entries(list, &children)
        };
        let of_one = folds.iter().filter(holds_one).count();
        let are_entries = folds.len() >= 3 && of_one * 3 >= folds.len() * 2;
        let text = list.text(fold);
        let is_own = self.summaries.get(&text).is_none_or(|count| *count < 2);
        (are_entries && is_own && holds_one(&&fold)).then(|| whole(list, fold, &text))
    }

    /// The title of the paper that is folded away under it, where that paper's details are all that is.
    fn folded_title(&self, fold: usize) -> Option<Candidate> {
        let list = self.list;
        let text = list.text(fold);
        let is_title = plain::word_count(&text) >= 3 && !words::is(&text, words::Kind::Folded);
        let children: Vec<usize> = list.tree.children(fold).collect();
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
