//! What stands around the title in all of a group: "2031 | Quiet comets | A. Dee | Conf". A text is cut at the separator that its
//! siblings share, and each part is told by what it holds across them: dates, people, venues, what recurs, and the long text that
//! differs in each, which is the title.

use std::collections::HashMap;
use std::hash::BuildHasher;
use std::ops::Range;

use foldhash::fast::FixedState;

use super::titles::titleness;
use crate::extract::features::labels::{self, Labelled};
use crate::extract::features::names;
use crate::extract::features::plain;
use crate::extract::features::title::{self, sentences};
use crate::extract::features::venue;
use crate::extract::units::passage::SOFT;

/// A smaller group shows no separator.
const FEWEST: usize = 3;
/// The share of a group that has to agree.
const MOST: f32 = 0.6;
/// The share by which a part is told that does not tell itself.
const NEARLY_ALL: f32 = 0.8;
/// No line has more parts that matter.
const MOST_PARTS: usize = 40;

/// What lists put between the fields of an entry, from the strongest to the weakest.
const SEPARATORS: [Separator; 10] = [
    Separator::Line,
    Separator::Apart(&["  "]),
    Separator::Marks(&[" | ", "｜", " || ", "\t"]),
    Separator::Apart(&[" - ", " – ", " — ", " -- ", "——"]),
    Separator::Marks(&[" / ", " · ", " • ", " :: "]),
    Separator::Marks(&["; ", "；"]),
    Separator::Sentence,
    Separator::Marks(&[", ", "，"]),
    Separator::Colon,
    Separator::Prose,
];

/// What stands between two fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Separator {
    /// The end of a line. A title is one of the lines.
    Line,
    Marks(&'static [&'static str]),
    /// Marks that set apart what follows from what comes before: prose may follow the title.
    Apart(&'static [&'static str]),
    /// The end of a sentence. A title is one of the sentences, and prose may follow it.
    Sentence,
    /// A colon, which stands in titles, too.
    Colon,
    /// Nothing but the start of prose after a name in capitals.
    Prose,
}

impl Separator {
    fn may_lead_to_prose(self) -> bool {
        matches!(self, Self::Apart(_) | Self::Sentence | Self::Prose)
    }
}

/// Cuts the texts of one slot in a group down to their titles. Returns the ranges that differ from what they were.
pub(in crate::extract) fn cores(labelled: &Labelled<'_, '_>, texts: &[Range<usize>]) -> Vec<Option<Range<usize>>> {
    let mut cores: Vec<Range<usize>> = texts.to_vec();
    if texts.len() < FEWEST {
        return vec![None; texts.len()];
    }
    // A second separator may divide what the first has left.
    for _ in 0..3 {
        let cut = |separator| Split::of(labelled, &cores, separator)?.cut();
        let Some(cut) = SEPARATORS.into_iter().find_map(cut) else { break };
        cores = cut;
    }
    cores.into_iter().zip(texts).map(|(core, text)| (core != *text).then_some(core)).collect()
}

/// Texts cut at one separator.
struct Split<'l, 'p, 'd> {
    labelled: &'l Labelled<'p, 'd>,
    /// The parts of each text.
    parts: Vec<Vec<Range<usize>>>,
    separator: Separator,
    /// In how many texts a part stands.
    counts: HashMap<u64, u32, FixedState>,
}

impl<'l, 'p, 'd> Split<'l, 'p, 'd> {
    fn of(labelled: &'l Labelled<'p, 'd>, texts: &[Range<usize>], separator: Separator) -> Option<Self> {
        let parts: Vec<Vec<Range<usize>>> = texts.iter().map(|text| split(labelled, text, separator)).collect();
        let several = parts.iter().filter(|parts| parts.len() > 1).count();
        if (several as f32) < MOST * texts.len() as f32 {
            return None;
        }
        let mut split = Self { labelled, parts, separator, counts: HashMap::default() };
        let keys = split.parts.iter().flatten().map(|part| split.key(part)).collect::<Vec<_>>();
        keys.into_iter().for_each(|key| *split.counts.entry(key).or_default() += 1);
        Some(split)
    }

