//! Which values of a tree are records of papers, and under which names they stand. What a record's fields are is left to `columns`.

use pulldown_cmark::CowStr;

use super::columns;
use super::tree::{Node, Value};
use super::values::{self, is_paper_text};
use crate::extract::features::words;
use crate::extract::forms::builder::{Builder, By, Container};
use crate::extract::units::document::Kind;

/// Names within names are followed no deeper.
const DEEPEST: u8 = 8;

/// Names of the only list of a file that say nothing of what is in it.
const GENERIC: [&str; 20] = [
    "papers", "paper", "data", "items", "entries", "records", "results", "publications", "list", "articles",
    "references", "bibliography", "works", "documents", "sections", "categories", "groups", "topics", "chapters",
    "content",
];

type Pairs<'n, 'a> = &'n [(Node<'a>, Node<'a>)];

/// Reads all records below a root.
pub(super) fn read<'a>(root: &Node<'a>, builder: &mut Builder<'a>) {
    Reader { builder }.node(root, 1);
}

struct Reader<'b, 'a> {
    builder: &'b mut Builder<'a>,
}

impl<'a> Reader<'_, 'a> {
    fn node(&mut self, node: &Node<'a>, level: u8) {
        match &node.value {
            Value::List(items) if level <= DEEPEST => self.list(items, level),
            Value::Map(pairs) if level <= DEEPEST => self.map(pairs, level),
            _ => {}
        }
    }

    fn list(&mut self, items: &[Node<'a>], level: u8) {
        let maps: Vec<_> = items.iter().filter_map(|item| Some((item, item.map()?))).collect();
        if maps.iter().any(|(_, pairs)| is_section(pairs)) {
            for (item, pairs) in maps {
                if is_section(pairs) {
                    if let Some(name) = name_of(pairs) {
                        self.heading(name, level);
                    }
                    self.below(pairs, level + 1);
                } else {
                    self.node(item, level);
                }
            }
        } else if maps.iter().any(|(_, pairs)| is_record(pairs)) {
            let records: Vec<_> = maps.into_iter().map(|(_, pairs)| pairs).collect();
            columns::table(None, &records, self.builder);
        } else if items.iter().any(|item| item.text().is_some_and(|text| is_paper_text(text))) {
            for (item, text) in items.iter().filter_map(|item| Some((item, item.text()?))) {
                self.builder.open(Container::Item, By::Markdown, item.at);
                values::text(text, item.at, self.builder);
                self.builder.close(Container::Item, By::Markdown, item.at);
            }
        } else {
            items.iter().for_each(|item| self.node(item, level + 1));
        }
    }

    fn map(&mut self, pairs: Pairs<'_, 'a>, level: u8) {
        if is_keyed(pairs) {
            let records: Vec<_> = pairs.iter().filter_map(|(key, value)| Some((key, value.map()?))).collect();
            let (keys, records): (Vec<_>, Vec<_>) = records.into_iter().unzip();
            columns::table(Some(&keys), &records, self.builder);
        } else if holders(pairs, level).next().is_some() {
            self.below(pairs, level);
        } else if is_index(pairs) {
            let keys: Vec<_> = pairs.iter().map(|(key, _)| key).collect();
            let values: Vec<_> = pairs.iter().map(std::slice::from_ref).collect();
            columns::index(&keys, &values, self.builder);
        } else if is_record(pairs) {
            columns::table(None, &[pairs], self.builder);
        }
    }

    /// The records under each name, which is their heading, unless it is the only one and says nothing.
    fn below(&mut self, pairs: Pairs<'_, 'a>, level: u8) {
        let holders: Vec<_> = holders(pairs, level).collect();
        // What names a paper beside them is no record, and lost to nobody.
        for (key, value) in pairs {
            if let (Some(name), Some(text)) = (key.text(), value.text().filter(|text| values::names_eprint(text))) {
                self.builder.block(Kind::Paragraph, key.at);
                self.builder.text(name.clone(), key.at);
                self.builder.text(": ".into(), key.at);
                values::identifier(text, value.at, self.builder);
                self.builder.end_block();
            }
        }
        let untold = matches!(&holders[..], [(key, _)] if is_generic(key));
        for (key, value) in holders {
            if !untold {
                self.heading(key, level);
            }
            self.node(value, level + u8::from(!untold));
        }
    }

    fn heading(&mut self, name: &Node<'a>, level: u8) {
        let Some(text) = name.text() else { return };
        self.builder.block(Kind::Heading(level.min(6)), name.at);
        self.builder.text(text.clone(), name.at);
        self.builder.end_block();
    }
}

/// Whether a field's name says that what it holds belongs to the record: its links, its authors.
fn is_detail(key: &Node<'_>) -> bool {
    let kinds = |text: &CowStr<'_>| words::kinds(text);
    key.text().map(kinds).is_some_and(|kinds| {
        [words::Kind::Elsewhere, words::Kind::Prose, words::Kind::Pointing].into_iter().any(|kind| kinds.has(kind))
    })
}

