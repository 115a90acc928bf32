//! Comma-separated values and the like into records of fields with their places, by the csv crate.

use pulldown_cmark::CowStr;

/// A field of a record.
#[derive(Clone, Debug)]
pub(in crate::extract) struct Field<'a> {
    pub(in crate::extract) text: CowStr<'a>,
    pub(in crate::extract) at: usize,
}

/// Fields beyond these are no table's.
const MOST_FIELDS: usize = 256;

/// The records of a text that stands at `base` of the list, each with as many fields as it has.
pub(in crate::extract) fn records(text: &str, base: usize, delimiter: u8) -> impl Iterator<Item = Vec<Field<'_>>> {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let mut record = csv::StringRecord::new();
    std::iter::from_fn(move || {
        reader.read_record(&mut record).ok().filter(|is_there| *is_there)?;
        let start = record.position().map_or(0, |position| usize::try_from(position.byte()).unwrap_or(0));
        let mut at = start.min(text.len());
        let fields = record.iter().take(MOST_FIELDS).map(|field| {
            let skipped = |c: char| c.is_whitespace() || c == '"' || u32::from(c) == u32::from(delimiter);
            // An empty field is where the one before it ended.
            if field.is_empty() {
                return Field { text: CowStr::Borrowed(""), at: base + at };
            }
            let rest = &text[at..];
            let from = at + rest.len() - rest.trim_start_matches(skipped).len();
            match text[from..].starts_with(field) {
                true => {
                    at = from + field.len();
                    Field { text: CowStr::Borrowed(&text[from..at]), at: base + from }
                }
                // Quotes within quotes are doubled: the text is not the file's.
                false => {
                    at = text.floor_char_boundary((from + field.len()).min(text.len()));
                    Field { text: field.to_owned().into(), at: base + from.min(text.len()) }
                }
            }
        });
        Some(fields.collect())
    })
}
