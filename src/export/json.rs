//! `enriched.json`: written, and read again by the next run, which keeps what it cannot ask for.

use serde_json::Value;

use crate::model::Record;

/// One array, indented, with a line feed at the end.
pub(super) fn render(records: &[Record]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(records.len() * super::ROOM_FOR_A_RECORD);
    // Records hold strings, numbers and lists; nothing in them can fail to be written, and memory takes it all.
    let _ = serde_json::to_writer_pretty(&mut bytes, records);
    bytes.push(b'\n');
    bytes
}

/// Reads the records of an earlier run. Those of another version of the program that cannot be understood are left out.
///
/// # Errors
/// The bytes are no JSON array.
pub fn read(bytes: &[u8]) -> Result<Vec<Record>, serde_json::Error> {
    let values: Vec<Value> = serde_json::from_slice(bytes)?;
    Ok(values.into_iter().filter_map(|value| serde_json::from_value(value).ok()).collect())
}
