//! The conversation, played through with made-up answers.

use super::*;
use crate::model::{Source, Version};

fn ids(texts: &[&str]) -> Vec<VersionedId> {
    texts.iter().map(|text| text.parse().unwrap()).collect()
}

fn paper(text: &str) -> Paper {
    let VersionedId { id, version } = text.parse().unwrap();
    Paper {
        id,
        version: version.or(Version::new(1)),
        title: text.to_owned(),
        authors: Vec::new(),
        summary: None,
        primary_category: None,
        categories: Vec::new(),
        published: None,
        updated: None,
        comment: None,
        journal_ref: None,
        doi: None,
        source: Source::ArxivApi,
    }
}

fn papers(texts: &[&str]) -> Vec<Paper> {
    texts.iter().map(|text| paper(text)).collect()
}

fn asking(wanted: &[&str], limit: usize, holdings: Holdings) -> Asking {
    Asking::new(ids(wanted), limit, holdings)
}

fn next(asking: &mut Asking) -> Option<Batch> {
    asking.next(|ids, most| ids.len().min(most))
}

/// The question that is asked next, as text; empty where there is none.
fn question(asking: &mut Asking) -> (String, Option<Batch>) {
    let batch = next(asking);
    let texts = batch.as_ref().map(|batch| asking.question(batch)).unwrap_or_default();
    (texts.iter().map(VersionedId::to_string).collect::<Vec<_>>().join(","), batch)
}

#[track_caller]
fn asks(asking: &mut Asking, expected: &str) -> Batch {
    let (asked, batch) = question(asking);
    assert_eq!(asked, expected);
    batch.unwrap()
}

#[track_caller]
fn is_over(asking: &mut Asking) {
    assert_eq!(question(asking).0, "");
    assert_eq!(asking.batches_left(), 0);
}

/// What was settled, as text: `=` found, `!` missing, with the version that was found.
fn told(settled: &[Settled]) -> String {
    let told = settled.iter().map(|(id, outcome)| match outcome {
        Outcome::Found(paper) => format!("{id}={}", paper.version.map_or(0, Version::get)),
        Outcome::Missing => format!("{id}!"),
    });
    told.collect::<Vec<_>>().join(" ")
}

#[test]
fn answers_are_matched_by_identifier_and_not_by_order() {
    let mut asking = asking(&["2403.00001", "2403.00002v1", "hep-th/9901001"], 400, Holdings::Arxiv);
    let batch = asks(&mut asking, "2403.00001,2403.00002v1,hep-th/9901001");
    let answer = papers(&["hep-th/9901001v1", "9912.99999", "2403.00002v1", "2403.00001v1", "2403.00001v3"]);
    assert_eq!(told(&asking.answered(batch, answer).settled), "2403.00001=3 2403.00002v1=1 hep-th/9901001=1");
    is_over(&mut asking);
}

#[test]
fn what_a_good_answer_leaves_out_is_asked_once_more_with_a_witness_and_then_missing() {
    let mut asking = asking(&["2403.00001", "2403.00002", "2403.00003"], 400, Holdings::Arxiv);
    let batch = next(&mut asking).unwrap();
    assert_eq!(told(&asking.answered(batch, papers(&["2403.00002"])).settled), "2403.00002=1");
    let batch = asks(&mut asking, "2403.00001,2403.00003,2403.00002");
    let answer = papers(&["2403.00002", "2403.00003"]);
    assert_eq!(told(&asking.answered(batch, answer).settled), "2403.00003=1 2403.00001!");
    is_over(&mut asking);
}

#[test]
fn an_answer_without_the_witness_is_not_believed() {
    let mut asking = asking(&["2403.00001", "2403.00002"], 400, Holdings::Unknown);
    let batch = next(&mut asking).unwrap();
    asking.answered(batch, papers(&["2403.00002"]));
    for _ in 0..20 {
        let batch = asks(&mut asking, "2403.00001,2403.00002");
        let verdict = asking.answered(batch, Vec::new());
        assert_eq!((told(&verdict.settled).as_str(), verdict.doubt.is_some()), ("", true));
    }
    let batch = next(&mut asking).unwrap();
    assert_eq!(told(&asking.answered(batch, papers(&["2403.00002"])).settled), "2403.00001!");
}

#[test]
fn an_empty_answer_for_a_whole_batch_is_doubted_until_arxivs_first_paper_shows() {
    let mut asking = asking(&["2403.00001"], 400, Holdings::Arxiv);
    let batch = asks(&mut asking, "2403.00001");
    assert!(asking.answered(batch, Vec::new()).doubt.is_some());
    for _ in 0..20 {
        let batch = asks(&mut asking, "2403.00001,0704.0001");
        assert!(asking.answered(batch, Vec::new()).doubt.is_some());
    }
    let batch = next(&mut asking).unwrap();
    assert_eq!(told(&asking.answered(batch, papers(&["0704.0001"])).settled), "");
    let batch = asks(&mut asking, "2403.00001,0704.0001");
    assert_eq!(told(&asking.answered(batch, papers(&["0704.0001"])).settled), "2403.00001!");
    is_over(&mut asking);
}

