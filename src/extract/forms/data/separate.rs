//! Comma- and tab-separated files into a table: the first record is the header, unless it names a paper itself.

use super::columns::{self, is_own_title};
use super::values::{self, is_paper_text};
use crate::extract::forms::builder::{Builder, By, Container};
use crate::extract::forms::separated::{Field, records};
use crate::extract::units::document::Row;

/// Hands on the table of a file.
pub(super) fn read<'a>(source: &'a str, is_tabbed: bool, builder: &mut Builder<'a>) {
    let delimiter = if is_tabbed { b'\t' } else { delimiter(source) };
    let mut rows = records(source, 0, delimiter).peekable();
    let Some(first) = rows.peek() else { return };
    let names_paper = |row: &[Field<'_>]| row.iter().any(|field| is_paper_text(&field.text));
    let has_header = !names_paper(first);
    let has_title = has_header && first.iter().any(|field| is_own_title(&field.text));
    // A file without titles, addresses and identifiers lists no papers; most that do say so soon.
    if !has_title && !records(source, 0, delimiter).any(|row| names_paper(&row)) {
        return;
    }
    let identifiers = identifiers(source, delimiter, has_header);
    let by = By::Markdown;
    builder.open(Container::Table, by, 0);
    builder.rows_are(if has_header { Row::Header } else { Row::Body });
    for (index, row) in rows.enumerate() {
        let at = row.first().map_or(0, |field| field.at);
        builder.open(Container::Row, by, at);
        for (column, field) in row.iter().enumerate() {
            builder.cell(by, 1, 1, field.at);
            match identifiers.get(column) {
                _ if index == 0 && has_header => builder.text(columns::readable(&field.text), field.at),
                Some(true) => values::identifier(&field.text, field.at, builder),
                _ => values::text(&field.text, field.at, builder),
            }
            builder.close(Container::Cell, by, field.at);
        }
        builder.close(Container::Row, by, at);
        if index == 0 && has_header {
            builder.rows_are(Row::Body);
        }
    }
    builder.rows_are(Row::Body);
    builder.close(Container::Table, by, source.len());
}

/// Which columns hold identifiers of arXiv, as the first records show.
fn identifiers(source: &str, delimiter: u8, has_header: bool) -> Vec<bool> {
    let mut rows = records(source, 0, delimiter);
    let first = rows.next().unwrap_or_default();
    let headers: Vec<&str> = first.iter().map(|field| if has_header { &*field.text } else { "" }).collect();
    let sample: Vec<_> = rows.take(SAMPLE).collect();
    let fields = sample.iter().flat_map(|row| row.iter().map(|field| field.text.trim()).enumerate());
    columns::identifiers(&headers, fields.filter(|(_, field)| !field.is_empty()))
}

/// So many records tell what a column holds.
const SAMPLE: usize = 200;

/// What parts the fields of a file: of the usual marks the one that its first line has most of.
fn delimiter(source: &str) -> u8 {
    let first = source.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let count = |mark: u8| first.bytes().filter(|byte| *byte == mark).count();
    [b',', b';', b'\t', b'|'].into_iter().rev().max_by_key(|mark| count(*mark)).unwrap_or(b',')
}
