//! The tables of Org: rows between bars; the first line across ends the header.

use super::{Reader, inline};
use crate::extract::forms::builder::{By, Container};
use crate::extract::forms::lines::Line;
use crate::extract::units::document::Row;

impl<'a> Reader<'a> {
    /// Reads the table that starts at a line, and tells the line after it.
    pub(super) fn table(&mut self, start: usize) -> usize {
        let is_row = |line: &Line<'a>| line.text.starts_with('|');
        let count = self.lines[start..].iter().take_while(|line| is_row(line)).count();
        let mut rows: Vec<Line<'a>> = self.lines[start..start + count].to_vec();
        rows.retain(|row| !is_layout(row.text));
        let is_rule = |row: &Line<'a>| row.text.starts_with("|-");
        // A line above the first row is its border.
        let first = rows.iter().position(|row| !is_rule(row)).unwrap_or(rows.len());
        let below = rows[first..].iter().position(is_rule).map(|at| first + at);
        // One below the last row is so too.
        let header = below.filter(|rule| rows[*rule..].iter().any(|row| !is_rule(row)));
        let by = By::Markdown;
        let at = self.lines[start].at;
        self.builder.open(Container::Table, by, at);
        self.builder.rows_are(if header.is_some() { Row::Header } else { Row::Body });
        for (index, row) in rows.iter().enumerate().skip(first) {
            if Some(index) == header {
                self.builder.rows_are(Row::Body);
            }
            if !is_rule(row) {
                self.row(row);
            }
        }
        self.builder.rows_are(Row::Body);
        self.builder.close(Container::Table, by, at);
        start + count
    }

    fn row(&mut self, row: &Line<'a>) {
        self.builder.open(Container::Row, By::Markdown, row.at);
        let inner = &row.text[1..];
        let mut at = row.at + 1;
        for cell in inner.strip_suffix('|').unwrap_or(inner).split('|') {
            let start = at + cell.len() - cell.trim_start().len();
            self.builder.cell(By::Markdown, 1, 1, start);
            self.text.push(cell.trim(), start);
            inline::read(&self.text, &mut self.builder);
            self.text.clear();
            self.builder.close(Container::Cell, By::Markdown, start);
            at += cell.len() + 1;
        }
        self.builder.close(Container::Row, By::Markdown, row.end());
    }
}

/// Whether a row says only how the columns are to be set: `| <10> | <l> |`, `| / | < | > |`.
fn is_layout(row: &str) -> bool {
    let is_mark = |cell: &str| {
        cell.is_empty()
            || cell == "/"
            || cell.starts_with('<')
                && cell.trim_matches(['<', '>', 'l', 'c', 'r']).bytes().all(|byte| byte.is_ascii_digit())
    };
    let mut cells = row.trim_matches('|').split('|').map(str::trim);
    row.contains('<') && cells.all(is_mark)
}
