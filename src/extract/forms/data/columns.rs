//! Records into a table: a column for each name of a field, a row for each record. What a record holds within is a column too.

use std::collections::HashMap;
use std::ops::Range;

use pulldown_cmark::CowStr;

use super::tree::{Node, Value};
use crate::extract::document::{Builder, By, Container, Row, Sections};
use crate::extract::words;
use crate::model::VersionedId;

/// A table has no more columns; fields beyond them share the last.
const MOST_COLUMNS: usize = 64;

/// Fields within fields are followed no deeper.
const DEEPEST: usize = 4;

type Pairs<'n, 'a> = &'n [(Node<'a>, Node<'a>)];

/// Hands on a table of records, with their keys before them where they have some.
pub(super) fn table<'a, S: Sections<'a>>(
    keys: Option<&[&Node<'a>]>,
    records: &[Pairs<'_, 'a>],
    builder: &mut Builder<'a, '_, S>,
) {
    let mut columns = Columns::default();
    if let Some(keys) = keys {
        let has_title =
            records.iter().any(|pairs| pairs.iter().any(|(key, _)| key.text().is_some_and(|key| is_title(key))));
        columns.index("", || (key_name(keys, has_title).into(), keys.first().map_or(0, |key| key.at)));
    }
    let mut rows = Vec::with_capacity(records.len());
    for (at, pairs) in records.iter().enumerate() {
        let mut row = Vec::new();
        if let Some(key) = keys.and_then(|keys| keys.get(at)) {
            row.push((0, *key));
        }
        columns.fields(pairs, "", 0, &mut row);
        rows.push(row);
    }
    columns.hand_on(&rows, builder);
}

/// Hands on a table of what a map says of its keys in a word each.
pub(super) fn index<'a, S: Sections<'a>>(
    keys: &[&Node<'a>],
    pairs: &[Pairs<'_, 'a>],
    builder: &mut Builder<'a, '_, S>,
) {
    let key = key_name(keys, false);
    let value = if key == "title" { "url" } else { "title" };
    let mut columns = Columns::default();
    for name in [key, value] {
        columns.index(name, || (name.into(), keys.first().map_or(0, |key| key.at)));
    }
    let rows: Vec<_> =
        pairs.iter().flat_map(|pair| pair.iter()).map(|(key, value)| vec![(0, key), (1, value)]).collect();
    columns.hand_on(&rows, builder);
}

/// What the keys of records are called: by how most of them look.
fn key_name(keys: &[&Node<'_>], has_title: bool) -> &'static str {
    let most = |is: fn(&str) -> bool| {
        keys.iter().filter(|key| key.text().is_some_and(|text| is(text))).count() * 2 > keys.len()
    };
    if most(is_arxiv_id) {
        "arxiv id"
    } else if most(is_address) {
        "url"
    } else if !has_title && most(|key| key.contains(' ')) {
        "title"
    } else {
        "key"
    }
}

/// Which columns hold identifiers of arXiv: by their name, or by most of what is in them.
pub(super) fn identifiers<'t>(headers: &[&str], fields: impl Iterator<Item = (usize, &'t str)>) -> Vec<bool> {
    let mut counts = vec![(0usize, 0usize); headers.len()];
    for (column, field) in fields {
        if let Some((ids, all)) = counts.get_mut(column) {
            *ids += usize::from(is_arxiv_id(field));
            *all += 1;
        }
    }
    let is_called_so = |header: &str| header.to_lowercase().contains("arxiv") || header.eq_ignore_ascii_case("eprint");
    headers.iter().zip(counts).map(|(header, (ids, all))| is_called_so(header) || ids * 2 > all).collect()
}

/// The columns so far: their names as in the list, and their places.
#[derive(Default)]
struct Columns<'a> {
    known: HashMap<String, usize>,
    headers: Vec<(CowStr<'a>, usize)>,
}

impl<'a> Columns<'a> {
    fn index(&mut self, name: &str, header: impl FnOnce() -> (CowStr<'a>, usize)) -> usize {
        if let Some(index) = self.known.get(name) {
            return *index;
        }
        let index = self.headers.len().min(MOST_COLUMNS);
        match index {
            MOST_COLUMNS => {}
            _ => self.headers.push(header()),
        }
        // Names that never come again take no room.
        if index < MOST_COLUMNS {
            self.known.insert(name.to_owned(), index);
        }
        index
    }

    /// The fields of a record, each with its column.
    fn fields<'n>(&mut self, pairs: Pairs<'n, 'a>, prefix: &str, depth: usize, row: &mut Vec<(usize, &'n Node<'a>)>) {
        for (key, value) in pairs {
            let Some(name) = key.text() else { continue };
            let path = if prefix.is_empty() { name.to_string() } else { format!("{prefix}.{name}") };
            match &value.value {
                Value::Nothing => {}
                Value::Map(inner) if depth < DEEPEST => self.fields(inner, &path, depth + 1, row),
                _ => {
                    let header = || (if prefix.is_empty() { readable(name) } else { path.clone().into() }, key.at);
                    row.push((self.index(&path, header), value));
                }
            }
        }
    }

    fn hand_on<S: Sections<'a>>(&self, rows: &[Vec<(usize, &Node<'a>)>], builder: &mut Builder<'a, '_, S>) {
        let headers: Vec<&str> = self.headers.iter().map(|(header, _)| &**header).collect();
        let fields = rows.iter().flatten().filter_map(|(column, node)| Some((*column, &**node.text()?)));
        let identifiers = identifiers(&headers, fields);
        let by = By::Markdown;
        let at = self.headers.first().map_or(0, |(_, at)| *at);
        builder.open(Container::Table, by, at);
        builder.rows_are(Row::Header);
        builder.open(Container::Row, by, at);
        for (header, at) in &self.headers {
            builder.cell(by, 1, 1, *at);
            builder.text(header.clone(), *at);
            builder.close(Container::Cell, by, *at);
        }
        builder.close(Container::Row, by, at);
        builder.end_header();
        for row in rows {
            self.row(row, &identifiers, builder);
        }
        builder.close(Container::Table, by, at);
    }

    fn row<S: Sections<'a>>(&self, row: &[(usize, &Node<'a>)], identifiers: &[bool], builder: &mut Builder<'a, '_, S>) {
        let mut fields = row.to_vec();
        fields.sort_by_key(|(index, _)| *index);
        let Some(at) = row.iter().map(|(_, node)| node.at).min() else { return };
        let width = fields.last().map_or(0, |(index, _)| index + 1).max(self.headers.len());
        let by = By::Markdown;
        builder.open(Container::Row, by, at);
        let mut fields = fields.into_iter().peekable();
        for column in 0..width {
            builder.cell(by, 1, 1, fields.peek().filter(|(index, _)| *index == column).map_or(at, |(_, node)| node.at));
            let mut is_first = true;
            while let Some((_, node)) = fields.next_if(|(index, _)| *index == column) {
                if !std::mem::take(&mut is_first) {
                    builder.hard_break(node.at);
                }
                let header = self.headers.get(column).map_or("", |(header, _)| header);
                match node.text().filter(|_| identifiers.get(column) == Some(&true)) {
                    Some(id) => identifier(id, node.at, builder),
                    None => value(node, header, 0, builder),
                }
            }
            builder.close(Container::Cell, by, at);
        }
        builder.close(Container::Row, by, at);
    }
}

