//! Records into a table: a column for each name of a field, a row for each record. What a record holds within is a column too.

use std::collections::HashMap;

use pulldown_cmark::CowStr;

use super::tree::{Node, Value};
use super::values::{DEEPEST, identifier, is_address, is_arxiv_id, value};
use crate::extract::features::words;
use crate::extract::forms::builder::{Builder, By, Container};
use crate::extract::units::document::Row;

/// A table has no more columns; fields beyond them share the last.
const MOST_COLUMNS: usize = 64;

type Pairs<'n, 'a> = &'n [(Node<'a>, Node<'a>)];

/// Hands on a table of records, with their keys before them where they have some.
pub(super) fn table<'a>(keys: Option<&[&Node<'a>]>, records: &[Pairs<'_, 'a>], builder: &mut Builder<'a>) {
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
pub(super) fn index<'a>(keys: &[&Node<'a>], pairs: &[Pairs<'_, 'a>], builder: &mut Builder<'a>) {
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

    fn hand_on(&self, rows: &[Vec<(usize, &Node<'a>)>], builder: &mut Builder<'a>) {
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
        builder.rows_are(Row::Body);
        for row in rows {
            self.row(row, &identifiers, builder);
        }
        builder.close(Container::Table, by, at);
    }

    fn row(&self, row: &[(usize, &Node<'a>)], identifiers: &[bool], builder: &mut Builder<'a>) {
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

/// Whether a field is called a title or a name.
pub(super) fn is_title(key: &str) -> bool {
    let name = readable(&CowStr::Borrowed(key));
    words::is(key, words::Kind::Title) || name.to_lowercase().ends_with("title")
}

/// Whether a field is called a title, as only what is to be read has one.
pub(super) fn is_own_title(key: &str) -> bool {
    is_title(key) && !words::is(key, words::Kind::Naming)
}
