//! Each rule: what it tells, and what it does not.

use std::collections::HashMap;

use super::ignore::{self, Ignored};
use super::{Known, Listing, findings, repair};
use crate::model::{ArxivId, Citation, Code, Entry, Finding, Level, Link, Paper, Place, Source, VersionedId};

/// A paper on arXiv in the version that its identifier names; `v1` where it names none.
fn paper(id: &str, title: &str) -> Paper {
    let VersionedId { id, version } = id.parse().unwrap();
    Paper {
        id,
        version: version.or("1".parse().ok()),
        title: title.to_owned(),
        authors: vec!["Ada Example".into(), "Łukasz Przykład".into()],
        summary: None,
        primary_category: None,
        categories: Vec::new(),
        published: Some("2020-03-12T13:31:14Z".parse().unwrap()),
        updated: None,
        comment: None,
        journal_ref: None,
        doi: None,
        source: Source::ArxivApi,
    }
}

/// An entry on this line of `list.md`, under the heading `S`.
fn entry(line: u32, id: &str, title: &str) -> Entry {
    Entry {
        place: Place { path: "list.md".into(), line, column: 3 },
        id: Some(id.parse().unwrap()).filter(|_| !id.is_empty()),
        title: Some(title.to_owned()).filter(|title| !title.is_empty()),
        tags: Vec::new(),
        venue: None,
        sections: vec!["S".to_owned()],
        related: Vec::new(),
        rival: None,
        links: Vec::new(),
        citation: None,
    }
}

fn without_id(line: u32, title: &str) -> Entry {
    Entry { id: None, ..entry(line, "2001.00001", title) }
}

fn known(latest: Paper, earlier: Vec<Paper>) -> HashMap<ArxivId, Known> {
    HashMap::from([(latest.id.clone(), Known { latest, earlier })])
}

fn found(text: &str, entries: &[Entry], known: &HashMap<ArxivId, Known>) -> Vec<Finding> {
    findings(&[Listing { path: "list.md", text, entries }], known)
}

/// The findings as `level code: message` for entries of one paper.
fn told(entries: &[Entry], paper: Paper) -> Vec<String> {
    let found = found("", entries, &known(paper, Vec::new()));
    found.iter().map(|finding| format!("{} {}: {}", finding.level, finding.code, finding.message)).collect()
}

fn check_titles(listed: &str, told: &str, agrees: bool) {
    assert_eq!(super::titles_agree(listed, told), agrees, "{listed:?} {told:?}");
}

#[test]
fn a_title_agrees_beyond_case_punctuation_tex_accents_and_white_space() {
    check_titles("On Schrödinger's cat -- part ii", "On Schr\\\"odinger's Cat: Part II", true);
    check_titles("The ΛCDM model at  large", "The $\\Lambda$CDM Model at Large", true);
    check_titles("T^3 Bench: Benchmarking 3D Generation", "T$^3$Bench: Benchmarking 3D Generation", true);
    check_titles("Real time Dense Scene Reconstruction", "Real-time Dense Scene Reconstruction", true);
}

#[test]
fn a_title_that_is_shortened_or_set_beside_more_agrees() {
    let lora = "LoRA: Low-Rank Adaptation of Large Language Models";
    check_titles("LoRA", lora, true);
    check_titles("Low-Rank Adaptation of Large Language Models", lora, true);
    check_titles("Low-Rank Adaptation", lora, true);
    check_titles("LoRA - Low-Rank Adaptation of Large Language Models (ICLR 2022)", lora, true);
    check_titles("[GPT-3] Language Models are Few-Shot Learners", "Language Models are Few-Shot Learners", true);
    check_titles(
        "Paper: Training Models with the Feedback of People",
        "Training Models with the Feedback of Persons",
        true,
    );
    check_titles("OPT-1.3|6.7|13|30|66B", "OPT: Open Pre-trained Transformer Language Models", true);
    check_titles("best performing normalization variant", "Do Transformer Modifications Transfer?", true);
    check_titles("大規模言語モデルの低ランク適応", lora, true);
}

