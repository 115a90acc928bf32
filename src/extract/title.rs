//! Finds the title of a paper in the text of its entry: in bold, in a link, in quotes, underlined, or in the plain words before the links.

use std::ops::Range;

use super::labels::{self, Labelled, Meaning, Role};
use super::links::Target;
use super::names;
use super::passage::{LINE, Passage, Piece, SOFT};
use super::plain;
use super::venue;
use super::words;

/// A title and how it was found.
#[derive(Clone, Debug)]
pub(super) struct Title {
    pub(super) text: String,
    /// Where it stands in the passage.
    pub(super) range: Range<usize>,
    pub(super) setting: Setting,
    /// The link whose text it is, as an index into the passage's links.
    pub(super) link: Option<usize>,
}

/// How a title is set apart from the rest of its entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Setting {
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
    /// How much the setting speaks for a title, among several in one entry.
    fn weight(self) -> i32 {
        match self {
            Self::Field => 90,
            Self::Link => 50,
            Self::Bold => 46,
            Self::Quoted => 44,
            Self::Plain => 30,
            Self::Underlined => 22,
            Self::Italic => 18,
        }
    }
}

/// A title of more words than this is a paragraph.
const MOST_WORDS: usize = 45;

/// No title starts further into its entry; what follows is prose, however long.
const FURTHEST: usize = 4_000;

/// Finds the title within a range of the passage.
pub(super) fn find(labelled: &Labelled<'_, '_>, within: &Range<usize>) -> Option<Title> {
    let end = labelled.passage.text.floor_char_boundary(within.end.min(within.start + FURTHEST));
    let mut search = Search { labelled, within: within.start..end, best: None };
    // From the settings that speak most for a title to those that speak least; the rest is not looked for once it cannot win.
    search.fields();
    search.links();
    search.styled(Setting::Bold, |piece| piece.style.bold && !piece.is_code);
    if search.can_win(Setting::Quoted) {
        search.quoted();
    }
    if search.can_win(Setting::Plain) {
        search.offer(Setting::Plain.weight(), leading_words(labelled, &search.within));
    }
    if search.can_win(Setting::Underlined) {
        search.styled(Setting::Underlined, |piece| piece.style.underlined);
    }
    if search.can_win(Setting::Italic) {
        search.styled(Setting::Italic, |piece| piece.style.italic && !piece.style.bold);
    }
    search.best.map(|(_, title)| title)
}

/// The best title so far.
struct Search<'l, 'p, 'd> {
    labelled: &'l Labelled<'p, 'd>,
    within: Range<usize>,
    best: Option<(i32, Title)>,
}

impl Search<'_, '_, '_> {
    fn can_win(&self, setting: Setting) -> bool {
        self.beats(setting.weight())
    }

    fn beats(&self, score: i32) -> bool {
        self.best.as_ref().is_none_or(|(best, _)| score > *best)
    }

    fn offer(&mut self, score: i32, title: Option<Title>) {
        if let Some(title) = title {
            let score = score + length_bonus(&title.text);
            if self.beats(score) {
                self.best = Some((score, title));
            }
        }
    }

    fn fields(&mut self) {
        for field in &self.labelled.fields {
            let is_within = self.within.start <= field.line.start && field.line.end <= self.within.end;
            if is_within && field.meaning == Meaning::Title {
                self.offer(Setting::Field.weight(), clean(self.labelled.passage, field.value.clone(), Setting::Field, None));
            }
        }
    }

    fn links(&mut self) {
        let passage = self.labelled.passage;
        for link in passage.links_in(&self.within) {
            let (range, target) = (&passage.links[link].range, passage.links[link].target);
            if self.labelled.roles[link] != Role::Text || self.is_in_other_field(range) {
                continue;
            }
            let leads = match target {
                Target::Arxiv | Target::Paper => 10,
                Target::Anchor => -30,
                Target::Other => 0,
            };
            // Whom or what a link far from the start of its line names is seldom the entry itself.
            let first = if opens_line(passage, range.start) { 12 } else { 0 };
            let score = Setting::Link.weight() + leads + first;
            if self.beats(score) {
                self.offer(score, clean(passage, range.clone(), Setting::Link, Some(link)));
            }
        }
    }

    fn styled(&mut self, setting: Setting, has: fn(&Piece) -> bool) {
        let passage = self.labelled.passage;
        for range in passage.stretches(&self.within, has) {
            let around = passage.links.partition_point(|link| link.range.end <= range.start);
            let link = passage.links.get(around);
            let is_link = link.is_some_and(|link| link.range.start <= range.start && range.end <= link.range.end);
            if is_link || self.is_in_other_field(&range) {
                continue;
            }
            let first = if setting == Setting::Bold && opens_line(passage, range.start) { 6 } else { 0 };
            let score = setting.weight() + first;
            if self.beats(score) {
                self.offer(score, clean(passage, range.clone(), setting, None));
                if setting == Setting::Bold {
                    self.offer(setting.weight(), with_rest(self.labelled, &range, &self.within));
                }
            }
        }
    }

    fn quoted(&mut self) {
        for range in quoted(self.labelled.passage, &self.within) {
            if !self.is_in_other_field(&range) {
                self.offer(Setting::Quoted.weight(), clean(self.labelled.passage, range, Setting::Quoted, None));
            }
        }
    }

    /// Whether a range stands in a field that is about something else than the paper.
    fn is_in_other_field(&self, range: &Range<usize>) -> bool {
        self.labelled.fields.iter().any(|field| {
            let is_paper = matches!(field.meaning, Meaning::Paper | Meaning::Title);
            field.line.start <= range.start && range.end <= field.line.end && !is_paper
        })
    }
}

