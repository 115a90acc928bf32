//! Why the lists are read as they are, as `enrich extract --explain` tells it: text for people, one JSON object a line for programs.
//! What there is to tell, `extract` knows.

use std::fmt::Write as _;
use std::io::{self, Write};

use serde::Serialize;
use unicode_width::UnicodeWidthStr;

use super::reading::Reading;
use crate::export::entries::cut;
use crate::extract::explain::{Because, Group, Unread};
use crate::model::unseen::shown;
use crate::model::{ArxivId, Entry, Place, Version};

/// As wide as this the text is, but for a word that is wider.
const WIDTH: usize = 80;

/// What stands before every line but the first that is told of a place.
const INDENT: &str = "    ";

/// So much of a title is shown, however long the path before it is.
const SHORTEST_TITLE: usize = 20;

/// So much is shown of a text that was not read.
const LONGEST_TEXT: usize = 48;

/// One thing to tell.
enum Part<'a> {
    Group(&'a Group),
    Entry(&'a Entry, Option<&'a Because>),
    Unread(&'a Unread),
}

impl Part<'_> {
    fn place(&self) -> &Place {
        match self {
            Self::Group(group) => &group.place,
            Self::Entry(entry, _) => &entry.place,
            Self::Unread(unread) => &unread.place,
        }
    }
}

/// Everything there is to tell, list by list, in the order of each; a group comes before its first entry.
fn parts(reading: &Reading) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut start = 0;
    for (end, explanation) in reading.ends.iter().zip(&reading.explanations) {
        let reasons = explanation.entries.iter().map(Some).chain(std::iter::repeat(None));
        let entries = reading.entries[start..*end].iter().zip(reasons);
        let first = parts.len();
        parts.extend(explanation.groups.iter().map(Part::Group));
        parts.extend(entries.map(|(entry, because)| Part::Entry(entry, because)));
        parts.extend(explanation.unread.iter().map(Part::Unread));
        parts[first..].sort_by_key(|part| (part.place().line, part.place().column));
        start = *end;
    }
    parts
}

/// The explanation for people. Words of lists stay words.
pub fn text(reading: &Reading) -> String {
    let mut text = String::new();
    let (mut groups, mut unread) = (0, 0);
    for part in parts(reading) {
        let place = part.place();
        let place = format!("{}:{}:{}", shown(&place.path), place.line, place.column);
        match part {
            Part::Group(group) => {
                groups += 1;
                wrap(&format!("{place}  {}", extent(group)), "", &mut text);
                wrap(&convention(group), INDENT, &mut text);
            }
            Part::Entry(entry, because) => {
                let id = entry.id.as_ref().map_or_else(|| "-".to_owned(), ToString::to_string);
                let before = format!("{place}  {id}  ");
                let left = WIDTH.saturating_sub(before.width()).max(SHORTEST_TITLE);
                let title = shown(entry.title.as_deref().unwrap_or("(no title)"));
                // Writing into memory cannot fail.
                let _ = writeln!(text, "{before}{}", cut(&title, left));
                wrap(&because.map(reasons).unwrap_or_default(), INDENT, &mut text);
            }
            Part::Unread(passed) => {
                unread += 1;
                let quoted = cut(&shown(&passed.text), LONGEST_TEXT);
                wrap(&format!("{place}  not read: \"{quoted}\": {}", shown(&passed.why)), "", &mut text);
            }
        }
    }
    let of_groups = if groups > 0 { format!(" in {}", counted(groups, "group", "groups")) } else { String::new() };
    let entries = counted(reading.entries.len(), "entry", "entries");
    let _ = writeln!(text, "{entries}{of_groups}; {unread} not read");
    text
}

/// How many stand side by side, and how many of them present papers.
fn extent(group: &Group) -> String {
    let Group { units, of, entries, .. } = group;
    let units = counted(*of, units.strip_suffix('s').unwrap_or(units), units);
    if entries == of { format!("{units}, each an entry") } else { format!("{units}, {entries} of them entries") }
}

