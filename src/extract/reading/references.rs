//! BibTeX among entries: what cites the entry before it, and what is an entry itself.

use super::draft::Draft;
use super::own_id::Ground;
use super::reasons::Why;
use crate::extract::findings::Notes;
use crate::extract::forms::bibtex::Reference;

/// BibTeX right after the entry that it cites belongs to that; other BibTeX presents a paper itself, which is returned.
pub(super) fn cite_last(reference: Reference, last: Option<&mut Draft>, notes: &mut Notes) -> Option<Draft> {
    let title = reference.citation.title.as_deref().unwrap_or_default();
    let cites = |last: &&mut Draft| {
        let has_same_id = last.id.as_ref().is_some_and(|id| reference.ids.iter().any(|cited| cited.id == id.id));
        last.citation.is_none() && (has_same_id || last.title.as_deref().is_some_and(|last| is_same(last, title)))
    };
    match last.filter(cites) {
        Some(last) => cite(last, reference, notes),
        None => return Some(from_reference(reference)),
    }
    None
}

/// Adds what BibTeX says to the entry that it cites.
fn cite(draft: &mut Draft, reference: Reference, notes: &mut Notes) {
    if let (Some(own), Some(cited)) = (&draft.id, reference.ids.first())
        && reference.ids.iter().all(|id| id.id != own.id)
    {
        notes.conflict(reference.at, &own.id, &cited.id);
    }
    if draft.id.is_none() {
        draft.why.id = Some((Ground::Bibtex, 0..0));
    }
    draft.id = draft.id.take().or_else(|| reference.ids.first().cloned());
    let others = reference.ids.into_iter().map(|id| id.id);
    draft.related.extend(others.filter(|id| draft.id.as_ref().is_some_and(|own| own.id != *id)));
    draft.citation = Some(reference.citation);
}

/// An entry that consists of BibTeX alone.
pub(in crate::extract) fn from_reference(reference: Reference) -> Draft {
    let Reference { citation, ids, at } = reference;
    let mut ids = ids.into_iter();
    let id = ids.next();
    let related = ids.map(|other| other.id).filter(|other| id.as_ref().is_none_or(|id| id.id != *other)).collect();
    Draft {
        at,
        id,
        title: citation.title.clone(),
        related,
        citation: Some(citation),
        why: Why::of_bibtex(),
        ..Draft::default()
    }
}

/// Whether two titles are one, however they are set.
pub(super) fn is_same(one: &str, other: &str) -> bool {
    let letters =
        |text: &str| text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    let one = letters(one);
    !one.is_empty() && one == letters(other)
}
