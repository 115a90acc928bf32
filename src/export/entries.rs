//! Entries as `enrich extract` shows them: a table for people, one JSON object a line for programs.

use std::fmt::Write as _;
use std::io::{self, Write};

use serde::Serialize;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::model::unseen::shown;
use crate::model::{ArxivId, Citation, Entry, Link, Version};

/// An entry as programs read it.
#[derive(Serialize)]
struct Line<'a> {
    path: &'a str,
    line: u32,
    arxiv_id: Option<&'a ArxivId>,
    version: Option<Version>,
    title: Option<&'a str>,
    tags: &'a [String],
    sections: &'a [String],
    related: &'a [ArxivId],
    links: &'a [Link],
    citation: Option<&'a Citation>,
}

/// Writes one JSON object a line, in list order.
///
/// # Errors
/// The writer's own.
pub fn jsonl(entries: &[Entry], to: &mut dyn Write) -> io::Result<()> {
    for entry in entries {
        let line = Line {
            path: &entry.place.path,
            line: entry.place.line,
            arxiv_id: entry.id.as_ref().map(|id| &id.id),
            version: entry.id.as_ref().and_then(|id| id.version),
            title: entry.title.as_deref(),
            tags: &entry.tags,
            sections: &entry.sections,
            related: &entry.related,
            links: &entry.links,
            citation: entry.citation.as_ref(),
        };
        serde_json::to_writer(&mut *to, &line)?;
        to.write_all(b"\n")?;
    }
    to.flush()
}

/// A line for each entry: where it stands, its identifier, its title and tags, as wide as the terminal where it is known.
pub fn table(entries: &[Entry], terminal_width: Option<usize>) -> String {
    let place = |entry: &Entry| format!("{}:{}", shown(&entry.place.path), entry.place.line);
    let id = |entry: &Entry| entry.id.as_ref().map_or_else(|| "-".to_owned(), ToString::to_string);
    let widest = |cell: &dyn Fn(&Entry) -> String| entries.iter().map(|entry| cell(entry).width()).max().unwrap_or(0);
    let (places, ids) = (widest(&place), widest(&id));
    let left = terminal_width.map(|width| width.saturating_sub(places + ids + 4).max(20));
    let mut table = String::new();
    for entry in entries {
        let tags: String = entry.tags.iter().map(|tag| format!(" [{}]", shown(tag))).collect();
        let title = format!("{}{tags}", shown(entry.title.as_deref().unwrap_or("(no title)")));
        let (place, id) = (padded(&place(entry), places), padded(&id(entry), ids));
        // Writing into memory cannot fail.
        let _ = writeln!(table, "{place}  {id}  {}", left.map_or(title.clone(), |left| cut(&title, left)));
    }
    table
}

fn padded(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(text.width())))
}

/// As much of a text as fits, with `…` for what is gone. Chinese and Japanese characters take two columns.
pub fn cut(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut taken = 1;
    let fits = |c: &char| {
        taken += c.width().unwrap_or(0);
        taken <= width
    };
    let taken: String = text.chars().take_while(fits).collect();
    format!("{}…", taken.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_by_columns_and_not_by_characters() {
        assert_eq!(cut("abcdef", 6), "abcdef");
        assert_eq!(cut("abcdef", 5), "abcd…");
        assert_eq!(cut("abc def", 5), "abc…");
        assert_eq!(cut("视频编辑", 5), "视频…");
    }
}
