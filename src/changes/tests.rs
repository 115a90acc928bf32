//! The news, case by case.

use std::num::NonZeroU32;

use super::*;
use crate::model::{Link, Named};

/// An enriched record of this title in version 1.
fn record(id: &str, title: &str) -> Record {
    let record = serde_json::json!({
        "arxiv_id": id, "version": 1, "status": "enriched", "title": title, "authors": ["Ada Example"], "abstract": "Abstract.",
        "primary_category": "cs.LG", "categories": ["cs.LG"], "tags": ["Sample"], "sections": [["Papers"]],
        "published": "2024-03-12T00:00:00Z", "updated": "2024-03-12T00:00:00Z", "comment": null, "journal_ref": null,
        "doi": null, "withdrawn": false, "url": null, "pdf_url": null, "listed_title": title, "links": [],
        "citation": null, "mentions": [], "source": "arxiv-api"
    });
    serde_json::from_value(record).unwrap()
}

fn without_id(title: &str, link: &str) -> Record {
    let links = vec![Link { label: "blog".to_owned(), url: link.to_owned() }];
    Record { arxiv_id: None, status: Status::NoArxivId, source: Source::List, links, ..record("2403.07648", title) }
}

fn changed(record: &Record, change: impl FnOnce(&mut Record)) -> Record {
    let mut changed = record.clone();
    change(&mut changed);
    changed
}

fn between(before: &[Record], after: &[Record]) -> Changes {
    let traces: Vec<_> = before.iter().map(Trace::of).collect();
    super::between(&traces, after)
}

fn check(before: &[Record], after: &[Record], expected: &str) {
    assert_eq!(between(before, after).summary(), expected);
}

const V2: Option<NonZeroU32> = NonZeroU32::new(2);

#[test]
fn what_only_the_lists_moved_is_no_news() {
    let (one, two) = (record("2403.07648", "One"), record("2403.00002", "Two"));
    let both = [one.clone(), two.clone()];
    check(&both, &both, "no news");
    check(&both, &[two.clone(), one.clone()], "no news");
    check(&both[..1], &[changed(&one, |one| one.sections.clear())], "no news");
    check(&both[..1], &[changed(&one, |one| one.listed_title = None)], "no news");
    check(&[], &[], "no news");
}

#[test]
fn papers_come_and_go() {
    let (one, two) = (record("2403.07648", "One"), record("2403.00002", "Two"));
    check(std::slice::from_ref(&one), &[one.clone(), two.clone()], "1 new paper");
    check(&[one.clone(), two.clone()], std::slice::from_ref(&two), "1 paper gone");
    check(std::slice::from_ref(&one), std::slice::from_ref(&two), "1 new paper, 1 paper gone");
    let same_title = record("2403.00002", "One");
    check(&[one], &[same_title], "1 new paper, 1 paper gone");
}

#[test]
fn a_paper_without_identifier_is_known_by_its_title_and_its_links() {
    let blog = without_id("A Blog Post", "https://a.example");
    check(std::slice::from_ref(&blog), &[without_id("A blog post!", "https://b.example")], "no news");
    check(std::slice::from_ref(&blog), &[without_id("A Block Post", "https://a.example")], "no news");
    check(std::slice::from_ref(&blog), &[without_id("Other", "https://b.example")], "1 new paper, 1 paper gone");
    check(&[blog.clone(), blog.clone()], std::slice::from_ref(&blog), "1 paper gone");
    let found = changed(&record("2403.07648", "What arXiv Calls It"), |it| it.listed_title = blog.title.clone());
    check(std::slice::from_ref(&blog), std::slice::from_ref(&found), "1 paper now known");
    check(&[found], &[blog], "1 paper no longer known");
}

#[test]
fn entries_that_name_nothing_are_no_news_each_time() {
    let nameless = changed(&without_id("", ""), |it| {
        it.links.clear();
        (it.title, it.listed_title) = (None, None);
    });
    let two = [nameless.clone(), nameless];
    check(&two, &two, "no news");
    check(&two[..1], &two, "1 new paper");
}

