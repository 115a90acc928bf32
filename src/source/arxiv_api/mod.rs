//! arXiv's API: a list of identifiers in, papers out, one request at a time.
//!
//! `request` puts a question and `answer` judges what comes back, `atom` reads the papers in it, `asking` decides what to ask
//! next and what to believe, `retry` how long to go on. The manners are arXiv's terms of use: one request in three seconds and
//! one connection at a time (<https://info.arxiv.org/help/api/tou.html>).

pub(super) mod answer;
mod asking;
pub mod atom;
mod request;
pub(super) mod search;

use std::time::Duration;

use tokio::time::sleep;
use url::Url;

use self::answer::Answer;
use self::asking::{Asking, Holdings};
use super::exchange::Connection;
use super::retry::{Retry, Stopped};
use super::{Clock, Settled};
use crate::model::{Step, VersionedId};

/// The API's address.
const ENDPOINT: &str = "https://export.arxiv.org/api/query";

/// The shortest interval that arXiv's terms allow.
pub const SHORTEST_INTERVAL: Duration = Duration::from_secs(3);

/// The most identifiers that arXiv answers in one request.
pub const LARGEST_BATCH: usize = 2_000;

/// Which service to ask, and how.
#[derive(Clone, Debug)]
pub struct Service {
    /// The whole address of the query endpoint.
    pub endpoint: Url,
    /// The least time between the end of an answer and the start of the next request.
    pub interval: Duration,
    /// At most so many identifiers in a request.
    pub batch: usize,
    /// How long a service that refuses is asked again.
    pub deadline: Duration,
    /// A mail address to name to the service.
    pub contact: Option<String>,
    /// The time.
    pub clock: Clock,
}

/// How the asking went.
#[derive(Debug, Default)]
pub(super) struct Asked {
    /// How many requests were made.
    pub(super) requests: usize,
    /// Why it ended early, if it did.
    pub(super) stopped: Option<Stopped>,
}

/// arXiv's own query endpoint.
#[expect(clippy::expect_used, reason = "a constant that a test parses")]
pub fn endpoint() -> Url {
    Url::parse(ENDPOINT).expect("the address of arXiv's API is an address")
}

/// Whether an address belongs to arXiv, whose terms then hold.
pub fn is_arxiv(endpoint: &Url) -> bool {
    endpoint.host_str().is_some_and(|host| {
        let host = host.trim_end_matches('.');
        host.eq_ignore_ascii_case("arxiv.org") || host.to_ascii_lowercase().ends_with(".arxiv.org")
    })
}

/// Asks for each identifier until it is settled or the service will not answer any more.
///
/// `settle` gets the outcomes of each answer before the next request is made; what it does not get was not answered.
/// `tell` hears of each step.
pub(super) async fn fetch(
    service: &Service,
    wanted: Vec<VersionedId>,
    connection: &mut Connection,
    mut retry: Retry,
    settle: &mut impl FnMut(Vec<Settled>),
    tell: &mut impl FnMut(Step),
) -> Asked {
    let mut asked = Asked::default();
    let holdings = if is_arxiv(&service.endpoint) { Holdings::Arxiv } else { Holdings::Unknown };
    let mut asking = Asking::new(wanted, service.batch, holdings);
    let Connection { client, pace } = connection;

    while let Some(batch) = asking.next(|ids, most| request::fitting(&service.endpoint, ids, most)) {
        let question = asking.question(&batch);
        if let Err(stopped) = pace.ready(retry.turn_until()).await {
            asked.stopped = Some(stopped);
            break;
        }
        tell(Step::Asked { ids: question.len() });
        let answer = request::ask(client, service, &question, retry.patience()).await;
        pace.answer_ended();
        asked.requests += 1;

        let (settled, refusal) = match answer {
            Answer::Papers(papers) => {
                let verdict = asking.answered(batch, papers);
                (verdict.settled, verdict.doubt.map(|why| (why.to_owned(), None)))
            }
            Answer::Broken { papers, why } => (asking.broke_off(batch, papers), Some((why, None))),
            Answer::Refused { why, retry_after } => {
                asking.refused(batch);
                (Vec::new(), Some((why, retry_after)))
            }
            Answer::Rejected { texts } => {
                let why = "rejected the request (status 400)".to_owned();
                (asking.rejected(batch, &texts), retry.is_over().then_some((why, None)))
            }
            Answer::TooLong => {
                let why = "found the request too long (status 414)".to_owned();
                asking.too_long(batch);
                (Vec::new(), retry.is_over().then_some((why, None)))
            }
            Answer::NobodyThere(cause) => {
                asking.refused(batch);
                match retry.nobody_there(cause.clone()) {
                    Ok(pause) => {
                        tell(Step::Waiting { why: format!("was not answered ({cause})"), pause });
                        sleep(pause).await;
                        continue;
                    }
                    Err(stopped) => {
                        asked.stopped = Some(stopped);
                        break;
                    }
                }
            }
            Answer::Denied(status) => {
                asked.stopped = Some(Stopped::Denied(status.as_u16()));
                break;
            }
            Answer::WrongAddress(status) => {
                asked.stopped = Some(Stopped::WrongAddress(status.as_u16()));
                break;
            }
        };

        let ids = settled.len();
        settle(settled);
        tell(Step::Settled { ids, requests_left: asking.batches_left() });
        match refusal {
            None => retry.answered(),
            Some((why, retry_after)) => match retry.refused(&why, retry_after) {
                Ok(pause) => {
                    tell(Step::Waiting { why, pause });
                    sleep(pause).await;
                }
                Err(stopped) => {
                    asked.stopped = Some(stopped);
                    break;
                }
            },
        }
    }
    asked
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_terms_hold_for_every_host_of_arxiv_and_for_no_other() {
        let check = |url: &str, expected| assert_eq!(is_arxiv(&Url::parse(url).unwrap()), expected, "{url}");
        check(endpoint().as_str(), true);
        check("http://ARXIV.org/api/query", true);
        check("https://export.arxiv.org./api/query", true);
        check("http://127.0.0.1:8080/api/query", false);
        check("https://notarxiv.org/api/query", false);
        check("https://arxiv.org.example/api/query", false);
    }
}