#[test]
fn a_service_that_holds_no_witness_is_believed_of_a_lone_identifier_in_the_end() {
    let mut asking = asking(&["2403.00001"], 400, Holdings::Unknown);
    for _ in 1..EMPTY_ANSWERS_BELIEVED {
        let batch = next(&mut asking).unwrap();
        assert!(asking.answered(batch, Vec::new()).doubt.is_some());
    }
    let batch = next(&mut asking).unwrap();
    assert_eq!(told(&asking.answered(batch, Vec::new()).settled), "2403.00001!");
}

#[test]
fn a_version_that_does_not_exist_is_answered_by_the_latest() {
    let mut asking = asking(&["2403.00001v9", "2403.00002"], 400, Holdings::Arxiv);
    let batch = asks(&mut asking, "2403.00001v9,2403.00002");
    asking.answered(batch, papers(&["2403.00002"]));
    let batch = asks(&mut asking, "2403.00001v9,2403.00001,2403.00002");
    let answer = papers(&["2403.00001v2", "2403.00002"]);
    assert_eq!(told(&asking.answered(batch, answer).settled), "2403.00001v9=2");
}

#[test]
fn a_pinned_version_is_not_answered_by_another_while_it_may_still_come() {
    let mut asking = asking(&["2403.00001v1"], 400, Holdings::Arxiv);
    let batch = next(&mut asking).unwrap();
    assert_eq!(told(&asking.answered(batch, papers(&["2403.00001v2", "0704.0001"])).settled), "");
    let batch = asks(&mut asking, "2403.00001v1,2403.00001,0704.0001");
    assert_eq!(told(&asking.answered(batch, papers(&["2403.00001v2", "2403.00001v1"])).settled), "2403.00001v1=1");
}

#[test]
fn a_rejection_drops_what_it_names_and_asks_for_the_rest() {
    let mut asking = asking(&["2403.00001", "2403.00011", "hep-th/9901001v2"], 400, Holdings::Arxiv);
    let batch = next(&mut asking).unwrap();
    let texts = ["incorrect id format for hep-th/9901001v2.".to_owned()];
    assert_eq!(told(&asking.rejected(batch, &texts)), "hep-th/9901001v2!");
    asks(&mut asking, "2403.00001,2403.00011");
}

#[test]
fn a_rejection_that_names_nothing_is_found_by_halving_and_a_lone_one_is_given_up_without_being_missing() {
    let mut asking = asking(&["2403.00001", "2403.00002", "2403.00003", "2403.00004"], 400, Holdings::Arxiv);
    let batch = next(&mut asking).unwrap();
    assert_eq!(told(&asking.rejected(batch, &[])), "");
    let batch = asks(&mut asking, "2403.00001,2403.00002");
    asking.rejected(batch, &["it is not 2403.0000 or 12403.00001".to_owned()]);
    let batch = asks(&mut asking, "2403.00001");
    assert_eq!(told(&asking.rejected(batch, &[])), "");
    let batch = asks(&mut asking, "2403.00002");
    assert_eq!(told(&asking.answered(batch, papers(&["2403.00002"])).settled), "2403.00002=1");
    asks(&mut asking, "2403.00003,2403.00004");
    is_over(&mut asking);
}

#[test]
fn a_request_that_is_too_long_is_halved_and_no_later_one_is_longer() {
    let mut asking =
        asking(&["2403.00001", "2403.00002", "2403.00003", "2403.00004", "2403.00005"], 4, Holdings::Arxiv);
    let batch = next(&mut asking).unwrap();
    asking.too_long(batch);
    asks(&mut asking, "2403.00001,2403.00002");
    asks(&mut asking, "2403.00003,2403.00004");
    asks(&mut asking, "2403.00005");
}

#[test]
fn a_refused_batch_is_asked_again_as_it_was_and_a_broken_answer_for_what_it_lacks() {
    let mut asking = asking(&["2403.00001", "2403.00002"], 400, Holdings::Arxiv);
    let batch = next(&mut asking).unwrap();
    asking.refused(batch);
    let batch = asks(&mut asking, "2403.00001,2403.00002");
    assert_eq!(told(&asking.broke_off(batch, papers(&["2403.00002"]))), "2403.00002=1");
    asks(&mut asking, "2403.00001");
}
