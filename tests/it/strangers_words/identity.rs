//! What another service answers is never taken for arXiv's word, even where both are kept in one file, and however it got there.

use rusqlite::Connection;

use crate::support::{FakeArxiv, FakeDatacite, FakeOai, FakePaper, Fault, Faults, Project, list_of};

const KEPT: [&str; 2] = ["--cache", "answers.sqlite"];

/// A project with one paper, of which a stranger tells this title.
fn project(title: &str) -> (Project, FakeArxiv) {
    let papers = [FakePaper::new("2403.07648").title(title), FakePaper::new("2403.00001").title("Another paper")];
    (Project::with_list(&list_of(&papers[..1])), FakeArxiv::start(papers, Faults::none()))
}

/// What arXiv itself has told, without asking it again.
fn known_of_arxiv(project: &Project, further: &[&str]) -> Vec<String> {
    let usual = ["run", "list.md", "--output", "known", "--offline"];
    project.enrich(&[&usual[..], &KEPT, further].concat());
    let json: serde_json::Value = serde_json::from_str(&project.read("known/enriched.json").unwrap()).unwrap();
    json.as_array().unwrap().iter().map(|record| record["status"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_strangers_answers_are_the_strangers_even_in_one_file() {
    let (project, stranger) = project("Made up");
    assert_eq!(project.run(&stranger, &KEPT).statuses(), ["enriched"]);
    assert_eq!(known_of_arxiv(&project, &[]), ["unreachable"]);
    assert_eq!(known_of_arxiv(&project, &["--api-url", &stranger.url()]), ["enriched"]);
    let (_, another) = self::project("Made up by another");
    let outcome = project.run(&another, &KEPT);
    assert_eq!(outcome.record("2403.07648").unwrap()["title"], "Made up by another");
}

#[test]
fn that_a_stranger_has_no_such_paper_is_not_arxivs_word() {
    let project = Project::with_list("- [A](https://arxiv.org/abs/2403.99999)\n");
    let stranger = FakeArxiv::start([FakePaper::new("0704.0001")], Faults::none());
    assert_eq!(project.run(&stranger, &KEPT).statuses(), ["not_found"]);
    assert_eq!(known_of_arxiv(&project, &[]), ["unreachable"]);
}

#[test]
fn what_other_routes_tell_at_other_addresses_is_theirs() {
    let paper = || FakePaper::new("2403.07648").title("Made up");
    let (oai, datacite) = (FakeOai::start([paper()], Faults::none()), FakeDatacite::start([paper()], Faults::none()));
    let addresses = [("--oai-url", oai.url()), ("--datacite-url", datacite.url())];
    for (option, url) in addresses {
        let (project, stranger) = project("Made up");
        stranger.misbehave(Faults::always(Fault::RateExceeded));
        let fallback = if option == "--oai-url" { "oai-pmh" } else { "datacite" };
        let further = [option, &url, "--fallback", fallback, "--deadline", "2s"];
        assert_eq!(project.run(&stranger, &[&KEPT[..], &further].concat()).statuses(), ["enriched"], "{option}");
        assert_eq!(known_of_arxiv(&project, &[]), ["unreachable"], "{option}");
        assert_eq!(known_of_arxiv(&project, &[option, &url, "--fallback", fallback]), ["enriched"], "{option}");
    }
}

#[test]
fn an_exported_cache_holds_the_word_of_the_service_that_is_named() {
    let (project, stranger) = project("Made up");
    project.run(&stranger, &KEPT);
    let cache = |arguments: &[&str]| project.enrich(&[&["cache"], arguments, &KEPT].concat()).stdout;
    assert_eq!(cache(&["export", "arxivs.jsonl"]), "0 papers written to arxivs.jsonl\n");
    assert!(cache(&["stats"]).contains("1 answers of other services"));
    let url = stranger.url();
    assert_eq!(cache(&["export", "strangers.jsonl", "--api-url", &url]), "1 papers written to strangers.jsonl\n");
    std::fs::remove_file(project.path("answers.sqlite")).unwrap();
    cache(&["import", "strangers.jsonl", "--api-url", &url]);
    assert_eq!(known_of_arxiv(&project, &[]), ["unreachable"]);
    assert_eq!(known_of_arxiv(&project, &["--api-url", &url]), ["enriched"]);
}

#[test]
fn a_row_about_another_paper_is_not_believed() {
    let (project, stranger) = project("Made up");
    project.run(&stranger, &KEPT);
    let database = Connection::open(project.path("answers.sqlite")).unwrap();
    database.execute("UPDATE answers SET paper = replace(paper, '2403.07648', '2403.00001')", []).unwrap();
    drop(database);
    assert_eq!(known_of_arxiv(&project, &["--api-url", &stranger.url()]), ["unreachable"]);
}

#[test]
fn an_earlier_versions_answers_are_arxivs_in_its_own_file_and_nobodys_in_another() {
    let earlier =
        "CREATE TABLE answers (id TEXT NOT NULL UNIQUE, answered_at INTEGER NOT NULL, source TEXT, paper TEXT);
         CREATE INDEX answers_by_age ON answers (answered_at);
         INSERT INTO answers SELECT id, answered_at, source, paper FROM now.answers;
         DETACH now; PRAGMA user_version = 2;";
    let (project, stranger) = project("Known for long");
    project.run(&stranger, &KEPT);
    let own = project.enrich(&["cache", "path"]).stdout.trim_end().to_owned();
    std::fs::create_dir_all(std::path::Path::new(&own).parent().unwrap()).unwrap();
    for file in [own.as_str(), "other.sqlite"] {
        let database = Connection::open(project.path(file)).unwrap();
        database.execute("ATTACH ?1 AS now", [project.path("answers.sqlite").to_str().unwrap()]).unwrap();
        database.execute_batch(earlier).unwrap();
    }
    let is_known = |file: &str| {
        project.enrich(&["run", "list.md", "--output", "known", "--offline", "--cache", file]);
        project.read("known/enriched.json").unwrap().contains("\"status\": \"enriched\"")
    };
    assert!(!is_known("other.sqlite"));
    assert!(is_known(&own));
}
