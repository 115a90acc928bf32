//! What the program tells shells and `man` of itself: completions and manual pages, made from the words of the command line, so
//! that they cannot fall behind them.

use std::path::Path;

use clap::builder::StyledStr;
use clap::{Command, CommandFactory};
use clap_complete::Shell;
use clap_mangen::Man;
use clap_mangen::roff::{Roff, bold, roman};

use crate::cli::Cli;
use crate::disk::{self, WriteError, Written};

/// The section of the manual for programs that users run.
const SECTION: &str = "1";

/// A manual page: its file's name, and its text in roff.
type Page = (String, String);

/// The script by which a shell completes the command line.
pub fn completions(shell: Shell) -> Vec<u8> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "enrich", &mut script);
    script
}

/// The manual page of the program itself.
pub fn main_page() -> String {
    page(&built(), None)
}

/// Writes the pages of the program and of every command into a folder.
///
/// # Errors
/// Names the file that could not be written.
pub fn write_pages(folder: &Path) -> Result<Vec<Written>, WriteError> {
    let mut pages = Vec::new();
    collect(&built(), None, &mut pages);
    let files = pages.iter().map(|(name, text)| (text.as_str(), folder.join(name)));
    disk::write(files, |text, to| to.write_all(text.as_bytes()))
}

/// The command line with all that it inherits. `help` needs no page: each page is what it says.
fn built() -> Command {
    let mut command = Cli::command().disable_help_subcommand(true);
    command.build();
    command
}

fn collect(command: &Command, above: Option<&str>, pages: &mut Vec<Page>) {
    pages.push((format!("{}.{SECTION}", name(command)), page(command, above)));
    for command_below in below(command) {
        collect(command_below, Some(name(command)), pages);
    }
}

fn below(command: &Command) -> impl Iterator<Item = &Command> {
    command.get_subcommands().filter(|command| !command.is_hide_set())
}

/// What `man` calls it: `enrich-cache-path`.
fn name(command: &Command) -> &str {
    command.get_display_name().unwrap_or_else(|| command.get_name())
}

/// One page. What stands after the options in `--help` becomes a section of its own, and the pages around this one are named.
fn page(command: &Command, above: Option<&str>) -> String {
    let mut text = Vec::new();
    let closing = command.get_after_long_help().or_else(|| command.get_after_help()).map(StyledStr::to_string);
    let usage = command.clone().render_usage().to_string();
    let usage = usage.strip_prefix("Usage: ").unwrap_or(&usage).to_owned();
    let bare = command.clone().override_usage(usage).after_help(None::<&str>).after_long_help(None::<&str>);
    // No date: the page would change with every build. An empty one has to be written as roff writes it.
    let man = Man::new(bare).section(SECTION).date("\"\"").source(concat!("enrich ", env!("CARGO_PKG_VERSION")));
    // A vector takes whatever is written to it.
    let _ = man.render(&mut text);
    let mut further = Roff::new();
    notes(&closing.unwrap_or_default(), &mut further);
    let around: Vec<_> = above.into_iter().chain(below(command).map(name)).collect();
    if !around.is_empty() {
        further.control("SH", ["SEE ALSO"]);
        for (index, name) in around.iter().enumerate() {
            let comma = if index + 1 < around.len() { "," } else { "" };
            further.text([bold(*name), roman(format!("({SECTION}){comma}"))]);
        }
    }
    let _ = further.to_writer(&mut text);
    // Two line breaks around an empty line, which readers of pages complain of, are meant as a space.
    String::from_utf8_lossy(&text).replace("\n.br\n\n.br\n", "\n.sp\n")
}

/// Paragraphs stay paragraphs, and indented lines stay lines.
fn notes(closing: &str, roff: &mut Roff) {
    if closing.is_empty() {
        return;
    }
    roff.control("SH", ["NOTES"]);
    for (index, paragraph) in closing.split("\n\n").enumerate() {
        if index > 0 {
            roff.control("PP", []);
        }
        let (plain, indented): (Vec<_>, Vec<_>) = paragraph.lines().partition(|line| !line.starts_with(' '));
        for line in plain {
            roff.text([roman(line)]);
        }
        if !indented.is_empty() {
            roff.control("RS", ["4"]).control("nf", []);
            for line in indented {
                roff.text([roman(line.trim_start())]);
            }
            roff.control("fi", []).control("RE", []);
        }
    }
}
