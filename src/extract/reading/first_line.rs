//! Titles in the first line, where the keeper of a list says that they stand there.

use std::ops::Range;

use super::list::List;
use crate::extract::features::plain;
use crate::extract::features::title::{Candidate, Setting, Slot, Title, best, candidates, without_remarks};
use crate::extract::units::passage::{LINE, SOFT};

/// Adds what the first line of a stretch offers as its title: what is set apart in it, else all of it.
pub(super) fn offer(list: &List<'_, '_>, within: &Range<usize>, known: &mut Vec<Candidate>) {
    let passage = list.passage();
    let start = passage.visible(within).start;
    let text = &passage.text[start..within.end.max(start)];
    let line = start..start + text.find([LINE, SOFT]).unwrap_or(text.len());
    let inside = candidates(&list.labelled, &line);
    let title = best(&inside).map(|candidate| candidate.title.clone()).or_else(|| {
        let text = without_remarks(plain::without_numbering(plain::trim(&passage.text[line.clone()])));
        let title = Title { text, range: line, setting: Setting::Plain, link: None };
        title.text.contains(char::is_alphabetic).then_some(title)
    });
    known.extend(title.map(|title| Candidate { slot: Slot::Whole, signs: Default::default(), title }));
}
