//! The main job on the user's own list, from Markdown to both files, as the README promises it.

use std::collections::BTreeMap;
use std::fs;

use crate::support::{FakeArxiv, Faults, Outcome, Project, seed};

fn users_list() -> String {
    fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/input/list.md")).unwrap()
}

fn run() -> Outcome {
    let project = Project::with_list(&users_list());
    let outcome = project.run(&FakeArxiv::start(seed(), Faults::none()), &[]);
    assert_eq!(outcome.code, Some(0), "{}", outcome.stderr);
    outcome
}

#[test]
fn every_entry_of_the_users_list_is_read_whole() {
    let project = Project::with_list(&users_list());
    insta::assert_snapshot!("users_list_entries", project.enrich(&["extract", "list.md", "--format", "jsonl"]).stdout);
}

#[test]
fn the_users_list_becomes_records_with_their_fields_in_the_promised_order() {
    let project = Project::with_list(&users_list());
    let outcome = project.run(&FakeArxiv::start(seed(), Faults::none()), &[]);
    assert_eq!(outcome.statuses().iter().filter(|status| **status == "enriched").count(), 11);
    assert_eq!(outcome.statuses().len(), 13);
    insta::assert_snapshot!("users_list_records", project.read("output/enriched.json").unwrap());
}

#[test]
fn the_csv_is_one_line_a_record_with_identifiers_that_stay_text() {
    let csv = run().csv.unwrap();
    insta::assert_snapshot!("users_list_csv", csv.replace('\r', "␍"));
    assert_eq!(csv.matches("\r\n").count(), 14);
    assert_eq!(csv.matches('\n').count(), 14);
    let mut reader = csv::Reader::from_reader(csv.trim_start_matches('\u{feff}').as_bytes());
    for row in reader.records() {
        let id = row.unwrap()[0].to_owned();
        assert!(id.is_empty() || id.starts_with("arXiv:"), "{id}");
    }
}

#[test]
fn entries_without_an_identifier_keep_what_the_list_says() {
    let outcome = run();
    let records = outcome.json.as_ref().unwrap().as_array().unwrap();
    let without: Vec<_> = records.iter().filter(|record| record["status"] == "no_arxiv_id").collect();
    assert_eq!(without.len(), 2);
    let (blog, neurips) = (without[0], without[1]);
    assert_eq!(blog["tags"], serde_json::json!(["GPU Selection for DL"]));
    assert_eq!(blog["authors"], serde_json::json!(["Tim Dettmers"]));
    assert_eq!(blog["links"][0]["label"], "blog");
    assert_eq!(blog["citation"]["year"], 2023);
    assert_eq!(neurips["authors"], serde_json::json!(["Lei Wu", "Chao Ma", "Weinan E"]));
    assert_eq!(neurips["citation"]["venue"], "Advances in Neural Information Processing Systems");
    assert_eq!(neurips["arxiv_id"], serde_json::Value::Null);
}

#[test]
fn every_file_is_the_same_wherever_and_whenever_it_is_written() {
    let formats = "json,csv,xlsx,html,md,bib,ris,csl-json,sqlite";
    let written = || {
        let project = Project::with_list(&users_list());
        project.run(&FakeArxiv::start(seed(), Faults::none()), &["--format", formats]);
        let files = fs::read_dir(project.path("output")).unwrap().map(|file| file.unwrap().path());
        files.map(|file| (file.file_name().unwrap().to_owned(), fs::read(&file).unwrap())).collect::<BTreeMap<_, _>>()
    };
    let (one, other) = (written(), written());
    assert_eq!(one.len(), 9);
    for (name, bytes) in &one {
        assert!(other[name] == *bytes, "{name:?} differs");
    }
}
