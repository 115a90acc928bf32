//! How long to go on asking a service that refuses, and how long to pause between.

use std::fmt;
use std::time::Duration;

use backon::{BackoffBuilder, ExponentialBackoff, ExponentialBuilder};
use tokio::time::Instant;

/// The shortest pause, for services that may be asked without any.
const SHORTEST_PAUSE: Duration = Duration::from_millis(10);

/// The pause grows to so many intervals. arXiv's refusals are scattered, the next request may pass: longer pauses would
/// lose more chances than they spare the service requests.
const LONGEST_PAUSE: u32 = 3;

/// How long to look for a service that nobody answers for. It is not busy, it is not there; and there must be time for a look
/// elsewhere before the twenty seconds are over that a user without network should wait at the most.
const NOBODY_THERE: Duration = Duration::from_secs(13);

/// So many refusals in a row are a few.
const A_FEW: u32 = 3;

/// Refusals are borne for so many intervals, a minute at arXiv's, before other ways are tried.
const BORNE: u32 = 20;

/// How long to wait for a sign of life. arXiv at times holds a request for minutes only to refuse it then.
const LONGEST_SILENCE: Duration = Duration::from_secs(60);

/// How long a whole answer may take, however lively it is. Two thousand abstracts come within this over the slowest line.
const LONGEST_ANSWER: Duration = Duration::from_secs(300);

/// A request that starts right before the deadline still gets so long.
const LEAST_PATIENCE: Duration = Duration::from_secs(5);

/// So long gets one to a service that has just answered: past the deadline, too, its answers are worth having.
const PATIENCE_WITH_THE_WILLING: Duration = Duration::from_secs(30);

/// Why the asking ended before every identifier was settled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stopped {
    /// The service still refused at the deadline.
    Deadline {
        /// What it did last.
        why: String,
    },
    /// The service has refused for so long that other ways are worth a try.
    Refusing {
        /// What it did last.
        why: String,
    },
    /// The service asked to be left alone for longer than the deadline allows.
    AskedToWait(Duration),
    /// Another process on this machine held the gate until the deadline.
    GateHeld,
    /// The service denied access.
    Denied(u16),
    /// No arXiv API at this address.
    WrongAddress(u16),
    /// Nobody could be reached.
    NobodyThere(String),
}

impl fmt::Display for Stopped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Deadline { why } => {
                write!(
                    f,
                    "arXiv was too busy until the deadline; the last request {why}. Run again later, or raise --deadline"
                )
            }
            Self::Refusing { why } => write!(f, "arXiv is too busy; the last request {why}"),
            Self::AskedToWait(wait) => {
                write!(
                    f,
                    "arXiv asks to be left alone for {} s, which is past the deadline. Run again after that",
                    wait.as_secs()
                )
            }
            Self::GateHeld => write!(
                f,
                "another program on this machine was asking arXiv until the deadline, and only one may. Let it end (a stopped \
                 one goes on with `fg`), or raise --deadline"
            ),
            Self::Denied(status) => write!(
                f,
                "arXiv denied access (status {status}), and asking on would be taken for an attack. Wait some hours, lower the \
                 load from this network, and see https://info.arxiv.org/help/api/tou.html"
            ),
            Self::WrongAddress(status) => write!(
                f,
                "the address given as --api-url answers with status {status}; it must be the API's whole address, as in \
                 https://export.arxiv.org/api/query"
            ),
            Self::NobodyThere(cause) => {
                write!(f, "nobody answers ({cause}). Is this machine online, and --api-url right?")
            }
        }
    }
}

/// Keeps the time of a run of requests: the pauses, the deadline, the search for a service that is not there.
pub(super) struct Retry {
    interval: Duration,
    until: Instant,
    bearing: Bearing,
    pauses: ExponentialBackoff,
    missed_since: Option<Instant>,
    refused_since: Option<Instant>,
    refusals: u32,
    /// Whether the last request was answered.
    is_answered: bool,
}

/// How much time a request has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Patience {
    /// Until the answer begins, and between one piece of it and the next.
    pub(super) silence: Duration,
    /// From the first byte sent to the last one received.
    pub(super) whole: Duration,
}

/// How long refusals are borne.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bearing {
    /// Until the deadline.
    ToTheEnd,
    /// For about a minute, since there are other ways.
    AMinute,
}

impl Retry {
    pub(super) fn new(interval: Duration, until: Instant, bearing: Bearing) -> Self {
        Self {
            interval,
            until,
            bearing,
            pauses: pauses(interval),
            missed_since: None,
            refused_since: None,
            refusals: 0,
            is_answered: false,
        }
    }

    /// How much time the next request has.
    pub(super) fn patience(&self) -> Patience {
        let left = self.left().max(self.least());
        Patience { silence: left.min(LONGEST_SILENCE), whole: left.min(LONGEST_ANSWER) }
    }

    /// Until when to wait for one's turn among the processes of this machine.
    pub(super) fn turn_until(&self) -> Instant {
        self.until.max(Instant::now() + self.least())
    }

    /// What a request gets at the least, past the deadline, too.
    fn least(&self) -> Duration {
        if self.is_answered { PATIENCE_WITH_THE_WILLING } else { LEAST_PATIENCE }
    }

    /// Starts afresh after a good answer.
    pub(super) fn answered(&mut self) {
        self.pauses = pauses(self.interval);
        self.missed_since = None;
        self.refused_since = None;
        self.refusals = 0;
        self.is_answered = true;
    }

