//! `[reading]` in `enrich.toml`: what a keeper fixes by hand where a list does not show it, and what a slip in it gets.

use serde_json::Value;

use crate::support::Project;

const LIST: &str = "# Papers\n\n| Title | Subjects |\n|---|---|\n\
                    | [Slow tides in a bay](https://arxiv.org/abs/2403.00001) | sea, moon |\n\
                    | [Quiet comets](https://arxiv.org/abs/2403.00002) | sky |\n\n\
                    # Tools\n\n- [Paper boats](https://arxiv.org/abs/2403.00003)\n\n\
                    ## Old\n\n- [Dim lanterns](https://arxiv.org/abs/2403.00004)\n";

/// The entries that are read with these settings, each with its tags.
fn read(settings: &str) -> Vec<(String, Vec<String>)> {
    of(LIST, settings)
}

#[test]
fn entries_of_sections_that_are_skipped_are_not_read() {
    let titles = |settings| read(settings).into_iter().map(|(title, _)| title).collect::<Vec<_>>();
    let all = ["Slow tides in a bay", "Quiet comets", "Paper boats", "Dim lanterns"];
    assert_eq!(titles(""), all);
    assert_eq!(titles("[reading]\nskip-sections = ['TOOLS', 'Talks']\n"), all[..2]);
    assert_eq!(titles("[reading]\nskip-sections = ['old']\n"), all[..3]);
}

#[test]
fn the_account_tells_what_was_skipped() {
    let project = Project::with_list(LIST);
    project.write("enrich.toml", "[reading]\nskip-sections = ['tools']\n");
    let said = project.enrich(&["extract", "-v", "list.md"]).stderr;
    assert!(said.contains("4 of entries, 0 related; 2 in sections that are skipped"), "{said}");
}

#[test]
fn a_column_that_is_named_labels() {
    let tags = |settings| read(settings).into_iter().flat_map(|(_, tags)| tags).collect::<Vec<_>>();
    assert_eq!(tags("[reading]\ntags = ['column:subjects']\n"), ["sea", "moon", "sky"]);
    assert_eq!(tags("[tags]\ncolumns = ['Subjects']\n"), ["sea", "moon", "sky"]);
}

/// The title and the tags of each entry of a list.
fn of(list: &str, settings: &str) -> Vec<(String, Vec<String>)> {
    let project = Project::with_list(list);
    project.write("enrich.toml", settings);
    let outcome = project.enrich(&["extract", "list.md", "--format", "jsonl"]);
    assert_eq!(outcome.code, Some(0), "{}", outcome.stderr);
    let entry = |line: &str| {
        let entry: Value = serde_json::from_str(line).unwrap();
        let tags = entry["tags"].as_array().unwrap().iter().map(|tag| tag.as_str().unwrap().to_owned()).collect();
        (entry["title"].as_str().unwrap_or_default().to_owned(), tags)
    };
    outcome.stdout.lines().map(entry).collect()
}

#[test]
fn titles_are_read_where_the_keeper_says() {
    let list = "# Sea\n\n- **Boats and lanterns** *Slow tides in a bay* \"Old maps of the sea\" \
                [An open letter to all](https://arxiv.org/abs/2403.00001)\n\
                - **Ropes and anchors** *Quiet comets over hills* \"New maps of the sky\" \
                [A second letter to all](https://arxiv.org/abs/2403.00002)\n";
    let titles = |place: &str| {
        let read = of(list, &format!("[reading]\ntitle = '{place}'\n"));
        read.into_iter().map(|(title, _)| title).collect::<Vec<_>>()
    };
    assert_eq!(titles("bold"), ["Boats and lanterns", "Ropes and anchors"]);
    assert_eq!(titles("italic"), ["Slow tides in a bay", "Quiet comets over hills"]);
    assert_eq!(titles("quoted"), ["Old maps of the sea", "New maps of the sky"]);
    assert_eq!(titles("link"), ["An open letter to all", "A second letter to all"]);
}

