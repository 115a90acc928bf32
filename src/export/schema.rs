//! The JSON Schema of `enriched.json`, taken from the fields of a record and what their comments say.

use schemars::generate::SchemaSettings;
use serde_json::{Map, Value};

use crate::model::Record;

/// Where the schema of the newest version stands.
const ID: &str = concat!(env!("CARGO_PKG_REPOSITORY"), "/raw/main/schema/enriched.schema.json");

/// The dialect: JSON Schema 2020-12.
const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";

/// The schema of the file, which is an array; a record's own is at `#/$defs/Record`. Indented, with a line feed at the end.
pub fn schema() -> String {
    let generator = SchemaSettings::draft2020_12().for_serialize().into_generator();
    let said_first = [
        ("$schema", DIALECT),
        ("$id", ID),
        ("title", "enriched.json"),
        (
            "description",
            "The papers of reading lists, in the order of their first mention, with what arXiv knows of them.",
        ),
    ];
    let mut schema: Map<_, _> =
        said_first.map(|(key, value)| (key.to_owned(), Value::from(value))).into_iter().collect();
    let taken = generator.into_root_schema_for::<Vec<Record>>().to_value();
    for (key, value) in taken.as_object().into_iter().flatten() {
        schema.entry(key).or_insert_with(|| value.clone());
    }
    format!("{:#}\n", Value::Object(schema))
}
