//! `enriched.json`: written, and read again by the next run, which keeps what it cannot ask for.

use std::io::{self, Write};

use serde_json::Value;

use crate::model::Record;

/// One array, indented, with a line feed at the end.
pub(super) fn write(records: &[Record], to: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *to, records)?;
    to.write_all(b"\n")
}

/// Reads the records of an earlier run. Those of another version of the program that cannot be understood are left out, and
/// counted.
///
/// # Errors
/// The bytes are no JSON array.
pub fn read(bytes: &[u8]) -> Result<(Vec<Record>, usize), serde_json::Error> {
    if let Ok(records) = serde_json::from_slice(bytes) {
        return Ok((records, 0));
    }
    let values: Vec<Value> = serde_json::from_slice(bytes)?;
    let count = values.len();
    let records: Vec<Record> = values.into_iter().filter_map(|value| serde_json::from_value(value).ok()).collect();
    let left_out = count - records.len();
    Ok((records, left_out))
}
