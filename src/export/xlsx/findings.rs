//! The sheet "Findings": a row for each, in the order of the lists.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::style::Style;
use super::{end, text};
use crate::model::Finding;

const COLUMNS: [(&str, f64); 5] = [("level", 10.0), ("code", 18.0), ("place", 34.0), ("message", 80.0), ("help", 60.0)];

pub(super) fn fill(sheet: &mut Worksheet, findings: &[Finding], style: &Style) -> Result<(), XlsxError> {
    sheet.set_name("Findings")?;
    let findings = &findings[..findings.len().min(super::MOST_ROWS)];
    let rows = findings.len() as u32;
    style.head(sheet, COLUMNS, rows)?;
    sheet.set_freeze_panes(1, 0)?;
    for (finding, row) in findings.iter().zip(1..) {
        let cells = [
            finding.level.to_string(),
            finding.code.to_string(),
            finding.place.to_string(),
            finding.message.clone(),
            finding.help.clone().unwrap_or_default(),
        ];
        for (cell, column) in cells.into_iter().zip(0..) {
            sheet.write_string_with_format(row, column, text(cell), &style.text)?;
        }
    }
    end(sheet, rows)?;
    Style::stand_out(sheet, 0, rows, &["error"], &["warning"])
}