#[test]
fn another_title_does_not_agree() {
    check_titles("Attention Is All You Need", "Deep Residual Learning for Image Recognition", false);
    check_titles("Retrieval-Augmented Diffusion Models", "Semi-Parametric Neural Image Synthesis", false);
    check_titles(
        "Interventional and Counterfactual Inference with Diffusion Models",
        "Extracting Training Data from Diffusion Models",
        false,
    );
    check_titles("大規模言語モデルの低ランク適応について", "画像生成のための拡散モデル入門と展望", false);
}

#[test]
fn a_title_mismatch_says_whether_an_earlier_version_bore_the_title() {
    let listed = [entry(3, "2001.00001", "Retrieval-Augmented Diffusion Models")];
    let latest = || paper("2001.00001v3", "Semi-Parametric Neural Image Synthesis");
    let mismatch = |known| found("", &listed, &known).pop().unwrap();
    let alone = mismatch(known(latest(), Vec::new()));
    assert_eq!((alone.code, alone.place.line), (Code::TitleMismatch, 3));
    assert!(alone.help.unwrap().starts_with("check that the link leads to the paper that is meant"));
    let first = paper("2001.00001v1", "Retrieval-augmented diffusion models");
    let renamed = mismatch(known(latest(), vec![first.clone()]));
    assert!(renamed.help.unwrap().starts_with("version 1 bore the list's title"));
    let pinned = [entry(3, "2001.00001v1", "Retrieval-Augmented Diffusion Models")];
    let codes: Vec<_> = found("", &pinned, &known(latest(), vec![first])).iter().map(|found| found.code).collect();
    assert_eq!(codes, [Code::NewerVersion]);
}

#[test]
fn a_withdrawn_paper_is_an_error_and_a_withdrawn_claim_is_none() {
    let with_comment = |comment: &str| Paper { comment: Some(comment.to_owned()), ..paper("2001.00001", "T") };
    let check = |comment: &str, expected: &[&str]| {
        assert_eq!(told(&[entry(3, "2001.00001", "T")], with_comment(comment)), expected, "{comment}");
    };
    let comment = "This paper has been withdrawn due to an error in Lemma 2.";
    check(
        comment,
        &[
            "error withdrawn: 2001.00001 has been withdrawn, \"This paper has been withdrawn due to an error in Lemma 2\"",
        ],
    );
    check("12 pages; withdrawn from ICLR 2021", &[]);
}

#[test]
fn a_pinned_version_is_compared_with_the_latest() {
    let check = |listed: &str, latest: &str, expected: &[&str]| {
        assert_eq!(told(&[entry(3, listed, "T")], paper(latest, "T")), expected, "{listed} {latest}");
    };
    check(
        "2001.00001v1",
        "2001.00001v3",
        &["warning newer-version: the list pins version 1 of 2001.00001, and the latest is 3"],
    );
    check("2001.00001v3", "2001.00001v3", &[]);
    check("2001.00001", "2001.00001v3", &[]);
    let unversioned = Paper { version: None, ..paper("2001.00001", "T") };
    assert_eq!(told(&[entry(3, "2001.00001v1", "T")], unversioned), Vec::<String>::new());
}

#[test]
fn a_newer_version_is_repaired_wherever_the_entry_pins_the_old_one() {
    let text = "# L\n- T\n  [a](https://arxiv.org/abs/2001.00001v1) [p](https://arxiv.org/pdf/2001.00001v1.pdf) v1 2001.00001v10\n\
                - U [a](https://arxiv.org/abs/2001.00001v1)\n";
    let entries = [entry(2, "2001.00001v1", "T"), entry(4, "2001.00002", "U")];
    let found = found(text, &entries, &known(paper("2001.00001v12", "T"), Vec::new()));
    let newer: Vec<_> = found.iter().filter(|finding| finding.code == Code::NewerVersion).collect();
    let repaired = repair::repaired(text, &newer);
    assert_eq!(repaired.text, text.replacen("2001.00001v1)", "2001.00001v12)", 1).replacen("v1.pdf", "v12.pdf", 1));
    assert_eq!(repaired.done, [true]);

    let text = "- T [a](https://arxiv.org/abs/math.GT/0309136v1), see also hep-th/0309136v1";
    let found = self::found(text, &[entry(1, "math/0309136v1", "T")], &known(paper("math/0309136v2", "T"), Vec::new()));
    let repaired = repair::repaired(text, &found.iter().collect::<Vec<_>>()).text;
    assert_eq!(repaired, "- T [a](https://arxiv.org/abs/math.GT/0309136v2), see also hep-th/0309136v1");
}

