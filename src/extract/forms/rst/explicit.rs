//! The blocks of reStructuredText that start with two dots: citations, footnotes, directives, targets and comments.

use std::ops::Range;

use super::Reader;
use super::items::field;
use crate::extract::forms::builder::{By, Container, Mark};
use crate::extract::units::document::Kind;

/// The directives that hold nobody's words.
const HIDDEN: [&str; 20] = [
    "code", "code-block", "sourcecode", "math", "image", "figure", "toctree", "raw", "literalinclude", "highlight",
    "parsed-literal", "meta", "include", "contents", "bibliography", "index", "plot", "graphviz", "mermaid",
    "testcode",
];

/// The directives whose text may start in their own line.
const NOTES: [&str; 14] = [
    "note", "warning", "tip", "important", "hint", "attention", "caution", "danger", "error", "seealso",
    "versionadded", "versionchanged", "deprecated", "todo",
];

/// The directives that have a title in their own line.
const TITLED: [&str; 11] = [
    "rubric", "topic", "sidebar", "admonition", "dropdown", "tab-item", "card", "grid-item-card", "details",
    "collapse", "centered",
];

/// No label of a citation is longer.
const LONGEST_LABEL: usize = 64;

impl<'a> Reader<'a> {
    /// Reads what starts with two dots, and tells the line after it.
    pub(super) fn explicit(&mut self, range: Range<usize>, depth: usize) -> usize {
        let (at, end) = (range.start, range.end);
        let line = self.lines[at];
        let rest = line.without(2);
        // An empty comment hides nothing but itself.
        if rest.is_blank() && self.is_blank(at + 1, end) {
            return at + 1;
        }
        let next = self.below(at + 1, end, line.indent).max(at + 1);
        self.builder.end_block();
        if let Some(label) = label(rest.text) {
            self.lines[at] = rest.without(label);
            self.align(at, next);
            self.builder.open(Container::Item, By::Markdown, line.at);
            self.blocks(at..next, depth + 1);
            self.builder.close(Container::Item, By::Markdown, line.end());
        } else if let Some(name) = directive(rest.text) {
            self.directive(name, at..next, depth);
        }
        next
    }

    /// Sets the first line of a block in as far as those below it.
    fn align(&mut self, at: usize, next: usize) {
        let below = self.lines[at + 1..next].iter().filter(|line| !line.is_blank()).map(|line| line.indent).min();
        if let Some(indent) = below {
            self.lines[at].indent = indent;
        }
    }

    fn directive(&mut self, name: &'a str, range: Range<usize>, depth: usize) {
        let (at, next) = (range.start, range.end);
        let line = self.lines[at];
        let argument = line.without(line.text.find("::").map_or(line.text.len(), |at| at + 2));
        let lower = name.to_ascii_lowercase();
        let options = self.lines[at + 1..next].iter().take_while(|line| field(line.text).is_some()).count();
        let body = at + 1 + options;
        let name = lower.rsplit(':').next().unwrap_or_default();
        match name {
            "list-table" | "flat-table" => self.list_table(at + 1..body, body..next),
            "csv-table" => self.csv_table(at + 1..body, body..next),
            _ if HIDDEN.contains(&name) => {
                self.code(body, next, line.indent);
            }
            _ if NOTES.contains(&name) && !name.starts_with("version") => {
                self.lines[at] = argument;
                self.align(at, next);
                match argument.is_blank() {
                    true => self.blocks(body..next, depth + 1),
                    false => self.blocks(at..next, depth + 1),
                }
            }
            _ => {
                if TITLED.contains(&name) && !argument.is_blank() {
                    self.builder.block(Kind::Paragraph, argument.at);
                    self.builder.open_mark(Mark::Bold);
                    self.text.push(argument.text, argument.at);
                    self.flush();
                    self.builder.close_mark(Mark::Bold);
                    self.builder.end_block();
                }
                self.blocks(body..next, depth + 1);
            }
        }
    }
}

/// The length of a citation's or a footnote's label: `[Roe31] `.
fn label(text: &str) -> Option<usize> {
    let (label, rest) = text.strip_prefix('[')?.split_once(']')?;
    let is_label = !label.is_empty() && label.len() <= LONGEST_LABEL && !label.contains(char::is_whitespace);
    (is_label && (rest.is_empty() || rest.starts_with([' ', '\t']))).then_some(label.len() + 2)
}

/// The name of a directive: `note:: text`.
fn directive(text: &str) -> Option<&str> {
    let (name, _) = text.split_once("::")?;
    let name = name.trim_end();
    let is_part = |c: char| c.is_alphanumeric() || "-_+.:".contains(c);
    (!name.is_empty() && !name.starts_with('_') && name.chars().all(is_part)).then_some(name)
}
