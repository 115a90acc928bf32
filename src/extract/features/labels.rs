//! What lists call the parts of an entry: fields such as `tag:` or `Paper:`, and what each link is for.

use std::ops::Range;

use crate::extract::conventions::Learned;
use crate::extract::features::badges;
use crate::extract::features::links::Target;
use crate::extract::features::plain;
use crate::extract::features::words::{self, Kind};
use crate::extract::units::passage::{LINE, PICTURE, Passage, SOFT, holds_address};

/// What a field's name says of its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::extract) enum Meaning {
    /// The paper presented.
    Paper,
    /// Another paper.
    Related,
    Title,
    Tags,
    /// A label in one or a few words: venue, type, institute.
    Labelling,
    Elsewhere,
    Prose,
}

/// A line of the form `name: value`.
#[derive(Clone, Debug)]
pub(in crate::extract) struct Field {
    pub(in crate::extract) meaning: Meaning,
    /// The whole line.
    pub(in crate::extract) line: Range<usize>,
    pub(in crate::extract) value: Range<usize>,
}

/// What a link is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::extract) enum Role {
    /// It leads to the paper presented, as it says itself or as the field does that it stands in.
    Paper,
    Related,
    /// It leads to code, a project page or the like, and is called so.
    Elsewhere,
    /// Its text says more than a label.
    Text,
    /// Nothing says what it is for.
    Unsaid,
}

/// Names of fields are short; longer text before a colon is a sentence.
const LONGEST_NAME: usize = 48;

/// The fields of a passage, in order.
fn fields(passage: &Passage<'_>, learned: &Learned) -> Vec<Field> {
    let text = &*passage.text;
    let mut fields: Vec<Field> = Vec::new();
    let mut at = 0;
    while let Some(colon) = colon(&text[at..]).map(|colon| at + colon) {
        let start = memchr::memrchr2(b'\n', b'\r', &text.as_bytes()[at..colon]).map_or(at, |end| at + end + 1);
        let line = start..end_of_line(text, colon);
        at = line.end;
        if let Some(mut field) = field(passage, learned, &line).or_else(|| inner_field(passage, &line)) {
            // A value goes on in the next line after a separator.
            while text[field.value.clone()].trim_end().ends_with(['|', ',', ';', '、']) && text[at..].starts_with(SOFT)
            {
                let next = at + 1..end_of_line(text, at + 1);
                if self::field(passage, learned, &next).is_some() {
                    break;
                }
                at = next.end;
                field.line.end = at;
                field.value.end = at;
            }
            fields.push(field);
        }
        at = (at + 1).min(text.len());
    }
    fields
}

/// Where the first colon stands, of either width.
fn colon(text: &str) -> Option<usize> {
    memchr::memchr2_iter(b':', 0xEF, text.as_bytes()).find(|&at| text[at..].starts_with([':', '：']))
}

fn end_of_line(text: &str, from: usize) -> usize {
    memchr::memchr2(b'\n', b'\r', &text.as_bytes()[from..]).map_or(text.len(), |end| from + end)
}

fn field(passage: &Passage<'_>, learned: &Learned, line: &Range<usize>) -> Option<Field> {
    let text = &passage.text[line.clone()];
    let head = text.char_indices().take_while(|(at, _)| *at <= LONGEST_NAME);
    let (colon, width) = head.clone().find_map(|(at, c)| matches!(c, ':' | '：').then(|| (at, c.len_utf8())))?;
    if text[colon..].starts_with("://") {
        return None;
    }
    // "[arXiv:ID] Title" is a remark before the title.
    let opening = text.trim_start().chars().next();
    if let Some((_, close)) =
        [('[', ']'), ('(', ')'), ('【', '】')].into_iter().find(|(open, _)| opening == Some(*open))
        && let Some((inside, after)) = text[colon..].split_once(close)
        && inside.len() <= LONGEST_NAME
        && plain::word_count(after) >= 2
    {
        return None;
    }
    let start = line.start;
    // A name within a link or in quotes is no field's.
    let is_linked = passage.links_in(line).any(|link| passage.links[link].range.start < start + colon);
    let name = plain::trim(&text[..colon]);
    let known = || meaning(name).or_else(|| learned.field(name));
    let meaning = learned.named_field(name).or_else(known).filter(|_| !is_linked)?;
    if meaning == Meaning::Elsewhere && is_title_with_name(passage, line, start + colon) {
        return None;
    }
    Some(Field { meaning, line: line.clone(), value: start + colon + width..line.end })
}

