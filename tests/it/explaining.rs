//! `enrich extract --explain` says why the lists are read as they are, for people wherever it goes, for programs where they are named.

use serde_json::Value;

use crate::support::Project;

const LIST: &str = "# Sea\n\n- [Slow tides in a bay](https://arxiv.org/abs/2403.00001) `Tides`\n\
                    - [Quiet comets](https://arxiv.org/abs/2403.00002v3)\n";

#[test]
fn people_are_told_of_every_entry_and_how_many_there_are() {
    let project = Project::with_list(LIST);
    let outcome = project.enrich(&["extract", "list.md", "--explain"]);
    assert_eq!((outcome.code, outcome.stderr.as_str()), (Some(0), ""));
    for line in [
        "list.md:3:1  2 items, each an entry",
        "    title = text of the first link (2 of 2); tags = code",
        "list.md:3:4  2403.00001  Slow tides in a bay",
        "    an entry because it leads to arXiv; title from text of the first link, as in",
        "list.md:4:4  2403.00002v3  Quiet comets",
    ] {
        assert!(outcome.stdout.lines().any(|told| told == line), "{line} is not in {}", outcome.stdout);
    }
    let last = outcome.stdout.lines().last().unwrap();
    assert!(last.starts_with("2 entries") && last.contains(" not read"), "{last}");
    assert!(outcome.stdout.lines().all(|line| line.chars().count() <= 80), "{}", outcome.stdout);
    let as_table = project.enrich(&["extract", "list.md", "--explain", "--format", "table"]);
    assert_eq!(as_table.stdout, outcome.stdout);
}

#[test]
fn programs_are_told_it_in_lines_that_say_their_kind() {
    let project = Project::with_list(LIST);
    let told = project.enrich(&["extract", "list.md", "--explain", "--format", "jsonl"]).stdout;
    let lines: Vec<Value> = told.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let entries: Vec<_> = lines.iter().filter(|line| line["kind"] == "entry").collect();
    assert_eq!(entries.len(), 2, "{told}");
    assert_eq!((&entries[0]["path"], &entries[0]["line"]), (&"list.md".into(), &3.into()));
    assert_eq!((&entries[0]["tags"][0], &entries[0]["sections"][0]), (&"Tides".into(), &"Sea".into()));
    assert_eq!((&entries[1]["arxiv_id"], &entries[1]["version"]), (&"2403.00002".into(), &3.into()));
}

#[test]
fn an_explanation_may_be_asked_for_in_the_settings_file_and_the_environment() {
    let project = Project::with_list(LIST);
    let explained = project.enrich(&["extract", "list.md", "--explain"]).stdout;
    project.write("enrich.toml", "explain = true\n");
    assert_eq!(project.enrich(&["extract", "list.md"]).stdout, explained);
    let outcome = project.command().env("ENRICH_EXPLAIN", "no").args(["extract", "list.md"]).output().unwrap();
    assert!(outcome.stdout.starts_with(b"{\"path\":"), "a flag or a variable wins");
    project.write("enrich.toml", "explain = true\nextract.format = 'jsonl'\n");
    assert!(project.enrich(&["extract", "list.md"]).stdout.contains("\"kind\":\"entry\""));
}

#[test]
fn a_list_without_entries_is_an_error_with_its_explanation() {
    let project = Project::with_list("# About\n\nNo paper stands here.\n");
    let outcome = project.enrich(&["extract", "list.md", "--explain"]);
    assert_eq!(outcome.code, Some(1), "{}", outcome.stderr);
    assert!(outcome.stdout.starts_with("0 entries"), "{}", outcome.stdout);
    assert!(outcome.stderr.starts_with("error: no paper was found in list.md\n"), "{}", outcome.stderr);
    let outcome = project.enrich(&["extract", "list.md", "--explain", "--allow-empty"]);
    assert_eq!(outcome.code, Some(0), "{}", outcome.stderr);
}

