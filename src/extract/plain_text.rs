//! Plain text and reStructuredText into a document: paragraphs, bullets, underlined headings, and links as they stand in the text.

use pulldown_cmark::CowStr;

use super::document::{Builder, By, Container, Kind, Sections};

/// Reads plain text.
pub(super) fn read<'a>(source: &'a str, sections: &mut impl Sections<'a>) {
    let mut builder = Builder::new(source, sections);
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
        // A line over a title, a directive, a comment.
        if underline(text, "").is_some() || text.starts_with(".. ") {
            continue;
        }
        if let Some(rest) = bullet(text) {
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
    builder.finish();
}

fn close_item<'a, S: Sections<'a>>(builder: &mut Builder<'a, '_, S>, in_item: &mut bool, at: usize) {
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

/// The text of a line, with reStructuredText's links: `` `Title <address>`_ ``.
fn inline<'a, S: Sections<'a>>(builder: &mut Builder<'a, '_, S>, text: &'a str, start: usize) {
    let mut at = 0;
    while let Some(open) = text[at..].find('`').map(|open| at + open) {
        let link = text[open + 1..].find('`').and_then(|close| {
            let inner = &text[open + 1..open + 1 + close];
            let (name, url) = inner.strip_suffix('>')?.rsplit_once('<')?;
            text[open + close + 2..].starts_with('_').then_some((name, url, open + close + 3))
        });
        let Some((name, url, end)) = link else {
            builder.text(CowStr::Borrowed(&text[at..=open]), start + at);
            at = open + 1;
            continue;
        };
        builder.text(CowStr::Borrowed(&text[at..open]), start + at);
        builder.open_link(CowStr::Borrowed(url), start + open);
        builder.text(CowStr::Borrowed(name.trim_end()), start + open + 1);
        builder.close_link();
        at = end + usize::from(text[end..].starts_with('_'));
    }
    builder.text(CowStr::Borrowed(&text[at..]), start + at);
}
