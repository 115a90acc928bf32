//! What records say comes through, in both meanings of their dates; what is no whole record is none.

use super::*;
use proptest::prelude::*;

fn answer(request: &str, metadata: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<OAI-PMH xmlns=\"http://www.openarchives.org/OAI/2.0/\">\
         <responseDate>2026-05-01T12:00:00Z</responseDate><request verb=\"GetRecord\">{request}</request><GetRecord>\n\
         <record>\n<header><identifier>oai:arXiv.org:1401.2122</identifier><setSpec>math:math:AP</setSpec></header>\n\
         <metadata><arXiv xmlns=\"http://arxiv.org/OAI/arXiv/\"><id>1401.2122</id>{metadata}</arXiv></metadata></record>\
         </GetRecord></OAI-PMH>\n"
    )
}

fn told(request: &str, metadata: &str) -> Paper {
    match read(&answer(request, metadata)) {
        Reading::Paper(paper) => *paper,
        other => panic!("{metadata}: {other:?}"),
    }
}

fn paper(metadata: &str) -> Paper {
    told("http://oaipmh.arxiv.org/oai", &format!("<title>T</title>{metadata}"))
}

#[test]
fn a_record_is_read_by_name() {
    let paper = told(
        "http://oaipmh.arxiv.org/oai",
        "<created>2014-01-09</created><authors><author><keyname>da Rocha</keyname><forenames>Roldao</forenames>\
         <suffix>Jr</suffix><affiliation>Elsewhere</affiliation></author><author><keyname>Ar\\'evalo</keyname><forenames>Bal\\'azs</forenames></author>\
         <author>\n<keyname>Planck Collaboration</keyname>\
         </author></authors><title>A &amp; B:\n  $x &lt; y$</title><categories>math.AP hep-th math.MP chem-ph</categories>\
         <comments>16 pages, LaTeX,\n  no figures</comments><report-no>R-1</report-no><msc-class>37K05</msc-class>\
         <journal-ref>Lett. Math. Phys. 108</journal-ref><doi>10.1007/a</doi><license>http://l</license>\
         <abstract>  We introduce.\n  A new &#233; paragraph.\n</abstract>",
    );
    assert_eq!((paper.id.as_str(), paper.version, paper.source), ("1401.2122", None, Source::OaiPmh));
    assert_eq!(paper.title, "A & B: $x < y$");
    assert_eq!(paper.authors, ["Roldao da Rocha Jr", "Balázs Arévalo", "Planck Collaboration"]);
    assert_eq!(paper.summary.as_deref(), Some("We introduce. A new é paragraph."));
    assert_eq!(paper.primary_category.as_ref().map(Category::as_str), Some("math.AP"));
    let categories: Vec<_> = paper.categories.iter().map(Category::as_str).collect();
    assert_eq!(categories, ["math.AP", "hep-th", "math.MP", "chem-ph"]);
    assert_eq!(paper.comment.as_deref(), Some("16 pages, LaTeX, no figures"));
    assert_eq!(paper.journal_ref.as_deref(), Some("Lett. Math. Phys. 108"));
    assert_eq!(paper.doi.as_deref(), Some("10.1007/a"));
}

#[test]
fn prefixes_and_missing_elements_do_no_harm() {
    let prefixed = "<o:OAI-PMH xmlns:o='x'><o:GetRecord><o:record><o:metadata><a:arXiv xmlns:a='y'>\
         <a:id>hep-th/9901001</a:id><a:title>T</a:title><a:comments/></a:arXiv></o:metadata></o:record></o:GetRecord></o:OAI-PMH>";
    let Reading::Paper(paper) = read(prefixed) else { panic!("{:?}", read(prefixed)) };
    assert_eq!((paper.id.as_str(), paper.title.as_str()), ("hep-th/9901001", "T"));
    assert_eq!((paper.authors.len(), paper.categories.len(), paper.comment), (0, 0, None));
    assert_eq!((paper.published, paper.updated, paper.primary_category), (None, None, None));
}

#[test]
fn dates_mean_what_the_service_means_by_them() {
    let check = |service: &str, dates: &str, published: Option<&str>, updated: Option<&str>| {
        let paper = told(service, &format!("<title>T</title>{dates}"));
        let time = |date: Option<&str>| date.map(|date| format!("{date}T00:00:00Z").parse::<Timestamp>().unwrap());
        assert_eq!((paper.published, paper.updated), (time(published), time(updated)), "{service} {dates}");
    };
    let (before, today) = ("http://export.arxiv.org/oai2", "http://oaipmh.arxiv.org/oai");
    let first = "<created>2014-01-09</created>";
    check(before, first, Some("2014-01-09"), Some("2014-01-09"));
    check(before, &format!("{first}<updated>2017-10-23</updated>"), Some("2014-01-09"), Some("2017-10-23"));
    check(today, first, Some("2014-01-09"), Some("2014-01-09"));
    check(today, &format!("{first}<updated>2017-10-23</updated>"), Some("2014-01-09"), Some("2014-01-09"));
    check(today, "<created>2013-12-31</created>", Some("2013-12-31"), Some("2013-12-31"));
    check(today, "<created>2017-10-23</created>", None, Some("2017-10-23"));
    check(today, "<created>2007-04-999</created>", None, None);
    check(today, "", None, None);
}

#[test]
fn an_identifier_names_its_month() {
    let check = |id: &str, expected| assert_eq!(month_in(&id.parse().unwrap()), expected, "{id}");
    check("2403.07648", (2024, 3));
    check("0704.0001", (2007, 4));
    check("hep-th/9108001", (1991, 8));
    check("math/0309136", (2003, 9));
}

#[test]
fn the_first_of_several_dois_counts() {
    let check = |text: &str, expected| {
        assert_eq!(paper(&format!("<doi>{text}</doi>")).doi.as_deref(), expected, "{text}");
    };
    check("10.1103/A, 10.1103/B;10.1103/C", Some("10.1103/A"));
    check("10.1103/A;10.1103/B", Some("10.1103/A"));
    check("10.1103/A 10.1103/B", Some("10.1103/A"));
    check("10.1002/(SICI)1521(1999)47:1/3,5::AID3.0.CO;2-X", Some("10.1002/(SICI)1521(1999)47:1/3,5::AID3.0.CO;2-X"));
    check(" ", None);
    check(";", None);
}

#[test]
fn what_is_no_whole_record_is_broken() {
    let check = |xml: &str| assert!(matches!(read(xml), Reading::Broken(_)), "{xml}");
    for xml in
        ["Rate exceeded.", "", "<html><body/></html>", "<OAI-PMH>", "<OAI-PMH/>", "<OAI-PMH></wrong>", "\u{0}\u{1}"]
    {
        check(xml);
    }
    check(&answer("", ""));
    check(&answer("", "<title>T</title>").replace("<record>", "<record/><record>"));
    check(&answer("", "<title>T</title>").replace("oai:arXiv.org:1401.2122", "oai:arXiv.org:1401.2123"));
    check(&answer("", "<title>T</title>").replace("oai:arXiv.org:1401.2122", "oai:elsewhere.org:1"));
    let whole = answer("http://oaipmh.arxiv.org/oai", "<title>T</title>");
    for end in (0..whole.trim_end().len()).filter(|end| whole.is_char_boundary(*end)) {
        check(&whole[..end]);
    }
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(text in "\\PC{0,80}|(<[/?!]?(OAI-PMH|record|header|metadata|arXiv|id|doi|error)( code='x')?/?>|[&;,. 0-9a-z]{0,6}){0,24}") {
        read(&text);
        read(&answer(&text, &text));
    }
}