#[test]
fn a_publication_is_told_where_no_entry_names_one() {
    let published = |journal: Option<&str>, doi: Option<&str>| Paper {
        journal_ref: journal.map(str::to_owned),
        doi: doi.map(str::to_owned),
        ..paper("2001.00001", "T")
    };
    let plain = || entry(3, "2001.00001", "T");
    let journal = || published(Some("J. Made Up 7 (2021) 1"), Some("10.5555/x"));
    let link = |url: &str| vec![Link { label: "venue".to_owned(), url: url.to_owned() }];
    let check = |entries: &[Entry], paper: Paper, expected: usize| {
        assert_eq!(told(entries, paper.clone()).len(), expected, "{entries:?} {paper:?}");
    };
    assert_eq!(
        told(&[plain()], journal()),
        ["note published: 2001.00001 has been published: J. Made Up 7 (2021) 1, doi 10.5555/x"]
    );
    check(&[plain()], published(None, Some("10.5555/x")), 1);
    check(&[plain()], published(None, Some("10.48550/arXiv.2001.00001")), 0);
    check(&[plain()], published(Some("Submitted to J. Made Up"), None), 0);
    check(&[plain()], published(None, None), 0);
    check(&[Entry { tags: vec!["ICML'21".to_owned()], ..plain() }], journal(), 0);
    check(&[Entry { tags: vec!["Transformers".to_owned()], ..plain() }], journal(), 1);
    check(&[Entry { links: link("https://doi.org/10.5555/x"), ..plain() }], journal(), 0);
    check(&[Entry { links: link("https://github.com/a/b"), ..plain() }], journal(), 1);
    let cited = Citation { venue: Some("J. Made Up".to_owned()), ..Citation::default() };
    check(&[Entry { citation: Some(cited), ..plain() }], journal(), 0);
}

#[test]
fn a_paper_that_stands_twice_is_told_with_the_first_place() {
    let elsewhere = |line, path: &str| {
        let place = Place { path: path.into(), line, column: 1 };
        Entry { place, ..entry(line, "2001.00001", "T") }
    };
    let under = |section: &str| Entry { sections: vec![section.to_owned()], ..entry(9, "2001.00001", "T") };
    let check = |second: Entry, expected: &[&str]| {
        assert_eq!(
            told(&[entry(3, "2001.00001", "T"), second.clone()], paper("2001.00001", "T")),
            expected,
            "{second:?}"
        );
    };
    check(entry(9, "2001.00001", "T"), &["warning duplicate: 2001.00001 stands at list.md:3 already"]);
    check(entry(9, "2001.00001v1", ""), &["warning duplicate: 2001.00001 stands at list.md:3 already"]);
    check(under("Other"), &["note duplicate: 2001.00001 stands at list.md:3 already, under \"S\""]);
    check(elsewhere(3, "more.md"), &["note duplicate: 2001.00001 stands at list.md:3 already"]);
    check(entry(3, "2001.00001", "T"), &[]);
    check(Entry { related: vec!["2001.00001".parse().unwrap()], ..entry(9, "2001.00002", "U") }, &[]);
}

#[test]
fn two_models_of_one_paper_are_no_slip() {
    let entries = [entry(3, "2001.00001", "mT0"), entry(4, "2001.00001", "BLOOMZ")];
    assert_eq!(told(&entries, paper("2001.00001", "T")), ["note duplicate: 2001.00001 stands at list.md:3 already"]);
}

