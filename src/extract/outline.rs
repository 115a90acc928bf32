//! The path of headings over the place that is being read.

/// No heading is longer, in bytes: a longer one would stand in full in each record below it.
const LONGEST: usize = 1_000;

/// What is opened deeper than this is passed over, for the same reason.
const DEEPEST: usize = 64;

/// The headings, folded parts and categories that are open, outermost first.
#[derive(Debug, Default)]
pub(super) struct Outline {
    steps: Vec<Step>,
    /// How many folded parts are open that were passed over.
    beyond: usize,
}

#[derive(Debug)]
struct Step {
    rank: Rank,
    text: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Rank {
    Heading(u8),
    /// A part that can be folded away; its text is empty until its summary is read.
    Details,
    /// A bold line, or a list item over other items.
    Category,
}

/// A mark to come back to.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mark {
    steps: usize,
    beyond: usize,
}

impl Outline {
    /// The path as it stands here.
    pub(super) fn path(&self) -> Vec<String> {
        self.steps.iter().filter(|step| !step.text.is_empty()).map(|step| step.text.clone()).collect()
    }

    /// Opens a heading. Headings of its level and below end, and with them the parts and categories that stand in them.
    pub(super) fn heading(&mut self, level: u8, text: Option<String>) {
        let is_above = |step: &Step| matches!(step.rank, Rank::Heading(above) if above < level);
        // A folded part encloses the headings within it, unless a heading as high as those around it shows that it was never closed.
        let fold = self.steps.iter().rposition(|step| step.rank == Rank::Details).filter(|&fold| {
            let around = self.steps[..fold].iter().rev().find(|step| matches!(step.rank, Rank::Heading(_)));
            around.is_none_or(is_above)
        });
        let floor = fold.map_or(0, |fold| fold + 1);
        let end = self.steps.iter().rposition(is_above).map_or(0, |above| above + 1).max(floor);
        self.truncate(end);
        if let Some(text) = text {
            self.push(Rank::Heading(level), text);
        }
    }

    fn push(&mut self, rank: Rank, mut text: String) {
        text.truncate(text.floor_char_boundary(LONGEST));
        if self.steps.len() < DEEPEST {
            self.steps.push(Step { rank, text });
        }
    }

    fn truncate(&mut self, end: usize) {
        if end < self.steps.len() {
            self.beyond = 0;
            self.steps.truncate(end);
        }
    }

    /// Opens a bold line that stands over what follows, in place of the last one.
    pub(super) fn category(&mut self, text: String) {
        self.end_category();
        self.push(Rank::Category, text);
    }

    /// Ends a bold line's reach.
    pub(super) fn end_category(&mut self) {
        while self.steps.last().is_some_and(|step| step.rank == Rank::Category) {
            self.steps.pop();
        }
    }

    /// Opens a list item that stands over other items, until [`Self::back_to`] the mark.
    pub(super) fn item(&mut self, text: String) -> Mark {
        let mark = Mark { steps: self.steps.len(), beyond: self.beyond };
        self.push(Rank::Category, text);
        mark
    }

    /// Ends everything opened since the mark.
    pub(super) fn back_to(&mut self, mark: Mark) {
        self.steps.truncate(mark.steps);
        self.beyond = mark.beyond;
    }

    /// Opens a part that can be folded away.
    pub(super) fn details(&mut self) {
        if self.steps.len() < DEEPEST {
            self.push(Rank::Details, String::new());
        } else {
            self.beyond += 1;
        }
    }

    /// Names the part that was opened last.
    pub(super) fn summary(&mut self, text: String) {
        let innermost = self.steps.iter_mut().rev().find(|step| step.rank == Rank::Details);
        if let Some(step) = innermost.filter(|_| self.beyond == 0) {
            step.text = text;
            step.text.truncate(step.text.floor_char_boundary(LONGEST));
        }
    }

    /// Ends the part that was opened last, and what stands in it.
    pub(super) fn end_details(&mut self) {
        if self.beyond > 0 {
            self.beyond -= 1;
        } else if let Some(start) = self.steps.iter().rposition(|step| step.rank == Rank::Details) {
            self.steps.truncate(start);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(build: impl Fn(&mut Outline), expected: &[&str]) {
        let mut outline = Outline::default();
        build(&mut outline);
        assert_eq!(outline.path(), expected);
    }

    #[test]
    fn headings_of_one_level_are_siblings() {
        check(
            |outline| {
                outline.heading(1, Some("List".into()));
                outline.heading(2, Some("Papers".into()));
                outline.heading(4, Some("2023".into()));
                outline.heading(2, Some("Books".into()));
            },
            &["List", "Books"],
        );
    }

    #[test]
    fn a_folded_part_encloses_what_stands_in_it_and_ends_with_it() {
        let open = |outline: &mut Outline| {
            outline.heading(2, Some("Models".into()));
            outline.details();
            outline.summary("Open".into());
            outline.heading(3, Some("Small".into()));
        };
        check(open, &["Models", "Open", "Small"]);
        check(
            |outline| {
                open(outline);
                outline.end_details();
            },
            &["Models"],
        );
    }

    #[test]
    fn a_part_that_was_never_closed_ends_at_the_next_heading_of_the_level_around_it() {
        check(
            |outline| {
                outline.heading(2, Some("Models".into()));
                outline.details();
                outline.summary("Open".into());
                outline.heading(2, Some("Data".into()));
            },
            &["Data"],
        );
    }

    #[test]
    fn a_bold_line_reaches_to_the_next_one() {
        check(
            |outline| {
                outline.heading(2, Some("Models".into()));
                outline.category("Encoder".into());
                outline.category("Decoder".into());
            },
            &["Models", "Decoder"],
        );
    }
}
