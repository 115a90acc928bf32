//! What the list's keeper does not want to hear of: by the settings, for all lists, and by a comment in a list, for an entry.

use std::collections::HashMap;
use std::fmt;
use std::ops::Range;
use std::str::FromStr;

use super::{Listing, place};
use crate::model::{ArxivId, Code, Finding, NotACode, Place};

/// What begins a comment that silences findings.
const WORD: &str = "enrich-ignore";

/// Findings of one kind that are not told: all of them, or those about one paper. Written `published`, `unknown-id:2403.07648`.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(try_from = "String")]
pub struct Ignored {
    code: Code,
    /// The identifier, as it was written.
    about: Option<String>,
}

impl Ignored {
    fn silences(&self, finding: &Finding) -> bool {
        self.code == finding.code && self.about.as_deref().is_none_or(|about| is_about(finding, about))
    }
}

/// Whether a finding is about what is named so: a paper, or something that is no identifier.
fn is_about(finding: &Finding, named: &str) -> bool {
    let id: Option<ArxivId> = named.parse().ok();
    match (&finding.arxiv_id, id) {
        (Some(about), Some(id)) => *about == id,
        _ => finding.message.contains(&format!("`{named}`")),
    }
}

impl FromStr for Ignored {
    type Err = NotACode;

    fn from_str(text: &str) -> Result<Self, NotACode> {
        let (code, about) = match text.trim().split_once(':') {
            Some((code, about)) => (code, Some(about.trim().to_owned())),
            None => (text.trim(), None),
        };
        Ok(Self { code: code.trim().parse()?, about })
    }
}

impl TryFrom<String> for Ignored {
    type Error = NotACode;

    fn try_from(text: String) -> Result<Self, NotACode> {
        text.parse()
    }
}

/// What is told, and what is left out.
#[derive(Debug, Default)]
pub struct Told {
    /// The findings that nobody wants silenced.
    pub findings: Vec<Finding>,
    /// How many were left out.
    pub ignored: usize,
    /// The comments that name something which is no finding.
    pub unknown: Vec<Unknown>,
}

/// A comment in a list names something that is no finding.
#[derive(Debug)]
pub struct Unknown {
    place: Place,
    error: NotACode,
}

impl fmt::Display for Unknown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.error)
    }
}

/// A comment that silences findings on some lines: those of these kinds, or all where it names none.
struct Comment {
    lines: Range<u32>,
    ignored: Vec<Ignored>,
}

/// Leaves out what the settings and the comments in the lists silence.
pub fn told(findings: Vec<Finding>, everywhere: &[Ignored], lists: &[Listing<'_>]) -> Told {
    let mut told = Told::default();
    let comments: HashMap<&str, Vec<Comment>> =
        lists.iter().map(|list| (list.path, comments(list, &mut told.unknown))).collect();
    for finding in findings {
        let here = comments.get(&*finding.place.path).into_iter().flatten();
        let is_silenced = everywhere.iter().any(|ignored| ignored.silences(&finding))
            || here.filter(|comment| comment.lines.contains(&finding.place.line)).any(|comment| {
                comment.ignored.is_empty() || comment.ignored.iter().any(|ignored| ignored.silences(&finding))
            });
        if is_silenced {
            told.ignored += 1;
        } else {
            told.findings.push(finding);
        }
    }
    told
}

fn comments(list: &Listing<'_>, unknown: &mut Vec<Unknown>) -> Vec<Comment> {
    if !list.text.contains(WORD) {
        return Vec::new();
    }
    let starts = place::starts(list.entries);
    let lines: Vec<&str> = list.text.lines().collect();
    let mut comments = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let Some((column, codes)) = comment(line) else { continue };
        let number = u32::try_from(at + 1).unwrap_or(u32::MAX);
        let mut ignored = Vec::new();
        let mut names = 0;
        for name in codes.split([',', ' ', '\t']).filter(|name| !name.is_empty()) {
            names += 1;
            match name.parse() {
                Ok(code) => ignored.push(code),
                Err(error) => {
                    let place = Place { path: list.path.into(), line: number, column };
                    unknown.push(Unknown { place, error });
                }
            }
        }
        // Where all names are mistaken, the comment silences nothing rather than everything.
        if names == 0 || !ignored.is_empty() {
            comments.push(Comment { lines: reach(at, &lines, &starts), ignored });
        }
    }
    comments
}

/// What a comment says after the word, and the column of the word. Comments are those of Markdown and HTML (`<!-- … -->`), of
/// BibTeX and TeX (`%`), of reStructuredText (`..`), and lines that start with `#` or `//`.
fn comment(line: &str) -> Option<(u32, &str)> {
    let at = line.find(WORD)?;
    let (before, after) = (&line[..at], &line[at + WORD.len()..]);
    let opening = before.trim();
    let is_html = opening.ends_with("<!--");
    let is_line = matches!(opening, ".." | "//") || (!opening.is_empty() && opening.chars().all(|c| "%#".contains(c)));
    if !is_html && !is_line {
        return None;
    }
    let codes = if is_html { &after[..after.find("-->")?] } else { after };
    let codes = codes.trim();
    let codes = match codes.strip_prefix(':') {
        Some(codes) => codes,
        None if codes.is_empty() => codes,
        None => return None,
    };
    let column = u32::try_from(before.chars().count() + 1).unwrap_or(u32::MAX);
    Some((column, codes))
}

/// The lines that a comment on a line is about: those of the entry in which it stands, or of the one that begins on the line after
/// it. A comment that is indented more deeply than that line still belongs to the entry above.
fn reach(at: usize, lines: &[&str], starts: &[u32]) -> Range<u32> {
    let number = u32::try_from(at + 1).unwrap_or(u32::MAX);
    let extent = |index: usize| {
        let end = starts.get(index + 1).copied().unwrap_or(u32::MAX);
        starts[index]..end
    };
    let indent = |line: &str| line.len() - line.trim_start().len();
    let next = match starts.binary_search(&number) {
        Ok(index) => return extent(index),
        Err(next) => next,
    };
    let following = starts.get(next).copied().unwrap_or(u32::MAX);
    let mut between = lines.iter().take(following as usize - 1).skip(at + 1);
    let leads_on = (following as usize) <= lines.len() && between.all(|line| line.trim().is_empty());
    if leads_on && indent(lines[at]) <= indent(lines[following as usize - 1]) {
        return number..extent(next).end;
    }
    match next.checked_sub(1) {
        Some(index) => extent(index),
        None => number..number.saturating_add(2),
    }
}
