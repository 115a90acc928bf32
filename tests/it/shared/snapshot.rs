//! Real lines of Kaggle's snapshot: each is read as it stands in its JSON, and found by its title.

use std::fs;
use std::num::NonZeroUsize;

use enrich::model::{Author, VersionedId};
use enrich::source::snapshot::{Question, search};
use enrich::source::titles::TitleQuestion;

use crate::support::{Project, shared};

/// Every word that a line has for its authors: a surname is among them.
fn words_of_authors(line: &serde_json::Value) -> Vec<String> {
    let words = line["authors"].as_str().unwrap().split([' ', '\n', '.', ',', '(']);
    words.filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

#[test]
#[ignore = "needs ../shared"]
fn every_line_of_a_real_snapshot_is_read() {
    let sample = shared("arxiv/snapshot-sample.jsonl");
    let text = fs::read_to_string(&sample).unwrap();
    let values: Vec<serde_json::Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let wanted: Vec<VersionedId> = values.iter().map(|value| value["id"].as_str().unwrap().parse().unwrap()).collect();
    let asked: Vec<_> = values
        .iter()
        .map(|value| TitleQuestion {
            title: value["title"].as_str().unwrap().to_uppercase(),
            surnames: words_of_authors(value),
        })
        .collect();
    let question = Question { ids: &wanted, titles: &asked };
    let found = search(&sample, &question, NonZeroUsize::MIN).unwrap();
    assert_eq!((found.papers.len(), found.lines, found.broken_lines), (values.len(), values.len() as u64, 0));
    for (paper, value) in found.papers.iter().zip(&values) {
        let versions = value["versions"].as_array().unwrap();
        assert_eq!(paper.id.as_str(), value["id"]);
        assert_eq!(
            paper.version.map(|version| format!("v{version}")).as_deref(),
            versions.last().unwrap()["version"].as_str()
        );
        assert!(
            paper.published.is_some() && paper.updated >= paper.published && paper.summary.is_some(),
            "{}",
            paper.id
        );
        let is_odd = |author: &Author| author.name().contains(['\\', '(', ')', ':', '&', ';']);
        assert!(!paper.authors.is_empty() && !paper.authors.iter().any(is_odd), "{} {:?}", paper.id, paper.authors);
        let words = value["title"].as_str().unwrap().split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!((&paper.title, paper.doi.is_some()), (&words, value["doi"].is_string()));
        let categories = value["categories"].as_str().unwrap();
        assert_eq!(paper.categories.iter().map(|category| category.as_str()).collect::<Vec<_>>().join(" "), categories);
    }
    for (at, value) in values.iter().enumerate() {
        assert!(
            found.matches.iter().any(|found| found.question == at && found.id.as_str() == value["id"]),
            "{}",
            value["id"]
        );
    }
}

#[test]
#[ignore = "needs ../shared"]
fn of_a_real_paper_with_affiliations_the_authors_alone_are_authors() {
    let project = Project::with_list("# L\n\n- https://arxiv.org/abs/0801.3709\n- https://arxiv.org/abs/2103.11058\n");
    let snapshot = shared("arxiv/snapshot-sample.jsonl").to_str().unwrap().to_owned();
    let outcome =
        project.enrich(&["run", "list.md", "-o", "output", "--offline", "--no-cache", "--snapshot", &snapshot]);
    let authors = |id: &str| outcome.record(id).unwrap()["authors"].as_array().unwrap().clone();
    assert_eq!(authors("0801.3709"), ["Mirek Giersz", "Douglas C. Heggie", "Jarrod R. Hurley"]);
    assert_eq!(authors("2103.11058")[..2], ["LHCb collaboration", "R. Aaij"]);
}
