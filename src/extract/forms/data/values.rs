//! What the fields of records hold: texts, lists and links, each handed on with its place; and which texts name papers.

use std::ops::Range;

use pulldown_cmark::CowStr;

use super::tree::{Node, Value};
use crate::extract::forms::builder::Builder;
use crate::model::VersionedId;

/// Fields within fields are followed no deeper.
pub(super) const DEEPEST: usize = 4;

type Pairs<'n, 'a> = &'n [(Node<'a>, Node<'a>)];

/// Hands on what a field holds: a text, several with commas between them, links by their names.
pub(super) fn value<'a>(node: &Node<'a>, header: &str, depth: usize, builder: &mut Builder<'a>) {
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
fn record<'a>(pairs: Pairs<'_, 'a>, header: &str, depth: usize, builder: &mut Builder<'a>) {
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
pub(super) fn text<'a>(text: &CowStr<'a>, at: usize, builder: &mut Builder<'a>) {
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

fn part<'a>(text: &CowStr<'a>, range: Range<usize>, at: usize, builder: &mut Builder<'a>) {
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
pub(super) fn identifier<'a>(id: &CowStr<'a>, at: usize, builder: &mut Builder<'a>) {
    let Some(found) = arxiv_id(id) else { return text(id, at, builder) };
    builder.open_link(found.id.abs_url(found.version).into(), at);
    text(id, at, builder);
    builder.close_link();
}

/// Whether a text is an address or an identifier.
pub(super) fn is_paper_text(text: &str) -> bool {
    is_address(text) || is_arxiv_id(text) || text.contains("](http")
}

pub(super) fn is_address(text: &str) -> bool {
    (text.starts_with("https://") || text.starts_with("http://")) && !text.contains(char::is_whitespace)
}

/// Whether a text names an e-print of arXiv's.
pub(super) fn names_eprint(text: &str) -> bool {
    is_arxiv_id(text) || text.to_lowercase().contains("arxiv")
}

pub(super) fn is_arxiv_id(text: &str) -> bool {
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
