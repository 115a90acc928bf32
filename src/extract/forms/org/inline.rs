//! What stands within a line of Org: links, emphasis, code.

use std::ops::Range;

use pulldown_cmark::CowStr;

use crate::extract::forms::builder::{Builder, Mark};
use crate::extract::forms::lines::Joined;

/// No emphasis and no link is longer.
const LONGEST: usize = 1_000;

/// Reads the text of a paragraph.
pub(super) fn read<'a>(joined: &Joined<'a>, builder: &mut Builder<'a>) {
    if !joined.text().is_empty() {
        Walk { joined, text: joined.text(), builder, open: Vec::new(), seen: [0; MARKS.len()] }
            .range(0..joined.text().len());
    }
}

struct Walk<'w, 'a, 'b> {
    joined: &'w Joined<'a>,
    text: &'w str,
    builder: &'b mut Builder<'a>,
    /// The emphasis that is open, and where it ends.
    open: Vec<(usize, Mark)>,
    /// For each mark how far none was found that ends something.
    seen: [usize; MARKS.len()],
}

impl<'a> Walk<'_, 'a, '_> {
    fn range(&mut self, range: Range<usize>) {
        let (mut from, mut at) = (range.start, range.start);
        while let Some(found) = self.text[at..range.end].find(['[', '<', '*', '/', '_', '=', '~', '+', 'h', 'd', 'a']) {
            at += found;
            let Some(next) = self.special(from, at, range.end) else {
                at += 1;
                continue;
            };
            (from, at) = (next.from, next.at);
        }
        self.plain(from..range.end);
        // What skipped over its end stays open no longer than its text.
        while let Some((_, mark)) = self.open.pop() {
            self.builder.close_mark(mark);
        }
    }

    fn plain(&mut self, range: Range<usize>) {
        self.joined.emit(range, self.builder);
    }

    /// Reads what a character opens or closes, after the text before it.
    fn special(&mut self, from: usize, at: usize, end: usize) -> Option<Next> {
        match self.text.as_bytes()[at] {
            _ if self.open.last().is_some_and(|(close, _)| *close == at) => {
                self.plain(from..at);
                let (_, mark) = self.open.pop()?;
                self.builder.close_mark(mark);
                Some(Next::both(at + 1))
            }
            b'[' => self.bracket(from, at, end),
            b'<' => self.angle(from, at, end),
            b'*' | b'/' | b'_' | b'=' | b'~' | b'+' => self.emphasis(from, at, end),
            // An address is passed over whole: what looks like emphasis in it is none.
            _ => {
                let length = address(&self.text[at..end])?;
                let close = self.open.last().map_or(end, |(close, _)| *close).max(at + 1);
                Some(Next { from, at: (at + length).min(close) })
            }
        }
    }

    fn bracket(&mut self, from: usize, at: usize, end: usize) -> Option<Next> {
        let rest = &self.text[at..end];
        if rest.starts_with("[fn:") || rest.starts_with("[cite") {
            let close = within(rest).find(']')?;
            self.plain(from..at);
            return Some(Next::both(at + close + 1));
        }
        let inner = within(rest.strip_prefix("[[")?);
        let target_end = inner.find(']')?;
        let target = at + 2..at + 2 + target_end;
        let (shown, close) = match inner[target_end..].strip_prefix("][") {
            Some(shown) => {
                let length = shown.find("]]")?;
                (Some(target.end + 2..target.end + 2 + length), target.end + 2 + length + 2)
            }
            None => (None, target.end + inner[target_end..].starts_with("]]").then_some(2)?),
        };
        self.plain(from..at);
        self.link(target, shown);
        Some(Next::both(close))
    }

    fn link(&mut self, target: Range<usize>, shown: Option<Range<usize>>) {
        let at = self.joined.at(target.start);
        let text = self.text;
        let address = url(&text[target.clone()]).unwrap_or_else(|| self.joined.address(target.clone()));
        let Some(shown) = shown else {
            if is_picture(&address) {
                self.builder.open_image(address, "", at);
                self.builder.end_image();
            } else if leads_out(&text[target.clone()]) {
                self.builder.open_link(address, at);
                self.plain(target);
                self.builder.close_link();
            } else {
                self.plain(target);
            }
            return;
        };
        self.builder.open_link(address, at);
        let picture = self.joined.address(shown.clone());
        if is_picture(&picture) && (leads_out(&picture) || picture.starts_with("./")) {
            self.builder.open_image(picture, "", self.joined.at(shown.start));
            self.builder.end_image();
        } else {
            let (joined, builder) = (self.joined, &mut *self.builder);
            Walk { joined, text, builder, open: Vec::new(), seen: [0; MARKS.len()] }.range(shown);
        }
        self.builder.close_link();
    }

