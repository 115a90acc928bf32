//! Paragraphs: entries with the details after them, lines that head what follows, and prose that cites.

use super::beside::{self, Beside};
use super::folds::folds_details;
use super::headings::is_one_papers;
use super::items::has_titled;
use super::{Plan, Standing, What, end_of_run};
use crate::extract::features::evidence::{is_lone_bold, reads_as_entry};
use crate::extract::features::labels::Role;
use crate::extract::features::links::Target;
use crate::extract::features::plain;
use crate::extract::forms::bibtex;
use crate::extract::units::Shape;
use crate::extract::units::passage::{LINE, SOFT};

impl Plan<'_, '_, '_> {
    /// Reads a paragraph, with the units after it that are its details, and returns where to go on.
    pub(super) fn paragraph(&mut self, beside: &Beside<'_>, at: usize, outer: usize) -> usize {
        let (list, units) = (self.list, beside.units);
        let unit = units[at];
        let own = list.own(unit);
        let passage = list.passage();
        let text = &passage.text[own.clone()];
        if bibtex::starts_an_entry(text) {
            self.place(What::Bibtex, unit, unit..unit + 1, Standing::Sure);
            return at + 1;
        }
        if beside.are_named_above
            && let Some(end) = self.named_above(units, at)
        {
            return end;
        }
        let found = list.tells(unit);
        let is_bold = is_lone_bold(passage, &own);
        let is_one_line = !text.trim().contains([LINE, SOFT]);
        let is_title = is_bold || (found.has_title && !found.paper && (is_one_line || found.titled));
        let end = if is_title || found.titled { self.end_of_details(units, at + 1) } else { at + 1 };
        let details = &units[at + 1..end];
        let has_details = !details.is_empty() && is_one_papers(list, details, "");
        let all =
            unit..units.get(end).copied().unwrap_or(details.last().map_or(unit + 1, |last| list.tree.units[*last].end));
        if found.paper && (found.titled || is_bold) || has_details && is_title {
            let what = if found.paper || !is_bold {
                What::Papers
            } else {
                let line = text.trim_start().split(LINE).next().unwrap_or_default();
                What::Under(vec![super::folds::whole(list, unit, line)])
            };
            self.place(what, unit, all, Standing::Sure);
            return end;
        }
        let heads = is_bold || beside.have_lines_over_lists && beside::heads_list(list, units, at);
        if heads && self.stands_over_entries(units, at + 1) {
            self.category(outer, plain::title(text));
            return at + 1;
        }
        // A title set apart, with links that say what they lead to, presents a paper that nobody put on arXiv.
        let mut links = passage.links_in(&own);
        let says_links = links.any(|link| {
            let (link, role) = (&passage.links[link], &list.labelled.roles[link]);
            !link.is_bare && link.target != Target::Anchor && *role != Role::Text
        });
        let reads = found.paper && found.is_plain && reads_as_entry(&list.labelled, &own);
        let (what, standing) = if found.tags {
            (What::Papers, Standing::Sure)
        } else if found.titled && says_links && text.contains([LINE, '.', '"', '”']) {
            (What::Papers, Standing::Titled)
        } else if reads {
            (What::Papers, Standing::Sure)
        } else {
            (What::Cited, Standing::Sure)
        };
        self.place(what, unit, unit..unit + 1, standing);
        at + 1
    }

    /// Reads a short name with links over a paragraph that is its full title, and returns where to go on.
    fn named_above(&mut self, units: &[usize], at: usize) -> Option<usize> {
        let list = self.list;
        let title = beside::title_below(list, units, at)?;
        let end = self.end_of_details(units, at + 2);
        let last = list.tree.units[units[end - 1]].end;
        self.place(What::Under(list.candidates(title).to_vec()), units[at], units[at]..last, Standing::Sure);
        Some(end)
    }

    /// Where the details of an entry end that start at a position: lists, lines of links, BibTeX, folded abstracts.
    fn end_of_details(&self, units: &[usize], start: usize) -> usize {
        let list = self.list;
        let mut at = start;
        while let Some(&unit) = units.get(at) {
            at = match list.shape(unit) {
                Shape::Item => {
                    let end = end_of_run(list, units, at);
                    let last = units[end - 1];
                    if has_titled(list, unit..list.tree.units[last].end) {
                        return at;
                    }
                    end
                }
                Shape::Paragraph if list.tells(unit).details => at + 1,
                Shape::Fold if folds_details(list, unit) => at + 1,
                Shape::Bibtex => at + 1,
                _ => return at,
            };
        }
        at
    }

    /// Whether a list, a table or paragraphs with entries follow directly.
    fn stands_over_entries(&self, units: &[usize], at: usize) -> bool {
        units.get(at).is_some_and(|&unit| match self.list.shape(unit) {
            Shape::Item | Shape::Table | Shape::Fold => true,
            Shape::Paragraph => {
                let found = self.list.tells(unit);
                found.titled && found.link
            }
            _ => false,
        })
    }
}
