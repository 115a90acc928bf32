//! What stands within a paragraph of reStructuredText: links, roles, emphasis, code.

use std::ops::Range;

use pulldown_cmark::CowStr;

use super::targets::Targets;
use crate::extract::forms::builder::{Builder, Mark};
use crate::extract::forms::lines::Joined;

/// Nothing within a paragraph is longer.
const LONGEST: usize = 1_000;

/// Reads a text.
pub(in crate::extract) fn read<'a>(joined: &Joined<'a>, builder: &mut Builder<'a>, targets: &mut Targets<'a>) {
    let mut walk = Walk { joined, text: joined.text(), builder, targets, from: 0 };
    let mut at = 0;
    while let Some(found) = walk.text[at..].find(['`', '*', '_', '\\']) {
        at += found;
        at = walk.special(at).unwrap_or(at + 1);
    }
    walk.plain_to(walk.text.len());
}

struct Walk<'w, 'a, 'b> {
    joined: &'w Joined<'a>,
    text: &'w str,
    builder: &'b mut Builder<'a>,
    targets: &'b mut Targets<'a>,
    /// What is not yet handed on starts here.
    from: usize,
}

impl<'a> Walk<'_, 'a, '_> {
    fn plain_to(&mut self, end: usize) {
        if self.from < end {
            self.joined.emit(self.from..end, self.builder);
        }
        self.from = self.from.max(end);
    }

    /// Hands on a part of the text as set in a style, after all before it; what follows `next` is next.
    fn marked(&mut self, before: usize, mark: Option<Mark>, part: Range<usize>, next: usize) -> Option<usize> {
        self.plain_to(before);
        if let Some(mark) = mark {
            self.builder.open_mark(mark);
        }
        self.joined.emit(part, self.builder);
        if let Some(mark) = mark {
            self.builder.close_mark(mark);
        }
        self.from = next;
        Some(next)
    }

    fn link(&mut self, before: usize, url: CowStr<'a>, shown: Range<usize>, next: usize) -> Option<usize> {
        self.plain_to(before);
        self.builder.open_link(url, self.joined.at(shown.start));
        self.joined.emit(shown, self.builder);
        self.builder.close_link();
        self.from = next;
        Some(next)
    }

    fn special(&mut self, at: usize) -> Option<usize> {
        let rest = &self.text[at..];
        if let Some(escaped) = rest.strip_prefix('\\') {
            self.plain_to(at);
            let escaped = escaped.chars().next()?;
            self.from = at + 1 + if escaped.is_whitespace() { escaped.len_utf8() } else { 0 };
            return Some(at + 1 + escaped.len_utf8());
        }
        if rest.starts_with("``") {
            let close = self.closing(at + 2, "``")?;
            return self.marked(at, Some(Mark::Code), at + 2..close, close + 2);
        }
        if rest.starts_with('`') {
            return self.interpreted(at);
        }
        if rest.starts_with("**") {
            let close = self.emphasis(at, "**")?;
            return self.marked(at, Some(Mark::Bold), at + 2..close, close + 2);
        }
        if rest.starts_with('*') {
            let close = self.emphasis(at, "*")?;
            return self.marked(at, Some(Mark::Italic), at + 1..close, close + 1);
        }
        self.reference(at)
    }

    /// Where the text from `start` on is closed.
    fn closing(&self, start: usize, mark: &str) -> Option<usize> {
        let limit = self.text.floor_char_boundary(self.text.len().min(start + LONGEST));
        let window = &self.text[start..limit];
        let close = window.find(mark).filter(|close| *close > 0)?;
        Some(start + close)
    }

    fn emphasis(&self, at: usize, mark: &str) -> Option<usize> {
        let start = at + mark.len();
        let before = self.text[..at].chars().next_back();
        let opens = before.is_none_or(|c| c.is_whitespace() || "-:/'\"<([{—–“‘«".contains(c));
        if !opens || self.text[start..].starts_with(char::is_whitespace) {
            return None;
        }
        let mut from = start;
        for _ in 0..8 {
            let close = self.closing(from, mark)?;
            let after = self.text[close + mark.len()..].chars().next();
            let ends = after.is_none_or(|c| c.is_whitespace() || "'\")]}>-/\\:.,;!?—–”’»".contains(c));
            if ends && !self.text[..close].ends_with(char::is_whitespace) {
                return Some(close);
            }
            from = close + mark.len();
        }
        None
    }

