//! Plain text and reStructuredText into a document: paragraphs, bullets, underlined headings, citations, footnotes, roles, and links as
//! they stand in the text (<https://docutils.sourceforge.io/docs/ref/rst/restructuredtext.html>).

use pulldown_cmark::CowStr;

use super::builder::{Builder, By, Container};
use crate::extract::units::document::{Document, Kind};

/// Reads plain text.
pub(in crate::extract) fn read<'a>(source: &'a str) -> Document<'a> {
    let mut builder = Builder::new(source);
    let mut underlines: Vec<char> = Vec::new();
    let mut in_item = false;
    let mut is_open = false;
    let mut offset = 0;
    let mut lines = source.split_inclusive('\n').peekable();
    while let Some(raw) = lines.next() {
        let at = offset;
        offset += raw.len();
        let line = raw.trim_end();
        let text = line.trim_start();
        let start = at + line.len() - text.len();
        if text.is_empty() {
            if is_open {
                builder.end_block();
            }
            is_open = false;
            continue;
        }
        if let Some(mark) = lines.peek().and_then(|next| underline(next, text)) {
            close_item(&mut builder, &mut in_item, at);
            let level = underlines.iter().position(|known| *known == mark).unwrap_or_else(|| {
                underlines.push(mark);
                underlines.len() - 1
            });
            builder.block(Kind::Heading(u8::try_from(level + 1).unwrap_or(6).min(6)), start);
            builder.text(CowStr::Borrowed(text), start);
            builder.end_block();
            offset += lines.next().map_or(0, str::len);
            is_open = false;
            continue;
        }
        // A line over a title.
        if underline(text, "").is_some() {
            continue;
        }
        if text.starts_with(".. ") && citation(text).is_none() {
            if !holds_text(text) {
                // What it does not show is indented below it.
                let indent = start - at;
                while let Some(below) = lines.next_if(|below| is_below(below, indent)) {
                    offset += below.len();
                }
            }
            continue;
        }
        for _ in 0..lines_to_close(text, &source[offset..]) {
            offset += lines.next().map_or(0, str::len);
        }
        let text = source[start..offset].trim_end();
        if let Some(rest) = citation(text).or_else(|| bullet(text)) {
            close_item(&mut builder, &mut in_item, at);
            builder.open(Container::Item, By::Markdown, start);
            in_item = true;
            inline(&mut builder, rest, start + text.len() - rest.len());
        } else {
            // Unlike its lines that go on, what follows an item at the margin is no part of it.
            if in_item && !is_open && start == at {
                close_item(&mut builder, &mut in_item, at);
            }
            if is_open {
                builder.soft_break(start);
            }
            inline(&mut builder, text, start);
        }
        is_open = true;
    }
    builder.finish()
}

fn close_item<'a>(builder: &mut Builder<'a>, in_item: &mut bool, at: usize) {
    if std::mem::take(in_item) {
        builder.close(Container::Item, By::Markdown, at);
    }
    builder.end_block();
}

/// The character of a line that underlines a title of this text.
fn underline(line: &str, title: &str) -> Option<char> {
    let line = line.trim_end();
    let mark = line.chars().next().filter(|c| "=-~^\"'`#*+.:_".contains(*c))?;
    let is_line = line.chars().all(|c| c == mark) && line.chars().count() >= 3;
    let fits = title.is_empty() || line.chars().count() + 2 >= title.chars().count().min(60);
    (is_line && fits).then_some(mark)
}

/// How many of the lines below belong to a link that a line opens and does not close.
fn lines_to_close(line: &str, below: &str) -> usize {
    let is_odd = |text: &str| text.bytes().filter(|byte| *byte == b'`').count() % 2 == 1;
    if !is_odd(line) {
        return 0;
    }
    let goes_on = |line: &&str| !line.trim().is_empty() && bullet(line.trim_start()).is_none();
    let lines = below.split_inclusive('\n').take(MOST_LINES).take_while(goes_on);
    lines.enumerate().find(|(_, line)| is_odd(line)).map_or(0, |(at, _)| at + 1)
}

/// No link runs on over more lines.
const MOST_LINES: usize = 6;

