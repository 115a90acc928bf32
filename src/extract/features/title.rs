//! Finds the title of a paper in the text of its entry: in bold, in a link, in quotes, underlined, or in the plain words before the links.

mod around;
mod sentences;

use std::ops::Range;

use self::around::{without_authors, without_kind, without_quoting_authors, without_venue};
pub(in crate::extract) use self::sentences::{first_sentence, lead_title, sentences};
use self::sentences::{leading_words, plain_end, title_in_sentences, without_following};
use crate::extract::conventions::weights::{Signs, Weight};
use crate::extract::features::brackets::at_end;
use crate::extract::features::labels::{self, Labelled, Meaning, Role};
use crate::extract::features::links::Target;
use crate::extract::features::names;
use crate::extract::features::plain;
use crate::extract::features::venue;
use crate::extract::features::words;
use crate::extract::units::passage::{LINE, Passage, Piece, SOFT, holds_address};

/// A title and how it was found.
#[derive(Clone, Debug)]
pub(in crate::extract) struct Title {
    pub(in crate::extract) text: String,
    /// Where it stands in the passage.
    pub(in crate::extract) range: Range<usize>,
    pub(in crate::extract) setting: Setting,
    /// The link whose text it is, as an index into the passage's links.
    pub(in crate::extract) link: Option<usize>,
}

/// How a title is set apart from the rest of its entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(in crate::extract) enum Setting {
    /// A field that is named for it.
    Field,
    Link,
    Bold,
    Quoted,
    Underlined,
    Italic,
    /// Not at all: the words before the first link.
    Plain,
}

impl Setting {
    /// The sign that it is.
    fn sign(self) -> Signs {
        Signs::from(match self {
            Self::Field => Weight::Field,
            Self::Link => Weight::Link,
            Self::Bold => Weight::Bold,
            Self::Quoted => Weight::Quoted,
            Self::Plain => Weight::Plain,
            Self::Underlined => Weight::Underlined,
            Self::Italic => Weight::Italic,
        })
    }
}

/// A title of more words than this is a paragraph.
const MOST_WORDS: usize = 45;

/// No title starts further into its entry; what follows is prose, however long.
const FURTHEST: usize = 4_000;

/// Where in its unit a title may stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(in crate::extract) enum Slot {
    Field,
    /// The text of a link that is no name, counted from the start.
    Link(u8),
    Bold(u8),
    /// A short bold name with the plain words after it.
    Named,
    Quoted(u8),
    /// The words before the first link.
    Lead,
    Underlined(u8),
    Italic(u8),
    /// All of a line of its own.
    Whole,
}

/// A text that may be the title.
#[derive(Clone, Debug)]
pub(in crate::extract) struct Candidate {
    pub(in crate::extract) slot: Slot,
    /// What speaks for it within its unit.
    pub(in crate::extract) signs: Signs,
    pub(in crate::extract) title: Title,
}

/// No unit has more candidates of one setting.
const MOST_OF_A_SETTING: u8 = 3;

/// Returns what may be the title within a range of the passage.
pub(in crate::extract) fn candidates(labelled: &Labelled<'_, '_>, within: &Range<usize>) -> Vec<Candidate> {
    let end = labelled.passage.text.floor_char_boundary(within.end.min(within.start + FURTHEST));
    let mut search = Search { labelled, within: within.start..end, found: Vec::new() };
    search.fields();
    search.links();
    search.styled(Setting::Bold, |piece| piece.style.bold && !piece.is_code);
    search.quoted();
    search.offer(Slot::Lead, Setting::Plain.sign(), leading_words(labelled, &search.within));
    search.styled(Setting::Underlined, |piece| piece.style.underlined);
    search.styled(Setting::Italic, |piece| piece.style.italic && !piece.style.bold);
    search.found
}

