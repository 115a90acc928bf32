//! The fake OAI-PMH and the fake DataCite do what the real ones are documented or were seen to do. The program under test is left
//! out of this; a raw connection does the talking.

use std::io::ErrorKind;
use std::time::Duration;

use serde_json::Value;

use crate::support::client::{Answer, Connection, get};
use crate::support::{Concurrency, FakeDatacite, FakeOai, FakePaper, FakeServer, Fault, Faults, UNINVITED, seed};

/// A record of OAI-PMH, asked for as one should.
fn record(oai: &FakeOai, id: &str) -> Answer {
    get(oai, &format!("/oai?verb=GetRecord&identifier=oai:arXiv.org:{id}&metadataPrefix=arXiv"))
}

/// A list of DataCite's, asked for with these further parameters.
fn list(datacite: &FakeDatacite, ids: &[&str], further: &str) -> Value {
    let dois = ids.iter().map(|id| format!("%2210.48550/arxiv.{id}%22")).collect::<Vec<_>>().join("+OR+");
    let answer = get(datacite, &format!("/dois?query=doi:({dois}){further}"));
    assert_eq!(answer.status, 200, "{answer:?}");
    serde_json::from_str(&answer.body).unwrap()
}

fn dois(list: &Value) -> Vec<&str> {
    list["data"].as_array().unwrap().iter().filter_map(|one| one["id"].as_str()).collect()
}

fn check_told(answer: &Answer, parts: &[&str]) {
    for part in parts {
        assert!(answer.body.contains(part), "{part} in {}", answer.body);
    }
}

#[test]
fn oai_tells_the_latest_version_of_one_paper() {
    let old = FakePaper::new("hep-th/9901001").authors(&["Ada B. Example", "Solo"]).categories("hep-th math.AG");
    let oai = FakeOai::start(seed().into_iter().chain([old]), Faults::none());
    let answer = record(&oai, "2402.01825");
    assert_eq!((answer.status, answer.header("content-type")), (200, Some("application/xml")));
    check_told(&answer, &["<id>2402.01825</id>", "Illuminate the Success", "<setSpec>cs:cs:CL</setSpec>"]);
    // The date of the latest version, and that of the last touch.
    check_told(
        &answer,
        &["<created>2024-02-03</created>", "<updated>2026-01-05</updated>", "<categories>cs.CL</categories>"],
    );
    check_told(
        &record(&oai, "hep-th/9901001"),
        &[
            "<identifier>oai:arXiv.org:hep-th/9901001</identifier>",
            "<author><keyname>Example</keyname><forenames>Ada B.</forenames></author><author><keyname>Solo</keyname></author>",
            "<setSpec>physics:hep-th</setSpec>",
            "<setSpec>math:math:AG</setSpec>",
        ],
    );
    assert_eq!(oai.ids_asked(), ["2402.01825", "hep-th/9901001"]);
    assert_eq!(oai.url(), format!("http://{}/oai", oai.address()));
}

#[test]
fn oai_says_what_is_wrong_in_its_own_terms() {
    let oai = FakeOai::start(seed(), Faults::none());
    let check = |parameters: &str, code: &str| {
        let answer = get(&oai, &format!("/oai?{parameters}"));
        assert_eq!(answer.status, 200, "{parameters}");
        check_told(&answer, &[&format!("<error code='{code}'>"), "</OAI-PMH>"]);
        assert!(!answer.body.contains("<record>"), "{parameters}");
    };
    let known = "identifier=oai:arXiv.org:2403.07648";
    check("verb=GetRecord&identifier=oai:arXiv.org:2403.00001&metadataPrefix=arXiv", "idDoesNotExist");
    check("verb=GetRecord&identifier=oai:arXiv.org:2403.07648v1&metadataPrefix=arXiv", "idDoesNotExist");
    check("verb=GetRecord&identifier=2403.07648&metadataPrefix=arXiv", "idDoesNotExist");
    check(&format!("verb=GetRecord&{known}&metadataPrefix=marc"), "cannotDisseminateFormat");
    check(&format!("verb=GetRecord&{known}"), "badArgument");
    check(&format!("verb=GetRecord&{known}&metadataPrefix=arXiv&{known}"), "badArgument");
    check(&format!("verb=GetRecord&{known}&metadataPrefix=arXiv&cookie=1"), "badArgument");
    check(&format!("verb=Get&{known}&metadataPrefix=arXiv"), "badVerb");
    assert_eq!(get(&oai, "/oai2?verb=Identify").status, 404);
}

#[test]
fn oai_told_other_dates_before_2025() {
    let oai = FakeOai::start(seed(), [Fault::OldForm]);
    check_told(
        &record(&oai, "2403.07648"),
        &[
            "http://export.arxiv.org/oai2</request>",
            "<created>2024-03-12</created><updated>2024-04-03</updated>",
            "<setSpec>cs</setSpec>",
        ],
    );
}

