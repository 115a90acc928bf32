//! The sheet "Papers": a row for each, what people look for first in the first columns. The columns have the names of the
//! record's fields.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use rust_xlsxwriter::{ExcelDateTime, IgnoreError, Url, Worksheet, XlsxError};

use super::style::Style;
use super::{end, text};
use crate::export::columns::Column;
use crate::model::Record;

/// The most links that a spreadsheet opens in one sheet (Microsoft, "Excel specifications and limits").
const MOST_LINKS: usize = 65_530;

/// The longest address that a cell may lead to, in UTF-16 units. Microsoft names 2,083, and what writes the workbook 2,080;
/// a shorter one is sure to be opened.
const LONGEST_ADDRESS: usize = 2_079;

/// The height of a row, in points: four lines, so that one abstract does not fill the screen.
const ROW_HEIGHT: u32 = 60;

/// What in a DOI would end the path of its address.
const NOT_IN_A_PATH: &AsciiSet = &CONTROLS.add(b' ').add(b'"').add(b'#').add(b'%').add(b'<').add(b'>').add(b'?');

/// The columns that are printed; the others are for the screen.
const PRINTED: u16 = 8;

/// The columns and their widths, in characters.
const COLUMNS: [(Column, f64); 25] = [
    (Column::ArxivId, 14.0),
    (Column::Title, 42.0),
    (Column::Authors, 32.0),
    (Column::Abstract, 72.0),
    (Column::Tags, 24.0),
    (Column::Venue, 16.0),
    (Column::CategoryNames, 28.0),
    (Column::Published, 12.0),
    (Column::Updated, 12.0),
    (Column::Version, 9.0),
    (Column::Status, 13.0),
    (Column::Withdrawn, 11.0),
    (Column::PrimaryCategory, 17.0),
    (Column::Categories, 18.0),
    (Column::Sections, 30.0),
    (Column::Comment, 30.0),
    (Column::JournalRef, 28.0),
    (Column::Doi, 28.0),
    (Column::Url, 36.0),
    (Column::PdfUrl, 36.0),
    (Column::ListedTitle, 42.0),
    (Column::Links, 40.0),
    (Column::Citation, 22.0),
    (Column::Mentions, 26.0),
    (Column::Source, 12.0),
];

pub(super) fn fill(sheet: &mut Worksheet, records: &[Record], style: &Style) -> Result<(), XlsxError> {
    sheet.set_name("Papers")?;
    let records = &records[..records.len().min(super::MOST_ROWS)];
    let rows = records.len() as u32;
    let names = COLUMNS.map(|(column, width)| (column.name(), width));
    style.head(sheet, names.iter().map(|(name, width)| (name.as_str(), *width)), rows)?;
    // The identifier and the title stay in view as well.
    sheet.set_freeze_panes(1, 2)?;
    sheet.set_print_area(0, 0, rows, PRINTED - 1)?;
    let mut links = Links::of(records);
    for (record, row) in records.iter().zip(1..) {
        sheet.set_row_height(row, ROW_HEIGHT)?;
        for ((column, _), at) in COLUMNS.iter().zip(0..) {
            write(sheet, (row, at), *column, record, &mut links, style)?;
        }
    }
    end(sheet, rows)?;
    for ((column, _), at) in COLUMNS.iter().zip(0..) {
        match column {
            // Most spreadsheets mark a number that stands as text.
            Column::ArxivId => {
                sheet.ignore_error_range(1, at, rows.max(1), at, IgnoreError::NumberStoredAsText)?;
            }
            Column::Status => Style::stand_out(sheet, at, rows, &["not_found"], &["unreachable"])?,
            _ => {}
        }
    }
    Ok(())
}

fn write(
    sheet: &mut Worksheet,
    (row, at): (u32, u16),
    column: Column,
    record: &Record,
    links: &mut Links,
    style: &Style,
) -> Result<(), XlsxError> {
    let written = match column {
        Column::ArxivId => record.arxiv_id.as_ref().map(ToString::to_string).unwrap_or_default(),
        _ => column.of(record),
    };
    let date = match column {
        Column::Published => record.published.and_then(day),
        Column::Updated => record.updated.and_then(day),
        _ => None,
    };
    if let Some(date) = date {
        sheet.write_datetime_with_format(row, at, &date, &style.date)?;
    } else if let (Column::Version, Some(version)) = (column, record.version) {
        sheet.write_number_with_format(row, at, version.get(), &style.number)?;
    } else if column == Column::Withdrawn {
        sheet.write_boolean_with_format(row, at, record.withdrawn, &style.number)?;
    } else if let Some(address) = links.of_cell(column, record) {
        sheet.write_url_with_options(row, at, Url::new(address), text(written), "", Some(&style.link))?;
    } else {
        sheet.write_string_with_format(row, at, text(written), &style.text)?;
    }
    Ok(())
}

