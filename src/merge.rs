//! Entries and papers to records: one record for each paper, in the order of first mention.

use std::collections::HashMap;
use std::sync::Arc;

use crate::model::{
    ArxivId, Author, Category, Code, Entry, Finding, Mention, Paper, Place, Record, Source, Status, Version,
    VersionedId,
};
use crate::tex;

/// One paper of the lists: all the entries that present it, in list order.
#[derive(Debug)]
pub struct Listed<'a> {
    entries: Vec<&'a Entry>,
}

/// What is known of an identifier when the records are made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Knowledge {
    /// A source describes the paper.
    Found(Box<Paper>),
    /// arXiv has no such paper.
    Missing,
    /// Nobody could be asked, but the output of an earlier run describes the paper.
    Kept(Box<Record>),
}

/// The papers that only an entry's BibTeX names, to be asked for as well as those wanted: their titles decide which one is meant.
/// A paper that is wanted already is not asked for in a second version.
pub fn rivals(entries: &[Entry], wanted: &[VersionedId]) -> Vec<VersionedId> {
    let rivals = entries.iter().filter_map(|entry| entry.rival.clone());
    rivals.filter(|rival| wanted.iter().all(|id| id.id != *rival)).map(VersionedId::from).collect()
}

/// Where link and BibTeX name different papers and both are known, lets the titles decide, and says so in the findings.
pub fn settle_rivals(entries: &mut [Entry], known: &HashMap<ArxivId, Knowledge>, findings: &mut [Finding]) {
    let title = |id: &ArxivId| match known.get(id) {
        Some(Knowledge::Found(paper)) => Some(letters(&paper.title)),
        _ => None,
    };
    for entry in entries {
        let (Some(own), Some(rival), Some(listed)) = (entry.id.clone(), entry.rival.clone(), &entry.title) else {
            continue;
        };
        let (Some(linked), Some(cited)) = (title(&own.id), title(&rival)) else { continue };
        let listed = letters(listed);
        let verdict = match (linked == listed, cited == listed) {
            (true, false) => format!("the list's title is that of {}, so the link is right", own.id),
            (false, true) => format!("the list's title is that of {rival}, so the entry was taken for it"),
            _ => continue,
        };
        if cited == listed {
            entry.related.retain(|other| *other != rival);
            entry.related.push(own.id.clone());
            entry.id = Some(rival.into());
        }
        let is_about = |finding: &&mut Finding| {
            finding.code == Code::ConflictingIds
                && finding.place.path == entry.place.path
                && finding.place.line >= entry.place.line
                && finding.arxiv_id.as_ref() == Some(&own.id)
        };
        if let Some(finding) = findings.iter_mut().find(is_about) {
            finding.help = Some(verdict);
        }
    }
}

/// Gathers the entries by paper: those with an identifier by that, the others by their title and a link they share.
pub fn gather(entries: &[Entry]) -> Vec<Listed<'_>> {
    let mut papers: Vec<Listed<'_>> = Vec::new();
    let mut by_id: HashMap<&ArxivId, usize> = HashMap::new();
    let mut by_title: HashMap<String, Vec<usize>> = HashMap::new();
    for entry in entries {
        let known = match &entry.id {
            Some(id) => by_id.get(&id.id).copied(),
            None => same_without_id(entry, &papers, &by_title),
        };
        match known {
            Some(at) => papers[at].entries.push(entry),
            None => {
                match (&entry.id, title_key(entry)) {
                    (Some(id), _) => drop(by_id.insert(&id.id, papers.len())),
                    (None, Some(title)) => by_title.entry(title).or_default().push(papers.len()),
                    (None, None) => {}
                }
                papers.push(Listed { entries: vec![entry] });
            }
        }
    }
    papers
}

