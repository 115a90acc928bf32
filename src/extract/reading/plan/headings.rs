//! Headings: which are titles of entries, and which name sections.

use std::collections::HashMap;

use super::folds::{folds_details, whole};
use super::items::has_titled;
use super::{Plan, Standing, What};
use crate::extract::features::evidence::{is_lone_bold, references_alone};
use crate::extract::features::labels::{self, Meaning, Role};
use crate::extract::features::links::{Sighting, Target};
use crate::extract::features::plain;
use crate::extract::features::title::{Candidate, Setting};
use crate::extract::features::words;
use crate::extract::findings::Notes;
use crate::extract::forms::bibtex;
use crate::extract::reading::list::List;
use crate::extract::reading::own_id;
use crate::extract::reading::references::is_same;
use crate::extract::units::Shape;

impl Plan<'_, '_, '_> {
    pub(super) fn heading(&mut self, heading: usize) {
        let list = self.list;
        let children = list.children(heading);
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

/// How much speaks for a heading's being the title of an entry, and how much against.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Evidence(f32);

impl Evidence {
    /// It leads to a paper itself.
    const CERTAIN: f32 = 4.0;
}

/// Returns for each unit whether it is a heading that is the title of an entry. Headings of one level are mostly of one kind: the
/// evidence of each counts together with that of its siblings and of its level.
pub(super) fn entries(list: &List<'_, '_>) -> Vec<bool> {
    let units = 0..list.tree.units.len();
    let evidence: Vec<Option<Evidence>> =
        units.clone().map(|unit| matches!(list.shape(unit), Shape::Heading(_)).then(|| evidence(list, unit))).collect();
    let mut levels: HashMap<Shape, (f32, f32)> = HashMap::new();
    let mut families: HashMap<(usize, Shape), (f32, f32)> = HashMap::new();
    for (unit, Evidence(own)) in evidence.iter().enumerate().filter_map(|(unit, found)| Some((unit, (*found)?))) {
        if own != 0.0 {
            let own = own.clamp(-2.0, 2.0);
            let (shape, parent) = (list.shape(unit), list.tree.units[unit].parent);
            for (sum, count) in [levels.entry(shape).or_default(), families.entry((parent, shape)).or_default()] {
                *sum += own;
                *count += 1.0;
            }
        }
    }
    units
        .map(|unit| {
            let Some(Evidence(own)) = evidence[unit] else { return false };
            let (shape, parent) = (list.shape(unit), list.tree.units[unit].parent);
            // What its siblings say, without itself.
            let others = |sums: Option<&(f32, f32)>| {
                let (sum, count) = sums.copied().unwrap_or_default();
                if own == 0.0 { (sum, count) } else { (sum - own.clamp(-2.0, 2.0), count - 1.0) }
            };
            let (level, family) = (others(levels.get(&shape)), others(families.get(&(parent, shape))));
            let of_level = level.0 / (level.1 + 1.0);
            let around = (family.0 + 2.0 * of_level) / (family.1 + 2.0);
            own >= Evidence::CERTAIN || own > -1.5 && own + around > if own > 0.0 { 0.0 } else { 1.2 }
        })
        .collect()
}

/// What a heading and what stands under it say of its being a title.
fn evidence(list: &List<'_, '_>, heading: usize) -> Evidence {
    let passage = list.passage();
    let text = list.text(heading);
    let links = passage.links_in(&list.own(heading));
    let leads_to_paper = |link: usize| matches!(passage.links[link].target, Target::Arxiv | Target::Paper);
    if links.clone().any(|link| list.labelled.roles[link] == Role::Text && leads_to_paper(link)) {
        return Evidence(Evidence::CERTAIN);
    }
    let children = list.children(heading);
    let content = before_headings(list, &children);
    let is_label = words::is(&text, words::Kind::Section) || !text.contains(' ') && labels::meaning(&text).is_some();
    let has_parts = content.len() < children.len();
    let is_top = list.shape(heading) == Shape::Heading(2);
    let words = plain::word_count(&text);
    let may_have_parts = !is_top && words >= 3 && is_all_details(list, content);
    if text.is_empty() || is_label || has_parts && !may_have_parts || children.is_empty() {
        return Evidence(-2.0);
    }
    if has_entries(list, content) || has_references(list, content) || presents_several(list, heading, content) {
        return Evidence(-2.0);
    }
    // A short name over the full title names a section.
    let titles =
        |unit: &&usize| list.candidates(**unit).iter().any(|candidate| plain::word_count(&candidate.title.text) >= 4);
    let is_name = words <= 2 && !links.clone().any(leads_to_paper);
    if is_name && content.iter().take(2).filter(titles).any(|unit| !list.tells(*unit).details) {
        return Evidence(-1.0);
    }
    if links.clone().any(leads_to_paper) || is_one_papers(list, content, &text) {
        // Links alone may be those of a section that holds one paper yet.
        let is_bare = content.iter().all(|unit| list.shape(*unit) == Shape::Item && !list.tells(*unit).tags)
            && !leads_elsewhere(list, content);
        return Evidence(if words < 2 {
            1.0
        } else if is_bare {
            1.4
        } else {
            2.0
        });
    }
    // Details under names that nobody knows look like it, too.
    let names = papers_under(list, content);
    Evidence(if names == 1 { 0.6 } else { 0.0 })
}

/// Whether a heading and what stands under it lead to several papers of one standing.
fn presents_several(list: &List<'_, '_>, heading: usize, content: &[usize]) -> bool {
    let end = content.last().map_or(heading + 1, |last| list.tree.units[*last].end);
    let within = list.stretch(heading..end);
    !own_id::choose(&list.labelled, &within, None, &[], &mut Notes::default()).equal.is_empty()
}

/// Whether units lead to something else beside papers: code, a project's page.
fn leads_elsewhere(list: &List<'_, '_>, units: &[usize]) -> bool {
    let passage = list.passage();
    units.iter().any(|unit| {
        let mut links = passage.links_in(&list.stretch(*unit..list.tree.units[*unit].end));
        links.any(|link| list.labelled.roles[link] != Role::Text && passage.links[link].target == Target::Other)
    })
}

/// How many e-prints the links of units lead to.
pub(super) fn papers_under(list: &List<'_, '_>, units: &[usize]) -> usize {
    let passage = list.passage();
    let mut ids: Vec<&Sighting> = Vec::new();
    for unit in units.iter().filter(|unit| list.shape(**unit) != Shape::Fold || !folds_details(list, **unit)) {
        let stretch = list.stretch(*unit..list.tree.units[*unit].end);
        for sighting in passage.links[passage.links_in(&stretch)].iter().filter_map(|link| link.named.first()) {
            if ids.len() < 3 && !ids.contains(&sighting) {
                ids.push(sighting);
            }
        }
    }
    ids.len()
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
            tells_of_one(list, unit) || list.tells(unit).details && { is_one_papers(list, &list.children(unit), title) }
        }
        Shape::Bibtex => cites(list, unit, title),
        Shape::Fold => is_one_papers(list, &list.children(unit), title),
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
    (0..units.len()).any(|at| holds_entry(list, units, at))
}

