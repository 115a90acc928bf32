//! Where a paper's own title stands in its unit, where that title is known: a proof of the slot in which its siblings have theirs.
//! What is shown is always the list's own words.

use std::cmp::Ordering;
use std::ops::Range;

use crate::extract::features::labels::{self, Labelled};
use crate::extract::features::plain;
use crate::extract::features::title::{Candidate, Setting, Slot, Title};
use crate::extract::features::venue;
use crate::extract::known::{Likeness, Own};
use crate::extract::units::passage::LINE;
use crate::tex;

/// No title stands further into its unit.
const FURTHEST: usize = 4_000;

/// The title of a unit, as its paper's own title proves it.
#[derive(Clone, Debug)]
pub(in crate::extract) struct Proof {
    pub(in crate::extract) title: Title,
    /// Where it stands, as far as siblings can have theirs there too.
    pub(in crate::extract) slot: Option<Slot>,
    pub(in crate::extract) likeness: Likeness,
}

/// Finds a paper's own title in a stretch: as a candidate, else in the words of the stretch, else a candidate that has most of it.
pub(in crate::extract) fn find(
    labelled: &Labelled<'_, '_>,
    within: &Range<usize>,
    candidates: &[Candidate],
    own: &Own,
) -> Option<Proof> {
    let alike = |wanted: Likeness| {
        let alike = candidates.iter().rev().filter(|candidate| own.likeness(&candidate.title.text) == Some(wanted));
        let best = alike.max_by(by_points)?;
        Some(Proof { title: best.title.clone(), slot: Some(best.slot), likeness: wanted })
    };
    alike(Likeness::Equal)
        .or_else(|| longer(labelled, candidates, own))
        .or_else(|| spelled(labelled, within, candidates, own))
        .or_else(|| alike(Likeness::Near))
}

/// Which of two candidates has more that speaks for it within its unit.
fn by_points(one: &&Candidate, other: &&Candidate) -> Ordering {
    one.signs.points().total_cmp(&other.signs.points())
}

/// A candidate by which the list calls the paper more than it calls itself: "Name: its title", "Its title: and more".
fn longer(labelled: &Labelled<'_, '_>, candidates: &[Candidate], own: &Own) -> Option<Proof> {
    let is_longer = |candidate: &&Candidate| {
        let text = &*candidate.title.text;
        let is_set_apart = candidate.slot != Slot::Lead;
        let found = if own.is_distinct() { span(text, own) } else { None };
        found.is_some_and(|found| {
            names(text[..found.start].trim()) && goes_on(labelled, &text[found.end..], is_set_apart)
        })
    };
    let best = candidates.iter().rev().filter(is_longer).max_by(by_points)?;
    Some(Proof { title: best.title.clone(), slot: Some(best.slot), likeness: Likeness::Equal })
}

/// Whether what stands before a title is nothing, or a name with a colon that is part of it.
fn names(before: &str) -> bool {
    let Some(name) = before.strip_suffix(':') else { return before.is_empty() };
    let is_year = !name.contains(char::is_alphabetic) || plain::is_date(name) || venue::looks_like_venue(name);
    (1..=3).contains(&plain::word_count(name)) && !is_year && labels::meaning(name).is_none()
}

/// Whether what stands after a title is nothing, or goes on with it: after a colon, in brackets as a name, or, where the whole is
/// set apart, with a word or two and no mark between.
fn goes_on(labelled: &Labelled<'_, '_>, after: &str, is_set_apart: bool) -> bool {
    let rest = after.trim();
    let bracketed = rest.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
    let (rest, is_one) = (bracketed.unwrap_or(rest), bracketed.is_some() || is_set_apart);
    let is_about = rest.contains(|c: char| c.is_numeric()) || labelled.learned.is_venue(rest);
    let is_word = rest.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '-'));
    rest.is_empty()
        || rest.starts_with(':') && !is_about
        || is_one && is_word && !is_about && plain::word_count(rest) <= 2
}

/// The title among other words: all of its letters in a row.
fn spelled(labelled: &Labelled<'_, '_>, within: &Range<usize>, candidates: &[Candidate], own: &Own) -> Option<Proof> {
    let passage = labelled.passage;
    let end = passage.text.floor_char_boundary(within.end.min(within.start + FURTHEST));
    let text = passage.text.get(within.start..end).filter(|_| own.is_distinct())?;
    let found = span(text, own)?;
    let range = within.start + found.start..within.start + found.end;
    let text = plain::title(&passage.text[range.clone()]);
    if !own.letters.contains(&tex::folded(&text)) {
        return None;
    }
    let holds = |candidate: &&Candidate| {
        let around = &candidate.title.range;
        around.start <= range.start && range.end <= around.end
    };
    let around = candidates.iter().rev().filter(holds).max_by(by_points);
    let link = passage.link_at(range.start);
    let title = match around {
        Some(Candidate { title, .. }) => Title { text, range, setting: title.setting, link: title.link },
        None => Title { text, range, setting: link.map_or(Setting::Plain, |_| Setting::Link), link },
    };
    Some(Proof { title, slot: around.map(|candidate| candidate.slot), likeness: Likeness::Equal })
}

/// Where in a text the letters of a title stand in a row, as whole words of one line, with the marks that the title begins and
/// ends with.
fn span(text: &str, own: &Own) -> Option<Range<usize>> {
    let (mut letters, mut places) = (String::with_capacity(text.len()), Vec::with_capacity(text.len()));
    for (at, letter) in tex::folded_places(text) {
        letters.push(letter);
        places.resize(letters.len(), at);
    }
    let is_word = |c: char| c.is_alphanumeric();
    own.letters.iter().flat_map(|own| letters.match_indices(own)).find_map(|(at, found)| {
        let (start, last) = (places[at], places[at + found.len() - 1]);
        let end = last + text[last..].chars().next().map_or(0, char::len_utf8);
        let (before, after) = (&text[..start], &text[end..]);
        if before.ends_with(is_word) || after.starts_with(is_word) || text[start..end].contains(LINE) {
            return None;
        }
        let opening = own.text.find(is_word).map_or("", |first| &own.text[..first]);
        let closing = own.text.rfind(is_word).map_or("", |last| own.text[last..].trim_start_matches(is_word));
        let opening = if before.ends_with(opening) { opening.len() } else { 0 };
        let closing = if after.starts_with(closing) { closing.len() } else { 0 };
        Some(start - opening..end + closing)
    })
}
