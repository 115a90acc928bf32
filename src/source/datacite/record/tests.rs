//! What records say comes through, as arXiv fills them in and as nobody should.

use super::*;
use proptest::prelude::*;
use serde_json::json;

fn papers(attributes: Value) -> Vec<Paper> {
    let list = json!({ "data": [{ "id": "10.48550/arxiv.2403.07648", "type": "dois", "attributes": attributes }] });
    read(&list.to_string()).unwrap()
}

/// A paper with these attributes besides a title.
fn paper(mut attributes: Value) -> Paper {
    attributes["titles"] = json!([{ "title": "T" }]);
    papers(attributes).pop().unwrap()
}

fn time(text: &str) -> Option<Timestamp> {
    Some(text.parse().unwrap())
}

#[test]
fn a_record_is_read_as_arxiv_fills_it_in() {
    let paper = papers(json!({
        "doi": "10.48550/arxiv.hep-th/9711200",
        "identifiers": [{ "identifier": "hep-th/9711200", "identifierType": "arXiv" }],
        "creators": [
            { "name": "Example, Ada M.", "nameType": "Personal", "givenName": "Ada M.", "familyName": "Example", "affiliation": [] },
            { "name": "Solo", "nameType": "Organizational" },
        ],
        "titles": [{ "title": "A Title\n  with $x < y$" }],
        "subjects": [
            { "lang": "en", "subject": "High Energy Physics - Theory (hep-th)", "subjectScheme": "arXiv" },
            { "lang": "en", "subject": "General Relativity and Quantum Cosmology (gr-qc)", "subjectScheme": "arXiv" },
            { "subject": "FOS: Physical sciences", "subjectScheme": "Fields of Science and Technology (FOS)" },
        ],
        "dates": [
            { "date": "1997-11-27T23:53:13Z", "dateType": "Submitted", "dateInformation": "v1" },
            { "date": "2009-11-30T23:46:14Z", "dateType": "Updated", "dateInformation": "v1" },
            { "date": "1998-01-22T15:42:41Z", "dateType": "Submitted", "dateInformation": "v2" },
            { "date": "2014-11-17T22:19:27Z", "dateType": "Updated", "dateInformation": "v2" },
            { "date": "1997-11", "dateType": "Available", "dateInformation": "v1" },
            { "date": "1997", "dateType": "Issued" },
        ],
        "descriptions": [
            { "description": "20 pages, v2: a sign corrected", "descriptionType": "Other" },
            { "description": "  We show.\n  Next. ", "descriptionType": "Abstract" },
        ],
        "relatedIdentifiers": [
            { "relationType": "IsCitedBy", "relatedIdentifier": "10.1/c", "relatedIdentifierType": "DOI" },
            { "relationType": "IsVersionOf", "relatedIdentifier": "10.1023/a:1026654312961", "relatedIdentifierType": "DOI" },
        ],
        "version": "2",
    }))
    .pop()
    .unwrap();
    assert_eq!((paper.id.as_str(), paper.version, paper.source), ("hep-th/9711200", Version::new(2), Source::Datacite));
    assert_eq!(paper.title, "A Title with $x < y$");
    assert_eq!(paper.authors, ["Ada M. Example", "Solo"]);
    assert_eq!(paper.summary.as_deref(), Some("We show. Next."));
    assert_eq!(paper.primary_category.as_ref().map(Category::as_str), Some("hep-th"));
    assert_eq!(paper.categories.iter().map(Category::as_str).collect::<Vec<_>>(), ["hep-th", "gr-qc"]);
    assert_eq!((paper.published, paper.updated), (time("1997-11-27T23:53:13Z"), time("1998-01-22T15:42:41Z")));
    assert_eq!((paper.comment, paper.journal_ref), (None, None));
    assert_eq!(paper.doi.as_deref(), Some("10.1023/a:1026654312961"));
}

#[test]
fn names_are_put_in_their_order() {
    let check = |creator: Value, expected: &[&str]| {
        assert_eq!(paper(json!({ "creators": [creator] })).authors, expected, "{creator}");
    };
    check(json!({ "name": "Lábár, János L.", "givenName": "János L.", "familyName": "Lábár" }), &["János L. Lábár"]);
    check(json!({ "name": "Lábár, János L." }), &["János L. Lábár"]);
    check(json!({ "name": "Yu", "familyName": "Yu", "givenName": null }), &["Yu"]);
    check(json!({ "familyName": "Yu" }), &["Yu"]);
    check(json!({ "name": "Planck, Keck, and BICEP2", "nameType": "Organizational" }), &["Planck, Keck, and BICEP2"]);
    check(json!({ "name": " ", "givenName": "" }), &[]);
    check(json!({}), &[]);
    check(json!(7), &[]);
}

