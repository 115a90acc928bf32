//! The forms of lists, one small case each under tests/cases, read into snapshots beside them; and what no text may do.

use std::fmt::Write as _;

use proptest::prelude::*;

use super::*;

mod known;

/// What was read, for a person to check: a block of lines per entry, then the findings.
fn shown(extracted: &Extracted) -> String {
    let mut out = String::new();
    for entry in &extracted.entries {
        let id = entry.id.as_ref().map_or("-".to_owned(), ToString::to_string);
        let title = entry.title.as_deref().unwrap_or("-");
        let _ = writeln!(out, "{}:{} {id} {title}", entry.place.line, entry.place.column);
        if !entry.sections.is_empty() {
            let _ = writeln!(out, "    in {}", entry.sections.join(" > "));
        }
        if !entry.tags.is_empty() {
            let _ = writeln!(out, "    tags {}", entry.tags.join(" | "));
        }
        for related in &entry.related {
            let _ = writeln!(out, "    related {related}");
        }
        for link in &entry.links {
            let _ = writeln!(out, "    {} {}", link.label, link.url);
        }
        if let Some(citation) = &entry.citation {
            let _ = writeln!(out, "    {citation:?}");
        }
    }
    for finding in &extracted.findings {
        let _ = writeln!(out, "{finding}");
    }
    out
}

#[test]
fn every_form_is_read() {
    insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false, snapshot_path => "../../tests/cases/snapshots" }, {
        insta::glob!("../../tests/cases", "*.{md,html,bib,txt,rst,org,yml,yaml,json,jsonl,csv,tsv}", |path| {
            let text = std::fs::read_to_string(path).unwrap();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            insta::assert_snapshot!(shown(&list(&name, &text, &Options::default())));
        });
    });
}

#[test]
fn settings_change_the_tags() {
    let text = "- [x] [Rockets](https://arxiv.org/abs/2301.00001) `NIPS24` `Draft` #space\n\
                - [ ] [Boats](https://arxiv.org/abs/2301.00002)\n\n\
                | Title | Flavour |\n|---|---|\n| [Cars](https://arxiv.org/abs/2301.00003) | Sour |\n";
    let tags = |options: &Options| {
        let entries = list("list.md", text, options).entries;
        entries.into_iter().map(|entry| entry.tags.join(",")).collect::<Vec<_>>()
    };
    assert_eq!(tags(&Options::default()), ["NIPS24,Draft,space", "", ""]);
    let options = Options {
        aliases: [("NIPS24".to_owned(), "NeurIPS 2024".to_owned())].into(),
        ignore: ["Draft".to_owned()].into(),
        columns: ["flavour".to_owned()].into(),
        hashtags: Hashtags::Leave,
        task_state: TaskState::Tag,
        ..Options::default()
    };
    assert_eq!(tags(&options), ["done,NeurIPS 2024", "todo", "Sour"]);
}

#[test]
fn sections_that_the_keeper_skips_are_not_read() {
    let text = "# Papers\n\n- [Rockets](https://arxiv.org/abs/2301.00001)\n\n## Tools\n\n\
                - [Boats](https://arxiv.org/abs/2301.00002)\n\n### Deep\n\n- [Cars](https://arxiv.org/abs/2301.00003)\n\n\
                ## More\n\n- [Kites](https://arxiv.org/abs/2301.00004)\n";
    let titles = |skip_sections: Vec<String>| {
        let entries = list("list.md", text, &Options { skip_sections, ..Options::default() }).entries;
        entries.into_iter().map(|entry| entry.title.unwrap_or_default()).collect::<Vec<_>>()
    };
    assert_eq!(titles(vec!["tools".to_owned()]), ["Rockets", "Kites"]);
    assert_eq!(titles(vec!["Papers".to_owned()]), Vec::<String>::new());
}

/// What is read of a long list in parts, while it is still being taken apart, is what is read of each piece alone.
#[test]
fn a_long_list_is_read_like_a_short_one() {
    let row = |n: usize| {
        let id = format!("21{:02}.{:05}", n / 1_000 + 1, n % 1_000 + 1);
        format!(
            "| ![](https://example.org/{n}.png) **Rocket {n} in Heavy Weather** | ICML 2021 | [pdf](https://arxiv.org/pdf/{id}) |\n"
        )
    };
    let before = "# Rockets\n\n[![x](https://a.example/x.png)](https://b.example) Words.\n\n| Title | Venue | Link |\n|---|---|---|\n";
    let after = "\n## Boats\n\n- [Boats and Ferries](https://arxiv.org/abs/2301.00001)\n";
    let read = |rows: std::ops::Range<usize>| {
        let text = format!("{before}{}{after}", rows.map(row).collect::<String>());
        let tell = |entry: crate::model::Entry| (entry.id, entry.title, entry.tags, entry.sections);
        list("list.md", &text, &Options::default()).entries.into_iter().map(tell).collect::<Vec<_>>()
    };
    let whole = read(0..3_000);
    let rows = (0..3_000).flat_map(|n| read(n..n + 1).into_iter().take(1));
    let boats = read(0..0);
    assert_eq!(whole.len(), 3_001);
    assert!(whole.iter().eq(rows.chain(boats).collect::<Vec<_>>().iter()));
}