    /// `<https://…>` is a link, `<<target>>` is nothing.
    fn angle(&mut self, from: usize, at: usize, end: usize) -> Option<Next> {
        let rest = within(&self.text[at + 1..end]);
        let close = rest.find('>')?;
        let inner = at + 1..at + 1 + close;
        if rest.starts_with('<') && rest[close..].starts_with(">>") {
            self.plain(from..at);
            return Some(Next::both(inner.end + 2));
        }
        let is_address =
            leads_out(&self.text[inner.clone()]) && !self.text[inner.clone()].contains(char::is_whitespace);
        is_address.then(|| {
            self.plain(from..at);
            self.link(inner.clone(), None);
            Next::both(inner.end + 1)
        })
    }

    fn emphasis(&mut self, from: usize, at: usize, end: usize) -> Option<Next> {
        let mark = self.text.as_bytes()[at];
        let before = self.text[..at].chars().next_back();
        let opens = before.is_none_or(|c| c.is_whitespace() || "-—({'\"[*/_+".contains(c));
        let limit = self.open.last().map_or(end, |(close, _)| (*close).min(end));
        let close = opens.then(|| self.closing(at, limit))??;
        self.plain(from..at);
        let style = match mark {
            b'*' => Mark::Bold,
            b'/' => Mark::Italic,
            b'_' => Mark::Underline,
            b'=' | b'~' => {
                self.builder.open_mark(Mark::Code);
                self.plain(at + 1..close);
                self.builder.close_mark(Mark::Code);
                return Some(Next::both(close + 1));
            }
            _ => return Some(Next::both(at + 1)),
        };
        self.builder.open_mark(style);
        self.open.push((close, style));
        Some(Next::both(at + 1))
    }

    /// Where the emphasis ends that a mark opens; no mark within a link ends it.
    fn closing(&mut self, at: usize, limit: usize) -> Option<usize> {
        let (start, mark) = (at + 1, char::from(self.text.as_bytes()[at]));
        if self.text[start..].starts_with(char::is_whitespace) {
            return None;
        }
        let seen = &mut self.seen[MARKS.find(mark)?];
        let limit = self.text.floor_char_boundary(limit.min(start + LONGEST));
        let mut look = start.max(*seen);
        let mut has_links = true;
        while let Some(found) = self.text.get(look..limit).and_then(|text| text.find([mark, '['])) {
            look += found;
            let rest = &self.text[look..limit];
            if has_links && rest.starts_with("[[") {
                match rest.find("]]") {
                    Some(end) => {
                        look += end + 2;
                        continue;
                    }
                    None => has_links = false,
                }
            }
            let after = self.text[look + 1..].chars().next();
            let ends = after.is_none_or(|c| c.is_whitespace() || "-—.,;:!?'\")}[]\\*/_+".contains(c));
            if rest.starts_with(mark) && look > start && ends && !self.text[..look].ends_with(char::is_whitespace) {
                return Some(look);
            }
            look += 1;
        }
        *seen = limit.max(*seen);
        None
    }
}

/// The marks of emphasis.
const MARKS: &str = "*/_=~+";

/// Where to go on: what is not yet handed on, and what is not yet looked at.
struct Next {
    from: usize,
    at: usize,
}

impl Next {
    fn both(at: usize) -> Self {
        Self { from: at, at }
    }
}

/// As much of a text as anything within a line may be long.
fn within(text: &str) -> &str {
    &text[..text.floor_char_boundary(text.len().min(LONGEST))]
}

/// How long an address is that a text starts with.
fn address(text: &str) -> Option<usize> {
    leads_out(text).then(|| text.find(|c: char| c.is_whitespace() || "[]<>|".contains(c)).unwrap_or(text.len()))
}

fn leads_out(text: &str) -> bool {
    ["https://", "http://", "doi:", "arxiv:"]
        .iter()
        .any(|scheme| text.get(..scheme.len()).is_some_and(|head| head.eq_ignore_ascii_case(scheme)))
}

/// The address that a link type of Org's stands for.
fn url(target: &str) -> Option<CowStr<'static>> {
    let (kind, rest) = target.split_once(':')?;
    let rest = rest.trim();
    match kind.to_ascii_lowercase().as_str() {
        "arxiv" => Some(format!("https://arxiv.org/abs/{rest}").into()),
        "doi" => Some(format!("https://doi.org/{}", rest.trim_start_matches('/')).into()),
        _ => None,
    }
}

fn is_picture(address: &str) -> bool {
    let ending = address.rsplit_once('.').map_or("", |(_, ending)| ending);
    ["png", "jpg", "jpeg", "gif", "svg", "webp"].iter().any(|known| ending.eq_ignore_ascii_case(known))
}
