//! Answers of arXiv's OAI-PMH, recorded before March 2025: each is read as it stands in its XML.

use enrich::model::Author;
use enrich::source::oai_pmh::record::{self, Reading};

use super::recorded;
use crate::other_routes::{day, names};

/// The content of the first element of this name, on one line.
fn element(xml: &str, name: &str) -> Option<String> {
    let (content, _) = xml.split_once(&format!("<{name}>"))?.1.split_once(&format!("</{name}>"))?;
    let content = content.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&");
    Some(content.split_whitespace().collect::<Vec<_>>().join(" "))
}

#[test]
#[ignore = "needs ../shared"]
fn every_recorded_answer_parses_to_what_it_says() {
    for (path, xml) in recorded("arxiv/oai") {
        let Reading::Paper(paper) = record::read(&xml) else { panic!("{}: {:?}", path, record::read(&xml)) };
        assert_eq!(Some(paper.id.to_string()), element(&xml, "id"), "{}", path);
        assert_eq!(Some(&paper.title), element(&xml, "title").as_ref(), "{}", path);
        assert_eq!(paper.summary, element(&xml, "abstract"), "{}", path);
        assert_eq!(paper.comment, element(&xml, "comments"), "{}", path);
        assert_eq!(paper.journal_ref, element(&xml, "journal-ref"), "{}", path);
        let dois = element(&xml, "doi");
        assert_eq!(paper.doi.as_deref(), dois.as_ref().and_then(|dois| dois.split([',', ' ']).next()));
        assert_eq!(names(&paper).join(" "), element(&xml, "categories").unwrap(), "{}", path);
        assert_eq!(paper.primary_category.as_ref(), paper.categories.first());
        // Names come through letter by letter; `:` is none, and `A for the B Collaboration` are two.
        let authors = xml.split("<author>").skip(1).map(|told| told.split("</author>").next().unwrap());
        let told = authors.flat_map(|told| ["forenames", "keyname", "suffix"].map(|part| element(told, part)));
        let letters = |names: String| names.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
        let read: String = paper.authors.iter().map(Author::name).collect();
        assert_eq!(letters(read), letters(told.flatten().collect()), "{path}");
        assert_eq!(paper.published, element(&xml, "created").and_then(|date| day(&date)));
        assert_eq!(paper.updated, element(&xml, "updated").or(element(&xml, "created")).and_then(|date| day(&date)));
    }
}
