//! What is known of each paper when the lists are checked: its latest version, and earlier ones where they may explain a title.

use std::collections::HashMap;
use std::time::Duration;

use super::super::{RunError, asking};
use crate::check::{self, Known};
use crate::merge::Knowledge;
use crate::model::{ArxivId, Entry, Paper, Record, Version, VersionedId};
use crate::progress::Progress;
use crate::report::Report;
use crate::source::arxiv_api::Service;
use crate::source::routes::{Connectivity, FreshAnswers, Routes};

/// So long at most earlier versions are asked for: it is good to know them, and no more than that.
const PATIENCE: Duration = Duration::from_secs(30);

/// The ways to metadata, and what is left of the time for asking: none where a service would not answer.
#[derive(Clone, Copy)]
pub(super) struct Asking<'a> {
    pub(super) routes: &'a Routes,
    pub(super) time_left: Duration,
}

/// What sources say, and what the earlier output said of another version.
pub(super) fn of(known: &HashMap<ArxivId, Knowledge>, earlier: &[Record]) -> HashMap<ArxivId, Known> {
    let papers = known.iter().filter_map(|(id, knowledge)| match knowledge {
        Knowledge::Found(paper) => Some((id.clone(), (**paper).clone())),
        Knowledge::Kept(record) => Some((id.clone(), described(record)?)),
        Knowledge::Missing => None,
    });
    let mut told: HashMap<_, _> = papers.map(|(id, latest)| (id, Known { latest, earlier: Vec::new() })).collect();
    for record in earlier {
        let Some(paper) = described(record) else { continue };
        if let Some(known) = told.get_mut(&paper.id).filter(|known| paper.version < known.latest.version) {
            known.earlier.push(paper);
        }
    }
    told
}

/// Whether an earlier record tells what is not known: the paper, or another version of it.
pub(super) fn adds(record: &Record, known: Option<&Knowledge>) -> bool {
    match known {
        None => true,
        Some(Knowledge::Found(paper)) => record.version < paper.version,
        Some(Knowledge::Kept(_) | Knowledge::Missing) => false,
    }
}

/// Asks for an earlier version of each paper that the list calls by another title: the one it pins, else the first.
pub(super) async fn add_earlier_versions(
    told: &mut HashMap<ArxivId, Known>,
    entries: &[Entry],
    asking: Asking<'_>,
    progress: &Progress,
    report: &mut Report,
) -> Result<(), RunError> {
    let mut wanted: Vec<VersionedId> = entries.iter().filter_map(|entry| questioned(entry, told)).collect();
    wanted.sort();
    wanted.dedup_by(|one, other| one.id == other.id);
    if wanted.is_empty() {
        return Ok(());
    }
    let Asking { routes, time_left } = asking;
    let routes = Routes {
        connectivity: if time_left.is_zero() { Connectivity::Offline } else { routes.connectivity },
        // Of these only the API and what it has answered know any but the latest version.
        snapshot: None,
        fallbacks: Vec::new(),
        // What a version is called does not change.
        max_age: Duration::MAX,
        fresh: FreshAnswers::Count,
        arxiv: Service { deadline: time_left.min(PATIENCE), ..routes.arxiv.clone() },
        ..routes.clone()
    };
    let mut aside = Report::default();
    let known = asking::ask(&routes, &[], &wanted, progress, &mut aside).await?;
    report.requests += aside.requests;
    for (id, knowledge) in known {
        if let (Knowledge::Found(paper), Some(known)) = (knowledge, told.get_mut(&id))
            && paper.version < known.latest.version
        {
            known.earlier.push(*paper);
        }
    }
    Ok(())
}

/// The earlier version to look at, where the titles do not agree and there is one.
fn questioned(entry: &Entry, told: &HashMap<ArxivId, Known>) -> Option<VersionedId> {
    let id = entry.id.as_ref()?;
    let known = told.get(&id.id)?;
    let latest = known.latest.version?;
    let is_explained = |paper: &Paper| check::titles_agree(entry.title.as_deref().unwrap_or_default(), &paper.title);
    if latest == Version::MIN || is_explained(&known.latest) || known.earlier.iter().any(is_explained) {
        return None;
    }
    let version = id.version.filter(|version| *version < latest).unwrap_or(Version::MIN);
    Some(VersionedId { id: id.id.clone(), version: Some(version) })
}

/// The paper that a record of an earlier output describes.
fn described(record: &Record) -> Option<Paper> {
    Some(Paper {
        id: record.arxiv_id.clone()?,
        version: record.version,
        title: record.title.clone()?,
        authors: record.authors.clone(),
        summary: record.summary.as_deref().map(str::to_owned),
        primary_category: record.primary_category.clone(),
        categories: record.categories.clone(),
        published: record.published,
        updated: record.updated,
        comment: record.comment.clone(),
        journal_ref: record.journal_ref.clone(),
        doi: record.doi.clone(),
        source: record.source,
    })
}