/// A field's name with its words apart: `paperTitle`; and names that reference managers have, in words that lists use.
pub(super) fn readable<'a>(name: &CowStr<'a>) -> CowStr<'a> {
    let starts_word = |(at, c): &(usize, char)| c.is_uppercase() && name[..*at].ends_with(char::is_lowercase);
    let apart = |place: (usize, char)| starts_word(&place).then_some(' ').into_iter().chain([place.1]);
    let words: String = name.char_indices().flat_map(apart).collect();
    let plain = words.replace(['-', '_', '.'], " ").to_lowercase();
    match MANAGED.iter().find(|(names, _)| names.contains(&&*plain)) {
        Some((_, word)) => CowStr::Borrowed(word),
        None if words.len() == name.len() => name.clone(),
        None => words.into(),
    }
}

/// Fields of reference managers' that are called titles or the like, and are something else.
const MANAGED: [(&[&str], &str); 3] = [
    (
        &[
            "container title", "publication title", "journal title", "book title", "proceedings title", "series title",
            "collection title", "event title", "conference title", "conference name",
        ],
        "venue",
    ),
    (
        &["title short", "short title", "title abbreviation", "container title short", "journal abbreviation"],
        "abbreviation",
    ),
    (&["abstract note"], "abstract"),
];

/// Hands on what a field holds: a text, several with commas between them, links by their names.
fn value<'a, S: Sections<'a>>(node: &Node<'a>, header: &str, depth: usize, builder: &mut Builder<'a, '_, S>) {
    match &node.value {
        Value::Nothing => {}
        Value::Text(number) if is_doi(number) && header.to_lowercase().contains("doi") => {
            builder.open_link(format!("https://doi.org/{number}").into(), node.at);
            builder.text(number.clone(), node.at);
            builder.close_link();
        }
        Value::Text(content) => text(content, node.at, builder),
        Value::List(items) if depth < DEEPEST => {
            for (at, item) in items.iter().enumerate() {
                if at > 0 {
                    builder.text(", ".into(), item.at);
                }
                value(item, header, depth + 1, builder);
            }
        }
        Value::Map(pairs) if depth < DEEPEST => record(pairs, header, depth, builder),
        Value::List(_) | Value::Map(_) => {}
    }
}

