//! Which of the drafts are kept as entries: those that have what only a paper has, and those that their siblings or the whole list
//! vouch for.

use super::{Placed, Section};
use crate::extract::own_id::Equal;
use crate::extract::plain;
use crate::extract::reading::Draft;

/// Of fewer words is a name, where nothing else says that it is a paper's title.
const FEWEST_WORDS: usize = 4;

/// Returns the entries without those that may be anything, where most of what the list holds of their look presents no paper.
pub(in crate::extract) fn without_doubtful(mut entries: Vec<Placed>) -> Vec<Placed> {
    let papers = entries.iter().filter(|entry| entry.draft.is_paper()).count();
    let doubtful = entries.iter().filter(|entry| entry.draft.is_doubtful && !entry.draft.is_paper()).count();
    if papers < doubtful {
        entries.retain(|entry| !entry.draft.is_doubtful || entry.draft.is_paper());
    }
    entries
}

impl Section<'_, '_, '_> {
    /// Keeps the entries of one list or table. One that has a title and leads somewhere, and nothing of a paper, is what its siblings
    /// are; where few of them present papers, the whole list decides in the end.
    pub(super) fn keep_siblings(&mut self, drafts: Vec<Draft>) {
        let papers = drafts.iter().filter(|draft| draft.is_paper()).count();
        let few = papers * 3 < drafts.len();
        for mut draft in drafts {
            draft.is_doubtful = !draft.is_paper() && !draft.has_tag_field && few;
            let words = draft.title.as_deref().map_or(0, plain::word_count);
            let reads_as_title = words > 0 && (!few || words >= FEWEST_WORDS && !draft.leads_to_things);
            if draft.is_paper() || draft.has_tag_field || draft.leads && reads_as_title {
                self.keep(draft);
            }
        }
    }

    pub(super) fn keep(&mut self, mut draft: Draft) {
        if draft.is_thing && draft.id.is_none() && draft.citation.is_none() && !draft.has_tag_field {
            return;
        }
        let mut sections = self.reader.outline.path();
        sections.extend(draft.group.take());
        let equal = std::mem::take(&mut draft.equal);
        let beside = equal.into_iter().map(|Equal { id, at }| Draft {
            id: Some(id),
            at,
            tags: draft.tags.clone(),
            ..Draft::default()
        });
        let beside: Vec<Draft> = beside.collect();
        let placed = std::iter::once(draft).chain(beside).map(|draft| Placed { draft, sections: sections.clone() });
        self.reader.entries.extend(placed);
    }
}
