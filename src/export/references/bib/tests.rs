//! Whatever arXiv and lists say, a reader of BibTeX finds every entry again.

use biblatex::{Bibliography, ChunksExt};
use proptest::prelude::*;
use serde_json::json;

use super::*;

/// A paper of arXiv with nothing odd about it, changed by this.
fn record(changed: serde_json::Value) -> Record {
    let mut record = json!({
        "arxiv_id": "2403.07648", "version": 1, "status": "enriched", "title": "A title", "authors": ["Jane Doe"],
        "abstract": null, "primary_category": "cs.LG", "categories": ["cs.LG"], "tags": [], "sections": [],
        "published": "2024-03-12T10:00:00Z", "updated": null, "comment": null, "journal_ref": null, "doi": null,
        "venue": null, "withdrawn": false, "url": "https://arxiv.org/abs/2403.07648", "pdf_url": null,
        "listed_title": null, "links": [], "citation": null, "mentions": [], "source": "arxiv-api",
    });
    for (field, value) in changed.as_object().unwrap() {
        record[field] = value.clone();
    }
    serde_json::from_value(record).unwrap()
}

fn written(records: &[Record], letters: Letters) -> String {
    let mut written = Vec::new();
    write(records, BibOptions { letters }, &mut written).unwrap();
    String::from_utf8(written).unwrap()
}

fn keys(records: &[Record], letters: Letters) -> Vec<String> {
    super::super::of(records, letters).into_iter().map(|reference| reference.key).collect()
}

#[test]
fn a_paper_of_which_nothing_is_known_has_the_year_of_its_number() {
    let check = |id: &str, expected: &str| {
        let unknown = json!({ "arxiv_id": id, "status": "unreachable", "published": null, "authors": [] });
        assert!(written(&[record(unknown)], Letters::Utf8).contains(&format!("year = {{{expected}}}")), "{id}");
    };
    check("2403.07648", "2024");
    check("0704.0001", "2007");
    check("hep-th/9901001", "1999");
    check("math/0211159", "2002");
}

#[test]
fn no_two_keys_are_alike_whatever_their_letters() {
    let cited =
        |key: &str| record(json!({ "citation": { "key": key, "type": "misc", "title": "A title", "authors": [] } }));
    let records = ["Müller", "muller", "MÜLLER", "doe2024title"].map(cited);
    assert_eq!(keys(&records, Letters::Utf8), ["Müller", "muller", "doe2024titleb", "doe2024title"]);
    assert_eq!(keys(&records, Letters::Ascii), ["Muller", "doe2024titleb", "doe2024titlec", "doe2024title"]);
}

#[test]
fn an_author_with_an_institute_is_a_person() {
    let record = record(json!({ "authors": ["B. Zhang ( Department of Physics", "CDF Collaboration", "Bo & Co"] }));
    let written = written(&[record], Letters::Utf8);
    assert!(written.contains("author = {Zhang, B. and {CDF Collaboration} and {Bo \\& Co}},"), "{written}");
}

#[test]
fn a_doi_is_taken_from_whatever_stands_in_its_field() {
    let check = |told: &str, expected: Option<&str>| {
        let written = written(&[record(json!({ "doi": told }))], Letters::Utf8);
        let found = written.lines().find_map(|line| line.trim().strip_prefix("doi = {")?.strip_suffix("},"));
        assert_eq!(found, expected, "{told}");
    };
    check("10.1103/PhysRevD.76.013009", Some("10.1103/PhysRevD.76.013009"));
    check("doi:10.1103/PhysRevD.76.052005", Some("10.1103/PhysRevD.76.052005"));
    check("https://doi.org/10.1000/1 10.1000/2", Some("10.1000/1"));
    check("10.48550/arXiv.2403.07648", None);
    check("21.11130/00-1735-0000-0005-146A-E", None);
    check("to appear", None);
}

proptest! {
    #[test]
    fn every_entry_is_found_again_under_its_key(
        title in r#"([\\{}$%&#_^~"@,=aB é]|\\emph\{){0,30}|\PC{0,40}"#,
        author in r#"[\\{}$%&#,"@ab É]{0,20}|\PC{1,20}"#,
        journal in r#"[\\{}$%&#,"@ab 1()É]{0,20}|\PC{1,20}"#,
        key in r#"[\\{}$%&#,"@aBÉ]{0,6}|\PC{1,6}"#,
        status in prop::sample::select(vec!["enriched", "not_found", "unreachable"]),
    ) {
        let citation = json!({ "key": key, "type": "article", "title": title, "authors": [author], "venue": journal });
        let odd = |citation| record(json!({
            "title": title, "authors": [author, "Jane Doe"], "journal_ref": journal, "doi": title, "tags": [author],
            "status": status, "url": journal, "citation": citation,
        }));
        let records = [odd(citation), record(json!({})), odd(json!(null))];
        for letters in [Letters::Utf8, Letters::Ascii] {
            let written = written(&records, letters);
            let read = Bibliography::parse(&written);
            prop_assert!(read.is_ok(), "{:?} in {}", read, written);
            let read = read.unwrap();
            let found: Vec<String> = read.iter().map(|entry| entry.key.clone()).collect();
            prop_assert_eq!(found, keys(&records, letters), "{}", written);
            prop_assert_eq!(read.iter().nth(1).unwrap().title().unwrap().format_verbatim(), "A title");
        }
    }
}