/// The paper without identifier that this entry presents again. Two papers may share a title, but not title and link.
fn same_without_id(entry: &Entry, papers: &[Listed<'_>], by_title: &HashMap<String, Vec<usize>>) -> Option<usize> {
    let candidates = by_title.get(&title_key(entry)?)?;
    let shares_a_link = |at: &usize| {
        let urls = papers[*at].entries.iter().flat_map(|other| &other.links).map(|link| &link.url);
        urls.into_iter().any(|url| entry.links.iter().any(|link| link.url == *url))
    };
    candidates.iter().copied().find(shares_a_link)
}

/// A title's letters and digits, which stay the same however it is set.
fn title_key(entry: &Entry) -> Option<String> {
    entry.title.as_deref().map(letters).filter(|key| !key.is_empty())
}

fn letters(title: &str) -> String {
    title.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase()
}

impl Listed<'_> {
    /// What to ask for: the version that every mention pins, else the latest.
    pub fn wanted(&self) -> Option<VersionedId> {
        let first = self.entries.first()?.id.clone()?;
        let pinned = |entry: &&Entry| entry.id.as_ref().and_then(|id| id.version);
        let agreed = self.entries.iter().all(|entry| pinned(entry) == first.version);
        Some(VersionedId { version: first.version.filter(|_| agreed), id: first.id })
    }

    /// The title and the authors of a paper for which the lists give no identifier.
    pub fn without_id(&self) -> Option<(&str, &[Author])> {
        if self.entries.iter().any(|entry| entry.id.is_some()) {
            return None;
        }
        let citation = self.entries.iter().find_map(|entry| entry.citation.as_ref());
        let listed = self.entries.iter().find_map(|entry| entry.title.as_deref());
        let title = listed.or(citation.and_then(|citation| citation.title.as_deref()))?;
        Some((title, citation.map(|citation| citation.authors.as_slice()).unwrap_or_default()))
    }

    /// Offers an e-print that may be this paper, at each of its mentions.
    pub fn possible_match(&self, id: &ArxivId, title: &str) -> Vec<Finding> {
        let offer = |(place, _): (&Place, _)| Finding {
            help: Some(format!("if it is, link {}", id.abs_url(None))),
            arxiv_id: Some(id.clone()),
            ..Finding::new(Code::PossibleMatch, place.clone(), format!("this may be {id}, \"{title}\""))
        };
        self.places().map(offer).collect()
    }

    fn places(&self) -> impl Iterator<Item = (&Place, Option<Version>)> {
        self.entries.iter().map(|entry| (&entry.place, entry.id.as_ref().and_then(|id| id.version)))
    }
}

