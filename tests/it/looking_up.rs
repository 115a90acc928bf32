//! Metadata without asking for identifiers: from a downloaded snapshot, by title, and from a cache that has travelled.

use serde_json::json;

use crate::support::{FakeArxiv, FakePaper, Fault, Faults, Outcome, Project, list_of};

/// A line of a snapshot for a paper with this title and author.
fn line(id: &str, title: &str, surname: &str) -> String {
    json!({
        "id": id, "submitter": null, "authors": format!("Ann {surname}"), "title": title, "comments": "9 pages",
        "journal-ref": null, "doi": null, "report-no": null, "categories": "cs.LG stat.ML", "license": null,
        "abstract": "  A made-up\n  abstract.", "update_date": "2024-05-02",
        "versions": [
            {"version": "v1", "created": "Mon, 1 Apr 2024 10:00:00 GMT"},
            {"version": "v2", "created": "Wed, 1 May 2024 10:00:00 GMT"},
        ],
        "authors_parsed": [[surname, "Ann", ""]],
    })
    .to_string()
        + "\n"
}

/// A list with a paper that the snapshot has, one that it lacks, and one without identifier.
const LIST: &str = "# L\n\n- [A](https://arxiv.org/abs/2404.00001)\n- [B](https://arxiv.org/abs/2404.00002)\n\n\
    #### The Example of Examples\n\nblog link: [here](https://a.example)\n\ncitation:\n\n```bibtex\n@misc{example2024,\n  \
    title = {The Example of Examples},\n  author = {Ann Example and Bob Other},\n  year = {2024}\n}\n```\n";

fn project() -> (Project, FakeArxiv) {
    let project = Project::with_list(LIST);
    let snapshot = line("2404.00001", "One", "Author")
        + "this line is broken\n"
        + line("2404.00003", "The example of\n  examples", "Example").as_str()
        + line("2404.00004", "The Example of Examples", "Stranger").as_str();
    project.write("snapshot.json", snapshot);
    (project, FakeArxiv::start([FakePaper::new("2404.00001"), FakePaper::new("2404.00002")], Faults::none()))
}

fn sources(outcome: &Outcome) -> Vec<&str> {
    let records = outcome.json.as_ref().unwrap().as_array().unwrap();
    records.iter().map(|record| record["source"].as_str().unwrap()).collect()
}

#[test]
fn a_snapshot_answers_first_and_the_api_is_asked_for_the_rest() {
    let (project, arxiv) = project();
    let outcome = project.run(&arxiv, &["--snapshot", "snapshot.json"]);
    assert_eq!(outcome.code, Some(0), "{}", outcome.stderr);
    assert_eq!(arxiv.ids_asked(), ["2404.00002"]);
    assert_eq!(sources(&outcome), ["snapshot", "arxiv-api", "list"]);
    let record = outcome.record("2404.00001").unwrap();
    assert_eq!((&record["version"], &record["abstract"]), (&2.into(), &"A made-up abstract.".into()));
    assert_eq!(record["published"], "2024-04-01T10:00:00Z");
    assert!(outcome.stderr.contains("1 of the 4 lines of snapshot.json are broken"), "{}", outcome.stderr);
}

#[test]
fn a_snapshot_offline_answers_everything_it_can_and_opens_no_socket() {
    let (project, arxiv) = project();
    let outcome = project.run(&arxiv, &["--snapshot", "snapshot.json", "--offline"]);
    assert_eq!((outcome.statuses(), outcome.code), (vec!["enriched", "unreachable", "no_arxiv_id"], Some(3)));
    assert_eq!(arxiv.connections(), 0);
}

#[test]
fn a_paper_without_identifier_is_offered_where_title_and_author_agree_and_never_merged() {
    let (project, arxiv) = project();
    let outcome = project.run(&arxiv, &["--snapshot", "snapshot.json"]);
    assert!(outcome.stderr.contains("list.md:6:6: warning: this may be 2404.00003"), "{}", outcome.stderr);
    assert!(!outcome.stderr.contains("2404.00004"), "{}", outcome.stderr);
    assert_eq!(outcome.json.unwrap()[2]["arxiv_id"], serde_json::Value::Null);
}

#[test]
fn a_snapshot_that_cannot_serve_is_an_error_with_its_path() {
    let (project, arxiv) = project();
    for (file, text) in [("missing.json", None), ("empty.json", Some("")), ("other.json", Some("a,b\n1,2\n"))] {
        if let Some(text) = text {
            project.write(file, text);
        }
        let outcome = project.run(&arxiv, &["--snapshot", file]);
        assert_eq!(outcome.code, Some(1), "{}", outcome.stderr);
        assert!(outcome.stderr.contains(file) && outcome.stderr.contains("hint:"), "{}", outcome.stderr);
    }
}

