//! `references.bib`, `.ris` and `.json`: one reference a paper, which the programs that people cite with read without a warning.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};

use crate::support::{FakeArxiv, FakePaper, Faults, Project, installed, tool};

/// The papers of [`LIST`], with everything that reference files are known to break on.
fn papers() -> Vec<FakePaper> {
    let people = ["Berfin Şimşek", "Laurens van der Maaten", "Sammy Davis Jr.", "Weinan E"];
    vec![
        FakePaper::new("2403.00001").title("Attention is all you need for Schrödinger bridges").authors(&people),
        FakePaper::new("2403.00002")
            .title("A 100% & #1 {open} \"quoted\" title_with $x^{2}$, $5 and \\ and GPT-4")
            .authors(&["J. Doe"]),
        FakePaper::new("2403.00003").title("A 100% other title").authors(&["Jane Doe"]),
        FakePaper::new("2403.00004").journal_ref("Phys. Rev. B 75, 024519 (2007)").doi("10.1103/PhysRevB.75.024519"),
        FakePaper::new("2403.00005")
            .authors(&["ATLAS Collaboration", "Bell and Sons"])
            .journal_ref("4th Workshop on Things, Tenerife, 2005"),
        FakePaper::new("2403.00006")
            .doi("10.1002/(SICI)1097<1::AID-X>3.0.CO;2-#")
            .comment("This paper has been withdrawn by the authors"),
        FakePaper::new("2403.00007").title("视频编辑 of αβ"),
        FakePaper::new("2403.00008")
            .title("Z^0 \\to 2\\gamma at $95\\%$ with $\\Lambda$, \\ours{x}, H_2O and \\'{E}tale Poincar\\'e in {\\it E. coli}"),
        FakePaper::new("hep-th/9901001").categories("hep-th").authors(&["王小明"]),
    ]
}

const LIST: &str = r#"# Papers

