//! Lists of reStructuredText: bullets and numbers, nested by how far they are set in, and fields.

use std::ops::Range;

use super::Reader;
use crate::extract::forms::builder::{By, Container};
use crate::extract::units::document::Kind;

/// How long the mark at the start of an item is.
pub(super) fn marker(text: &str) -> Option<usize> {
    let first = text.chars().next()?;
    let length = match first {
        '-' | '*' | '+' | '•' | '‣' | '⁃' => first.len_utf8(),
        '(' => {
            let number = numeral(&text[1..])?;
            text[1 + number..].starts_with(')').then_some(number + 2)?
        }
        _ => {
            let number = numeral(text)?;
            text[number..].starts_with(['.', ')']).then_some(number + 1)?
        }
    };
    let rest = &text[length..];
    (rest.is_empty() || rest.starts_with([' ', '\t'])).then_some(length)
}

/// How long the number of an item is. A capital is somebody's initial more often than a number.
fn numeral(text: &str) -> Option<usize> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    match text.as_bytes().first()? {
        b'#' => Some(1),
        b'a'..=b'z' => Some(1),
        _ => (1..=3).contains(&digits).then_some(digits),
    }
}

/// The length of a field's name with its colons: `:tags: a, b`.
pub(super) fn field(text: &str) -> Option<usize> {
    let name = text.strip_prefix(':')?;
    let close = name.find(':').filter(|close| *close > 0)?;
    let rest = &name[close + 1..];
    let is_name = !name.starts_with(char::is_whitespace) && (rest.is_empty() || rest.starts_with([' ', '\t']));
    is_name.then_some(close + 2)
}

impl<'a> Reader<'a> {
    /// Whether an item starts in a line. A letter or a number that the next line does not bear out may be anything.
    pub(super) fn is_item(&self, at: usize, end: usize) -> bool {
        let line = self.lines[at];
        let Some(length) = marker(line.text) else { return false };
        let is_letter = line.text.starts_with(|c: char| c.is_ascii_lowercase());
        let next = (at + 1 < end).then(|| self.lines[at + 1]).filter(|next| !next.is_blank());
        !is_letter
            || length < line.text.len()
                && next.is_none_or(|next| next.indent > line.indent || marker(next.text).is_some())
    }

    /// Reads the items that follow each other from here on.
    pub(super) fn list(&mut self, range: Range<usize>, depth: usize) -> usize {
        let (mut at, end) = (range.start, range.end);
        let first = self.lines[at];
        self.builder.end_block();
        self.builder.open(Container::List, By::Markdown, first.at);
        loop {
            at = self.item(at, end, depth);
            let blank = self.lines[at..end].iter().take_while(|line| line.is_blank()).count();
            let next = at + blank;
            if next >= end || self.lines[next].indent != first.indent || !self.is_item(next, end) {
                break;
            }
            at = next;
        }
        self.builder.close(Container::List, By::Markdown, self.lines[at - 1].end());
        at
    }

    fn item(&mut self, at: usize, end: usize, depth: usize) -> usize {
        let line = self.lines[at];
        let rest = line.without(marker(line.text).unwrap_or_default());
        let mut next = self.below(at + 1, end, line.indent).max(at + 1);
        // Lines at the margin that go on without an empty one are the item's, whatever docutils warns of.
        if next == at + 1 || !self.lines[next - 1].is_blank() {
            while next < end && self.goes_on(next, end, line.indent) {
                self.lines[next].indent = rest.indent;
                next += 1;
            }
        }
        self.lines[at] = rest;
        self.builder.open(Container::Item, By::Markdown, line.at);
        self.blocks(at..next, depth + 1);
        self.builder.close(Container::Item, By::Markdown, self.lines[next - 1].end());
        next
    }

    /// Whether a line is but a further line of the paragraph above it.
    fn goes_on(&self, at: usize, end: usize, indent: usize) -> bool {
        let line = self.lines[at];
        let starts = [".. ", "__ ", "| ", "+-", "=="].iter().any(|start| line.text.starts_with(start));
        let is_new = starts || self.is_item(at, end) || field(line.text).is_some() || self.title(at, end).is_some();
        !line.is_blank() && !self.lines[at - 1].is_blank() && line.indent == indent && !is_new
    }

    /// Fields that follow each other are the lines of one paragraph.
    pub(super) fn fields(&mut self, range: Range<usize>, depth: usize) -> usize {
        let (mut at, end) = (range.start, range.end);
        let indent = self.lines[at].indent;
        self.builder.block(Kind::Paragraph, self.lines[at].at);
        let mut is_first = true;
        while at < end && self.lines[at].indent == indent && field(self.lines[at].text).is_some() {
            if !std::mem::take(&mut is_first) {
                self.builder.hard_break(self.lines[at].at);
            }
            at = self.one_field(at, end, depth);
        }
        self.builder.end_block();
        at
    }

    fn one_field(&mut self, at: usize, end: usize, depth: usize) -> usize {
        let line = self.lines[at];
        let next = self.below(at + 1, end, line.indent).max(at + 1);
        // `tags: a, b`: the field without its first colon.
        self.text.push(line.without(1).text, line.at + 1);
        let has_value = field(line.text).is_some_and(|length| length < line.text.len());
        let mut body = at + 1;
        while body < next && !self.lines[body].is_blank() && (has_value || marker(self.lines[body].text).is_none()) {
            self.text.push(self.lines[body].text, self.lines[body].at);
            body += 1;
        }
        self.flush();
        if body < next {
            self.builder.end_block();
            self.blocks(body..next, depth + 1);
        }
        next
    }
}
