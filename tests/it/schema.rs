//! The schema says what is in `enriched.json`, and what is in `enriched.json` is as the schema says.

use std::fs;

use serde_json::{Value, json};

use crate::support::{FakeArxiv, Faults, Outcome, Project, seed};

/// What `enrich schema` prints.
fn printed() -> String {
    let outcome = Project::with_list("").enrich(&["schema"]);
    assert_eq!(outcome.code, Some(0), "{}", outcome.stderr);
    outcome.stdout
}

/// Where a document disagrees with the schema.
fn mistakes(document: &Value) -> Vec<String> {
    let schema: Value = serde_json::from_str(&printed()).unwrap();
    let validator = jsonschema::options().should_validate_formats(true).build(&schema).unwrap();
    validator.iter_errors(document).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

fn users_list(faults: Faults, further: &[&str]) -> Outcome {
    let list = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/input/list.md")).unwrap();
    Project::with_list(&list).run(&FakeArxiv::start(seed(), faults), further)
}

#[test]
fn the_schema_in_the_repository_is_the_one_that_the_program_prints() {
    let kept = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/schema/enriched.schema.json")).unwrap();
    // Where they differ: cargo run -- schema > schema/enriched.schema.json
    assert_eq!(kept, printed());
}

#[test]
fn real_output_is_as_the_schema_says() {
    let enriched = users_list(Faults::none(), &[]);
    assert_eq!(enriched.statuses().len(), 13);
    assert_eq!(mistakes(&enriched.json.unwrap()), [""; 0]);
    let unreachable = users_list(Faults::none(), &["--offline"]);
    assert!(unreachable.statuses().contains(&"unreachable"));
    assert_eq!(mistakes(&unreachable.json.unwrap()), [""; 0]);
}

#[test]
fn what_no_run_would_write_is_against_the_schema() {
    let enriched = users_list(Faults::none(), &[]).json.unwrap();
    let check = |field: &str, value: Value| {
        let mut changed = enriched.clone();
        changed[0][field] = value;
        let mistakes = mistakes(&changed);
        assert!(
            !mistakes.is_empty() && mistakes.iter().all(|mistake| mistake.contains(field)),
            "{field}: {mistakes:?}"
        );
    };
    check("arxiv_id", json!("arXiv:2403.07648"));
    check("version", json!(0));
    check("status", json!("gone"));
    check("primary_category", json!("cs LG"));
    check("published", json!("yesterday"));
    check("authors", json!("A. Author"));
    check("mentions", json!([{ "path": "list.md" }]));
    let mut without_title = enriched.clone();
    without_title[0].as_object_mut().unwrap().remove("title");
    assert_eq!(mistakes(&without_title), ["/0: \"title\" is a required property"]);
}

#[test]
fn every_field_of_a_record_is_described() {
    let schema: Value = serde_json::from_str(&printed()).unwrap();
    let defined = schema["$defs"].as_object().unwrap();
    assert!(defined.contains_key("Record") && defined.contains_key("Mention"), "{:?}", defined.keys());
    for (name, definition) in defined {
        assert!(definition["description"].is_string(), "{name}");
        for (field, value) in definition["properties"].as_object().into_iter().flatten() {
            assert!(value["description"].is_string(), "{name}.{field}");
        }
    }
}
