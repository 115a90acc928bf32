//! What the two other routes to arXiv's metadata say comes through, as the fakes tell it.

use enrich::model::{Category, Paper, Source};
use enrich::source::datacite;
use enrich::source::oai_pmh::record::{self, Reading};
use jiff::Timestamp;

use crate::support::client::get;
use crate::support::{FakeDatacite, FakeOai, FakePaper, Fault, Faults};

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

pub(super) fn names(paper: &Paper) -> Vec<&str> {
    paper.categories.iter().map(Category::as_str).collect()
}

fn time(text: &str) -> Option<Timestamp> {
    Some(text.parse().unwrap())
}

pub(super) fn day(text: &str) -> Option<Timestamp> {
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