fn holds_entry(list: &List<'_, '_>, units: &[usize], at: usize) -> bool {
    let unit = units[at];
    let found = list.tells(unit);
    match list.shape(unit) {
        Shape::Table => list.tree.children(unit).any(|row| list.tells(row).paper),
        Shape::Item => {
            found.paper && found.has_title && !found.details || has_titled(list, unit + 1..list.tree.units[unit].end)
        }
        Shape::Paragraph => {
            let next = units.get(at + 1).map(|next| list.shape(*next));
            let is_over_list =
                next == Some(Shape::Item) && !found.details && is_lone_bold(list.passage(), &list.own(unit));
            found.paper && found.titled || is_over_list
        }
        Shape::Fold => !folds_details(list, unit) && has_entries(list, &list.children(unit)),
        _ => false,
    }
}

/// Whether units hold several papers by nothing but their addresses.
pub(super) fn has_references(list: &List<'_, '_>, units: &[usize]) -> bool {
    let counts = units.iter().filter(|unit| matches!(list.shape(**unit), Shape::Paragraph | Shape::Item));
    counts.map(|unit| references_alone(list.passage(), &list.stretch(*unit..list.tree.units[*unit].end))).sum::<usize>()
        > 1
}

/// How many of the units at the start stand before any entry and any heading.
fn lead(list: &List<'_, '_>, units: &[usize]) -> usize {
    let units = before_headings(list, units);
    (0..units.len()).find(|at| holds_entry(list, units, *at)).unwrap_or(units.len())
}
