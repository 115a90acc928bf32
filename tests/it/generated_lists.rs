//! Lists that a program writes, in every combination of the habits that people have, are read as they were written: as many
//! entries, each with its identifier and its title. What does not concern an entry does not change how it is read.

mod habits;
mod survey;
mod words;
mod writing;

use enrich::extract::explain::Because;
use enrich::extract::{self, Known, Options};
use enrich::model::Entry;

use survey::{Outcome, survey};
use writing::{Change, List, Paper};

/// An entry as these tests see it: its identifier, title and tags.
type Seen = (Option<String>, Option<String>, Vec<String>);

fn read(text: &str) -> Vec<Seen> {
    let tell = |entry: Entry| (entry.id.map(|id| id.id.to_string()), entry.title, entry.tags);
    extract::list("list.md", text, &Options::default()).entries.into_iter().map(tell).collect()
}

/// The entry that was read for a paper: that of its identifier, or of its title where it has none.
fn of<'a>(paper: &Paper, read: &'a [Seen]) -> Option<&'a Seen> {
    read.iter().find(|(id, title, _)| {
        *id == paper.id && (paper.id.is_some() || title.as_deref() == Some(paper.title.as_str()))
    })
}

/// How entries are shown to whoever looks for the fault.
fn shown(entries: &[Seen]) -> String {
    let line = |(id, title, tags): &Seen| {
        let id = id.as_deref().unwrap_or("-");
        format!("    {id} {} {tags:?}\n", title.as_deref().unwrap_or("-"))
    };
    entries.iter().map(line).collect()
}

#[test]
fn as_many_entries_are_read_as_were_written() {
    survey(1_500, 960, |list| {
        let text = list.written(Change::None);
        let entries = read(&text);
        let is_right =
            |paper: &&Paper| of(paper, &entries).is_some_and(|(_, title, _)| title.as_ref() == Some(&paper.title));
        let right = list.papers().filter(is_right).count();
        let in_order = list.papers().map(|paper| (&paper.id, Some(&paper.title)));
        let is_whole = entries.iter().map(|(id, title, _)| (id, title.as_ref())).eq(in_order);
        let report = format!("{text}is read as\n{}", shown(&entries));
        Outcome { right, of: list.papers().count(), report: if is_whole { String::new() } else { report } }
    });
}

/// How many papers of a list are read alike of two texts, but for those that are left out.
fn alike(list: &List, without: Option<usize>, (before, after): (&[Seen], &[Seen])) -> Outcome {
    let papers = list.papers().enumerate().filter(|(at, _)| Some(*at) != without);
    let mut outcome = Outcome::default();
    for (_, paper) in papers {
        let (old, new) = (of(paper, before), of(paper, after));
        outcome.of += 1;
        outcome.right += usize::from(old == new);
        if old != new {
            outcome.report = format!("{}: {old:?} becomes {new:?}\n", paper.title);
        }
    }
    outcome
}

#[test]
fn taking_one_entry_out_changes_no_other() {
    survey(250, 995, |list| {
        let text = list.written(Change::None);
        let before = read(&text);
        let mut all = Outcome::default();
        for without in 0..list.papers().count() {
            let outcome = alike(list, Some(without), (&before, &read(&list.written(Change::Without(without)))));
            all.right += outcome.right;
            all.of += outcome.of;
            if !outcome.report.is_empty() {
                all.report = format!("{text}without number {without} {}", outcome.report);
            }
        }
        all
    });
}

#[test]
fn other_names_of_links_change_no_entry() {
    survey(1_000, 995, |list| {
        let (text, renamed) = (list.written(Change::None), list.written(Change::Renamed));
        let mut outcome = alike(list, None, (&read(&text), &read(&renamed)));
        if !outcome.report.is_empty() {
            outcome.report = format!("{renamed}with other names {}", outcome.report);
        }
        outcome
    });
}

#[test]
fn every_entry_has_its_reasons() {
    survey(500, 1_000, |list| {
        let text = list.written(Change::None);
        let (extracted, explanation) = extract::explained("list.md", &text, &Options::default(), &Known::default());
        let entries = extracted.entries.iter();
        let is_told = |(entry, because): &(&Entry, &Because)| {
            let has_title = because.title.is_some() == entry.title.is_some();
            !because.entry.is_empty() && has_title && because.id.is_some() == entry.id.is_some()
        };
        let right = entries.zip(&explanation.entries).filter(is_told).count();
        let is_same = extracted == extract::list("list.md", &text, &Options::default());
        let is_right = is_same && right == extracted.entries.len() && explanation.entries.len() == right;
        let report = if is_right { String::new() } else { format!("{text}{explanation:#?}") };
        Outcome { right, of: extracted.entries.len(), report }
    });
}
