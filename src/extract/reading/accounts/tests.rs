//! No identifier is lost, however a list is put together.

use std::collections::BTreeSet;

use proptest::prelude::*;
use proptest::sample::select;

use crate::extract::{Options, list};
use crate::model::Extracted;

/// The ways in which lists name a paper; `ID` stands for its identifier.
const NAMED: [&str; 22] = [
    "- [paper](https://arxiv.org/abs/ID)\n",
    "- https://arxiv.org/pdf/ID\n",
    "- **Rockets for Everyone** [pdf](https://arxiv.org/pdf/ID.pdf) [code](https://github.com/a/b)\n",
    "- [Rockets for Everyone](https://arxiv.org/abs/ID), [earlier work](https://arxiv.org/abs/ID)\n",
    "  - nested [pdf](https://arxiv.org/abs/ID)\n",
    "- Foundations: https://arxiv.org/abs/ID, https://arxiv.org/abs/ID\n",
    "- arXiv:ID\n",
    "1. Roe, J. Rockets in rain. arXiv:ID, see also arXiv:ID\n",
    "\n## Rockets for Everyone (arXiv:ID)\n\n",
    "\n## [Rockets](https://arxiv.org/abs/ID)\n\n",
    "\npaper link: [here](https://arxiv.org/abs/ID)\n\nfollow-up work: [here](https://arxiv.org/abs/ID)\n\n",
    "\nRockets build on [gliders](https://arxiv.org/abs/ID) and on [kites](https://arxiv.org/abs/ID).\n\n",
    "\n| Title | Link |\n|---|---|\n| Rockets | [a](https://arxiv.org/abs/ID) [b](https://arxiv.org/abs/ID) |\n\n",
    "\n<table><tr><td>Rockets</td><td><a href=\"https://arxiv.org/abs/ID\">pdf</a></td></tr></table>\n\n",
    "\n<details><summary>Rockets</summary>\n\n[pdf](https://arxiv.org/abs/ID)\n\n</details>\n\n",
    "\n```bibtex\n@misc{a, title = {Rockets}, eprint = {ID}}\n```\n\n",
    "\n```bibtex\n@misc{a, eprint = {https://arxiv.org/abs/ID}}\n```\n\n",
    "\n```bibtex\n@misc{a, title = {Rockets}, note = {extends arXiv:ID and arXiv:ID}}\n```\n\n",
    "- ![arXiv](https://img.shields.io/badge/arXiv-ID-b31b1b.svg)\n",
    "- [Rockets](https://rockets.example) ![arXiv](https://img.shields.io/badge/arXiv-ID-b31b1b)\n",
    "> Quoted: arXiv:ID\n\n",
    "**Rockets** https://huggingface.co/papers/ID\n",
];

/// What may stand between: nothing in it makes code, a comment, a picture or the definition of a link.
const BETWEEN: [&str; 18] = [
    "- ", "* ", "\n", "\n\n", "# Rockets\n\n", "### ", "> ", "| ", "**", "*", "[", "(", ") ", "tag: ", "paper: ",
    "Roe, J. and Doe, J. ", "\n***\n", "1. ",
];

fn id(number: usize) -> String {
    format!("23{:02}.{:05}", number / 90_000 + 1, number % 90_000 + 1)
}

/// A list of these pieces, in which each `ID` is another paper, and how many there are.
fn numbered(pieces: &[&str]) -> (String, usize) {
    let text = pieces.concat();
    let mut parts = text.split("ID");
    let mut numbered = parts.next().unwrap_or_default().to_owned();
    let mut count = 0;
    for part in parts {
        numbered.push_str(&id(count));
        numbered.push_str(part);
        count += 1;
    }
    (numbered, count)
}

fn claimed(extracted: &Extracted) -> BTreeSet<String> {
    let entries = extracted.entries.iter();
    entries.flat_map(|entry| entry.id.iter().map(|id| &id.id).chain(&entry.related)).map(ToString::to_string).collect()
}

fn check(pieces: &[&str]) -> Result<(), TestCaseError> {
    let (text, count) = numbered(pieces);
    let extracted = list("list.md", &text, &Options::default());
    let wanted: BTreeSet<String> = (0..count).map(id).collect();
    let lost: Vec<_> = wanted.difference(&claimed(&extracted)).cloned().collect();
    prop_assert!(lost.is_empty(), "{lost:?} is lost of\n{text}");
    for entry in extracted.entries {
        let own = entry.id.map(|id| id.id);
        prop_assert!(!entry.related.iter().any(|id| Some(id) == own.as_ref()), "an entry is no other than itself");
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1024, ..ProptestConfig::default() })]

    #[test]
    fn every_identifier_of_a_list_is_of_an_entry_or_related_to_one(pieces in prop::collection::vec(select(NAMED.to_vec()), 1..12)) {
        check(&pieces)?;
    }

    #[test]
    fn every_identifier_of_a_mutilated_list_is_of_an_entry_or_related_to_one(
        pieces in prop::collection::vec(prop_oneof![select(NAMED.to_vec()), select(BETWEEN.to_vec())], 1..20)
    ) {
        check(&pieces)?;
    }
}

