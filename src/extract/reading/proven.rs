//! The papers' own titles in the units of a list: whose title is looked for, and what the rows of a table show of its columns.

use std::collections::HashMap;
use std::ops::Range;

use super::list::List;
use super::own_id::{self, Named};
use crate::extract::conventions::proofs::{self, Proof};
use crate::extract::conventions::{Column, Holds};
use crate::extract::features::links::Sighting;
use crate::extract::features::title::{self, Candidate};
use crate::extract::findings::Notes;
use crate::extract::known::Own;
use crate::extract::options::Options;
use crate::extract::units::grid::GridRow;

/// How much more speaks for a column in which all known titles stand.
const PROVED: f32 = 3.0;

/// Finds the own title of the paper that a stretch presents, where it is known.
pub(super) fn of(list: &List<'_, '_>, within: &Range<usize>, candidates: &[Candidate]) -> Option<Proof> {
    proofs::find(&list.labelled, within, candidates, own(list, within)?)
}

/// What the paper is called that a stretch presents.
fn own<'l>(list: &List<'l, '_>, within: &Range<usize>) -> Option<&'l Own> {
    let passage = list.passage();
    let in_links = passage.links[passage.links_in(within)].iter().flat_map(|link| link.named.iter());
    let in_text = passage.named_in(within).iter().map(|(_, sighting)| sighting);
    let mut ids = in_links.chain(in_text).filter_map(|sighting| match sighting {
        Sighting::Paper(id, _) => Some(&id.id),
        Sighting::Malformed(..) => None,
    });
    let first = ids.next()?;
    if ids.all(|id| id == first) {
        return list.known.title(first);
    }
    let Named { own, .. } = own_id::choose(&list.labelled, within, None, &[], &mut Notes::default());
    list.known.title(&own?.id)
}

/// The own titles in the rows of a table.
#[derive(Debug, Default)]
pub(super) struct Rows {
    /// By the unit of the row: the column, the cell, what it proves.
    pub(super) proofs: HashMap<usize, (usize, Range<usize>, Proof)>,
}

/// Finds the own titles in the rows of a table; where the keeper says where titles stand, nothing else is asked.
pub(super) fn rows(list: &List<'_, '_>, rows: &[&GridRow], options: &Options) -> Rows {
    let mut proved = Rows::default();
    let is_taught = !list.known.is_empty() && options.title.is_none();
    for row in rows.iter().filter(|_| is_taught) {
        let Some(own) = own(list, &list.own(row.unit)) else { continue };
        let cells = row.cells.iter().filter(|cell| !cell.is_from_above);
        let found = cells.filter_map(|cell| {
            let candidates = title::candidates(&list.labelled, &cell.range);
            Some((cell.column, cell.range.clone(), proofs::find(&list.labelled, &cell.range, &candidates, own)?))
        });
        let found: Vec<_> = found.collect();
        // Of equals the first.
        if let Some(best) = found.into_iter().rev().max_by_key(|(_, _, proof)| proof.likeness) {
            proved.proofs.insert(row.unit, best);
        }
    }
    proved
}

impl Rows {
    /// Puts what they show above what columns look like.
    pub(super) fn settle(&self, columns: &mut [Column]) {
        let all = self.proofs.len();
        for (at, column) in columns.iter_mut().enumerate().filter(|_| all > 0) {
            let here = self.proofs.values().filter(|(column, ..)| *column == at).count();
            column.title += PROVED * here as f32 / all as f32;
            if here >= 2 && here * 2 >= all {
                column.holds = Holds::Other;
            }
        }
    }
}
