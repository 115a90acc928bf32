//! Names are shown and cited as their owners write them: in the parts that the source tells, else by BibTeX's rules; who is no
//! author is none; and of several DOIs the first is the paper's.

use std::process::Command;

use serde_json::{Value, json};

use crate::support::{FakeArxiv, FakePaper, Fault, Faults, Project, installed, list_of, tool};

/// A line of a snapshot.
fn line(id: &str, authors: &str, parsed: &[[&str; 3]]) -> Value {
    json!({
        "id": id, "authors": authors, "authors_parsed": parsed, "title": format!("Title of {id}"), "categories": "cs.LG",
        "abstract": "A made-up abstract.", "doi": "10.1000/(SICI)1;2-A;10.1000/b",
        "versions": [{ "version": "v1", "created": "Mon, 1 Apr 2024 10:00:00 GMT" }],
    })
}

const NOVELIST: &str = "2404.00001";

/// A project whose snapshot tells the parts of a name that nobody could guess.
fn with_parts() -> Project {
    let project = Project::with_list(&format!("# L\n\n- https://arxiv.org/abs/{NOVELIST}\n"));
    let novelist = line(NOVELIST, "Gabriel Garc\\'ia M\\'arquez", &[["Garc\\'ia M\\'arquez", "Gabriel", ""]]);
    project.write("snapshot.json", novelist.to_string());
    project
}

const FORMS: [&str; 2] = ["--format", "json,bib,ris,csl-json"];

fn read(project: &Project, file: &str) -> String {
    project.read(format!("output/{file}")).unwrap()
}

/// The `author` field of each entry in `references.bib`.
fn authors_in(bibliography: &str) -> Vec<&str> {
    bibliography.lines().filter_map(|line| line.trim().strip_prefix("author = {")?.strip_suffix("},")).collect()
}

/// How one author's field of arXiv's API is shown, and how it is cited.
fn check(name: &str, shown: &[&str], cited: &str) {
    let paper = FakePaper::new("2404.00002").authors(&[name, "Jane Doe"]);
    let project = Project::with_list(&list_of(std::slice::from_ref(&paper)));
    let outcome = project.run(&FakeArxiv::start([paper], Faults::none()), &FORMS);
    assert_eq!(outcome.code, Some(0), "{}", outcome.stderr);
    let record = outcome.record("2404.00002").unwrap();
    assert_eq!(record["authors"], json!([shown, &["Jane Doe"]].concat()), "{name}");
    let expected = if cited.is_empty() { "Doe, Jane".to_owned() } else { format!("{cited} and Doe, Jane") };
    assert_eq!(authors_in(&read(&project, "references.bib")), [expected], "{name}");
}

#[test]
fn a_name_without_parts_is_read_by_the_rules_of_bibtex() {
    let check = |name: &str, cited: &str| check(name, &[name], cited);
    check("Guy Van den Broeck", "{Van den Broeck}, Guy");
    check("Fernando De la Torre", "{De la Torre}, Fernando");
    check("Gerard 't Hooft", "'t Hooft, Gerard");
    check("Luc Van Gool", "Van Gool, Luc");
    check("Jean-Pierre de la Fuente", "de la Fuente, Jean-Pierre");
    check("Yu. A. Budkov", "Budkov, Yu. A.");
    check("Sammy Davis, Jr.", "Davis, Jr., Sammy");
    check("Ibn Sina", "{Ibn Sina}");
    check("山田太郎", "{山田太郎}");
}

#[test]
fn collaborations_are_authors_and_nobody_is_none() {
    check("The ATLAS Collaboration", &["The ATLAS Collaboration"], "{The ATLAS Collaboration}");
    check("on behalf of the CMS Collaboration", &["on behalf of the CMS Collaboration"], "{CMS Collaboration}");
    check("LHCb collaboration: R. Aaij", &["LHCb collaboration", "R. Aaij"], "{LHCb collaboration} and Aaij, R.");
    check("Andrew King & Daniel Price", &["Andrew King", "Daniel Price"], "King, Andrew and Price, Daniel");
    check("Ada Roe (Somewhere)", &["Ada Roe"], "Roe, Ada");
    check(":", &[], "");
    check("et al.", &[], "");
}

