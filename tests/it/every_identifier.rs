//! Every identifier of a list is accounted for: it is a paper of the output, or related to one, in every format that holds data.

use serde_json::{Value, json};

use crate::support::{FakeArxiv, FakePaper, Faults, Project};

const LIST: &str = "## Diffusion models\n\n\
    - [paper](https://arxiv.org/abs/1804.00001)\n\
    - [paper](https://arxiv.org/abs/1804.00002)\n\n\
    ## Boats\n\n\
    - [Boats for Everyone](https://arxiv.org/abs/1804.00003), which extends the earlier [paper](https://arxiv.org/abs/1804.00004)\n";

fn papers() -> Vec<FakePaper> {
    ["1804.00001", "1804.00002", "1804.00003"].map(FakePaper::new).into()
}

fn field<'a>(records: &'a Value, name: &str) -> Vec<&'a Value> {
    records.as_array().unwrap().iter().map(|record| &record[name]).collect()
}

#[test]
fn what_an_entry_names_besides_its_own_paper_is_data() {
    let project = Project::with_list(LIST);
    let outcome = project.run(&FakeArxiv::start(papers(), Faults::none()), &["--format", "json,csv,sqlite"]);
    assert_eq!(outcome.code, Some(0), "{}", outcome.stderr);
    let records = outcome.json.unwrap();
    assert_eq!(field(&records, "arxiv_id"), ["1804.00001", "1804.00002", "1804.00003"]);
    assert_eq!(field(&records, "related"), [&json!([]), &json!([]), &json!(["1804.00004"])]);
    let csv = outcome.csv.unwrap();
    let mut rows = csv::Reader::from_reader(csv.trim_start_matches('\u{feff}').as_bytes());
    let column = rows.headers().unwrap().iter().position(|name| name == "related").unwrap();
    let related: Vec<_> = rows.records().map(|row| row.unwrap()[column].to_owned()).collect();
    assert_eq!(related, ["", "", "arXiv:1804.00004"]);
    let database = rusqlite::Connection::open(project.path("output/papers.db")).unwrap();
    let question = "SELECT papers.arxiv_id || ' ' || related.arxiv_id FROM related JOIN papers ON papers.id = paper";
    assert_eq!(database.query_one(question, [], |row| row.get::<_, String>(0)).unwrap(), "1804.00003 1804.00004");
}

#[test]
fn other_related_papers_are_news() {
    let project = Project::with_list(LIST);
    let arxiv = FakeArxiv::start(papers(), Faults::none());
    project.run(&arxiv, &[]);
    project.write("list.md", LIST.replace("1804.00004", "1804.00005"));
    project.run(&arxiv, &[]);
    let news = project.read("output/changes.md").unwrap();
    assert!(news.starts_with("# 1 paper with other related papers\n"), "{news}");
    assert!(news.contains("added 1804.00005; removed 1804.00004"), "{news}");
}

#[test]
fn the_account_is_printed_on_request() {
    let project = Project::with_list(LIST);
    let outcome = project.enrich(&["extract", "-v", "list.md"]);
    assert!(outcome.stderr.contains("list.md: 4 arXiv identifiers: 3 of entries, 1 related"), "{}", outcome.stderr);
    assert_eq!(project.enrich(&["extract", "list.md"]).stderr, "");
}
