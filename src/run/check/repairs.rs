//! The repairs of a check: lists are read again, set right, and written as a whole, or what would change is shown.

use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};

use similar::TextDiff;

use super::{Checked, Repairs};
use crate::check::repair;
use crate::disk::{self, WriteError};
use crate::model::Finding;

/// The mark that some editors put before UTF-8.
const MARK: &str = "\u{feff}";

/// Makes the repairs that are wanted, or shows them.
pub(super) fn make(repairs: &Repairs, checked: &mut Checked) -> Result<(), WriteError> {
    let (codes, is_shown) = match repairs {
        Repairs::None => return Ok(()),
        Repairs::Shown(codes) => (codes, true),
        Repairs::Made(codes) => (codes, false),
    };
    let mut by_list: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, finding) in checked.report.findings.iter().enumerate() {
        if codes.contains(&finding.code) && !finding.repairs.is_empty() {
            by_list.entry(&finding.place.path).or_default().push(at);
        }
    }
    let mut diff = String::new();
    let mut files: Vec<(PathBuf, String)> = Vec::new();
    let mut done: HashSet<usize> = HashSet::new();
    let mut notices = Vec::new();
    for (path, wanted) in by_list {
        let findings: Vec<&Finding> = wanted.iter().map(|at| &checked.report.findings[*at]).collect();
        match repaired(path, &findings) {
            Ok((before, after, flags)) => {
                done.extend(wanted.iter().zip(&flags).filter(|(_, done)| **done).map(|(at, _)| *at));
                if before == after {
                    continue;
                }
                if is_shown {
                    diff.push_str(&unified(path, &before, &after));
                } else {
                    files.push((real(Path::new(path)), after));
                }
            }
            Err(why) => notices.push(format!("{path} {why}, so it is not repaired")),
        }
    }
    if is_shown {
        checked.diff = Some(diff);
    } else {
        let files: Vec<_> = files.iter().map(|(path, text)| (text.as_str(), path.clone())).collect();
        let report = &mut checked.report;
        report.written = disk::write(files, |text, to| to.write_all(text.as_bytes()))?;
        let (repaired, left) = std::mem::take(&mut report.findings)
            .into_iter()
            .enumerate()
            .partition::<Vec<_>, _>(|(at, _)| done.contains(at));
        report.repaired = repaired.into_iter().map(|(_, finding)| finding).collect();
        report.findings = left.into_iter().map(|(_, finding)| finding).collect();
    }
    checked.report.notices.extend(notices);
    Ok(())
}

/// A list as it stands now and as it should, and which of the findings are done with that.
fn repaired(path: &str, findings: &[&Finding]) -> Result<(String, String, Vec<bool>), String> {
    let bytes = fs::read(path).map_err(|error| format!("cannot be read again ({error})"))?;
    let before = String::from_utf8(bytes).map_err(|_| "is not UTF-8".to_owned())?;
    let (mark, text) = match before.strip_prefix(MARK) {
        Some(text) => (MARK, text),
        None => ("", before.as_str()),
    };
    let repaired = repair::repaired(text, findings);
    let after = format!("{mark}{}", repaired.text);
    Ok((before, after, repaired.done))
}

fn unified(path: &str, before: &str, after: &str) -> String {
    let is_absolute = Path::new(path).is_absolute();
    let named = |side: &str| if is_absolute { path.to_owned() } else { format!("{side}/{path}") };
    TextDiff::from_lines(before, after).unified_diff().header(&named("a"), &named("b")).to_string()
}

/// Where a link leads, so that it stays one.
fn real(path: &Path) -> PathBuf {
    if path.is_symlink() { fs::canonicalize(path).unwrap_or_else(|_| path.to_owned()) } else { path.to_owned() }
}
