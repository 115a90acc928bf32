//! What labels the entries of a group, told by where a label stands: a badge, code, brackets, a column, a field.

use std::collections::HashMap;

use super::list::List;
use crate::extract::conventions::Group;
use crate::extract::features::labels::Meaning;
use crate::extract::features::plain;
use crate::extract::units::Shape;
use crate::extract::units::grid;

/// The kinds of labels of a list.
pub(super) struct Kinds<'t, 'l, 'd> {
    list: &'t List<'l, 'd>,
    tables: HashMap<usize, Columns>,
}

/// The columns of a table.
struct Columns {
    /// Where each cell starts, and its column.
    cells: Vec<(usize, usize)>,
    headers: HashMap<usize, String>,
}

impl<'t, 'l, 'd> Kinds<'t, 'l, 'd> {
    pub(super) fn new(list: &'t List<'l, 'd>) -> Self {
        Self { list, tables: HashMap::new() }
    }

    /// What the label at a position of the text is, in words; nothing where it comes from elsewhere.
    pub(super) fn of(&mut self, group: Group, at: usize) -> Option<String> {
        let labelled = &self.list.labelled;
        let passage = labelled.passage;
        let next = labelled.fields.partition_point(|field| field.line.end <= at);
        let field = labelled.fields.get(next).filter(|field| field.line.start <= at && at >= field.value.start);
        if let Some(field) = field.filter(|field| matches!(field.meaning, Meaning::Tags | Meaning::Labelling)) {
            let name = plain::line(plain::trim(&passage.text[field.line.start..field.value.start]));
            return Some(format!("field: {}", name.trim_end_matches([':', '：']).trim_end()));
        }
        let text = passage.text.get(at..)?;
        let before = passage.text[..at].chars().next_back();
        let around = at..(at + text.chars().next().map_or(0, char::len_utf8));
        let piece = passage.pieces_in(&around).first();
        let is_bold = piece.is_some_and(|piece| piece.style.bold);
        let told = if passage.images_in(&around).iter().any(|image| image.position == at) {
            "badges"
        } else if group.shape == Shape::Row {
            return self.column(group.parent, at);
        } else if piece.is_some_and(|piece| piece.is_code) {
            "code"
        } else if matches!(before, Some('[' | '(' | '【' | '（')) {
            "brackets"
        } else if text.starts_with('#') {
            "hashtags"
        } else if is_bold {
            "bold"
        } else if passage.link_at(at).is_some() {
            "links"
        } else {
            return None;
        };
        Some(told.to_owned())
    }

    fn column(&mut self, table: usize, at: usize) -> Option<String> {
        let list = self.list;
        let columns = self.tables.entry(table).or_insert_with(|| Columns::of(list, table));
        let next = columns.cells.partition_point(|(start, _)| *start <= at);
        let (_, column) = columns.cells.get(next.checked_sub(1)?)?;
        let header = columns.headers.get(column).cloned();
        Some(header.map_or_else(|| format!("column {}", column + 1), |header| format!("column: {header}")))
    }
}

impl Columns {
    fn of(list: &List<'_, '_>, table: usize) -> Self {
        let mut columns = Self { cells: Vec::new(), headers: HashMap::new() };
        for row in grid::rows(list.document, &list.tree, table) {
            for cell in row.cells.iter().filter(|cell| !cell.is_from_above) {
                columns.cells.push((cell.range.start, cell.column));
                let text = plain::line(plain::trim(&list.passage().text[cell.range.clone()]));
                if row.is_header && !text.is_empty() {
                    columns.headers.insert(cell.column, text);
                }
            }
        }
        columns.cells.sort_unstable();
        columns
    }
}
