//! The services in turn: arXiv's API first; where it refuses for a minute, the other routes that the user allows; and then the
//! API again until the deadline, for what they could not tell.

use std::collections::HashSet;
use std::time::Duration;

use tokio::time::{Instant, sleep};
use url::Url;

use super::arxiv_api::answer::Answer;
use super::arxiv_api::{self, search};
use super::exchange::{self, Connection};
use super::gate::Gate;
use super::pace::Pace;
use super::retry::{Bearing, Retry, Stopped};
use super::routes::{Fallback, Routes};
use super::snapshot::Match;
use super::titles::TitleQuestion;
use super::{Authority, NoClient, Outcome, Settled, datacite, oai_pmh};
use crate::model::{ArxivId, Paper, Step, VersionedId};

/// OAI-PMH tells one paper a request. For more than so many DataCite is quicker, and no load on arXiv.
const FEW_ENOUGH_FOR_OAI: usize = 20;

/// DataCite allows 500 requests in five minutes.
const DATACITE_INTERVAL: Duration = Duration::from_millis(600);

/// So many refusals in a row end a fallback: it is no better off than the API then.
const REFUSALS_BORNE: u32 = 3;

/// How the asking went.
#[derive(Debug, Default)]
pub(super) struct Asked {
    /// How many requests were made, to whomever.
    pub(super) requests: usize,
    /// The papers that bear the titles asked for.
    pub(super) matches: Vec<Match>,
    /// How many titles were not asked for, since the service would not answer any more.
    pub(super) titles_left: usize,
    /// Why it ended early, if it did.
    pub(super) stopped: Option<Stopped>,
    /// Whether arXiv's API would not answer any more, even where another service could.
    pub(super) gave_up: bool,
}

/// Asks the services for these identifiers. `settle` gets the outcomes of each answer, and whose word they are, before the next
/// request is made.
///
/// # Errors
/// No HTTP client could be made.
pub(super) async fn ask(
    routes: &Routes,
    wanted: Vec<VersionedId>,
    titles: &[TitleQuestion],
    settle: impl FnMut(&Authority, Vec<Settled>),
    tell: impl FnMut(Step),
) -> Result<Asked, NoClient> {
    if wanted.is_empty() && titles.is_empty() {
        return Ok(Asked::default());
    }
    let until = Instant::now() + routes.arxiv.deadline;
    let mut arxiv = connect(routes, &routes.arxiv.endpoint, routes.arxiv.interval)?;
    let mut inquiry = Inquiry { routes, until, left: wanted, requests: 0, settle, tell };
    let bearing = if routes.fallbacks.is_empty() { Bearing::ToTheEnd } else { Bearing::AMinute };
    let mut stopped = inquiry.api(&mut arxiv, bearing).await;
    if stopped.is_some() {
        stopped = inquiry.fall_back(&mut arxiv, stopped).await?;
    }
    let (matches, titles_left) = match stopped {
        // A service that was only busy may answer by now.
        None | Some(Stopped::Refusing { .. }) => inquiry.titles(titles, &mut arxiv).await,
        Some(_) => (Vec::new(), askable(titles).count()),
    };
    let gave_up = stopped.is_some() || titles_left > 0;
    let stopped = stopped.filter(|_| !inquiry.left.is_empty());
    Ok(Asked { requests: inquiry.requests, matches, titles_left, stopped, gave_up })
}

/// The way to a service, through the gate of its host where there is one.
fn connect(routes: &Routes, endpoint: &Url, interval: Duration) -> Result<Connection, NoClient> {
    let gate = routes.gates.as_ref().and_then(|folder| Gate::to(endpoint, folder).ok());
    let client = exchange::client(routes.arxiv.contact.as_deref())?;
    Ok(Connection { client, pace: Pace::new(interval, gate, routes.arxiv.clock) })
}

/// What is still to be found out, and whom to tell.
struct Inquiry<'a, S, T> {
    routes: &'a Routes,
    until: Instant,
    left: Vec<VersionedId>,
    requests: usize,
    settle: S,
    tell: T,
}

