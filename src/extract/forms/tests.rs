//! The peculiarities of the forms, each told by what is read of a few lines.

use crate::extract::{Options, list};

/// What is read of a text: for each entry its line, its identifier or a dash, its title or a dash, its tags.
fn read(path: &str, text: &str) -> Vec<String> {
    let entries = list(path, text, &Options::default()).entries;
    let told = entries.into_iter().map(|entry| {
        let id = entry.id.map_or("-".to_owned(), |id| id.to_string());
        let tags: String = entry.tags.iter().map(|tag| format!(" #{tag}")).collect();
        format!("{} {id} {}{tags}", entry.place.line, entry.title.as_deref().unwrap_or("-"))
    });
    told.collect()
}

fn check(path: &str, text: &str, expected: &[&str]) {
    assert_eq!(read(path, text), expected, "{path}: {text}");
}

/// The headings over each entry.
fn sections(path: &str, text: &str) -> Vec<String> {
    list(path, text, &Options::default()).entries.into_iter().map(|entry| entry.sections.join(" > ")).collect()
}

#[test]
fn an_org_heading_loses_state_priority_count_and_tags() {
    let heading =
        "* Boats [1/2]\n** DONE [#B] [[https://arxiv.org/abs/2301.00001][Slow boats in a bay]]  :sea:small_boats:\n";
    check("a.org", heading, &["2 2301.00001 Slow boats in a bay #sea #small_boats"]);
    assert_eq!(sections("a.org", heading), ["Boats"]);
    let own = "#+SEQ_TODO: SHELVED(s) | READ(r)\n* READ [[https://arxiv.org/abs/2301.00001][Slow boats in a bay]]\n";
    check("a.org", own, &["2 2301.00001 Slow boats in a bay"]);
}

#[test]
fn what_org_does_not_show_names_no_papers() {
    for hidden in [
        "# arXiv:2301.00001\n",
        "#+DESCRIPTION: arXiv:2301.00001\n",
        ":LOGBOOK:\narXiv:2301.00001\n:END:\n",
        "#+begin_src sh\nwget https://arxiv.org/pdf/2301.00001\n#+end_src\n",
        "#+BEGIN_HTML\n<a href=\"https://arxiv.org/abs/2301.00001\">Boats</a>\n#+END_HTML\n",
    ] {
        check("a.org", hidden, &[]);
    }
}

#[test]
fn what_org_does_not_close_is_text() {
    check("a.org", ":LOGBOOK:\n\n- [[https://arxiv.org/abs/2301.00001][Slow boats]]\n", &["3 2301.00001 Slow boats"]);
    check("a.org", "#+begin_src\n\n- [[https://arxiv.org/abs/2301.00001][Slow boats]]\n", &["3 2301.00001 Slow boats"]);
}

#[test]
fn org_emphasis_stands_between_words_and_never_in_addresses() {
    check("a.org", "- *Slow boats in a bay* https://arxiv.org/abs/2301.00001\n", &["1 2301.00001 Slow boats in a bay"]);
    check(
        "a.org",
        "- [[https://arxiv.org/abs/2301.00001?a_b=/c_d/][Boats /and/ bays]]\n",
        &["1 2301.00001 Boats and bays"],
    );
    check("a.org", "- a*b *[[https://arxiv.org/abs/2301.00001][Slow boats]]*, c*d\n", &["1 2301.00001 Slow boats"]);
}

#[test]
fn records_under_names_are_tables_under_headings() {
    let yaml = "boats:\n  - title: Slow boats\n    url: https://arxiv.org/abs/2301.00001\n\
                tides:\n  - title: Quiet tides\n    url: https://arxiv.org/abs/2301.00002\n";
    check("a.yml", yaml, &["2 2301.00001 Slow boats", "5 2301.00002 Quiet tides"]);
    assert_eq!(sections("a.yml", yaml), ["boats", "tides"]);
    let beside = "first: https://arxiv.org/abs/2301.00009\npapers:\n  - title: Slow boats\n    url: https://arxiv.org/abs/2301.00001\n";
    check("a.yml", beside, &["1 2301.00009 -", "3 2301.00001 Slow boats"]);
    let one = "papers:\n  - title: Slow boats\n    url: https://arxiv.org/abs/2301.00001\n";
    assert_eq!(sections("a.yml", one), [""]);
}

