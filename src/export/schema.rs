//! The JSON Schemas of what programs read: `enriched.json`, and the report of a run or a check. They are taken from the fields of
//! the types and what their comments say.

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value};

use crate::model::Record;

/// Where the schemas of the newest version stand.
const FOLDER: &str = concat!(env!("CARGO_PKG_REPOSITORY"), "/raw/main/schema");

/// The dialect: JSON Schema 2020-12.
const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";

/// The schema of `enriched.json`, which is an array; a record's own is at `#/$defs/Record`.
pub fn schema() -> String {
    let description =
        "The papers of reading lists, in the order of their first mention, with what arXiv knows of them.";
    schema_of::<Vec<Record>>("enriched.schema.json", "enriched.json", description)
}

/// The schema of a type, indented, with a line feed at the end. `file` is its name among the schemas.
pub fn schema_of<T: JsonSchema>(file: &str, title: &str, description: &str) -> String {
    let generator = SchemaSettings::draft2020_12().for_serialize().into_generator();
    let id = format!("{FOLDER}/{file}");
    let said_first = [("$schema", DIALECT), ("$id", &id), ("title", title), ("description", description)];
    let mut schema: Map<_, _> =
        said_first.map(|(key, value)| (key.to_owned(), Value::from(value))).into_iter().collect();
    let taken = generator.into_root_schema_for::<T>().to_value();
    for (key, value) in taken.as_object().into_iter().flatten() {
        schema.entry(key).or_insert_with(|| value.clone());
    }
    format!("{:#}\n", Value::Object(schema))
}
