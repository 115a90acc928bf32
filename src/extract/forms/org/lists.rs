//! The lists of Org: items by their marks, in each other by how far they are set in.

use super::Reader;
use crate::extract::forms::builder::{By, Container, Mark};
use crate::extract::forms::lines::Line;
use crate::extract::units::document::Task;

/// An item that is open.
#[derive(Clone, Copy, Debug)]
pub(super) struct Open {
    /// The column of its mark.
    pub(super) indent: usize,
}

/// Items nested deeper are taken for siblings.
const DEEPEST: usize = 32;

/// How long the mark at the start of an item is: `-`, `+`, `1.`, `1)`, `a.`, and `*` where it opens no heading.
pub(super) fn marker(line: &Line<'_>) -> Option<usize> {
    let first = line.text.chars().next()?;
    let length = match first {
        '-' | '+' => 1,
        '*' if line.indent > 0 => 1,
        '0'..='9' => {
            let digits = line.text.bytes().take_while(u8::is_ascii_digit).count();
            (digits <= 4 && line.text[digits..].starts_with(['.', ')'])).then_some(digits + 1)?
        }
        'a'..='z' if line.text[1..].starts_with(['.', ')']) => 2,
        _ => return None,
    };
    let rest = &line.text[length..];
    (rest.is_empty() || rest.starts_with([' ', '\t'])).then_some(length)
}

impl<'a> Reader<'a> {
    /// Opens an item, and takes the text in its line.
    pub(super) fn item(&mut self, line: &Line<'a>, marker: usize) {
        let is_sibling = |item: &Open| item.indent == line.indent;
        self.close_items(line.indent + 1, line.at);
        if self.items.last().is_some_and(is_sibling) || self.items.len() >= DEEPEST {
            self.builder.close(Container::Item, By::Markdown, line.at);
            self.items.pop();
        } else {
            self.builder.open(Container::List, By::Markdown, line.at);
        }
        self.items.push(Open { indent: line.indent });
        self.builder.open(Container::Item, By::Markdown, line.at);
        let mut rest = line.without(marker);
        // A number that the list is to go on from.
        if rest.text.starts_with("[@")
            && let Some(end) = rest.text.find(']')
        {
            rest = rest.without(end + 1);
        }
        let boxes = [("[ ]", Task::Open), ("[-]", Task::Open), ("[X]", Task::Done), ("[x]", Task::Done)];
        if let Some((mark, task)) = boxes.into_iter().find(|(mark, _)| rest.text.starts_with(mark)) {
            self.builder.task(task);
            rest = rest.without(mark.len());
        }
        if let Some(at) = term(rest.text) {
            self.builder.open_mark(Mark::Bold);
            self.text.push(rest.text[..at].trim_end(), rest.at);
            self.flush();
            self.builder.close_mark(Mark::Bold);
            self.builder.text(": ".into(), rest.at + at);
            rest = rest.without(at + 4);
        }
        if !rest.is_blank() {
            self.text_of(rest);
        }
    }

    /// Closes the items whose marks stand at `indent` or further right; with those that it was the first of goes their list.
    pub(super) fn close_items(&mut self, indent: usize, at: usize) {
        while self.items.last().is_some_and(|item| item.indent >= indent) {
            self.items.pop();
            self.builder.close(Container::Item, By::Markdown, at);
            self.builder.close(Container::List, By::Markdown, at);
        }
    }
}

/// Where a term ends that an item describes: `- term :: description`.
fn term(text: &str) -> Option<usize> {
    let at = text.find(" :: ").or_else(|| text.ends_with(" ::").then(|| text.len() - 3))?;
    (at > 0 && at + 4 <= text.len()).then_some(at)
}
