//! Findings as workflow commands of GitHub Actions, which shows each at its line of a pull request.
//!
//! `::error file=…,line=…,col=…,title=…::message` (GitHub Docs, "Workflow commands for GitHub Actions"). A command is one line, and
//! what would end it, a property or the line, is written by number, so that no list can give commands of its own.

use std::io::{self, Write};

use crate::model::{Finding, Level};

pub(super) fn write(findings: &[Finding], to: &mut dyn Write) -> io::Result<()> {
    for finding in findings {
        let command = match finding.level {
            Level::Error => "error",
            Level::Warning => "warning",
            Level::Note => "notice",
        };
        let place = &finding.place;
        let path = property(place.path.strip_prefix("./").unwrap_or(&place.path));
        let help = finding.help.as_ref().map(|help| format!("; {help}")).unwrap_or_default();
        writeln!(
            to,
            "::{command} file={path},line={},col={},title={}::{}",
            place.line,
            place.column,
            finding.code,
            data(&format!("{}{help}", finding.message))
        )?;
    }
    to.flush()
}

/// A message: to the end of the line.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A property's value: to the next comma or colon.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