/// Whether what reads as a field is a title, since programs and papers are called by such names too: "**PyTorch: An Imperative Style**"
/// in bold from end to end, or in the first line before the link to the paper.
fn is_title_with_name(passage: &Passage<'_>, line: &Range<usize>, colon: usize) -> bool {
    let link = passage.links_in(line).next();
    let end = link.map_or(line.end, |link| passage.links[link].range.start);
    let value = &passage.text[colon..end.max(colon)];
    if plain::word_count(value) < 4 {
        return false;
    }
    let is_bold = |range: &Range<usize>| {
        range.start < colon && plain::word_count(&passage.text[colon..range.end.max(colon)]) >= 4
    };
    let is_first = line.start == 0 || passage.text[..line.start].ends_with(LINE);
    let leads = link.is_some_and(|link| meaning(plain::trim(&own_text(passage, link))) == Some(Meaning::Paper));
    is_first && leads || passage.stretches(line, |piece| piece.style.bold).iter().any(is_bold)
}

/// A field of tags that follows something else in its line: "Title \[pdf\] tags: a, b".
fn inner_field(passage: &Passage<'_>, line: &Range<usize>) -> Option<Field> {
    let text = &passage.text[line.clone()];
    let mut from = 0;
    for _ in 0..16 {
        let at = from + colon(&text[from..])?;
        let width = text[at..].chars().next().map_or(1, char::len_utf8);
        from = at + width;
        let ends_part = [',', ';', '|', '.', ')', ']', '，', '。', '；', '）', ' ', '-', '*'];
        // Most colons follow other words; the last letter tells so at once.
        let may_be = text[..at].ends_with(|c: char| !c.is_ascii() || "sgdlc".contains(c.to_ascii_lowercase()));
        let name = || text[..at].rsplit(ends_part).next().filter(|name| name.len() <= 20);
        if let Some(name) = may_be.then(name).flatten()
            && words::is(plain::trim(name), Kind::Tags)
        {
            let value = line.start + from..line.end;
            return Some(Field { meaning: Meaning::Tags, line: line.start + at - name.len()..line.end, value });
        }
    }
    None
}

/// What a name of a field or of a column says.
pub(in crate::extract) fn meaning(name: &str) -> Option<Meaning> {
    // Names are a few words; longer text is passed over without a look.
    let spaces = name.bytes().filter(|byte| *byte == b' ').count();
    if name.len() > LONGEST_NAME || name.is_empty() || spaces > 3 {
        return None;
    }
    plain::with_lower(name, |name| {
        exact(name)
            .or_else(|| without_ending(name).and_then(exact))
            .or_else(|| without_year(name).and_then(exact).filter(|found| *found == Meaning::Paper))
            // "Official code", "arXiv paper": the last of a few words tells.
            .or_else(|| {
                let parts = [' ', '/', '_', '(', ')'];
                let mut words = name.contains(parts).then(|| name.split(parts).filter(|word| !word.is_empty()))?;
                let last = words.next_back()?;
                let only_qualifies = |word: &str| words::is(word, Kind::Qualifier) || exact(word).is_some();
                let tells = |found: &Meaning| matches!(found, Meaning::Paper | Meaning::Elsewhere | Meaning::Tags);
                exact(last).filter(tells).filter(|_| words.all(only_qualifies))
            })
    })
}

