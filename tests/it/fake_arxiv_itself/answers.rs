//! On a good day: which papers come back for which request, and how they are told.

use super::client::{Connection, ask, get};
use crate::support::{FakeArxiv, FakePaper, Faults, papers_of_snapshot, seed};

fn good_day() -> FakeArxiv {
    let old = FakePaper::new("math/0309136").next_version("2004-01-01T00:00:00Z");
    FakeArxiv::start(seed().into_iter().chain([old]), Faults::none())
}

fn check(arxiv: &FakeArxiv, ids: &str, expected: &[&str]) {
    let answer = ask(arxiv, ids);
    assert_eq!((answer.status, answer.shows()), (200, expected.to_vec()), "{ids}");
    assert_eq!(answer.total_results(), Some(expected.len()), "{ids}");
}

#[test]
fn an_identifier_without_version_means_the_latest() {
    let arxiv = good_day();
    check(&arxiv, "2403.07648", &["2403.07648v2"]);
    check(&arxiv, "2403.07648v1", &["2403.07648v1"]);
    check(&arxiv, "math/0309136", &["math/0309136v2"]);
    check(&arxiv, "math%2F0309136v1", &["math/0309136v1"]);
}

#[test]
fn each_version_has_its_own_title_date_and_authors() {
    let arxiv = good_day();
    let (first, second) = (ask(&arxiv, "2402.01825v1").body, ask(&arxiv, "2402.01825v2").body);
    assert!(first.contains("Unravel the Intelligence") && !first.contains("Illuminate"), "{first}");
    assert!(second.contains("Illuminate the Success") && !second.contains("Unravel"), "{second}");
    let latest = ask(&arxiv, "2305.12133").body;
    assert!(latest.contains("<published>2023-05-20T07:57:15Z</published>"), "{latest}");
    assert!(latest.contains("<updated>2024-10-05T05:40:02Z</updated>"), "{latest}");
    assert!(latest.contains("Xiaolong Li"), "{latest}");
}

#[test]
fn a_batch_comes_back_by_date_and_without_duplicates() {
    let arxiv = good_day();
    check(&arxiv, "1609.04836,math/0309136,2403.07648", &["2403.07648v2", "1609.04836v2", "math/0309136v2"]);
    check(&arxiv, "2403.07648,2403.07648v2,2403.07648", &["2403.07648v2"]);
    check(&arxiv, "2403.07648,2403.07648v1", &["2403.07648v2", "2403.07648v1"]);
}

#[test]
fn what_is_unknown_or_nearly_right_is_left_out_without_a_word() {
    let arxiv = good_day();
    let left_out = [
        "2403.00001", "2403.07648v3", "2403.07648v0", "2403.07648v02", "2403.07648V2", "arXiv:2403.07648",
        "+2403.07648", "2403.07648%20", "2403.07648.pdf", "https://arxiv.org/abs/2403.07648", "MATH/0309136",
        "math.GT/0309136", "2413.00001",
    ];
    for id in left_out {
        check(&arxiv, id, &[]);
        check(&arxiv, &format!("{id},1609.04836"), &["1609.04836v2"]);
    }
}

#[test]
fn one_malformed_item_loses_the_whole_batch_and_only_the_first_is_named() {
    let arxiv = good_day();
    let check = |ids: &str, named: &str| {
        let answer = ask(&arxiv, ids);
        assert_eq!(answer.status, 400, "{ids}");
        assert_eq!(answer.shows(), [""; 0], "{ids}");
        assert_eq!(answer.total_results(), Some(1), "{ids}");
        assert!(answer.body.contains("<title>Error</title>") && !answer.body.contains("<published>"), "{ids}");
        assert!(answer.body.contains(&format!("<summary>incorrect id format for {named}</summary>")), "{ids}");
    };
    check("abc", "abc");
    check("9901001", "9901001");
    check("hep-th/9921001", "hep-th/9921001");
    check("2403.07648,", "");
    check("2403.07648,,1609.04836", "");
    check("2403.07648,abc,9901001", "abc");
    check("2403.07648,xyz/0309136,abc", "xyz/0309136");
    check("a%26b%3C", "a&amp;b&lt;");
}

#[test]
fn max_results_is_ten_unless_given_and_truncates_in_silence() {
    let papers: Vec<_> = (0..25).map(FakePaper::numbered).collect();
    let ids = papers.iter().map(|paper| paper.id.clone()).collect::<Vec<_>>().join(",");
    let arxiv = FakeArxiv::start(papers, Faults::none());
    let answer = ask(&arxiv, &ids);
    assert_eq!((answer.shows().len(), answer.total_results()), (10, Some(25)));
    assert_eq!(ask(&arxiv, &format!("{ids}&max_results=25")).shows().len(), 25);
    assert_eq!(ask(&arxiv, &format!("{ids}&max_results=25&start=20")).shows().len(), 5);
    for (number, status) in [("1", 200), ("10000", 200), ("0", 500), ("10001", 500), ("-1", 400), ("many", 400)] {
        assert_eq!(ask(&arxiv, &format!("{ids}&max_results={number}")).status, status, "{number}");
    }
}