#[test]
fn dates_are_those_of_submissions() {
    let check = |version: Value,
                 dates: &[(&str, &str, Option<&str>)],
                 expected: (Option<u32>, Option<&str>, Option<&str>)| {
        let dates: Vec<_> = dates
            .iter()
            .map(|(date, kind, label)| json!({ "date": date, "dateType": kind, "dateInformation": label }))
            .collect();
        let paper = paper(json!({ "version": version, "dates": dates }));
        let told = (paper.version, paper.published, paper.updated);
        let at = |text: Option<&str>| text.map(|text| text.parse::<Timestamp>().unwrap());
        assert_eq!(told, (expected.0.and_then(Version::new), at(expected.1), at(expected.2)), "{version} {dates:?}");
    };
    let (one, two, ten) = ("2020-01-01T01:00:00Z", "2020-02-02T02:00:00Z", "2021-10-10T10:00:00Z");
    let first = (one, "Submitted", Some("v1"));
    check(json!("1"), &[first], (Some(1), Some(one), Some(one)));
    check(
        json!("v10"),
        &[(ten, "Submitted", Some("v10")), (two, "Submitted", Some("v9")), first],
        (Some(10), Some(one), Some(ten)),
    );
    check(json!(null), &[(two, "Submitted", Some("v9")), (ten, "Submitted", Some("v10"))], (Some(10), None, Some(ten)));
    check(json!("2"), &[first, (two, "Withdrawn", Some("v2; None"))], (Some(2), Some(one), Some(two)));
    check(json!(2), &[first, (two, "Updated", Some("v2"))], (Some(2), Some(one), None));
    check(json!("2"), &[(two, "Submitted", None), (one, "Submitted", None)], (Some(2), Some(one), Some(two)));
    check(json!(null), &[("2020", "Issued", None), ("2020-01", "Available", Some("v1"))], (None, None, None));
    check(
        json!("1"),
        &[("2020-01-01", "Submitted", Some("v1"))],
        (Some(1), Some("2020-01-01T00:00:00Z"), Some("2020-01-01T00:00:00Z")),
    );
    check(json!("1"), &[("soon", "Submitted", Some("v1"))], (Some(1), None, None));
    check(json!("0"), &[], (None, None, None));
}

#[test]
fn only_arxivs_subjects_are_categories() {
    let check = |subjects: Value, expected: &[&str]| {
        let paper = paper(json!({ "subjects": subjects }));
        assert_eq!(paper.categories.iter().map(Category::as_str).collect::<Vec<_>>(), expected);
        assert_eq!(paper.primary_category.as_ref().map(Category::as_str), expected.first().copied());
    };
    let arxiv = |subject: &str| json!({ "subject": subject, "subjectScheme": "arXiv" });
    check(json!([arxiv("Machine Learning (cs.LG)"), arxiv("Machine Learning (stat.ML)")]), &["cs.LG", "stat.ML"]);
    check(json!([arxiv("Other (Things) (cs.OH)"), arxiv("Other (Things) (cs.OH)")]), &["cs.OH"]);
    check(json!([arxiv("No code"), arxiv("Nothing (I.2.7)"), { "subject": "Machine Learning (cs.LG)" }, null, 5]), &[]);
    check(json!(null), &[]);
}

#[test]
fn fields_of_another_kind_are_missing_ones() {
    let strange = paper(json!({
        "doi": 7, "creators": null, "subjects": 5, "dates": { "v1": "2020" }, "descriptions": [["Abstract"]],
        "relatedIdentifiers": [{}, null], "version": [1],
    }));
    let plain = paper(json!({}));
    assert_eq!(strange, plain);
    assert_eq!((plain.id.as_str(), plain.version, plain.summary), ("2403.07648", None, None));
    assert_eq!(papers(json!({})), []);
    assert_eq!(papers(json!(null)), []);
    assert_eq!(papers(json!({ "titles": [{ "title": " " }, { "title": "Sub", "titleType": "Subtitle" }] })), []);
    assert_eq!(read(r#"{"data":[7,null,[],{"id":"10.48550/arxiv.2403.07648"}]}"#), Ok(Vec::new()));
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(text in "\\PC{0,80}|[\\[\\]{}\":, a-z0-9.]{0,80}") {
        let _ = read(&text);
        let list = json!({ "data": [{ "id": &text, "attributes": {
            "doi": format!("10.48550/{text}"), "titles": [{ "title": &text }], "creators": [{ "name": &text }], "version": &text,
            "subjects": [{ "subject": &text, "subjectScheme": "arXiv" }],
            "dates": [{ "date": &text, "dateType": "Submitted", "dateInformation": &text }],
        } }] });
        prop_assert!(read(&list.to_string()).is_ok());
    }
}
