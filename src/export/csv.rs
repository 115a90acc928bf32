//! `enriched.csv`: the records as a spreadsheet reads them without damage.
//!
//! A spreadsheet turns 2403.07650 into a number, runs a cell that starts with `=`, ends a row at a line break and cuts a cell
//! at 32,767 characters. So identifiers carry their `arXiv:` prefix, and [`cell`] takes care of the rest.

use std::io::{self, Write};

use ::csv::{Terminator, WriterBuilder};
use jiff::Timestamp;

use crate::model::Record;

/// The most characters that a spreadsheet keeps in a cell, counted as it counts them, in UTF-16 units
/// (Microsoft, "Excel specifications and limits").
const LONGEST_CELL: usize = 32_767;

/// The mark that tells a spreadsheet that the file is UTF-8.
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// A column: its name and what stands in it.
type Column = (&'static str, fn(&Record) -> String);

const COLUMNS: [Column; 23] = [
    ("arxiv_id", |r| r.arxiv_id.as_ref().map(|id| format!("arXiv:{id}")).unwrap_or_default()),
    ("version", |r| r.version.map(|version| version.to_string()).unwrap_or_default()),
    ("status", |r| r.status.as_str().to_owned()),
    ("title", |r| text(&r.title)),
    ("authors", |r| r.authors.join(BETWEEN)),
    ("abstract", |r| text(&r.summary)),
    ("primary_category", |r| r.primary_category.as_ref().map(ToString::to_string).unwrap_or_default()),
    ("categories", |r| join(&r.categories, ToString::to_string)),
    ("tags", |r| r.tags.join(BETWEEN)),
    ("sections", |r| join(&r.sections, |path| path.join(" > "))),
    ("published", |r| date(r.published)),
    ("updated", |r| date(r.updated)),
    ("comment", |r| text(&r.comment)),
    ("journal_ref", |r| text(&r.journal_ref)),
    ("doi", |r| text(&r.doi)),
    ("venue", |r| r.venue.as_ref().map(ToString::to_string).unwrap_or_default()),
    ("withdrawn", |r| r.withdrawn.to_string()),
    ("url", |r| text(&r.url)),
    ("pdf_url", |r| text(&r.pdf_url)),
    ("listed_title", |r| text(&r.listed_title)),
    ("links", |r| join(&r.links, |link| link.url.clone())),
    ("mentions", |r| join(&r.mentions, |mention| format!("{}:{}", mention.path, mention.line))),
    ("source", |r| r.source.as_str().to_owned()),
];

/// What stands between the values of a list.
const BETWEEN: &str = "; ";

/// A header and a line for each record.
pub(super) fn write(records: &[Record], to: &mut dyn Write) -> io::Result<()> {
    to.write_all(BYTE_ORDER_MARK)?;
    let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(to);
    writer.write_record(COLUMNS.map(|(name, _)| name))?;
    for record in records {
        writer.write_record(COLUMNS.map(|(_, value)| cell(value(record))))?;
    }
    writer.flush()
}

/// Makes a value safe to stand in a spreadsheet's cell.
fn cell(mut value: String) -> String {
    if value.contains(is_line_break) {
        let lines: Vec<_> = value.split(is_line_break).filter(|line| !line.is_empty()).collect();
        value = lines.join(" ");
    }
    if value.starts_with(['=', '+', '-', '@', '\t']) {
        // Spreadsheets show what follows an apostrophe as text.
        value.insert(0, '\'');
    }
    cut(value)
}

/// What a spreadsheet, or a program that reads its files, takes for the end of a line.
fn is_line_break(character: char) -> bool {
    matches!(character, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Cuts what is too long for a cell, with `…` for what is gone.
fn cut(mut value: String) -> String {
    let mut units = 0;
    let mut end = 0;
    // Bytes are never fewer than UTF-16 units, so most values need no count.
    if value.len() <= LONGEST_CELL {
        return value;
    }
    for (at, character) in value.char_indices() {
        units += character.len_utf16();
        if units < LONGEST_CELL {
            end = at + character.len_utf8();
        }
    }
    if units > LONGEST_CELL {
        value.truncate(end);
        value.push('…');
    }
    value
}

fn text(value: &Option<String>) -> String {
    value.clone().unwrap_or_default()
}

fn date(value: Option<Timestamp>) -> String {
    value.map(|time| time.strftime("%Y-%m-%d").to_string()).unwrap_or_default()
}

fn join<T>(values: &[T], show: impl Fn(&T) -> String) -> String {
    values.iter().map(show).collect::<Vec<_>>().join(BETWEEN)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(value: &str, expected: &str) {
        assert_eq!(cell(value.to_owned()), expected);
    }

    #[test]
    fn a_cell_is_one_line() {
        check("one\ntwo\r\nthree\u{2028}four", "one two three four");
        check("plain", "plain");
    }

    #[test]
    fn nothing_starts_a_formula() {
        for start in ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\n=1"] {
            assert!(cell(start.to_owned()).starts_with('\''), "{start:?}");
        }
        check("a=b", "a=b");
    }

    #[test]
    fn a_cell_is_cut_at_what_a_spreadsheet_keeps() {
        let whole = "a".repeat(LONGEST_CELL);
        check(&whole, &whole);
        let cut = cell("a".repeat(LONGEST_CELL + 1));
        assert_eq!((cut.encode_utf16().count(), cut.ends_with("a…")), (LONGEST_CELL, true));
        let emoji = cell("😀".repeat(20_000));
        assert!(emoji.encode_utf16().count() <= LONGEST_CELL && emoji.ends_with("😀…"));
        let two_bytes_each = "é".repeat(LONGEST_CELL);
        check(&two_bytes_each, &two_bytes_each);
    }
}