#[test]
fn numbers_of_data_files_keep_their_zeros() {
    check("a.yml", "- title: Slow boats\n  arxiv: 2301.00010\n", &["1 2301.00010 Slow boats"]);
    check("a.json", "[\n{\"title\": \"Slow boats\", \"eprint\": 2301.00010}\n]", &["2 2301.00010 Slow boats"]);
    check(
        "a.csv",
        "title,number\nSlow boats,2301.00010\nQuiet tides,2301.00020\n",
        &["2 2301.00010 Slow boats", "3 2301.00020 Quiet tides"],
    );
}

#[test]
fn links_in_data_files_may_be_those_of_markdown() {
    check(
        "a.yml",
        "- paper: \"[Slow boats in a bay](https://arxiv.org/abs/2301.00001) (new)\"\n  tags: sea\n",
        &["1 2301.00001 Slow boats in a bay #sea"],
    );
    check(
        "a.csv",
        "paper,code\n[Slow boats in a bay](https://arxiv.org/abs/2301.00001),[code](https://github.com/a/b)\n",
        &["2 2301.00001 Slow boats in a bay"],
    );
}

#[test]
fn keys_of_records_are_a_column() {
    check(
        "a.yml",
        "2301.00010:\n  title: Slow boats\n2301.00020:\n  title: Quiet tides\n",
        &["2 2301.00010 Slow boats", "4 2301.00020 Quiet tides"],
    );
    check(
        "a.yml",
        "Slow boats in a bay: https://arxiv.org/abs/2301.00001\nQuiet tides: https://arxiv.org/abs/2301.00002\n",
        &["1 2301.00001 Slow boats in a bay", "2 2301.00002 Quiet tides"],
    );
}

#[test]
fn what_reference_managers_write_is_read() {
    let csl = "[{\"id\":\"dee\",\"container-title\":\"Annals of Boats\",\"title\":\"Slow boats in a bay\",\"DOI\":\"10.1000/b.1\",\
               \"author\":[{\"family\":\"Dee\",\"given\":\"A.\"}],\"issued\":{\"date-parts\":[[2031,1]]}}]";
    check("a.json", csl, &["1 - Slow boats in a bay #Annals of Boats"]);
    let answer =
        "{\"data\":[{\"title\":[\"Slow boats in a bay\"],\"externalIds\":{\"ArXiv\":\"2301.00010\",\"Corpus\":1}}]}";
    check("a.json", answer, &["1 2301.00010 Slow boats in a bay"]);
    let table = "Key,Publication Title,Title,Url,Short Title\nX,Annals of Boats,Slow boats in a bay,http://arxiv.org/abs/2301.00001,Boats\n";
    check("a.csv", table, &["2 2301.00001 Slow boats in a bay #Annals of Boats"]);
}

#[test]
fn files_without_papers_yield_nothing() {
    check(
        "a.yml",
        "name: build\non: push\njobs:\n  test:\n    steps:\n      - name: Slow boats\n        run: cargo test\n",
        &[],
    );
    check("a.json", "{\"name\": \"boats\", \"version\": \"1.0\", \"scripts\": {\"test\": \"run\"}}", &[]);
    check("a.csv", "when,how many\n2031,4\n2032,5\n", &[]);
    for empty in ["", "\n", "null", "[]", "{}", "- \n"] {
        check("a.json", empty, &[]);
        check("a.yml", empty, &[]);
        check("a.csv", empty, &[]);
    }
}