    fn text(&self, part: &Range<usize>) -> &'p str {
        plain::trim(&self.labelled.passage.text[part.clone()])
    }

    fn key(&self, part: &Range<usize>) -> u64 {
        plain::with_lower(self.text(part), |text| FixedState::default().hash_one(text))
    }

    /// Whether a part says something about the paper and is not its title.
    fn is_about(&self, part: &Range<usize>) -> bool {
        let text = self.text(part);
        let words = plain::word_count(text);
        let recurs = || self.counts.get(&self.key(part)).is_some_and(|count| *count > 1);
        // A colon stands in titles, so that only what cannot be a part of one counts.
        let tells_itself = plain::is_date(text) || self.labelled.learned.is_venue(text) || self.is_people(text);
        if self.separator == Separator::Colon {
            return words == 0 || tells_itself;
        }
        words == 0
            || tells_itself
            || words <= 4 && venue::says_when(text)
            || labels::meaning(text).is_some()
            || labels::is_identifier(text)
            || recurs()
            || is_volume(text)
    }

    fn is_people(&self, text: &str) -> bool {
        names::is_author_list(text)
            || names::are_authors(text) && text.contains('(')
            || names::is_short_author(text) && (text.contains(' ') || text.contains("et al"))
    }

    /// The texts without what stands around their titles, where most of them show such.
    fn cut(&self) -> Option<Vec<Range<usize>>> {
        if self.is_prose_after() {
            return Some(self.parts.iter().map(|parts| parts[0].clone()).collect());
        }
        if self.separator == Separator::Prose {
            return None;
        }
        let cores: Vec<Range<usize>> = match self.column() {
            Some(column) => self.parts.iter().map(|parts| parts[column.min(parts.len() - 1)].clone()).collect(),
            None => {
                let (first, last) = (self.share(|parts| parts.first()), self.share(|parts| parts.last()));
                self.parts.iter().map(|parts| self.core(parts, first, last)).collect()
            }
        };
        let whole = |parts: &[Range<usize>]| parts[0].start..parts[parts.len() - 1].end;
        let changed = cores.iter().zip(&self.parts).filter(|(core, parts)| **core != whole(parts)).count();
        let worth = |range: &Range<usize>| titleness(self.text(range));
        let before: f32 = self.parts.iter().map(|parts| worth(&whole(parts))).sum();
        let after: f32 = cores.iter().map(worth).sum();
        let is_better = changed as f32 >= MOST * cores.len() as f32 && after >= 0.75 * before;
        is_better.then_some(cores)
    }

    /// Whether a short text that differs in each is followed by prose.
    fn is_prose_after(&self) -> bool {
        let words = |range: Range<usize>| plain::word_count(self.text(&range));
        let is_prose = |parts: &&Vec<Range<usize>>| {
            let (first, rest) = (words(parts[0].clone()), words(parts[0].end..parts[parts.len() - 1].end));
            (1..=14).contains(&first) && rest >= 10 && rest * 2 >= first * 3
        };
        let prose = self.parts.iter().filter(|parts| parts.len() > 1).filter(is_prose).count();
        let differs =
            |parts: &&Vec<Range<usize>>| self.counts.get(&self.key(&parts[0])).is_none_or(|count| *count == 1);
        self.separator.may_lead_to_prose()
            && prose as f32 >= MOST * self.parts.len() as f32
            && self.parts.iter().all(|parts| differs(&parts))
    }

    /// The column of the titles, where all texts have equally many parts and only those of one are long and no people.
    fn column(&self) -> Option<usize> {
        let width = self.parts.iter().map(Vec::len).max()?;
        let even = self.parts.iter().filter(|parts| parts.len() == width).count();
        if self.separator == Separator::Colon || width < 2 || (even as f32) < NEARLY_ALL * self.parts.len() as f32 {
            return None;
        }
        let worth = |column: usize| {
            let parts = self.parts.iter().filter(|parts| parts.len() == width);
            let worths = parts
                .map(|parts| if self.is_about(&parts[column]) { 0.0 } else { titleness(self.text(&parts[column])) });
            worths.sum::<f32>() / even as f32
        };
        let worths: Vec<f32> = (0..width).map(worth).collect();
        let best = (0..width).max_by(|one, other| worths[*one].total_cmp(&worths[*other]))?;
        let others = worths.iter().enumerate().filter(|(column, _)| *column != best).all(|(_, worth)| *worth <= 0.35);
        (worths[best] >= 0.7 && others).then_some(best)
    }

    /// The share of the texts whose part at an end is not the title's.
    fn share<'s>(&'s self, end: impl Fn(&'s [Range<usize>]) -> Option<&'s Range<usize>>) -> f32 {
        let several = self.parts.iter().filter(|parts| parts.len() > 1);
        let about = several.clone().filter(|parts| end(parts).is_some_and(|part| self.is_about(part))).count();
        about as f32 / several.count().max(1) as f32
    }

    /// A text without the parts at its ends that are not its title's.
    fn core(&self, parts: &[Range<usize>], first: f32, last: f32) -> Range<usize> {
        let (mut start, mut end) = (0, parts.len());
        if first >= MOST && end > 1 && (self.is_about(&parts[0]) || first >= NEARLY_ALL) {
            start = 1;
            while start + 1 < end && self.is_about(&parts[start]) {
                start += 1;
            }
        }
        let is_whole = matches!(self.separator, Separator::Line | Separator::Sentence);
        if is_whole && start > 0 && titleness(self.text(&parts[start])) > 0.8 {
            end = start + 1;
        } else if last >= MOST && end - start > 1 && (self.is_about(&parts[end - 1]) || last >= NEARLY_ALL) {
            end -= 1;
            while end - start > 1 && self.is_about(&parts[end - 1]) {
                end -= 1;
            }
        }
        parts[start].start..parts[end - 1].end
    }
}