#[test]
fn datacite_tells_of_the_papers_that_it_knows() {
    let paper = FakePaper::new("hep-th/9901001")
        .title("A < B & \"C\"")
        .summary("One.\nTwo.")
        .authors(&["Ada B. Example", "Solo"])
        .categories("hep-th quant-ph gr-qc")
        .dated("1999-01-02T03:04:05Z")
        .comment("3 pages")
        .doi("10.5555/ABC")
        .next_version("2001-02-03T04:05:06Z")
        .comment("This paper has been withdrawn");
    let datacite = FakeDatacite::start(seed().into_iter().chain([paper]), Faults::none());
    let list = list(&datacite, &["2403.07648", "2403.00001", "hep-th/9901001"], "");
    assert_eq!(dois(&list), ["10.48550/arxiv.2403.07648", "10.48550/arxiv.hep-th/9901001"]);
    assert_eq!(list["meta"]["total"], 2);
    let told = &list["data"][1]["attributes"];
    let check = |path: &str, expected: &str| {
        assert_eq!(told.pointer(path).and_then(Value::as_str), Some(expected), "{path} in {told}");
    };
    check("/titles/0/title", "A < B & \"C\"");
    check("/creators/0/name", "Example, Ada B.");
    check("/creators/0/givenName", "Ada B.");
    check("/creators/1/nameType", "Organizational");
    check("/subjects/1/subject", "Some Field, or Some (Other) (gr-qc)");
    check("/subjects/3/subjectScheme", "Fields of Science and Technology (FOS)");
    check("/dates/0/date", "1999-01-02T03:04:05Z");
    check("/dates/0/dateInformation", "v1");
    check("/dates/2/dateType", "Withdrawn");
    check("/dates/2/dateInformation", "v2; None");
    check("/dates/4/date", "1999-01");
    check("/descriptions/0/description", "One. Two.");
    check("/descriptions/1/descriptionType", "Other");
    check("/relatedIdentifiers/0/relatedIdentifier", "10.5555/abc");
    check("/version", "2");
    assert_eq!(datacite.ids_asked(), ["2403.07648", "2403.00001", "hep-th/9901001"]);
}

#[test]
fn datacite_gives_pages_and_the_fields_that_are_wanted() {
    let papers: Vec<_> = (0..60).map(FakePaper::numbered).collect();
    let ids: Vec<_> = papers.iter().map(|paper| paper.id.as_str()).collect();
    let datacite = FakeDatacite::start(papers.clone(), Faults::none());
    let check = |further: &str, shown: usize| {
        let list = list(&datacite, &ids, further);
        assert_eq!((dois(&list).len(), &list["meta"]["total"]), (shown, &60.into()), "{further}");
        list
    };
    check("", 25);
    check("&page%5Bsize%5D=50", 50);
    let list = check("&page[size]=100&fields[dois]=doi,version&disable-facets=true", 60);
    let names: Vec<_> = list["data"][0]["attributes"].as_object().unwrap().keys().collect();
    assert_eq!(names, ["doi", "version"]);
}

#[test]
fn datacite_compares_dois_letter_by_letter_and_finds_nothing_by_other_queries() {
    let datacite = FakeDatacite::start(seed(), Faults::none());
    for query in ["doi:(%2210.48550/ARXIV.2403.07648%22)", "2403.07648", "doi:()", ""] {
        let answer = get(&datacite, &format!("/dois?query={query}"));
        assert_eq!((answer.status, answer.body.contains("\"total\":0")), (200, true), "{query}: {answer:?}");
    }
    assert_eq!(get(&datacite, "/works").status, 404);
}

#[test]
fn both_refuse_and_break_off_as_the_api_does() {
    let check = |server: &FakeServer, target: &str, whole: &str| {
        let met = |fault: Fault| {
            server.misbehave([fault]);
            Connection::to(server).get(target)
        };
        let refused = |fault: Fault, status: u16, retry_after: Option<&str>| {
            let answer = met(fault.clone()).unwrap();
            assert_eq!((answer.status, answer.header("retry-after")), (status, retry_after), "{target} {fault:?}");
        };
        refused(Fault::RateExceeded, 429, None);
        refused(Fault::RetryAfter(429, 7), 429, Some("7"));
        refused(Fault::Unavailable, 503, Some("0"));
        refused(Fault::ServerError, 500, None);
        refused(Fault::AccessDenied, 403, None);
        assert_eq!(met(Fault::RateExceededAs200).unwrap().body, "Rate exceeded.");
        for fault in [Fault::TruncatedBody, Fault::HangUp, Fault::Stall(Duration::from_millis(20))] {
            assert_eq!(met(fault).unwrap_err().kind(), ErrorKind::UnexpectedEof);
        }
        assert_eq!(met(Fault::Reset).unwrap_err().kind(), ErrorKind::ConnectionReset);
        assert!(!met(Fault::CutFeed).unwrap().body.trim_end().ends_with(whole));
        assert!(met(Fault::Slow(Duration::from_millis(20))).unwrap().body.trim_end().ends_with(whole));
        assert!(met(Fault::Uninvited).unwrap().body.contains(UNINVITED));
        assert_eq!(server.requests().len(), 13);
        assert_eq!(server.gaps().len(), 12);
        assert_eq!(server.max_concurrency(), Concurrency { connections: 1, requests: 1 });
    };
    let oai = FakeOai::start(seed(), Faults::none());
    check(&oai, "/oai?verb=GetRecord&identifier=oai:arXiv.org:2403.07648&metadataPrefix=arXiv", "</OAI-PMH>");
    let datacite = FakeDatacite::start(seed(), Faults::none());
    check(&datacite, "/dois?query=doi:(%2210.48550/arxiv.2403.07648%22)", "}");
}

#[test]
fn a_list_of_datacite_can_be_twisted() {
    let ids = ["2403.07648", "2001.08361", "1609.04836"];
    let check = |fault: Fault, shown: usize, total: usize| {
        let datacite = FakeDatacite::start(seed(), [fault.clone()]);
        let list = list(&datacite, &ids, "");
        assert_eq!((dois(&list).len(), &list["meta"]["total"]), (shown, &total.into()), "{fault:?}");
    };
    check(Fault::None, 3, 3);
    check(Fault::EmptyFeed, 0, 0);
    check(Fault::MissingEntries(1), 2, 2);
    check(Fault::Duplicated, 6, 3);
    check(Fault::Shuffled, 3, 3);
    check(Fault::Uninvited, 4, 3);
    check(Fault::WrongCounts, 3, 1_003);
}