/// What they show.
fn convention(group: &Group) -> String {
    let mut said = Vec::new();
    if let Some((slot, count)) = &group.title {
        said.push(format!("title = {} ({count} of {})", shown(slot), group.of));
    }
    if !group.tags.is_empty() {
        let tags: Vec<_> = group.tags.iter().map(|tag| shown(tag)).collect();
        said.push(format!("tags = {}", tags.join(", ")));
    }
    if let [first, others @ ..] = &*group.link_names {
        let names: String = others.iter().map(|name| format!(", [{}]", shown(name))).collect();
        let verb = if others.is_empty() { "names a link" } else { "name links" };
        said.push(format!("[{}]{names} {verb}", shown(first)));
    }
    said.join("; ")
}

/// What decided an entry.
fn reasons(because: &Because) -> String {
    let Because { entry, title, id } = because;
    let entry = (!entry.is_empty()).then(|| format!("an entry because {}", shown(entry)));
    let title = title.as_ref().map(|title| format!("title from {}", shown(title)));
    let id = id.as_ref().map(|id| format!("id from {}", shown(id)));
    [entry, title, id].into_iter().flatten().collect::<Vec<_>>().join("; ")
}

fn counted(count: usize, one: &str, more: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { more })
}

/// Adds a text in lines of the usual width, the first after `indent`, the others indented. An empty text adds nothing.
fn wrap(text: &str, indent: &str, to: &mut String) {
    if text.is_empty() {
        return;
    }
    to.push_str(indent);
    let (first, words) = text.split_once(' ').map_or((text, None), |(first, rest)| (first, Some(rest.split(' '))));
    to.push_str(first);
    let mut width = indent.len() + first.width();
    for word in words.into_iter().flatten() {
        // An empty word is a further space, which ends no line.
        if width + 1 + word.width() > WIDTH && !word.is_empty() {
            to.truncate(to.trim_end_matches(' ').len());
            to.push('\n');
            to.push_str(INDENT);
            width = INDENT.len();
        } else {
            to.push(' ');
            width += 1;
        }
        to.push_str(word);
        width += word.width();
    }
    to.push('\n');
}

/// One thing as programs read it.
#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
enum Line<'a> {
    Group {
        #[serde(flatten)]
        place: &'a Place,
        units: &'a str,
        of: usize,
        entries: usize,
        title: Option<Slot<'a>>,
        tags: &'a [String],
        link_names: &'a [String],
    },
    Entry {
        #[serde(flatten)]
        place: &'a Place,
        arxiv_id: Option<&'a ArxivId>,
        version: Option<Version>,
        title: Option<&'a str>,
        tags: &'a [String],
        sections: &'a [String],
        because: Option<&'a Because>,
    },
    Unread {
        #[serde(flatten)]
        place: &'a Place,
        text: &'a str,
        why: &'a str,
    },
}

/// Where titles stand, and in how many units.
#[derive(Serialize)]
struct Slot<'a> {
    from: &'a str,
    count: usize,
}

impl<'a> From<Part<'a>> for Line<'a> {
    fn from(part: Part<'a>) -> Self {
        match part {
            Part::Group(group) => Self::Group {
                place: &group.place,
                units: group.units,
                of: group.of,
                entries: group.entries,
                title: group.title.as_ref().map(|(from, count)| Slot { from, count: *count }),
                tags: &group.tags,
                link_names: &group.link_names,
            },
            Part::Entry(entry, because) => Self::Entry {
                place: &entry.place,
                arxiv_id: entry.id.as_ref().map(|id| &id.id),
                version: entry.id.as_ref().and_then(|id| id.version),
                title: entry.title.as_deref(),
                tags: &entry.tags,
                sections: &entry.sections,
                because,
            },
            Part::Unread(unread) => Self::Unread { place: &unread.place, text: &unread.text, why: &unread.why },
        }
    }
}

/// Writes the explanation as one JSON object a line, each with its `kind`: `group`, `entry` or `unread`.
///
/// # Errors
/// The writer's own.
pub fn jsonl(reading: &Reading, to: &mut dyn Write) -> io::Result<()> {
    for part in parts(reading) {
        serde_json::to_writer(&mut *to, &Line::from(part))?;
        to.write_all(b"\n")?;
    }
    to.flush()
}

#[cfg(test)]
mod tests;
