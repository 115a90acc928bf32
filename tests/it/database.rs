//! `papers.db`: SQLite's own program and Datasette open it, its search finds, and what is in it is what is in the JSON.

use std::fs;
use std::process::Command;

use rusqlite::{Connection, OpenFlags};
use serde_json::{Value, json};

use crate::support::{FakeArxiv, FakePaper, Faults, Project, installed, list_of, seed, tool};

/// The user's list, written as database and as JSON.
fn users_list() -> (Project, Value) {
    let list = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/input/list.md")).unwrap();
    let project = Project::with_list(&list);
    let outcome = project.run(&FakeArxiv::start(seed(), Faults::none()), &["--format", "json,sqlite"]);
    assert_eq!(outcome.code, Some(0), "{}", outcome.stderr);
    (project, outcome.json.unwrap())
}

fn open(project: &Project) -> Connection {
    Connection::open_with_flags(project.path("output/papers.db"), OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap()
}

/// Every row of a question's answer, each value as text.
fn rows(database: &Connection, question: &str) -> Vec<Vec<String>> {
    let mut statement = database.prepare(question).unwrap();
    let columns = statement.column_count();
    let text = |value: rusqlite::types::Value| match value {
        rusqlite::types::Value::Null => "null".to_owned(),
        rusqlite::types::Value::Integer(number) => number.to_string(),
        rusqlite::types::Value::Text(text) => text,
        other => panic!("{other:?} is neither number nor text"),
    };
    let rows = statement.query_map([], |row| (0..columns).map(|at| Ok(text(row.get(at)?))).collect()).unwrap();
    rows.map(Result::unwrap).collect()
}

#[test]
fn the_database_holds_what_the_json_holds() {
    let (project, json) = users_list();
    let database = open(&project);
    let question = "SELECT json_object('arxiv_id', arxiv_id, 'version', version, 'status', status, 'title', title_tex, \
         'abstract', abstract_tex, 'title_text', title, 'abstract_text', abstract, 'primary_category', primary_category, \
         'published', published, 'comment', comment, 'journal_ref', journal_ref, 'doi', doi, 'url', url, \
         'listed_title', listed_title, 'citation', json(citation), 'source', source, \
         'authors', json((SELECT json_group_array(name ORDER BY position) FROM authors WHERE paper = papers.id)), \
         'categories', json((SELECT json_group_array(category ORDER BY position) FROM categories WHERE paper = papers.id)), \
         'tags', json((SELECT json_group_array(tag ORDER BY position) FROM tags WHERE paper = papers.id)), \
         'links', json((SELECT json_group_array(json_object('label', label, 'url', url) ORDER BY position) FROM links WHERE paper = papers.id)), \
         'related', json((SELECT json_group_array(arxiv_id ORDER BY position) FROM related WHERE paper = papers.id)), \
         'mentions', json((SELECT json_group_array(json_object('path', path, 'line', line, 'version', version) ORDER BY position) \
             FROM mentions WHERE paper = papers.id)), \
         'sections', json((SELECT json_group_array(json(section) ORDER BY position) FROM mentions WHERE paper = papers.id))) \
         FROM papers ORDER BY id";
    let papers = rows(&database, question);
    assert_eq!(papers.len(), json.as_array().unwrap().len());
    for (paper, record) in papers.iter().zip(json.as_array().unwrap()) {
        let paper: Value = serde_json::from_str(&paper[0]).unwrap();
        for (field, value) in paper.as_object().unwrap() {
            assert_eq!(value, &record[field], "{field} of {}", record["title"]);
        }
    }
    assert_eq!(rows(&database, "PRAGMA integrity_check"), [["ok"]]);
    assert_eq!(rows(&database, "PRAGMA foreign_key_check"), [[""; 0]; 0]);
}

#[test]
fn titles_and_abstracts_are_searched_as_people_write() {
    let (mut accents, mut other) = (FakePaper::numbered(1), FakePaper::numbered(2));
    for version in &mut accents.versions {
        version.title = r#"On the Schr\"odinger bridges of $\alpha$-helices"#.to_owned();
    }
    for version in &mut other.versions {
        version.title = "Crossings".to_owned();
        version.summary = "Nothing here but Bridges.".to_owned();
    }
    let project = Project::with_list(&list_of([&accents, &other]));
    assert_eq!(project.run(&FakeArxiv::start([accents, other], Faults::none()), &["--format", "sqlite"]).code, Some(0));
    let database = open(&project);
    let check = |words: &str, ids: &[i64]| {
        let question = format!("SELECT rowid FROM papers_fts WHERE papers_fts MATCH '{words}' ORDER BY rowid");
        let found = rows(&database, &question);
        assert_eq!(found, ids.iter().map(|id| [id.to_string()]).collect::<Vec<_>>(), "{words}");
    };
    check("schrodinger", &[1]);
    check("Schrödinger", &[1]);
    check("bridge", &[1, 2]);
    check("title: bridge", &[1]);
    check("abstract: nothing", &[2]);
    check("α", &[1]);
    check("absent", &[]);
}

#[test]
fn findings_stand_in_a_table_of_their_own() {
    let project = Project::with_list("# List\n- [Gone](https://arxiv.org/abs/2101.00009)\n");
    assert_eq!(
        project.run(&FakeArxiv::start([FakePaper::numbered(1)], Faults::none()), &["--format", "sqlite"]).code,
        Some(0)
    );
    let found = rows(&open(&project), "SELECT code, level, path, line, \"column\", arxiv_id FROM findings");
    assert_eq!(found, [["unknown-id", "error", "list.md", "2", "4", "2101.00009"]]);
}

#[test]
fn every_table_is_the_same_each_time() {
    let (project, _) = users_list();
    let database = open(&project);
    let mut told = String::new();
    for table in ["papers", "authors", "categories", "tags", "links", "mentions", "findings"] {
        told += &format!("{table}\n");
        for row in rows(&database, &format!("SELECT * FROM {table} LIMIT 12")) {
            told += &format!("  {}\n", row.join(" | "));
        }
    }
    insta::assert_snapshot!("users_list_tables", told);
}

#[test]
fn the_same_papers_give_the_same_bytes() {
    let bytes = || fs::read(users_list().0.path("output/papers.db")).unwrap();
    assert_eq!(bytes(), bytes());
}

#[test]
#[ignore = "needs sqlite3 (.ci/tools installs it)"]
fn sqlites_own_program_opens_it() {
    let sqlite = tool("sqlite3");
    let (project, _) = users_list();
    let question = "SELECT papers.arxiv_id FROM papers_fts JOIN papers ON papers.id = papers_fts.rowid \
         WHERE papers_fts MATCH 'sharpness' ORDER BY rank";
    let output = Command::new(sqlite).arg(project.path("output/papers.db")).arg(question).output().unwrap();
    assert!(output.status.success(), "{output:?}");
    assert!(String::from_utf8_lossy(&output.stdout).contains("1609.04836"), "{output:?}");
}

#[test]
#[ignore = "needs Datasette (.ci/tools installs it)"]
fn datasette_opens_it_and_finds_its_search() {
    let datasette = installed("bin/datasette");
    let (project, json) = users_list();
    let ask = |address: &str| -> Value {
        let output = Command::new(&datasette)
            .args(["--setting", "default_cache_ttl", "0", "--get", address])
            .arg(project.path("output/papers.db"))
            .output()
            .unwrap();
        assert!(output.status.success(), "{output:?}");
        serde_json::from_slice(&output.stdout).unwrap()
    };
    let papers = ask("/papers/papers.json?_shape=array");
    assert_eq!(papers.as_array().unwrap().len(), json.as_array().unwrap().len());
    assert_eq!(papers[0]["arxiv_id"], json!("2403.07648"));
    // Datasette takes the table for searchable only where it knows its full text for what it is.
    let found = ask("/papers/papers.json?_shape=array&_search=datacenter");
    assert_eq!(found.as_array().unwrap().len(), 1);
}
