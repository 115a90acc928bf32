//! Papers as the Atom that the service gave before November 2025, which people still replay: in the order of the request,
//! hard-wrapped, and with an entry even for what it did not know.

use super::feed::{FEED_DATE, add, escaped, title, token};
use super::papers::FakeAuthor;
use super::query::{Holdings, Query, Shown, look_up};

const ARXIV: &str = "http://arxiv.org/schemas/atom";
const OPENSEARCH: &str = "http://a9.com/-/spec/opensearch/1.1/";

/// Lines of titles, comments and abstracts were at most so long.
const LONGEST_LINE: usize = 79;

/// The feed that answers the query, with ghosts: entries that have no title, and for an unknown paper not even an id.
pub fn feed(query: &Query, holdings: &Holdings) -> String {
    let title = title(query);
    let link =
        format!("http://arxiv.org/api/query?{}", title.replace('=', "%3D").replace('&', "%26").replace(',', "%2C"));
    let mut ids: Vec<&str> = Vec::new();
    for id in &query.id_list {
        if !ids.contains(&id.as_str()) {
            ids.push(id);
        }
    }
    let mut xml =
        String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n");
    let link = escaped(&link);
    add(&mut xml, format_args!("  <link href=\"{link}\" rel=\"self\" type=\"application/atom+xml\"/>\n"));
    add(&mut xml, format_args!("  <title type=\"html\">ArXiv Query: {}</title>\n", escaped(&title)));
    add(&mut xml, format_args!("  <id>http://arxiv.org/api/{}</id>\n", token(&title)));
    add(&mut xml, format_args!("  <updated>{}</updated>\n", FEED_DATE.replace('Z', "-05:00")));
    let counts = [("totalResults", ids.len()), ("startIndex", query.start), ("itemsPerPage", query.max_results)];
    for (name, count) in counts {
        add(
            &mut xml,
            format_args!("  <opensearch:{name} xmlns:opensearch=\"{OPENSEARCH}\">{count}</opensearch:{name}>\n"),
        );
    }
    for id in ids.into_iter().skip(query.start).take(query.max_results) {
        xml.push_str("  <entry>\n");
        match look_up(id, holdings) {
            Some(shown) => add_paper(&mut xml, shown),
            None => add_ghost(&mut xml, id, holdings),
        }
        xml.push_str("  </entry>\n");
    }
    xml + "</feed>\n"
}

/// An unknown version of a known paper kept its id and categories; an unknown paper kept nothing.
fn add_ghost(xml: &mut String, id: &str, holdings: &Holdings) {
    match id.rsplit_once('v').and_then(|(paper, _)| holdings.get(paper)) {
        Some(paper) => {
            add(xml, format_args!("    <id>http://arxiv.org/abs/{id}</id>\n"));
            add_links(xml, id);
            add_categories(xml, &paper.categories);
        }
        None => add_categories(xml, &[String::new()]),
    }
}

fn add_paper(xml: &mut String, shown: Shown<'_>) {
    let (paper, version, id) = (shown.paper, shown.of_version(), shown.versioned_id());
    add(xml, format_args!("    <id>http://arxiv.org/abs/{id}</id>\n"));
    add(xml, format_args!("    <updated>{}</updated>\n", version.date));
    add(xml, format_args!("    <published>{}</published>\n", paper.published()));
    add(xml, format_args!("    <title>{}</title>\n", wrapped(&escaped(&version.title), "\n  ")));
    let paragraphs = escaped(&version.summary);
    let paragraphs: Vec<_> = paragraphs.split('\n').map(|text| wrapped(text, "\n")).collect();
    add(xml, format_args!("    <summary>  {}\n</summary>\n", paragraphs.join("\n  ")));
    for author in &version.authors {
        add_author(xml, author);
    }
    for doi in &paper.dois {
        let doi = escaped(doi);
        add_extra(xml, "doi", &doi);
        add(xml, format_args!("    <link title=\"doi\" href=\"http://dx.doi.org/{doi}\" rel=\"related\"/>\n"));
    }
    if let Some(comment) = &version.comment {
        add_extra(xml, "comment", &wrapped(&escaped(comment), "\n  "));
    }
    if let Some(journal_ref) = &paper.journal_ref {
        add_extra(xml, "journal_ref", &wrapped(&escaped(journal_ref), "\n  "));
    }
    add_links(xml, &id);
    let categories = paper.categories.iter().chain(&paper.subject_classes).cloned();
    add_categories(xml, &categories.collect::<Vec<_>>());
}

fn add_author(xml: &mut String, author: &FakeAuthor) {
    add(xml, format_args!("    <author>\n      <name>{}</name>\n", escaped(&author.name)));
    for affiliation in &author.affiliations {
        let affiliation = escaped(affiliation);
        add(xml, format_args!("      <arxiv:affiliation xmlns:arxiv=\"{ARXIV}\">{affiliation}</arxiv:affiliation>\n"));
    }
    xml.push_str("    </author>\n");
}

fn add_extra(xml: &mut String, name: &str, text: &str) {
    add(xml, format_args!("    <arxiv:{name} xmlns:arxiv=\"{ARXIV}\">{text}</arxiv:{name}>\n"));
}

fn add_links(xml: &mut String, id: &str) {
    add(xml, format_args!("    <link href=\"http://arxiv.org/abs/{id}\" rel=\"alternate\" type=\"text/html\"/>\n"));
    let pdf = format!("http://arxiv.org/pdf/{id}");
    add(xml, format_args!("    <link title=\"pdf\" href=\"{pdf}\" rel=\"related\" type=\"application/pdf\"/>\n"));
}

fn add_categories(xml: &mut String, categories: &[String]) {
    let primary = escaped(&categories[0]);
    add(
        xml,
        format_args!("    <arxiv:primary_category xmlns:arxiv=\"{ARXIV}\" term=\"{primary}\" scheme=\"{ARXIV}\"/>\n"),
    );
    for category in categories {
        add(xml, format_args!("    <category term=\"{}\" scheme=\"{ARXIV}\"/>\n", escaped(category)));
    }
}

/// Breaks a text into lines where its blanks allow it.
fn wrapped(text: &str, line_break: &str) -> String {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        let line = lines.last_mut().expect("there is a first line");
        if !line.is_empty() && line.chars().count() + 1 + word.chars().count() > LONGEST_LINE {
            lines.push(word.to_owned());
        } else {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    lines.join(line_break)
}
