//! Turns offsets into lines and columns, for all entries and findings of a list in one pass over its text.

use std::sync::Arc;

use crate::model::Place;

/// The places of these offsets, in the same order.
pub(super) fn resolve(path: &str, text: &str, offsets: &[usize]) -> Vec<Place> {
    let path: Arc<str> = Arc::from(path);
    let mut order: Vec<usize> = (0..offsets.len()).collect();
    order.sort_by_key(|&index| offsets[index]);
    let mut places = vec![Place { path, line: 1, column: 1 }; offsets.len()];
    let (mut at, mut line, mut column) = (0, 1u32, 1u32);
    for index in order {
        let offset = text.floor_char_boundary(offsets[index].min(text.len()));
        let skipped = &text[at..offset];
        match skipped.rfind('\n') {
            Some(last) => {
                line = line.saturating_add(count(memchr::memchr_iter(b'\n', skipped.as_bytes()).count()));
                column = 1 + count(skipped[last + 1..].chars().count());
            }
            None => column = column.saturating_add(count(skipped.chars().count())),
        }
        at = offset;
        places[index].line = line;
        places[index].column = column;
    }
    places
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_columns_count_from_one_and_in_characters() {
        let text = "one\nzwei äö\n\ndrei";
        let places = resolve("list.md", text, &[text.len(), 0, 4, text.find('ö').unwrap(), 999]);
        let shown: Vec<String> = places.iter().map(|place| place.to_string()).collect();
        assert_eq!(shown, ["list.md:4:5", "list.md:1:1", "list.md:2:1", "list.md:2:7", "list.md:4:5"]);
    }
}