impl<S: FnMut(&Authority, Vec<Settled>), T: FnMut(Step)> Inquiry<'_, S, T> {
    /// Asks the API for what is left, and says why it ended early, if it did.
    async fn api(&mut self, arxiv: &mut Connection, bearing: Bearing) -> Option<Stopped> {
        let Self { routes, until, left, requests, settle, tell } = self;
        let retry = Retry::new(routes.arxiv.interval, *until, bearing);
        let authority = Authority::of(&routes.arxiv.endpoint);
        let mut settled_ids = HashSet::new();
        let mut settle = |settled: Vec<Settled>| {
            settled_ids.extend(settled.iter().map(|(id, _)| id.clone()));
            settle(&authority, settled);
        };
        let asked = arxiv_api::fetch(&routes.arxiv, left.clone(), arxiv, retry, &mut settle, tell).await;
        *requests += asked.requests;
        left.retain(|id| !settled_ids.contains(id));
        asked.stopped
    }

    /// Takes the other routes after the API has stopped, and comes back to it where it only refused.
    async fn fall_back(
        &mut self,
        arxiv: &mut Connection,
        stopped: Option<Stopped>,
    ) -> Result<Option<Stopped>, NoClient> {
        let mut stopped = stopped;
        let oai = self.routes.fallbacks.iter().find_map(Fallback::oai_pmh);
        let datacite = self.routes.fallbacks.iter().find_map(Fallback::datacite);
        if let (Some(Stopped::Refusing { .. }), Some(endpoint)) = (&stopped, oai)
            && self.left.len() <= FEW_ENOUGH_FOR_OAI
        {
            stopped = self.oai_pmh(endpoint, arxiv).await.or(stopped);
        }
        let is_out_of_reach = matches!(
            stopped,
            Some(Stopped::Refusing { .. } | Stopped::Denied(_) | Stopped::NobodyThere(_) | Stopped::AskedToWait(_))
        );
        if let Some(endpoint) = datacite.filter(|_| is_out_of_reach) {
            self.datacite(endpoint).await?;
        }
        match stopped {
            Some(Stopped::Refusing { .. }) if !self.left.is_empty() => Ok(self.api(arxiv, Bearing::ToTheEnd).await),
            stopped => Ok(stopped),
        }
    }

    /// Asks OAI-PMH, one paper at a time, at arXiv's pace: arXiv counts these requests together with the API's.
    ///
    /// That OAI-PMH does not know a paper is not believed: a new one comes there later.
    async fn oai_pmh(&mut self, endpoint: &Url, arxiv: &mut Connection) -> Option<Stopped> {
        let mut retry = Retry::new(self.routes.arxiv.interval, self.until, Bearing::ToTheEnd);
        let mut refusals = 0;
        let mut asked = self.left.clone().into_iter().peekable();
        while let Some(id) = asked.peek() {
            if let Err(stopped) = arxiv.pace.ready(retry.turn_until()).await {
                return Some(stopped);
            }
            (self.tell)(Step::Asked { ids: 1 });
            let answer = oai_pmh::ask(&arxiv.client, endpoint, &id.id, retry.patience(), self.routes.arxiv.clock).await;
            arxiv.pace.answer_ended();
            self.requests += 1;
            match answer {
                oai_pmh::Answer::Paper(paper) => self.found(endpoint, vec![*paper]),
                oai_pmh::Answer::NoSuchId => {}
                oai_pmh::Answer::Refused { why, retry_after } => {
                    refusals += 1;
                    if refusals < REFUSALS_BORNE && self.pauses(&mut retry, why, retry_after).await {
                        continue;
                    }
                    return None;
                }
                oai_pmh::Answer::Denied(status) => return Some(Stopped::Denied(status.as_u16())),
                oai_pmh::Answer::WrongAddress(_) | oai_pmh::Answer::NobodyThere(_) => return None,
            }
            retry.answered();
            refusals = 0;
            asked.next();
        }
        None
    }

    /// Asks DataCite, which is no part of arXiv, in batches and at a pace of its own. What it does not have may well exist.
    async fn datacite(&mut self, endpoint: &Url) -> Result<(), NoClient> {
        let interval = if datacite::is_datacite(endpoint) { DATACITE_INTERVAL } else { self.routes.arxiv.interval };
        let mut connection = connect(self.routes, endpoint, interval)?;
        let mut retry = Retry::new(interval, self.until, Bearing::ToTheEnd);
        let mut refusals = 0;
        let ids: Vec<ArxivId> = self.left.iter().map(|id| id.id.clone()).collect();
        let mut batches = ids.chunks(datacite::BATCH).peekable();
        while let Some(batch) = batches.peek() {
            if connection.pace.ready(retry.turn_until()).await.is_err() {
                break;
            }
            (self.tell)(Step::Asked { ids: batch.len() });
            let clock = self.routes.arxiv.clock;
            let answer = datacite::ask(&connection.client, endpoint, batch, retry.patience(), clock).await;
            connection.pace.answer_ended();
            self.requests += 1;
            match answer {
                datacite::Answer::Papers(papers) => self.found(endpoint, papers),
                datacite::Answer::Refused { why, retry_after } => {
                    refusals += 1;
                    if refusals < REFUSALS_BORNE && self.pauses(&mut retry, why, retry_after).await {
                        continue;
                    }
                    return Ok(());
                }
                datacite::Answer::Denied(_) | datacite::Answer::WrongAddress(_) | datacite::Answer::NobodyThere(_) => {
                    return Ok(());
                }
            }
            retry.answered();
            refusals = 0;
            batches.next();
        }
        Ok(())
    }

    /// Looks titles up on the API, as long as it answers, and says how many are left.
    async fn titles(&mut self, titles: &[TitleQuestion], arxiv: &mut Connection) -> (Vec<Match>, usize) {
        let service = &self.routes.arxiv;
        let mut retry = Retry::new(service.interval, self.until, Bearing::AMinute);
        let mut left: Vec<_> = askable(titles).map(|(at, question)| (at, question.clone())).collect();
        let mut matches = Vec::new();
        while !left.is_empty() {
            let batch = search::fitting(&service.endpoint, &left);
            if arxiv.pace.ready(retry.turn_until()).await.is_err() {
                break;
            }
            (self.tell)(Step::Asked { ids: batch });
            let answer = search::ask(&arxiv.client, service, &left[..batch], retry.patience()).await;
            arxiv.pace.answer_ended();
            self.requests += 1;
            match answer {
                Answer::Papers(papers) => {
                    retry.answered();
                    matches.extend(search::verified(&left[..batch], &papers));
                }
                Answer::Refused { why, retry_after } => {
                    if self.pauses(&mut retry, why, retry_after).await {
                        continue;
                    }
                    break;
                }
                // A question that cannot be answered is passed over; the others may do, while there is time.
                Answer::Broken { .. } | Answer::Rejected { .. } | Answer::TooLong if !retry.is_over() => {}
                Answer::Broken { .. } | Answer::Rejected { .. } | Answer::TooLong => break,
                Answer::Denied(_) | Answer::WrongAddress(_) | Answer::NobodyThere(_) => break,
            }
            left.drain(..batch);
        }
        (matches, left.len())
    }

    /// Pauses after a refusal; false where there is no time left to ask again.
    async fn pauses(&mut self, retry: &mut Retry, why: String, asked: Option<Duration>) -> bool {
        let Ok(pause) = retry.refused(&why, asked) else { return false };
        (self.tell)(Step::Waiting { why, pause });
        sleep(pause).await;
        true
    }

    /// Settles the papers that a fallback has told, at this address.
    fn found(&mut self, endpoint: &Url, papers: Vec<Paper>) {
        let mut settled = Vec::new();
        for paper in papers {
            if let Some(at) = self.left.iter().position(|id| id.id == paper.id) {
                settled.push((self.left.remove(at), Outcome::Found(Box::new(paper))));
            }
        }
        (self.tell)(Step::Settled { ids: settled.len(), requests_left: self.left.len().div_ceil(datacite::BATCH) });
        (self.settle)(&Authority::of(endpoint), settled);
    }
}

/// The titles to ask for. Without a surname nothing can be verified, so nothing need be asked.
fn askable(titles: &[TitleQuestion]) -> impl Iterator<Item = (usize, &TitleQuestion)> {
    titles.iter().enumerate().filter(|(_, question)| !question.surnames.is_empty())
}
