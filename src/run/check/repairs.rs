//! The repairs of a check: lists are read again, set right, and written as a whole, or what would change is shown.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::{Path, PathBuf};

use similar::TextDiff;

use super::{Checked, Repairs};
use crate::check::repair;
use crate::disk::{self, WriteError};
use crate::lists::encoding;
use crate::lists::{self, List};
use crate::model::Finding;

/// The mark that some editors put before UTF-8.
const MARK: &str = "\u{feff}";

/// A list as it stands now and as it should.
struct Repair {
    before: String,
    after: String,
    bytes: Vec<u8>,
    /// Which of the findings are done with it.
    done: Vec<bool>,
}

/// Makes the repairs that are wanted, or shows them.
pub(super) fn make(repairs: &Repairs, lists: &[List], checked: &mut Checked) -> Result<(), WriteError> {
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
    let files_of: HashMap<&str, &Path> =
        lists.iter().filter_map(|list| Some((list.path.as_str(), list.file.as_deref()?))).collect();
    let mut files: Vec<(PathBuf, Vec<u8>)> = Vec::new();
    let mut done: HashSet<usize> = HashSet::new();
    let mut notices = Vec::new();
    for (path, wanted) in by_list {
        let findings: Vec<&Finding> = wanted.iter().map(|at| &checked.report.findings[*at]).collect();
        let Some(file) = files_of.get(path) else { continue };
        match repaired(file, &findings) {
            Ok(repair) => {
                done.extend(wanted.iter().zip(&repair.done).filter(|(_, done)| **done).map(|(at, _)| *at));
                if repair.before == repair.after {
                    continue;
                }
                if is_shown {
                    diff.push_str(&unified(path, &repair.before, &repair.after));
                } else {
                    files.push((spelled(path, file), repair.bytes));
                }
            }
            Err(why) => notices.push(format!("{path} {why}, so it is not repaired")),
        }
    }
    if is_shown {
        checked.diff = Some(diff);
    } else {
        let files: Vec<_> = files.iter().map(|(path, bytes)| (bytes.as_slice(), path.clone())).collect();
        let report = &mut checked.report;
        report.written = disk::write(files, |bytes, to| to.write_all(bytes))?;
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

/// Repairs a list as it stands now, in its own encoding. `file` is the list itself: a link that has taken its place is not followed.
fn repaired(file: &Path, findings: &[&Finding]) -> Result<Repair, String> {
    if file.is_symlink() {
        return Err("is a link now".to_owned());
    }
    let bytes = lists::read_regular(file).map_err(|error| format!("cannot be read again ({error})"))?;
    let decoded = encoding::decode(bytes.clone()).ok_or("holds no text now")?;
    let repaired = repair::repaired(&decoded.text, findings);
    let changed = decoded.replaced(&bytes, &repaired.edits).map_err(|error| format!("cannot be written ({error})"))?;
    // Whoever applies the diff needs the mark where there is one.
    let mark = if bytes.starts_with(MARK.as_bytes()) { MARK } else { "" };
    Ok(Repair {
        before: format!("{mark}{}", decoded.text),
        after: format!("{mark}{}", repaired.text),
        bytes: changed,
        done: repaired.done,
    })
}

/// A list's file as its user spells it, unless that is a link.
fn spelled(path: &str, file: &Path) -> PathBuf {
    let named = Path::new(path);
    let is_it = !named.is_symlink() && named.canonicalize().is_ok_and(|real| real == file);
    if is_it { named } else { file }.to_owned()
}

fn unified(path: &str, before: &str, after: &str) -> String {
    let is_absolute = Path::new(path).is_absolute();
    let named = |side: &str| if is_absolute { path.to_owned() } else { format!("{side}/{path}") };
    TextDiff::from_lines(before, after).unified_diff().header(&named("a"), &named("b")).to_string()
}
