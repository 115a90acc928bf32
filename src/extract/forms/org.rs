//! Org files into a document: headings with their tags and properties, lists, tables, blocks (<https://orgmode.org/worg/org-syntax.html>).
//! What stands within a line is left to `inline`.
//!
//! Written by hand: orgize's last release that is no trial is of 2021, and org-rust-parser may panic and bounds no depth.

mod inline;
mod lists;
mod tables;

use std::collections::{HashMap, HashSet};

use pulldown_cmark::CowStr;

use self::lists::Open;
use super::lines::{Joined, Line, lines};
use crate::extract::forms::bibtex;
use crate::extract::forms::builder::{Builder, By, Container};
use crate::extract::units::document::{Document, Kind};

/// Reads an Org file.
pub(in crate::extract) fn read<'a>(source: &'a str) -> Document<'a> {
    let lines: Vec<Line<'a>> = lines(source).collect();
    let keywords = keywords(&lines);
    let builder = Builder::new(source);
    let mut reader = Reader {
        source,
        lines,
        keywords,
        builder,
        text: Joined::default(),
        items: Vec::new(),
        is_open: false,
        unclosed: HashMap::new(),
    };
    reader.all();
    reader.end_paragraph();
    reader.builder.finish()
}

struct Reader<'a> {
    source: &'a str,
    lines: Vec<Line<'a>>,
    /// The words before a heading's text that tell its state.
    keywords: HashSet<&'a str>,
    builder: Builder<'a>,
    /// The lines of the paragraph so far.
    text: Joined<'a>,
    /// The items that are open, the innermost last.
    items: Vec<Open>,
    is_open: bool,
    /// Up to which line the end of a drawer or a block was looked for, and was not there.
    unclosed: HashMap<String, usize>,
}

/// States that headings of most files have; a file's own are added to them.
const KEYWORDS: [&str; 12] = [
    "TODO", "DONE", "NEXT", "WAITING", "WAIT", "HOLD", "STARTED", "READING", "CANCELLED", "CANCELED", "SOMEDAY",
    "COMMENT",
];

/// Properties that tell of a paper; all others are for Emacs.
const PROPERTIES: [&str; 24] = [
    "title", "author", "authors", "url", "link", "arxiv", "arxiv_id", "arxivid", "eprint", "doi", "tags", "keywords",
    "year", "date", "venue", "journal", "booktitle", "conference", "pdf", "code", "abstract", "paper", "video",
    "slides",
];

/// A drawer or a block that is not closed within so many lines was never one.
const LONGEST: usize = 2_000;

fn keywords<'a>(lines: &[Line<'a>]) -> HashSet<&'a str> {
    let own = lines.iter().filter_map(|line| {
        let (name, value) = line.text.strip_prefix("#+")?.split_once(':')?;
        ["todo", "seq_todo", "typ_todo"].iter().any(|known| name.eq_ignore_ascii_case(known)).then_some(value)
    });
    let words = own.flat_map(|value| value.split([' ', '\t', '|']));
    words.filter_map(|word| word.split('(').next()).filter(|word| !word.is_empty()).chain(KEYWORDS).collect()
}

impl<'a> Reader<'a> {
    fn all(&mut self) {
        let mut at = 0;
        let mut blank = 0;
        while let Some(line) = self.lines.get(at).copied() {
            if line.is_blank() {
                self.end_paragraph();
                blank += 1;
                // Two empty lines end all lists.
                if blank == 2 {
                    self.close_items(0, line.at);
                }
                at += 1;
                continue;
            }
            blank = 0;
            at = self.line(at, line);
        }
    }

    /// Reads what starts at a line, and tells the line after it.
    fn line(&mut self, at: usize, line: Line<'a>) -> usize {
        if let Some(level) = heading_level(&line) {
            self.end_paragraph();
            self.close_items(0, line.at);
            self.heading(level, line);
            return at + 1;
        }
        if let Some(next) = self.hidden(at, &line) {
            return next;
        }
        if let Some(marker) = lists::marker(&line) {
            self.end_paragraph();
            self.item(&line, marker);
            return at + 1;
        }
        // What stands no further right than a list's marks is no part of it.
        if self.items.last().is_some_and(|item| line.indent <= item.indent) {
            self.end_paragraph();
            self.close_items(line.indent, line.at);
        }
        if line.text.starts_with('|') {
            self.end_paragraph();
            return self.table(at);
        }
        if line.text.len() >= 5 && line.text.bytes().all(|byte| byte == b'-') {
            self.end_paragraph();
            self.builder.block(Kind::Rule, line.at);
            return at + 1;
        }
        if let Some(text) = footnote(&line) {
            return self.footnote(at, text);
        }
        self.text_of(line);
        at + 1
    }

