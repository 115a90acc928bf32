//! Places in a list: its lines, the stretch of it that belongs to an entry, and where in that something stands.

use std::ops::Range;
use std::sync::Arc;

use crate::model::{Entry, Place};

/// A list's text by lines.
pub(super) struct Lines<'a> {
    text: &'a str,
    /// Where each line starts.
    starts: Vec<usize>,
}

/// A stretch of a list, from the start of a line.
#[derive(Clone, Copy)]
pub(super) struct Stretch<'a, 'l> {
    lines: &'l Lines<'a>,
    start: usize,
    pub(super) text: &'a str,
}

impl<'a> Lines<'a> {
    pub(super) fn of(text: &'a str) -> Self {
        let after = memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1);
        Self { text, starts: std::iter::once(0).chain(after).collect() }
    }

    /// The lines of these numbers, counted from 1.
    pub(super) fn within(&self, numbers: &Range<u32>) -> Stretch<'a, '_> {
        let start = |number: u32| self.starts.get(number as usize - 1).copied().unwrap_or(self.text.len());
        let (start, end) = (start(numbers.start), start(numbers.end));
        Stretch { lines: self, start, text: &self.text[start..end.max(start)] }
    }

    /// Where this offset is.
    pub(super) fn place(&self, path: &Arc<str>, offset: usize) -> Place {
        let line = self.starts.partition_point(|start| *start <= offset);
        let before = &self.text[self.starts[line - 1]..offset];
        Place { path: path.clone(), line: number(line), column: number(before.chars().count() + 1) }
    }

    /// Which offset a place is, if there is such a place.
    pub(super) fn offset(&self, place: &Place) -> Option<usize> {
        let line = place.line as usize;
        let start = *self.starts.get(line.checked_sub(1)?)?;
        let end = self.starts.get(line).copied().unwrap_or(self.text.len());
        let column = place.column as usize - 1;
        let mut offsets = self.text[start..end].char_indices().map(|(at, _)| at).chain([end - start]);
        offsets.nth(column).map(|at| start + at)
    }
}

impl Stretch<'_, '_> {
    /// Where this offset within the stretch is.
    pub(super) fn place(&self, path: &Arc<str>, offset: usize) -> Place {
        self.lines.place(path, self.start + offset)
    }
}

/// Each entry of a list with the lines that belong to it: up to those of the next one.
pub(super) fn extents(entries: &[Entry]) -> impl Iterator<Item = (&Entry, Range<u32>)> {
    let starts = starts(entries);
    entries.iter().map(move |entry| {
        let line = entry.place.line;
        (entry, line..starts.get(starts.partition_point(|start| *start <= line)).copied().unwrap_or(u32::MAX))
    })
}

/// The lines on which entries start, sorted.
pub(super) fn starts(entries: &[Entry]) -> Vec<u32> {
    let mut starts: Vec<u32> = entries.iter().map(|entry| entry.place.line).collect();
    starts.sort_unstable();
    starts.dedup();
    starts
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_and_places_are_the_same_thing() {
        let text = "one\r\nzwei äö\n\ndrei";
        let lines = Lines::of(text);
        let path: Arc<str> = "list.md".into();
        for (offset, _) in text.char_indices().filter(|(_, c)| *c != '\n') {
            assert_eq!(lines.offset(&lines.place(&path, offset)), Some(offset));
        }
        assert_eq!(lines.place(&path, text.find('ö').unwrap()).to_string(), "list.md:2:7");
        let beyond = |line, column| lines.offset(&Place { path: path.clone(), line, column });
        assert_eq!((beyond(9, 1), beyond(4, 6)), (None, None));
    }
}