    /// `` `text <address>`_ ``, `` `name`_ ``, `` :role:`text` ``, `` `text` ``.
    fn interpreted(&mut self, at: usize) -> Option<usize> {
        let close = self.closing(at + 1, "`").filter(|_| !self.text[at + 1..].starts_with(char::is_whitespace))?;
        let inner = at + 1..close;
        let after = &self.text[close + 1..];
        let before = role_before(&self.text[self.from..at]);
        let start = at - before.map_or(0, |role| role.len() + 2);
        let trailing = before.is_none().then(|| role_after(after)).flatten();
        let underscores =
            if trailing.is_some() { 0 } else { after.bytes().take(2).take_while(|byte| *byte == b'_').count() };
        let next = close + 1 + underscores + trailing.map_or(0, |role| role.len() + 2);
        let embedded = self.embedded(&inner);
        let shown = embedded.clone().map_or(inner.clone(), |(shown, _)| shown);
        if let Some(role) = before.or(trailing) {
            let target = embedded.map_or(inner, |(_, target)| target);
            let target = self.joined.address(target);
            return match role.to_ascii_lowercase().as_str() {
                "arxiv" | "eprint" => self.link(start, format!("https://arxiv.org/abs/{target}").into(), shown, next),
                "doi" => self.link(start, format!("https://doi.org/{target}").into(), shown, next),
                "strong" => self.marked(start, Some(Mark::Bold), shown, next),
                "emphasis" | "title" => self.marked(start, Some(Mark::Italic), shown, next),
                "code" | "literal" => self.marked(start, Some(Mark::Code), shown, next),
                // Keys of a bibliography elsewhere are no text.
                name if name.starts_with("cite") => self.marked(start, None, start..start, next),
                _ => self.marked(start, None, shown, next),
            };
        }
        let url = match &embedded {
            Some((_, target)) => {
                let address = self.joined.address(target.clone());
                match address.strip_suffix('_').filter(|_| !address.contains("://")) {
                    Some(name) => self.targets.named(name.trim_matches('`')),
                    None => (underscores > 0 || address.contains("://")).then_some(address),
                }
            }
            None if underscores == 2 => self.targets.next(),
            None if underscores == 1 => self.targets.named(&self.text[inner]),
            None => None,
        };
        match url {
            Some(url) => self.link(start, url, shown, next),
            None => self.marked(start, None, shown, next),
        }
    }

    /// The shown part and the address of `text <address>`.
    fn embedded(&self, inner: &Range<usize>) -> Option<(Range<usize>, Range<usize>)> {
        let text = &self.text[inner.clone()];
        let open = text.strip_suffix('>')?.rfind('<')?;
        let shown = text[..open].trim_end();
        let address = inner.start + open + 1..inner.end - 1;
        let shown = if shown.is_empty() { address.clone() } else { inner.start..inner.start + shown.len() };
        (!address.is_empty()).then_some((shown, address))
    }

    /// `name_`: a word that leads where a target says; `[1]_`: the underscore is no text.
    fn reference(&mut self, at: usize) -> Option<usize> {
        let marks = self.text[at..].bytes().take(2).take_while(|byte| *byte == b'_').count();
        let next = at + marks;
        let ends = self.text[next..].chars().next().is_none_or(|c| !c.is_alphanumeric() && !"_/".contains(c));
        let before = &self.text[self.from..at];
        if !ends {
            return Some(next);
        }
        if before.ends_with(']') {
            self.plain_to(at);
            self.from = next;
            return Some(next);
        }
        let is_part = |c: char| c.is_alphanumeric() || "-._:+".contains(c);
        let near = before.ceil_char_boundary(before.len().saturating_sub(LONGEST));
        let word = before.len() - before[near..].trim_end_matches(is_part).len() - near;
        let name = at - word..at;
        // What reads as a name within an address is none.
        if word == 0 || self.text[name.clone()].contains("://") || self.text[..name.start].ends_with('/') {
            return Some(next);
        }
        let url = if marks == 2 { self.targets.next() } else { self.targets.named(&self.text[name.clone()]) };
        self.link(name.start, url?, name, next)
    }
}

/// The role that stands right before a text: `:arxiv:`.
fn role_before(before: &str) -> Option<&str> {
    let name = before.strip_suffix(':')?;
    let role = &name[name.rfind(':')? + 1..];
    is_role(role).then_some(role)
}

/// The role that stands right after a text.
fn role_after(after: &str) -> Option<&str> {
    let (role, _) = after.strip_prefix(':')?.split_once(':')?;
    is_role(role).then_some(role)
}

fn is_role(role: &str) -> bool {
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.+".contains(&byte);
    !role.is_empty() && role.len() < 64 && role.bytes().all(is_part)
}