#[test]
fn broken_data_files_lose_no_identifier() {
    check(
        "a.json",
        "[\n{\"title\": \"Slow boats\", \"url\": \"https://arxiv.org/abs/2301.00001\"},\n{\"title\": ",
        &["2 2301.00001 Slow boats"],
    );
    let lines = "{\"title\": \"Slow boats\", \"arxiv\": \"2301.00001\"}\n{\"title\": \"Qu\n{\"title\": \"Dim lanterns\", \"arxiv\": \"2301.00003\"}\n";
    check("a.jsonl", lines, &["1 2301.00001 Slow boats", "3 2301.00003 Dim lanterns"]);
    check("a.json", lines, &["1 2301.00001 Slow boats", "3 2301.00003 Dim lanterns"]);
    check(
        "a.csv",
        "title;url\nSlow boats;https://arxiv.org/abs/2301.00001;more\n\nQuiet tides\n\"Dim lanterns;https://arxiv.org/abs/2301.00003",
        &["2 2301.00001 Slow boats", "4 - Quiet tides", "5 2301.00003 Dim lanterns"],
    );
}

#[test]
fn json_as_programs_write_it_is_yaml() {
    let json = "{\r\n\t\"papers\":[\r\n\t\t{\"title\":\"Boats \\ud835\\udd38 \\/ tides\",\"url\":\"https:\\/\\/arxiv.org\\/abs\\/2301.00001\",\"n\":null,\"x\":1e5}]}";
    check("a.json", json, &["3 2301.00001 Boats 𝔸 / tides"]);
}

#[test]
fn references_within_yaml_bring_no_flood() {
    let mut yaml = "a: &a [x, x, x, x, x, x, x, x, x]\n".to_owned();
    for (name, before) in ('b'..='z').zip('a'..) {
        yaml.push_str(&format!("{name}: &{name} [*{before}, *{before}, *{before}, *{before}, *{before}, *{before}]\n"));
    }
    check("a.yml", &yaml, &[]);
    check("a.yml", &"[".repeat(100_000), &[]);
    check("a.yml", &"{a: ".repeat(100_000), &[]);
    check("a.json", &"{\"a\":".repeat(100_000), &[]);
}

#[test]
fn rst_titles_have_the_levels_of_their_first_coming() {
    let text = "=====\nShelf\n=====\n\nBoats\n=====\n\nSlow\n----\n\n`Slow boats <https://arxiv.org/abs/2301.00001>`_\n\n\
                Tides\n=====\n\n`Quiet tides <https://arxiv.org/abs/2301.00002>`_\n";
    assert_eq!(sections("a.rst", text), ["Shelf > Boats > Slow", "Shelf > Tides"]);
}

#[test]
fn rst_names_lead_where_their_targets_say() {
    let link = "- `Slow boats in\n  a bay`_ and Tides_\n\n.. _slow boats in a bay: b_\n.. _b: https://arxiv.org/abs/\n   2301.00001\n.. _tides: https://example.org\n";
    check("a.rst", link, &["1 2301.00001 Slow boats in a bay"]);
    check("a.rst", "- `Slow boats`__\n\n__ https://arxiv.org/abs/2301.00001\n", &["1 2301.00001 Slow boats"]);
    check("a.rst", "- `Slow boats <a_>`_\n\n.. _a: b_\n.. _b: a_\n", &[]);
}

#[test]
fn what_rst_does_not_show_names_no_papers() {
    for hidden in [
        ".. arXiv:2301.00001\n",
        "..\n   arXiv:2301.00001\n",
        "So::\n\n   wget https://arxiv.org/pdf/2301.00001\n",
        ".. code-block:: sh\n\n   wget https://arxiv.org/pdf/2301.00001\n",
        ".. _boats: https://arxiv.org/abs/2301.00001\n",
        ">>> get(\"https://arxiv.org/abs/2301.00001\")\n",
    ] {
        check("a.rst", hidden, &[]);
    }
}

