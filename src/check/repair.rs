//! Sets a list right where that is certain, and leaves every other byte alone.

use std::ops::Range;

use super::place::Lines;
use crate::model::{Finding, Repair, sightings};

/// As far as this around a stretch an identifier reaches that the repair could touch, in bytes.
const REACH: usize = 100;

/// A text with its repairs made.
#[derive(Debug, Default)]
pub struct Repaired {
    /// The new text.
    pub text: String,
    /// The stretches of the old one, in bytes, and what has replaced them, in their order.
    pub edits: Vec<(Range<usize>, String)>,
    /// For each finding, in their order, whether all that it wants is done.
    pub done: Vec<bool>,
}

/// Makes the repairs of findings about one text. What no longer stands where a repair wants it stays as it is, and so does what
/// names an identifier that the repair would lose. Where two repairs are about the same stretch, the first one of the longer
/// stretch is made, and the other is done with it.
pub fn repaired(text: &str, findings: &[&Finding]) -> Repaired {
    let lines = Lines::of(text);
    let located = |repair: &Repair| {
        let start = lines.offset(&repair.place)?;
        let range = start..start + repair.old.len();
        (text[start..].starts_with(&repair.old) && keeps_identifiers(text, &range, &repair.new)).then_some(range)
    };
    let mut stretches = Vec::new();
    let mut done = Vec::new();
    for finding in findings {
        let ranges: Option<Vec<_>> = finding.repairs.iter().map(located).collect();
        let ranges = ranges.filter(|ranges| !ranges.is_empty());
        done.push(ranges.is_some());
        stretches.extend(ranges.into_iter().flatten().zip(finding.repairs.iter().map(|repair| repair.new.as_str())));
    }
    stretches.sort_by(|(one, _), (other, _)| one.start.cmp(&other.start).then(other.end.cmp(&one.end)));
    let mut repaired = Repaired { text: String::with_capacity(text.len()), edits: Vec::new(), done };
    let mut at = 0;
    for (range, new) in stretches {
        if range.start < at {
            continue;
        }
        repaired.text.push_str(&text[at..range.start]);
        repaired.text.push_str(new);
        at = range.end;
        repaired.edits.push((range, new.to_owned()));
    }
    repaired.text.push_str(&text[at..]);
    repaired
}

/// Whether the same identifiers stand around a stretch when it is replaced.
fn keeps_identifiers(text: &str, range: &Range<usize>, new: &str) -> bool {
    let before = &text[text.floor_char_boundary(range.start.saturating_sub(REACH))..range.start];
    let after = &text[range.end..text.ceil_char_boundary(text.len().min(range.end + REACH))];
    sightings(&[before, &text[range.clone()], after].concat()) == sightings(&[before, new, after].concat())
}
