//! `enriched.json`: written, and read again by the next run, which keeps what it cannot ask for.

use std::fmt;
use std::fs::{self, File};
use std::io::{self, BufReader, Write};
use std::marker::PhantomData;
use std::path::Path;

use serde::de::{Deserialize, Deserializer, SeqAccess, Visitor};
use serde_json::Value;

use crate::model::Record;

/// A file beyond this is read piece by piece, which takes longer and leaves the memory to others.
const HELD_WHOLE: u64 = 64 << 20;

/// One array, indented, with a line feed at the end.
pub(super) fn write(records: &[Record], to: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *to, records)?;
    to.write_all(b"\n")
}

/// Hands over the records of an earlier run one by one. Those of another version of the program that cannot be understood are
/// left out, and counted.
///
/// # Errors
/// The file cannot be read, or is no JSON array; what was handed over before is of no use then.
pub fn read(path: &Path, mut take: impl FnMut(Record)) -> io::Result<usize> {
    let mut taken = 0;
    let understood = each(path, |record| {
        taken += 1;
        take(record);
    });
    if understood.is_ok() {
        return Ok(0);
    }
    // Somewhere after those taken is one that is not understood.
    let (mut at, mut left_out) = (0, 0);
    each(path, |value: Value| {
        at += 1;
        if at > taken {
            serde_json::from_value(value).map_or_else(|_| left_out += 1, &mut take);
        }
    })?;
    Ok(left_out)
}

/// Hands over each item of an array.
fn each<T: for<'de> Deserialize<'de>>(path: &Path, take: impl FnMut(T)) -> io::Result<()> {
    let file = File::open(path)?;
    let items = Items { take, of: PhantomData };
    if file.metadata()?.len() > HELD_WHOLE {
        let mut json = serde_json::Deserializer::from_reader(BufReader::new(file));
        json.deserialize_seq(items)?;
        return Ok(json.end()?);
    }
    let bytes = fs::read(path)?;
    let mut json = serde_json::Deserializer::from_slice(&bytes);
    json.deserialize_seq(items)?;
    Ok(json.end()?)
}

struct Items<T, F> {
    take: F,
    of: PhantomData<T>,
}

impl<'de, T: Deserialize<'de>, F: FnMut(T)> Visitor<'de> for Items<T, F> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array")
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut items: A) -> Result<(), A::Error> {
        while let Some(item) = items.next_element()? {
            (self.take)(item);
        }
        Ok(())
    }
}
