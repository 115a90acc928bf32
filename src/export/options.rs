//! What the user may choose about the outputs. The defaults are what most readers of each form can open without a word said.

use std::str::FromStr;

use serde::Deserialize;

pub use super::columns::Column;

/// The choices of all forms of output.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Of `enriched.csv`.
    pub csv: CsvOptions,
    /// Of `references.bib`.
    pub bib: BibOptions,
}

/// How `enriched.csv` is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CsvOptions {
    /// Whether the file begins with a byte order mark.
    pub mark: ByteOrderMark,
    /// What stands between two cells.
    pub delimiter: Delimiter,
    /// What becomes of cells that a spreadsheet would calculate.
    pub formulas: Formulas,
    /// The columns, in their order.
    pub columns: Vec<Column>,
}

impl Default for CsvOptions {
    fn default() -> Self {
        Self {
            mark: ByteOrderMark::default(),
            delimiter: Delimiter::default(),
            formulas: Formulas::default(),
            columns: Column::usual(),
        }
    }
}

/// The mark by which a spreadsheet knows that a file is UTF-8. Most programs that are no spreadsheet do without.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ByteOrderMark {
    /// It is the first that stands in the file.
    #[default]
    Written,
    /// The file begins with the header.
    LeftOut,
}

/// What becomes of a cell that starts as a formula does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Formulas {
    /// An apostrophe before it keeps it text.
    #[default]
    Guarded,
    /// It stays as it is, for programs that do not calculate.
    Left,
}

/// The character between two cells: one byte long, neither a quotation mark nor the end of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Delimiter(u8);

impl Delimiter {
    /// The character as it stands in the file.
    pub fn byte(self) -> u8 {
        self.0
    }
}

impl Default for Delimiter {
    fn default() -> Self {
        Self(b',')
    }
}

impl FromStr for Delimiter {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text.as_bytes() {
            [b'"' | b'\'' | b'\r' | b'\n' | 0] => Err(format!("{text:?} cannot stand between cells")),
            &[byte] => Ok(Self(byte)),
            _ => Err(format!("the delimiter must be one character such as `,` or `;`, and not `{text}`")),
        }
    }
}

impl TryFrom<String> for Delimiter {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

/// How `references.bib` is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BibOptions {
    /// The letters that it may hold.
    pub letters: Letters,
}

/// The letters of a reference file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Letters {
    /// Every letter as it is, for biber and today's BibTeX styles.
    #[default]
    Utf8,
    /// TeX's commands for all letters beyond ASCII, for the BibTeX of old.
    Ascii,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_delimiter_is_one_character_that_csv_can_have() {
        let check = |text: &str, byte: Option<u8>| {
            assert_eq!(text.parse::<Delimiter>().ok().map(Delimiter::byte), byte, "{text:?}");
        };
        check(",", Some(b','));
        check(";", Some(b';'));
        check("\t", Some(b'\t'));
        check("", None);
        check(";;", None);
        check("\"", None);
        check("\n", None);
        check("；", None);
    }
}
