//! One run at a time writes into an output folder. The next one waits for its turn, for it tells the news over the output that
//! the one before leaves.

use std::path::Path;
use std::time::Duration;

use tokio::time::{Instant, sleep};

use super::RunError;
use crate::disk::Turn;

/// How often to look whether the turn has come.
const LOOK_AGAIN: Duration = Duration::from_millis(100);

/// Waits for the turn to write into this folder, no longer than `patience`. `locks` is where the lock is kept on systems that
/// cannot lock a folder.
pub(super) async fn wait(output: &Path, locks: Option<&Path>, patience: Duration) -> Result<Turn, RunError> {
    let begun = Instant::now();
    let mut interrupted = std::pin::pin!(interrupted());
    let mut is_told = false;
    loop {
        if let Some(turn) = Turn::take(output, locks)? {
            return Ok(turn);
        }
        if begun.elapsed() >= patience {
            return Err(RunError::Occupied { folder: output.to_owned(), patience });
        }
        if !is_told {
            tracing::warn!("another run is at work on {}; waiting for it to end", output.display());
            is_told = true;
        }
        tokio::select! {
            () = sleep(LOOK_AGAIN) => {}
            () = &mut interrupted => return Err(RunError::Interrupted),
        }
    }
}

/// Ends when the user presses Ctrl-C. Where the signal cannot be waited for, it ends the program by itself.
async fn interrupted() {
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending().await
    }
}