#[test]
fn the_parts_that_a_source_tells_are_kept_in_every_form() {
    let project = with_parts();
    let offline = ["run", "list.md", "-o", "output", "--offline", "--no-cache", "--snapshot", "snapshot.json"];
    let outcome = project.enrich(&[&offline[..], &FORMS].concat());
    assert_eq!(outcome.record(NOVELIST).unwrap()["authors"], json!(["Gabriel García Márquez"]), "{}", outcome.stderr);
    assert_eq!(authors_in(&read(&project, "references.bib")), ["García Márquez, Gabriel"]);
    assert!(read(&project, "references.ris").contains("AU  - García Márquez, Gabriel\r\n"));
    let items: Value = serde_json::from_str(&read(&project, "references.json")).unwrap();
    assert_eq!(items[0]["author"], json!([{ "family": "García Márquez", "given": "Gabriel" }]));
}

#[test]
fn the_parts_pass_through_the_cache_and_where_they_are_gone_the_name_and_the_key_stay() {
    let project = with_parts();
    assert_eq!(project.enrich(&["cache", "import", "snapshot.json"]).code, Some(0));
    let first = project.enrich(&[&["run", "list.md", "-o", "output", "--offline"], &FORMS[..]].concat());
    assert_eq!(first.code, Some(0), "{}", first.stderr);
    let bibliography = read(&project, "references.bib");
    assert_eq!(authors_in(&bibliography), ["García Márquez, Gabriel"]);
    // The output of an earlier run tells names alone.
    let arxiv = FakeArxiv::start([], Faults::always(Fault::RateExceeded));
    let second = project.run(&arxiv, &[&FORMS[..], &["--no-cache", "--deadline", "200ms"]].concat());
    assert_eq!((first.json, second.code), (second.json, Some(0)), "{}", second.stderr);
    let kept = read(&project, "references.bib");
    assert_eq!(authors_in(&kept), ["Márquez, Gabriel García"]);
    assert_eq!(bibliography.lines().next(), kept.lines().next());
}

#[test]
fn a_full_name_wins_over_parts_that_are_not_its_own() {
    let project = Project::with_list("# L\n\n- https://arxiv.org/abs/2404.00003\n");
    let parsed = [["Pieces)", "B. Two ( Of", ""], ["Broeck", "Guy Van den", ""], ["Other", "An", ""]];
    let authors = "Guy Van den\n  Broeck (1), B. Two (2)((1) An Institute, (2) A (nested) Place), et al";
    project.write("snapshot.json", line("2404.00003", authors, &parsed).to_string());
    let offline = ["run", "list.md", "-o", "output", "--offline", "--no-cache", "--snapshot", "snapshot.json"];
    let outcome = project.enrich(&[&offline[..], &FORMS].concat());
    let record = outcome.record("2404.00003").unwrap();
    assert_eq!(record["authors"], json!(["Guy Van den Broeck", "B. Two"]));
    assert_eq!(authors_in(&read(&project, "references.bib")), ["{Van den Broeck}, Guy and Two, B. and others"]);
    assert_eq!(record["doi"], "10.1000/(SICI)1;2-A");
}

#[test]
fn the_parts_that_a_lists_bibtex_tells_are_kept() {
    let entry = "@article{k, title={A title}, author={Garc{\\'\\i}a M{\\'a}rquez, Gabriel and {Jane Roe and Sons} and others}, \
                 journal={A Journal}, year={2018}}";
    let project = Project::with_list(&format!("# L\n\n#### A title\n\n```bibtex\n{entry}\n```\n"));
    project.enrich(&[&["run", "list.md", "-o", "output", "--offline"], &FORMS[..]].concat());
    let expected = "García Márquez, Gabriel and {Jane Roe and Sons} and others";
    assert_eq!(authors_in(&read(&project, "references.bib")), [expected]);
}

