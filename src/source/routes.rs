//! Which source is asked for what, and in which order: what is known is not asked for, and what cannot be asked is served as
//! old as it is.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};
use std::error::Error;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::time::Duration;

use url::Url;

use super::arxiv_api::Service;
use super::cache::{Age, Cache, CacheError, Recalled};
use super::memory::Memory;
use super::snapshot::{self, Match, Question, SnapshotError};
use super::titles::TitleQuestion;
use super::{Authority, NoClient, Outcome, Settled, network};
use crate::model::{Paper, Step, VersionedId};

/// Whether anybody may be asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Connectivity {
    /// Services may be asked.
    #[default]
    Online,
    /// No socket is opened.
    Offline,
}

/// Another route to the metadata of e-prints, with its address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fallback {
    /// arXiv's OAI-PMH interface.
    OaiPmh(Url),
    /// DataCite's REST API.
    Datacite(Url),
}

impl Fallback {
    fn endpoint(&self) -> &Url {
        let (Self::OaiPmh(endpoint) | Self::Datacite(endpoint)) = self;
        endpoint
    }

    pub(super) fn oai_pmh(&self) -> Option<&Url> {
        match self {
            Self::OaiPmh(endpoint) => Some(endpoint),
            Self::Datacite(_) => None,
        }
    }

    pub(super) fn datacite(&self) -> Option<&Url> {
        match self {
            Self::Datacite(endpoint) => Some(endpoint),
            Self::OaiPmh(_) => None,
        }
    }
}

/// What is done about papers of which only the title is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Titles {
    /// Nothing, unless a snapshot is at hand.
    #[default]
    Left,
    /// They are looked up on the API.
    LookedUp,
}

/// What is made of answers that are still fresh.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FreshAnswers {
    /// They count.
    #[default]
    Count,
    /// They are asked for again.
    AskedAgain,
}

/// The ways to metadata that a run may use.
#[derive(Clone, Debug)]
pub struct Routes {
    /// arXiv's API.
    pub arxiv: Service,
    /// Whom to ask where the API refuses, in any order.
    pub fallbacks: Vec<Fallback>,
    /// The folder of the gates that keep all processes on this machine to one pace together; `None` to go without.
    pub gates: Option<PathBuf>,
    /// A downloaded snapshot of arXiv's metadata, to look into before anybody is asked.
    pub snapshot: Option<PathBuf>,
    /// What is done about papers of which only the title is known.
    pub titles: Titles,
    /// The file of answers; `None` to go without.
    pub cache: Option<PathBuf>,
    /// Whose the answers in that file are that an earlier version of the program kept there without a name.
    pub heir: Option<Authority>,
    /// How long an answer is fresh.
    pub max_age: Duration,
    /// What is made of fresh answers.
    pub fresh: FreshAnswers,
    /// Whether anybody may be asked.
    pub connectivity: Connectivity,
}

impl Routes {
    /// Whose answers count: those of all who may be asked, whenever they gave them.
    fn believed(&self) -> Vec<Authority> {
        let mut believed = Authority::of(&self.arxiv.endpoint).with_others();
        believed.extend(self.fallbacks.iter().map(|fallback| Authority::of(fallback.endpoint())));
        believed.sort();
        believed.dedup();
        believed
    }

    /// What was answered before; a snapshot is looked into together with all else.
    pub fn memory(&self) -> Memory {
        Memory { cache: self.cache.clone(), snapshot: None, believed: self.believed() }
    }
}

/// What is known in the end.
#[derive(Debug, Default)]
pub struct Answers {
    /// Each identifier that is answered for.
    pub outcomes: HashMap<VersionedId, Outcome>,
    /// The e-prints that may be the papers of which only the title is known.
    pub matches: Vec<Match>,
    /// How many of them are older than wanted, since they could not be asked for again.
    pub stale: usize,
    /// How many requests were made.
    pub requests: usize,
    /// Whether arXiv's API would not answer any more.
    pub gave_up: bool,
    /// What the user should know.
    pub notices: Vec<String>,
}