/// The text of a citation or a footnote: `.. [Roe31] text`.
fn citation(text: &str) -> Option<&str> {
    let label = text.strip_prefix(".. [")?;
    let (label, rest) = label.split_once(']')?;
    (label.len() <= LONGEST_LABEL && !label.contains(char::is_whitespace)).then_some(rest.trim_start())
}

/// No label of a citation is longer.
const LONGEST_LABEL: usize = 64;

/// Whether an explicit block shows what is indented below it, as notes and lists of references do; comments, code and pictures do not.
fn holds_text(text: &str) -> bool {
    let name = text[3..].split_once("::").map(|(name, _)| name.trim());
    name.is_some_and(|name| !HIDDEN.contains(&name))
}

/// The directives that hold nobody's words.
const HIDDEN: [&str; 12] = [
    "code", "code-block", "sourcecode", "math", "image", "figure", "toctree", "raw", "literalinclude", "highlight",
    "parsed-literal", "meta",
];

fn is_below(line: &str, indent: usize) -> bool {
    line.trim().is_empty() || line.len() - line.trim_start().len() > indent
}

fn bullet(text: &str) -> Option<&str> {
    if let Some(rest) = text.strip_prefix(['-', '*', '+', '•', '·']) {
        return rest.strip_prefix(' ');
    }
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    if (1..=3).contains(&digits) {
        return text[digits..].strip_prefix(['.', ')'])?.strip_prefix(' ');
    }
    let number = text.strip_prefix('[')?;
    let digits = number.len() - number.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    (1..=3).contains(&digits).then(|| number[digits..].strip_prefix("] "))?
}

/// The text of a line, with reStructuredText's links and roles: `` `Title <address>`_ ``, ``:arxiv:`2301.00001` ``.
fn inline<'a>(builder: &mut Builder<'a>, text: &'a str, start: usize) {
    let mut at = 0;
    while let Some(open) = text[at..].find('`').map(|open| at + open) {
        let close = text[open + 1..].find('`').map(|close| open + 1 + close);
        let Some(close) = close.filter(|close| *close > open + 1) else {
            builder.text(CowStr::Borrowed(&text[at..=open]), start + at);
            at = open + 1;
            continue;
        };
        let (inner, after) = (&text[open + 1..close], &text[close + 1..]);
        let role = role(&text[at..open]);
        let embedded = inner.strip_suffix('>').and_then(|inner| inner.rsplit_once('<'));
        let before = open - role.map_or(0, |role| role.len() + 2);
        builder.text(CowStr::Borrowed(&text[at..before]), start + at);
        let (shown, url) = match (role, embedded) {
            (None, Some((shown, url))) if after.starts_with('_') => (shown.trim_end(), Some(joined(url))),
            (Some(role), named) => {
                let (shown, target) = named.map_or((inner, inner), |(shown, target)| (shown.trim_end(), target));
                (shown, address(role, target))
            }
            _ => {
                builder.text(CowStr::Borrowed(&text[before..=close]), start + before);
                at = close + 1;
                continue;
            }
        };
        match url {
            Some(url) => {
                builder.open_link(url, start + open);
                builder.text(CowStr::Borrowed(shown), start + open + 1);
                builder.close_link();
            }
            None => builder.text(CowStr::Borrowed(shown), start + open + 1),
        }
        at = text.len() - after.trim_start_matches('_').len();
    }
    builder.text(CowStr::Borrowed(&text[at..]), start + at);
}

/// The role that stands right before a text: `:arxiv:`.
fn role(before: &str) -> Option<&str> {
    let name = before.strip_suffix(':')?;
    let start = name.rfind(':')? + 1;
    let role = &name[start..];
    (!role.is_empty() && role.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.+".contains(&byte)))
        .then_some(role)
}

/// Where a role leads, as far as papers go.
fn address<'a>(role: &str, target: &str) -> Option<CowStr<'a>> {
    let target: String = target.split_whitespace().collect();
    match role.to_ascii_lowercase().as_str() {
        "arxiv" | "eprint" => Some(format!("https://arxiv.org/abs/{target}").into()),
        "doi" => Some(format!("https://doi.org/{target}").into()),
        _ => None,
    }
}

/// An address without the line ends within it.
fn joined(url: &str) -> CowStr<'_> {
    if url.contains(char::is_whitespace) {
        url.split_whitespace().collect::<String>().into()
    } else {
        CowStr::Borrowed(url)
    }
}
