//! Findings as `enrich check` tells them: for people with the line of the list, and in the forms that other programs read. Which
//! are told is decided elsewhere.

mod github;
mod json;
mod junit;
mod sarif;
mod text;

use std::collections::HashMap;
use std::io::{self, Write};

use clap::ValueEnum;

use crate::model::Finding;

pub use self::text::Colours;

/// How findings are told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Format {
    /// For people, with the lines that they are about.
    #[default]
    Text,
    /// An array of objects.
    Json,
    /// SARIF, for code scanning.
    Sarif,
    /// Annotations in GitHub Actions.
    Github,
    /// A report of tests.
    Junit,
}

/// What findings are shown with where people read them.
#[derive(Clone, Debug, Default)]
pub struct Look<'a> {
    /// The texts of the lists, by their paths.
    pub lists: HashMap<&'a str, &'a str>,
    /// Whether colours may be used.
    pub colours: Colours,
    /// How wide the terminal is, in columns, where one is known.
    pub width: Option<usize>,
}

/// Writes the findings down, in their order.
///
/// # Errors
/// The writer's own.
pub fn write(format: Format, findings: &[Finding], look: &Look<'_>, to: &mut dyn Write) -> io::Result<()> {
    match format {
        Format::Text => text::write(findings, look, to),
        Format::Json => json::write(findings, to),
        Format::Sarif => sarif::write(findings, to),
        Format::Github => github::write(findings, to),
        Format::Junit => junit::write(findings, to),
    }
}

#[cfg(test)]
mod tests;
