//! What the news need of an earlier record: little enough to be held for every paper of a long list.

use std::hash::{BuildHasher, Hash, Hasher};

use foldhash::quality::FixedState;

use crate::model::{ArxivId, Author, Named, Record, Source, Status, Version};

/// An earlier record, of which texts that are only compared are kept as hashes.
#[derive(Clone, Debug)]
pub struct Trace {
    pub(super) named: Named,
    pub(super) status: Status,
    pub(super) version: Option<Version>,
    pub(super) source: Source,
    pub(super) withdrawn: bool,
    pub(super) is_published: bool,
    pub(super) tags: Vec<String>,
    pub(super) related: Vec<ArxivId>,
    pub(super) title: u64,
    pub(super) authors: u64,
    pub(super) summary: u64,
    keys: [Option<u64>; 4],
}

/// By what a paper is the same in two outputs.
#[derive(Clone, Copy, Debug)]
pub(super) enum SameBy {
    Identifier,
    ListedTitle,
    Links,
    /// What is called nothing and leads nowhere is all alike.
    Nothing,
}

impl Trace {
    /// The trace of this record.
    pub fn of(record: &Record) -> Self {
        Self {
            named: record.named(),
            status: record.status,
            version: record.version,
            source: record.source,
            withdrawn: record.withdrawn,
            is_published: is_published(record),
            tags: record.tags.clone(),
            related: record.related.clone(),
            title: title(record),
            authors: authors(record),
            summary: summary(record),
            keys: [SameBy::Identifier, SameBy::ListedTitle, SameBy::Links, SameBy::Nothing].map(|by| by.key(record)),
        }
    }

    /// What [`SameBy::key`] gave.
    pub(super) fn key(&self, by: SameBy) -> Option<u64> {
        self.keys[by as usize]
    }
}

impl SameBy {
    /// What is equal where two records are the same by this; `None` for a record that has no such thing.
    pub(super) fn key(self, record: &Record) -> Option<u64> {
        match self {
            Self::Identifier => record.arxiv_id.as_ref().map(|id| hash_of(id.as_str())),
            Self::ListedTitle => {
                let title = record.listed_title.as_deref().or(record.title.as_deref())?;
                letters(title).next().map(|_| hash_of_letters([title]))
            }
            Self::Links => {
                let urls = record.links.iter().map(|link| link.url.as_str());
                (!record.links.is_empty()).then(|| hash_of(urls.collect::<Vec<_>>()))
            }
            Self::Nothing => {
                let is_nothing = [Self::ListedTitle, Self::Links].iter().all(|by| by.key(record).is_none());
                is_nothing.then_some(0)
            }
        }
    }
}

pub(super) fn is_published(record: &Record) -> bool {
    record.doi.is_some() || record.journal_ref.is_some()
}

pub(super) fn title(record: &Record) -> u64 {
    hash_of_letters(record.title.as_deref())
}

pub(super) fn authors(record: &Record) -> u64 {
    hash_of_letters(record.authors.iter().map(Author::name))
}

/// Of an abstract even a sign may be the news.
pub(super) fn summary(record: &Record) -> u64 {
    hash_of(&record.summary)
}

fn hash_of(value: impl Hash) -> u64 {
    FixedState::default().hash_one(value)
}

fn hash_of_letters<'a>(texts: impl IntoIterator<Item = &'a str>) -> u64 {
    let mut hasher = FixedState::default().build_hasher();
    for text in texts {
        letters(text).for_each(|letter| hasher.write_u32(letter.into()));
        // So that names that run into each other are not the same.
        hasher.write_u32(u32::MAX);
    }
    hasher.finish()
}

/// A text without what routes and editors set differently: case, punctuation, white space.
fn letters(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase)
}
