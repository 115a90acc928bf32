//! Headings: which are titles of entries, and which name sections.

use super::folds::{folds_details, whole};
use super::items::has_titled;
use super::{Plan, Standing, What};
use crate::extract::features::evidence::{is_lone_bold, references_alone};
use crate::extract::features::labels::{self, Meaning, Role};
use crate::extract::features::links::Target;
use crate::extract::features::plain;
use crate::extract::features::title::{Candidate, Setting};
use crate::extract::features::words;
use crate::extract::findings::Notes;
use crate::extract::forms::bibtex;
use crate::extract::reading::list::List;
use crate::extract::reading::references::is_same;
use crate::extract::units::Shape;

impl Plan<'_, '_, '_> {
    pub(super) fn heading(&mut self, heading: usize) {
        let list = self.list;
        let children: Vec<usize> = list.tree.children(heading).collect();
        let outer = self.path.len();
        let rest = if self.is_entry[heading] {
            let lead = lead(list, &children);
            let has_parts = children.iter().any(|child| matches!(list.shape(*child), Shape::Heading(_)));
            // Further headings below it are no details of the paper, nor is what stands before them, unless it is nothing else.
            let lead = if has_parts && !is_all_details(list, &children) { 0 } else { lead };
            let end = children.get(lead).copied().unwrap_or(list.tree.units[heading].end);
            self.place(What::Under(title(list, heading)), heading, heading..end, Standing::Sure);
            lead
        } else {
            let text = list.text(heading);
            let links = list.passage().links_in(&list.own(heading));
            if list.passage().links[links].iter().any(|link| link.target == Target::Arxiv) {
                self.path.push(text);
                self.place(What::Cited, heading, heading..heading + 1, Standing::Sure);
            } else {
                self.open(text);
            }
            0
        };
        self.siblings(&children[rest..]);
        self.path.truncate(outer);
    }
}

/// What may be the title in a heading: what is set apart in it, else all of it.
fn title(list: &List<'_, '_>, heading: usize) -> Vec<Candidate> {
    let mut candidates = list.candidates(heading).to_vec();
    candidates.retain(|candidate| {
        let is_link = candidate.title.link.is_some();
        candidate.title.setting != Setting::Plain && (is_link || plain::word_count(&candidate.title.text) >= 3)
    });
    candidates.push(whole(list, heading, &list.text(heading)));
    candidates
}

/// Returns for each unit whether it is a heading that is the title of an entry.
pub(super) fn entries(list: &List<'_, '_>) -> Vec<bool> {
    (0..list.tree.units.len())
        .map(|unit| matches!(list.shape(unit), Shape::Heading(_)) && is_entry(list, unit))
        .collect()
}

/// Whether a heading is the title of an entry rather than the name of a section: it leads to a paper itself, or what is under it is
/// one paper's details and no further headings.
fn is_entry(list: &List<'_, '_>, heading: usize) -> bool {
    let passage = list.passage();
    let text = list.text(heading);
    let links = passage.links_in(&list.own(heading));
    let leads_to_paper = |link: usize| matches!(passage.links[link].target, Target::Arxiv | Target::Paper);
    if links.clone().any(|link| list.labelled.roles[link] == Role::Text && leads_to_paper(link)) {
        return true;
    }
    let children: Vec<usize> = list.tree.children(heading).collect();
    let has_parts = children.iter().any(|child| matches!(list.shape(*child), Shape::Heading(_)));
    let is_top = list.shape(heading) == Shape::Heading(2);
    let is_over_parts = || !is_top && plain::word_count(&text) >= 3 && is_all_details(list, &children);
    let is_label = words::is(&text, words::Kind::Section) || !text.contains(' ') && labels::meaning(&text).is_some();
    if text.is_empty() || has_parts && !is_over_parts() || is_label {
        return false;
    }
    let leads = links.clone().any(leads_to_paper);
    let children = before_headings(list, &children);
    (leads || is_one_papers(list, children, &text)) && !has_entries(list, children) && !has_references(list, children)
}

fn before_headings<'c>(list: &List<'_, '_>, children: &'c [usize]) -> &'c [usize] {
    let end = children.iter().position(|child| matches!(list.shape(*child), Shape::Heading(_)));
    &children[..end.unwrap_or(children.len())]
}

