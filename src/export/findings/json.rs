//! Findings as an array of objects, one a line.

use std::io::{self, Write};

use serde::Serialize;

use crate::model::{ArxivId, Code, Finding, Level};

/// A finding as programs read it.
#[derive(Serialize)]
struct Line<'a> {
    code: Code,
    level: Level,
    path: &'a str,
    line: u32,
    column: u32,
    message: &'a str,
    help: Option<&'a str>,
    arxiv_id: Option<&'a ArxivId>,
}

pub(super) fn write(findings: &[Finding], to: &mut dyn Write) -> io::Result<()> {
    let mut before = "[\n";
    for finding in findings {
        to.write_all(before.as_bytes())?;
        let line = Line {
            code: finding.code,
            level: finding.level,
            path: &finding.place.path,
            line: finding.place.line,
            column: finding.place.column,
            message: &finding.message,
            help: finding.help.as_deref(),
            arxiv_id: finding.arxiv_id.as_ref(),
        };
        serde_json::to_writer(&mut *to, &line)?;
        before = ",\n";
    }
    to.write_all(if findings.is_empty() { b"[]\n" } else { b"\n]\n" })?;
    to.flush()
}