#[test]
fn a_mended_identifier_is_no_other_paper() {
    let mistyped = changed(&record("2403.99999", "One"), |it| it.status = Status::NotFound);
    check(std::slice::from_ref(&mistyped), &[record("2403.07648", "One")], "1 paper now known");
    check(&[mistyped], &[record("2403.07648", "Other")], "1 new paper, 1 paper gone");
}

#[test]
fn what_could_not_be_asked_for_is_known_later_and_not_new() {
    let one = record("2403.07648", "One");
    let unreachable = changed(&one, |one| one.status = Status::Unreachable);
    check(&[], std::slice::from_ref(&unreachable), "1 new paper");
    check(std::slice::from_ref(&unreachable), std::slice::from_ref(&unreachable), "no news");
    check(std::slice::from_ref(&unreachable), std::slice::from_ref(&one), "1 paper now known");
    let not_found = changed(&one, |one| one.status = Status::NotFound);
    check(&[unreachable], std::slice::from_ref(&not_found), "no news");
    check(&[one], &[not_found], "1 paper no longer known");
}

#[test]
fn a_new_version_says_what_it_changed() {
    let one = record("2403.07648", "One");
    let check = |change: fn(&mut Record), parts: &[Part], title: Option<&str>| {
        let two = changed(&one, |two| {
            two.version = V2;
            change(two);
        });
        let changes = between(std::slice::from_ref(&one), &[two]);
        let version = changes.new_versions.first().unwrap();
        assert_eq!((version.from.get(), version.to.get()), (1, 2));
        assert_eq!((&version.changed[..], version.earlier_title.as_deref()), (parts, title));
    };
    check(|_| {}, &[], None);
    check(|two| two.title = Some("Two".to_owned()), &[Part::Title], Some("One"));
    check(|two| two.title = Some("ONE.".to_owned()), &[], None);
    check(|two| two.authors.push("B".into()), &[Part::Authors], None);
    check(|two| two.summary = Some("Other.".into()), &[Part::Abstract], None);
    let by_another_route = |two: &mut Record| {
        two.source = Source::Datacite;
        two.authors = vec!["Example, Ada".into()];
        two.summary = None;
    };
    check(by_another_route, &[], None);
}

#[test]
fn an_earlier_version_and_an_unknown_one_are_no_new_version() {
    let two = changed(&record("2403.07648", "One"), |two| two.version = V2);
    check(std::slice::from_ref(&two), &[record("2403.07648", "One")], "no news");
    check(&[changed(&two, |two| two.version = None)], &[two], "no news");
}

#[test]
fn publication_and_withdrawal_are_told_once() {
    let one = record("2403.07648", "One");
    let doi = changed(&one, |one| one.doi = Some("10.1/x".to_owned()));
    let journal = changed(&doi, |one| one.journal_ref = Some("J. 1".to_owned()));
    check(std::slice::from_ref(&one), std::slice::from_ref(&doi), "1 newly published");
    check(&[doi], std::slice::from_ref(&journal), "no news");
    check(&[journal], std::slice::from_ref(&one), "no news");
    let withdrawn = changed(&one, |one| one.withdrawn = true);
    check(&[one], std::slice::from_ref(&withdrawn), "1 newly withdrawn");
    check(std::slice::from_ref(&withdrawn), std::slice::from_ref(&withdrawn), "no news");
}

#[test]
fn tags_that_changed_places_are_the_same_tags() {
    let with = |tags: &[&str]| {
        changed(&record("2403.07648", "One"), |one| one.tags = tags.iter().map(ToString::to_string).collect())
    };
    check(&[with(&["a", "b"])], &[with(&["b", "a"])], "no news");
    let changes = between(&[with(&["a", "b"])], &[with(&["c", "b"])]);
    assert_eq!(changes.summary(), "1 paper with other tags");
    assert_eq!(
        (&changes.tags[0].added[..], &changes.tags[0].removed[..]),
        (&["c".to_owned()][..], &["a".to_owned()][..])
    );
}

#[test]
fn an_address_is_made_of_the_identifier_and_never_taken_from_a_file() {
    let forged = changed(&record("2403.07648", "One"), |one| one.url = Some("javascript:alert(1)".to_owned()));
    let Named { url, .. } = between(&[forged], &[]).gone.remove(0);
    assert_eq!(url.as_deref(), Some("https://arxiv.org/abs/2403.07648"));
}
