//! The drawn tables of reStructuredText. In a grid each cell has lines around it, and may span columns and rows; in a simple table the
//! lines above and below tell where the columns are.

use std::ops::Range;

use unicode_width::UnicodeWidthChar;

use super::{Reader, items};
use crate::extract::forms::builder::{By, Container};
use crate::extract::forms::lines::Line;
use crate::extract::units::document::Row;

/// A table of more lines or a wider one is read as text.
const MOST_LINES: usize = 5_000;
const WIDEST: usize = 2_000;

/// A cell of a grid, by the columns and the lines of the text that its borders stand in.
#[derive(Clone, Copy, Debug)]
struct Cell {
    left: usize,
    right: usize,
    top: usize,
    bottom: usize,
}

/// The lines of a cell; an empty one parts paragraphs.
type Pieces<'a> = Vec<(&'a str, usize)>;

impl<'a> Reader<'a> {
    /// Reads the grid that starts in these lines, and tells the line after it.
    pub(super) fn grid_table(&mut self, range: Range<usize>) -> Option<usize> {
        let first = self.lines[range.start];
        if !first.text.starts_with("+-") && !first.text.starts_with("+=") || first.text.len() > WIDEST {
            return None;
        }
        let is_part = |line: &&Line<'a>| line.indent == first.indent && line.text.starts_with(['+', '|']);
        let count = self.lines[range.clone()].iter().take(MOST_LINES).take_while(is_part).count();
        let lines = self.lines[range.start..range.start + count].to_vec();
        // Where wide letters are not counted as two columns, each letter is one.
        let grid = [true, false].into_iter().find_map(|wide| Grid::of(&lines, wide))?;
        let heads = grid.heads();
        let rows = grid.bounds(|cell| cell.top);
        let columns = grid.bounds(|cell| cell.left);
        let by = By::Html;
        self.builder.open(Container::Table, by, first.at);
        for top in rows.iter().copied() {
            let at = grid.lines[top].at;
            self.builder.rows_are(if heads.is_some_and(|heads| top < heads) { Row::Header } else { Row::Body });
            self.builder.open(Container::Row, by, at);
            let first = grid.cells.partition_point(|cell| cell.top < top);
            for cell in grid.cells[first..].iter().take_while(|cell| cell.top == top) {
                let spans = |bounds: &[usize], from, to| {
                    let before = |end| bounds.partition_point(|bound| *bound < end);
                    u16::try_from(before(to) - before(from)).unwrap_or(1)
                };
                let (down, right) = (spans(&rows, cell.top, cell.bottom), spans(&columns, cell.left, cell.right));
                self.cell(by, (down, right), &grid.pieces(cell), at);
            }
            self.builder.close(Container::Row, by, at);
        }
        self.builder.rows_are(Row::Body);
        self.builder.close(Container::Table, by, first.at);
        Some(range.start + count)
    }

    /// Reads the simple table that starts in these lines, and tells the line after it.
    pub(super) fn simple_table(&mut self, range: Range<usize>) -> Option<usize> {
        let first = self.lines[range.start];
        let columns = border(first.text, b'=').filter(|columns| columns.len() >= 2)?;
        let end = range.end.min(range.start + MOST_LINES);
        let mut borders = (range.start + 1..end).filter(|at| is_border(&self.lines[*at]));
        let second = borders.next()?;
        let is_last = self.is_blank(second + 1, range.end);
        let (head, last) = if is_last { (None, second) } else { (Some(second), borders.next().unwrap_or(second)) };
        let by = By::Markdown;
        self.builder.open(Container::Table, by, first.at);
        self.builder.rows_are(if head.is_some() { Row::Header } else { Row::Body });
        let mut pending: Vec<Line<'a>> = Vec::new();
        for at in range.start + 1..=last {
            let line = self.lines[at];
            let spans = border(line.text, b'-').filter(|spans| spans_of(spans, &columns).is_some());
            if is_border(&line) {
                self.simple_row(&mut pending, &columns, &columns, first.indent);
            } else if let Some(spans) = spans {
                self.simple_row(&mut pending, &spans, &columns, first.indent);
            } else {
                let (start, _) = slice(&line, first.indent, columns[0].start, columns.get(1).map(|next| next.start));
                if !start.is_empty() {
                    self.simple_row(&mut pending, &columns, &columns, first.indent);
                }
                pending.push(line);
            }
            if Some(at) == head {
                self.builder.rows_are(Row::Body);
            }
        }
        self.builder.rows_are(Row::Body);
        self.builder.close(Container::Table, by, first.at);
        Some(last + 1)
    }

