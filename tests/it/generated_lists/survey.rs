//! Tries many generated lists and tells how those of each habit fare: shares say more than the first failure.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;

use super::writing::{List, lists};

/// How many pairs of habits are named, those that fare worst.
const WORST_PAIRS: usize = 8;

/// A pair of habits with fewer entries is chance.
const ENOUGH: usize = 25;

/// What became of one list.
#[derive(Default)]
pub(crate) struct Outcome {
    /// How many of its entries are as they should be.
    pub(crate) right: usize,
    pub(crate) of: usize,
    /// What happened instead, with the text of the list; empty where all is well.
    pub(crate) report: String,
}

#[derive(Clone, Copy, Default)]
struct Share {
    right: usize,
    of: usize,
}

/// What became of all lists.
#[derive(Default)]
struct Survey {
    all: Share,
    habits: BTreeMap<String, Share>,
    pairs: BTreeMap<String, Share>,
    failed: usize,
    /// For each setting of the title, the shortest list that failed.
    shortest: BTreeMap<String, String>,
}

/// Checks this many lists, the same on every machine, and fails with the shares where fewer than `floor` tenths of a percent of
/// their entries are right. A floor below 1000 is what is reached today; raise it with the reader, and never lower it.
pub(crate) fn survey(lists_wanted: usize, floor: usize, check: impl Fn(&List) -> Outcome) {
    let mut runner = TestRunner::deterministic();
    let lists = lists();
    let mut survey = Survey::default();
    for _ in 0..lists_wanted {
        let list = lists.new_tree(&mut runner).unwrap().current();
        survey.add(&list, check(&list));
    }
    assert!(survey.all.of > lists_wanted, "lists have entries");
    let Share { right, of } = survey.all;
    let told = || format!("{} of {lists_wanted} lists are not right\n{}", survey.failed, survey.told());
    assert!(right * 1_000 >= of * floor && (floor < 1_000 || survey.failed == 0), "{}", told());
}

impl Survey {
    fn add(&mut self, list: &List, outcome: Outcome) {
        let habits = list.habits.told().map(|(kind, habit)| format!("{kind:10} {habit:14}"));
        self.all.add(&outcome);
        for (at, habit) in habits.iter().enumerate() {
            self.habits.entry(habit.clone()).or_default().add(&outcome);
            for other in &habits[at + 1..] {
                self.pairs.entry(format!("{habit} {other}")).or_default().add(&outcome);
            }
        }
        if !outcome.report.is_empty() {
            self.failed += 1;
            let shortest = self.shortest.entry(habits[0].clone()).or_insert_with(|| outcome.report.clone());
            if outcome.report.len() < shortest.len() {
                *shortest = outcome.report;
            }
        }
    }

    fn told(&self) -> String {
        let mut told = format!("entries right: {}\n", self.all.told());
        for (habit, share) in &self.habits {
            let _ = writeln!(told, "  {habit} {}", share.told());
        }
        let mut pairs: Vec<_> = self.pairs.iter().filter(|(_, share)| share.of >= ENOUGH).collect();
        pairs.sort_by_key(|(_, share)| share.thousandths());
        told.push_str("pairs that fare worst:\n");
        for (pair, share) in pairs.into_iter().take(WORST_PAIRS) {
            let _ = writeln!(told, "  {pair} {}", share.told());
        }
        for (setting, report) in &self.shortest {
            let _ = writeln!(told, "---- {setting}\n{report}");
        }
        told
    }
}

impl Share {
    fn add(&mut self, outcome: &Outcome) {
        self.right += outcome.right;
        self.of += outcome.of;
    }

    fn thousandths(self) -> usize {
        1_000 * self.right / self.of.max(1)
    }

    fn told(self) -> String {
        format!("{}.{} % of {}", self.thousandths() / 10, self.thousandths() % 10, self.of)
    }
}
