//! YAML and JSON into a tree of values with their places, by granit-parser, the parser under serde-saphyr: its events tell where each
//! value stands, and leave a number as it is written, which matters where 2301.10010 is an identifier.

use std::collections::HashMap;

use granit_parser::{Event, Parser, ScalarStyle, Span};
use pulldown_cmark::CowStr;

/// A value and where it stands in the list.
#[derive(Clone, Debug)]
pub(super) struct Node<'a> {
    pub(super) value: Value<'a>,
    pub(super) at: usize,
}

#[derive(Clone, Debug)]
pub(super) enum Value<'a> {
    Nothing,
    Text(CowStr<'a>),
    List(Vec<Node<'a>>),
    Map(Vec<(Node<'a>, Node<'a>)>),
}

/// So many values may be there by reference to others, which may hold references in turn.
const MOST_COPIES: usize = 100_000;

impl<'a> Node<'a> {
    pub(super) fn text(&self) -> Option<&CowStr<'a>> {
        match &self.value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    pub(super) fn map(&self) -> Option<&[(Node<'a>, Node<'a>)]> {
        match &self.value {
            Value::Map(pairs) => Some(pairs),
            _ => None,
        }
    }

    /// How many values it holds, itself included.
    fn size(&self) -> usize {
        1 + match &self.value {
            Value::Nothing | Value::Text(_) => 0,
            Value::List(items) => items.iter().map(Self::size).sum(),
            Value::Map(pairs) => pairs.iter().map(|(key, value)| key.size() + value.size()).sum(),
        }
    }
}

/// A list or a map that is not yet complete.
enum Open<'a> {
    List(Vec<Node<'a>>),
    Map(Vec<(Node<'a>, Node<'a>)>, Option<Node<'a>>),
}

/// The documents of a text that stands at `base` of the list; `None` where it is not well formed. The parser bounds how deep they nest.
pub(super) fn parse(text: &str, base: usize) -> Option<Vec<Node<'_>>> {
    let mut tree = Tree { text, base, roots: Vec::new(), open: Vec::new(), anchors: HashMap::new(), copies: 0 };
    let mut parser = Parser::new_from_str(text);
    while let Some(event) = parser.next_event() {
        let (event, span) = event.ok()?;
        tree.event(event, span);
    }
    Some(tree.roots)
}

struct Tree<'a> {
    text: &'a str,
    base: usize,
    roots: Vec<Node<'a>>,
    /// With the place and the name by which others may refer to it.
    open: Vec<(Open<'a>, usize, usize)>,
    anchors: HashMap<usize, Node<'a>>,
    copies: usize,
}

impl<'a> Tree<'a> {
    fn event(&mut self, event: Event<'a>, span: Span) {
        let start = span.start.byte_offset().unwrap_or_default();
        let at = self.base + start;
        match event {
            Event::Scalar(text, style, anchor, _) => {
                let is_plain = style == ScalarStyle::Plain;
                let is_nothing = is_plain && matches!(&*text, "" | "~" | "null" | "Null" | "NULL");
                let quote = usize::from(self.text[start..].starts_with(['"', '\'']) && !is_plain);
                let text = match text {
                    std::borrow::Cow::Borrowed(text) => CowStr::Borrowed(text),
                    std::borrow::Cow::Owned(text) => CowStr::from(text),
                };
                let value = if is_nothing { Value::Nothing } else { Value::Text(text) };
                self.add(Node { value, at: at + quote }, anchor);
            }
            Event::SequenceStart(_, anchor, _) => self.open.push((Open::List(Vec::new()), at, anchor)),
            Event::MappingStart(_, anchor, _) => self.open.push((Open::Map(Vec::new(), None), at, anchor)),
            Event::SequenceEnd | Event::MappingEnd => {
                let Some((open, at, anchor)) = self.open.pop() else { return };
                let value = match open {
                    Open::List(items) => Value::List(items),
                    Open::Map(pairs, _) => Value::Map(pairs),
                };
                self.add(Node { value, at }, anchor);
            }
            Event::Alias(anchor) => {
                let size = self.anchors.get(&anchor).map_or(0, Node::size);
                self.copies = self.copies.saturating_add(size);
                let known = self.anchors.get(&anchor).filter(|_| self.copies <= MOST_COPIES);
                let value = known.map_or(Value::Nothing, |node| node.value.clone());
                self.add(Node { value, at }, 0);
            }
            _ => {}
        }
    }

    fn add(&mut self, node: Node<'a>, anchor: usize) {
        if anchor != 0 {
            self.copies = self.copies.saturating_add(node.size());
            if self.copies <= MOST_COPIES {
                self.anchors.insert(anchor, node.clone());
            }
        }
        match self.open.last_mut() {
            None => self.roots.push(node),
            Some((Open::List(items), ..)) => items.push(node),
            Some((Open::Map(pairs, key), ..)) => match key.take() {
                None => *key = Some(node),
                // What a record has from another: `<<: *other`.
                Some(name) if matches!(&name.value, Value::Text(text) if &**text == "<<") => {
                    if let Value::Map(other) = node.value {
                        pairs.extend(other);
                    }
                }
                Some(key) => pairs.push((key, node)),
            },
        }
    }
}
