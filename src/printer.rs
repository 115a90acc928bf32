//! The printers for standard output and standard error. Words of lists, servers and files stay words on a terminal: a character that
//! it would obey is shown by its number. What is printed arrives, or the user hears that it did not.

use std::ffi::OsString;
use std::io::{self, BufWriter, ErrorKind, IsTerminal, Write};

use crate::cli::ColorWhen;
use crate::export::findings::Colours;
use crate::model::unseen::shown_lines;

/// Standard output did not take everything: the disk behind it is full, or the device is gone.
#[derive(Debug, thiserror::Error)]
#[error("cannot write to standard output")]
pub struct PrintError(#[source] io::Error);

/// Prints what `write` writes. A file or another program gets its bytes, a terminal gets words alone. A closed pipe is no error: its
/// reader has read enough.
///
/// # Errors
/// Standard output did not take everything.
pub fn print(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), PrintError> {
    if !io::stdout().is_terminal() {
        return print_styled(write);
    }
    let mut bytes = Vec::new();
    let written = write(&mut bytes);
    let text = String::from_utf8_lossy(&bytes);
    arrived(written.and_then(|()| io::stdout().lock().write_all(shown_lines(&text).as_bytes())))
}

/// Prints what `write` writes as it is: text whose words have been made safe one by one, between colours of our own.
///
/// # Errors
/// Standard output did not take everything.
pub fn print_styled(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), PrintError> {
    let mut out = BufWriter::new(io::stdout().lock());
    arrived(write(&mut out).and_then(|()| out.flush()))
}

/// Prints clap's answer: help, version, or an error that may quote an argument.
///
/// # Errors
/// Standard output did not take everything.
pub fn help(answer: &clap::Error) -> Result<(), PrintError> {
    let plain = answer.render().to_string();
    if answer.use_stderr() && shown_lines(&plain) != plain {
        say(&plain);
        return Ok(());
    }
    arrived(answer.print().and_then(|()| io::stdout().flush()))
}

/// Writes text to standard error. Where that is closed nobody is left to tell.
pub fn say(text: &str) {
    let _ = io::stderr().lock().write_all(shown_lines(text).as_bytes());
}

/// The heading of a message on standard error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heading {
    /// What went wrong.
    Error,
    /// What to do.
    Hint,
}

/// Writes a message to standard error under its heading.
pub fn say_headed(colours: Colours, heading: Heading, text: &str) {
    let (name, colour) = match heading {
        Heading::Error => ("error:", "\x1b[1;31m"),
        Heading::Hint => ("hint:", "\x1b[1;36m"),
    };
    let (start, end) = if colours == Colours::On { (colour, "\x1b[0m") } else { ("", "") };
    let _ = io::stderr().lock().write_all(format!("{start}{name}{end} {}", shown_lines(text)).as_bytes());
}

/// Returns whether to use colours: where nobody asked for them or against them, on a terminal that understands them, and never where
/// `NO_COLOR` is set (<https://no-color.org>).
pub fn colours(when: Option<ColorWhen>, on_terminal: bool, variable: impl Fn(&str) -> Option<OsString>) -> Colours {
    let suits = || on_terminal && variable("NO_COLOR").is_none_or(|value| value.is_empty()) && !is_dumb(&variable);
    match when {
        Some(ColorWhen::Always) => Colours::On,
        None | Some(ColorWhen::Auto) if suits() => Colours::On,
        _ => Colours::Off,
    }
}

/// Returns whether the terminal says that it understands no escape sequences.
pub fn is_dumb(variable: impl Fn(&str) -> Option<OsString>) -> bool {
    variable("TERM").is_some_and(|terminal| terminal == "dumb")
}

fn arrived(written: io::Result<()>) -> Result<(), PrintError> {
    match written {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(PrintError(error)),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_for_terminals_that_understand_them() {
        let check = |when, on_terminal, set: &[(&str, &str)], expected| {
            let variable =
                |name: &str| set.iter().find(|(known, _)| *known == name).map(|(_, value)| OsString::from(value));
            assert_eq!(colours(when, on_terminal, variable), expected, "{when:?} {on_terminal} {set:?}");
        };
        check(None, true, &[("TERM", "xterm-256color")], Colours::On);
        check(None, false, &[("TERM", "xterm-256color")], Colours::Off);
        check(Some(ColorWhen::Auto), true, &[("TERM", "dumb")], Colours::Off);
        check(Some(ColorWhen::Auto), true, &[("NO_COLOR", "1")], Colours::Off);
        check(Some(ColorWhen::Auto), true, &[("NO_COLOR", "")], Colours::On);
        check(Some(ColorWhen::Always), false, &[("TERM", "dumb"), ("NO_COLOR", "1")], Colours::On);
        check(Some(ColorWhen::Never), true, &[], Colours::Off);
    }
}
