//! Standard output, for every command: what is printed arrives, or the user hears that it did not. What is printed, and what is
//! said on standard error, is left to others.

use std::io::{self, BufWriter, ErrorKind, Write};

/// Standard output did not take everything: the disk behind it is full, or the device is gone.
#[derive(Debug, thiserror::Error)]
#[error("cannot write to standard output")]
pub struct PrintError(#[source] io::Error);

/// Hands standard output to `write`, and sees to it that all of it arrives. Whoever closes the pipe has read enough: that is no
/// error.
///
/// # Errors
/// Standard output did not take everything.
pub fn print(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), PrintError> {
    let mut out = BufWriter::new(io::stdout().lock());
    arrived(write(&mut out).and_then(|()| out.flush()))
}

/// Prints what clap has to say to `--help` and `--version`, in its own colours.
///
/// # Errors
/// Standard output did not take everything.
pub fn help(answer: &clap::Error) -> Result<(), PrintError> {
    arrived(answer.print().and_then(|()| io::stdout().flush()))
}

fn arrived(written: io::Result<()>) -> Result<(), PrintError> {
    match written {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(PrintError(error)),
        _ => Ok(()),
    }
}
