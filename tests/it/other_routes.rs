//! What the two other routes to arXiv's metadata say comes through: every recorded answer, and what the fakes tell.

use std::fs;
use std::path::Path;

use enrich::model::{Category, Paper, Source};
use enrich::source::datacite;
use enrich::source::oai_pmh::record::{self, Reading};
use jiff::Timestamp;

use crate::support::client::get;
use crate::support::{FakeDatacite, FakeOai, FakePaper, Fault, Faults};

/// Answers of the real service, recorded by others before March 2025. They are not part of the project.
const RECORDED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/arxiv/oai");

fn by_oai(paper: &FakePaper, faults: Faults) -> Paper {
    let oai = FakeOai::start([paper.clone()], faults);
    let target = format!("/oai?verb=GetRecord&identifier=oai:arXiv.org:{}&metadataPrefix=arXiv", paper.id);
    match record::read(&get(&oai, &target).body) {
        Reading::Paper(paper) => *paper,
        other => panic!("{other:?}"),
    }
}

fn by_datacite(paper: &FakePaper) -> Paper {
    let datacite = FakeDatacite::start([paper.clone()], Faults::none());
    let body = get(&datacite, &format!("/dois?query=doi:(%2210.48550/arxiv.{}%22)", paper.id)).body;
    datacite::record::read(&body).unwrap().pop().unwrap()
}

fn names(paper: &Paper) -> Vec<&str> {
    paper.categories.iter().map(Category::as_str).collect()
}

fn time(text: &str) -> Option<Timestamp> {
    Some(text.parse().unwrap())
}

fn day(text: &str) -> Option<Timestamp> {
    time(&format!("{}T00:00:00Z", &text[..10]))
}

#[test]
fn a_hundred_papers_come_through_by_either_route() {
    for n in 0..100 {
        let paper = FakePaper::numbered(n);
        let authors: Vec<_> = paper.latest().authors.iter().map(|author| author.name.as_str()).collect();
        let categories: Vec<_> = paper.categories.iter().map(String::as_str).collect();
        let (oai, datacite) = (by_oai(&paper, Faults::none()), by_datacite(&paper));
        for told in [&oai, &datacite] {
            assert_eq!((told.id.as_str(), &told.title), (paper.id.as_str(), &paper.latest().title));
            assert_eq!(told.summary.as_deref(), Some(paper.latest().summary.as_str()));
            assert_eq!(told.authors, authors);
            assert_eq!(told.primary_category.as_ref().map(Category::as_str), categories.first().copied());
            assert_eq!(told.doi.as_deref(), paper.dois.first().map(String::as_str));
        }
        assert_eq!((oai.source, oai.version, names(&oai)), (Source::OaiPmh, None, categories));
        assert_eq!((&oai.comment, &oai.journal_ref), (&paper.latest().comment, &paper.journal_ref));
        assert_eq!(oai.updated, day(&paper.latest().date));
        assert_eq!(oai.published, (paper.versions.len() == 1).then(|| day(paper.published())).flatten());
        assert_eq!((datacite.source, &datacite.comment, &datacite.journal_ref), (Source::Datacite, &None, &None));
        assert_eq!(datacite.version.map(|version| version.get() as usize), Some(paper.versions.len()));
        assert_eq!((datacite.published, datacite.updated), (time(paper.published()), time(&paper.latest().date)));
    }
}

#[test]
fn oai_before_2025_gives_both_dates() {
    let paper = FakePaper::new("2403.07648").dated("2024-03-12T13:31:14Z").next_version("2025-04-03T20:07:33Z");
    let told = by_oai(&paper, Faults::always(Fault::OldForm));
    assert_eq!((told.published, told.updated), (day("2024-03-12"), day("2025-04-03")));
}

/// The content of the first element of this name, on one line.
fn element(xml: &str, name: &str) -> Option<String> {
    let (content, _) = xml.split_once(&format!("<{name}>"))?.1.split_once(&format!("</{name}>"))?;
    let content = content.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&");
    Some(content.split_whitespace().collect::<Vec<_>>().join(" "))
}

#[test]
fn every_recorded_answer_parses_to_what_it_says() {
    let Ok(folder) = fs::read_dir(Path::new(RECORDED)) else {
        println!("skipped: there are no recorded answers in {RECORDED}");
        return;
    };
    let mut answers = 0;
    for path in folder.map(|entry| entry.unwrap().path()).filter(|path| path.extension().is_some_and(|e| e == "xml")) {
        let xml = fs::read_to_string(&path).unwrap();
        let Reading::Paper(paper) = record::read(&xml) else { panic!("{}: {:?}", path.display(), record::read(&xml)) };
        assert_eq!(Some(paper.id.to_string()), element(&xml, "id"), "{}", path.display());
        assert_eq!(Some(&paper.title), element(&xml, "title").as_ref(), "{}", path.display());
        assert_eq!(paper.summary, element(&xml, "abstract"), "{}", path.display());
        assert_eq!(paper.comment, element(&xml, "comments"), "{}", path.display());
        assert_eq!(paper.journal_ref, element(&xml, "journal-ref"), "{}", path.display());
        let dois = element(&xml, "doi");
        assert_eq!(paper.doi.as_deref(), dois.as_ref().and_then(|dois| dois.split([',', ' ']).next()));
        assert_eq!(names(&paper).join(" "), element(&xml, "categories").unwrap(), "{}", path.display());
        assert_eq!(paper.primary_category.as_ref(), paper.categories.first());
        assert_eq!(paper.authors.len(), xml.matches("<author>").count(), "{}", path.display());
        for (author, told) in paper.authors.iter().zip(xml.split("<author>").skip(1)) {
            let parts = ["forenames", "keyname", "suffix"];
            let parts = parts.map(|part| element(told.split("</author>").next().unwrap(), part));
            assert_eq!(*author, parts.into_iter().flatten().collect::<Vec<_>>().join(" "));
        }
        assert_eq!(paper.published, element(&xml, "created").and_then(|date| day(&date)));
        assert_eq!(paper.updated, element(&xml, "updated").or(element(&xml, "created")).and_then(|date| day(&date)));
        answers += 1;
    }
    assert!(answers > 0, "{RECORDED} holds recorded answers");
}