#[test]
fn of_several_dois_the_first_is_the_papers() {
    let paper = |dois: &[&str]| dois.iter().fold(FakePaper::new("2404.00004"), |paper, doi| paper.doi(doi));
    let check = |dois: &[&str], expected: &str| {
        let project = Project::with_list(&list_of(&[paper(dois)]));
        let outcome = project.run(&FakeArxiv::start([paper(dois)], Faults::none()), &FORMS);
        assert_eq!(outcome.record("2404.00004").unwrap()["doi"], expected, "{dois:?}");
        assert!(read(&project, "references.bib").contains(&format!("doi = {{{expected}}}")), "{dois:?}");
    };
    check(&["10.1000/a", "10.1000/b"], "10.1000/a");
    check(&["10.1000/a 10.1000/b"], "10.1000/a");
    check(&["10.1000/a;10.1000/b"], "10.1000/a");
    check(&["doi:10.1002/(SICI)1097-4636,10.1000/b"], "10.1002/(SICI)1097-4636");
}

/// A bibliography of names that readers of BibTeX are known to take apart wrongly.
fn bibliography() -> Project {
    let names =
        ["Guy Van den Broeck", "Ludwig van Beethoven", "José Ortega y Gasset", "Gerard 't Hooft", "LHCb Collaboration"];
    let paper = FakePaper::new("2404.00005").authors(&names);
    let project = Project::with_list(&list_of(std::slice::from_ref(&paper)));
    project.run(&FakeArxiv::start([paper], Faults::none()), &FORMS);
    project
}

#[test]
#[ignore = "needs pandoc (.ci/tools installs it)"]
fn pandoc_reads_every_name_in_its_parts() {
    let project = bibliography();
    let form = ["--from", "biblatex", "--to", "csljson", "references.bib"];
    let output = Command::new(tool("pandoc")).args(form).current_dir(project.path("output")).output().unwrap();
    let read: Value = serde_json::from_slice(&output.stdout).unwrap();
    let expected = json!([
        { "family": "Van den Broeck", "given": "Guy" },
        { "family": "Beethoven", "given": "Ludwig", "dropping-particle": "van" },
        { "family": "Ortega y Gasset", "given": "José" },
        { "family": "Hooft", "given": "Gerard", "dropping-particle": "’t" },
        { "literal": "LHCb Collaboration" },
    ]);
    assert_eq!(read[0]["author"], expected);
}

#[test]
#[ignore = "needs pybtex (.ci/tools installs it)"]
fn pybtex_reads_every_name_in_its_parts() {
    let script = "
import json
from pybtex.database import parse_file
entry = list(parse_file('references.bib').entries.values())[0]
print(json.dumps([[' '.join(part) for part in (who.first_names, who.prelast_names, who.last_names)] for who in entry.persons['author']]))
";
    let project = bibliography();
    let mut python = Command::new(installed("bin/python"));
    let output = python.args(["-c", script]).current_dir(project.path("output")).output().unwrap();
    let read: Vec<[String; 3]> = serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{output:?}"));
    let expected = [
        ["Guy", "", "{Van den Broeck}"],
        ["Ludwig", "van", "Beethoven"],
        ["José", "", "{Ortega y Gasset}"],
        ["Gerard", "'t", "Hooft"],
        ["", "", "{LHCb Collaboration}"],
    ];
    assert_eq!(read, expected);
}

#[test]
#[ignore = "needs biber (.ci/tools installs it)"]
fn biber_takes_no_part_of_a_name_for_another() {
    let project = bibliography();
    let form = ["--tool", "--output-format", "biblatexml", "--output-file", "read.xml", "references.bib"];
    let output = Command::new(tool("biber")).args(form).current_dir(project.path("output")).output().unwrap();
    assert!(output.status.success(), "{output:?}");
    let read = project.read("output/read.xml").unwrap();
    let prefixes = read.lines().filter(|line| line.contains("type=\"prefix\"")).map(str::trim).collect::<Vec<_>>();
    assert_eq!(prefixes, ["<bltx:namepart type=\"prefix\" initial=\"v\">van</bltx:namepart>"]);
}
