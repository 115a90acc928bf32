//! A list with all that is known of it before it is read: its units, what they are called, what each tells by itself.

use std::ops::Range;

use crate::extract::conventions::Learned;
use crate::extract::features::evidence::{Evidence, evidence};
use crate::extract::features::labels::Labelled;
use crate::extract::features::plain;
use crate::extract::features::title::{self, Candidate};
use crate::extract::known::Known;
use crate::extract::units::document::Document;
use crate::extract::units::passage::Passage;
use crate::extract::units::{Shape, Tree};

/// A list before it is read.
pub(super) struct List<'l, 'd> {
    pub(super) document: &'l Document<'d>,
    pub(super) labelled: Labelled<'l, 'd>,
    pub(super) tree: Tree,
    /// What papers are called, where that is known.
    pub(super) known: &'l Known,
    features: Vec<Features>,
}

/// What a unit tells by itself.
#[derive(Debug, Default)]
struct Features {
    evidence: Evidence,
    candidates: Vec<Candidate>,
}

impl<'l, 'd> List<'l, 'd> {
    /// Looks at each unit once.
    pub(super) fn of(document: &'l Document<'d>, learned: &'l Learned, known: &'l Known) -> Self {
        let labelled = Labelled::of(&document.passage, learned);
        let tree = Tree::of(document);
        let mut list = Self { document, labelled, tree, known, features: Vec::new() };
        list.features = (0..list.tree.units.len()).map(|unit| list.look(unit)).collect();
        list
    }

    fn look(&self, unit: usize) -> Features {
        let shape = self.tree.units[unit].shape;
        if matches!(shape, Shape::Root | Shape::Table | Shape::Header | Shape::Bibtex | Shape::Rule) {
            return Features::default();
        }
        let own = self.own(unit);
        let candidates = title::candidates(&self.labelled, &own);
        Features { evidence: evidence(&self.labelled, &own, &candidates), candidates }
    }

    /// What a unit tells by itself.
    pub(super) fn tells(&self, unit: usize) -> Evidence {
        self.features[unit].evidence
    }

    /// What may be the title in a unit's own text.
    pub(super) fn candidates(&self, unit: usize) -> &[Candidate] {
        &self.features[unit].candidates
    }

    pub(super) fn passage(&self) -> &Passage<'d> {
        self.labelled.passage
    }

    pub(super) fn shape(&self, unit: usize) -> Shape {
        self.tree.units[unit].shape
    }

    /// The units that a unit holds, in order.
    pub(super) fn children(&self, unit: usize) -> Vec<usize> {
        self.tree.children(unit).collect()
    }

    /// The stretch of a unit's own text.
    pub(super) fn own(&self, unit: usize) -> Range<usize> {
        self.document.text_of(&self.tree.units[unit].own)
    }

    /// The stretch of the text from one unit to the end of another.
    pub(super) fn stretch(&self, units: Range<usize>) -> Range<usize> {
        self.document.text_of(&self.blocks(units))
    }

    /// The blocks of units with all that they hold.
    pub(super) fn blocks(&self, units: Range<usize>) -> Range<usize> {
        let start = self.tree.units[units.start].own.start;
        let end = self.tree.units[units].iter().map(|unit| unit.own.end).max().unwrap_or(start);
        start..end
    }

    /// A unit's own text as a reader sees it.
    pub(super) fn text(&self, unit: usize) -> String {
        plain::line(&self.passage().text[self.own(unit)])
    }
}