/// Whether units hold the details of one paper: a field of tags, a field or a line of links that leads to the paper, or its BibTeX.
pub(super) fn is_one_papers(list: &List<'_, '_>, units: &[usize], title: &str) -> bool {
    units.iter().any(|&unit| match list.shape(unit) {
        Shape::Paragraph => tells_of_one(list, unit),
        // What is nested in an item that says more than a field's name tells of that, and not of what stands above both.
        Shape::Item => {
            tells_of_one(list, unit)
                || list.tells(unit).details && {
                    let nested: Vec<usize> = list.tree.children(unit).collect();
                    is_one_papers(list, &nested, title)
                }
        }
        Shape::Bibtex => cites(list, unit, title),
        Shape::Fold => {
            let nested: Vec<usize> = list.tree.children(unit).collect();
            is_one_papers(list, &nested, title)
        }
        _ => false,
    })
}

fn tells_of_one(list: &List<'_, '_>, unit: usize) -> bool {
    let found = list.tells(unit);
    found.tags || has_paper_field(list, unit) || found.details && found.paper
}

/// Whether BibTeX in a unit bears a title.
fn cites(list: &List<'_, '_>, unit: usize, title: &str) -> bool {
    let blocks = &list.tree.units[unit].own;
    let references = list.document.bibtex_of(blocks).iter();
    let mut references = references.flat_map(|source| bibtex::read(&source.text, source.at, &mut Notes::default()));
    references.any(|reference| reference.citation.title.is_some_and(|cited| is_same(&cited, title)))
}

/// Whether a field says that the unit presents a paper: a line that starts with `paper:` and leads somewhere.
fn has_paper_field(list: &List<'_, '_>, unit: usize) -> bool {
    let passage = list.passage();
    list.labelled.fields_in(&list.own(unit)).iter().any(|field| {
        let mut links = passage.links_in(&field.line);
        field.meaning == Meaning::Paper && links.any(|link| passage.links[link].target != Target::Anchor)
    })
}

/// Whether units are nothing but details of what stands above, and there are some.
fn is_all_details(list: &List<'_, '_>, units: &[usize]) -> bool {
    let units = before_headings(list, units);
    !units.is_empty() && units.iter().all(|&unit| list.shape(unit) == Shape::Paragraph && list.tells(unit).details)
}

/// Whether units hold entries of their own: items, bold lines or rows that have a title and lead to a paper.
pub(super) fn has_entries(list: &List<'_, '_>, units: &[usize]) -> bool {
    units.iter().enumerate().any(|(at, &unit)| {
        let found = list.tells(unit);
        match list.shape(unit) {
            Shape::Table => list.tree.children(unit).any(|row| list.tells(row).paper),
            Shape::Item => {
                found.paper && found.has_title && !found.details || has_titled(list, unit + 1..list.tree.units[unit].end)
            }
            Shape::Paragraph => {
                let next = units.get(at + 1).map(|next| list.shape(*next));
                let is_over_list = next == Some(Shape::Item) && !found.details && is_lone_bold(list.passage(), &list.own(unit));
                found.paper && found.titled || is_over_list
            }
            Shape::Fold => {
                let nested: Vec<usize> = list.tree.children(unit).collect();
                !folds_details(list, unit) && has_entries(list, &nested)
            }
            _ => false,
        }
    })
}

/// Whether units hold several papers by nothing but their addresses.
pub(super) fn has_references(list: &List<'_, '_>, units: &[usize]) -> bool {
    let counts = units.iter().filter(|unit| matches!(list.shape(**unit), Shape::Paragraph | Shape::Item));
    counts.map(|unit| references_alone(list.passage(), &list.stretch(*unit..list.tree.units[*unit].end))).sum::<usize>() > 1
}

/// How many of the units at the start stand before any entry and any heading.
fn lead(list: &List<'_, '_>, units: &[usize]) -> usize {
    let units = before_headings(list, units);
    (0..units.len()).find(|at| has_entries(list, &units[*at..at + 1])).unwrap_or(units.len())
}
