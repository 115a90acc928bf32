//! One gate per machine: whoever asks a host, from whichever list or terminal, goes through one at a time and keeps the pause.
//!
//! The gate is a file that is locked while a request is under way and holds the time when the last one ended. The system lifts
//! the lock of a process that dies, so nobody waits for the dead.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::Path;
use std::time::Duration;

use tokio::time::{Instant, sleep};
use url::Url;

use super::arxiv_api::is_arxiv;
use super::clock::Clock;
use super::retry::Stopped;

/// How often to look whether the gate is free. Requests are seconds apart, so a twentieth of one is soon.
const LOOK_AGAIN: Duration = Duration::from_millis(50);

/// The start of the files' names.
pub const GATE: &str = "gate-";

/// The gate to one host.
#[derive(Debug)]
pub(super) struct Gate {
    file: File,
}

impl Gate {
    /// The gate to the host of this address, kept in this folder.
    ///
    /// # Errors
    /// The file cannot be made. Asking goes on without it then, at its own pace.
    pub(super) fn to(endpoint: &Url, folder: &Path) -> io::Result<Self> {
        std::fs::create_dir_all(folder)?;
        let path = folder.join(format!("{GATE}{}", host_name(endpoint)));
        let file = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path)?;
        Ok(Self { file })
    }

    /// Waits until no other process asks this host, and until `interval` after the last request ended. The gate stays closed
    /// behind us until [`leave`](Self::leave).
    ///
    /// # Errors
    /// The other process, which may have been stopped, still asks at `until`.
    pub(super) async fn enter(&mut self, interval: Duration, until: Instant, clock: Clock) -> Result<(), Stopped> {
        loop {
            match self.file.try_lock() {
                Ok(()) => break,
                Err(TryLockError::WouldBlock) if Instant::now() >= until => return Err(Stopped::GateHeld),
                Err(TryLockError::WouldBlock) => sleep(LOOK_AGAIN).await,
                // A file system without locks: nothing to wait for.
                Err(TryLockError::Error(_)) => return Ok(()),
            }
        }
        let owed = self.last_end().map_or(Duration::ZERO, |last| {
            let left = last.saturating_add(millis(interval)).saturating_sub(clock.now().as_millisecond());
            // A clock that was set back must not hold us longer than the interval.
            Duration::from_millis(u64::try_from(left).unwrap_or(0)).min(interval)
        });
        sleep(owed).await;
        // Should we die on the way, the next one counts from here.
        self.note(clock);
        Ok(())
    }

    /// Notes that the answer has ended, and opens the gate.
    pub(super) fn leave(&mut self, clock: Clock) {
        self.note(clock);
        // A lock that cannot be lifted goes with the process.
        let _ = self.file.unlock();
    }

    fn last_end(&mut self) -> Option<i64> {
        let mut text = String::new();
        self.file.seek(SeekFrom::Start(0)).ok()?;
        self.file.read_to_string(&mut text).ok()?;
        text.trim().parse().ok()
    }

    /// Writes the time down. Where that fails, the pause between processes is lost and the one within this process holds.
    fn note(&mut self, clock: Clock) {
        let time = format!("{:>20}\n", clock.now().as_millisecond());
        let _ = self.file.seek(SeekFrom::Start(0)).and_then(|_| self.file.write_all(time.as_bytes()));
    }
}

/// What the files that belong to a service are named after. arXiv's hosts are one: it counts the requests to them together.
pub fn host_name(endpoint: &Url) -> String {
    if is_arxiv(endpoint) {
        return "arxiv.org".to_owned();
    }
    let host =
        endpoint.host_str().unwrap_or("unknown").replace(|c: char| !(c.is_ascii_alphanumeric() || c == '.'), "-");
    format!("{host}-{}", endpoint.port_or_known_default().unwrap_or(0))
}

fn millis(length: Duration) -> i64 {
    i64::try_from(length.as_millis()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::Timestamp;

    fn check(url: &str, expected: &str) {
        assert_eq!(host_name(&Url::parse(url).unwrap()), expected);
    }

    #[test]
    fn arxivs_hosts_share_a_gate_and_others_have_their_own() {
        check("https://export.arxiv.org/api/query", "arxiv.org");
        check("https://oaipmh.arxiv.org/oai", "arxiv.org");
        check("http://127.0.0.1:8080/api/query", "127.0.0.1-8080");
        check("https://[::1]/api", "---1--443");
    }

    fn run(test: impl Future<Output = ()>) {
        tokio::runtime::Builder::new_current_thread().enable_all().start_paused(true).build().unwrap().block_on(test);
    }

    fn soon() -> Instant {
        Instant::now() + Duration::from_secs(1)
    }

    #[test]
    fn nobody_waits_past_the_time_for_one_who_holds_the_gate() {
        run(async {
            let folder = tempfile::tempdir().unwrap();
            let endpoint = Url::parse("http://127.0.0.1:1/").unwrap();
            let clock = Clock::started("2026-05-01T12:00:00Z".parse().unwrap());
            let mut first = Gate::to(&endpoint, folder.path()).unwrap();
            let mut second = Gate::to(&endpoint, folder.path()).unwrap();
            first.enter(Duration::ZERO, soon(), clock).await.unwrap();
            let until = soon();
            assert_eq!(second.enter(Duration::ZERO, until, clock).await, Err(Stopped::GateHeld));
            assert!((until..until + 2 * LOOK_AGAIN).contains(&Instant::now()));
            first.leave(clock);
            assert_eq!(second.enter(Duration::ZERO, until, clock).await, Ok(()));
        });
    }

    #[test]
    fn the_second_waits_for_the_interval_after_the_first() {
        run(async {
            let folder = tempfile::tempdir().unwrap();
            let endpoint = Url::parse("http://127.0.0.1:1/").unwrap();
            let clock = Clock::started("2026-05-01T12:00:00Z".parse().unwrap());
            let interval = Duration::from_secs(3);
            let mut first = Gate::to(&endpoint, folder.path()).unwrap();
            let mut second = Gate::to(&endpoint, folder.path()).unwrap();
            let started = Instant::now();
            first.enter(interval, soon(), clock).await.unwrap();
            first.leave(clock);
            second.enter(interval, soon(), clock).await.unwrap();
            assert!(started.elapsed() >= interval, "{:?}", started.elapsed());
        });
    }

    #[test]
    fn a_clock_that_was_set_back_holds_nobody_longer_than_the_interval() {
        run(async {
            let folder = tempfile::tempdir().unwrap();
            let endpoint = Url::parse("http://127.0.0.1:1/").unwrap();
            let interval = Duration::from_secs(3);
            let mut gate = Gate::to(&endpoint, folder.path()).unwrap();
            gate.leave(Clock::started("2036-05-01T12:00:00Z".parse().unwrap()));
            let started = Instant::now();
            gate.enter(interval, soon(), Clock::started(Timestamp::UNIX_EPOCH)).await.unwrap();
            assert!(started.elapsed() <= interval + Duration::from_millis(1), "{:?}", started.elapsed());
        });
    }
}
