//! Whom to ask for metadata, and how: the command line over the settings file, checked.

use std::path::{Path, PathBuf};
use std::time::Duration;

use etcetera::BaseStrategy;
use url::Url;

use super::UsageError;
use crate::cli::{AskingOptions, FallbackName, MemoryOptions};
use crate::source::arxiv_api::{self, Service};
use crate::source::memory::Memory;
use crate::source::routes::{Connectivity, Fallback, FreshAnswers, Routes, Titles};
use crate::source::{Authority, Clock, datacite, host_name, oai_pmh};

const DEFAULT_BATCH: usize = 400;
const DEFAULT_DEADLINE: Duration = Duration::from_secs(600);
const DEFAULT_MAX_AGE: Duration = Duration::from_secs(7 * 24 * 3600);

/// The ways to metadata.
pub(super) fn routes(flags: AskingOptions, set: AskingOptions, clock: Clock) -> Result<Routes, UsageError> {
    let Memory { cache, snapshot, .. } = memory(&flags.memory, &set.memory)?;
    let own = cache_path(&flags.memory, &set.memory)?;
    let service = Service {
        endpoint: endpoint(flags.memory.api_url.or(set.memory.api_url))?,
        interval: flags.interval.or(set.interval).map_or(arxiv_api::SHORTEST_INTERVAL, |length| length.0),
        batch: flags.batch.or(set.batch).unwrap_or(DEFAULT_BATCH),
        deadline: flags.deadline.or(set.deadline).map_or(DEFAULT_DEADLINE, |length| length.0),
        contact: flags.contact.or(set.contact).filter(|contact| !contact.is_empty()),
        clock,
    };
    check(&service)?;
    let named = flags.fallback.or(set.fallback);
    let (oai_url, datacite_url) = (flags.oai_url.or(set.oai_url), flags.datacite_url.or(set.datacite_url));
    Ok(Routes {
        fallbacks: fallbacks(named, oai_url, datacite_url, &service)?,
        gates: own.as_deref().and_then(Path::parent).map(Path::to_owned),
        snapshot,
        titles: if flags.find_missing || set.find_missing { Titles::LookedUp } else { Titles::Left },
        heir: own.as_deref().and_then(|path| heir(path, &service.endpoint)),
        arxiv: service,
        cache,
        max_age: flags.max_age.or(set.max_age).map_or(DEFAULT_MAX_AGE, |length| length.0),
        fresh: if flags.refresh || set.refresh { FreshAnswers::AskedAgain } else { FreshAnswers::Count },
        connectivity: if flags.offline || set.offline { Connectivity::Offline } else { Connectivity::Online },
    })
}

/// What is known without asking anybody.
pub(super) fn memory(flags: &MemoryOptions, set: &MemoryOptions) -> Result<Memory, UsageError> {
    let endpoint = endpoint(flags.api_url.clone().or_else(|| set.api_url.clone()))?;
    let is_wanted = !(flags.no_cache || set.no_cache);
    Ok(Memory {
        cache: if is_wanted { cache_path(flags, set)? } else { None },
        snapshot: flags.snapshot.clone().or_else(|| set.snapshot.clone()),
        believed: Authority::of(&endpoint).with_others(),
    })
}

/// The file of answers, whether it is used or not.
fn cache_path(flags: &MemoryOptions, set: &MemoryOptions) -> Result<Option<PathBuf>, UsageError> {
    let endpoint = endpoint(flags.api_url.clone().or_else(|| set.api_url.clone()))?;
    Ok(flags.cache.clone().or_else(|| set.cache.clone()).or_else(|| cache_file(&endpoint)))
}

/// The file of answers in the user's cache folder, where this system's programs keep such things. What another service than
/// arXiv answers, a made-up one perhaps, is kept apart: it must never pass for arXiv's word.
pub(super) fn cache_file(endpoint: &Url) -> Option<PathBuf> {
    let folders = etcetera::base_strategy::choose_native_strategy().ok()?;
    let name = if arxiv_api::is_arxiv(endpoint) {
        "answers.sqlite".to_owned()
    } else {
        format!("answers-{}.sqlite", host_name(endpoint))
    };
    Some(folders.cache_dir().join("enrich").join(name))
}

/// Whose the answers in a file are that an earlier version of the program kept there without a name: those of the service whose
/// own file it is. Who filled a file of the user's is not known.
pub(super) fn heir(path: &Path, endpoint: &Url) -> Option<Authority> {
    let owners = [arxiv_api::endpoint(), endpoint.clone()];
    owners.iter().find(|owner| cache_file(owner).is_some_and(|own| own == path)).map(Authority::of)
}

/// The address of the API that is asked.
pub(super) fn endpoint(asked: Option<Url>) -> Result<Url, UsageError> {
    let mut url = web_address("--api-url", asked.unwrap_or_else(arxiv_api::endpoint))?;
    // Plain http is redirected there, which would cost a second request.
    if arxiv_api::is_arxiv(&url) && url.port().is_none() {
        let _ = url.set_scheme("https");
    }
    Ok(url)
}

fn web_address(option: &'static str, url: Url) -> Result<Url, UsageError> {
    if !matches!(url.scheme(), "http" | "https") || url.host_str().is_none() {
        return Err(UsageError::Address { option, scheme: url.scheme().to_owned() });
    }
    Ok(url)
}

/// The other routes that are allowed. A service that stands in for arXiv's stands alone, unless the others are named too.
fn fallbacks(
    named: Option<Vec<FallbackName>>,
    oai_url: Option<Url>,
    datacite_url: Option<Url>,
    service: &Service,
) -> Result<Vec<Fallback>, UsageError> {
    let stands_in = !arxiv_api::is_arxiv(&service.endpoint);
    let allowed = |name, url: &Option<Url>| match &named {
        Some(names) => names.contains(&name) && !names.contains(&FallbackName::None),
        None => !stands_in || url.is_some(),
    };
    let mut fallbacks = Vec::new();
    if allowed(FallbackName::OaiPmh, &oai_url) {
        let endpoint = web_address("--oai-url", oai_url.unwrap_or_else(oai_pmh::endpoint))?;
        check_interval(&endpoint, service.interval)?;
        fallbacks.push(Fallback::OaiPmh(endpoint));
    }
    if allowed(FallbackName::Datacite, &datacite_url) {
        fallbacks
            .push(Fallback::Datacite(web_address("--datacite-url", datacite_url.unwrap_or_else(datacite::endpoint))?));
    }
    Ok(fallbacks)
}

/// arXiv's terms hold for each of its hosts.
fn check_interval(endpoint: &Url, interval: Duration) -> Result<(), UsageError> {
    if arxiv_api::is_arxiv(endpoint) && interval < arxiv_api::SHORTEST_INTERVAL {
        return Err(UsageError::TooFast { interval, host: endpoint.host_str().unwrap_or_default().to_owned() });
    }
    Ok(())
}

fn check(service: &Service) -> Result<(), UsageError> {
    check_interval(&service.endpoint, service.interval)?;
    if !(1..=arxiv_api::LARGEST_BATCH).contains(&service.batch) {
        return Err(UsageError::Batch(service.batch));
    }
    let is_plain =
        |contact: &str| contact.bytes().all(|byte| byte.is_ascii_graphic()) && !contact.contains(['(', ')', ';']);
    if service.contact.as_deref().is_some_and(|contact| !is_plain(contact) || !contact.contains('@')) {
        return Err(UsageError::Contact);
    }
    Ok(())
}
