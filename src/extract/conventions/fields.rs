//! The names of fields that label, in any language: "Anahtar Kelime: a, b". A field labels where its name recurs, its values are short
//! parts, and they are no people, dates or links.

use std::collections::{HashMap, HashSet};

use foldhash::fast::FixedState;

use crate::extract::units::document::{Document, Kind};
use crate::extract::features::labels::{self, Meaning};
use crate::extract::features::names;
use crate::extract::features::plain;

/// A field shows its habit in as many uses.
const FEWEST_USES: usize = 4;
/// A name has as many words at most, and as many bytes.
const MOST_WORDS: usize = 3;
const LONGEST: usize = 32;
/// A value of more bytes is prose.
const LONGEST_VALUE: usize = 300;

/// The uses of one name.
#[derive(Default)]
struct Uses {
    count: usize,
    /// Those that lead somewhere, name people or a date, or are too long for labels.
    others: usize,
    parts: usize,
    distinct: HashSet<String>,
}

/// Returns the names of the fields whose values label, in lower case, with how they label.
pub(in crate::extract) fn learn(document: &Document<'_>) -> HashMap<String, Meaning, FixedState> {
    let mut uses: HashMap<String, Uses, FixedState> = HashMap::default();
    let blocks = document.blocks.iter().filter(|block| block.kind == Kind::Paragraph);
    for line in blocks.flat_map(|block| document.passage.lines(&block.range)) {
        // Few lines have a colon where the name of a field would end.
        let text = &document.passage.text[line.clone()];
        let head = &text[..text.floor_char_boundary(text.len().min(LONGEST + 4))];
        let Some((name, value)) = head.contains([':', '：']).then(|| split(text)).flatten() else { continue };
        let uses = uses.entry(name.to_lowercase()).or_default();
        uses.count += 1;
        let leads = !document.passage.links_in(&line).is_empty();
        let is_other = leads
            || value.len() > LONGEST_VALUE
            || names::is_author_list(value)
            || plain::is_date(value)
            || parts(value).any(|part| plain::word_count(part) > 5 || part.len() > 48);
        if is_other {
            uses.others += 1;
            continue;
        }
        for part in parts(value) {
            uses.parts += 1;
            uses.distinct.insert(part.to_lowercase());
        }
    }
    uses.into_iter().filter_map(|(name, uses)| Some((name, uses.meaning()?))).collect()
}

impl Uses {
    fn meaning(&self) -> Option<Meaning> {
        let values = self.count - self.others;
        if self.count < FEWEST_USES || self.others * 10 > self.count {
            return None;
        }
        if self.parts * 2 > values * 3 {
            return Some(Meaning::Tags);
        }
        (self.distinct.len() * 10 < self.parts * 6).then_some(Meaning::Labelling)
    }
}

/// The name of a field and its value. Names that are known say themselves what they mean.
fn split(line: &str) -> Option<(&str, &str)> {
    let (name, value) = line.split_once([':', '：'])?;
    let (name, value) = (plain::trim(name), plain::trim(value));
    let is_name = !name.is_empty()
        && name.len() <= LONGEST
        && plain::word_count(name) <= MOST_WORDS
        && name.starts_with(char::is_alphabetic)
        && labels::meaning(name).is_none();
    (is_name && !value.is_empty() && !value.starts_with("//")).then_some((name, value))
}

fn parts(value: &str) -> impl Iterator<Item = &str> {
    value.split([',', ';', '|', '，', '、']).map(plain::trim).filter(|part| !part.is_empty())
}
