//! Records to bytes, one module a format.

mod csv;
pub mod entries;
mod json;

use crate::model::Record;

pub use self::json::read as read_json;

/// A form in which the records are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, clap::ValueEnum, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Format {
    /// `enriched.json`: an array of records, for programs.
    Json,
    /// `enriched.csv`: one line a record, for spreadsheets.
    Csv,
}

impl Format {
    /// The name of the file.
    pub fn file_name(self) -> &'static str {
        match self {
            Self::Json => "enriched.json",
            Self::Csv => "enriched.csv",
        }
    }
}

/// Bytes to set aside for a record. Few take more; memory that is set aside and not written to costs nothing, while a buffer
/// that grows is copied, and stands there twice while it is.
const ROOM_FOR_A_RECORD: usize = 5_000;

/// Writes the records down. The same records give the same bytes.
pub fn render(format: Format, records: &[Record]) -> Vec<u8> {
    match format {
        Format::Json => json::render(records),
        Format::Csv => csv::render(records),
    }
}
