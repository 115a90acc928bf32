//! Plain text into a document: paragraphs, items by their marks, numbers and identifiers, headings by lines below them, by `#` or by a
//! colon, and columns between tabs. Links are as they stand in the text, or as in reStructuredText, which much of it is close to.

use pulldown_cmark::CowStr;

use super::lines::{Joined, Line, lines};
use super::rst::{self, Targets};
use crate::extract::forms::builder::{Builder, By, Container};
use crate::extract::units::document::{Document, Kind, Row};
use crate::model::VersionedId;

/// Items nested deeper are taken for siblings.
const DEEPEST: usize = 32;

/// No heading that ends in a colon is longer.
const LONGEST_HEADING: usize = 80;

/// Reads plain text.
pub(in crate::extract) fn read<'a>(source: &'a str) -> Document<'a> {
    if lines(source).any(|line| is_marked_up(line.text)) {
        return rst::read(source);
    }
    let builder = Builder::new(source);
    let mut reader = Reader {
        lines: lines(source).collect(),
        builder,
        underlines: Vec::new(),
        level: 0,
        items: Vec::new(),
        before: Before::Nothing,
        text: Joined::default(),
        targets: Targets::default(),
    };
    let mut at = 0;
    while at < reader.lines.len() {
        at = reader.line(at);
    }
    reader.end_block();
    reader.builder.finish()
}

/// Whether a line is one that only reStructuredText has.
fn is_marked_up(text: &str) -> bool {
    let Some(rest) = text.strip_prefix(".. ") else { return false };
    rest.starts_with('[') && rest.contains("] ")
        || rest.starts_with('_') && rest.contains(':')
        || rest
            .split_once("::")
            .is_some_and(|(name, _)| name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-'))
}

/// What stands right before a line, without an empty one between.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Before {
    Nothing,
    Text,
    /// An item that starts with what it is about, an identifier or an address: the next may too.
    Identifier,
}

struct Reader<'a> {
    lines: Vec<Line<'a>>,
    builder: Builder<'a>,
    /// The marks that underline titles, the highest level first.
    underlines: Vec<char>,
    /// The level of the last heading that needs no colon.
    level: usize,
    /// The columns of the items that are open.
    items: Vec<usize>,
    before: Before,
    text: Joined<'a>,
    targets: Targets<'a>,
}

impl<'a> Reader<'a> {
    /// Reads what starts at a line, and tells the line after it.
    fn line(&mut self, at: usize) -> usize {
        let line = self.lines[at];
        if line.is_blank() {
            self.end_block();
            return at + 1;
        }
        if let Some((level, text, count)) = self.heading(at) {
            self.end_block();
            self.close_items(0, line.at);
            self.builder.block(Kind::Heading(u8::try_from(level).unwrap_or(6).clamp(1, 6)), text.at);
            self.text.push(text.text, text.at);
            self.end_block();
            return at + count;
        }
        // A line over a title or between parts, and what only the keeper is to read; but no identifier is lost.
        let is_comment = line.text == "#" || self.is_comment(at);
        if underline(line.text, "").is_some() || is_comment && !line.text.contains("://") {
            self.end_block();
            return at + 1;
        }
        let rows = self.rows_from(at);
        if rows > 1 {
            self.table(at, rows);
            return at + rows;
        }
        let mark = bullet(line.text);
        let is_led = leading_id(line.text).is_some() || is_address(line.text);
        if let Some(mark) = mark {
            self.open_item(&line, line.without(mark));
            self.before = Before::Text;
        } else if is_led && self.before != Before::Text {
            self.open_item(&line, line);
            self.before = Before::Identifier;
        } else {
            // Unlike its lines that go on, what follows an item at its mark is no part of it.
            if self.before == Before::Nothing {
                self.close_items(line.indent, line.at);
                self.before = Before::Text;
            }
            self.text.push(line.text, line.at);
        }
        at + 1
    }

    fn end_block(&mut self) {
        self.flush();
        self.builder.end_block();
        self.before = Before::Nothing;
    }

    fn flush(&mut self) {
        rst::inline(&self.text, &mut self.builder, &mut self.targets);
        self.text.clear();
    }

    fn open_item(&mut self, line: &Line<'a>, rest: Line<'a>) {
        self.flush();
        self.builder.end_block();
        self.close_items(line.indent, line.at);
        if self.items.len() >= DEEPEST {
            self.close_items(self.items[DEEPEST - 1], line.at);
        }
        self.items.push(line.indent);
        self.builder.open(Container::Item, By::Markdown, line.at);
        self.led(rest.text, rest.at);
    }

    /// Takes a text; an identifier at its start is a link, though nothing says what it is.
    fn led(&mut self, text: &'a str, at: usize) {
        let length = leading_id(text).filter(|_| text.starts_with(|c: char| c.is_ascii_alphanumeric()));
        let Some((id, length)) = length else { return self.text.push(text, at) };
        self.builder.open_link(id.id.abs_url(id.version).into(), at);
        self.builder.text(CowStr::Borrowed(&text[..length]), at);
        self.builder.close_link();
        self.text.push(&text[length..], at + length);
    }

    /// Closes the items whose marks stand at `indent` or further right.
    fn close_items(&mut self, indent: usize, at: usize) {
        while self.items.last().is_some_and(|item| *item >= indent) {
            self.items.pop();
            self.builder.close(Container::Item, By::Markdown, at);
        }
    }