    /// How long to pause after a refusal, `why` the service did what it did, `asked` the time it wants.
    ///
    /// # Errors
    /// The deadline is over, or would be after the pause; or there are other ways and it is time for them.
    pub(super) fn refused(&mut self, why: &str, asked: Option<Duration>) -> Result<Duration, Stopped> {
        self.missed_since = None;
        self.is_answered = false;
        self.refusals += 1;
        let since = *self.refused_since.get_or_insert_with(Instant::now);
        let borne = self.interval.max(SHORTEST_PAUSE) * BORNE;
        if self.bearing == Bearing::AMinute && !self.is_over() && self.refusals >= A_FEW && since.elapsed() >= borne {
            return Err(Stopped::Refusing { why: why.to_owned() });
        }
        let pause = self.pause().max(asked.unwrap_or_default());
        match asked.filter(|asked| *asked >= self.left()) {
            _ if pause < self.left() => Ok(pause),
            Some(asked) if !asked.is_zero() => Err(Stopped::AskedToWait(asked)),
            _ => Err(Stopped::Deadline { why: why.to_owned() }),
        }
    }

    /// How long to pause before looking again for a service that nobody answered for.
    ///
    /// # Errors
    /// It has been looked for long enough.
    pub(super) fn nobody_there(&mut self, cause: String) -> Result<Duration, Stopped> {
        self.is_answered = false;
        let since = *self.missed_since.get_or_insert_with(Instant::now);
        let pause = self.pause();
        // The next try itself may take as long as the last ones.
        if since.elapsed() + pause + LEAST_PATIENCE > NOBODY_THERE || pause >= self.left() {
            return Err(Stopped::NobodyThere(cause));
        }
        Ok(pause)
    }

    /// Whether the deadline is over. A service that answers is asked on all the same; only refusals end it then.
    pub(super) fn is_over(&self) -> bool {
        self.left().is_zero()
    }

    fn left(&self) -> Duration {
        self.until.saturating_duration_since(Instant::now())
    }

    fn pause(&mut self) -> Duration {
        self.pauses.next().unwrap_or(self.interval * LONGEST_PAUSE)
    }
}

/// Pauses that grow by half each time, with a random part up to as much again so that many clients do not come back at once.
fn pauses(interval: Duration) -> ExponentialBackoff {
    let shortest = interval.max(SHORTEST_PAUSE);
    ExponentialBuilder::new()
        .with_min_delay(shortest)
        .with_max_delay(shortest * LONGEST_PAUSE)
        .with_factor(1.5)
        .with_jitter()
        .without_max_times()
        .build()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    fn retry(deadline: Duration) -> Retry {
        Retry::new(3 * SECOND, Instant::now() + deadline, Bearing::ToTheEnd)
    }

    #[test]
    fn where_there_are_other_ways_refusals_are_borne_for_a_minute_and_never_after_one_alone() {
        let mut retry = Retry { bearing: Bearing::AMinute, ..retry(3600 * SECOND) };
        retry.refused_since = Instant::now().checked_sub(59 * SECOND);
        assert!((0..5).all(|_| retry.refused("refused", None).is_ok()));
        retry.refused_since = Instant::now().checked_sub(60 * SECOND);
        assert_eq!(retry.refused("refused", None), Err(Stopped::Refusing { why: "refused".to_owned() }));
        retry.answered();
        retry.refused_since = Instant::now().checked_sub(60 * SECOND);
        assert!(retry.refused("refused", None).is_ok());
    }

    #[test]
    fn pauses_grow_to_a_cap_and_never_fall_under_the_interval() {
        let mut retry = retry(3600 * SECOND);
        let taken: Vec<_> = (0..20).map(|_| retry.refused("refused", None).unwrap()).collect();
        assert!(taken.iter().all(|pause| (3 * SECOND..=18 * SECOND).contains(pause)), "{taken:?}");
        assert!(taken[19] >= 9 * SECOND, "{taken:?}");
        retry.answered();
        assert!(retry.refused("refused", None).unwrap() <= 6 * SECOND);
    }

    #[test]
    fn what_the_service_asks_for_is_honoured_and_never_shortens_the_pause() {
        let mut retry = retry(3600 * SECOND);
        assert_eq!(retry.refused("refused", Some(120 * SECOND)), Ok(120 * SECOND));
        assert!(retry.refused("refused", Some(Duration::ZERO)).unwrap() >= 3 * SECOND);
    }

    #[test]
    fn the_deadline_ends_it_and_says_why() {
        let mut retry = retry(SECOND);
        assert_eq!(retry.refused("refused", None), Err(Stopped::Deadline { why: "refused".to_owned() }));
        assert_eq!(retry.refused("refused", Some(60 * SECOND)), Err(Stopped::AskedToWait(60 * SECOND)));
    }

    #[test]
    fn a_service_that_is_not_there_is_given_up_within_twenty_seconds() {
        let mut retry = retry(600 * SECOND);
        let mut waited = Duration::ZERO;
        // Time stands still here: what is checked is that no single pause overruns, and that an old miss ends it.
        retry.missed_since = Instant::now().checked_sub(5 * SECOND);
        while let Ok(pause) = retry.nobody_there("refused".to_owned()) {
            waited += pause;
            assert!(waited < 20 * SECOND * 10);
            assert!(5 * SECOND + pause + LEAST_PATIENCE <= NOBODY_THERE);
            retry.missed_since = retry.missed_since.and_then(|since| since.checked_sub(pause));
        }
    }
}