#[test]
fn a_request_line_may_have_8190_bytes() {
    let arxiv = good_day();
    let around = "GET /api/query?id_list= HTTP/1.1".len();
    let filling = |length: usize| format!("2403.07648{}", ",2403.00001".repeat(1_000))[..length].to_owned();
    let longest = filling(8_190 - around);
    assert_ne!(ask(&arxiv, &longest).status, 414);
    assert_eq!(ask(&arxiv, &(longest + "1")).status, 414);
}

#[test]
fn only_the_one_path_and_only_get_and_post() {
    let arxiv = good_day();
    for target in ["/api/query/?id_list=2403.07648", "/", "/abs/2403.07648", "/api"] {
        assert_eq!(get(&arxiv, target).status, 404, "{target}");
    }
    let mut connection = Connection::to(&arxiv);
    let form = "id_list=2403.07648%2C1609.04836&max_results=2";
    connection.send(&format!(
        "POST /api/query HTTP/1.1\r\nHost: fake\r\naccept: */*\r\nContent-Length: {}\r\n\r\n{form}",
        form.len()
    ));
    assert_eq!(connection.answer().expect("an answer").shows(), ["2403.07648v2", "1609.04836v2"]);
    connection.send("PUT /api/query HTTP/1.1\r\nHost: fake\r\nAccept: */*\r\n\r\n");
    assert_eq!(connection.answer().expect("an answer").status, 405);
    assert_eq!(get(&arxiv, "/api/query").status, 400);
    assert_eq!(get(&arxiv, "/api/query?search_query=all:electron").total_results(), Some(0));
}

#[test]
fn a_request_without_accept_gets_an_empty_406() {
    let arxiv = good_day();
    let mut connection = Connection::to(&arxiv);
    connection.send("GET /api/query?id_list=2403.07648 HTTP/1.1\r\nHost: fake\r\n\r\n");
    let answer = connection.answer().expect("an answer");
    assert_eq!((answer.status, answer.body.as_str()), (406, ""));
}

#[test]
fn everything_the_authors_gave_is_told_and_escaped() {
    let paper = FakePaper::new("2001.00001")
        .title("A < B & \"C\"")
        .summary("  First.\nSecond.")
        .authors(&["Berfin Şimşek", "N. N."])
        .affiliated("Institute A & B")
        .affiliated("Elsewhere")
        .categories("cs.DC cs.LG")
        .subject_class("I.2.6")
        .comment("This paper has been withdrawn")
        .journal_ref("J. 1 (2020)")
        .doi("10.1/a<b")
        .doi("10.2/c");
    let arxiv = FakeArxiv::start([paper], Faults::none());
    let answer = ask(&arxiv, "2001.00001");
    assert_eq!(answer.header("content-type"), Some("application/atom+xml; charset=utf-8"));
    let told = [
        "<title>A &lt; B &amp; &quot;C&quot;</title>",
        "<summary>  First.\n  Second.</summary>",
        "<name>Berfin Şimşek</name>",
        "<arxiv:affiliation>Institute A &amp; B</arxiv:affiliation>",
        "<arxiv:affiliation>Elsewhere</arxiv:affiliation>",
        "<arxiv:primary_category term=\"cs.DC\"/>",
        "<category term=\"cs.LG\"",
        "<arxiv:comment>This paper has been withdrawn</arxiv:comment>",
        "<arxiv:journal_ref>J. 1 (2020)</arxiv:journal_ref>",
        "<arxiv:doi>10.1/a&lt;b</arxiv:doi>",
        "<arxiv:doi>10.2/c</arxiv:doi>",
    ];
    for part in told {
        assert!(answer.body.contains(part), "{part} in {}", answer.body);
    }
    assert!(!answer.body.contains("I.2.6"), "{}", answer.body);
}

#[test]
fn the_seed_papers_are_those_of_the_list() {
    let list = include_str!("../../../input/list.md");
    let mut listed: Vec<_> = list.split("arxiv.org/pdf/").skip(1).filter_map(|rest| rest.split(')').next()).collect();
    listed.dedup();
    assert_eq!(seed().iter().map(|paper| paper.id.as_str()).collect::<Vec<_>>(), listed);
}

#[test]
fn papers_can_come_from_a_snapshot() {
    let line = r#"{"id":"0704.9999","title":"Wrapped\n  title","comments":null,"journal-ref":"J. 1","doi":"10.1/a 10.2/b","categories":"math.CO cs.CG","abstract":"  One\nline.\n  Next.\n","versions":[{"version":"v1","created":"Mon, 2 Apr 2007 19:18:42 GMT"},{"version":"v2","created":"Tue, 24 Jul 2007 20:10:27 GMT"}],"authors_parsed":[["Doe","J. D.","Jr.","Somewhere"],["Solo","",""]]}"#;
    let papers = papers_of_snapshot(&format!("{line}\n\n")).expect("a snapshot");
    let expected = FakePaper::new("0704.9999")
        .title("Wrapped title")
        .summary("One line.\nNext.")
        .authors(&["J. D. Doe Jr.", "Solo"])
        .affiliated("Somewhere")
        .categories("math.CO cs.CG")
        .journal_ref("J. 1")
        .doi("10.1/a")
        .doi("10.2/b")
        .dated("2007-04-02T19:18:42Z")
        .next_version("2007-07-24T20:10:27Z");
    assert_eq!(papers, [expected]);
    assert!(papers_of_snapshot("{}").is_err_and(|why| why.starts_with("line 1: ")));
}