    fn simple_row(
        &mut self,
        lines: &mut Vec<Line<'a>>,
        spans: &[Range<usize>],
        columns: &[Range<usize>],
        indent: usize,
    ) {
        let lines = std::mem::take(lines);
        let Some(first) = lines.iter().find(|line| !line.is_blank()) else { return };
        let widths = spans_of(spans, columns).unwrap_or_else(|| vec![1; spans.len()]);
        self.builder.open(Container::Row, By::Markdown, first.at);
        for (index, span) in spans.iter().enumerate() {
            let end = spans.get(index + 1).map(|next| next.start);
            let pieces: Pieces<'a> = lines.iter().map(|line| slice(line, indent, span.start, end)).collect();
            self.cell(By::Markdown, (1, widths[index]), &pieces, first.at);
        }
        self.builder.close(Container::Row, By::Markdown, first.at);
    }

    /// Hands on a cell: its paragraphs and items are lines of it.
    pub(super) fn cell(&mut self, by: By, (rows, columns): (u16, u16), pieces: &[(&'a str, usize)], at: usize) {
        let start = pieces.iter().find(|(text, _)| !text.is_empty()).map_or(at, |(_, at)| *at);
        self.builder.cell(by, rows.max(1), columns.max(1), start);
        for (text, at) in pieces {
            let mark = items::marker(text).filter(|mark| *mark < text.len());
            if text.is_empty() || mark.is_some() {
                self.flush();
                self.builder.hard_break(*at);
            }
            let rest = text[mark.unwrap_or_default()..].trim_start();
            if !rest.is_empty() {
                self.text.push(rest, at + text.len() - rest.len());
            }
        }
        self.flush();
        self.builder.close(Container::Cell, by, at);
    }
}

/// The table as drawn.
struct Grid<'l, 'a> {
    lines: &'l [Line<'a>],
    /// For each line where each of its columns starts.
    columns: Vec<Vec<usize>>,
    cells: Vec<Cell>,
}

impl<'l, 'a> Grid<'l, 'a> {
    /// Finds the cells, each closed by the first line that draws all of its lower border; `None` where some are not closed.
    fn of(lines: &'l [Line<'a>], wide: bool) -> Option<Self> {
        let columns: Vec<Vec<usize>> = lines.iter().map(|line| starts(line.text, wide)).collect();
        let width = lines.first()?.text.len();
        let mut grid = Self { lines, columns, cells: Vec::new() };
        let mut open = grid.split(0, 0..width.checked_sub(1)?);
        for at in 1..lines.len() {
            grid.byte(at, width - 1)?;
            let (closed, rest): (Vec<Cell>, Vec<Cell>) =
                open.into_iter().partition(|cell| grid.is_border(at, cell.left..cell.right));
            open = rest;
            // Neighbours that end together give way to cells that need not have the same columns.
            let mut bounds: Vec<Range<usize>> = Vec::new();
            for cell in &closed {
                match bounds.last_mut() {
                    Some(last) if last.end == cell.left => last.end = cell.right,
                    _ => bounds.push(cell.left..cell.right),
                }
            }
            grid.cells.extend(closed.into_iter().map(|cell| Cell { bottom: at, ..cell }));
            if at + 1 < lines.len() {
                open.extend(bounds.into_iter().flat_map(|bound| grid.split(at, bound)));
                open.sort_by_key(|cell| cell.left);
            }
        }
        let is_whole = open.is_empty() && lines.len() > 2;
        grid.cells.sort_by_key(|cell| (cell.top, cell.left));
        is_whole.then_some(grid)
    }