/// Whether a record says what it is called.
fn is_called(pairs: Pairs<'_, '_>, is: fn(&str) -> bool) -> bool {
    let is_text = |node: &Node<'_>| match &node.value {
        Value::List(items) => items.first().is_some_and(|item| item.text().is_some()),
        _ => node.text().is_some(),
    };
    pairs.iter().any(|(key, value)| is_text(value) && key.text().is_some_and(|key| is(key)))
}

/// Whether a record names a paper by itself: in a field, in a list or one level below.
fn names_paper(pairs: Pairs<'_, '_>) -> bool {
    let is_paper = |node: &Node<'_>| node.text().is_some_and(|text| is_paper_text(text));
    pairs.iter().any(|(_, value)| match &value.value {
        Value::List(items) => items.iter().any(is_paper),
        Value::Map(inner) => inner.iter().any(|(_, value)| is_paper(value)),
        _ => is_paper(value),
    })
}

/// Whether a field of a record is an address or an identifier.
fn has_paper(pairs: Pairs<'_, '_>) -> bool {
    pairs.iter().any(|(_, value)| value.text().is_some_and(|text| is_paper_text(text)))
}

/// Whether a map is a paper's record: it names one, or has a title; only a name have many things.
fn is_record(pairs: Pairs<'_, '_>) -> bool {
    names_paper(pairs) || pairs.len() >= 2 && is_called(pairs, columns::is_own_title)
}

/// Whether a map is a record with a name and a link, as the links of a paper are too, or more.
fn is_full_record(pairs: Pairs<'_, '_>) -> bool {
    is_called(pairs, columns::is_title) && pairs.len() >= 2 && (names_paper(pairs) || pairs.len() >= 3)
}

/// Whether a record holds a list of records besides its name, and is no paper itself.
fn is_section(pairs: Pairs<'_, '_>) -> bool {
    let holds = |(key, value): &(Node<'_>, Node<'_>)| {
        let Value::List(items) = &value.value else { return false };
        let full = items.iter().filter_map(Node::map).filter(|pairs| is_full_record(pairs)).count();
        !is_detail(key) && full > 0 && full * 2 >= items.len()
    };
    !has_paper(pairs) && pairs.iter().any(holds)
}

/// The field that names a section.
fn name_of<'n, 'a>(pairs: Pairs<'n, 'a>) -> Option<&'n Node<'a>> {
    let is_name = |key: &Node<'_>| key.text().is_some_and(|key| columns::is_title(key));
    let named = pairs.iter().find(|(key, value)| is_name(key) && value.text().is_some());
    named.or_else(|| pairs.iter().find(|(_, value)| value.text().is_some())).map(|(_, value)| value)
}

/// Whether a map has a record under each key, or most, and is none itself.
fn is_keyed(pairs: Pairs<'_, '_>) -> bool {
    let is_paper = |key: &Node<'_>| key.text().is_some_and(|text| is_paper_text(text));
    let is_told = |(key, value): &(Node<'_>, Node<'_>)| {
        let is_paper = |pairs| is_record(pairs) || is_called(pairs, columns::is_own_title) || is_paper(key);
        !is_detail(key) && value.map().is_some_and(is_paper)
    };
    let records = pairs.iter().filter(|pair| is_told(pair)).count();
    let is_own = is_called(pairs, columns::is_title) || has_paper(pairs);
    !is_own && records > 0 && records * 2 >= pairs.len()
}

/// Whether a map says one thing of each paper: its title or its address.
fn is_index(pairs: Pairs<'_, '_>) -> bool {
    let is_told = |(key, value): &(Node<'_>, Node<'_>)| {
        let (Some(key), Some(value)) = (key.text(), value.text()) else { return false };
        is_paper_text(key) || key.contains(' ') && is_paper_text(value)
    };
    pairs.iter().filter(|pair| is_told(pair)).count() * 2 > pairs.len()
}

/// The fields that hold records; what belongs to a record itself, such as its links, is none of them.
fn holders<'n, 'a>(pairs: Pairs<'n, 'a>, level: u8) -> impl Iterator<Item = &'n (Node<'a>, Node<'a>)> {
    let is_own = is_called(pairs, columns::is_own_title) || has_paper(pairs);
    pairs.iter().filter(move |(key, value)| {
        (!is_own || is_generic(key) || !is_detail(key)) && level <= DEEPEST && holds_records(value, level)
    })
}

/// Whether there are records somewhere below, or identifiers at least.
fn holds_records(node: &Node<'_>, level: u8) -> bool {
    match &node.value {
        Value::List(items) => items.iter().any(|item| match &item.value {
            Value::Map(pairs) => is_full_record(pairs) || is_section(pairs) || names_paper(pairs),
            Value::Text(text) => is_paper_text(text),
            Value::List(_) => level < DEEPEST && holds_records(item, level + 1),
            Value::Nothing => false,
        }),
        Value::Map(pairs) => is_keyed(pairs) || is_index(pairs) || holders(pairs, level + 1).next().is_some(),
        Value::Nothing | Value::Text(_) => false,
    }
}

fn is_generic(key: &Node<'_>) -> bool {
    key.text().is_some_and(|text| GENERIC.iter().any(|known| text.eq_ignore_ascii_case(known)))
}
