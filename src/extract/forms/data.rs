//! Data files into a document: YAML, JSON, JSON lines, CSV and TSV. Records become the rows of a table whose header has the names of
//! their fields, so that what reads tables reads them; where they stand under names, those are headings.

mod columns;
mod records;
mod separate;
mod tree;
mod values;

use super::lines::lines;
use crate::extract::forms::builder::Builder;
use crate::extract::plain_text;
use crate::extract::units::document::Document;

use self::tree::{Node, Value};

/// How the records of a data file are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::extract) enum Data {
    /// YAML, and JSON, which is YAML too.
    Tree,
    /// A record of JSON in each line.
    Lines,
    /// Fields between commas, or what else a file's first line has.
    Commas,
    Tabs,
}

/// Reads a data file. One that is broken is read as plain text, so that no identifier is lost.
pub(in crate::extract) fn read<'a>(source: &'a str, data: Data) -> Document<'a> {
    let nodes = match data {
        Data::Tree => tree::parse(source, 0).or_else(|| is_in_lines(source).then(|| records_in_lines(source))?),
        Data::Lines => records_in_lines(source),
        Data::Commas | Data::Tabs => {
            let mut builder = Builder::new(source);
            separate::read(source, data == Data::Tabs, &mut builder);
            return builder.finish();
        }
    };
    match nodes {
        Some(nodes) => {
            let mut builder = Builder::new(source);
            nodes.iter().for_each(|node| records::read(node, &mut builder));
            builder.finish()
        }
        None => plain_text::read(source),
    }
}

/// Whether most lines are records of JSON, whatever the file is called.
fn is_in_lines(source: &str) -> bool {
    let written = || lines(source).filter(|line| !line.is_blank());
    written().filter(|line| line.text.starts_with('{') && line.text.ends_with('}')).count() * 2 > written().count()
}

/// The records of JSON that stand in a line each; lines that are none are passed over.
fn records_in_lines(source: &str) -> Option<Vec<Node<'_>>> {
    let written = lines(source).filter(|line| line.text.starts_with(['{', '[', '"']));
    let items: Vec<_> = written.filter_map(|line| tree::parse(line.text, line.at)).flatten().collect();
    let at = items.first()?.at;
    Some(vec![Node { value: Value::List(items), at }])
}