    /// The cells that open below a border.
    fn split(&self, at: usize, bound: Range<usize>) -> Vec<Cell> {
        let is_corner = |column: &usize| {
            self.byte(at, *column) == Some(b'+') && matches!(self.byte(at + 1, *column), Some(b'|' | b'+'))
        };
        let inner = (bound.start + 1..bound.end).filter(is_corner);
        let bounds: Vec<usize> = std::iter::once(bound.start).chain(inner).chain([bound.end]).collect();
        bounds.windows(2).map(|pair| Cell { left: pair[0], right: pair[1], top: at, bottom: at }).collect()
    }

    fn is_border(&self, at: usize, span: Range<usize>) -> bool {
        let is_corner = |column| self.byte(at, column) == Some(b'+');
        let is_line = |column| matches!(self.byte(at, column), Some(b'-' | b'=' | b'+'));
        is_corner(span.start) && is_corner(span.end) && (span.start + 1..span.end).all(is_line)
    }

    fn byte(&self, at: usize, column: usize) -> Option<u8> {
        let start = *self.columns.get(at)?.get(column)?;
        self.lines[at].text.as_bytes().get(start).copied()
    }

    /// The line that ends the header, if one is drawn double.
    fn heads(&self) -> Option<usize> {
        (1..self.lines.len() - 1).find(|at| self.lines[*at].text.starts_with("+="))
    }

    fn bounds(&self, of: impl Fn(&Cell) -> usize) -> Vec<usize> {
        let mut bounds: Vec<usize> = self.cells.iter().map(of).collect();
        bounds.sort_unstable();
        bounds.dedup();
        bounds
    }

    fn pieces(&self, cell: &Cell) -> Pieces<'a> {
        let piece = |at: usize| {
            let (line, columns) = (self.lines[at], &self.columns[at]);
            let place = |column: usize| columns.get(column).copied().unwrap_or(line.text.len());
            trimmed(line, place(cell.left + 1)..place(cell.right))
        };
        (cell.top + 1..cell.bottom).map(piece).collect()
    }
}

/// Where each column of a text starts. A wide letter takes two columns, a combining one none.
fn starts(text: &str, wide: bool) -> Vec<usize> {
    let mut starts = Vec::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        let width = if wide { c.width().unwrap_or(1) } else { 1 };
        starts.extend((0..width).map(|part| if part == 0 { at } else { at + c.len_utf8() }));
    }
    starts
}

fn trimmed<'a>(line: Line<'a>, range: Range<usize>) -> (&'a str, usize) {
    let part = line.text.get(range.start..range.end.max(range.start)).unwrap_or_default();
    let text = part.trim_start();
    (text.trim_end(), line.at + range.start + part.len() - text.len())
}

/// The part of a line between two columns, counted from where the table starts.
fn slice<'a>(line: &Line<'a>, indent: usize, from: usize, to: Option<usize>) -> (&'a str, usize) {
    let before = line.indent.saturating_sub(indent);
    let starts = starts(line.text, true);
    let place = |column: usize| {
        let column = column.saturating_sub(before);
        starts.get(column).copied().unwrap_or(line.text.len())
    };
    trimmed(*line, place(from)..to.map_or(line.text.len(), place))
}

fn is_border(line: &Line<'_>) -> bool {
    line.text.starts_with('=') && border(line.text, b'=').is_some()
}

/// The columns that a border of this mark draws.
fn border(text: &str, mark: u8) -> Option<Vec<Range<usize>>> {
    if !text.bytes().all(|byte| byte == mark || byte == b' ') {
        return None;
    }
    let mut columns: Vec<Range<usize>> = Vec::new();
    for (at, _) in text.bytes().enumerate().filter(|(_, byte)| *byte == mark) {
        match columns.last_mut() {
            Some(last) if last.end == at => last.end += 1,
            _ => columns.push(at..at + 1),
        }
    }
    (!columns.is_empty()).then_some(columns)
}

/// How many columns each of these reaches over; `None` where they do not begin and end with columns.
fn spans_of(spans: &[Range<usize>], columns: &[Range<usize>]) -> Option<Vec<u16>> {
    let span = |span: &Range<usize>| {
        let within: Vec<_> =
            columns.iter().filter(|column| span.start <= column.start && column.end <= span.end).collect();
        let fits = within.first()?.start == span.start && within.last()?.end == span.end;
        fits.then(|| u16::try_from(within.len()).unwrap_or(1))
    };
    spans.iter().map(span).collect()
}