/// A record within a field: a link where it has an address and a name, else its texts.
fn record<'a, S: Sections<'a>>(pairs: Pairs<'_, 'a>, header: &str, depth: usize, builder: &mut Builder<'a, '_, S>) {
    let addresses = || pairs.iter().filter(|(_, node)| node.text().is_some_and(|text| is_address(text)));
    let names = || pairs.iter().filter(|(_, node)| node.text().is_some_and(|text| !is_address(text)));
    if let (Some((_, address)), Some((_, name))) = (addresses().next(), names().next())
        && let (Some(url), Some(shown)) = (address.text(), name.text())
    {
        builder.open_link(url.clone(), address.at);
        builder.text(shown.clone(), name.at);
        builder.close_link();
        return;
    }
    for (at, (_, node)) in pairs.iter().enumerate() {
        if at > 0 {
            builder.text(" ".into(), node.at);
        }
        value(node, header, depth + 1, builder);
    }
}

/// Hands on a text, whose line ends stand for spaces, and in which links may stand as in Markdown.
pub(super) fn text<'a, S: Sections<'a>>(text: &CowStr<'a>, at: usize, builder: &mut Builder<'a, '_, S>) {
    let mut start = 0;
    for (index, line) in text.split('\n').enumerate() {
        let end = start + line.trim_end_matches('\r').len();
        if index > 0 {
            builder.soft_break(place(text, at, start));
        }
        let mut from = start;
        while let Some(link) = link(&text[from..end]) {
            part(text, from..from + link.whole.start, at, builder);
            builder.open_link(
                slice(text, from + link.url.start..from + link.url.end),
                place(text, at, from + link.url.start),
            );
            part(text, from + link.shown.start..from + link.shown.end, at, builder);
            builder.close_link();
            from += link.whole.end;
        }
        part(text, from..end, at, builder);
        start += line.len() + 1;
    }
}

fn part<'a, S: Sections<'a>>(text: &CowStr<'a>, range: Range<usize>, at: usize, builder: &mut Builder<'a, '_, S>) {
    if !range.is_empty() {
        builder.text(slice(text, range.clone()), place(text, at, range.start));
    }
}

/// A part of a text; of one that stands in the list as it is, a part of the list.
fn slice<'a>(text: &CowStr<'a>, range: Range<usize>) -> CowStr<'a> {
    match text {
        CowStr::Borrowed(whole) => CowStr::Borrowed(&whole[range]),
        owned => owned[range].to_owned().into(),
    }
}

/// Where a position of a text is in the list, as far as that can be told.
fn place(text: &CowStr<'_>, at: usize, position: usize) -> usize {
    if matches!(text, CowStr::Borrowed(_)) { at + position } else { at }
}

/// A link of Markdown's within a text: `[shown](url)`.
struct Link {
    whole: Range<usize>,
    shown: Range<usize>,
    url: Range<usize>,
}

fn link(text: &str) -> Option<Link> {
    let middle = text.find("](http")?;
    let open = text[..middle].rfind('[')?;
    let url = middle + 2..middle + 2 + text[middle + 2..].find(')')?;
    let start = open - usize::from(text[..open].ends_with('!'));
    Some(Link { whole: start..url.end + 1, shown: open + 1..middle, url })
}

/// Hands on an identifier of arXiv as what it is, a link; any other text as it is.
pub(super) fn identifier<'a, S: Sections<'a>>(id: &CowStr<'a>, at: usize, builder: &mut Builder<'a, '_, S>) {
    let Some(found) = arxiv_id(id) else { return text(id, at, builder) };
    builder.open_link(found.id.abs_url(found.version).into(), at);
    text(id, at, builder);
    builder.close_link();
}

/// Whether a field is called a title or a name.
pub(super) fn is_title(key: &str) -> bool {
    let name = readable(&CowStr::Borrowed(key));
    words::is(key, words::Kind::Title) || name.to_lowercase().ends_with("title")
}

/// Whether a field is called a title, as only what is to be read has one.
pub(super) fn is_own_title(key: &str) -> bool {
    is_title(key) && !words::is(key, words::Kind::Naming)
}

/// Whether a text is an address or an identifier.
pub(super) fn is_paper_text(text: &str) -> bool {
    is_address(text) || is_arxiv_id(text) || text.contains("](http")
}

fn is_address(text: &str) -> bool {
    (text.starts_with("https://") || text.starts_with("http://")) && !text.contains(char::is_whitespace)
}

/// Whether a text names an e-print of arXiv's.
pub(super) fn names_eprint(text: &str) -> bool {
    is_arxiv_id(text) || text.to_lowercase().contains("arxiv")
}

fn is_arxiv_id(text: &str) -> bool {
    arxiv_id(text).is_some()
}

/// The identifier that a text is, whether it says so or not.
fn arxiv_id(text: &str) -> Option<VersionedId> {
    let text = text.trim();
    let (id, length) = VersionedId::read(text).ok()?;
    (length == text.len()).then_some(id)
}

fn is_doi(text: &str) -> bool {
    text.starts_with("10.") && text.contains('/') && !text.contains(char::is_whitespace)
}