#[test]
fn entries_without_identifier_are_the_same_by_title_and_link() {
    let linked = |line, url: &str| {
        let links = vec![Link { label: "pdf".to_owned(), url: url.to_owned() }];
        Entry { links, ..without_id(line, "Introduction") }
    };
    let codes = |entries: &[Entry]| {
        let found = found("", entries, &HashMap::new());
        found.iter().filter(|finding| finding.code == Code::Duplicate).count()
    };
    assert_eq!(codes(&[linked(3, "https://a.example/1"), linked(4, "https://a.example/1")]), 1);
    assert_eq!(codes(&[linked(3, "https://a.example/1"), linked(4, "https://a.example/2")]), 0);
    assert_eq!(codes(&[without_id(3, "Introduction"), without_id(4, "Introduction")]), 0);
}

#[test]
fn an_entry_without_identifier_is_a_note() {
    let told = told(&[without_id(3, "A Book"), Entry { title: None, ..without_id(4, "") }], paper("2001.00001", "T"));
    assert_eq!(
        told,
        ["note no-arxiv-id: \"A Book\" names no e-print", "note no-arxiv-id: this entry names no e-print"]
    );
}

#[test]
fn bibtex_is_compared_in_what_is_sure() {
    let check = |authors: &[&str], year: i32, venue: Option<&str>, expected: &[&str]| {
        let citation = Citation {
            authors: authors.iter().map(|&name| name.into()).collect(),
            year: Some(year),
            venue: venue.map(str::to_owned),
            ..Citation::default()
        };
        let entry = Entry { citation: Some(citation), ..entry(3, "2001.00001", "T") };
        assert_eq!(told(&[entry], paper("2001.00001", "T")), expected, "{authors:?} {year} {venue:?}");
    };
    check(&["Ada Example", "Lukasz Przyklad"], 2020, None, &[]);
    check(&["A. Example", "others"], 2021, None, &[]);
    check(&["L. Przyklad"], 2021, None, &[]);
    check(&["Jane M. Example Doe"], 2023, Some("J. Made Up"), &[]);
    check(&["The Example Team"], 2020, None, &[]);
    check(&["OpenAI"], 2020, None, &[]);
    check(&["示例 王"], 2020, None, &[]);
    check(&[], 2020, None, &[]);
    let authors = "warning citation-mismatch: the BibTeX names John Doe, Jane Roe, arXiv Ada Example, Łukasz Przykład";
    check(&["John Doe", "Jane Roe"], 2020, None, &[authors]);
    let year = "warning citation-mismatch: the BibTeX says 2018, and the paper came to arXiv in 2020";
    check(&["Ada Example"], 2018, None, &[year]);
    check(&["Ada Example"], 2018, Some("J. Made Up"), &[year]);
    check(&["Ada Example"], 2019, None, &[]);
    check(&["Ada Example"], 2024, None, &[]);
}

#[test]
fn a_year_that_the_authors_tell_arxiv_is_right_however_old() {
    let citation = Citation { year: Some(1987), venue: Some("J. Made Up".to_owned()), ..Citation::default() };
    let entry = Entry { citation: Some(citation), ..entry(3, "2001.00001", "T") };
    let old = Paper { journal_ref: Some("J. Made Up 1 (1987) 2".to_owned()), ..paper("2001.00001", "T") };
    assert_eq!(told(&[entry], old), Vec::<String>::new());
}

#[test]
fn bibtex_of_another_paper_is_left_to_that_finding() {
    let citation = Citation { authors: vec!["John Doe".into()], ..Citation::default() };
    let rival = Some("2001.00002".parse().unwrap());
    let entry = Entry { citation: Some(citation), rival, ..entry(3, "2001.00001", "T") };
    assert_eq!(told(&[entry], paper("2001.00001", "T")), Vec::<String>::new());
}

