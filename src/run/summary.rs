//! The summary of a run in Markdown, for a page such as that of a scheduled job: counts, news, findings, and what could not
//! be asked for.
//!
//! GitHub drops a summary beyond 1 MiB a step as a whole, so each list is cut with a word of how many more there are. Nothing
//! of a list, of arXiv or of a file's name means anything in it.

use std::error::Error;

use super::RunError;
use crate::export::{changes as telling, inert};
use crate::model::{Changes, Finding, Level, Record, Status};
use crate::report::{Report, counted};

/// The most items of one list.
const MOST_ITEMS: usize = 100;

/// The most bytes of one list: twelve of them, which is as many as there can be, stay well below the limit.
const MOST_BYTES: usize = 48 << 10;

/// The summary of a run that wrote its output.
pub(super) fn of(report: &Report, records: &[Record]) -> String {
    let mut text = format!(
        "## enrich: {}\n\n| enriched | not found | unreachable | without an arXiv id |\n| ---: | ---: | ---: | ---: |\n\
         | {} | {} | {} | {} |\n\n",
        counted(records.len(), "paper"),
        report.counts.enriched,
        report.counts.not_found,
        report.counts.unreachable,
        report.counts.no_arxiv_id,
    );
    if !report.kept.is_empty() {
        let kept = counted(report.kept.len(), "paper");
        text.push_str(&format!("{kept} kept the metadata of an earlier run, since it could not be asked for.\n\n"));
    }
    if report.counts.stale > 0 {
        let stale = counted(report.counts.stale, "paper");
        text.push_str(&format!("{stale} could not be asked for again, and are as old as the last answer.\n\n"));
    }
    list(&mut text, "### Warnings", report.notices.iter().map(|notice| inert::text(notice)));
    if let Some(changes) = &report.changes {
        news(&mut text, changes);
    }
    let unreachable = records.iter().filter(|record| record.status == Status::Unreachable);
    list(&mut text, "### Could not be asked for", unreachable.map(paper));
    for level in [Level::Error, Level::Warning, Level::Note] {
        let findings = report.findings.iter().filter(|finding| finding.level == level);
        let count = findings.clone().count();
        list(&mut text, &format!("### Findings: {}", counted(count, &level.to_string())), findings.map(finding));
    }
    text
}

/// The summary of a run that failed.
pub(super) fn of_failure(error: &RunError) -> String {
    let is_halfway = matches!(error, RunError::Write(error) if error.is_halfway());
    let heading = if is_halfway { "not everything was written" } else { "nothing was written" };
    let mut text = format!("## enrich: {heading}\n\n{}", inert::text(&error.to_string()));
    let mut cause = error.source();
    while let Some(inner) = cause {
        text.push_str(&format!(": {}", inert::text(&inner.to_string())));
        cause = inner.source();
    }
    text.push_str("\n\n");
    text
}

fn news(text: &mut String, changes: &Changes) {
    text.push_str(&format!("### What changed: {}\n\n", changes.summary()));
    for section in telling::sections(changes) {
        list(text, &format!("#### {}", section.heading), section.items.into_iter());
    }
}

/// Adds a list under its heading, where there is something to list.
fn list(text: &mut String, heading: &str, mut items: impl Iterator<Item = String>) {
    let start = text.len();
    let mut listed = 0;
    while listed < MOST_ITEMS && text.len() - start < MOST_BYTES {
        let Some(item) = items.next() else { break };
        if listed == 0 {
            text.push_str(&format!("{heading}\n\n"));
        }
        text.push_str(&format!("- {item}\n"));
        listed += 1;
    }
    let more = items.count();
    if more > 0 {
        text.push_str(&format!("- and {more} more\n"));
    }
    if listed > 0 {
        text.push('\n');
    }
}

fn paper(record: &Record) -> String {
    telling::name(&record.named())
}

fn finding(finding: &Finding) -> String {
    let Finding { place, code, message, help, .. } = finding;
    let place = inert::text(&place.to_string());
    let help = help.as_ref().map_or_else(String::new, |help| format!("; {}", inert::text(help)));
    format!("{place}: {} ({code}){help}", inert::text(message))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Code, Place};

    fn finding_at(line: u32, path: &str, message: &str) -> Finding {
        Finding::new(Code::UnknownId, Place { path: path.into(), line, column: 1 }, message.to_owned())
    }

    #[test]
    fn a_long_list_is_cut_with_a_word_of_how_many_more_there_are() {
        let findings = (1..=1_000).map(|line| finding_at(line, "list.md", "arXiv has no such paper")).collect();
        let text = of(&Report { findings, ..Report::default() }, &[]);
        assert!(text.contains("### Findings: 1000 errors\n") && text.ends_with("- and 900 more\n\n"), "{text}");
    }

    #[test]
    fn the_longest_summary_stays_well_below_githubs_limit() {
        let long = "@a".repeat(1_000);
        let findings = (1..=1_000).map(|line| finding_at(line, &long, &long)).collect();
        let text = of(&Report { findings, notices: vec![long; 1_000], ..Report::default() }, &[]);
        assert!(text.len() < 3 * MOST_BYTES && text.contains("more\n"), "{}", text.len());
    }

    #[test]
    fn names_of_files_and_words_of_lists_mean_nothing() {
        let hostile = "a<img src=x>`|\n## b](https://evil.example) @everyone.md";
        let text = of(&Report { findings: vec![finding_at(3, hostile, hostile)], ..Report::default() }, &[]);
        let line = text.lines().find(|line| line.starts_with("- ")).unwrap();
        let inert = "a&lt;img src=x&gt;\\`\\| ## b\\](https:&#8203;//evil.example) @&#8203;everyone.md";
        assert_eq!(line, format!("- {inert}:3:1: {inert} (unknown-id)"));
        assert_eq!(text.lines().filter(|line| line.starts_with('#')).count(), 2, "{text}");
    }
}