/// An entry as these tests see it: its line, identifier, title and related identifiers.
type Seen = (u32, Option<String>, Option<String>, Vec<String>);

fn read(text: &str) -> Vec<Seen> {
    let entries = list("list.md", text, &Options::default()).entries;
    let related = |entry: &crate::model::Entry| entry.related.iter().map(ToString::to_string).collect();
    let tell = |entry: crate::model::Entry| {
        (entry.place.line, entry.id.as_ref().map(ToString::to_string), entry.title.clone(), related(&entry))
    };
    entries.into_iter().map(tell).collect()
}

fn entry(line: u32, id: &str, title: Option<&str>, related: &[&str]) -> Seen {
    (line, Some(id.to_owned()), title.map(str::to_owned), related.iter().map(|id| (*id).to_owned()).collect())
}

#[test]
fn two_links_of_one_standing_are_two_entries() {
    let under_a_heading = "## Diffusion models\n\n- [paper](https://arxiv.org/abs/1804.00001)\n- [paper](https://arxiv.org/abs/1804.00002)\n";
    assert_eq!(read(under_a_heading), [entry(3, "1804.00001", None, &[]), entry(4, "1804.00002", None, &[])]);
    let in_an_item = "- Foundations: https://arxiv.org/abs/1804.00001, https://arxiv.org/abs/1804.00002 `basic`\n";
    assert_eq!(read(in_an_item), [entry(1, "1804.00001", None, &[]), entry(1, "1804.00002", None, &[])]);
    let tags = list("list.md", in_an_item, &Options::default()).entries.into_iter().map(|entry| entry.tags);
    assert!(tags.into_iter().all(|tags| tags == ["basic"]));
    let bare = "### Jane's picks\n\n- 1804.00001\n- hep-th/9901001v2\n";
    assert_eq!(read(bare), [entry(3, "1804.00001", None, &[]), entry(4, "hep-th/9901001v2", None, &[])]);
}

#[test]
fn a_paper_that_words_set_apart_is_related() {
    let text = "- [Rockets for Everyone](https://arxiv.org/abs/1804.00001) extends the earlier [paper](https://arxiv.org/abs/1804.00002)\n";
    assert_eq!(read(text), [entry(1, "1804.00001", Some("Rockets for Everyone"), &["1804.00002"])]);
    let text = "# Boats\n\npaper: [pdf](https://arxiv.org/abs/1804.00001)\n\nfollow-up work: [pdf](https://arxiv.org/abs/1804.00002)\n";
    assert_eq!(read(text), [entry(1, "1804.00001", Some("Boats"), &["1804.00002"])]);
}

#[test]
fn a_lone_badge_stands_at_its_own_line() {
    let text = "# Boats\n\nWords.\n\n- ![arXiv](https://img.shields.io/badge/arXiv-1804.00001-red)\n";
    assert_eq!(read(text), [entry(5, "1804.00001", None, &[])]);
}

#[test]
fn what_follows_an_archive_must_be_a_number_of_its_time() {
    let extracted = list("list.md", "- https://arxiv.org/abs/cs.SE/1804.00004\n", &Options::default());
    let [finding] = &extracted.findings[..] else { panic!("{:?}", extracted.findings) };
    assert_eq!((finding.code, finding.place.line), (crate::model::Code::MalformedId, 1));
}

#[test]
fn bibtex_names_its_paper_in_many_fields() {
    for field in [
        "eprint = {https://arxiv.org/abs/1804.00001}",
        "eprint = {arXiv:1804.00001}",
        "eprint = {arxiv.org/pdf/1804.00001.pdf}",
        "eprint = {1804.00001}",
        "arxivid = {1804.00001}",
        "arXivId = {1804.00001v2}",
        "arxiv = {1804.00001}",
        "arxiv = {arXiv:1804.00001 [cs.SE]}",
        "archivePrefix = {arXiv}, eprint = {1804.00001 [cs.SE]}",
    ] {
        for rest in ["title = {Boats}, ", ""] {
            let text = format!("@misc{{a, {rest}{field}}}\n");
            let entries = list("list.bib", &text, &Options::default()).entries;
            let ids: Vec<_> = entries.iter().filter_map(|entry| entry.id.as_ref()).map(|id| id.id.as_str()).collect();
            assert_eq!(ids, ["1804.00001"], "{text}");
        }
    }
}

#[test]
fn front_matter_without_a_title_keeps_its_paper() {
    for text in [
        "---\npaper: https://arxiv.org/abs/1804.00001\n---\nWords.\n",
        "---\ntitle: Boats: and ships: too\npaper: https://arxiv.org/abs/1804.00001\n---\nWords.\n",
    ] {
        let ids: Vec<_> = read(text).into_iter().filter_map(|(_, id, ..)| id).collect();
        assert_eq!(ids, ["1804.00001"], "{text}");
    }
}