fn exact(name: &str) -> Option<Meaning> {
    let kinds = words::kinds(name);
    if kinds.is_empty() {
        return None;
    }
    [
        (Meaning::Title, Kind::Title),
        (Meaning::Tags, Kind::Tags),
        (Meaning::Related, Kind::Related),
        (Meaning::Paper, Kind::Paper),
        (Meaning::Elsewhere, Kind::Elsewhere),
        (Meaning::Prose, Kind::Prose),
        (Meaning::Labelling, Kind::Labelling),
    ]
    .into_iter()
    .find_map(|(meaning, kind)| kinds.has(kind).then_some(meaning))
}

/// "paper link" and "code url" mean the paper and the code.
fn without_ending(name: &str) -> Option<&str> {
    if !name.ends_with(['k', 's', 'l', '址', '接', 'ク']) {
        return None;
    }
    ["links", "link", "urls", "url", "address", "地址", "链接", "リンク"]
        .iter()
        .find_map(|ending| name.strip_suffix(ending))
        .map(|name| name.trim_end_matches([' ', '-', '_']))
        .filter(|name| !name.is_empty())
}

/// "arXiv 2019" leads to the paper.
fn without_year(name: &str) -> Option<&str> {
    let rest = name.trim_end_matches(|c: char| c.is_ascii_digit());
    let is_year = name.len() - rest.len() == 4 && rest.ends_with([' ', '\'', '’', ',']);
    is_year.then(|| rest.trim_end_matches([' ', '\'', '’', ',']))
}

/// A passage with what its parts are called.
pub(in crate::extract) struct Labelled<'p, 'd> {
    pub(in crate::extract) passage: &'p Passage<'d>,
    pub(in crate::extract) fields: Vec<Field>,
    /// One for every link of the passage.
    pub(in crate::extract) roles: Vec<Role>,
    pub(in crate::extract) learned: &'p Learned,
}

impl<'p, 'd> Labelled<'p, 'd> {
    /// Finds the fields of a passage and the roles of its links.
    pub(in crate::extract) fn of(passage: &'p Passage<'d>, learned: &'p Learned) -> Self {
        let roles = (0..passage.links.len()).map(|link| role(passage, learned, link)).collect();
        Self { passage, fields: fields(passage, learned), roles, learned }
    }

    /// Returns the fields that stand in a range.
    pub(in crate::extract) fn fields_in(&self, range: &Range<usize>) -> &[Field] {
        let start = self.fields.partition_point(|field| field.line.start < range.start);
        let end = self.fields.partition_point(|field| field.line.end <= range.end);
        &self.fields[start..end.max(start)]
    }
}

fn role(passage: &Passage<'_>, learned: &Learned, index: usize) -> Role {
    let link = &passage.links[index];
    let name = name_before(passage, index);
    let by_field = name.and_then(meaning);
    let is_rare = || by_field.is_none() && name.is_some_and(|name| learned.is_rare(name));
    if by_field == Some(Meaning::Related) {
        return Role::Related;
    }
    let own = own_text(passage, index);
    let text = without_identifier(plain::trim(&own));
    let by_text = if text.starts_with(|c: char| c.is_ascii_digit()) { None } else { meaning(text) };
    let says_little = link.is_bare || link.is_name || by_text.is_some() || text.is_empty() || is_identifier(text);
    match (by_field, by_text) {
        (_, Some(Meaning::Related)) => Role::Related,
        _ if says_little && is_rare() => Role::Related,
        // "paper link: here": the field tells. "Links: [paper](…) [code](…)": the link does.
        (Some(Meaning::Paper), _) if by_text.is_some() || link.is_bare || text.is_empty() || is_identifier(text) => {
            Role::Paper
        }
        (Some(Meaning::Elsewhere), Some(Meaning::Paper)) if !says_where(text) => Role::Elsewhere,
        (_, Some(Meaning::Paper)) => Role::Paper,
        (Some(Meaning::Elsewhere), _) if by_text.is_some() || link.is_bare || text.is_empty() => Role::Elsewhere,
        (_, Some(Meaning::Elsewhere)) if says_where(text) => Role::Elsewhere,
        _ if link.is_bare || text.is_empty() => Role::Unsaid,
        _ if is_identifier(text) => {
            if link.target == Target::Arxiv {
                Role::Paper
            } else {
                Role::Unsaid
            }
        }
        (_, Some(_)) => Role::Unsaid,
        _ if link.is_name => match link.target {
            Target::Arxiv => Role::Paper,
            Target::Paper => Role::Unsaid,
            Target::Other | Target::Anchor => Role::Elsewhere,
        },
        _ if !text.chars().any(char::is_alphabetic) => Role::Unsaid,
        _ => Role::Text,
    }
}

