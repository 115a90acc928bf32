//! reStructuredText into a document, as docutils reads it: sections, paragraphs, lists, quotes
//! (<https://docutils.sourceforge.io/docs/ref/rst/restructuredtext.html>). Directives and citations are left to `explicit`, tables to
//! `tables`, what stands within a paragraph to `inline`.
//!
//! Written by hand: rst_parser gives an error instead of a file that it does not understand whole, and lists are seldom without a slip.

mod explicit;
mod inline;
mod items;
mod listed;
mod tables;
mod targets;

use std::ops::Range;

use pulldown_cmark::CowStr;

use super::lines::{Joined, Line, lines};
use crate::extract::forms::bibtex;
use crate::extract::forms::builder::{Builder, By, Container};
use crate::extract::units::document::{Document, Kind};

pub(in crate::extract) use self::inline::read as inline;
pub(in crate::extract) use self::targets::Targets;

/// Blocks nested deeper are read as mere paragraphs.
const DEEPEST: usize = 24;

/// Reads reStructuredText.
pub(in crate::extract) fn read<'a>(source: &'a str) -> Document<'a> {
    let lines: Vec<Line<'a>> = lines(source).collect();
    let targets = Targets::of(&lines);
    let builder = Builder::new(source);
    let mut reader = Reader { source, lines, targets, builder, adornments: Vec::new(), text: Joined::default() };
    reader.blocks(0..reader.lines.len(), 0);
    reader.builder.finish()
}

struct Reader<'a> {
    source: &'a str,
    lines: Vec<Line<'a>>,
    targets: Targets<'a>,
    builder: Builder<'a>,
    /// How titles are set that came so far, the highest level first.
    adornments: Vec<(char, Lines)>,
    text: Joined<'a>,
}

/// Where a title has a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Lines {
    Below,
    AboveAndBelow,
}

/// A title and the line after it.
struct Title<'a> {
    line: Line<'a>,
    set: (char, Lines),
    next: usize,
}

impl<'a> Reader<'a> {
    /// Reads the blocks in these lines.
    fn blocks(&mut self, range: Range<usize>, depth: usize) {
        let Some(base) = self.lines[range.clone()].iter().find(|line| !line.is_blank()).map(|line| line.indent) else {
            return;
        };
        let mut at = range.start;
        while at < range.end {
            at = self.block(at..range.end, base, depth).max(at + 1);
        }
        self.builder.end_block();
    }

    /// Reads the block at the start of these lines, and tells the line after it.
    fn block(&mut self, range: Range<usize>, base: usize, depth: usize) -> usize {
        let (at, end) = (range.start, range.end);
        let line = self.lines[at];
        if line.is_blank() {
            self.builder.end_block();
            return at + 1;
        }
        if depth >= DEEPEST {
            return self.paragraph(range);
        }
        if line.indent > base {
            let next = self.below(at, end, base);
            self.builder.end_block();
            self.blocks(at..next, depth + 1);
            return next;
        }
        if let Some(title) = (depth == 0).then(|| self.title(at, end)).flatten() {
            return self.heading(&title);
        }
        if adornment(line.text).is_some_and(|(_, length)| length >= 4) && self.is_blank(at + 1, end) {
            self.builder.block(Kind::Rule, line.at);
            return at + 1;
        }
        if let Some(next) = self.grid_table(range.clone()).or_else(|| self.simple_table(range.clone())) {
            return next;
        }
        if line.text.starts_with("__ ") {
            return at + 1;
        }
        if line.text == ".." || line.text.starts_with(".. ") {
            return self.explicit(range, depth);
        }
        if items::field(line.text).is_some() {
            return self.fields(range, depth);
        }
        if self.is_item(at, end) {
            return self.list(range, depth);
        }
        if line.text.starts_with("| ") {
            return self.lines_as_set(range);
        }
        // What somebody typed to Python.
        if line.text.starts_with(">>> ") {
            return at + self.lines[at..end].iter().take_while(|line| !line.is_blank()).count();
        }
        if at + 1 < end && !self.lines[at + 1].is_blank() && self.lines[at + 1].indent > line.indent {
            return self.definition(range, depth);
        }
        self.paragraph(range)
    }

    /// The line after those that are set in further than `indent`, and the empty ones between them.
    fn below(&self, at: usize, end: usize, indent: usize) -> usize {
        let is_below = |line: &&Line<'a>| line.is_blank() || line.indent > indent;
        let count = self.lines[at..end].iter().take_while(is_below).count();
        let blank = self.lines[at..at + count].iter().rev().take_while(|line| line.is_blank()).count();
        at + count - blank
    }

    fn is_blank(&self, at: usize, end: usize) -> bool {
        at >= end || self.lines[at].is_blank()
    }