/// Cuts a name in capitals from the sentence that follows it without a mark: "Quiet Comets This paper follows comets".
fn before_prose(text: &str, base: usize) -> Vec<Range<usize>> {
    let words: Vec<(usize, &str)> = text
        .split(' ')
        .scan(0, |at, word| {
            let start = *at;
            *at += word.len() + 1;
            Some((start, word))
        })
        .collect();
    let is_upper = |at: usize| words[at].1.starts_with(char::is_uppercase);
    let is_lower = |at: usize| words[at].1.starts_with(char::is_lowercase);
    let last = words.len().saturating_sub(8).min(14);
    let begins = (1..last).find(|&at| {
        is_upper(at) && is_lower(at + 1) && is_lower(at + 2) && !words[at - 1].1.ends_with(['.', ':', ','])
    });
    let is_name = |at: &usize| (0..*at).all(|at| !is_lower(at) || words[at].1.len() < 4);
    match begins.filter(is_name) {
        Some(at) => vec![base..base + words[at].0 - 1, base + words[at].0..base + text.len()],
        None => std::iter::once(base..base + text.len()).collect(),
    }
}

/// Whether a text is a journal with its volume: "Annals of Boats 326".
fn is_volume(text: &str) -> bool {
    let ends_in_number = text.ends_with(|c: char| c.is_ascii_digit() || c == ')') && !text.ends_with("D)");
    ends_in_number && text.starts_with(char::is_uppercase) && (2..=6).contains(&plain::word_count(text)) && {
        let last = text.rsplit(' ').next().unwrap_or_default();
        last.trim_matches(['(', ')']).bytes().all(|byte| byte.is_ascii_digit())
    }
}

/// The parts of a text between marks.
fn between(text: &str, marks: &[&str], range: &Range<usize>) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut at = 0;
    while parts.len() < MOST_PARTS {
        let next = marks.iter().filter_map(|mark| Some((text[at..].find(mark)? + at, mark.len()))).min();
        let Some((found, length)) = next else { break };
        parts.push(range.start + at..range.start + found);
        at = found + length;
    }
    parts.push(range.start + at..range.end);
    parts
}

/// Cuts a text at a separator.
fn split(labelled: &Labelled<'_, '_>, range: &Range<usize>, separator: Separator) -> Vec<Range<usize>> {
    let text = &labelled.passage.text[range.clone()];
    let mut parts: Vec<Range<usize>> = match separator {
        Separator::Line => between(text, &["\r"], range),
        Separator::Marks(marks) | Separator::Apart(marks) => between(text, marks, range),
        Separator::Colon => between(text, &[": ", "："], range),
        Separator::Prose => before_prose(text, range.start),
        Separator::Sentence => {
            let base = text.as_ptr() as usize;
            let place = |sentence: &str| {
                let start = range.start + (sentence.as_ptr() as usize - base);
                start..start + sentence.len()
            };
            sentences(text).take(MOST_PARTS).map(place).collect()
        }
    };
    parts.retain(|part| {
        labelled.passage.text[part.clone()].contains(|c: char| c.is_alphanumeric()) && part.end > part.start
    });
    let blank = |c: char| c.is_whitespace() || c == SOFT;
    for part in &mut parts {
        let text = &labelled.passage.text[part.clone()];
        let start = part.start + text.len() - text.trim_start_matches(blank).len();
        *part = start..start + text.trim_matches(blank).len();
    }
    if parts.is_empty() { vec![range.clone()] } else { parts }
}

/// The text of a core as a title.
pub(in crate::extract) fn text_of(labelled: &Labelled<'_, '_>, core: &Range<usize>) -> Option<String> {
    title::lead_title(&labelled.passage.text[core.clone()]).filter(|text| text.contains(char::is_alphabetic))
}