    /// A footnote is an item that goes on to the next empty line.
    fn footnote(&mut self, at: usize, text: Line<'a>) -> usize {
        self.end_paragraph();
        self.builder.open(Container::Item, By::Markdown, self.lines[at].at);
        self.text_of(text);
        let goes_on = |line: &&Line<'a>| !line.is_blank() && heading_level(line).is_none() && footnote(line).is_none();
        let next = at + 1 + self.lines[at + 1..].iter().take_while(goes_on).count();
        (at + 1..next).for_each(|at| self.text_of(self.lines[at]));
        self.end_paragraph();
        self.builder.close(Container::Item, By::Markdown, self.lines[next - 1].end());
        next
    }

    fn text_of(&mut self, line: Line<'a>) {
        self.is_open = true;
        match line.text.strip_suffix("\\\\") {
            Some(text) => {
                self.text.push(text.trim_end(), line.at);
                self.flush();
                self.builder.hard_break(line.end());
            }
            None => self.text.push(line.text, line.at),
        }
    }

    /// Hands on the lines so far; the paragraph goes on.
    fn flush(&mut self) {
        inline::read(&self.text, &mut self.builder);
        self.text.clear();
    }

    fn end_paragraph(&mut self) {
        self.flush();
        if std::mem::take(&mut self.is_open) {
            self.builder.end_block();
        }
    }

    /// Passes over what is not shown: comments, keywords, drawers, plans; and reads blocks of BibTeX. Tells the line after it.
    fn hidden(&mut self, at: usize, line: &Line<'a>) -> Option<usize> {
        if let Some(rest) = line.text.strip_prefix('#') {
            let Some(keyword) = rest.strip_prefix('+') else {
                return (rest.is_empty() || rest.starts_with([' ', '\t'])).then(|| {
                    self.end_paragraph();
                    at + 1
                });
            };
            self.end_paragraph();
            return Some(match starts(keyword, "begin_") {
                Some(kind) => self.block(at, kind),
                None => at + 1,
            });
        }
        if let Some(name) = drawer(line.text) {
            let end = self.end_of(at, "", |line| line.text.eq_ignore_ascii_case(":END:"))?;
            self.end_paragraph();
            if name.eq_ignore_ascii_case("properties") {
                (at + 1..end).for_each(|at| self.property(self.lines[at]));
                self.end_paragraph();
            }
            return Some(end + 1);
        }
        let plans = ["SCHEDULED:", "DEADLINE:", "CLOSED:"];
        (!self.is_open && plans.iter().any(|plan| line.text.starts_with(plan))).then_some(at + 1)
    }

    /// The line further down that ends what begins here under a name; none lies behind a heading.
    fn end_of(&mut self, at: usize, name: &str, ends: impl Fn(&Line<'a>) -> bool) -> Option<usize> {
        let name = name.to_ascii_lowercase();
        // What was looked through once holds no end for what begins later either.
        if self.unclosed.get(&name).is_some_and(|seen| at < *seen) {
            return None;
        }
        let mut below = self.lines.iter().enumerate().skip(at + 1).take(LONGEST);
        let stops = |line: &Line<'a>| heading_level(line).is_some() || ends(line);
        let stop = below.find(|(_, line)| stops(line));
        match stop {
            Some((end, line)) if ends(line) => return Some(end),
            Some((heading, _)) => self.unclosed.insert(name, heading),
            None => self.unclosed.insert(name, at + LONGEST),
        };
        None
    }

    fn block(&mut self, at: usize, kind: &str) -> usize {
        let name = kind.split_whitespace().next().unwrap_or_default();
        let language = kind[name.len()..].split_whitespace().next().unwrap_or_default();
        let ends = |line: &Line<'a>| {
            line.text
                .strip_prefix("#+")
                .and_then(|text| starts(text, "end_"))
                .is_some_and(|end| end.eq_ignore_ascii_case(name))
        };
        let hidden = ["src", "example", "export", "comment", "html", "latex", "ascii"];
        let Some(end) = self.end_of(at, name, ends) else { return at + 1 };
        if !hidden.iter().any(|known| name.eq_ignore_ascii_case(known)) {
            return at + 1;
        }
        let mut content = (at + 1..end).map(|at| self.lines[at]).filter(|line| !line.is_blank());
        if let Some(first) = content.next()
            && (["bibtex", "bib", "biblatex"].iter().any(|known| language.eq_ignore_ascii_case(known))
                || bibtex::starts_an_entry(first.text))
        {
            let text = &self.source[first.at..content.next_back().unwrap_or(first).end()];
            self.builder.block(Kind::Bibtex, first.at);
            self.builder.text(CowStr::Borrowed(text), first.at);
            self.builder.end_block();
        }
        end + 1
    }

