//! What the papers' own titles teach, and what they must not do.

use super::super::{Known, Options, TitleFrom, explained, list, list_knowing};
use crate::model::ArxivId;

fn known(titles: &[(&str, &str)]) -> Known {
    let titles: Vec<(ArxivId, &str)> = titles.iter().map(|(id, title)| (id.parse().unwrap(), *title)).collect();
    Known::of(titles.iter().map(|(id, title)| (id, *title)))
}

fn titles_of(path: &str, text: &str, known: &Known) -> Vec<String> {
    let entries = list_knowing(path, text, &Options::default(), known).entries;
    entries.into_iter().map(|entry| entry.title.unwrap_or_default()).collect()
}

fn titles(text: &str, titles: &[(&str, &str)]) -> Vec<String> {
    titles_of("list.md", text, &known(titles))
}

/// Each item names its paper twice; only the papers tell by which words they go themselves.
const ITALIC: &str = "\
- [The tide model of Ann Dee](https://arxiv.org/abs/2403.00001). *Slow tides in a bay*
- [The comet model of Bob Roe](https://arxiv.org/abs/2403.00002). *Quiet comets over dim hills*
- [The boat model of Cy Poe](https://boats.example/paper.pdf). *Paper boats on a still lake*
";

#[test]
fn two_known_titles_show_where_a_third_stands() {
    let own = [("2403.00001", "Slow Tides in a Bay"), ("2403.00002", "Quiet comets over dim hills")];
    let read = titles(ITALIC, &own);
    assert_eq!(read, ["Slow tides in a bay", "Quiet comets over dim hills", "Paper boats on a still lake"]);
    assert!(titles(ITALIC, &[])[0].starts_with("The tide model"));
}

#[test]
fn a_title_that_stands_nowhere_changes_nothing() {
    let own = [("2403.00001", "What nobody wrote here"), ("2403.00009", "Slow tides in a bay")];
    let plain = list("list.md", ITALIC, &Options::default());
    assert_eq!(list_knowing("list.md", ITALIC, &Options::default(), &known(&own)), plain);
    let wrong = [("2403.00001", "Quiet comets over dim hills"), ("2403.00002", "Slow tides in a bay")];
    assert_eq!(list_knowing("list.md", ITALIC, &Options::default(), &known(&wrong)), plain);
}

#[test]
fn whatever_is_known_the_title_is_words_of_the_list() {
    let text = "- 2031, Dee: Slow  tides in a *bay*?! Conf, [pdf](https://arxiv.org/abs/2403.00001)\n";
    for own in ["Slow tides in a bay?", "slow TIDES in a bay", "Slow tides in a bay: and more of it", "", "tides"] {
        let title = titles(text, &[("2403.00001", own)]).remove(0);
        assert!(text.replace("  ", " ").replace('*', "").contains(&title), "{own:?}: {title:?}");
    }
    assert_eq!(titles(text, &[("2403.00001", "Slow tides in a bay?")]), ["Slow tides in a bay?!"]);
}

#[test]
fn a_list_may_call_a_paper_more_than_it_calls_itself() {
    let check = |heading: &str, own: &str, expected: &str| {
        let text = format!("- **{heading}** [pdf](https://arxiv.org/abs/2403.00001)\n");
        assert_eq!(titles(&text, &[("2403.00001", own)]), [expected], "{heading}");
    };
    check("TideNet: Slow tides in a bay", "Slow tides in a bay", "TideNet: Slow tides in a bay");
    check("Slow tides in a bay: a long study", "Slow tides in a bay", "Slow tides in a bay: a long study");
    check("Slow tides in a bay (TIDE)", "Slow tides in a bay", "Slow tides in a bay (TIDE)");
    check("Slow tides in a bay (ICML)", "Slow tides in a bay", "Slow tides in a bay");
    check("Slow tides in a bay framework", "Slow tides in a bay", "Slow tides in a bay framework");
    check("Slow tides in a bay, A. Dee and B. Roe, 2031", "Slow tides in a bay", "Slow tides in a bay");
}

#[test]
fn rows_show_the_column_of_titles() {
    let text = "\
| Our short words for it | Tongue | What it is called by them | Code |
|---|---|---|---|
| The tide model of the bay by Ann | French | Slow tides | [pdf](https://arxiv.org/abs/2403.00001) |
| The comet model of Bob for all | Dutch | Quiet comets over hills | [pdf](https://arxiv.org/abs/2403.00002) |
| The boat model of Cy and his friends | Greek | Paper boats | [pdf](https://boats.example/a.pdf) |
";
    let own = [("2403.00001", "Slow tides"), ("2403.00002", "Quiet comets over hills")];
    assert_eq!(titles(text, &own), ["Slow tides", "Quiet comets over hills", "Paper boats"]);
}

#[test]
fn a_related_papers_title_is_not_the_entrys() {
    let text = "- [Slow tides in a bay](https://arxiv.org/abs/2403.00001), after \
                [Quiet comets over dim hills](https://arxiv.org/abs/2403.00002)\n";
    let own = [("2403.00002", "Quiet comets over dim hills")];
    assert_eq!(titles(text, &own), titles(text, &[]));
}

#[test]
fn tex_and_accents_are_read_through() {
    let text = "- The model of Dee. *Schrödinger's ΛCDM in a bay* [pdf](https://arxiv.org/abs/2403.00001)\n";
    let own = [("2403.00001", "Schr\\\"odinger's $\\Lambda$CDM in a bay")];
    assert_eq!(titles(text, &own), ["Schrödinger's ΛCDM in a bay"]);
}

#[test]
fn the_keepers_word_counts_before_the_papers() {
    let own = known(&[("2403.00001", "Slow tides in a bay"), ("2403.00002", "Quiet comets over dim hills")]);
    let options = Options { title: Some(TitleFrom::Link), ..Options::default() };
    assert_eq!(list_knowing("list.md", ITALIC, &options, &own), list("list.md", ITALIC, &options));
}

#[test]
fn the_reason_says_that_a_title_is_the_papers_own() {
    let own = known(&[("2403.00001", "Slow tides in a bay"), ("2403.00002", "Quiet comets over dim hills")]);
    let (_, explanation) = explained("list.md", ITALIC, &Options::default(), &own);
    let reasons: Vec<_> = explanation.entries.into_iter().map(|because| because.title.unwrap_or_default()).collect();
    assert_eq!(reasons[1], "first italic, where the paper's own title stands, as in 3 of 3 siblings");
    assert_eq!(reasons[2], "first italic, as in 3 of 3 siblings");
}