#[test]
fn titles_are_read_in_the_first_line_in_a_field_and_in_a_column() {
    let list = "# Sea\n\n- Slow tides in a bay\n  **Boats and lanterns of old**\n  title: Old maps of the sea\n  \
                [pdf](https://arxiv.org/abs/2403.00001)\n";
    assert_eq!(of(list, "[reading]\ntitle = 'first-line'\n")[0].0, "Slow tides in a bay");
    assert_eq!(of(list, "[reading]\ntitle = 'field'\n")[0].0, "Old maps of the sea");
    let table = "| Title | Subject |\n|---|---|\n\
                 | Slow tides in a bay | [Old maps of the sea](https://arxiv.org/abs/2403.00001) |\n\
                 | Quiet comets over hills | [New maps of the sky](https://arxiv.org/abs/2403.00002) |\n";
    let titles = |settings: &str| of(table, settings).into_iter().map(|(title, _)| title).collect::<Vec<_>>();
    assert_eq!(titles(""), ["Slow tides in a bay", "Quiet comets over hills"]);
    assert_eq!(titles("[reading]\ntitle = 'column:subject'\n"), ["Old maps of the sea", "New maps of the sky"]);
}

#[test]
fn a_field_that_is_named_labels() {
    let list = "# Sea\n\n- [Slow tides in a bay](https://arxiv.org/abs/2403.00001)\n  Remora: boats, ice\n";
    assert_eq!(of(list, "")[0].1, [""; 0]);
    assert_eq!(of(list, "[reading]\ntags = ['field:remora']\n")[0].1, ["boats", "ice"]);
}

#[test]
fn of_brackets_badges_and_code_only_what_is_named_labels() {
    let list = "# Sea\n\n- [Tides] [Slow tides in a bay](https://arxiv.org/abs/2403.00001) `Moon` \
                ![](https://img.shields.io/badge/ICML-2031-blue)\n  tags: ice\n";
    let tags = |named: &str| of(list, &format!("[reading]\ntags = [{named}]\n"))[0].1.clone();
    assert_eq!(tags(""), ["Tides", "Moon", "ICML 2031", "ice"]);
    assert_eq!(tags("'brackets'"), ["Tides", "ice"]);
    assert_eq!(tags("'badges'"), ["ICML 2031", "ice"]);
    assert_eq!(tags("'code', 'brackets'"), ["Tides", "Moon", "ice"]);
}

#[test]
fn every_place_of_titles_and_tags_may_be_named() {
    let titles = ["bold", "italic", "quoted", "link", "field", "first-line", "column:Title"];
    for title in titles {
        let tags = "'column:Subjects', 'field:Key', 'brackets', 'badges', 'code'";
        assert_eq!(read(&format!("[reading]\ntitle = '{title}'\ntags = [{tags}]\n")).len(), 4, "{title}");
    }
}

#[test]
fn a_slip_is_told_with_its_line_and_what_was_meant() {
    let check = |settings: &str, expected: &str| {
        let project = Project::with_list(LIST);
        project.write("enrich.toml", settings);
        for command in ["extract", "run", "check"] {
            let outcome = project.enrich(&[command, "list.md"]);
            assert_eq!(outcome.code, Some(2), "{}", outcome.stderr);
            let said = outcome.stderr.replace('\\', "/");
            assert!(said.contains(&format!("enrich.toml:{expected}")), "{expected} is not in {said}");
        }
    };
    check("[reading]\ntitle = 'blod'\n", "2: no title is read from `blod`; did you mean `bold`?");
    check("[reading]\n\ntags = ['code', 'badge']\n", "3: no tag is read from `badge`; did you mean `badges`?");
    check("[reading]\ntags = ['column:']\n", "2: no tag is read from `column:`; did you mean `column:NAME`?");
    check("[reading]\nskip-section = ['Tools']\n", "2: unknown field `skip-section`, expected ");
    check("[reading]\nskip-sections = 'Tools'\n", "2: invalid type: string \"Tools\"");
}