/// Returns the candidate that most speaks for within its own unit.
pub(in crate::extract) fn best(candidates: &[Candidate]) -> Option<&Candidate> {
    // Of equals the first.
    candidates.iter().rev().max_by(|one, other| one.signs.points().total_cmp(&other.signs.points()))
}

/// Finds the title within a range of the passage, by that range alone.
pub(in crate::extract) fn find(labelled: &Labelled<'_, '_>, within: &Range<usize>) -> Option<Title> {
    best(&candidates(labelled, within)).map(|candidate| candidate.title.clone())
}

/// What was found so far.
struct Search<'l, 'p, 'd> {
    labelled: &'l Labelled<'p, 'd>,
    within: Range<usize>,
    found: Vec<Candidate>,
}

impl Search<'_, '_, '_> {
    fn offer(&mut self, slot: Slot, signs: Signs, title: Option<Title>) {
        if let Some(title) = title {
            let signs = signs.with_some(shortness(&title.text));
            self.found.push(Candidate { slot, signs, title });
        }
    }

    fn fields(&mut self) {
        for field in self.labelled.fields_in(&self.within) {
            if field.meaning == Meaning::Title {
                let title = clean(self.labelled.passage, field.value.clone(), Setting::Field, None);
                self.offer(Slot::Field, Setting::Field.sign(), title);
            }
        }
    }

    fn links(&mut self) {
        let passage = self.labelled.passage;
        let mut count = 0;
        for link in passage.links_in(&self.within) {
            let (range, target) = (&passage.links[link].range, passage.links[link].target);
            if self.labelled.roles[link] != Role::Text || self.is_in_other_field(range) {
                continue;
            }
            let leads = match target {
                Target::Arxiv => Weight::LeadsToArxiv,
                Target::Paper => Weight::LeadsToPaper,
                Target::Anchor => Weight::LeadsWithin,
                Target::Other => Weight::LeadsElsewhere,
            };
            // What a link far from the start of its line names is seldom the entry itself.
            let is_further = passage.text[self.within.start..range.start].contains([LINE, SOFT]);
            let place = match target {
                // Nor does what a further line says of something else.
                Target::Other | Target::Anchor if is_further => Some(Weight::LinkFurtherDown),
                Target::Paper if is_further => Some(Weight::PaperFurtherDown),
                _ if opens_line(passage, range.start) => Some(Weight::LinkOpensLine),
                _ => None,
            };
            let signs = Setting::Link.sign().with(leads).with_some(place);
            self.offer(Slot::Link(count), signs, clean(passage, range.clone(), Setting::Link, Some(link)));
            count = (count + 1).min(MOST_OF_A_SETTING);
        }
    }

    fn styled(&mut self, setting: Setting, has: fn(&Piece) -> bool) {
        let passage = self.labelled.passage;
        let mut count = 0;
        for range in passage.stretches(&self.within, has) {
            let around = passage.links.partition_point(|link| link.range.end <= range.start);
            let link = passage.links.get(around);
            let is_link = link.is_some_and(|link| link.range.start <= range.start && range.end <= link.range.end);
            if is_link || self.is_in_other_field(&range) {
                continue;
            }
            // "Objective:" before prose is the name of a field.
            if setting == Setting::Bold && self.names_prose(&range) {
                continue;
            }
            let opens = setting == Setting::Bold && opens_line(passage, range.start);
            let signs = setting.sign().with_some(opens.then_some(Weight::BoldOpensLine));
            let slot = match setting {
                Setting::Bold => Slot::Bold(count),
                Setting::Underlined => Slot::Underlined(count),
                _ => Slot::Italic(count),
            };
            self.offer(slot, signs, clean(passage, range.clone(), setting, None));
            if setting == Setting::Bold {
                self.offer(Slot::Named, Weight::Named.into(), with_rest(self.labelled, &range, &self.within));
            }
            count = (count + 1).min(MOST_OF_A_SETTING);
        }
    }

    /// Whether a short text with a colon stands before a long one.
    fn names_prose(&self, range: &Range<usize>) -> bool {
        let passage = self.labelled.passage;
        let (text, after) = (&passage.text[range.clone()], &passage.text[range.end..self.within.end]);
        let line = after.split(LINE).next().unwrap_or_default();
        let has_colon = text.trim_end().ends_with([':', '：']) || after.starts_with([':', '：']);
        has_colon && plain::word_count(text) <= 2 && plain::word_count(line) > 25
    }

    fn quoted(&mut self) {
        let mut count = 0;
        for range in quoted(self.labelled.passage, &self.within) {
            if !self.is_in_other_field(&range) {
                let title = clean(self.labelled.passage, range, Setting::Quoted, None);
                self.offer(Slot::Quoted(count), Setting::Quoted.sign(), title);
                count = (count + 1).min(MOST_OF_A_SETTING);
            }
        }
    }

    /// Whether a range stands in a field that is about something else than the paper.
    fn is_in_other_field(&self, range: &Range<usize>) -> bool {
        self.labelled.fields_in(&self.within).iter().any(|field| {
            let is_paper = matches!(field.meaning, Meaning::Paper | Meaning::Title);
            field.line.start <= range.start && range.end <= field.line.end && !is_paper
        })
    }
}

