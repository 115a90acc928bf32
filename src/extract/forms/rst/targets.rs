//! Where the names of a reStructuredText file lead: `.. _name: address`, `__ address`.

use std::collections::HashMap;

use pulldown_cmark::CowStr;

use crate::extract::forms::lines::Line;

/// The targets of a file.
#[derive(Debug, Default)]
pub(in crate::extract) struct Targets<'a> {
    named: HashMap<String, CowStr<'a>>,
    /// Those without a name, which links take in turn.
    unnamed: Vec<CowStr<'a>>,
    taken: usize,
}

/// A name may stand for another; so many in a row are a ring.
const LONGEST_CHAIN: usize = 8;

/// An address has no more lines.
const MOST_LINES: usize = 16;

impl<'a> Targets<'a> {
    pub(super) fn of(lines: &[Line<'a>]) -> Self {
        let mut targets = Self::default();
        for (at, line) in lines.iter().enumerate() {
            let below = || {
                let rest = lines[at + 1..].iter().take(MOST_LINES);
                rest.take_while(|below| !below.is_blank() && below.indent > line.indent).map(|below| below.text)
            };
            if let Some(rest) = line.text.strip_prefix("__ ").or_else(|| line.text.strip_prefix(".. __:")) {
                targets.unnamed.push(joined(rest.trim(), below()));
            } else if let Some((name, address)) = line.text.strip_prefix(".. _").and_then(named) {
                let address = joined(address.trim(), below());
                if !address.is_empty() {
                    targets.named.insert(plain(name), address);
                }
            }
        }
        targets
    }

    /// Where a name leads.
    pub(super) fn named(&self, name: &str) -> Option<CowStr<'a>> {
        if self.named.is_empty() {
            return None;
        }
        let mut address = self.named.get(&plain(name))?;
        for _ in 0..LONGEST_CHAIN {
            let Some(other) = address.strip_suffix('_').filter(|_| !address.contains("://")) else {
                return Some(address.clone());
            };
            address = self.named.get(&plain(other.trim_matches('`')))?;
        }
        None
    }

    /// Where the next link without a name leads.
    pub(super) fn next(&mut self) -> Option<CowStr<'a>> {
        let address = self.unnamed.get(self.taken).cloned();
        self.taken += 1;
        address
    }
}

/// The name and the address of a target, after its `_`.
fn named(text: &str) -> Option<(&str, &str)> {
    match text.strip_prefix('`') {
        Some(quoted) => quoted.split_once("`:"),
        None => {
            let colon = text.match_indices(':').map(|(at, _)| at).find(|at| {
                let after = &text[at + 1..];
                !text[..*at].ends_with('\\') && (after.is_empty() || after.starts_with(' '))
            })?;
            Some((&text[..colon], &text[colon + 1..]))
        }
    }
}

/// Names are the same in any case and however they are broken into lines.
fn plain(name: &str) -> String {
    name.replace('\\', "").split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

fn joined<'a>(first: &'a str, below: impl Iterator<Item = &'a str>) -> CowStr<'a> {
    let below: String = below.collect();
    if below.is_empty() { CowStr::Borrowed(first) } else { format!("{first}{below}").into() }
}