/// "Title (arXiv:2403.07648)" without what stands in the brackets at its end.
fn without_identifier(text: &str) -> &str {
    let Some((before, inner)) = text.strip_suffix([')', ']']).and_then(|text| text.rsplit_once(['(', '['])) else {
        return text;
    };
    if is_identifier(inner) && before.chars().any(char::is_alphabetic) { before.trim_end() } else { text }
}

/// Whether a link's text names where it leads, unlike "here" and "link".
fn says_where(text: &str) -> bool {
    !words::is(text, Kind::Pointing)
}

/// Whether a text is the number of an e-print or an address.
pub(in crate::extract) fn is_identifier(text: &str) -> bool {
    if !text.bytes().any(|byte| byte.is_ascii_digit() || byte == b'/') {
        return false;
    }
    let digits = text.trim_start_matches(|c: char| !c.is_ascii_digit());
    if text.len() < 24 && crate::extract::features::links::bare(digits).is_some() {
        return true;
    }
    let mut found = Vec::new();
    crate::extract::features::links::in_text(text, &mut found);
    !found.is_empty() || holds_address(text) || text.starts_with("10.")
}

/// The text of a link, or what its picture says.
pub(in crate::extract) fn own_text<'t>(passage: &'t Passage<'_>, index: usize) -> std::borrow::Cow<'t, str> {
    let link = &passage.links[index];
    let text = &passage.text[link.range.clone()];
    if !text.trim_matches(|c: char| c.is_whitespace() || c == PICTURE).is_empty() {
        return text.into();
    }
    passage.images_in(&link.range).first().map_or("".into(), |image| badges::name(image).into())
}

/// What names a link from the outside: the words before the colon before it. Empty text and markup between are skipped.
pub(in crate::extract) fn name_before<'t>(passage: &'t Passage<'_>, index: usize) -> Option<&'t str> {
    let link = &passage.links[index];
    let window = &passage.text[..link.range.start];
    // What opens its line has no name before it, as in most cells of tables.
    if window.is_empty() || window.ends_with(LINE) {
        return None;
    }
    let start = window.floor_char_boundary(window.len().saturating_sub(2 * LONGEST_NAME));
    let (line, starts_line) = match window[start..].rfind([LINE, SOFT]) {
        Some(at) => (&window[start + at + 1..], true),
        None => (&window[start..], start == 0),
    };
    let whole = plain::trim(line);
    let before =
        line.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '[' | '(' | '<' | '【' | '"' | PICTURE));
    let name = before.strip_suffix([':', '：']);
    // Without a colon only the start of a line names what follows: "Paper  https://…".
    let ends_part = ['|', ',', ';', '.', '(', ')', '[', ']', '/', '，', '、', '。', '：', ':', '•', '·'];
    let name = name.unwrap_or(before).rsplit(ends_part).next().map(plain::trim)?;
    let is_named = before.ends_with([':', '：']) || (starts_line && link.is_bare && whole == name);
    (is_named && !name.is_empty()).then_some(name)
}
