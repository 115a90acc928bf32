//! What a request asks the fake service for, and which of its papers that selects. What the answer looks like is left to
//! `feed`; how requests and answers travel, to `http` and `fake_arxiv`.
//!
//! This is the service's own view of identifiers and shares nothing with the program under test, so that neither can hide
//! the other's mistake.

use std::collections::{BTreeMap, HashSet};

use super::papers::{FakePaper, FakeVersion};

/// The archives whose name before a slash makes the service take an item for an old identifier.
const ARCHIVES: &str = "acc-phys adap-org alg-geom ao-sci astro-ph atom-ph bayes-an chao-dyn chem-ph cmp-lg comp-gas \
    cond-mat cs dg-ga econ eess funct-an gr-qc hep-ex hep-lat hep-ph hep-th math math-ph mtrl-th nlin nucl-ex nucl-th \
    patt-sol physics plasm-ph q-alg q-bio q-fin quant-ph solv-int stat supr-con";

/// The most results that the service's index gives out at once.
const MOST_RESULTS: usize = 10_000;

/// All papers of the service, by identifier.
pub type Holdings = BTreeMap<String, FakePaper>;

/// A query that the service can answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    /// The items of `id_list`, as they came.
    pub id_list: Vec<String>,
    /// Titles to search for, as `ti:"…" OR ti:"…"`; other fields find nothing here.
    pub search_query: String,
    /// How many results to skip.
    pub start: usize,
    /// At most so many results.
    pub max_results: usize,
}

/// Why the service will not answer a query: the status and the words of its error feed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejection {
    /// 400 for what the client did wrong, 500 for what the service cannot stand.
    pub status: u16,
    /// What the error feed says.
    pub says: String,
}

/// One version of a paper that the service shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shown<'a> {
    /// The paper.
    pub paper: &'a FakePaper,
    /// Which of its versions, from 1.
    pub version: usize,
}

impl<'a> Shown<'a> {
    /// What belongs to this version.
    pub fn of_version(self) -> &'a FakeVersion {
        &self.paper.versions[self.version - 1]
    }

    /// The identifier with the version, which the answer always carries.
    pub fn versioned_id(self) -> String {
        format!("{}v{}", self.paper.id, self.version)
    }
}

/// Reads the parameters of a query string or of a form.
///
/// # Errors
/// The service rejects them; of several bad identifiers it names the first.
pub fn read(parameters: &str) -> Result<Query, Rejection> {
    let (id_list, search_query) = (id_list(parameters), given(parameters, "search_query").unwrap_or_default());
    if let Some(bad) = id_list.iter().find(|item| !is_taken_for_an_id(item)) {
        return Err(Rejection { status: 400, says: format!("incorrect id format for {bad}") });
    }
    let number = |name: &str, usual: usize| match given(parameters, name).map(|text| text.parse::<i64>()) {
        None => Ok(usual),
        Some(Ok(number)) => {
            usize::try_from(number).map_err(|_| Rejection { status: 400, says: format!("{name} must be non-negative") })
        }
        Some(Err(_)) => Err(Rejection { status: 400, says: format!("{name} must be an integer") }),
    };
    let (max_results, start) = (number("max_results", 10)?, number("start", 0)?);
    if id_list.is_empty() && search_query.is_empty() {
        let says = "Either a search_query or id_list must be specified for the classic API.".to_owned();
        return Err(Rejection { status: 400, says });
    }
    if max_results == 0 || max_results > MOST_RESULTS {
        return Err(Rejection { status: 500, says: "Internal Server Error".to_owned() });
    }
    Ok(Query { id_list, search_query, start, max_results })
}

/// The items of the parameter `id_list`, good or bad; an empty list has none.
pub fn id_list(parameters: &str) -> Vec<String> {
    let list = given(parameters, "id_list").filter(|list| !list.is_empty());
    list.iter().flat_map(|list| list.split(',').map(str::to_owned)).collect()
}

