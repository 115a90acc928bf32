//! Sets a list right where that is certain, and leaves every other byte alone.

use super::place::Lines;
use crate::model::{Finding, Repair};

/// A text with its repairs made.
#[derive(Debug, Default)]
pub struct Repaired {
    /// The new text.
    pub text: String,
    /// For each finding, in their order, whether all that it wants is done.
    pub done: Vec<bool>,
}

/// Makes the repairs of findings about one text. What no longer stands where a repair wants it stays as it is. Where two repairs
/// are about the same stretch, the first one of the longer stretch is made, and the other is done with it.
pub fn repaired(text: &str, findings: &[&Finding]) -> Repaired {
    let lines = Lines::of(text);
    let located = |repair: &Repair| {
        let start = lines.offset(&repair.place)?;
        text[start..].starts_with(&repair.old).then(|| start..start + repair.old.len())
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
    let mut repaired = String::with_capacity(text.len() + stretches.len());
    let mut at = 0;
    for (range, new) in stretches {
        if range.start < at {
            continue;
        }
        repaired.push_str(&text[at..range.start]);
        repaired.push_str(new);
        at = range.end;
    }
    repaired.push_str(&text[at..]);
    Repaired { text: repaired, done }
}