#[test]
fn plain_http_is_told_where_the_host_surely_answers_over_https() {
    let check = |text: &str, secure: &str| {
        let found = found(text, &[], &HashMap::new());
        assert!(found.iter().all(|finding| finding.code == Code::InsecureLink && finding.level == Level::Note));
        assert_eq!(repair::repaired(text, &found.iter().collect::<Vec<_>>()).text, secure);
    };
    check("- [a](http://arxiv.org/abs/2001.00001)", "- [a](https://arxiv.org/abs/2001.00001)");
    check("ä <a href=\"http://www.github.com/x\">", "ä <a href=\"https://www.github.com/x\">");
    check("url = {http://dx.doi.org/10.1/x},", "url = {https://dx.doi.org/10.1/x},");
    check("<http://someone.github.io/page>", "<https://someone.github.io/page>");
    for text in [
        "[a](http://a.example/abs)",
        "[a](http://web.archive.org/web/2015/http://arxiv.org/abs/1)",
        "[a](http://arxiv.org:8080/abs)",
        "[a](http://arxiv.org.evil.example/)",
        "[a](http://notgithub.com/)",
        "xmlns=\"http://arxiv.org/schemas/atom\"",
        "http://",
        "<!-- enrich:start -->\n[a](http://arxiv.org/abs/1)\n<!-- enrich:end -->",
    ] {
        check(text, text);
    }
}

#[test]
fn what_no_longer_stands_there_is_not_repaired() {
    let was = "- [a](http://arxiv.org/abs/1)";
    let found = found(was, &[], &HashMap::new());
    let now = "- [moved](http://arxiv.org/abs/1)";
    let repaired = repair::repaired(now, &found.iter().collect::<Vec<_>>());
    assert_eq!((repaired.text.as_str(), repaired.done), (now, vec![false]));
}

const IGNORING: &str = "\
# L
<!-- enrich-ignore: duplicate -->
- One
- Two
  <!-- enrich-ignore: published, withdrawn:2001.00001 -->
- Three <!-- enrich-ignore -->

% enrich-ignore: titel-mismatch
- Four
";

/// Whether a finding of this kind on this line is told.
fn is_told(line: u32, code: Code, everywhere: &[&str]) -> bool {
    let entries = [3, 4, 6, 9].map(|line| entry(line, "2001.00001", "T"));
    let finding = Finding {
        arxiv_id: Some("2001.00001".parse().unwrap()),
        ..Finding::new(code, Place { path: "list.md".into(), line, column: 1 }, "`2403.1` is none".to_owned())
    };
    let everywhere: Vec<Ignored> = everywhere.iter().map(|text| text.parse().unwrap()).collect();
    let told =
        ignore::told(vec![finding], &everywhere, &[Listing { path: "list.md", text: IGNORING, entries: &entries }]);
    assert_eq!(told.findings.len() + told.ignored, 1);
    assert_eq!(told.unknown.len(), 1);
    assert!(told.unknown[0].to_string().starts_with("list.md:8:3: there is no finding `titel-mismatch`"));
    told.ignored == 0
}

#[test]
fn a_comment_silences_its_entry_or_the_one_below_it() {
    let check = |line, code, told| assert_eq!(is_told(line, code, &[]), told, "{line} {code}");
    check(3, Code::Duplicate, false);
    check(3, Code::Published, true);
    check(4, Code::Duplicate, true);
    check(4, Code::Published, false);
    check(5, Code::Withdrawn, false);
    check(4, Code::UnknownId, true);
    check(6, Code::UnknownId, false);
    check(9, Code::TitleMismatch, true);
    check(1, Code::Duplicate, true);
}

#[test]
fn the_settings_silence_a_kind_or_a_kind_for_one_paper() {
    let check = |ignored: &str, code, told| assert_eq!(is_told(9, code, &[ignored]), told, "{ignored} {code}");
    check("published", Code::Published, false);
    check("published", Code::Withdrawn, true);
    check("unknown-id:2001.00001", Code::UnknownId, false);
    check("unknown-id:2001.00002", Code::UnknownId, true);
    check("malformed-id:2403.1", Code::MalformedId, false);
    check("malformed-id:2403.2", Code::MalformedId, true);
}
