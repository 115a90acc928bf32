//! `enriched.csv`: the records as a spreadsheet reads them without damage.
//!
//! A spreadsheet turns 2403.07650 into a number, runs a cell that starts with `=`, ends a row at a line break and cuts a cell
//! at 32,767 characters. So identifiers carry their `arXiv:` prefix, and [`cell`] takes care of the rest.

use std::io::{self, Write};

use ::csv::{Terminator, WriterBuilder};

use super::options::{ByteOrderMark, CsvOptions, Formulas};
use crate::model::Record;
use crate::model::unseen::{is_formatting, without_controls};

/// The most characters that a spreadsheet keeps in a cell, counted as it counts them, in UTF-16 units
/// (Microsoft, "Excel specifications and limits").
pub(super) const LONGEST_CELL: usize = 32_767;

/// What stands between two cells, here or in the files that others expect.
const SEPARATORS: [char; 4] = [',', ';', '\t', '|'];

/// The mark that tells a spreadsheet that the file is UTF-8.
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// A header and a line for each record.
pub(super) fn write(records: &[Record], options: &CsvOptions, to: &mut dyn Write) -> io::Result<()> {
    if options.mark == ByteOrderMark::Written {
        to.write_all(BYTE_ORDER_MARK)?;
    }
    let delimiter = options.delimiter.byte();
    let mut writer = WriterBuilder::new().delimiter(delimiter).terminator(Terminator::CRLF).from_writer(to);
    writer.write_record(options.columns.iter().map(|column| column.name()))?;
    for record in records {
        writer.write_record(options.columns.iter().map(|column| cell(column.of(record), options.formulas)))?;
    }
    writer.flush()
}

/// Makes a value safe to stand in a spreadsheet's cell.
fn cell(mut value: String, formulas: Formulas) -> String {
    if value.contains(is_line_break) {
        let lines: Vec<_> = value.split(is_line_break).filter(|line| !line.is_empty()).collect();
        value = lines.join(" ");
    }
    let value = without_controls(&value);
    cut(if formulas == Formulas::Guarded { guarded(&value) } else { value.into_owned() })
}

/// The value with an apostrophe wherever a spreadsheet would begin to calculate: at its start, and behind whatever may be taken for
/// the end of a cell by a program that expects another separator. Spreadsheets show what follows an apostrophe as text.
fn guarded(value: &str) -> String {
    let mut guarded = String::with_capacity(value.len() + 1);
    if value.starts_with('\t') || starts_formula(value) {
        guarded.push('\'');
    }
    let mut rest = value;
    while let Some(at) = rest.find(SEPARATORS) {
        let (before, after) = rest.split_at(at + 1);
        guarded.push_str(before);
        // A quotation mark may be taken for the cell's own.
        let text = after.trim_start_matches(|c| is_passed_over(c) || c == '"');
        guarded.push_str(&after[..after.len() - text.len()]);
        if starts_formula(text) {
            guarded.push('\'');
        }
        rest = text;
    }
    guarded + rest
}

/// Whether a spreadsheet would calculate. Some take the wide and the small forms of Chinese and Japanese for the usual ones, and
/// some pass over blanks (OWASP, "CSV Injection").
fn starts_formula(value: &str) -> bool {
    let signs = ['=', '+', '-', '@', '＝', '＋', '－', '＠', '﹦', '﹢', '﹣', '﹫'];
    value.trim_start_matches(is_passed_over).starts_with(signs)
}

fn is_passed_over(c: char) -> bool {
    c.is_whitespace() || is_formatting(c)
}

/// What a spreadsheet, or a program that reads its files, takes for the end of a line.
fn is_line_break(character: char) -> bool {
    matches!(character, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Cuts what is too long for a cell, with `…` for what is gone.
pub(super) fn cut(mut value: String) -> String {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn check(value: &str, expected: &str) {
        assert_eq!(cell(value.to_owned(), Formulas::Guarded), expected);
    }

    #[test]
    fn a_cell_is_one_line() {
        check("one\ntwo\r\nthree\u{2028}four", "one two three four");
        check("plain", "plain");
    }

    #[test]
    fn nothing_starts_a_formula() {
        for start in ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\n=1", " =1", "＝1"] {
            check(start, &format!("'{}", start.trim_start_matches('\n')));
            assert_eq!(cell(start.to_owned(), Formulas::Left), start.trim_start_matches('\n'));
        }
        check("a=b", "a=b");
        check("\u{200b}=1", "'\u{200b}=1");
    }

    #[test]
    fn nothing_starts_a_formula_where_another_separator_is_expected() {
        check("A;=2+40", "A;'=2+40");
        check("A|=2|\u{3000}+3\t-4, @SUM(B1)", "A|'=2|\u{3000}'+3\t'-4, '@SUM(B1)");
        check("A;;= 1", "A;;'= 1");
        check("A; \"=2\"", "A; \"'=2\"");
        check("A;\n＝2", "A; '＝2");
        check("=1;=2", "'=1;'=2");
        check("Commas, semicolons; and | bars - or not", "Commas, semicolons; and | bars - or not");
        assert_eq!(cell("A;=2+40".to_owned(), Formulas::Left), "A;=2+40");
    }

    #[test]
    fn control_characters_are_dropped() {
        check("a\u{1b}[31mb\u{9b}\u{0}\tc", "a[31mb\tc");
        check("\u{1b}=1", "'=1");
    }

    #[test]
    fn a_cell_is_cut_at_what_a_spreadsheet_keeps() {
        let whole = "a".repeat(LONGEST_CELL);
        check(&whole, &whole);
        let shorter = cut("a".repeat(LONGEST_CELL + 1));
        assert_eq!((shorter.encode_utf16().count(), shorter.ends_with("a…")), (LONGEST_CELL, true));
        let emoji = cut("😀".repeat(20_000));
        assert!(emoji.encode_utf16().count() <= LONGEST_CELL && emoji.ends_with("😀…"));
        let two_bytes_each = "é".repeat(LONGEST_CELL);
        check(&two_bytes_each, &two_bytes_each);
    }
}
