//! Whatever arXiv, lists and services say is shown and never obeyed: not by TeX, not by a terminal, not by a spreadsheet.

mod identity;
mod tables;
mod terminal;
mod tex;

use serde_json::json;

use crate::support::Project;

/// A line of arXiv's snapshot: a paper with this title, these authors and these further fields.
fn snapshot_line(id: &str, title: &str, authors: &[&str], further: &[(&str, &str)]) -> String {
    let mut line = json!({
        "id": id, "submitter": null, "authors": authors.join(", "), "title": title, "comments": null, "journal-ref": null,
        "doi": null, "report-no": null, "categories": "cs.LG", "license": null, "abstract": "An abstract.",
        "versions": [{ "version": "v1", "created": "Fri, 1 Mar 2024 00:00:00 GMT" }], "update_date": "2024-03-01",
        "authors_parsed": authors.iter().map(|name| [*name, "", ""]).collect::<Vec<_>>(),
    });
    for (field, value) in further {
        line[*field] = json!(value);
    }
    format!("{line}\n")
}

/// A list, run on a snapshot of these lines, with these settings.
fn run(list: &str, snapshot: &str, settings: &str, formats: &str) -> Project {
    let project = Project::with_list(list);
    project.write("snapshot.json", snapshot);
    project.write("enrich.toml", settings);
    let usual = ["run", "list.md", "--output", "output", "--offline", "--no-cache", "--snapshot", "snapshot.json"];
    let outcome = project.enrich(&[&usual[..], &["--format", formats]].concat());
    assert_eq!(outcome.code, Some(0), "{}", outcome.stderr);
    project
}
