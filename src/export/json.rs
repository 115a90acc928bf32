//! `enriched.json`: written, and read again by the next run, which keeps what it cannot ask for.

use serde_json::Value;

use crate::model::Record;

/// One array, indented, with a line feed at the end.
pub(super) fn render(records: &[Record]) -> Vec<u8> {
    // Records hold strings, numbers and lists; nothing in them can fail to be written.
    let mut bytes = serde_json::to_vec_pretty(records).unwrap_or_default();
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