- [One](https://arxiv.org/abs/2403.00001) `bridges, and more` `50%`
- [Two](https://arxiv.org/abs/2403.00002)
- [Three](https://arxiv.org/abs/2403.00003) `NeurIPS 2024`
- [Four](https://arxiv.org/abs/2403.00004)
- [Five](https://arxiv.org/abs/2403.00005)
- [Six](https://arxiv.org/abs/2403.00006)
- [Seven](https://arxiv.org/abs/2403.00007)
- [Eight](https://arxiv.org/abs/hep-th/9901001)
- [Nine](https://arxiv.org/abs/2403.00008)
- [A page & its 50% {of} words](https://a.example/page)

#### A paper of a conference

```bibtex
@inproceedings{Its-Own:Key_1,
  title={A paper of a conference},
  author={Doe, Jane and M{\"u}ller, Hans and others},
  booktitle={Proceedings of Things},
  year={2018}
}
```
"#;

/// The list, run with these settings; its files are in `output`.
fn run(settings: &str) -> Project {
    let project = Project::with_list(LIST);
    project.write("enrich.toml", settings);
    let outcome = project.run(&FakeArxiv::start(papers(), Faults::none()), &["--format", "bib,ris,csl-json"]);
    assert_eq!(outcome.code, Some(0), "{}", outcome.stderr);
    project
}

fn read(settings: &str, file: &str) -> String {
    run(settings).read(format!("output/{file}")).unwrap()
}

fn items() -> Vec<Value> {
    serde_json::from_str(&read("", "references.json")).unwrap()
}

/// What a program prints that is run in the output folder, and that it has nothing to complain of.
fn printed(program: &Path, arguments: &[&str], settings: &str) -> String {
    let project = run(settings);
    let output = Command::new(program).args(arguments).current_dir(project.path("output")).output().unwrap();
    let complaints = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success() && complaints.is_empty(), "{}: {complaints}", program.display());
    String::from_utf8(output.stdout).unwrap()
}

/// The keys of a bibliography's entries.
fn keys(bibliography: &str) -> Vec<&str> {
    let heads = bibliography.lines().filter_map(|line| line.strip_prefix('@'));
    heads.filter_map(|head| head.split_once('{')?.1.strip_suffix(',')).collect()
}

#[test]
fn every_form_is_the_same_each_time() {
    insta::assert_snapshot!("references_bib", read("", "references.bib"));
    insta::assert_snapshot!("references_ris", read("", "references.ris").replace('\r', "␍"));
    insta::assert_snapshot!("references_csl", read("", "references.json"));
}

#[test]
fn the_letters_of_the_bibliography_can_be_ascii() {
    let bibliography = read("[bib]\nascii = true\n", "references.bib");
    assert!(bibliography.contains(r"{\c{S}}im{\c{s}}ek, Berfin and van der Maaten, Laurens"), "{bibliography}");
    assert!(bibliography.contains(r#"Schr{\"o}dinger"#), "{bibliography}");
    // TeX has no command for Chinese.
    let beyond: String = bibliography.chars().filter(|c| !c.is_ascii()).collect();
    assert_eq!(beyond, "视频编辑王小明");
}

#[test]
fn the_lists_own_key_is_kept_and_the_others_are_author_year_word() {
    let bibliography = read("", "references.bib");
    let keys = keys(&bibliography);
    assert_eq!(keys.len(), 11);
    assert_eq!(keys[10], "Its-Own:Key_1");
    assert_eq!(keys[0], "simsek2024attention");
    assert_eq!((keys[1], keys[2]), ("doe2024100", "doe2024100b"));
    assert_eq!(items().iter().map(|item| item["id"].as_str().unwrap()).collect::<Vec<_>>(), keys);
}

#[test]
fn a_key_does_not_change_when_the_list_does() {
    let project = run("");
    let turned: Vec<_> = LIST.lines().filter(|line| line.starts_with("- ")).rev().collect();
    project.write("list.md", format!("# Papers\n\n{}\n", turned.join("\n")));
    let before = project.read("output/references.json").unwrap();
    project.run(&FakeArxiv::start(papers(), Faults::none()), &["--format", "csl-json"]);
    let key_of = |json: &str, number: &str| {
        let items: Vec<Value> = serde_json::from_str(json).unwrap();
        items.into_iter().find(|item| item["number"] == number).unwrap()["id"].clone()
    };
    let after = project.read("output/references.json").unwrap();
    for number in ["arXiv:2403.00001", "arXiv:2403.00002", "arXiv:2403.00003"] {
        assert_eq!(key_of(&before, number), key_of(&after, number));
    }
}

/// What biber warns of, in tool mode.
fn warnings(settings: &str, further: &[&str]) -> Vec<String> {
    let said = printed(
        &tool("biber"),
        &[&["--tool", "--output-file", "read.bib", "references.bib"], further].concat(),
        settings,
    );
    let said = said.lines().filter(|line| line.starts_with("WARN") || line.starts_with("ERROR"));
    said.map(str::to_owned).collect()
}

#[test]
#[ignore = "needs biber (.ci/tools installs it)"]
fn biber_reads_the_bibliography_without_a_warning() {
    for settings in ["", "[bib]\nascii = true\n"] {
        let warned = warnings(settings, &[]);
        assert_eq!(warned, [""; 0]);
    }
}

#[test]
#[ignore = "needs biber (.ci/tools installs it)"]
fn no_entry_lacks_what_its_type_must_have_unless_nobody_knows_it() {
    let warned = warnings("", &["--validate-datamodel"]);
    let unknown = "WARN - Datamodel: Entry 'anonpage' (references.bib): Missing mandatory field - one of 'date, year' must be defined";
    assert_eq!(warned, [unknown]);
}

#[test]
#[ignore = "needs pybtex (.ci/tools installs it)"]
fn pybtex_reads_every_entry_with_its_authors() {
    let script = "
import json, warnings
import pybtex.errors
from pybtex.database import parse_file
warnings.simplefilter('error')
pybtex.errors.set_strict_mode(True)
entries = parse_file('references.bib').entries
print(json.dumps([[key, [' '.join(who.last_names) for who in entry.persons.get('author', [])]] for key, entry in entries.items()]))
";
    let said = printed(&installed("bin/python"), &["-c", script], "");
    let entries: Vec<(String, Vec<String>)> = serde_json::from_str(&said).unwrap();
    assert_eq!(entries.len(), 11);
    assert_eq!(entries[0].1, ["Şimşek", "Maaten", "Davis", "E"]);
    assert_eq!(entries[4].1, ["{ATLAS Collaboration}", "{Bell and Sons}"]);
}

#[test]
#[ignore = "needs pandoc (.ci/tools installs it)"]
fn pandoc_reads_the_bibliography_and_finds_every_eprint() {
    let said = printed(&tool("pandoc"), &["--from", "bibtex", "--to", "csljson", "references.bib"], "");
    let read: Vec<Value> = serde_json::from_str(&said).unwrap();
    assert_eq!(read.len(), 11);
    let titles: Vec<_> = read.iter().map(|item| item["title"].as_str().unwrap().to_lowercase()).collect();
    assert!(titles[1].starts_with("a 100% & #1"), "{titles:?}");
    assert!(titles[6].contains("视频编辑 of αβ"), "{titles:?}");
    assert_eq!(read[3]["container-title"], "Phys. Rev. B");
}

#[test]
#[ignore = "needs pandoc (.ci/tools installs it)"]
fn pandoc_cites_from_the_csl_json() {
    let all = ["--from", "csljson", "--to", "plain", "--citeproc", "--wrap", "none", "references.json"];
    let said = printed(&tool("pandoc"), &all, "");
    assert_eq!(said.lines().filter(|line| !line.is_empty()).count(), 11, "{said}");
    assert!(said.contains("Phys. Rev. B") && said.contains("ATLAS Collaboration"), "{said}");
}

#[test]
#[ignore = "needs Node and citation-js (.ci/tools installs them)"]
fn citation_js_reads_in_the_ris_what_stands_in_the_csl_json() {
    let script = "
const { plugins } = require('@citation-js/core')
require('@citation-js/plugin-ris')
const text = require('fs').readFileSync(process.argv[1], 'utf8')
console.log(JSON.stringify(plugins.input.chain(text, { generateGraph: false })))
";
    let project = run("");
    let node = tool("node");
    let modules = installed("node_modules/@citation-js");
    let ris = project.path("output/references.ris");
    let output = Command::new(node).args(["-e", script]).arg(ris).current_dir(modules).output().unwrap();
    let read: Vec<Value> = serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{output:?}"));
    assert_eq!(read.len(), 11);
    for (read, written) in read.iter().zip(items()) {
        for field in ["id", "title", "DOI", "URL", "volume", "abstract", "container-title"] {
            assert_eq!(read[field], written[field], "{field} of {written}");
        }
        let year = |item: &Value| item["issued"]["date-parts"][0][0].clone();
        assert_eq!(year(read), year(&written));
    }
    assert_eq!(read[0]["author"][1], json!({ "family": "van der Maaten", "given": "Laurens" }));
}

/// What LaTeX and BibTeX complain of when a document cites every entry.
fn complaints(settings: &str) -> Vec<String> {
    let (latex, bibtex) = (tool("pdflatex"), tool("bibtex"));
    let project = run(settings);
    // pdfLaTeX has no Greek and no Chinese letters outside formulas.
    let bibliography = project.read("output/references.bib").unwrap();
    let beyond: BTreeSet<char> = bibliography.chars().filter(|c| *c >= 'Ͱ').collect();
    let known: String =
        beyond.iter().map(|c| format!("\\DeclareUnicodeCharacter{{{:04X}}}{{?}}\n", u32::from(*c))).collect();
    let document = format!(
        "\\documentclass{{article}}\n\\usepackage{{amsmath,amssymb}}\n{known}\\begin{{document}}\n\\nocite{{*}}\n\
         \\bibliographystyle{{plain}}\n\\bibliography{{references}}\n\\end{{document}}\n"
    );
    project.write("output/paper.tex", document);
    let typeset = ["-draftmode", "-interaction=nonstopmode", "paper.tex"];
    let mut said = String::new();
    for (program, arguments) in [(&latex, &typeset[..]), (&bibtex, &["paper"]), (&latex, &typeset[..])] {
        let output = Command::new(program).args(arguments).current_dir(project.path("output")).output().unwrap();
        said.push_str(&String::from_utf8_lossy(&output.stdout));
    }
    let set = project.read("output/paper.bbl").unwrap();
    assert_eq!(set.matches("\\bibitem").count(), keys(&bibliography).len(), "{said}");
    let complains = |line: &&str| line.starts_with('!') || line.contains("Warning--") || line.contains("error message");
    said.lines().filter(complains).map(str::to_owned).collect()
}

#[test]
#[ignore = "needs pdfLaTeX and BibTeX (.ci/tools installs them)"]
fn latex_sets_every_entry() {
    for settings in ["", "[bib]\nascii = true\n"] {
        let complaints = complaints(settings);
        assert_eq!(complaints, [""; 0]);
    }
}

#[test]
fn what_nobody_knows_is_left_out_and_not_null() {
    let project = Project::with_list("# Papers\n\n- https://arxiv.org/abs/2403.00001\n");
    project.run(&FakeArxiv::start(papers(), Faults::none()), &["--format", "csl-json", "--offline"]);
    let items: Value = serde_json::from_str(&project.read("output/references.json").unwrap()).unwrap();
    let expected = json!([{
        "id": "anon2024", "type": "article", "issued": { "date-parts": [[2024]] }, "publisher": "arXiv",
        "genre": "preprint", "number": "arXiv:2403.00001", "URL": "https://arxiv.org/abs/2403.00001",
    }]);
    assert_eq!(items, expected);
}
