//! Records made of made-up entries and papers.

use std::sync::Arc;

use super::*;
use crate::model::{Citation, Link};

fn entry(line: u32, id: &str, title: &str, tags: &[&str]) -> Entry {
    Entry {
        place: Place { path: Arc::from("list.md"), line, column: 1 },
        id: (!id.is_empty()).then(|| id.parse().unwrap()),
        title: (!title.is_empty()).then(|| title.to_owned()),
        tags: tags.iter().map(|&tag| tag.to_owned()).collect(),
        venue: None,
        sections: vec!["Papers".to_owned()],
        related: Vec::new(),
        rival: None,
        links: Vec::new(),
        citation: None,
    }
}

fn linked(entry: Entry, url: &str) -> Entry {
    Entry { links: vec![Link { label: "blog".to_owned(), url: url.to_owned() }], ..entry }
}

fn paper(id: &str, comment: &str) -> Paper {
    let VersionedId { id, version } = id.parse().unwrap();
    Paper {
        id,
        version,
        title: "arXiv's title".to_owned(),
        authors: vec!["Ann Author".into()],
        summary: Some("An abstract.".to_owned()),
        primary_category: "cs.LG".parse().ok(),
        categories: vec!["cs.LG".parse().unwrap()],
        published: "2024-03-12T13:31:14Z".parse().ok(),
        updated: None,
        comment: Some(comment.to_owned()),
        journal_ref: None,
        doi: None,
        source: Source::ArxivApi,
    }
}

fn found(papers: &[Paper]) -> HashMap<ArxivId, Knowledge> {
    papers.iter().map(|paper| (paper.id.clone(), Knowledge::Found(Box::new(paper.clone())))).collect()
}

fn merged(entries: &[Entry], mut known: HashMap<ArxivId, Knowledge>) -> (Vec<Record>, Vec<Finding>) {
    records(&gather(entries), &mut known)
}

#[test]
fn the_same_paper_twice_is_one_record_with_both_mentions_and_all_tags() {
    let entries = [
        entry(3, "2403.07648", "One", &["a", "b"]),
        entry(5, "2402.01825", "Two", &[]),
        entry(9, "2403.07648", "One again", &["b", "c"]),
    ];
    let (records, _) = merged(&entries, HashMap::new());
    assert_eq!(records.len(), 2);
    assert_eq!(records[0].tags, ["a", "b", "c"]);
    assert_eq!(records[0].mentions.iter().map(|mention| mention.line).collect::<Vec<_>>(), [3, 9]);
    assert_eq!(records[0].sections.len(), 2);
    assert_eq!(records[0].listed_title.as_deref(), Some("One"));
}

#[test]
fn a_version_is_asked_for_only_where_every_mention_pins_it() {
    let wanted = |ids: &[&str]| {
        let entries: Vec<_> = ids.iter().map(|id| entry(1, id, "", &[])).collect();
        gather(&entries)[0].wanted().unwrap().to_string()
    };
    assert_eq!(wanted(&["2403.07648v1"]), "2403.07648v1");
    assert_eq!(wanted(&["2403.07648v1", "2403.07648v1"]), "2403.07648v1");
    assert_eq!(wanted(&["2403.07648v1", "2403.07648"]), "2403.07648");
    assert_eq!(wanted(&["2403.07648v1", "2403.07648v2"]), "2403.07648");
    assert_eq!(wanted(&["2403.07648", "2403.07648v2"]), "2403.07648");
}

#[test]
fn arxivs_word_stands_over_the_lists() {
    let (records, findings) =
        merged(&[entry(1, "2403.07648", "the list's title", &["x"])], found(&[paper("2403.07648v2", "12 pages")]));
    let record = &records[0];
    assert_eq!(record.status, Status::Enriched);
    assert_eq!(record.title.as_deref(), Some("arXiv's title"));
    assert_eq!(record.listed_title.as_deref(), Some("the list's title"));
    assert_eq!(record.tags, ["x"]);
    assert_eq!(record.url.as_deref(), Some("https://arxiv.org/abs/2403.07648"));
    assert!(!record.withdrawn);
    assert_eq!(findings, []);
}

#[test]
fn a_pinned_paper_links_its_version() {
    let (records, _) = merged(&[entry(1, "2403.07648v1", "", &[])], found(&[paper("2403.07648v1", "")]));
    assert_eq!(records[0].pdf_url.as_deref(), Some("https://arxiv.org/pdf/2403.07648v1"));
}

#[test]
fn a_withdrawn_paper_is_marked() {
    let (records, _) =
        merged(&[entry(1, "2403.07648", "", &[])], found(&[paper("2403.07648v2", "Withdrawn by the author")]));
    assert!(records[0].withdrawn);
}

#[test]
fn a_version_beyond_the_latest_is_found_where_it_is_pinned() {
    let (records, findings) = merged(&[entry(7, "2403.07648v9", "", &[])], found(&[paper("2403.07648v2", "")]));
    assert_eq!(records[0].version.map(Version::get), Some(2));
    assert_eq!(records[0].url.as_deref(), Some("https://arxiv.org/abs/2403.07648"));
    assert_eq!(findings.iter().map(|f| (f.code, f.place.line)).collect::<Vec<_>>(), [(Code::UnknownVersion, 7)]);
}

