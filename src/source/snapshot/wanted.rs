//! What is looked for, laid out so that a raw line can be passed over at a glance: its identifier is looked up as the bytes
//! that stand in the file, and its title, where titles are asked, as its letters and digits. JSON is left to `record`.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use memchr::memmem::Finder;

use super::super::titles::TitleQuestion;
use super::{Match, Question};
use crate::model::{Paper, VersionedId};
use crate::tex;

/// The questions, as tables.
pub(super) struct Wanted<'a> {
    ids: HashSet<&'a [u8]>,
    versioned: HashSet<&'a VersionedId>,
    questions: &'a [TitleQuestion],
    /// Which questions have these letters and digits for a title.
    titles: HashMap<Vec<u8>, Vec<usize>>,
    title_key: Finder<'static>,
}

impl<'a> Wanted<'a> {
    pub(super) fn new(question: &Question<'a>) -> Self {
        let mut titles: HashMap<_, Vec<usize>> = HashMap::new();
        for (at, question) in question.titles.iter().enumerate() {
            let folded = tex::folded(&question.title);
            if !folded.is_empty() && !question.surnames.is_empty() {
                titles.entry(folded.into_bytes()).or_default().push(at);
            }
        }
        Self {
            ids: question.ids.iter().map(|id| id.id.as_str().as_bytes()).collect(),
            versioned: question.ids.iter().collect(),
            questions: question.titles,
            titles,
            // Within a string its quotes would be escaped, so this is a key wherever it stands.
            title_key: Finder::new("\"title\":"),
        }
    }

    /// Whether a line with this identifier is worth reading. `scratch` is room to work in.
    pub(super) fn concerns(&self, id: &[u8], line: &[u8], scratch: &mut Vec<u8>) -> bool {
        self.ids.contains(id) || (!self.titles.is_empty() && self.has_title(line, scratch))
    }

    /// Whether the paper answers for its identifier: as the latest version, or as the version that is pinned.
    pub(super) fn asks_for(&self, paper: &Paper) -> bool {
        let asked = |version| self.versioned.contains(&VersionedId { id: paper.id.clone(), version });
        self.ids.contains(paper.id.as_str().as_bytes())
            && (asked(None) || (paper.version.is_some() && asked(paper.version)))
    }

    /// The title questions that the paper answers.
    pub(super) fn matches(&self, paper: &Paper) -> Vec<Match> {
        if self.titles.is_empty() {
            return Vec::new();
        }
        let candidates = self.titles.get(tex::folded(&paper.title).as_bytes()).into_iter().flatten();
        let shared = candidates.filter(|at| self.questions[**at].shares_author(&paper.authors));
        shared.map(|&at| Match { question: at, id: paper.id.clone(), title: paper.title.clone() }).collect()
    }

    /// Whether the title of a raw line may be one that is asked for.
    fn has_title(&self, line: &[u8], scratch: &mut Vec<u8>) -> bool {
        let Some(key) = self.title_key.find(line) else { return false };
        let value = line[key + self.title_key.needle().len()..].trim_ascii_start();
        let Some(raw) = value.strip_prefix(b"\"") else { return false };
        scratch.clear();
        let mut at = 0;
        loop {
            match raw.get(at) {
                None => return false,
                Some(b'"') => return self.titles.contains_key(scratch.as_slice()),
                Some(b'\\') => match raw.get(at + 1) {
                    // Escapes of what is neither letter nor digit. `\\` begins TeX and `\u` may be a letter.
                    Some(b'n' | b'r' | b't' | b'b' | b'f' | b'"' | b'/') => at += 2,
                    _ => return self.has_odd_title(value),
                },
                Some(byte) if byte.is_ascii_alphanumeric() => {
                    scratch.push(byte.to_ascii_lowercase());
                    at += 1;
                }
                Some(byte) if byte.is_ascii() => at += 1,
                Some(_) => return self.has_odd_title(value),
            }
        }
    }

    /// The same for the titles that are not plain ASCII: the JSON string at the start of `value` is read properly.
    fn has_odd_title(&self, value: &[u8]) -> bool {
        let mut strings = serde_json::Deserializer::from_slice(value).into_iter::<Cow<'_, str>>();
        match strings.next() {
            Some(Ok(title)) => self.titles.contains_key(tex::folded(&title).as_bytes()),
            _ => false,
        }
    }
}