/// Makes each paper's record of what the lists say and what is known, and finds what does not fit.
pub fn records(papers: &[Listed<'_>], known: &mut HashMap<ArxivId, Knowledge>) -> (Vec<Record>, Vec<Finding>) {
    let mut findings = Vec::new();
    let records = papers.iter().map(|paper| {
        let listed = from_lists(paper);
        let Some(wanted) = paper.wanted() else { return listed };
        match known.remove(&wanted.id) {
            Some(Knowledge::Found(found)) => {
                findings.extend(unknown_versions(paper, &found));
                enriched(listed, *found, wanted.version)
            }
            Some(Knowledge::Missing) => {
                findings.extend(paper.places().map(|(place, _)| unknown_id(place, &wanted.id)));
                Record { status: Status::NotFound, ..listed }
            }
            Some(Knowledge::Kept(earlier)) => kept(listed, *earlier),
            None => Record {
                status: Status::Unreachable,
                url: Some(wanted.id.abs_url(wanted.version)),
                pdf_url: Some(wanted.id.pdf_url(wanted.version)),
                ..listed
            },
        }
    });
    (records.map(readable).collect(), findings)
}

/// What the lists alone say of a paper.
fn from_lists(paper: &Listed<'_>) -> Record {
    let entries = &paper.entries;
    let citation = entries.iter().find_map(|entry| entry.citation.clone());
    let listed_title = entries.iter().find_map(|entry| entry.title.clone());
    let cited_title = citation.as_ref().and_then(|citation| citation.title.clone());
    Record {
        arxiv_id: entries.first().and_then(|entry| entry.id.as_ref()).map(|id| id.id.clone()),
        version: None,
        status: Status::NoArxivId,
        title: listed_title.clone().or(cited_title),
        authors: citation.as_ref().map(|citation| citation.authors.clone()).unwrap_or_default(),
        summary: None,
        title_text: None,
        abstract_text: None,
        primary_category: None,
        categories: Vec::new(),
        category_names: Vec::new(),
        tags: union(entries.iter().flat_map(|entry| &entry.tags)),
        sections: entries.iter().map(|entry| entry.sections.clone()).collect(),
        published: None,
        updated: None,
        comment: None,
        journal_ref: None,
        doi: None,
        venue: entries.iter().find_map(|entry| entry.venue.clone()),
        withdrawn: false,
        url: None,
        pdf_url: None,
        listed_title,
        links: union(entries.iter().flat_map(|entry| &entry.links)),
        related: related(entries),
        citation,
        mentions: paper
            .places()
            .map(|(place, version)| Mention { path: place.path.to_string(), line: place.line, version })
            .collect(),
        source: Source::List,
    }
}

/// The list's word with arXiv's over it.
fn enriched(listed: Record, paper: Paper, pinned: Option<Version>) -> Record {
    let withdrawn = paper.withdrawn();
    let pinned = pinned.filter(|version| paper.version == Some(*version));
    Record {
        version: paper.version,
        status: Status::Enriched,
        title: Some(paper.title),
        authors: paper.authors,
        summary: paper.summary.map(Arc::from),
        primary_category: paper.primary_category,
        categories: paper.categories,
        published: paper.published,
        updated: paper.updated,
        comment: paper.comment,
        journal_ref: paper.journal_ref,
        doi: paper.doi,
        withdrawn,
        url: Some(paper.id.abs_url(pinned)),
        pdf_url: Some(paper.id.pdf_url(pinned)),
        source: paper.source,
        ..listed
    }
}

/// The list's word of today with the metadata of an earlier run.
fn kept(listed: Record, earlier: Record) -> Record {
    Record {
        tags: listed.tags,
        venue: listed.venue,
        sections: listed.sections,
        listed_title: listed.listed_title,
        links: listed.links,
        related: listed.related,
        citation: listed.citation,
        mentions: listed.mentions,
        ..earlier
    }
}

/// The record with what people read in place of TeX and of codes. It follows from the rest, also where that is an earlier run's.
fn readable(record: Record) -> Record {
    Record {
        title_text: record.title.as_deref().map(tex::readable),
        abstract_text: record.summary.as_ref().map(readable_abstract),
        category_names: record.categories.iter().map(Category::name).map(str::to_owned).collect(),
        ..record
    }
}

/// Most abstracts read the same without their TeX, and abstracts are most of what a run holds in memory: such a one is held once.
fn readable_abstract(summary: &Arc<str>) -> Arc<str> {
    let readable = tex::readable(summary);
    if readable == **summary { Arc::clone(summary) } else { readable.into() }
}

fn unknown_id(place: &Place, id: &ArxivId) -> Finding {
    Finding {
        help: Some("check the identifier against the paper's page on arXiv".to_owned()),
        arxiv_id: Some(id.clone()),
        ..Finding::new(Code::UnknownId, place.clone(), format!("arXiv has no paper {id}"))
    }
}

/// Finds the mentions that pin a version beyond the latest that arXiv described.
fn unknown_versions(paper: &Listed<'_>, found: &Paper) -> Vec<Finding> {
    let beyond = |pinned: &Version| found.version.is_some_and(|latest| *pinned > latest);
    paper
        .places()
        .filter_map(|(place, pinned)| Some((place, pinned.filter(beyond)?)))
        .map(|(place, pinned)| {
            let latest = found.version.map_or(1, Version::get);
            let message = format!("arXiv has no version {pinned} of {}; the latest is {latest}", found.id);
            Finding {
                help: Some("link a version that exists, or none for the latest".to_owned()),
                arxiv_id: Some(found.id.clone()),
                ..Finding::new(Code::UnknownVersion, place.clone(), message)
            }
        })
        .collect()
}

/// The e-prints that these entries of one paper name besides it.
fn related(entries: &[&Entry]) -> Vec<ArxivId> {
    let is_own = |id: &ArxivId| entries.iter().any(|entry| entry.id.as_ref().is_some_and(|own| own.id == *id));
    union(entries.iter().flat_map(|entry| &entry.related).filter(|id| !is_own(id)))
}

/// All values in order, each once.
fn union<'a, T: Clone + PartialEq + 'a>(values: impl Iterator<Item = &'a T>) -> Vec<T> {
    let mut all: Vec<T> = Vec::new();
    for value in values {
        if !all.contains(value) {
            all.push(value.clone());
        }
    }
    all
}

#[cfg(test)]
mod tests;