#[test]
fn rst_cells_may_reach_over_others() {
    let table = "+-------------+-------+\n| Title       | Tags  |\n+=============+=======+\n| `Slow boats <https://arxiv.org/abs/2301.00001>`_ |\n+---+\n";
    // A table that is not closed is text all the same.
    check("a.rst", table, &["4 2301.00001 Slow boats"]);
    let table = "+--------------------+----------------------+------+\n\
                 | Title              | Link                 | Tags |\n\
                 +====================+======================+======+\n\
                 | Boats                                            |\n\
                 +--------------------+----------------------+------+\n\
                 | Slow boats         | arXiv:2301.00001     | sea  |\n\
                 +--------------------+----------------------+      |\n\
                 | Boats für 船       | arXiv:2301.00002     |      |\n\
                 +--------------------+----------------------+------+\n";
    check("a.rst", table, &["6 2301.00001 Slow boats #sea", "8 2301.00002 Boats für 船 #sea"]);
    assert_eq!(sections("a.rst", table), ["Boats", "Boats"]);
}

#[test]
fn plain_text_tells_headings_items_and_columns() {
    let text = "Boats:\n\n2301.00001 Slow boats in a bay\n2301.00002\n\nTides:\n- Quiet tides, arXiv:2301.00003\n";
    check("a.txt", text, &["3 2301.00001 Slow boats in a bay", "4 2301.00002 -", "7 2301.00003 Quiet tides"]);
    assert_eq!(sections("a.txt", text), ["Boats", "Boats", "Tides"]);
    check(
        "a.txt",
        "2301.00001\tSlow boats in a bay\n2301.00002\tQuiet tides and a moon\n",
        &["1 2301.00001 Slow boats in a bay", "2 2301.00002 Quiet tides and a moon"],
    );
    check("a.txt", "# What this is\n# - and more\n\nhttps://arxiv.org/abs/2301.00001\n", &["4 2301.00001 -"]);
}

#[test]
fn plain_text_with_the_marks_of_rst_is_rst() {
    check(
        "a.txt",
        "Boats\n=====\n\n.. [1] B. Roe. `Slow\n   boats <https://arxiv.org/abs/2301.00001>`_\n",
        &["4 2301.00001 Slow boats"],
    );
}

#[test]
fn plain_text_with_the_links_of_markdown_is_markdown() {
    check("a.txt", "- [Slow boats](https://arxiv.org/abs/2301.00001): a remark\n", &["1 2301.00001 Slow boats"]);
}

#[test]
fn text_set_in_is_code_only_without_links() {
    check("a.md", "Boats\n\n    [Slow boats](https://arxiv.org/abs/2301.00001)\n", &["3 2301.00001 Slow boats"]);
    check(
        "a.md",
        "Boats\n\n\t- [Slow\n\t  boats](https://arxiv.org/abs/2301.00001)\n\n\t- [Quiet tides](https://arxiv.org/abs/2301.00002)\n",
        &["3 2301.00001 Slow boats", "6 2301.00002 Quiet tides"],
    );
    check("a.md", "```\n[Slow boats](https://arxiv.org/abs/2301.00001)\n```\n", &[]);
}

/// Marks that open and never close, or that nest, take time that grows with their number alone.
#[test]
fn marks_repeated_take_no_time() {
    let pieces = [
        "* ", "*a ", "[[", "[[a][", "/a ", "- a\n", ":a:\n", "#+begin_src\n", "`", "`a ", "**a ", "_a ", ".. a\n",
        ".. [1] ", "a::\n", "+--+\n", "+-\n++++\n|a\n++++\n", "== ==\n\n", "== ==\na a\n", "- a\n\n", "a\n b\n",
        ":a: b\n", "a\tb\n", "a:\n", "&a [*a,", "- - ", "? ", "a,\"", "\"\"", "{\"a\":1}\n", "    [a](b://c)\n\n",
    ];
    for path in ["a.org", "a.rst", "a.txt", "a.yml", "a.jsonl", "a.csv", "a.md"] {
        for piece in pieces {
            let started = std::time::Instant::now();
            list(path, &piece.repeat(20_000 / piece.len()), &Options::default());
            let mut nested = String::new();
            (0..200).for_each(|depth| nested.push_str(&format!("{}{piece}\n", " ".repeat(depth))));
            list(path, &nested, &Options::default());
            assert!(started.elapsed().as_secs() < 5, "{path}: {piece:?} {:?}", started.elapsed());
        }
    }
}
