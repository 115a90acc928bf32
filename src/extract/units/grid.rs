//! The cells of a table, each in its column, those that reach over several rows in each of them.

use std::ops::Range;

use super::document::{Document, Kind};
use super::{Shape, Tree};

/// No table of papers has more columns; further ones are left out.
const MOST_COLUMNS: usize = 256;

/// One row.
#[derive(Clone, Debug)]
pub(in crate::extract) struct GridRow {
    pub(in crate::extract) unit: usize,
    pub(in crate::extract) is_header: bool,
    pub(in crate::extract) cells: Vec<Cell>,
}

/// One cell, or the part of one that reaches into a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::extract) struct Cell {
    pub(in crate::extract) column: usize,
    /// How many columns it spans.
    pub(in crate::extract) columns: usize,
    /// How many rows it spans.
    pub(in crate::extract) rows: u16,
    /// Its stretch of the text.
    pub(in crate::extract) range: Range<usize>,
    /// Whether it begins in a row above.
    pub(in crate::extract) is_from_above: bool,
}

/// Returns the rows of a table with their cells.
pub(in crate::extract) fn rows(document: &Document<'_>, tree: &Tree, table: usize) -> Vec<GridRow> {
    // What reaches into the rows below, with how many of them are left.
    let mut reaching: Vec<(u16, Cell)> = Vec::new();
    let mut rows = Vec::new();
    for unit in tree.children(table) {
        let mut cells: Vec<Cell> = reaching.iter().map(|(_, cell)| cell.clone()).collect();
        reaching.retain_mut(|(left, _)| {
            *left -= 1;
            *left > 0
        });
        let mut column = 0;
        for block in &document.blocks[tree.units[unit].own.clone()] {
            let Kind::Cell { rows, columns } = block.kind else { continue };
            while let Some(above) = cells.iter().find(|cell| cell.is_from_above && cell.column == column) {
                column += above.columns;
            }
            if column >= MOST_COLUMNS {
                break;
            }
            let columns = usize::from(columns.clamp(1, 64));
            let cell = Cell { column, columns, rows, range: block.range.clone(), is_from_above: false };
            if rows > 1 && reaching.len() < MOST_COLUMNS {
                reaching.push((rows - 1, Cell { is_from_above: true, ..cell.clone() }));
            }
            cells.push(cell);
            column += columns;
        }
        cells.sort_by_key(|cell| cell.column);
        rows.push(GridRow { unit, is_header: tree.units[unit].shape == Shape::Header, cells });
    }
    rows
}