fn with_title(id: &str, title: &str, author: &str) -> FakePaper {
    FakePaper::new(id).title(title).authors(&[author])
}

#[test]
fn find_missing_looks_titles_up_and_offers_what_agrees() {
    let (project, arxiv) = project();
    arxiv.hold([
        FakePaper::new("2404.00001"),
        FakePaper::new("2404.00002"),
        with_title("2404.00003", "The Example of Examples", "Ann Example"),
        with_title("2404.00004", "The Example of Examples", "A Stranger"),
        with_title("2404.00005", "The Example of Examples, Revisited", "Ann Example"),
    ]);
    let outcome = project.run(&arxiv, &["--find-missing"]);
    assert_eq!((arxiv.requests().len(), outcome.code), (2, Some(0)), "{}", outcome.stderr);
    assert!(arxiv.requests()[1].request.line.contains("search_query=ti"), "{}", arxiv.requests()[1].request.line);
    assert_eq!(outcome.stderr.matches("[possible-match]").count(), 1, "{}", outcome.stderr);
    assert!(outcome.stderr.contains("this may be 2404.00003"), "{}", outcome.stderr);
    assert_eq!(outcome.json.unwrap()[2]["status"], "no_arxiv_id");
}

#[test]
fn a_refused_look_up_is_tried_again_and_spoils_nothing() {
    let (project, arxiv) = project();
    arxiv.hold([
        FakePaper::new("2404.00001"),
        FakePaper::new("2404.00002"),
        with_title("2404.00003", "The Example of Examples", "Ann Example"),
    ]);
    arxiv.misbehave([Fault::None, Fault::RateExceeded]);
    let outcome = project.run(&arxiv, &["--find-missing"]);
    assert!(outcome.stderr.contains("this may be 2404.00003"), "{}", outcome.stderr);
    arxiv.misbehave(Faults::by(|request| if request == 0 { Fault::None } else { Fault::RateExceeded }));
    let outcome = project.run(&arxiv, &["--find-missing", "--refresh"]);
    assert_eq!((outcome.statuses(), outcome.code), (vec!["enriched", "enriched", "no_arxiv_id"], Some(0)));
}

#[test]
fn a_cache_travels_as_a_snapshot() {
    let papers: Vec<_> = (1..=12).map(FakePaper::numbered).collect();
    let project = Project::with_list(&list_of(&papers));
    let arxiv = FakeArxiv::start(papers, Faults::none());
    let first = project.run(&arxiv, &["--cache", "one.sqlite"]);
    let url = arxiv.url();
    let its = ["--api-url", &url];
    let exported = project.enrich(&[&["cache", "export", "papers.jsonl", "--cache", "one.sqlite"], &its[..]].concat());
    assert_eq!((exported.code, exported.stdout.as_str()), (Some(0), "12 papers written to papers.jsonl\n"));
    let imported = project.enrich(&[&["cache", "import", "papers.jsonl", "--cache", "two.sqlite"], &its[..]].concat());
    assert_eq!(imported.stdout, "12 papers taken from papers.jsonl, 0 lines passed over\n", "{}", imported.stderr);
    arxiv.forget();
    let second = project.run(&arxiv, &["--cache", "two.sqlite"]);
    assert_eq!((arxiv.requests().len(), second.code), (0, Some(0)), "{}", second.stderr);
    let without_source = |outcome: &Outcome| {
        let mut json = outcome.json.clone().unwrap();
        json.as_array_mut().unwrap().iter_mut().for_each(|record| record["source"] = "any".into());
        json
    };
    assert_eq!(without_source(&first), without_source(&second));
}

#[test]
fn the_cache_says_where_it_is_and_what_is_in_it_and_can_be_pruned() {
    let project =
        Project::with_list("- [A](https://arxiv.org/abs/2404.00001)\n- [B](https://arxiv.org/abs/2404.99999)\n");
    let arxiv = FakeArxiv::start([FakePaper::new("2404.00001")], Faults::none());
    project.run(&arxiv, &["--cache", "here.sqlite"]);
    let path = project.enrich(&["cache", "path"]).stdout;
    assert!(path.trim_end().ends_with("answers.sqlite"), "{path}");
    let url = arxiv.url();
    let here = ["--cache", "here.sqlite", "--api-url", &url];
    assert_eq!(project.enrich(&[&["cache", "path"][..], &here].concat()).stdout, "here.sqlite\n");
    let stats = project.enrich(&[&["cache", "stats"][..], &here].concat()).stdout;
    assert!(
        stats.contains("1 papers from arxiv-api") && stats.contains("1 identifiers that arXiv does not know"),
        "{stats}"
    );
    let pruned = project.enrich(&[&["cache", "prune", "--older-than", "1d"][..], &here].concat()).stdout;
    assert_eq!(pruned, "0 answers forgotten\n");
}
