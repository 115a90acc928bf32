//! What arXiv's answers say comes through whole: odd titles, many authors, both forms of the service.

use crate::support::{FakeArxiv, FakePaper, Fault, Faults, Project};

fn record_of(paper: FakePaper, faults: Faults) -> serde_json::Value {
    let project = Project::with_list(&format!("- [What the list says](https://arxiv.org/abs/{})\n", paper.id));
    let id = paper.id.clone();
    let outcome = project.run(&FakeArxiv::start([paper], faults), &[]);
    assert_eq!(outcome.code, Some(0), "{}", outcome.stderr);
    outcome.record(&id).unwrap().clone()
}

#[test]
fn titles_that_look_like_nothing_or_like_errors_are_titles() {
    for title in ["Error", "0", "null", "Rate exceeded."] {
        let record = record_of(FakePaper::new("2104.12255").title(title), Faults::none());
        assert_eq!((&record["title"], &record["status"]), (&title.into(), &"enriched".into()));
    }
}

#[test]
fn both_forms_of_the_service_give_the_same_record() {
    let paper = FakePaper::numbered(21).subject_class("68T05").summary("One $x < y$ & two.\nA new paragraph.");
    let today = record_of(paper.clone(), Faults::none());
    let before = record_of(paper, Faults::always(Fault::OldForm));
    assert_eq!(today, before);
    assert_eq!(today["abstract"], "One $x < y$ & two. A new paragraph.");
}

#[test]
fn the_first_of_several_dois_counts() {
    let record = record_of(FakePaper::new("2104.12255").doi("10.5555/one").doi("10.5555/two"), Faults::none());
    assert_eq!(record["doi"], "10.5555/one");
}

#[test]
fn a_thousand_authors_stay_in_order() {
    let names: Vec<_> = (1..=1000).map(|n| format!("Author Number{n}")).collect();
    let names: Vec<_> = names.iter().map(String::as_str).collect();
    let record = record_of(FakePaper::new("2104.12255").authors(&names), Faults::none());
    assert_eq!(record["authors"], serde_json::json!(names));
}

#[test]
fn a_withdrawn_paper_is_marked_and_keeps_its_metadata() {
    let record = record_of(
        FakePaper::new("2104.12255").comment("This paper has been withdrawn by the author due to an error"),
        Faults::none(),
    );
    assert_eq!((&record["withdrawn"], &record["status"]), (&true.into(), &"enriched".into()));
}