/// Short texts are more often names than titles.
fn shortness(text: &str) -> Option<Weight> {
    // Text of such a length has more than two words.
    if text.len() > 40 && memchr::memchr_iter(b' ', text.as_bytes()).nth(2).is_some() {
        return None;
    }
    match plain::word_count(text) {
        0 | 1 => Some(Weight::OneWord),
        2 => Some(Weight::TwoWords),
        _ => None,
    }
}

/// Whether only numbering, venues in brackets, pictures and the like precede a position in its line.
fn opens_line(passage: &Passage<'_>, at: usize) -> bool {
    let window = passage.text.floor_char_boundary(at.saturating_sub(160));
    let line = passage.text[window..at].rfind(LINE).map(|start| window + start + 1);
    let Some(line) = line.or((window == 0).then_some(0)) else { return false };
    let before = plain::trim(&passage.text[line..at]);
    !before.chars().any(char::is_alphabetic)
        || venue::looks_like_venue(before)
        || before.ends_with(']') && before.len() < 40
}

/// A title from a range that is set apart, if it can be one.
pub(in crate::extract) fn clean(
    passage: &Passage<'_>,
    range: Range<usize>,
    setting: Setting,
    link: Option<usize>,
) -> Option<Title> {
    let raw = passage.text.get(range.clone())?;
    let trimmed = raw.trim_matches(|c: char| c.is_whitespace());
    // "(Milestone)" and "[13]" are remarks and numbers; "(Demo) Title (long)" is none.
    let is_within = |open, close| trimmed.starts_with(open) && trimmed.find(close) == Some(trimmed.len() - 1);
    if is_within('(', ')') || is_within('[', ']') && setting != Setting::Link {
        return None;
    }
    // "[Annals 15, 83 (2023)](…)" is where it appeared.
    let is_citation = || {
        let ends_in_year = at_end(trimmed).filter(|(inner, _)| venue::says_when(inner));
        ends_in_year.is_some_and(|(_, rest)| {
            let is_number =
                |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
            plain::word_count(rest) <= 7 && rest.split([' ', ',', '.', ':']).any(is_number)
        })
    };
    if setting == Setting::Link && is_citation() {
        return None;
    }
    let text = without_following(without_quoting_authors(without_kind(without_venue(raw))));
    let rest = without_authors(text, setting);
    // A whole citation as the text of a link goes on after the title.
    let rest = if rest.len() < text.len() && setting == Setting::Link { first_sentence(rest) } else { rest };
    let text = plain::title(rest);
    is_title(&text, setting).then(|| Title { range: passage.visible(&range), text, setting, link })
}

/// A line that is a title, without what people put around one.
pub(in crate::extract) fn without_remarks(line: &str) -> String {
    plain::title(without_following(without_kind(without_venue(line))))
}

