//! The names of fields that label, in any language: "Anahtar Kelime: a, b". A field labels where its name recurs, its values are short
//! parts, and they are no people, dates or links.

use std::collections::{HashMap, HashSet};

use foldhash::fast::FixedState;

use crate::extract::features::labels::{self, Meaning};
use crate::extract::features::links::Target;
use crate::extract::features::names;
use crate::extract::features::plain;
use crate::extract::units::document::{Document, Kind};

/// A field shows its habit in as many uses.
const FEWEST_USES: usize = 3;
/// A name has as many words at most, and as many bytes.
const MOST_WORDS: usize = 3;
const LONGEST: usize = 32;
/// A value of more bytes is prose.
const LONGEST_VALUE: usize = 300;

/// The uses of one name.
#[derive(Default)]
struct Uses {
    count: usize,
    /// Those that lead to a paper on arXiv.
    papers: usize,
    /// Those that lead somewhere, name people or a date, or are too long for labels.
    others: usize,
    /// Those that look like people, as capitalised labels do.
    people: usize,
    parts: usize,
    distinct: HashSet<String>,
}

/// What the names of fields mean, in lower case.
#[derive(Debug, Default)]
pub(super) struct Fields {
    /// Those whose values label.
    pub(super) labelling: HashMap<String, Meaning, FixedState>,
    /// Those that lead to a paper here and there, where another name does in most entries.
    pub(super) rare: HashSet<String, FixedState>,
}

/// Learns from all lines that look like a field.
pub(super) fn learn(document: &Document<'_>) -> Fields {
    let mut uses: HashMap<String, Uses, FixedState> = HashMap::default();
    let blocks = document.blocks.iter().filter(|block| block.kind == Kind::Paragraph);
    for line in blocks.flat_map(|block| document.passage.lines(&block.range)) {
        // Few lines have a colon where the name of a field would end.
        let text = &document.passage.text[line.clone()];
        let head = &text[..text.floor_char_boundary(text.len().min(LONGEST + 4))];
        let Some((name, value)) = head.contains([':', '：']).then(|| split(text)).flatten() else { continue };
        let uses = uses.entry(name.to_lowercase()).or_default();
        uses.count += 1;
        let links = document.passage.links_in(&line);
        let leads = !links.is_empty();
        uses.papers += usize::from(document.passage.links[links].iter().any(|link| link.target == Target::Arxiv));
        let is_other = leads
            || value.len() > LONGEST_VALUE
            || plain::is_date(value)
            || parts(value).any(|part| plain::word_count(part) > 6 || part.len() > 64);
        uses.people += usize::from(names::is_author_list(value));
        if is_other {
            uses.others += 1;
            continue;
        }
        for part in parts(value) {
            uses.parts += 1;
            uses.distinct.insert(part.to_lowercase());
        }
    }
    let most = uses.values().map(|uses| uses.papers).max().unwrap_or(0);
    let is_unknown = |name: &str| labels::meaning(name).is_none();
    let is_rare = |uses: &Uses| uses.papers > 0 && uses.papers * 3 <= most;
    let rare =
        uses.iter().filter(|(name, uses)| is_rare(uses) && is_unknown(name)).map(|(name, _)| name.clone()).collect();
    let labelling = uses.into_iter().filter(|(name, _)| is_unknown(name));
    let labelling = labelling.filter_map(|(name, uses)| Some((name, uses.meaning()?))).collect();
    Fields { labelling, rare }
}

impl Uses {
    fn meaning(&self) -> Option<Meaning> {
        let values = self.count - self.others;
        if self.count < FEWEST_USES || self.others * 4 > self.count || self.people * 10 > self.count * 7 {
            return None;
        }
        if self.parts * 2 >= values * 3 {
            return Some(Meaning::Tags);
        }
        (self.distinct.len() * 10 < self.parts * 6).then_some(Meaning::Labelling)
    }
}

/// The name of a field and its value.
fn split(line: &str) -> Option<(&str, &str)> {
    let (name, value) = line.split_once([':', '：'])?;
    let (name, value) = (plain::trim(name), plain::trim(value));
    let is_name = !name.is_empty()
        && name.len() <= LONGEST
        && plain::word_count(name) <= MOST_WORDS
        && name.starts_with(char::is_alphabetic);
    (is_name && !value.is_empty() && !value.starts_with("//")).then_some((name, value))
}

fn parts(value: &str) -> impl Iterator<Item = &str> {
    value.split([',', ';', '|', '，', '、']).map(plain::trim).filter(|part| !part.is_empty())
}
