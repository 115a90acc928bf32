//! The only file that knows indicatif: a bar over the identifiers while arXiv is being asked, on a terminal and nowhere else.

use std::io::{self, Write};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::model::{Step, unseen};

/// Whether to show a bar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Visibility {
    /// A bar on standard error.
    Shown,
    /// No bar.
    Hidden,
}

/// The bar, or its absence.
#[derive(Clone, Debug)]
pub struct Progress {
    bar: ProgressBar,
}

impl Progress {
    /// A bar that shows nothing before it is told how many identifiers there are.
    pub fn new(visibility: Visibility) -> Self {
        let target = match visibility {
            Visibility::Shown => ProgressDrawTarget::stderr(),
            Visibility::Hidden => ProgressDrawTarget::hidden(),
        };
        let style = ProgressStyle::with_template("{bar:24} {pos}/{len} papers{prefix}  {wide_msg}");
        let style = style.unwrap_or_else(|_| ProgressStyle::default_bar());
        Self { bar: ProgressBar::with_draw_target(None, target).with_style(style) }
    }

    /// Starts to show how many of so many identifiers are settled.
    pub fn start(&self, ids: usize) {
        self.bar.set_length(count(ids));
        self.bar.tick();
    }

    /// Shows a step of the asking. `interval` is what each request that is left takes at the least.
    pub fn show(&self, step: &Step, interval: Duration) {
        match step {
            Step::Asked { ids } => self.bar.set_message(format!("asking arXiv for {ids}")),
            Step::Settled { ids, requests_left } => {
                let left = interval * u32::try_from(*requests_left).unwrap_or(u32::MAX);
                let requests = if *requests_left == 1 { "request" } else { "requests" };
                self.bar.set_prefix(format!(", {requests_left} {requests} left ({} s)", left.as_secs_f32().ceil()));
                self.bar.inc(count(*ids));
            }
            Step::Waiting { why, pause } => {
                self.bar.set_message(format!(
                    "again in {:.0} s: {}",
                    pause.as_secs_f32().ceil(),
                    unseen::shown(&why.to_string())
                ));
            }
        }
    }

    /// Takes the bar away.
    pub fn finish(&self) {
        self.bar.finish_and_clear();
    }
}

/// Writes the log to standard error between two drawings of the bar, so that neither garbles the other. The log shows the escape
/// characters of words by itself; whatever else a terminal would obey is shown here.
impl Write for Progress {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let line = unseen::shown_styled(&String::from_utf8_lossy(bytes)).into_owned();
        self.bar.suspend(|| io::stderr().lock().write_all(line.as_bytes()))?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        io::stderr().flush()
    }
}

fn count(ids: usize) -> u64 {
    u64::try_from(ids).unwrap_or(u64::MAX)
}
