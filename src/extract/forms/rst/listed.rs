//! Tables of reStructuredText that are written as lists or as comma-separated values: `list-table`, `csv-table`.

use std::ops::Range;

use pulldown_cmark::CowStr;

use super::{Reader, items};
use crate::extract::forms::builder::{By, Container};
use crate::extract::forms::lines::Line;
use crate::extract::forms::separated::records;
use crate::extract::units::document::Row;

/// The lines of a cell.
type Pieces<'a> = Vec<(&'a str, usize)>;

impl<'a> Reader<'a> {
    /// A table as a list of lists: each item is a row, each item within it a cell.
    pub(super) fn list_table(&mut self, options: Range<usize>, body: Range<usize>) {
        let mut rows: Vec<Vec<Pieces<'a>>> = Vec::new();
        let base = self.lines[body.clone()].iter().find(|line| !line.is_blank()).map_or(0, |line| line.indent);
        let mut inner = None;
        for line in &self.lines[body.clone()] {
            let mark = items::marker(line.text);
            let mut rest = *line;
            if let Some(mark) = mark.filter(|_| line.indent <= base) {
                rows.push(Vec::new());
                rest = line.without(mark);
                inner = Some(rest.indent);
            }
            let Some(row) = rows.last_mut() else { continue };
            if let Some(mark) = items::marker(rest.text).filter(|_| inner == Some(rest.indent)) {
                row.push(Vec::new());
                rest = rest.without(mark);
            }
            if let Some(cell) = row.last_mut() {
                cell.push((rest.text, rest.at));
            }
        }
        let headers = self.number(options, "header-rows");
        let at = self.lines[body.start.min(self.lines.len() - 1)].at;
        let by = By::Markdown;
        self.builder.open(Container::Table, by, at);
        self.builder.rows_are(if headers > 0 { Row::Header } else { Row::Body });
        for (index, row) in rows.iter().enumerate() {
            if index == headers && headers > 0 {
                self.builder.rows_are(Row::Body);
            }
            let at = row.first().and_then(|cell| cell.first()).map_or(at, |(_, at)| *at);
            self.builder.open(Container::Row, by, at);
            row.iter().for_each(|cell| self.cell(by, (1, 1), cell, at));
            self.builder.close(Container::Row, by, at);
        }
        self.builder.rows_are(Row::Body);
        self.builder.close(Container::Table, by, at);
    }

    /// A table as comma-separated values.
    pub(super) fn csv_table(&mut self, options: Range<usize>, body: Range<usize>) {
        let mut shown = self.lines[body].iter().filter(|line| !line.is_blank());
        let Some(first) = shown.next().copied() else { return };
        let end = shown.next_back().unwrap_or(&first).end();
        let header = self.option(options.clone(), "header");
        let headers = self.number(options, "header-rows") + usize::from(header.is_some());
        let header = header.into_iter().flat_map(|line| records(line.text, line.at, b','));
        let rows = header.chain(records(&self.source[first.at..end], first.at, b','));
        let by = By::Markdown;
        self.builder.open(Container::Table, by, first.at);
        self.builder.rows_are(if headers > 0 { Row::Header } else { Row::Body });
        for (index, row) in rows.enumerate() {
            if index == headers && headers > 0 {
                self.builder.rows_are(Row::Body);
            }
            let at = row.first().map_or(first.at, |field| field.at);
            self.builder.open(Container::Row, by, at);
            for field in &row {
                self.builder.cell(by, 1, 1, field.at);
                match &field.text {
                    CowStr::Borrowed(text) => {
                        text.lines().for_each(|line| {
                            let line = line.trim();
                            self.text.push(line, field.at + (line.as_ptr() as usize - text.as_ptr() as usize));
                        });
                        self.flush();
                    }
                    text => self.builder.text(text.clone(), field.at),
                }
                self.builder.close(Container::Cell, by, field.at);
            }
            self.builder.close(Container::Row, by, at);
        }
        self.builder.rows_are(Row::Body);
        self.builder.close(Container::Table, by, first.at);
    }

    /// The value of a directive's option.
    fn option(&self, options: Range<usize>, name: &str) -> Option<Line<'a>> {
        let value = |line: &Line<'a>| {
            let length = items::field(line.text)?;
            (line.text.get(1..length - 1) == Some(name)).then(|| line.without(length))
        };
        self.lines[options].iter().find_map(value)
    }

    fn number(&self, options: Range<usize>, name: &str) -> usize {
        self.option(options, name).and_then(|line| line.text.parse().ok()).unwrap_or(0)
    }
}
