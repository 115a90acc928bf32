//! How the paper stands on arXiv today: withdrawn, or replaced by a later version than the list pins.

use super::place::Stretch;
use crate::model::{Code, Entry, Finding, Paper, Repair, VersionedId};
use crate::tex;

/// So much of a comment is told, in characters.
const LONGEST_COMMENT: usize = 160;

/// The paper has been withdrawn.
pub(super) fn withdrawn(entry: &Entry, paper: &Paper) -> Option<Finding> {
    if !paper.withdrawn() {
        return None;
    }
    let why = paper.comment.as_deref().map(|comment| format!(", \"{}\"", start_of(&tex::readable(comment))));
    let message = format!("{} has been withdrawn{}", paper.id, why.unwrap_or_default());
    Some(Finding {
        help: Some("take it out of the list, or say there that it is withdrawn".to_owned()),
        arxiv_id: Some(paper.id.clone()),
        ..Finding::new(Code::Withdrawn, entry.place.clone(), message)
    })
}

/// The list pins a version, and there is a later one.
pub(super) fn newer_version(entry: &Entry, paper: &Paper, stretch: Stretch<'_, '_>) -> Option<Finding> {
    let id = entry.id.as_ref()?;
    let (pinned, latest) = (id.version?, paper.version?);
    if pinned >= latest {
        return None;
    }
    let newer = VersionedId { id: id.id.clone(), version: Some(latest) };
    let repair = |(at, old): (usize, &str)| {
        let digits = old.len() - format!("{pinned}").len();
        Repair {
            place: stretch.place(&entry.place.path, at),
            old: old.to_owned(),
            new: format!("{}{latest}", &old[..digits]),
        }
    };
    let repairs: Vec<_> = written(id, stretch.text).into_iter().map(repair).collect();
    let place = repairs.first().map_or(&entry.place, |repair| &repair.place).clone();
    let message = format!("the list pins version {pinned} of {}, and the latest is {latest}", id.id);
    Some(Finding {
        help: Some(format!("link {newer}, or {} for the latest version, whichever that is", id.id)),
        arxiv_id: Some(id.id.clone()),
        repairs,
        ..Finding::new(Code::NewerVersion, place, message)
    })
}

/// Where a text writes an identifier with its version, and how. Before its number, an old-style identifier may be written with
/// a subject class and in capitals; the number alone is another paper's in another archive.
fn written<'t>(id: &VersionedId, text: &'t str) -> Vec<(usize, &'t str)> {
    let Some(version) = id.version else { return Vec::new() };
    let canonical = id.id.to_string();
    let (archive, number) = canonical.rsplit_once('/').unwrap_or(("", &canonical));
    let version = version.to_string();
    let found = memchr::memmem::find_iter(text.as_bytes(), number.as_bytes()).filter_map(|at| {
        let tail = text[at + number.len()..].strip_prefix(['v', 'V'])?.strip_prefix(version.as_str())?;
        let is_whole = !tail.starts_with(|c: char| c.is_ascii_digit()) && is_its_number(archive, &text[..at]);
        is_whole.then(|| (at, &text[at..text.len() - tail.len()]))
    });
    found.collect()
}

/// Whether a number after `before` is that of an identifier of this archive; new-style identifiers have none.
fn is_its_number(archive: &str, before: &str) -> bool {
    let before = &before[before.floor_char_boundary(before.len().saturating_sub(30))..].to_ascii_lowercase();
    if archive.is_empty() {
        // `10.48550/arXiv.2403.07648` has a dot before the number, and no other number may end there.
        return before.ends_with("arxiv.") || !before.ends_with(|c: char| c.is_alphanumeric() || c == '.');
    }
    let Some(name) = before.strip_suffix('/').or_else(|| before.strip_suffix("%2f")) else { return false };
    let is_class = |rest: &str| {
        rest.strip_suffix(archive).is_some_and(|before| !before.ends_with(|c: char| c.is_alphanumeric() || c == '-'))
    };
    is_class(name) || name.rsplit_once('.').is_some_and(|(rest, _)| is_class(rest))
}

fn start_of(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(LONGEST_COMMENT) {
        Some((end, _)) => format!("{}…", line[..end].trim_end()),
        None => line.trim_end_matches('.').to_owned(),
    }
}