#[test]
fn a_paper_that_arxiv_does_not_have_keeps_the_lists_word_and_is_found_at_each_mention() {
    let entries = [entry(1, "2403.07648", "Listed", &["x"]), entry(4, "2403.07648", "", &[])];
    let (records, findings) = merged(&entries, HashMap::from([("2403.07648".parse().unwrap(), Knowledge::Missing)]));
    assert_eq!((records[0].status, records[0].title.as_deref()), (Status::NotFound, Some("Listed")));
    assert_eq!(records[0].url, None);
    assert_eq!(findings.iter().map(|f| f.place.line).collect::<Vec<_>>(), [1, 4]);
}

#[test]
fn what_nobody_could_be_asked_for_is_unreachable_and_still_has_its_address() {
    let (records, findings) = merged(&[entry(1, "2403.07648v1", "Listed", &[])], HashMap::new());
    assert_eq!(records[0].status, Status::Unreachable);
    assert_eq!(records[0].url.as_deref(), Some("https://arxiv.org/abs/2403.07648v1"));
    assert_eq!(findings, []);
}

#[test]
fn what_an_earlier_run_knew_is_kept_under_the_lists_word_of_today() {
    let (mut earlier, _) = merged(&[entry(1, "2403.07648", "Old", &["old"])], found(&[paper("2403.07648v2", "")]));
    let kept = Knowledge::Kept(Box::new(earlier.remove(0)));
    let (records, _) =
        merged(&[entry(8, "2403.07648", "New", &["new"])], HashMap::from([("2403.07648".parse().unwrap(), kept)]));
    assert_eq!((records[0].status, records[0].title.as_deref()), (Status::Enriched, Some("arXiv's title")));
    assert_eq!((records[0].tags.as_slice(), records[0].mentions[0].line), (&["new".to_owned()][..], 8));
    assert_eq!(records[0].listed_title.as_deref(), Some("New"));
}

#[test]
fn entries_without_identifier_are_kept_with_what_their_bibtex_says() {
    let citation = Citation {
        title: Some("Cited".to_owned()),
        authors: vec!["Tim Dettmers".into()],
        year: Some(2023),
        ..Citation::default()
    };
    let (records, _) = merged(&[Entry { citation: Some(citation), ..entry(1, "", "", &["x"]) }], HashMap::new());
    assert_eq!((records[0].status, records[0].title.as_deref()), (Status::NoArxivId, Some("Cited")));
    assert_eq!(records[0].authors, ["Tim Dettmers"]);
}

#[test]
fn without_identifier_a_title_and_a_link_in_common_make_the_same_paper_and_a_title_alone_does_not() {
    let entries = [
        linked(entry(1, "", "Movie Gen!", &["a"]), "https://a.example"),
        linked(entry(2, "", "movie gen", &["b"]), "https://a.example"),
        linked(entry(3, "", "Movie Gen", &["c"]), "https://b.example"),
        entry(4, "", "", &[]),
        entry(5, "", "", &[]),
    ];
    let (records, _) = merged(&entries, HashMap::new());
    assert_eq!(records.iter().map(|record| record.mentions.len()).collect::<Vec<_>>(), [2, 1, 1, 1]);
    assert_eq!(records[0].tags, ["a", "b"]);
}

/// An entry whose link and BibTeX name different papers, and what becomes of it where arXiv gives them these titles.
fn settled(linked: &str, cited: &str) -> (String, Option<String>) {
    let rival: ArxivId = "2402.01825".parse().unwrap();
    let mut entries =
        [Entry { rival: Some(rival.clone()), related: vec![rival], ..entry(3, "2403.07648v1", "The Title", &[]) }];
    let titled = |id: &str, title: &str| Paper { title: title.to_owned(), ..paper(id, "") };
    let known = found(&[titled("2403.07648v1", linked), titled("2402.01825v1", cited)]);
    let mut findings = [Finding {
        arxiv_id: Some("2403.07648".parse().unwrap()),
        ..Finding::new(Code::ConflictingIds, entries[0].place.clone(), "the link leads elsewhere".to_owned())
    }];
    settle_rivals(&mut entries, &known, &mut findings);
    assert_eq!(entries[0].related.len(), 1);
    (entries[0].id.as_ref().unwrap().to_string(), findings[0].help.clone())
}

#[test]
fn where_link_and_bibtex_disagree_the_title_decides_and_the_finding_says_which() {
    let (id, help) = settled("Another Title", "the title");
    assert_eq!((id.as_str(), help.unwrap().contains("taken for it")), ("2402.01825", true));
    let (id, help) = settled("The title.", "Another Title");
    assert_eq!((id.as_str(), help.unwrap().contains("the link is right")), ("2403.07648v1", true));
    assert_eq!(settled("Another", "Third"), ("2403.07648v1".to_owned(), None));
    assert_eq!(settled("The Title", "The Title"), ("2403.07648v1".to_owned(), None));
}