    /// A heading without its state, its priority and its count; its tags are a line below it.
    fn heading(&mut self, level: usize, line: Line<'a>) {
        let mut rest = line.without(level);
        let word = rest.text.split_whitespace().next().unwrap_or_default();
        if self.keywords.contains(word) {
            rest = rest.without(word.len());
        }
        if rest.text.starts_with("[#") && rest.text.get(3..4) == Some("]") {
            rest = rest.without(4);
        }
        let (text, tags) = tags(rest.text);
        let text = without_count(text);
        self.builder.block(Kind::Heading(u8::try_from(level).unwrap_or(6).min(6)), rest.at);
        self.text.push(text, rest.at);
        self.flush();
        self.builder.end_block();
        if let Some(tags) = tags {
            let at = rest.end() - tags.len();
            self.builder.block(Kind::Paragraph, at);
            self.builder.text(CowStr::Borrowed("tags: "), at);
            let names = tags.trim_matches(':').replace("::", ":").replace(':', ", ");
            self.builder.text(names.into(), at + 1);
            self.builder.end_block();
        }
    }

    /// A property that tells of a paper is a line of its own.
    fn property(&mut self, line: Line<'a>) {
        let Some((name, _)) = line.text.strip_prefix(':').and_then(|text| text.split_once(':')) else { return };
        let value = line.without(name.len() + 2);
        let known = name.trim_end_matches('+').to_ascii_lowercase();
        if value.is_blank() || !PROPERTIES.contains(&&*known) {
            return;
        }
        if self.is_open {
            self.builder.hard_break(line.at);
        }
        self.is_open = true;
        let known = if ["arxiv_id", "arxivid", "eprint"].contains(&&*known) { "arxiv".to_owned() } else { known };
        self.builder.text(format!("{known}: ").into(), line.at);
        self.text.push(value.text, value.at);
        self.flush();
    }
}

/// What follows a prefix, in any case.
fn starts<'t>(text: &'t str, prefix: &str) -> Option<&'t str> {
    let head = text.get(..prefix.len())?;
    head.eq_ignore_ascii_case(prefix).then(|| &text[prefix.len()..])
}

fn heading_level(line: &Line<'_>) -> Option<usize> {
    let level = line.text.bytes().take_while(|byte| *byte == b'*').count();
    (line.indent == 0 && level > 0 && line.text[level..].starts_with([' ', '\t'])).then_some(level)
}

/// The name of a drawer that opens in a line of its own.
fn drawer(text: &str) -> Option<&str> {
    let name = text.strip_prefix(':')?.strip_suffix(':')?;
    let is_name = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
    (!name.is_empty() && name.chars().all(is_name) && !name.eq_ignore_ascii_case("end")).then_some(name)
}

/// The text of a footnote: `[fn:1] text` at the margin.
fn footnote<'a>(line: &Line<'a>) -> Option<Line<'a>> {
    let label = line.text.strip_prefix("[fn:").filter(|_| line.indent == 0)?;
    let end = label.find(']').filter(|end| *end > 0 && !label[..*end].contains([':', ' ']))?;
    Some(line.without(4 + end + 1))
}

/// A heading's text, and its tags: `Title   :boats:sea:`.
fn tags(text: &str) -> (&str, Option<&str>) {
    let start = text.rfind([' ', '\t']).map_or(0, |at| at + 1);
    let tags = &text[start..];
    let is_tag = |tag: &str| !tag.is_empty() && tag.chars().all(|c| c.is_alphanumeric() || "_@#%-".contains(c));
    let inner = tags.strip_prefix(':').and_then(|tags| tags.strip_suffix(':'));
    match inner.is_some_and(|inner| inner.split(':').all(is_tag)) {
        true => (text[..start].trim_end(), Some(tags)),
        false => (text, None),
    }
}

/// A heading's text without how much below it is done: `[2/3]`, `[66%]`.
fn without_count(text: &str) -> &str {
    let Some((before, count)) = text.strip_suffix(']').and_then(|text| text.rsplit_once('[')) else { return text };
    let is_count =
        count.contains(['/', '%']) && count.bytes().all(|byte| byte.is_ascii_digit() || b"/%".contains(&byte));
    if is_count { before.trim_end() } else { text }
}
