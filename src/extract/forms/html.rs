//! HTML into a document, by html5gum: whole pages, blocks within Markdown, and single tags within a line.
//! Tags are taken as they come, since HTML in lists is seldom well formed; nothing here fails.

use std::borrow::Cow;
use std::convert::Infallible;

use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Span, Tokenizer};
use pulldown_cmark::CowStr;

use super::builder::{Builder, By, Container, Mark};
use crate::extract::units::document::{Document, Kind, Row, Task};

/// Reads a whole page.
pub(in crate::extract) fn read<'a>(source: &'a str) -> Document<'a> {
    let mut builder = Builder::new(source);
    tokens(&mut builder, source, 0);
    builder.finish()
}

/// Reads the tags and the text of `html`, which starts at `base` of the list.
pub(in crate::extract) fn tokens<'a>(builder: &mut Builder<'a>, html: &'a str, base: usize) {
    if matches!(html, "<br>" | "<br/>" | "<br />") {
        return builder.hard_break(base);
    }
    let mut tag = StartTag::default();
    let mut hidden = 0u32;
    let mut emitter = CallbackEmitter::new(|event: CallbackEvent<'_>, span: Span<usize>| -> Option<Infallible> {
        match event {
            CallbackEvent::OpenStartTag { name } => {
                tag = StartTag { name: name.to_ascii_lowercase(), at: base + span.start, ..StartTag::default() };
            }
            CallbackEvent::AttributeName { name } => tag.attribute = Attribute::named(name),
            CallbackEvent::AttributeValue { value } => {
                let value = text_of(html, value, span.start);
                match tag.attribute {
                    Attribute::Address => tag.address = Some(value),
                    Attribute::Alt => tag.alt = value.to_string(),
                    Attribute::Rows => tag.rows = value.trim().parse().unwrap_or(1),
                    Attribute::Columns => tag.columns = value.trim().parse().unwrap_or(1),
                    Attribute::Other => {}
                }
            }
            CallbackEvent::CloseStartTag { self_closing } => {
                if is_hidden(&tag.name) && !self_closing {
                    hidden += 1;
                }
                start(builder, std::mem::take(&mut tag));
            }
            CallbackEvent::EndTag { name } => {
                let name = name.to_ascii_lowercase();
                if is_hidden(&name) {
                    hidden = hidden.saturating_sub(1);
                }
                end(builder, &name, base + span.start);
            }
            CallbackEvent::String { value } if hidden == 0 => {
                builder.text(text_of(html, value, span.start), base + span.start);
            }
            _ => {}
        }
        None
    });
    emitter.naively_switch_states(true);
    match Tokenizer::new_with_emitter(html, emitter).finish() {
        Ok(()) => {}
        Err(never) => match never {},
    }
}

/// A start tag as far as lists need it.
#[derive(Default)]
struct StartTag<'a> {
    name: Vec<u8>,
    at: usize,
    attribute: Attribute,
    address: Option<CowStr<'a>>,
    alt: String,
    rows: u16,
    columns: u16,
}

/// The attributes that matter.
#[derive(Clone, Copy, Default)]
enum Attribute {
    Address,
    Alt,
    Rows,
    Columns,
    #[default]
    Other,
}

impl Attribute {
    fn named(name: &[u8]) -> Self {
        match name {
            b"href" | b"src" => Self::Address,
            b"alt" => Self::Alt,
            b"rowspan" => Self::Rows,
            b"colspan" => Self::Columns,
            _ => Self::Other,
        }
    }
}

/// What is read is mostly a piece of the list itself; only resolved entities need room of their own.
fn text_of<'a>(html: &'a str, value: &[u8], start: usize) -> CowStr<'a> {
    match html.get(start..start.saturating_add(value.len())) {
        Some(same) if same.as_bytes() == value => CowStr::Borrowed(same),
        _ => match String::from_utf8_lossy(value) {
            Cow::Borrowed(text) => CowStr::from(text.to_owned()),
            Cow::Owned(text) => CowStr::from(text),
        },
    }
}

fn is_hidden(name: &[u8]) -> bool {
    matches!(name, b"script" | b"style" | b"template" | b"noscript" | b"title" | b"svg")
}