/// There is no way to metadata.
#[derive(Debug, thiserror::Error)]
pub enum RouteError {
    /// No HTTP client could be made.
    #[error(transparent)]
    Client(#[from] NoClient),
    /// The snapshot that was named cannot serve.
    #[error(transparent)]
    Snapshot(#[from] SnapshotError),
    /// What was named as the cache is none.
    #[error(transparent)]
    Cache(CacheError),
}

impl RouteError {
    /// What the user can do about it.
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            Self::Client(_) => None,
            Self::Snapshot(error) => Some(error.hint()),
            Self::Cache(error) => error.hint(),
        }
    }
}

/// Finds out about each identifier, by what is known first and by asking then; and about the titles, where there is a snapshot
/// or the user wants them looked up. `tell` hears of each step.
///
/// # Errors
/// No HTTP client could be made, the snapshot cannot be read, or the cache is none. Whatever services do is an outcome and no error.
pub async fn answer(
    routes: &Routes,
    wanted: &[VersionedId],
    titles: &[TitleQuestion],
    mut tell: impl FnMut(Step),
) -> Result<Answers, RouteError> {
    let mut answers = Answers::default();
    let mut store = Store::open(routes, &mut answers.notices).map_err(RouteError::Cache)?;
    let mut stale = HashMap::new();
    let mut unknown = Vec::new();
    let mut recalled = store.recall(wanted, &mut answers.notices);
    let mut seen = HashSet::new();
    for id in wanted.iter().filter(|id| seen.insert(*id)) {
        match recalled.remove(id) {
            Some(Recalled { outcome, age: Age::Fresh }) if routes.fresh == FreshAnswers::Count => {
                answers.outcomes.insert(id.clone(), outcome);
            }
            Some(Recalled { outcome, .. }) => {
                stale.insert(id.clone(), outcome);
                unknown.push(id.clone());
            }
            None => unknown.push(id.clone()),
        }
    }
    if let Some(path) = &routes.snapshot {
        look_up(path, &mut unknown, &stale, titles, &mut answers)?;
    }
    tell(Step::Settled { ids: answers.outcomes.len(), requests_left: unknown.len().div_ceil(routes.arxiv.batch) });

    if routes.connectivity == Connectivity::Online {
        let Answers { outcomes, notices, .. } = &mut answers;
        let settle = |authority: &Authority, settled: Vec<Settled>| {
            store.remember(authority, &settled, notices);
            outcomes.extend(settled);
        };
        let titles = if routes.titles == Titles::LookedUp { titles } else { &[] };
        let asked = network::ask(routes, unknown, titles, settle, tell).await?;
        answers.requests = asked.requests;
        answers.gave_up = asked.gave_up;
        answers.matches.extend(asked.matches);
        answers.notices.extend(asked.stopped.map(|stopped| stopped.to_string()));
        if asked.titles_left > 0 {
            let left = match asked.titles_left {
                1 => "1 paper without identifier was".to_owned(),
                several => format!("{several} papers without identifier were"),
            };
            answers.notices.push(format!("{left} not looked for on arXiv; run again later"));
        }
    }
    for (id, outcome) in stale {
        if let Entry::Vacant(place) = answers.outcomes.entry(id) {
            place.insert(outcome);
            answers.stale += 1;
        }
    }
    answers.matches.sort_by(|one, other| (one.question, &one.id).cmp(&(other.question, &other.id)));
    answers.matches.dedup_by(|one, other| (one.question, &one.id) == (other.question, &other.id));
    Ok(answers)
}

