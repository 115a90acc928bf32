//! What units that stand side by side show together: lines over lists, short names over titles, papers that are folded away. Each
//! is a habit only where several of them stand so.

use super::headings::{has_entries, papers_under};
use crate::extract::features::plain;
use crate::extract::features::title;
use crate::extract::reading::list::List;
use crate::extract::units::Shape;
use crate::extract::units::passage::{LINE, SOFT};

/// Units side by side, with the habits that they show.
pub(super) struct Beside<'u> {
    pub(super) units: &'u [usize],
    /// Lines without a link stand over lists.
    pub(super) have_lines_over_lists: bool,
    /// Short names with links stand over paragraphs with full titles.
    pub(super) are_named_above: bool,
    /// What is folded away holds one paper each.
    pub(super) fold_papers: bool,
}

impl<'u> Beside<'u> {
    pub(super) fn of(list: &List<'_, '_>, units: &'u [usize]) -> Self {
        let count = |is: &dyn Fn(usize) -> bool| (0..units.len()).filter(|at| is(*at)).count();
        let is_fold = |at: usize| list.shape(units[at]) == Shape::Fold;
        let folds = count(&is_fold);
        let papers = count(&|at| is_fold(at) && holds_one_paper(list, units[at]));
        Self {
            units,
            have_lines_over_lists: count(&|at| heads_list(list, units, at)) > 1,
            are_named_above: count(&|at| title_below(list, units, at).is_some()) > 2,
            fold_papers: folds > 2 && papers * 3 >= folds * 2,
        }
    }
}

/// Whether a short line without a link stands over a list or a table.
pub(super) fn heads_list(list: &List<'_, '_>, units: &[usize], at: usize) -> bool {
    let unit = units[at];
    let is_over = units.get(at + 1).is_some_and(|next| matches!(list.shape(*next), Shape::Item | Shape::Table));
    if list.shape(unit) != Shape::Paragraph || !is_over || list.tells(unit).link {
        return false;
    }
    let text = list.passage().text[list.own(unit)].trim();
    let is_sentence = text.ends_with(['.', '!', '?']) || text.contains([LINE, SOFT]);
    !is_sentence && (1..=6).contains(&plain::word_count(text))
}

/// The paragraph below a short name with links that is its full title.
pub(super) fn title_below(list: &List<'_, '_>, units: &[usize], at: usize) -> Option<usize> {
    let (unit, next) = (units[at], *units.get(at + 1)?);
    let (name, title) = (list.tells(unit), list.tells(next));
    let is_pair = list.shape(unit) == Shape::Paragraph && list.shape(next) == Shape::Paragraph;
    if !is_pair || !name.paper || !name.titled || title.link || !title.has_title {
        return None;
    }
    let best = title::best(list.candidates(unit)).map_or(0, |best| plain::word_count(&best.title.text));
    let text = list.passage().text[list.own(next)].trim();
    let is_title = (3..=25).contains(&plain::word_count(text)) && !text.contains(LINE);
    ((1..=2).contains(&best) && is_title).then_some(next)
}

/// Whether paragraphs that lead to one paper are all that is folded away.
pub(super) fn holds_one_paper(list: &List<'_, '_>, fold: usize) -> bool {
    let children = list.children(fold);
    plain::word_count(&list.text(fold)) >= 2
        && children.iter().all(|child| matches!(list.shape(*child), Shape::Paragraph | Shape::Bibtex))
        && papers_under(list, &children) == 1
        && !has_entries(list, &children)
}
