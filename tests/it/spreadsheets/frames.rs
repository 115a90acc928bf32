//! What pandas and DuckDB read from the JSON and the CSV: every identifier as it was written.

use std::process::Command;

use serde_json::{Value, json};

use super::nasty::{self, nasty};
use crate::support::installed;

/// Runs a program of Python in the project's output folder and reads the JSON that it prints.
fn told(script: &str) -> Value {
    let python = installed("bin/python");
    let project = nasty("", &["--format", "json,csv"]);
    let output = Command::new(python).args(["-c", script]).current_dir(project.path("output")).output().unwrap();
    let printed = String::from_utf8_lossy(&output.stdout);
    serde_json::from_str(&printed).unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&output.stderr)))
}

/// The identifiers in the order of the list; the last paper has none.
fn ids(prefix: &str) -> Value {
    let papers = nasty::papers().into_iter().map(|paper| Value::from(format!("{prefix}{}", paper.id)));
    papers.chain([Value::Null]).collect()
}

fn check(script: &str, expected: &Value) {
    assert_eq!(&told(script), expected, "{script}");
}

#[test]
#[ignore = "needs pandas (.ci/tools installs it)"]
fn pandas_reads_every_identifier_as_text() {
    let script = "
import json, pandas
whole = lambda frame: [None if pandas.isna(one) else one for one in frame.arxiv_id]
print(json.dumps([whole(pandas.read_json('enriched.json', dtype=False)), whole(pandas.read_csv('enriched.csv'))]))
";
    check(script, &json!([ids(""), ids("arXiv:")]));
}

#[test]
#[ignore = "needs DuckDB (.ci/tools installs it)"]
fn duckdb_reads_every_identifier_as_text_and_every_date_as_a_date() {
    let script = "
import json, duckdb
whole = lambda file: [row[0] for row in duckdb.sql(f\"select arxiv_id from '{file}'\").fetchall()]
kinds = lambda file: duckdb.sql(f\"select typeof(arxiv_id), typeof(version), typeof(published), typeof(withdrawn) from '{file}' limit 1\").fetchall()[0]
print(json.dumps([whole('enriched.json'), whole('enriched.csv'), kinds('enriched.json'), kinds('enriched.csv')]))
";
    let kinds = |date: &str| json!(["VARCHAR", "BIGINT", date, "BOOLEAN"]);
    let expected = json!([ids(""), ids("arXiv:"), kinds("TIMESTAMP WITH TIME ZONE"), kinds("DATE")]);
    check(script, &expected);
}

#[test]
#[ignore = "needs pandas and DuckDB (.ci/tools installs them)"]
fn both_read_as_many_rows_from_the_csv_as_from_the_json() {
    let script = "
import json, duckdb, pandas
counted = lambda file: duckdb.sql(f\"select count(*) from '{file}'\").fetchall()[0][0]
frames = [pandas.read_json('enriched.json', dtype=False), pandas.read_csv('enriched.csv')]
print(json.dumps([counted('enriched.json'), counted('enriched.csv'), *map(len, frames)]))
";
    let papers = nasty::papers().len() + 1;
    check(script, &json!([papers, papers, papers, papers]));
}
