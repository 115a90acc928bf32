//! Markdown into a document, by pulldown-cmark. HTML within it is left to `html`, and ends up in the same document.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::builder::{Builder, By, Container, Mark};
use super::html;
use super::set_in::{self, SetIn};
use crate::extract::units::document::{Document, Kind, Row, Task};

const FORMS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_MATH);

/// Reads the Markdown that starts at `base` of `source`.
pub(in crate::extract) fn read<'a>(source: &'a str, base: usize) -> Document<'a> {
    let mut walk = Walk { source, builder: Builder::new(source), state: State::default() };
    walk.all(base..source.len(), FORMS);
    walk.builder.finish()
}

struct Walk<'a> {
    source: &'a str,
    builder: Builder<'a>,
    state: State,
}

/// What has to be known between one event and the next.
#[derive(Default)]
struct State {
    /// Where a heading written without the space after its `#` starts; its text begins with the `#`.
    tight_heading: Option<usize>,
    /// Where the last cell of the current row ended.
    cell_end: usize,
    /// What becomes of the current code block.
    code: Option<Code>,
    /// The text of the current code block that is none.
    set_in: SetIn,
    /// In how many such blocks it stands.
    depth: u8,
}

/// Text is set in within text that is set in only so deep.
const DEEPEST: u8 = 3;

/// What becomes of a code block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Code {
    /// It is left out: it names nobody's papers.
    Hidden,
    Bibtex,
    /// It is text that is set in, and may hold papers.
    SetIn,
}

impl<'a> Walk<'a> {
    fn all(&mut self, span: Range<usize>, forms: Options) {
        let Some(text) = self.source.get(span.clone()) else { return };
        for (event, range) in Parser::new_ext(text, forms).into_offset_iter() {
            self.event(event, range.start + span.start..range.end + span.start, forms);
        }
    }

    fn event(&mut self, event: Event<'a>, range: Range<usize>, forms: Options) {
        let at = range.start;
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag, range),
            Event::Text(text) => self.text(text, at),
            Event::Code(text) => self.builder.code(text, self.content(&range, '`')),
            Event::InlineMath(tex) | Event::DisplayMath(tex) => self.math(&tex, range, forms),
            Event::Html(_) => {}
            Event::InlineHtml(_) => {
                if let Some(tag) = self.source.get(range) {
                    html::tokens(&mut self.builder, tag, at);
                }
            }
            Event::SoftBreak => match self.state.tight_heading.take() {
                Some(_) => self.builder.block(Kind::Paragraph, at),
                None => self.builder.soft_break(at),
            },
            Event::HardBreak => self.builder.hard_break(at),
            Event::Rule => self.builder.block(Kind::Rule, at),
            Event::TaskListMarker(done) => self.builder.task(if done { Task::Done } else { Task::Open }),
            Event::FootnoteReference(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'a>, range: Range<usize>) {
        let at = range.start;
        match tag {
            Tag::Paragraph => match self.source.get(range).and_then(tight_heading) {
                Some(level) => {
                    self.state.tight_heading = Some(at);
                    self.builder.block(Kind::Heading(level), at);
                }
                None => self.builder.block(Kind::Paragraph, at),
            },
            Tag::Heading { level, .. } => self.builder.block(Kind::Heading(level_of(level)), at),
            Tag::CodeBlock(kind) => {
                let code = self.code(&kind, range);
                match code {
                    Code::Bibtex => self.builder.block(Kind::Bibtex, at),
                    Code::SetIn => self.builder.end_block(),
                    Code::Hidden => {}
                }
                self.state.code = Some(code);
            }
            Tag::HtmlBlock => {
                if let Some(html) = self.source.get(range) {
                    html::tokens(&mut self.builder, html, at);
                }
            }
            Tag::List(_) => self.builder.open(Container::List, By::Markdown, at),
            Tag::Item => self.builder.open(Container::Item, By::Markdown, at),
            Tag::Table(_) => self.builder.open(Container::Table, By::Markdown, at),
            Tag::TableHead => {
                self.builder.rows_are(Row::Header);
                self.builder.open(Container::Row, By::Markdown, at);
            }
            Tag::TableRow => {
                self.state.cell_end = at;
                self.builder.open(Container::Row, By::Markdown, at);
            }
            Tag::TableCell => {
                self.state.cell_end = range.end;
                self.builder.cell(By::Markdown, 1, 1, at);
            }
            Tag::Emphasis => self.builder.open_mark(Mark::Italic),
            Tag::Strong => self.builder.open_mark(Mark::Bold),
            Tag::Link { dest_url, .. } => self.builder.open_link(dest_url, at),
            Tag::Image { dest_url, .. } => self.builder.open_image(dest_url, "", at),
            Tag::BlockQuote(_)
            | Tag::FootnoteDefinition(_)
            | Tag::DefinitionList
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition => self.builder.end_block(),
            Tag::Strikethrough | Tag::Superscript | Tag::Subscript | Tag::MetadataBlock(_) => {}
        }
    }

