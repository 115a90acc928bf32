//! Collects the labels that a list attaches to an entry: values of tag fields, code used as a label, badges, venues set apart, hashtags.
//! Cells of columns that label are `tables`' business, front matter's tags `front_matter`'s.

use std::ops::Range;

use crate::extract::features::badges;
use crate::extract::features::brackets::bracketed;
use crate::extract::features::labels::{self, Labelled, Meaning, Role};
use crate::extract::features::links::Target;
use crate::extract::features::plain;
use crate::extract::features::title::Title;
use crate::extract::features::venue;
use crate::extract::features::words;
use crate::extract::options::{Hashtags, Options, TagFrom, TaskState};
use crate::extract::units::document::Task;
use crate::extract::units::passage::{LINE, SOFT};

/// A label longer than this is a sentence.
const LONGEST: usize = 80;

/// A tag with its place in the passage.
pub(in crate::extract) type Placed = (usize, String);

/// The tags within a range, in its order.
pub(in crate::extract) fn find(
    labelled: &Labelled<'_, '_>,
    within: &Range<usize>,
    title: Option<&Title>,
    task: Task,
    options: &Options,
) -> Vec<Placed> {
    let mut tags = Vec::new();
    in_fields(labelled, within, &mut tags);
    let said = Said::of(options);
    if said.may(&TagFrom::Code) {
        in_code(labelled, within, title, &mut tags);
    }
    if said.may(&TagFrom::Badges) {
        in_badges(labelled, within, &mut tags);
    }
    set_apart(labelled, within, title, said, &mut tags);
    if options.hashtags == Hashtags::Read {
        hashtags(labelled, within, title, &mut tags);
    }
    tags.sort_by_key(|(at, _)| *at);
    if options.task_state == TaskState::Tag {
        match task {
            Task::None => {}
            Task::Open => tags.insert(0, (within.start, "todo".to_owned())),
            Task::Done => tags.insert(0, (within.start, "done".to_owned())),
        }
    }
    tags
}

/// What the keeper of a list says of brackets, badges and code.
#[derive(Clone, Copy)]
struct Said<'o> {
    options: &'o Options,
    /// Whether any of the three is named, so that the others label nothing.
    is_said: bool,
}

impl<'o> Said<'o> {
    fn of(options: &'o Options) -> Self {
        let is_kind = |tag: &TagFrom| matches!(tag, TagFrom::Brackets | TagFrom::Badges | TagFrom::Code);
        Self { options, is_said: options.tags.iter().any(is_kind) }
    }

    fn names(&self, kind: &TagFrom) -> bool {
        self.options.tags.contains(kind)
    }

    fn may(&self, kind: &TagFrom) -> bool {
        !self.is_said || self.names(kind)
    }
}

/// The tags as they are to be kept: spelled as the settings want, without repetition and without what is to be ignored.
pub(in crate::extract) fn settle(tags: Vec<Placed>, options: &Options) -> Vec<String> {
    let mut kept: Vec<String> = Vec::new();
    for (_, tag) in tags {
        let tag = options.aliases.get(&tag).cloned().unwrap_or(tag);
        if !tag.is_empty() && !options.ignore.contains(&tag) && !kept.contains(&tag) {
            kept.push(tag);
        }
    }
    kept
}

/// Whether a value is a placeholder for none.
pub(in crate::extract) fn is_empty(value: &str) -> bool {
    let value = plain::trim(value);
    !value.chars().any(char::is_alphanumeric) || words::is(value, words::Kind::None)
}

fn in_fields(labelled: &Labelled<'_, '_>, within: &Range<usize>, tags: &mut Vec<Placed>) {
    let passage = labelled.passage;
    for field in labelled.fields_in(within) {
        if !matches!(field.meaning, Meaning::Tags | Meaning::Labelling) {
            continue;
        }
        // "Journal: [Annals 12](…)" leads to where it appeared.
        let leads = !passage.links_in(&field.value).is_empty();
        if field.meaning == Meaning::Labelling
            && leads
            && !labelled.learned.is_venue(plain::trim(&passage.text[field.value.clone()]))
        {
            continue;
        }
        let codes = passage.stretches(&field.value, |piece| piece.is_code);
        if !codes.is_empty() {
            tags.extend(codes.into_iter().map(|range| (range.start, plain::line(&passage.text[range]))));
            continue;
        }
        let value = &passage.text[field.value.clone()];
        if field.meaning == Meaning::Labelling {
            push_value(value, field.value.start, tags);
        } else {
            push_values(value, field.value.start, tags);
        }
    }
}

/// A value that is one label.
pub(in crate::extract) fn push_value(value: &str, at: usize, tags: &mut Vec<Placed>) {
    let without_remark = value.split_once(" (").map_or(value, |(before, _)| before);
    if value.len() > 2 * LONGEST || plain::is_date(without_remark) {
        return;
    }
    let tag = plain::title(plain::trim(value));
    if !is_empty(&tag) && tag.len() <= LONGEST && !plain::is_date(&tag) && !tag.contains("://") {
        tags.push((at, tag));
    }
}