/// Looks through the snapshot for what is not known yet, and takes from `unknown` what it tells.
fn look_up(
    path: &Path,
    unknown: &mut Vec<VersionedId>,
    stale: &HashMap<VersionedId, Outcome>,
    titles: &[TitleQuestion],
    answers: &mut Answers,
) -> Result<(), SnapshotError> {
    let threads = std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
    let found = snapshot::search(path, &Question { ids: unknown, titles }, threads)?;
    let mut told: HashMap<_, _> = found.papers.into_iter().map(|paper| (paper.id.clone(), paper)).collect();
    unknown.retain(|id| {
        // A download may be older than what the cache remembers; then arXiv is asked which it is.
        let is_newer = |paper: &Paper| match stale.get(id) {
            Some(Outcome::Found(known)) => known.version <= paper.version,
            _ => true,
        };
        match told.remove(&id.id).filter(is_newer) {
            Some(paper) => answers.outcomes.insert(id.clone(), Outcome::Found(Box::new(paper))).is_some(),
            None => true,
        }
    });
    answers.matches.extend(found.matches);
    if found.broken_lines > 0 {
        let (broken, lines) = (found.broken_lines, found.lines);
        answers
            .notices
            .push(format!("{broken} of the {lines} lines of {} are broken and were passed over", path.display()));
    }
    let cut = |why| format!("the snapshot {} breaks off ({why}); what came before that was used", path.display());
    answers.notices.extend(found.cut.map(cut));
    Ok(())
}

/// The cache, as long as it serves. A cache that fails is said once and then done without.
struct Store<'a> {
    cache: Option<Cache>,
    routes: &'a Routes,
}

impl<'a> Store<'a> {
    /// Opens the cache. What is none is the user's to see to, and everything else is done without.
    fn open(routes: &'a Routes, notices: &mut Vec<String>) -> Result<Self, CacheError> {
        let mut store = Self { cache: None, routes };
        match routes.cache.as_deref().map(Cache::open) {
            Some(Err(error)) if error.is_foreign() => return Err(error),
            Some(opened) => store.take_up(opened, notices),
            None => {}
        }
        Ok(store)
    }

    fn take_up(&mut self, opened: Result<(Cache, Option<String>), CacheError>, notices: &mut Vec<String>) {
        match opened {
            Ok((cache, warning)) => {
                notices.extend(warning);
                match self.routes.heir.as_ref().map_or(Ok(()), |heir| cache.hand_down(heir)) {
                    Ok(()) => self.cache = Some(cache),
                    Err(error) => notices.push(gone(&error)),
                }
            }
            Err(error) => notices.push(gone(&error)),
        }
    }

    /// What the cache knows of these identifiers.
    fn recall<'b>(&mut self, ids: &'b [VersionedId], notices: &mut Vec<String>) -> HashMap<&'b VersionedId, Recalled> {
        let mut known = HashMap::new();
        let Some(cache) = &self.cache else { return known };
        let take = |id, recalled| drop(known.insert(id, recalled));
        let believed = self.routes.believed();
        if let Err(error) = cache.recall(ids, &believed, self.routes.max_age, self.routes.arxiv.clock.now(), take) {
            self.replace(&error, notices);
        }
        known
    }

    fn remember(&mut self, authority: &Authority, settled: &[Settled], notices: &mut Vec<String>) {
        let Some(cache) = &mut self.cache else { return };
        let now = self.routes.arxiv.clock.now();
        let Err(error) = cache.remember(authority, settled, now) else { return };
        self.replace(&error, notices);
        if let Some(cache) = &mut self.cache
            && let Err(error) = cache.remember(authority, settled, now)
        {
            self.cache = None;
            notices.push(gone(&error));
        }
    }

    /// Begins a new cache in the place of one that turned out to be damaged; with any other fault there is none from now on.
    fn replace(&mut self, error: &CacheError, notices: &mut Vec<String>) {
        self.cache = None;
        match &self.routes.cache {
            Some(path) if error.is_damage() => self.take_up(Cache::open_sound(path), notices),
            _ => notices.push(gone(error)),
        }
    }
}

fn gone(error: &dyn Error) -> String {
    let cause = error.source().map(|cause| format!(" ({cause})")).unwrap_or_default();
    format!("{error}{cause}; this run goes on without it")
}