    fn end(&mut self, tag: TagEnd, range: Range<usize>) {
        let at = range.end;
        match tag {
            TagEnd::Paragraph => {
                self.state.tight_heading = None;
                self.builder.end_block();
            }
            TagEnd::Heading(_) => {
                self.builder.cut_attributes();
                self.builder.end_block();
            }
            TagEnd::CodeBlock => {
                self.state.code = None;
                self.builder.end_block();
                self.set_in();
            }
            TagEnd::List(_) => self.builder.close(Container::List, By::Markdown, at),
            TagEnd::Item => self.builder.close(Container::Item, By::Markdown, at),
            TagEnd::Table => self.builder.close(Container::Table, By::Markdown, at),
            TagEnd::TableHead => {
                self.builder.close(Container::Row, By::Markdown, at);
                self.builder.rows_are(Row::Body);
            }
            TagEnd::TableRow => {
                self.surplus_cells(range);
                self.builder.close(Container::Row, By::Markdown, at);
            }
            TagEnd::TableCell => self.builder.close(Container::Cell, By::Markdown, at),
            TagEnd::Emphasis => self.builder.close_mark(Mark::Italic),
            TagEnd::Strong => self.builder.close_mark(Mark::Bold),
            TagEnd::Link => self.builder.close_link(),
            TagEnd::Image => self.builder.end_image(),
            TagEnd::BlockQuote(_)
            | TagEnd::FootnoteDefinition
            | TagEnd::DefinitionList
            | TagEnd::DefinitionListTitle
            | TagEnd::DefinitionListDefinition => self.builder.end_block(),
            TagEnd::HtmlBlock
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::MetadataBlock(_) => {}
        }
    }

    fn code(&self, kind: &CodeBlockKind<'_>, range: Range<usize>) -> Code {
        let block = self.source.get(range).unwrap_or_default();
        let is_bibtex = matches!(kind, CodeBlockKind::Fenced(language) if is_bibtex_name(language));
        // Many write the BibTeX without naming its language; its first character tells.
        if is_bibtex || starts_with_bibtex(block) {
            Code::Bibtex
        } else if *kind == CodeBlockKind::Indented && self.state.depth < DEEPEST && set_in::holds_links(block) {
            Code::SetIn
        } else {
            Code::Hidden
        }
    }

    /// Reads the text that was set in as if it were not.
    fn set_in(&mut self) {
        if self.state.set_in.is_empty() {
            return;
        }
        let text = std::mem::take(&mut self.state.set_in);
        self.state.depth += 1;
        for (event, range) in text.events(FORMS) {
            self.event(event, range, FORMS);
        }
        self.state.depth -= 1;
    }

    fn text(&mut self, text: CowStr<'a>, at: usize) {
        match self.state.code {
            Some(Code::Hidden) => return,
            Some(Code::SetIn) => return self.state.set_in.push(&text, at),
            Some(Code::Bibtex) | None => {}
        }
        if self.state.tight_heading == Some(at)
            && let CowStr::Borrowed(text) = text
        {
            let rest = text.trim_start_matches('#');
            return self.builder.text(CowStr::Borrowed(rest), at + text.len() - rest.len());
        }
        self.builder.text(text, at);
    }

    /// TeX stays as it is written. Two prices are no formula: what holds a link between dollar signs is read as text.
    fn math(&mut self, tex: &str, range: Range<usize>, forms: Options) {
        let Some(source) = self.source.get(range.clone()) else { return };
        if tex.contains("](") || tex.contains("://") {
            self.all(range, forms.difference(Options::ENABLE_MATH));
        } else {
            self.builder.text(CowStr::Borrowed(source), range.start);
        }
    }

    /// Markdown drops the cells that a row has beyond its header's, but whoever reads the list sees them in its source.
    fn surplus_cells(&mut self, row: Range<usize>) {
        let Some(rest) = self.source.get(self.state.cell_end..row.end) else { return };
        let rest = rest.trim_start_matches(['|', ' ']);
        let start = row.end - rest.len();
        let cell = rest.trim_end().trim_end_matches('|');
        if cell.trim().is_empty() {
            return;
        }
        self.builder.cell(By::Markdown, 1, 1, start);
        self.all(start..start + cell.len(), FORMS.difference(Options::ENABLE_TABLES));
        self.builder.close(Container::Cell, By::Markdown, row.end);
    }

    /// Where the content of a span starts that is set in `quote` characters.
    fn content(&self, range: &Range<usize>, quote: char) -> usize {
        let source = self.source.get(range.clone()).unwrap_or_default();
        range.start + source.len() - source.trim_start_matches(quote).len()
    }
}

fn level_of(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

fn is_bibtex_name(language: &str) -> bool {
    let name = language.trim().trim_start_matches(['{', '.']);
    ["bib", "bibtex", "biblatex"].iter().any(|known| name.eq_ignore_ascii_case(known))
}

/// Whether a code block, fence and all, holds an entry of a bibliography.
fn starts_with_bibtex(block: &str) -> bool {
    let mut lines = block.lines();
    let first = lines.next().unwrap_or_default().trim_start();
    let content = if first.starts_with("```") || first.starts_with("~~~") {
        lines.map(str::trim_start).find(|line| !line.is_empty()).unwrap_or_default()
    } else {
        first
    };
    super::bibtex::starts_an_entry(content)
}

/// The level of a heading that lacks the space after its `#`, where a reader sees one: `##Surveys`, `#2 Methods`.
/// A line of hashtags is none.
fn tight_heading(paragraph: &str) -> Option<u8> {
    let first = paragraph.lines().next()?.trim();
    let text = first.trim_start_matches('#');
    let level = first.len() - text.len();
    let start = text.chars().next()?;
    let is_lower = level == 1 && start.is_lowercase();
    if !(1..=6).contains(&level) || !start.is_alphanumeric() || is_lower || text.contains(" #") {
        return None;
    }
    u8::try_from(level).ok()
}