/// The papers that a query names, each version once, the newest paper first. Unknown ones are left out without a word.
pub fn select<'a>(query: &Query, holdings: &'a Holdings) -> Vec<Shown<'a>> {
    let mut seen = HashSet::new();
    let by_id = query.id_list.iter().filter_map(|item| look_up(item, holdings));
    let by_title = query.search_query.split(" OR ").filter_map(|part| part.strip_prefix("ti:\"")?.strip_suffix('"'));
    let by_title = by_title.flat_map(|phrase| titled(phrase, holdings));
    let found = by_id.chain(by_title);
    let mut shown: Vec<_> = found.filter(|shown| seen.insert(shown.versioned_id())).collect();
    shown.sort_by(|a, b| {
        (b.paper.published(), &b.paper.id, b.version).cmp(&(a.paper.published(), &a.paper.id, a.version))
    });
    shown
}

/// The papers whose titles hold these words in this order, whatever stands between letters and digits.
fn titled<'a>(phrase: &str, holdings: &'a Holdings) -> impl Iterator<Item = Shown<'a>> {
    let plain = |text: &str| {
        let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        format!(" {} ", words.collect::<Vec<_>>().join(" ").to_lowercase())
    };
    let wanted = plain(phrase);
    let latest = holdings.values().map(|paper| Shown { paper, version: paper.versions.len() });
    latest.filter(move |shown| plain(&shown.of_version().title).contains(&wanted))
}

/// The paper and version that an item names exactly, letter by letter; without a version, the latest.
pub fn look_up<'a>(item: &str, holdings: &'a Holdings) -> Option<Shown<'a>> {
    if let Some(paper) = holdings.get(item) {
        return Some(Shown { paper, version: paper.versions.len() });
    }
    let (id, version) = item.rsplit_once('v')?;
    let paper = holdings.get(id)?;
    (1..=paper.versions.len()).find(|known| known.to_string() == version).map(|version| Shown { paper, version })
}

/// Whether the service sees an identifier somewhere in an item. It looks loosely, and so lets much pass that it then does
/// not find: URLs, prefixes, capitals, blanks around it.
fn is_taken_for_an_id(item: &str) -> bool {
    let bytes = item.as_bytes();
    (0..bytes.len()).any(|at| is_new_style(bytes, at) || is_old_style(bytes, at))
}

/// `YYMM.NNNN` at this place and not inside a longer number. The month is not looked at.
fn is_new_style(bytes: &[u8], at: usize) -> bool {
    let free = at == 0 || !matches!(bytes[at - 1], b'0'..=b'9' | b'=' | b'.');
    free && are_digits(bytes, at, 4) && bytes.get(at + 4) == Some(&b'.') && are_digits(bytes, at + 5, 4)
}

/// A slash at this place with an archive, or an archive and a subject class, before it and `YYMMNNN` behind it, of whose
/// month only the first digit is looked at.
fn is_old_style(bytes: &[u8], at: usize) -> bool {
    if bytes[at] != b'/' || !are_digits(bytes, at + 1, 7) || !matches!(bytes[at + 3], b'0' | b'1') {
        return false;
    }
    let before = String::from_utf8_lossy(&bytes[..at]).to_ascii_lowercase();
    let named = |name: &str| ARCHIVES.split_whitespace().any(|archive| name.ends_with(archive));
    named(&before) || before.rsplit_once('.').is_some_and(|(archive, class)| class.len() >= 2 && named(archive))
}

fn are_digits(bytes: &[u8], from: usize, count: usize) -> bool {
    bytes.get(from..from + count).is_some_and(|digits| digits.iter().all(u8::is_ascii_digit))
}

/// The value of a parameter; if it is given twice, the first.
pub(super) fn given(parameters: &str, name: &str) -> Option<String> {
    pairs(parameters).find(|(key, _)| key == name).map(|(_, value)| value)
}

/// The parameters and their values.
pub(super) fn pairs(parameters: &str) -> impl Iterator<Item = (String, String)> {
    let pairs = parameters.split('&').filter(|pair| !pair.is_empty());
    pairs.map(|pair| pair.split_once('=').unwrap_or((pair, ""))).map(|(key, value)| (decoded(key), decoded(value)))
}

/// Undoes the encoding of a query string or form: `%2C` and `+`.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, behind)) = rest.split_first() {
        let hex = behind.get(..2).filter(|_| first == b'%').and_then(|hex| std::str::from_utf8(hex).ok());
        match hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &behind[2..];
            }
            None => {
                bytes.push(if first == b'+' { b' ' } else { first });
                rest = behind;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
