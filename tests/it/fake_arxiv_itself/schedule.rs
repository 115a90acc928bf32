//! Faults come when they are due, and the same ones in every run.

use super::client::ask;
use crate::support::{FakeArxiv, Fault, Faults, seed};

fn statuses(arxiv: &FakeArxiv, requests: usize) -> Vec<u16> {
    (0..requests).map(|_| ask(arxiv, "2403.07648").status).collect()
}

#[test]
fn a_script_is_followed_and_then_all_is_well() {
    let arxiv = FakeArxiv::start(seed(), [Fault::RateExceeded, Fault::None, Fault::Unavailable]);
    assert_eq!(statuses(&arxiv, 5), [429, 200, 503, 200, 200]);
}

#[test]
fn faults_and_papers_can_be_replaced_on_the_way() {
    let arxiv = FakeArxiv::start(seed(), Faults::always(Fault::RateExceeded));
    assert_eq!(statuses(&arxiv, 3), [429, 429, 429]);
    arxiv.misbehave([Fault::ServerError]);
    assert_eq!(statuses(&arxiv, 2), [500, 200]);
    arxiv.hold([]);
    assert_eq!(ask(&arxiv, "2403.07648").total_results(), Some(0));
}

#[test]
fn a_function_can_decide() {
    let every_third = |request| if request % 3 == 2 { Fault::NotAcceptable } else { Fault::None };
    let arxiv = FakeArxiv::start(seed(), Faults::by(every_third));
    assert_eq!(statuses(&arxiv, 6), [200, 200, 406, 200, 200, 406]);
}

#[test]
fn the_same_seed_refuses_the_same_requests_and_about_as_many_as_wanted() {
    let drawn = |seed, refusals| (0..1_000).map(|n| Faults::seeded(seed, refusals).of(n)).collect::<Vec<_>>();
    let refused = |seed, refusals| drawn(seed, refusals).into_iter().filter(|fault| *fault != Fault::None).count();
    assert_eq!(drawn(1, 7), drawn(1, 7));
    assert_ne!(drawn(1, 7), drawn(2, 7));
    assert!((650..=750).contains(&refused(1, 7)), "{}", refused(1, 7));
    assert_eq!((refused(1, 0), refused(1, 10)), (0, 1_000));
    let kinds = drawn(1, 10).iter().map(|fault| format!("{fault:?}")).collect::<std::collections::BTreeSet<_>>();
    assert_eq!(kinds.len(), 12, "{kinds:?}");
}
