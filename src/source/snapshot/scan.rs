//! Whole lines to findings: which lines are records at all, and which are read. Where the lines come from is left to `ranges`
//! and `stream`.

use super::record;
use super::wanted::Wanted;
use super::{Match, Sizes};
use crate::model::{ArxivId, Paper};

/// Every line of the snapshot starts with this, with or without the space.
const START: &[u8] = b"{\"id\":";

/// No identifier is longer than the longest archive, a slash, and seven digits.
const LONGEST_ID: usize = 24;

/// The mark that some editors and Windows tools put before UTF-8 text.
const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// What was found so far, each thing with the place of its line, so that the threads' findings can be put in order.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    pub(super) papers: Vec<(u64, Paper)>,
    pub(super) matches: Vec<(u64, Match)>,
    /// Lines that are not blank.
    pub(super) lines: u64,
    /// Those of them that are no records.
    pub(super) broken: u64,
    scratch: Vec<u8>,
}

impl Gathered {
    pub(super) fn join(&mut self, other: Self) {
        self.papers.extend(other.papers);
        self.matches.extend(other.matches);
        self.lines += other.lines;
        self.broken += other.broken;
    }

    /// Counts a line that is too long to be kept.
    pub(super) fn too_long(&mut self) {
        self.lines += 1;
        self.broken += 1;
    }

    /// Looks through a block of whole lines, the first of which stands at `offset`.
    pub(super) fn scan(&mut self, block: &[u8], offset: u64, wanted: &Wanted<'_>, sizes: Sizes) {
        let mut start = 0;
        for end in memchr::memchr_iter(b'\n', block).chain([block.len()]) {
            let line = &block[start..end];
            if line.len() > sizes.longest_line {
                self.too_long();
            } else {
                let place = offset + start as u64;
                let line = if place == 0 { line.strip_prefix(BYTE_ORDER_MARK).unwrap_or(line) } else { line };
                self.line(line.trim_ascii(), place, wanted);
            }
            start = end + 1;
            if start >= block.len() {
                break;
            }
        }
    }

    fn line(&mut self, line: &[u8], place: u64, wanted: &Wanted<'_>) {
        if line.is_empty() {
            return;
        }
        self.lines += 1;
        let is_wanted = match Glance::at(line) {
            Glance::Id(id) => wanted.concerns(id, line, &mut self.scratch),
            Glance::Unusual => match record::glance(line) {
                Some(id) => wanted.concerns(id.as_str().as_bytes(), line, &mut self.scratch),
                None => return self.broken += 1,
            },
            Glance::Broken => return self.broken += 1,
        };
        if is_wanted {
            match record::read(line) {
                Some(paper) => self.keep(paper, place, wanted),
                None => self.broken += 1,
            }
        }
    }

    fn keep(&mut self, paper: Paper, place: u64, wanted: &Wanted<'_>) {
        self.matches.extend(wanted.matches(&paper).into_iter().map(|found| (place, found)));
        if wanted.asks_for(&paper) {
            self.papers.push((place, paper));
        }
    }
}

/// What the two ends of a line tell. The inside is looked at only where it matters: that is what makes the pass fast.
enum Glance<'a> {
    /// It starts and ends as a record does, and this is its identifier.
    Id(&'a [u8]),
    /// It may be a record in another form.
    Unusual,
    /// It starts as a record does, but its end is missing.
    Broken,
}

impl<'a> Glance<'a> {
    fn at(line: &'a [u8]) -> Self {
        let id = line.strip_prefix(START).map(|rest| rest.strip_prefix(b" ").unwrap_or(rest));
        let Some(id) = id.and_then(|rest| rest.strip_prefix(b"\"")) else { return Self::Unusual };
        let Some(end) = id.iter().take(LONGEST_ID + 1).position(|&byte| byte == b'"') else { return Self::Unusual };
        match &id[..end] {
            id if !is_canonical(id) => Self::Unusual,
            _ if !line.ends_with(b"}") => Self::Broken,
            id => Self::Id(id),
        }
    }
}

/// Whether these bytes are an identifier as every other part writes it. The new style, which nearly all are, is told by its
/// form alone: what passes and is none is not asked for either.
fn is_canonical(id: &[u8]) -> bool {
    match id {
        [date @ .., b'.', _, _, _, _] | [date @ .., b'.', _, _, _, _, _] if date.len() == 4 => {
            id.iter().filter(|byte| byte.is_ascii_digit()).count() == id.len() - 1
        }
        _ => std::str::from_utf8(id).is_ok_and(|text| text.parse::<ArxivId>().is_ok_and(|id| id.as_str() == text)),
    }
}