/// The day as a spreadsheet counts it. Days before 1900 it does not know.
fn day(time: Timestamp) -> Option<ExcelDateTime> {
    let date = time.to_zoned(TimeZone::UTC).date();
    let number = |part: i8| u8::try_from(part).ok();
    ExcelDateTime::from_ymd(u16::try_from(date.year()).ok()?, number(date.month())?, number(date.day())?).ok()
}

/// The links that the sheet may still have.
struct Links {
    left: usize,
    /// The columns that lead somewhere. In a sheet that cannot have all links only the identifiers do.
    columns: &'static [Column],
}

impl Links {
    fn of(records: &[Record]) -> Self {
        let all = &[Column::ArxivId, Column::Doi, Column::PdfUrl, Column::Links];
        let columns = if records.len() * all.len() > MOST_LINKS { &all[..1] } else { all };
        Self { left: MOST_LINKS, columns }
    }

    /// Where a cell leads, if it may.
    fn of_cell(&mut self, column: Column, record: &Record) -> Option<String> {
        if self.left == 0 || !self.columns.contains(&column) {
            return None;
        }
        let address = match column {
            Column::ArxivId => record.url.clone().filter(|_| record.arxiv_id.is_some()),
            Column::Doi => record.doi.as_deref().and_then(doi_address),
            Column::PdfUrl => record.pdf_url.clone(),
            // A cell leads to one place.
            Column::Links if record.links.len() == 1 => Some(record.links[0].url.clone()),
            _ => None,
        };
        let address = address.as_deref().and_then(web_address)?;
        self.left -= 1;
        Some(address)
    }
}

/// The address of a DOI; of the first where several are given.
fn doi_address(doi: &str) -> Option<String> {
    let first = doi.split([' ', ',', ';']).find(|part| part.starts_with("10."))?;
    Some(format!("https://doi.org/{}", utf8_percent_encode(first, NOT_IN_A_PATH)))
}

/// An address that every spreadsheet opens: of the web, in ASCII, and not too long. One that is not would have Excel take the
/// whole workbook for damaged.
fn web_address(address: &str) -> Option<String> {
    let address = url::Url::parse(address).ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
    Some(String::from(address)).filter(|address| address.len() <= LONGEST_ADDRESS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_doi_leads_to_its_resolver() {
        let check = |doi: &str, address: Option<&str>| {
            assert_eq!(doi_address(doi).as_deref().and_then(web_address).as_deref(), address, "{doi}");
        };
        check("10.1000/182", Some("https://doi.org/10.1000/182"));
        check("10.1/a 10.1/b", Some("https://doi.org/10.1/a"));
        check("10.1/a<1::b>3.0.CO#2", Some("https://doi.org/10.1/a%3C1::b%3E3.0.CO%232"));
        check("none", None);
    }

    #[test]
    fn only_addresses_that_every_spreadsheet_opens_are_links() {
        let check = |address: &str, expected: Option<&str>| {
            assert_eq!(web_address(address).as_deref(), expected, "{address}");
        };
        check("https://a.example/视频?q=a b#c", Some("https://a.example/%E8%A7%86%E9%A2%91?q=a%20b#c"));
        check("javascript:alert(1)", None);
        check("internal:Papers!A1", None);
        check("file:///etc/passwd", None);
        check("code/README.md", None);
        check(&format!("https://a.example/{}", "a".repeat(LONGEST_ADDRESS)), None);
    }

    #[test]
    fn a_day_is_counted_from_1900_on() {
        let check = |time: &str, days: Option<f64>| {
            let time: Timestamp = time.parse().unwrap();
            assert_eq!(day(time).map(|day| day.to_excel()), days, "{time}");
        };
        check("2024-03-12T23:59:59Z", Some(45363.0));
        check("1991-08-14T00:00:00Z", Some(33464.0));
        check("1850-01-01T00:00:00Z", None);
    }
}