/// A value that lists labels.
pub(in crate::extract) fn push_values(value: &str, at: usize, tags: &mut Vec<Placed>) {
    push_separated(value, Some(LINE), at, tags);
}

/// A value that lists labels, with a further mark between them.
pub(in crate::extract) fn push_separated(value: &str, mark: Option<char>, at: usize, tags: &mut Vec<Placed>) {
    let by_bar = value.contains('|');
    let separators =
        |c: char| matches!(c, '|' | ';' | '；') || (!by_bar && matches!(c, ',' | '，' | '、')) || Some(c) == mark;
    // "ACL, 2020" is one label.
    let dated =
        value.rsplit_once([',', '，']).is_some_and(|(before, date)| !before.contains(',') && plain::is_date(date));
    if dated {
        return push_value(value, at, tags);
    }
    for part in value.split(separators) {
        push_value(part.trim().trim_start_matches('#'), at, tags);
    }
}

/// Code counts as a label where it stands for itself, not within a sentence.
fn in_code(labelled: &Labelled<'_, '_>, within: &Range<usize>, title: Option<&Title>, tags: &mut Vec<Placed>) {
    let passage = labelled.passage;
    for range in passage.pieces_in(within).iter().filter(|piece| piece.is_code).map(|piece| piece.range.clone()) {
        let text = plain::line(plain::trim(&passage.text[range.clone()]));
        let is_title = title.is_some_and(|title| title.range.start <= range.start && range.end <= title.range.end);
        let is_field = labelled
            .fields_in(within)
            .iter()
            .any(|field| field.line.start <= range.start && range.end <= field.line.end);
        let is_link = passage.links_in(&(range.start..range.end)).next().is_some();
        let is_label =
            text.len() <= 48 && plain::word_count(&text) <= 5 && !text.contains(['/', '\\', '=', '{', ';', '<', '$']);
        if is_title
            || is_field
            || is_link
            || !is_label
            || is_empty(&text)
            || plain::is_date(&text)
            || labels::is_identifier(&text)
            || !stands_alone(labelled, &range)
        {
            continue;
        }
        if labels::meaning(&text).is_none() {
            tags.push((range.start, text));
        }
    }
}

/// Whether a stretch is no part of a sentence: one of its neighbours is no word of one.
fn stands_alone(labelled: &Labelled<'_, '_>, range: &Range<usize>) -> bool {
    let passage = labelled.passage;
    let is_space = |c: char| c == ' ' || c == SOFT;
    let before = passage.text[..range.start].trim_end_matches(is_space);
    let after = passage.text[range.end..].trim_start_matches(is_space);
    let is_word = |at: usize| {
        let is_code = passage.pieces_in(&(at..at + 1)).iter().any(|piece| piece.is_code);
        let link = passage.links.partition_point(|link| link.range.end <= at);
        !is_code && passage.links.get(link).is_none_or(|link| link.range.start > at)
    };
    let last = before.char_indices().next_back().filter(|(_, c)| c.is_alphanumeric());
    let ends_word = last.is_some_and(|(at, _)| is_word(at));
    let starts_word = after.starts_with(char::is_alphanumeric) && is_word(passage.text.len() - after.len());
    !(ends_word && starts_word)
}

fn in_badges(labelled: &Labelled<'_, '_>, within: &Range<usize>, tags: &mut Vec<Placed>) {
    let passage = labelled.passage;
    for image in passage.images_in(within) {
        let leads = image.link.is_some_and(|link| passage.links[link].target != Target::Anchor);
        if let Some(tag) = badges::tag(image, leads) {
            tags.push((image.position, tag));
        }
    }
}

/// Whether square brackets label: right before the title, or in a row with others where their text recurs in the list.
fn is_label(
    labelled: &Labelled<'_, '_>,
    within: &Range<usize>,
    title: Option<&Title>,
    inner: Range<usize>,
    said: Said<'_>,
) -> bool {
    let passage = labelled.passage;
    let text = plain::trim(&passage.text[inner.clone()]);
    // What stands further before it than a few labels is text.
    let near = passage.text.floor_char_boundary(inner.start.saturating_sub(2 * LONGEST)).max(within.start);
    let before = passage.text[near..inner.start].trim_end_matches(['[', '【']);
    let is_square = passage.text[..inner.start].ends_with(['[', '【']) && !passage.text[..inner.start].ends_with("[[");
    let is_short = (1..=4).contains(&plain::word_count(text)) && text.len() <= 48;
    let is_other = || {
        plain::is_date(text)
            || is_empty(text)
            || labels::meaning(text).is_some()
            || labels::is_identifier(text)
            || text.starts_with(['@', '#', '^'])
            || !text.contains(char::is_alphabetic)
            || !passage.links_in(&(inner.start..inner.end.max(inner.start + 1))).is_empty()
            || passage.link_at(inner.start).is_some_and(|link| title.is_none_or(|title| title.link != Some(link)))
    };
    if !is_square || !is_short || is_other() {
        return false;
    }
    if said.names(&TagFrom::Brackets) {
        return true;
    }
    let line = before.rsplit([LINE, SOFT]).next().unwrap_or_default();
    let opens = plain::without_numbering(plain::trim(line));
    // Only numbers, pictures and brackets stand before it, and the title right after it.
    let after = passage.text[inner.end..within.end].trim_start_matches([']', '】', ' ', ':', '*', '|', '-', '–']);
    let leads = title.is_some_and(|title| {
        let first = title.text.split(' ').next().unwrap_or_default();
        after.starts_with(first) || after.starts_with(['[', '【'])
    });
    let opens_line = opens.is_empty() || opens.starts_with(['[', '【']) && opens.ends_with([']', '】']);
    let is_in_row = before.trim_end().ends_with([']', '】']) || after.starts_with(['[', '【']);
    opens_line && leads || is_in_row && labelled.learned.recurs_in_brackets(text)
}