fn heading_level(name: &[u8]) -> Option<u8> {
    match name {
        [b'h', digit @ b'1'..=b'6'] => Some(digit - b'0'),
        _ => None,
    }
}

fn start<'a>(builder: &mut Builder<'a>, tag: StartTag<'a>) {
    let at = tag.at;
    if let Some(level) = heading_level(&tag.name) {
        return builder.block(Kind::Heading(level), at);
    }
    match tag.name.as_slice() {
        b"br" => builder.hard_break(at),
        b"hr" => builder.block(Kind::Rule, at),
        b"a" => match tag.address {
            Some(address) => builder.open_link(address, at),
            None => builder.close_link(),
        },
        b"img" => {
            if let Some(src) = tag.address {
                builder.open_image(src, &tag.alt, at);
                builder.end_image();
            }
        }
        b"b" | b"strong" => builder.open_mark(Mark::Bold),
        b"i" | b"em" | b"cite" => builder.open_mark(Mark::Italic),
        b"u" => builder.open_mark(Mark::Underline),
        b"code" | b"kbd" | b"samp" | b"tt" => builder.open_mark(Mark::Code),
        b"ul" | b"ol" => builder.open(Container::List, By::Html, at),
        b"li" => {
            if builder.innermost(&[Container::List, Container::Item]) == Some(Container::Item) {
                builder.close(Container::Item, By::Html, at);
            }
            builder.open(Container::Item, By::Html, at);
        }
        b"table" => builder.open(Container::Table, By::Html, at),
        b"thead" => builder.rows_are(Row::Header),
        b"tbody" => builder.rows_are(Row::Body),
        b"tr" => {
            let within = [Container::Table, Container::Row, Container::Cell];
            if !matches!(builder.innermost(&within), Some(Container::Table) | None) {
                builder.close(Container::Row, By::Html, at);
            }
            if builder.is_html_open(Container::Table) {
                builder.open(Container::Row, By::Html, at);
            }
        }
        b"td" | b"th" => {
            if builder.innermost(&[Container::Row, Container::Cell]) == Some(Container::Cell) {
                builder.close(Container::Cell, By::Html, at);
            }
            if builder.is_html_open(Container::Row) {
                if tag.name == b"th" {
                    builder.row_is_header();
                }
                builder.cell(By::Html, tag.rows.max(1), tag.columns.max(1), at);
            }
        }
        b"details" => builder.open(Container::Details, By::Html, at),
        b"summary" => builder.block(Kind::Summary, at),
        b"input" => builder.task(Task::Open),
        name if is_block(name) => builder.end_block(),
        _ => {}
    }
}

fn end<'a>(builder: &mut Builder<'a>, name: &[u8], at: usize) {
    if heading_level(name).is_some() {
        return builder.end_block();
    }
    match name {
        b"a" => builder.close_link(),
        b"b" | b"strong" => builder.close_mark(Mark::Bold),
        b"i" | b"em" | b"cite" => builder.close_mark(Mark::Italic),
        b"u" => builder.close_mark(Mark::Underline),
        b"code" | b"kbd" | b"samp" | b"tt" => builder.close_mark(Mark::Code),
        b"ul" | b"ol" => builder.close(Container::List, By::Html, at),
        b"li" => builder.close(Container::Item, By::Html, at),
        b"table" => builder.close(Container::Table, By::Html, at),
        b"thead" => builder.rows_are(Row::Body),
        b"tr" => builder.close(Container::Row, By::Html, at),
        b"td" | b"th" => builder.close(Container::Cell, By::Html, at),
        b"details" => builder.close(Container::Details, By::Html, at),
        b"summary" => builder.end_block(),
        b"br" => builder.hard_break(at),
        name if is_block(name) => builder.end_block(),
        _ => {}
    }
}

/// The other tags that start and end a block.
fn is_block(name: &[u8]) -> bool {
    matches!(
        name,
        b"p" | b"div"
            | b"center"
            | b"section"
            | b"article"
            | b"header"
            | b"footer"
            | b"main"
            | b"blockquote"
            | b"pre"
            | b"dl"
            | b"dt"
            | b"dd"
            | b"figure"
            | b"figcaption"
            | b"body"
            | b"nav"
            | b"aside"
    )
}