    fn title(&self, at: usize, end: usize) -> Option<Title<'a>> {
        let line = |at: usize| self.lines.get(at).filter(|_| at < end);
        let first = line(at)?;
        let over = adornment(first.text);
        let (text, under, set, next) = match over {
            Some((mark, _)) => (line(at + 1)?, line(at + 2)?, (mark, Lines::AboveAndBelow), at + 3),
            None => (first, line(at + 1)?, (adornment(line(at + 1)?.text)?.0, Lines::Below), at + 2),
        };
        let (mark, length) = adornment(under.text)?;
        let is_long = length >= 4 || length >= text.text.chars().count();
        let is_marked = text.text.starts_with(".. ") || over.is_none() && text.text.starts_with("- ");
        let is_title = !text.is_blank() && mark == set.0 && is_long && under.indent == first.indent && !is_marked;
        (is_title && adornment(text.text).is_none()).then_some(Title { line: *text, set, next })
    }

    fn heading(&mut self, title: &Title<'a>) -> usize {
        let known = self.adornments.iter().position(|set| *set == title.set);
        let level = known.unwrap_or_else(|| {
            self.adornments.push(title.set);
            self.adornments.len() - 1
        });
        self.builder.block(Kind::Heading(u8::try_from(level + 1).unwrap_or(6).min(6)), title.line.at);
        self.text.push(title.line.text, title.line.at);
        self.flush();
        self.builder.end_block();
        title.next
    }

    /// Hands on the text so far.
    fn flush(&mut self) {
        inline::read(&self.text, &mut self.builder, &mut self.targets);
        self.text.clear();
    }

    fn paragraph(&mut self, range: Range<usize>) -> usize {
        let (at, end) = (range.start, range.end);
        self.builder.block(Kind::Paragraph, self.lines[at].at);
        let mut next = at;
        while next < end && !self.lines[next].is_blank() {
            // A title after text without an empty line is one all the same.
            if next > at && next + 1 < end && self.title(next, end).is_some() {
                break;
            }
            next += 1;
        }
        let last = self.lines[next - 1];
        let is_before_code = last.text.ends_with("::");
        for at in at..next {
            let line = self.lines[at];
            let text = if is_before_code && at + 1 == next { line.text.trim_end_matches(':') } else { line.text };
            self.text.push(text, line.at);
        }
        self.flush();
        self.builder.end_block();
        if is_before_code { self.code(next, end, last.indent) } else { next }
    }

    /// Passes over code that is set in below a line, unless it is BibTeX, and tells the line after it.
    fn code(&mut self, at: usize, end: usize, indent: usize) -> usize {
        let next = self.below(at, end, indent);
        let mut shown = self.lines[at..next].iter().filter(|line| !line.is_blank());
        if let Some(first) = shown.next()
            && bibtex::starts_an_entry(first.text)
        {
            let text = &self.source[first.at..shown.next_back().unwrap_or(first).end()];
            self.builder.block(Kind::Bibtex, first.at);
            self.builder.text(CowStr::Borrowed(text), first.at);
            self.builder.end_block();
        }
        next.max(at)
    }

    /// Lines that are to stay lines: each starts with a bar.
    fn lines_as_set(&mut self, range: Range<usize>) -> usize {
        self.builder.block(Kind::Paragraph, self.lines[range.start].at);
        let mut next = range.start;
        while next < range.end && !self.lines[next].is_blank() {
            let line = self.lines[next];
            let bar = line.text.strip_prefix('|').filter(|rest| rest.is_empty() || rest.starts_with(' '));
            if bar.is_some() && next > range.start {
                self.flush();
                self.builder.hard_break(line.at);
            }
            let line = if bar.is_some() { line.without(1) } else { line };
            self.text.push(line.text, line.at);
            next += 1;
        }
        self.flush();
        self.builder.end_block();
        next
    }

    /// A term, and below it, set in, what is said of it.
    fn definition(&mut self, range: Range<usize>, depth: usize) -> usize {
        let line = self.lines[range.start];
        let next = self.below(range.start + 1, range.end, line.indent);
        self.builder.open(Container::Item, By::Markdown, line.at);
        self.builder.block(Kind::Paragraph, line.at);
        if line.text.ends_with("::") {
            self.text.push(line.text.trim_end_matches(':'), line.at);
            self.flush();
            self.code(range.start + 1, next, line.indent);
        } else {
            self.text.push(line.text, line.at);
            self.flush();
            self.blocks(range.start + 1..next, depth + 1);
        }
        self.builder.close(Container::Item, By::Markdown, line.end());
        next
    }
}

/// The mark that a line consists of, and how often it comes.
fn adornment(text: &str) -> Option<(char, usize)> {
    let mark = text.chars().next().filter(char::is_ascii_punctuation)?;
    (text.len() >= 2 && text.chars().all(|c| c == mark) && text != "..").then_some((mark, text.len()))
}
