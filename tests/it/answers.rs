//! What arXiv's answers say comes through whole: odd titles, many authors, both forms of the service, every recorded answer.

use std::fs;
use std::path::Path;

use enrich::source::arxiv_api::atom;

use crate::support::{FakeArxiv, FakePaper, Fault, Faults, Project};

/// Answers of the real service, recorded by others. They are not part of the project.
const RECORDED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/arxiv/atom");

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

/// The text between two marks, each time they stand there.
fn between<'a>(text: &'a str, start: &str, end: &str) -> Vec<&'a str> {
    text.split(start).skip(1).filter_map(|rest| rest.split(end).next()).collect()
}

/// The content of each element of this name, whatever its attributes.
fn elements(entry: &str, name: &str) -> Vec<String> {
    let all = between(entry, &format!("<{name}"), &format!("</{name}>")).into_iter();
    all.filter_map(|rest| rest.split_once('>')).map(|(_, content)| words(content)).collect()
}

fn words(text: &str) -> String {
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn every_recorded_answer_parses_to_what_it_says() {
    let Ok(folder) = fs::read_dir(Path::new(RECORDED)) else {
        println!("skipped: there are no recorded answers in {RECORDED}");
        return;
    };
    let mut answers = 0;
    for path in folder.map(|entry| entry.unwrap().path()).filter(|path| path.extension().is_some_and(|e| e == "xml")) {
        let xml = fs::read_to_string(&path).unwrap();
        let feed = atom::read(&xml);
        assert_eq!(feed.broken, None, "{}", path.display());
        let entries = between(&xml, "<entry", "</entry>");
        let is_error = |entry: &&&str| entry.contains("/api/errors");
        let is_paper = |entry: &&&str| entry.contains("<title") && !entry.contains("/api/errors");
        assert_eq!(feed.errors.len(), entries.iter().filter(is_error).count(), "{}", path.display());
        let told: Vec<_> = entries.iter().filter(is_paper).collect();
        assert_eq!(feed.papers.len(), told.len(), "{}", path.display());
        for (paper, entry) in feed.papers.iter().zip(told) {
            let version = paper.version.map(|version| format!("v{version}")).unwrap_or_default();
            assert!(entry.contains(&format!("/abs/{}{version}<", paper.id)), "{}: {}", path.display(), paper.id);
            assert_eq!(paper.title, elements(entry, "title")[0], "{}", path.display());
            assert_eq!(paper.summary, elements(entry, "summary").first().cloned(), "{}", path.display());
            assert_eq!(paper.authors, elements(entry, "name"));
            assert_eq!(paper.comment, elements(entry, "arxiv:comment").first().cloned(), "{}", path.display());
            let primary = between(entry, "<arxiv:primary_category", ">")[0];
            let primary = between(primary, "term=\"", "\"")[0];
            assert_eq!(paper.primary_category.as_ref().map(|category| category.as_str()), Some(primary));
            assert_eq!(paper.categories[0].as_str(), primary);
            assert!(paper.published.is_some() && paper.updated.is_some() && paper.updated >= paper.published);
        }
        answers += 1;
    }
    assert!(answers > 0, "{RECORDED} holds recorded answers");
}
