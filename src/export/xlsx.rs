//! `enriched.xlsx`: a workbook for people. Cells have types, so nothing needs to be guarded as in `csv`: an identifier is text,
//! a date is a date, and what starts with `=` is text like any other.
//!
//! `papers` has a row for each paper, `findings` one for each finding, `overview` counts and draws. `style` is how all of them
//! look. The sheet of papers is written row by row to a temporary file, so that a long list does not stand in memory.

mod findings;
mod overview;
mod papers;
mod style;

use std::io::{self, Write};
use std::panic::{self, AssertUnwindSafe};

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use self::style::Style;
use super::Contents;
use super::csv::cut;

/// When every workbook says that it was made. Without it, it would tell the time, and two of the same papers would differ.
const MADE: (u16, u8, u8) = (2000, 1, 1);

/// The most rows of a sheet between its header and its [`end`] (Microsoft, "Excel specifications and limits").
const MOST_ROWS: usize = 1_048_574;

/// The workbook, its bytes compressed.
pub(super) fn write(contents: Contents<'_>, to: &mut dyn Write) -> io::Result<()> {
    let workbook = without_panic(|| workbook(contents).map_err(io::Error::other))?;
    to.write_all(&workbook)
}

/// What the work comes to, or the words of its panic. What writes the sheets panics where the disk under its temporary files is
/// full; a run that says why and leaves its output alone serves its user better.
fn without_panic<T>(work: impl FnOnce() -> io::Result<T>) -> io::Result<T> {
    let told_usually = panic::take_hook();
    panic::set_hook(Box::new(|_| {}));
    let outcome = panic::catch_unwind(AssertUnwindSafe(work));
    panic::set_hook(told_usually);
    outcome.unwrap_or_else(|said| {
        let said = said.downcast_ref::<String>().map(String::as_str).or(said.downcast_ref::<&str>().copied());
        Err(io::Error::other(said.unwrap_or("it cannot be made").to_owned()))
    })
}

fn workbook(contents: Contents<'_>) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let (year, month, day) = MADE;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&ExcelDateTime::from_ymd(year, month, day)?));
    let style = Style::new();
    papers::fill(row_by_row(&mut workbook)?, contents.records, &style)?;
    findings::fill(row_by_row(&mut workbook)?, contents.findings, &style)?;
    overview::fill(workbook.add_worksheet(), contents.records, &style)?;
    workbook.save_to_buffer()
}

/// A sheet whose rows leave memory as soon as the next one begins; where there is no folder for temporary files, a usual one.
fn row_by_row(workbook: &mut Workbook) -> Result<&mut Worksheet, XlsxError> {
    let before = workbook.worksheets().len();
    if workbook.add_worksheet_with_constant_memory().is_err() {
        workbook.add_worksheet();
    }
    workbook.worksheet_from_index(before)
}

/// Ends a sheet that was written row by row. What writes it would write a last row that has a height twice, and a spreadsheet
/// may take such a sheet for damaged; so another row, with nothing in it, comes last.
fn end(sheet: &mut Worksheet, rows: u32) -> Result<(), XlsxError> {
    sheet.write_blank(rows + 1, 0, &Format::new())?.clear_cell(rows + 1, 0);
    Ok(())
}

/// A text that comes back from its cell as it is, but for control characters, of which a workbook can hold two, and for what is
/// too long.
fn text(value: impl Into<String>) -> String {
    let mut value = value.into();
    value.retain(|character| !character.is_control() || matches!(character, '\n' | '\t'));
    cut(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_stays_as_it_is_but_for_control_characters() {
        let check = |value: &str, expected: &str| assert_eq!(text(value), expected);
        check("=1+1", "=1+1");
        check("one\r\ntwo\tthree", "one\ntwo\tthree");
        check("\u{1}a\u{7f}b\u{85}", "ab");
    }

    #[test]
    fn the_workbook_tells_nothing_of_when_it_was_written() {
        let bytes = workbook(Contents { records: &[], findings: &[] }).unwrap();
        let mut files = zip::ZipArchive::new(io::Cursor::new(bytes)).unwrap();
        for at in 0..files.len() {
            let file = files.by_index(at).unwrap();
            assert_eq!(file.last_modified(), Some(zip::DateTime::default()));
        }
        let properties = io::read_to_string(files.by_name("docProps/core.xml").unwrap()).unwrap();
        assert!(
            properties.contains("2000-01-01T00:00:00Z") && properties.matches("W3CDTF").count() == 2,
            "{properties}"
        );
    }
}