/// What people are told of a list, in one line.
fn told(list: &str, settings: &str) -> String {
    let project = Project::with_list(list);
    project.write("enrich.toml", settings);
    let outcome = project.enrich(&["extract", "list.md", "--explain"]);
    assert_eq!(outcome.code, Some(0), "{}", outcome.stderr);
    outcome.stdout.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn assert_told(told: &str, expected: &[&str]) {
    for part in expected {
        assert!(told.contains(part), "{part} is not in {told}");
    }
}

#[test]
fn a_group_is_told_with_its_names_of_links_and_what_labels_it() {
    let item = |at: usize, title: &str| {
        format!(
            "- **{title}** `Tides` [[kamori](https://arxiv.org/abs/2403.0000{at})]\n  \
             tags: moon, sea\n"
        )
    };
    let titles = ["Slow tides in a bay", "Quiet comets over the hills", "Paper boats on open water"];
    let items: String = titles.iter().enumerate().map(|(at, title)| item(at + 1, title)).collect();
    let told = told(&format!("# Sea\n\n{items}"), "");
    assert_told(
        &told,
        &[
            "list.md:3:1 3 items, each an entry title = first bold (3 of 3); tags = field: tags",
            "[kamori] names a link",
            "title from first bold, as in 3 of 3 siblings; id from a link named `kamori`",
            "3 entries in 1 group; 0 not read",
        ],
    );
}

#[test]
fn a_table_is_told_by_its_columns() {
    let told = told(
        "| Year | Title | Venue |\n|---|---|---|\n| 2031 | [Slow tides in a bay](https://arxiv.org/abs/2403.00001) | ICML |\n\
         | 2032 | [Quiet comets over hills](https://arxiv.org/abs/2403.00002) | ACL |\n",
        "",
    );
    assert_told(
        &told,
        &[
            "2 rows, each an entry title = column 2 (2 of 2); tags = column: Venue",
            "title from column 2, as in 2 of 2 siblings; id from the title's link",
        ],
    );
}

#[test]
fn each_entry_is_told_with_what_made_it_one() {
    let told = told(
        "# Sea\n\n## Slow tides in a bay\n\npaper: https://arxiv.org/abs/2403.00001\n\n\
         tags: sea\n\n# Text\n\nSee also [this](https://arxiv.org/abs/2403.00002), which we like, and \
         [that](https://arxiv.org/abs/2403.00005), and much more of it.\n\n\
         # Cited\n\n```bibtex\n@misc{a, title={Dim lanterns in a row}, eprint={2403.00003}, archivePrefix={arXiv}}\n```\n",
        "",
    );
    assert_told(
        &told,
        &[
            "its heading is over one paper's details; title from heading; id from the field `paper`",
            "an entry because the text cites it; id from a link",
            "an entry because BibTeX cites it; title from BibTeX; id from BibTeX",
        ],
    );
}

#[test]
fn what_is_not_read_is_told_with_why_not() {
    let told = told(
        "# Papers\n\n- [Slow tides in a bay](https://arxiv.org/abs/2403.00001)\n\
         - [Quiet comets over hills](https://arxiv.org/abs/2403.00002)\n\n\
         # [Tools](https://tools.example)\n\n- [boats](https://github.com/a/boats)\n- [tides](https://github.com/a/tides)\n\n\
         We thank [our friends](https://friends.example) for all of it.\n\n\
         # Talks\n\n- [Dim lanterns in a row](https://arxiv.org/abs/2403.00004)\n",
        "[reading]\nskip-sections = ['talks']\n",
    );
    assert_told(
        &told,
        &[
            "not read: \"Tools\": it heads a section",
            "not read: \"boats\": its links lead to code, videos or documentation",
            "not read: \"We thank our friends for all of it.\": its text cites no paper",
            "not read: \"Dim lanterns in a row\": its section is skipped",
            "2 entries in 1 group; 5 not read",
        ],
    );
}