fn is_title(text: &str, setting: Setting) -> bool {
    let spaces = memchr::memchr_iter(b' ', text.as_bytes()).count();
    let is_long = spaces > MOST_WORDS && plain::word_count(text) > MOST_WORDS;
    if is_long || !text.contains(char::is_alphabetic) {
        return false;
    }
    // "J. Chem. Theory Comput." is where it appeared.
    let is_abbreviated = setting == Setting::Link
        && spaces < 8
        && text.split(' ').filter(|word| word.len() > 1 && word.ends_with('.')).count() >= 2;
    // Labels, dates and venues are short.
    let is_label = spaces < 8
        && text.len() <= 64
        && (setting != Setting::Field && labels::meaning(text).is_some()
            || words::is(text, words::Kind::None)
            || plain::is_date(text)
            || spaces < 5 && venue::looks_like_venue(text)
            || labels::is_identifier(text));
    let is_set_apart = matches!(setting, Setting::Link | Setting::Field);
    let is_person = || setting == Setting::Plain && spaces <= 3 && text.contains(". ") && names::is_short_author(text);
    !is_label
        && !is_abbreviated
        && !holds_address(text)
        && (is_set_apart || !names::is_author_list(text))
        && !is_person()
}

/// "**Name**: the rest of the title", where the rest is plain.
fn with_rest(labelled: &Labelled<'_, '_>, bold: &Range<usize>, within: &Range<usize>) -> Option<Title> {
    let passage = labelled.passage;
    let name = &passage.text[bold.clone()];
    // Bold that runs on past the end leaves no rest.
    let after = passage.text.get(bold.end..within.end)?;
    let has_colon = name.trim_end().ends_with([':', '：']) || after.starts_with([':', '：']);
    if !has_colon
        || plain::word_count(name) > 3
        || labels::meaning(plain::trim(name.trim_end_matches([':', '：']))).is_some()
    {
        return None;
    }
    let end = plain_end(labelled, bold.end, within.end);
    let rest = &passage.text[bold.end..end];
    let is_quoted = rest
        .trim_start_matches([':', '：', ' ', SOFT])
        .starts_with(|c| plain::QUOTES.iter().any(|(open, _)| c == *open));
    if is_quoted
        || plain::word_count(rest) < 2
        || plain::word_count(rest) > 25
        || venue::looks_like_venue(plain::trim(name))
    {
        return None;
    }
    let range = bold.start..end;
    let text = plain::title(title_in_sentences(&passage.text[range.clone()])?);
    is_title(&text, Setting::Plain).then(|| Title {
        text,
        range: passage.visible(&range),
        setting: Setting::Bold,
        link: None,
    })
}

/// Texts in quotes.
fn quoted(passage: &Passage<'_>, within: &Range<usize>) -> Vec<Range<usize>> {
    let text = &passage.text[within.clone()];
    let mut found = Vec::new();
    let mut rest = 0;
    while let Some(open) = text[rest..].find(['"', '“', '「', '『', '《', '«', '„']) {
        let open = rest + open;
        let quote = text[open..].chars().next().unwrap_or('"');
        let start = open + quote.len_utf8();
        let closes = |c: char| match quote {
            '"' | '“' => matches!(c, '"' | '”' | '“'),
            '「' => c == '」',
            '«' => c == '»',
            '„' => matches!(c, '“' | '”'),
            '『' => c == '』',
            _ => c == '》',
        };
        // A title fits in a few lines; further on stands another quote.
        let window = text[start..].char_indices().take(400);
        let Some((length, close)) = window.clone().find(|(_, c)| closes(*c) || *c == LINE) else {
            rest = start;
            continue;
        };
        let end = start + length;
        rest = end + close.len_utf8();
        if close != LINE && plain::word_count(&text[start..end]) >= 2 {
            found.push(within.start + start..within.start + end);
        }
    }
    found
}
