//! Recorded answers of arXiv's API: each is read as it stands in its XML.

use enrich::model::Author;
use enrich::source::arxiv_api::atom;

use super::recorded;

/// The text between two marks, each time they stand there.
fn between<'a>(text: &'a str, start: &str, end: &str) -> Vec<&'a str> {
    text.split(start).skip(1).filter_map(|rest| rest.split(end).next()).collect()
}

/// The content of each element of this name, whatever its attributes.
fn elements(entry: &str, name: &str) -> Vec<String> {
    let all = between(entry, &format!("<{name}"), &format!("</{name}>")).into_iter();
    all.filter_map(|rest| rest.split_once('>')).map(|(_, content)| words(content)).collect()
}

fn words(text: &str) -> String {
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
#[ignore = "needs ../shared"]
fn every_recorded_answer_parses_to_what_it_says() {
    for (path, xml) in recorded("arxiv/atom") {
        let feed = atom::read(&xml);
        assert_eq!(feed.broken, None, "{}", path);
        let entries = between(&xml, "<entry", "</entry>");
        let is_error = |entry: &&&str| entry.contains("/api/errors");
        let is_paper = |entry: &&&str| entry.contains("<title") && !entry.contains("/api/errors");
        assert_eq!(feed.errors.len(), entries.iter().filter(is_error).count(), "{}", path);
        let told: Vec<_> = entries.iter().filter(is_paper).collect();
        assert_eq!(feed.papers.len(), told.len(), "{}", path);
        for (paper, entry) in feed.papers.iter().zip(told) {
            let version = paper.version.map(|version| format!("v{version}")).unwrap_or_default();
            assert!(entry.contains(&format!("/abs/{}{version}<", paper.id)), "{}: {}", path, paper.id);
            assert_eq!(paper.title, elements(entry, "title")[0], "{}", path);
            assert_eq!(paper.summary, elements(entry, "summary").first().cloned(), "{}", path);
            assert_eq!(paper.authors.iter().map(Author::name).collect::<Vec<_>>(), elements(entry, "name"));
            assert_eq!(paper.comment, elements(entry, "arxiv:comment").first().cloned(), "{}", path);
            let primary = between(entry, "<arxiv:primary_category", ">")[0];
            let primary = between(primary, "term=\"", "\"")[0];
            assert_eq!(paper.primary_category.as_ref().map(|category| category.as_str()), Some(primary));
            assert_eq!(paper.categories[0].as_str(), primary);
            assert!(paper.published.is_some() && paper.updated.is_some() && paper.updated >= paper.published);
        }
    }
}