/// Short texts are more often names than titles.
fn length_bonus(text: &str) -> i32 {
    match plain::word_count(text) {
        0 | 1 => -24,
        2 => -10,
        _ => 0,
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
pub(super) fn clean(
    passage: &Passage<'_>,
    range: Range<usize>,
    setting: Setting,
    link: Option<usize>,
) -> Option<Title> {
    let raw = passage.text.get(range.clone())?;
    let trimmed = raw.trim_matches(|c: char| c.is_whitespace());
    // "(Milestone)" and "[13]" are remarks and numbers.
    if trimmed.starts_with('(') && trimmed.ends_with(')')
        || trimmed.starts_with('[') && trimmed.ends_with(']') && setting != Setting::Link
    {
        return None;
    }
    let text = without_venue(raw);
    let text = plain::title(without_authors(text, setting));
    is_title(&text, setting).then(|| Title { range: visible(passage, range), text, setting, link })
}

/// The range without white space at its ends.
fn visible(passage: &Passage<'_>, range: Range<usize>) -> Range<usize> {
    let text = &passage.text[range.clone()];
    let start = range.start + text.len() - text.trim_start().len();
    start..(range.start + text.trim_end().len()).max(start)
}

fn is_title(text: &str, setting: Setting) -> bool {
    let words = plain::word_count(text);
    if words > MOST_WORDS || !text.chars().any(char::is_alphabetic) {
        return false;
    }
    // Labels, dates and venues are short.
    let is_label = words <= 8
        && text.len() <= 64
        && (setting != Setting::Field && labels::meaning(text).is_some()
            || plain::is_date(text)
            || venue::looks_like_venue(text)
            || labels::is_identifier(text));
    let is_set_apart = matches!(setting, Setting::Link | Setting::Field);
    !is_label && !text.contains("://") && (is_set_apart || !names::is_author_list(text))
}

/// Cuts a venue in brackets from either end.
fn without_venue(text: &str) -> &str {
    let mut text = text.trim();
    loop {
        let start = plain::without_emoji(text);
        let is_bracket = |c: char| BRACKETS.iter().any(|(open, close)| c == *open || c == *close);
        if !start.starts_with(is_bracket) && !start.ends_with(is_bracket) {
            return text;
        }
        let cut = bracketed_start(start)
            .filter(|(inner, _)| venue::looks_like_venue(inner) || plain::is_date(inner) || labels::is_identifier(inner))
            .map(|(_, rest)| rest.trim_start())
            .or_else(|| {
                bracketed_end(start)
                    .filter(|(inner, _)| venue::looks_like_venue(inner))
                    .map(|(_, rest)| rest.trim_end())
            });
        match cut {
            Some(rest) if !rest.is_empty() => text = rest,
            _ => return text,
        }
    }
}

const BRACKETS: [(char, char); 4] = [('[', ']'), ('(', ')'), ('【', '】'), ('（', '）')];

/// What stands in brackets at the start, and what follows.
fn bracketed_start(text: &str) -> Option<(&str, &str)> {
    let (open, close) = BRACKETS.iter().find(|(open, _)| text.starts_with(*open))?;
    let end = text.find(*close)?;
    Some((&text[open.len_utf8()..end], &text[end + close.len_utf8()..]))
}

fn bracketed_end(text: &str) -> Option<(&str, &str)> {
    let (open, close) = BRACKETS.iter().find(|(_, close)| text.ends_with(*close))?;
    let start = text.rfind(*open)?;
    Some((&text[start + open.len_utf8()..text.len() - close.len_utf8()], &text[..start]))
}

/// Cuts "Roe & Doe, 2023, " and "Roe et al., " from the start.
fn without_authors(text: &str, setting: Setting) -> &str {
    if matches!(setting, Setting::Bold | Setting::Underlined | Setting::Italic | Setting::Field) {
        return text;
    }
    let head_end = text.char_indices().take_while(|(at, _)| *at < 120).last().map_or(0, |(at, c)| at + c.len_utf8());
    let head = &text[..head_end];
    if let Some((at, length)) = year_in(head)
        && at > 0
        && names::is_short_author(head[..at].trim_end_matches([' ', ',', '(', '.', ':']))
    {
        let rest = text[at + length..].trim_start_matches(|c: char| c.is_ascii_lowercase());
        let rest = if rest.starts_with([',', '.', ':', ')', ';', ' ', '\r']) { rest } else { &text[at + length..] };
        return rest.trim_start_matches([',', '.', ':', ')', ';', ' ', '\r', '-']);
    }
    // "Roe, J., Doe, J.: Title"
    if let Some((authors, _)) = head.split_once(": ")
        && authors.contains('.')
        && authors.contains(',')
        && names::may_be_authors(authors)
    {
        return &text[authors.len() + 2..];
    }
    if let Some(at) =
        ["et al.", "et al,", "et al:", "et al "].iter().filter_map(|end| head.find(end).map(|at| at + end.len())).min()
        && names::is_short_author(&head[..at])
    {
        return text[at..].trim_start_matches([',', '.', ':', ';', ' ', '\r', '-']);
    }
    text
}

/// The first year in the text, a number of four digits for itself: where it starts and how long it is.
fn year_in(text: &str) -> Option<(usize, usize)> {
    let bytes = text.as_bytes();
    (0..bytes.len().saturating_sub(3)).find_map(|at| {
        let digits = &bytes[at..at + 4];
        let is_year = (digits.starts_with(b"19") || digits.starts_with(b"20")) && digits.iter().all(u8::is_ascii_digit);
        let alone = !at.checked_sub(1).is_some_and(|before| bytes[before].is_ascii_alphanumeric())
            && !bytes.get(at + 4).is_some_and(u8::is_ascii_digit);
        (is_year && alone).then_some((at, 4))
    })
}

/// "**Name**: the rest of the title", where the rest is plain.
fn with_rest(labelled: &Labelled<'_, '_>, bold: &Range<usize>, within: &Range<usize>) -> Option<Title> {
    let passage = labelled.passage;
    let name = &passage.text[bold.clone()];
    let after = &passage.text[bold.end..within.end];
    let has_colon = name.trim_end().ends_with([':', '：']) || after.starts_with([':', '：']);
    if !has_colon
        || plain::word_count(name) > 3
        || labels::meaning(plain::trim(name.trim_end_matches([':', '：']))).is_some()
    {
        return None;
    }
    let end = plain_end(labelled, bold.end, within.end);
    let rest = &passage.text[bold.end..end];
    let is_quoted = rest.trim_start_matches([':', '：', ' ', SOFT]).starts_with(|c| plain::QUOTES.iter().any(|(open, _)| c == *open));
    if is_quoted || plain::word_count(rest) < 2 || plain::word_count(rest) > 25 || venue::looks_like_venue(plain::trim(name)) {
        return None;
    }
    let range = bold.start..end;
    let text = plain::title(title_in_sentences(&passage.text[range.clone()])?);
    is_title(&text, Setting::Plain).then(|| Title {
        text,
        range: visible(passage, range),
        setting: Setting::Bold,
        link: None,
    })
}

/// Texts in quotes.
fn quoted(passage: &Passage<'_>, within: &Range<usize>) -> Vec<Range<usize>> {
    let text = &passage.text[within.clone()];
    let mut found = Vec::new();
    let mut rest = 0;
    while let Some(open) = text[rest..].find(['"', '“', '「', '『', '《']) {
        let open = rest + open;
        let quote = text[open..].chars().next().unwrap_or('"');
        let start = open + quote.len_utf8();
        let closes = |c: char| match quote {
            '"' | '“' => matches!(c, '"' | '”' | '“'),
            '「' => c == '」',
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

/// Where plain words end that start at `from`: at a line end, a link, a picture or code.
fn plain_end(labelled: &Labelled<'_, '_>, from: usize, limit: usize) -> usize {
    let Labelled { passage, roles, .. } = labelled;
    let line = passage.text[from..limit].find(LINE).map_or(limit, |at| from + at);
    let link = passage
        .links_in(&(from..line))
        .find(|link| roles[*link] != Role::Text || passage.links[*link].target != Target::Anchor);
    let link = link.map_or(line, |link| passage.links[link].range.start);
    let next = passage.images.partition_point(|image| image.position <= from);
    let image = passage.images.get(next).map_or(link, |image| image.position.min(link));
    passage
        .pieces_in(&(from..image))
        .iter()
        .find(|piece| piece.is_code)
        .map_or(image, |piece| piece.range.start.max(from))
}

/// The plain words at the start of the first line that has any before a link.
fn leading_words(labelled: &Labelled<'_, '_>, within: &Range<usize>) -> Option<Title> {
    let Labelled { passage, fields, .. } = labelled;
    let text = &passage.text[within.clone()];
    for line in super::passage::lines_of(text, LINE) {
        let line = within.start + line.start..within.start + line.end;
        let field = fields.iter().find(|field| line.start <= field.line.start && field.line.start < line.end);
        let start = match field {
            Some(field) if field.line.start == line.start && field.meaning == Meaning::Paper => field.value.start,
            Some(field) if field.line.start == line.start => continue,
            _ => line.start,
        };
        let limit = field.filter(|field| field.line.start > start).map_or(line.end, |field| field.line.start);
        let mut start = start + passage.text[start..limit].len() - passage.text[start..limit].trim_start().len();
        // Links that open the line are passed over: "[code] Title".
        while let Some(link) = passage.links_in(&(start..limit)).next().filter(|link| {
            passage.text[start..passage.links[*link].range.start].trim_matches([' ', '[', '(', SOFT]).is_empty()
        }) {
            let end = passage.links[link].range.end.max(start);
            let after = &passage.text[end..limit.max(end)];
            let next =
                end + after.len() - after.trim_start_matches([' ', ']', ')', SOFT, '|', ',', ':', '-', '–']).len();
            if next <= start {
                break;
            }
            start = next;
        }
        let end = plain_end(labelled, start, limit.max(start));
        let raw = passage.text.get(start..end)?;
        if raw.chars().any(char::is_alphabetic)
            && let Some(title) = from_sentence(passage, start..end, end < limit)
        {
            return Some(title);
        }
    }
    None
}

/// The title in a line of plain words, which may begin with a year and an author and go on with authors and a venue.
fn from_sentence(passage: &Passage<'_>, range: Range<usize>, leads_to_link: bool) -> Option<Title> {
    // Authors and venues in another style end the title.
    let is_about = |piece: &Piece| {
        let text = plain::trim(&passage.text[piece.range.clone()]);
        names::is_author_list(text) || venue::looks_like_venue(text)
    };
    let pieces = passage.pieces_in(&range);
    let changes = pieces.windows(2).filter(|pair| pair[0].style != pair[1].style).map(|pair| &pair[1]);
    let end = changes.filter(|piece| is_about(piece)).map(|piece| piece.range.start).next();
    let range = match end.filter(|end| plain::word_count(&passage.text[range.start..*end]) >= 2) {
        Some(end) => range.start..end,
        None => range,
    };
    let raw = &passage.text[range.clone()];
    let mut text = plain::without_numbering(plain::without_emoji(raw.trim()));
    text = text.trim_end_matches(['[', '(', '<', ' ', SOFT, '{']);
    // "Title, paper:" ends before the name of the link.
    if let Some(name) = text.strip_suffix([':', '：']) {
        let start = name.rfind([',', ';', '|', '，', '；', '。']).map_or(0, |at| at + 1);
        let start = (start..name.len()).find(|at| name.is_char_boundary(*at)).unwrap_or(name.len());
        if start > 1 && labels::meaning(plain::trim(&name[start..])).is_some() {
            text = &name[..start];
        }
    }
    // "Roe:" before a link names somebody, and no title.
    if text.ends_with([':', '：']) && plain::word_count(text) <= 2 {
        return None;
    }
    let last = text.rsplit(|c: char| !c.is_alphanumeric()).find(|word| !word.is_empty()).unwrap_or_default();
    let ends_openly = text.ends_with(|c: char| c.is_alphanumeric());
    if leads_to_link && ends_openly && words::is(last, words::Kind::Leading) {
        return None;
    }
    text = without_lead(text);
    let text = plain::title(title_in_sentences(text)?);
    is_title(&text, Setting::Plain).then(|| Title {
        text,
        range: visible(passage, range),
        setting: Setting::Plain,
        link: None,
    })
}

/// Cuts what may stand before a plain title: venue or date in brackets, a year, an author.
fn without_lead(text: &str) -> &str {
    let mut text = text;
    loop {
        let before = text.len();
        text = plain::without_emoji(without_venue(text))
            .trim_start_matches([':', ',', '|', ' ', '-', '–', '—', '.', SOFT, ']', ')']);
        text = without_date(plain::without_numbering(text));
        if let Some((0, length)) = year_in(text) {
            let rest = text[length..].trim_start_matches([':', ',', '.', ' ', ')', SOFT, '-']);
            // "1995 Shor: …"; a year within brackets was cut above.
            let (head, tail) = rest.split_once([':', '：']).unwrap_or(("", rest));
            let is_author = !head.is_empty()
                && head.len() < 60
                && names::is_short_author(head)
                && (head.split_whitespace().count() == 1 || head.contains("et al") || head.contains(['/', '&', '.']));
            text = if is_author { tail.trim_start() } else { without_authors(rest, Setting::Plain) };
        } else {
            text = without_authors(text, Setting::Plain);
        }
        if text.len() == before {
            return text;
        }
    }
}

/// Cuts "2024.02 " and "2024-02-01, " from the start.
fn without_date(text: &str) -> &str {
    let end = text.find([' ', SOFT]).unwrap_or(text.len());
    let digits = text[..end].bytes().filter(u8::is_ascii_digit).count();
    if digits > 4 && plain::is_date(&text[..end]) { text[end..].trim_start() } else { text }
}

/// The sentence of `text` that is the title: the first that is no list of authors, without the authors and the venue behind it.
fn title_in_sentences(text: &str) -> Option<&str> {
    // Authors on a line of their own end the title, even where Markdown takes both lines for one.
    let is_line_about = |line: &str| names::is_author_list(line) || plain::is_date(line) || venue::looks_like_venue(line);
    let text = super::passage::lines_of(text, SOFT)
        .skip(1)
        .find(|line| is_line_about(&text[line.clone()]))
        .map_or(text, |line| &text[..line.start - 1]);
    let mut candidates = sentences(text).map(str::trim).filter(|sentence| {
        let bare = plain::trim(sentence);
        !bare.is_empty() && !names::is_author_list(bare) && !plain::is_date(bare) && !venue::looks_like_venue(bare)
    });
    let mut sentence = candidates.next()?;
    // "Jane Roe. The Title." begins with its only author.
    if names::is_short_author(sentence) && (2..=3).contains(&plain::word_count(sentence)) {
        sentence = candidates.find(|sentence| plain::word_count(sentence) >= 3).unwrap_or(sentence);
    }
    let sentence = without_venue(sentence);
    let is_about = |rest: &str| {
        let rest = plain::trim(rest);
        let mut parts = rest.split([',', ';', '|']).map(str::trim).filter(|part| !part.is_empty()).peekable();
        let is_known = |part: &str| plain::is_date(part) || venue::looks_like_venue(part);
        parts.peek().is_none()
            || is_known(rest)
            || names::is_author_list(rest)
            || parts.all(|part| {
                is_known(part) || names::is_author_list(part) || names::is_short_author(part) && part.contains(' ')
            })
    };
    // "Title, Jane Roe, John Doe, ICML 2021" and "Title - Jane Roe et al." end where only names and venues follow.
    let cut = sentence
        .match_indices([',', '|', '—', '–', '-', '，', '('])
        .filter(|(at, mark)| (*mark != "-" && *mark != "–" && *mark != "—") || sentence[..*at].ends_with(' '))
        .filter(|(at, _)| plain::word_count(&sentence[..*at]) >= 2)
        .take(24)
        .find(|(at, mark)| is_about(&sentence[at + mark.len()..]))
        .map_or(sentence.len(), |(at, _)| at);
    Some(&sentence[..cut])
}

/// Splits where a sentence ends: at a full stop before a space that ends no abbreviation or initial, at `? ` and `! `.
fn sentences(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest.take()?;
        let end = text.match_indices(['.', '?', '!', '。']).find(|(at, mark)| {
            let after = &text[at + mark.len()..];
            let before = text[..*at].rsplit([' ', ',', SOFT]).next().unwrap_or_default();
            let is_initial = *mark == "."
                && (before.chars().count() <= 1
                    || matches!(before, "vs" | "al" | "Dr" | "St" | "Jr" | "e.g" | "i.e" | "etc" | "No" | "v"));
            (after.starts_with([' ', SOFT]) || *mark == "。") && !is_initial
        });
        match end {
            Some((at, mark)) => {
                let keep = if mark == "." || mark == "。" { at } else { at + mark.len() };
                rest = Some(&text[at + mark.len()..]);
                Some(&text[..keep])
            }
            None => Some(text),
        }
    })
}
