//! What to ask next, and what an answer settles: the whole conversation with the API, without the network.
//!
//! The API leaves out what it does not know, and on bad days also what it does. So a paper that a good answer left out is
//! asked for once more, together with the others that were, and an answer is good only if it holds at least one paper that
//! must be there. That paper is the witness: one that the service has shown in this run, or arXiv's first.

use std::collections::{HashMap, VecDeque};

use crate::model::{ArxivId, Paper, VersionedId};
use crate::source::{Outcome, Settled};

/// The first e-print with a new-style identifier. arXiv has it; a replayed or partial service may not.
const FIRST_EPRINT: &str = "0704.0001";

/// How many empty answers in a row for one lone identifier a service that is not arXiv must give to be believed, as long as
/// it has shown no paper at all: it may hold no witness either.
const EMPTY_ANSWERS_BELIEVED: u32 = 4;

/// Whether the service is arXiv, which is known to hold the first e-print.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Holdings {
    Arxiv,
    Unknown,
}

/// The identifiers of one request.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Batch {
    ids: Vec<VersionedId>,
    round: Round,
    /// How many answers to this batch in a row held nothing.
    empty_answers: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Round {
    /// Asked for the first time.
    First,
    /// Left out of a good answer once.
    Again,
}

/// What an answer came to.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Verdict {
    /// What is known from now on.
    pub(super) settled: Vec<Settled>,
    /// Why the answer cannot be believed, where it cannot: the batch waits to be asked again.
    pub(super) doubt: Option<&'static str>,
}

/// The state of the conversation.
pub(super) struct Asking {
    holdings: Holdings,
    /// At most so many identifiers go into a request; the service may have lowered it.
    limit: usize,
    /// Not asked yet.
    waiting: VecDeque<VersionedId>,
    /// To be asked again as they were.
    returned: VecDeque<Batch>,
    /// Left out of a good answer, to be asked once more.
    left_out: VecDeque<VersionedId>,
    /// A paper that the service has shown.
    witness: Option<ArxivId>,
}

impl Asking {
    pub(super) fn new(wanted: impl IntoIterator<Item = VersionedId>, limit: usize, holdings: Holdings) -> Self {
        Self {
            holdings,
            limit,
            waiting: wanted.into_iter().collect(),
            returned: VecDeque::new(),
            left_out: VecDeque::new(),
            witness: None,
        }
    }

    /// The next batch. `fitting` says how many of these identifiers, from the first, fit into a request of at most so many.
    pub(super) fn next(&mut self, fitting: impl Fn(&[VersionedId], usize) -> usize) -> Option<Batch> {
        if let Some(mut batch) = self.returned.pop_front() {
            let fits = fitting(&batch.ids, self.limit);
            if fits < batch.ids.len() {
                let rest = batch.ids.split_off(fits);
                self.returned.push_front(Batch { ids: rest, ..Batch::new(batch.round) });
            }
            return Some(batch);
        }
        let round = if self.waiting.is_empty() { Round::Again } else { Round::First };
        let source = if round == Round::First { &mut self.waiting } else { &mut self.left_out };
        let mut fits = fitting(source.make_contiguous(), self.limit).min(source.len());
        let mut batch = Batch::new(round);
        batch.ids = source.drain(..fits).collect();
        // Asked again, an identifier may go out twice, and the witness goes with them.
        while round == Round::Again && fits > 1 {
            let question = self.question(&batch);
            if fitting(&question, self.limit) == question.len() {
                break;
            }
            fits /= 2;
            batch.ids.drain(fits..).rev().for_each(|id| self.left_out.push_front(id));
        }
        (!batch.ids.is_empty()).then_some(batch)
    }

    /// How many batches are ahead at the least.
    pub(super) fn batches_left(&self) -> usize {
        self.waiting.len().div_ceil(self.limit) + self.returned.len() + usize::from(!self.left_out.is_empty())
    }

    /// The identifiers to send for a batch.
    pub(super) fn question(&self, batch: &Batch) -> Vec<VersionedId> {
        let mut question = batch.ids.clone();
        if batch.round == Round::Again {
            // Perhaps only the pinned version is unknown.
            let pinned = batch.ids.iter().filter(|id| id.version.is_some());
            question.extend(pinned.map(|id| VersionedId::from(id.id.clone())));
        }
        if batch.round == Round::Again || batch.empty_answers > 0 {
            question.extend(self.witness().filter(|id| batch.ids.iter().all(|other| other.id != *id)).map(Into::into));
        }
        question
    }

    /// Takes the papers of a whole answer to a batch.
    pub(super) fn answered(&mut self, batch: Batch, papers: Vec<Paper>) -> Verdict {
        let (settled, rest, good) = self.sort(&batch, papers);
        if good {
            return Verdict { settled: self.leave_out(settled, rest, batch.round), doubt: None };
        }
        let empty_answers = batch.empty_answers + 1;
        let lone = self.holdings == Holdings::Unknown && self.witness.is_none() && rest.len() == 1;
        if lone && empty_answers >= EMPTY_ANSWERS_BELIEVED {
            return Verdict { settled: self.leave_out(settled, rest, Round::Again), doubt: None };
        }
        self.returned.push_front(Batch { ids: rest, empty_answers, ..Batch::new(batch.round) });
        Verdict { settled, doubt: Some("answered with none of the papers") }
    }