/// Pieces that lists are made of, and that stand in each other's way when they are thrown together.
const PIECES: [&str; 104] = [
    "- ", "* ", "1. ", "\n", "\n\n", "    ", "# ", "## ", "#### ", "#2 ", "> ", "| ", "|\n", "|---|---|\n",
    "| Title | Venue |\n", "**", "*", "_", "`", "```\n", "```bibtex\n", "[", "]", "(", ")", "](", "[[", "]]", "![",
    "<", ">", "<a href=\"", "\">", "</a>", "<td rowspan=2>", "<tr>", "<table>", "</table>", "<li>", "<br>",
    "<details>", "<summary>", "</details>", "https://arxiv.org/abs/2301.00001v2", "http://arxiv.org/pdf/",
    "2301.00001", "arXiv:", "hep-th/9901001", "tag: ", "paper: ", "论文：", "【CVPR 2023】", "Rockets for Everyone",
    "Roe, J. and Doe, J.", "\"", "“", "”", "@misc{a, title={", "eprint = {", "}", ", ", ". ", "---\n", "🚀é\u{0}\r",
    "* ", "** ", ":a:b:", ":PROPERTIES:\n", ":END:\n", "#+BEGIN_SRC bibtex\n", "#+END_SRC\n", "[fn:1] ", " :: ",
    "|-\n", ".. ", ".. [#] ", ".. _a: ", "__ ", "`_", "`__", "``", ":arxiv:`", "::\n", ".. list-table::\n",
    ".. csv-table::\n", "   ", "\t", "====\n", "----\n", "+--+--+\n", "+==+==+\n", "|  |  |\n", "== ==\n", "-- --\n",
    "{", "{\"title\": ", "\"a\": ", "- title: ", "url: ", "&a ", "*a\n", ";", "ユ", "\\",
];

/// A name for each form.
const FORMS: [&str; 10] = ["a.md", "a.html", "a.txt", "a.bib", "a.rst", "a.org", "a.yml", "a.jsonl", "a.csv", "a.tsv"];

fn lists() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => proptest::sample::select(PIECES.to_vec()).prop_map(str::to_owned),
        1 => "\\PC{0,8}",
        1 => "[a-zA-Z0-9 .,:;'-]{0,24}",
    ];
    proptest::collection::vec(piece, 0..80).prop_map(|pieces| pieces.concat())
}

/// What fuzzing found once.
#[test]
fn bold_that_began_lines_before_is_no_title_of_a_line() {
    let text = "<b>t\n <a href=arxiv./pdf/202>><a href=arxiv.1910.20001>P";
    let entries = list("list.html", text, &Options::default()).entries;
    let ids: Vec<_> = entries.iter().filter_map(|entry| entry.id.as_ref()).map(ToString::to_string).collect();
    assert_eq!(ids, ["1910.20001"]);
}

/// What fuzzing found once.
#[test]
fn letters_of_several_bytes_stand_beside_every_mark() {
    for text in [
        "[a](http://arxiv\u{490}.org/abs/2203.00001)",
        "arxiv\u{490}",
        "#\u{490} **\u{490}**[\u{490}]",
        "`\u{490}` | \u{490}",
    ] {
        for path in FORMS {
            list(path, text, &Options::default());
        }
    }
}

/// What doubling patterns found once.
#[test]
fn a_field_whose_value_stands_on_the_next_line_ends_with_its_own() {
    for path in ["a.md", "a.html", "a.txt"] {
        assert_eq!(list(path, &"arXiv:<br>".repeat(700), &Options::default()).entries, []);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_024, ..ProptestConfig::default() })]

    #[test]
    fn no_text_whatever_makes_it_panic(text in lists(), path in proptest::sample::select(FORMS.to_vec())) {
        let extracted = list(path, &text, &Options::default());
        let lines = text.lines().count().max(1) + 1;
        for entry in &extracted.entries {
            prop_assert!(entry.place.line as usize <= lines);
            prop_assert!(entry.title.as_deref() != Some(""));
            prop_assert!(!entry.tags.iter().any(String::is_empty));
        }
    }
}