/// Venues in brackets or in bold, outside the title or at its ends.
fn set_apart(
    labelled: &Labelled<'_, '_>,
    within: &Range<usize>,
    title: Option<&Title>,
    said: Said<'_>,
    tags: &mut Vec<Placed>,
) {
    let passage = labelled.passage;
    let text = &passage.text[within.clone()];
    // Fields stand in the order of the text, and were read as such.
    let is_known = |at: usize| {
        let next = labelled.fields.partition_point(|field| field.line.end <= at);
        labelled.fields.get(next).is_some_and(|field| field.line.start <= at)
    };
    for (start, inner) in bracketed(text).filter(|_| said.may(&TagFrom::Brackets)) {
        let at = within.start + start;
        // What names a link labels nothing.
        let names_link =
            passage.links[passage.links_in(&(at..at + inner.len().max(1)))].iter().any(|link| link.is_name);
        if names_link {
            continue;
        }
        if is_label(labelled, within, title, at..at + inner.len(), said) && !is_known(at) {
            tags.push((at, plain::title(inner)));
        } else {
            venue_at(labelled, inner, at, &is_known, tags);
        }
    }
    for range in passage.stretches(within, |piece| piece.style.bold && !piece.is_code) {
        let is_title = title.is_some_and(|title| title.range.start < range.end && range.start < title.range.end);
        let bold = &passage.text[range.clone()];
        // "**CVPR 2023**"; what stands in brackets within it was found above.
        let may_be = || bold.len() <= LONGEST && !plain::is_date(bold) && !bold.contains(['[', '(', '【', '（']);
        if !is_title && may_be() {
            venue_at(labelled, bold, range.start, &is_known, tags);
        }
    }
    // "[CVPR 2023](…)" is a link by name, but what it names is the venue.
    for link in passage.links_in(within) {
        let range = passage.links[link].range.clone();
        if labelled.roles[link] == Role::Text && title.is_none_or(|title| title.link != Some(link)) {
            let link = &passage.text[range.clone()];
            if !link.contains(['[', '(']) && plain::word_count(link) <= 4 && venue::venue(link).is_some() {
                tags.push((range.start, plain::title(link)));
            }
        }
    }
}

fn venue_at(
    labelled: &Labelled<'_, '_>,
    text: &str,
    at: usize,
    is_known: &impl Fn(usize) -> bool,
    tags: &mut Vec<Placed>,
) {
    // A venue is a few words; most of what stands in brackets or bold is looked at no further.
    let spaces = text.bytes().filter(|byte| *byte == b' ').count();
    if text.len() > LONGEST || spaces > 8 || !text.contains(|c: char| c.is_alphabetic()) {
        return;
    }
    let tag = plain::title(text);
    if labelled.learned.is_venue(&tag) && !is_known(at) && !tags.iter().any(|(_, known)| *known == tag) {
        tags.push((at, tag));
    }
}

/// `#word`, after a space and not at the start of a number.
fn hashtags(labelled: &Labelled<'_, '_>, within: &Range<usize>, title: Option<&Title>, tags: &mut Vec<Placed>) {
    let passage = labelled.passage;
    let text = &passage.text[within.clone()];
    for at in memchr::memchr_iter(b'#', text.as_bytes()) {
        let place = within.start + at;
        let is_start = text[..at].chars().next_back().is_none_or(char::is_whitespace);
        let length = text[at + 1..]
            .find(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '_' | '/')))
            .unwrap_or(text.len() - at - 1);
        let tag = &text[at + 1..at + 1 + length];
        let is_title = title.is_some_and(|title| title.range.contains(&place));
        let is_linked =
            passage.links_in(&(0..place + 1)).next_back().is_some_and(|link| passage.links[link].range.end > place);
        let is_code = passage.pieces_in(&(place..place + 1)).iter().any(|piece| piece.is_code);
        let is_field = labelled
            .fields_in(within)
            .iter()
            .any(|field| field.meaning == Meaning::Tags && field.line.contains(&place));
        if is_start
            && length > 1
            && length <= 48
            && tag.starts_with(char::is_alphabetic)
            && !is_title
            && !is_linked
            && !is_code
            && !is_field
        {
            tags.push((place, tag.trim_end_matches(['-', '_', '/']).to_owned()));
        }
    }
}