    /// Takes the papers of an answer that broke off; the rest of the batch is asked again.
    pub(super) fn broke_off(&mut self, batch: Batch, papers: Vec<Paper>) -> Vec<Settled> {
        let (settled, rest, _) = self.sort(&batch, papers);
        if !rest.is_empty() {
            self.returned.push_front(Batch { ids: rest, ..Batch::new(batch.round) });
        }
        settled
    }

    /// Puts a batch back that got no answer.
    pub(super) fn refused(&mut self, batch: Batch) {
        self.returned.push_front(batch);
    }

    /// Takes a rejection. Identifiers that it names are settled as missing; if it names none, the batch is asked in halves,
    /// and a lone identifier is given up for this run without being called missing.
    pub(super) fn rejected(&mut self, mut batch: Batch, texts: &[String]) -> Vec<Settled> {
        let (named, rest): (Vec<_>, Vec<_>) =
            std::mem::take(&mut batch.ids).into_iter().partition(|id| names(texts, id));
        if named.is_empty() {
            self.halve(Batch { ids: rest, ..batch });
        } else if !rest.is_empty() {
            self.returned.push_front(Batch { ids: rest, ..batch });
        }
        named.into_iter().map(|id| (id, Outcome::Missing)).collect()
    }

    /// Takes the word that a request was too long: no later one will be.
    pub(super) fn too_long(&mut self, batch: Batch) {
        self.limit = (batch.ids.len() / 2).clamp(1, self.limit);
        self.halve(batch);
    }

    fn halve(&mut self, mut batch: Batch) {
        if batch.ids.len() < 2 {
            return;
        }
        let second = batch.ids.split_off(batch.ids.len() / 2);
        self.returned.push_front(Batch { ids: second, ..Batch::new(batch.round) });
        self.returned.push_front(batch);
    }

    fn witness(&self) -> Option<ArxivId> {
        self.witness.clone().or_else(|| FIRST_EPRINT.parse().ok())
    }

    /// Finds each identifier's paper: what was settled, what was not, and whether the answer held any paper it had to.
    fn sort(&mut self, batch: &Batch, papers: Vec<Paper>) -> (Vec<Settled>, Vec<VersionedId>, bool) {
        let mut told: HashMap<ArxivId, Vec<Paper>> = HashMap::new();
        for paper in papers {
            told.entry(paper.id.clone()).or_default().push(paper);
        }
        let testified = self.witness().is_some_and(|witness| told.contains_key(&witness));
        let mut settled = Vec::new();
        let mut rest = Vec::new();
        for id in &batch.ids {
            match told.get_mut(&id.id).and_then(|papers| pick(papers, id, batch.round)) {
                Some(paper) => settled.push((id.clone(), Outcome::Found(Box::new(paper)))),
                None => rest.push(id.clone()),
            }
        }
        if let Some((id, _)) = settled.first() {
            self.witness.get_or_insert_with(|| id.id.clone());
        }
        let good = testified || !settled.is_empty();
        (settled, rest, good)
    }

    /// Deals with what a good answer left out.
    fn leave_out(&mut self, mut settled: Vec<Settled>, rest: Vec<VersionedId>, round: Round) -> Vec<Settled> {
        match round {
            Round::First => self.left_out.extend(rest),
            Round::Again => settled.extend(rest.into_iter().map(|id| (id, Outcome::Missing))),
        }
        settled
    }
}

impl Batch {
    fn new(round: Round) -> Self {
        Self { ids: Vec::new(), round, empty_answers: 0 }
    }
}

/// The paper that answers for an identifier: the pinned version, else the latest. In the second round the latest also stands
/// in for a pinned version that arXiv does not have.
fn pick(papers: &mut Vec<Paper>, id: &VersionedId, round: Round) -> Option<Paper> {
    let pinned = id.version.and_then(|version| papers.iter().position(|paper| paper.version == Some(version)));
    let latest = || (0..papers.len()).max_by_key(|&at| papers[at].version);
    let at = match (pinned, id.version, round) {
        (Some(at), ..) => at,
        (None, Some(_), Round::First) => return None,
        (None, ..) => latest()?,
    };
    Some(papers.swap_remove(at))
}

/// Whether one of the service's texts names this identifier, as a whole word and not within a longer one.
fn names(texts: &[String], id: &VersionedId) -> bool {
    let id = id.to_string();
    let within = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '/' | '-');
    texts.iter().any(|text| text.split(|c| !within(c)).any(|word| word.trim_end_matches('.') == id))
}

#[cfg(test)]
mod tests;
