//! Findings in the forms that other programs read, held against what those programs ask for.

use std::fs;

use enrich::export::findings::{Format, Look, write};
use enrich::model::{Code, Finding, Place};
use serde_json::Value;

use crate::support::installed;

/// One finding of every kind, at the places of lists that are oddly named.
fn findings() -> Vec<Finding> {
    let paths = ["README.md", "./lists/b c#%.md", "/absolute/list.md", "論文/リスト.md", "-", "a:b.md"];
    let place = |at: usize| Place { path: paths[at % paths.len()].into(), line: 1 + at as u32, column: 1 };
    let finding = |(at, code): (usize, Code)| Finding {
        help: Some("look & mend".to_owned()),
        ..Finding::new(code, place(at), format!("{}, “<{at}>”", code.meaning()))
    };
    Code::ALL.into_iter().enumerate().map(finding).collect()
}

#[test]
#[ignore = "needs the schema of SARIF (.ci/tools installs it)"]
fn sarif_is_as_its_schema_says() {
    let schema = installed("node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json");
    // A pattern of the schema has a bracket too many, which not every reader of regular expressions forgives.
    let schema = fs::read_to_string(schema).unwrap().replace("-[a-zA-Z]{2}]?$", "-[a-zA-Z]{2}?$");
    let schema: Value = serde_json::from_str(&schema).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    for findings in [findings(), Vec::new()] {
        let mut told = Vec::new();
        write(Format::Sarif, &findings, &Look::default(), &mut told).unwrap();
        let told: Value = serde_json::from_slice(&told).unwrap();
        let mistakes: Vec<_> =
            validator.iter_errors(&told).map(|error| format!("{}: {error}", error.instance_path())).collect();
        assert_eq!(mistakes, [""; 0]);
        assert_eq!(told["runs"][0]["results"].as_array().unwrap().len(), findings.len());
    }
}