    /// The level of the heading that starts at a line, its text, and how many lines it has.
    fn heading(&mut self, at: usize) -> Option<(usize, Line<'a>, usize)> {
        let line = self.lines[at];
        let next = self.lines.get(at + 1);
        if let Some(mark) = next.and_then(|next| underline(next.text, line.text)) {
            let known = self.underlines.iter().position(|known| *known == mark);
            self.level = 1 + known.unwrap_or_else(|| {
                self.underlines.push(mark);
                self.underlines.len() - 1
            });
            return Some((self.level, line, 2));
        }
        let hashes = line.text.bytes().take_while(|byte| *byte == b'#').count();
        if (1..=6).contains(&hashes) && line.text[hashes..].starts_with(' ') && !self.is_comment(at) {
            self.level = hashes;
            return Some((hashes, line.without(hashes), 1));
        }
        let text = line.text.strip_suffix([':', '：'])?;
        let is_short = text.len() <= LONGEST_HEADING && !text.contains("://") && bullet(text).is_none();
        let is_alone = self.before == Before::Nothing && line.indent == 0 && is_short;
        let below = at + 1 + usize::from(self.lines.get(at + 1).is_some_and(Line::is_blank));
        let heads = is_alone && self.lines.get(below).is_some_and(|next| self.starts_entry(below, next));
        heads.then_some((self.level + 1, Line { text, ..line }, 1))
    }

    fn starts_entry(&self, at: usize, line: &Line<'a>) -> bool {
        bullet(line.text).is_some()
            || leading_id(line.text).is_some()
            || is_address(line.text)
            || self.rows_from(at) > 1
    }

    /// Several lines that start with `#` are a comment, and no headings.
    fn is_comment(&self, at: usize) -> bool {
        let is_one = |line: &Line<'a>| line.text == "#" || line.text.starts_with("# ");
        let near = [at.checked_sub(1), Some(at + 1)];
        is_one(&self.lines[at]) && near.into_iter().flatten().filter_map(|at| self.lines.get(at)).any(is_one)
    }

    /// How many lines from here on have the same number of tabs within.
    fn rows_from(&self, at: usize) -> usize {
        let tabs = |line: &Line<'a>| line.text.bytes().filter(|byte| *byte == b'\t').count();
        match tabs(&self.lines[at]) {
            0 => 0,
            count => self.lines[at..].iter().take_while(|line| tabs(line) == count).count(),
        }
    }

    fn table(&mut self, at: usize, rows: usize) {
        self.end_block();
        self.close_items(0, self.lines[at].at);
        let names_paper = |line: &Line<'a>| {
            line.text.contains("://") || line.text.split('\t').any(|cell| leading_id(cell.trim()).is_some())
        };
        let has_header = !names_paper(&self.lines[at]) && names_paper(&self.lines[at + 1]);
        let by = By::Markdown;
        let start = self.lines[at].at;
        self.builder.open(Container::Table, by, start);
        self.builder.rows_are(if has_header { Row::Header } else { Row::Body });
        for index in at..at + rows {
            let line = self.lines[index];
            self.builder.open(Container::Row, by, line.at);
            let mut offset = line.at;
            for cell in line.text.split('\t') {
                let text = cell.trim();
                let start = offset + cell.len() - cell.trim_start().len();
                self.builder.cell(by, 1, 1, start);
                self.led(text, start);
                self.flush();
                self.builder.close(Container::Cell, by, start);
                offset += cell.len() + 1;
            }
            self.builder.close(Container::Row, by, line.at);
            if index == at && has_header {
                self.builder.rows_are(Row::Body);
            }
        }
        self.builder.rows_are(Row::Body);
        self.builder.close(Container::Table, by, start);
    }
}

/// The character of a line that underlines a title of this text.
fn underline(line: &str, title: &str) -> Option<char> {
    let mark = line.chars().next().filter(|c| "=-~^\"'`#*+.:_".contains(*c))?;
    let is_line = line.chars().all(|c| c == mark) && line.chars().count() >= 3;
    let fits = title.is_empty() || line.chars().count() + 2 >= title.chars().count().min(60);
    (is_line && fits).then_some(mark)
}

/// How long the mark at the start of an item is: `-`, `1.`, `[1]`.
fn bullet(text: &str) -> Option<usize> {
    let number =
        |text: &str| Some(text.bytes().take_while(u8::is_ascii_digit).count()).filter(|count| (1..=3).contains(count));
    let length = if text.starts_with(['-', '*', '+', '•', '·', '–']) {
        text.chars().next()?.len_utf8()
    } else if let Some(rest) = text.strip_prefix(['[', '(']) {
        let digits = number(rest)?;
        rest[digits..].starts_with([']', ')']).then_some(digits + 2)?
    } else {
        let digits = number(text)?;
        text[digits..].starts_with(['.', ')']).then_some(digits + 1)?
    };
    text[length..].starts_with([' ', '\t']).then_some(length)
}

/// The identifier that a text starts with, where it is a word of its own, and how long it is.
fn leading_id(text: &str) -> Option<(VersionedId, usize)> {
    let (id, length) = VersionedId::read(text).ok()?;
    let ends = |c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':' | '|' | '.' | ')' | ']');
    (length > 0 && text[length..].chars().next().is_none_or(ends)).then_some((id, length))
}

fn is_address(text: &str) -> bool {
    (text.starts_with("https://") || text.starts_with("http://")) && !text.contains(char::is_whitespace)
}
