//! Papers as the Atom that the service has given since November 2025, and its error feed. The form before that is left to
//! `feed_before_2025`.

use std::fmt::Write;

use super::chance::mixed;
use super::papers::FakeAuthor;
use super::query::{Query, Shown};

/// When every feed says it was made: the fake has no clock, so that the same question has the same answer.
pub const FEED_DATE: &str = "2026-01-05T00:00:00Z";

/// The feed that shows these papers and says that there are `total_results`.
pub fn feed(query: &Query, shown: &[Shown<'_>], total_results: usize) -> String {
    let Query { search_query, start, max_results, .. } = query;
    let (title, ids) = (title(query), query.id_list.join(","));
    let link = format!(
        "https://arxiv.org/api/query?search_query={search_query}&start={start}&max_results={max_results}&id_list={ids}"
    );
    let mut xml = head(&format!("https://arxiv.org/api/{}", token(&title)), &format!("arXiv Query: {title}"));
    add(&mut xml, format_args!("  <link href=\"{}\" type=\"application/atom+xml\"/>\n", escaped(&link)));
    add_counts(&mut xml, *max_results, total_results, *start);
    for one in shown {
        add_entry(&mut xml, *one);
    }
    xml + "</feed>\n"
}

/// The feed with which the service says what is wrong: one entry, which is no paper.
pub fn error_feed(says: &str) -> String {
    let id = match says.split_once(" for ") {
        Some(("incorrect id format", _)) => format!("http://arxiv.org/api/errors#{}", says.replace(' ', "_")),
        _ => "https://arxiv.org/api/errors".to_owned(),
    };
    let mut xml = head("https://arxiv.org/", "arXiv Search Results");
    add_counts(&mut xml, 1, 1, 0);
    let (id, says) = (escaped(&id), escaped(says));
    add(&mut xml, format_args!("  <entry>\n    <id>{id}</id>\n    <title>Error</title>\n"));
    add(&mut xml, format_args!("    <updated>{FEED_DATE}</updated>\n"));
    add(&mut xml, format_args!("    <link href=\"{id}\" rel=\"alternate\" type=\"text/html\"/>\n"));
    add(&mut xml, format_args!("    <summary>{says}</summary>\n"));
    xml + "    <author>\n      <name>arXiv api core</name>\n    </author>\n  </entry>\n</feed>\n"
}

/// What a feed calls the query that it answers.
pub(super) fn title(query: &Query) -> String {
    let Query { search_query, start, max_results, .. } = query;
    let ids = query.id_list.join(",");
    format!("search_query={search_query}&id_list={ids}&start={start}&max_results={max_results}")
}

/// Twenty-seven characters that stand for a query in a feed's id, as the service makes them from a digest.
pub(super) fn token(text: &str) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let start = text.bytes().fold(0, |sum, byte| mixed(sum ^ u64::from(byte)));
    (0..27).map(|at| char::from(ALPHABET[(mixed(start + at) % 64) as usize])).collect()
}

/// A text as XML wants it, in elements and in attributes.
pub(super) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// Writes into a text, which cannot fail.
pub(super) fn add(xml: &mut String, part: std::fmt::Arguments<'_>) {
    xml.write_fmt(part).expect("a String takes what is written to it");
}

fn head(id: &str, title: &str) -> String {
    format!(
        "<?xml version='1.0' encoding='UTF-8'?>\n\
         <feed xmlns:opensearch=\"http://a9.com/-/spec/opensearch/1.1/\" xmlns:arxiv=\"http://arxiv.org/schemas/atom\" \
         xmlns=\"http://www.w3.org/2005/Atom\">\n  <id>{}</id>\n  <title>{}</title>\n  <updated>{FEED_DATE}</updated>\n",
        escaped(id),
        escaped(title)
    )
}

fn add_counts(xml: &mut String, items_per_page: usize, total_results: usize, start_index: usize) {
    add(xml, format_args!("  <opensearch:itemsPerPage>{items_per_page}</opensearch:itemsPerPage>\n"));
    add(xml, format_args!("  <opensearch:totalResults>{total_results}</opensearch:totalResults>\n"));
    add(xml, format_args!("  <opensearch:startIndex>{start_index}</opensearch:startIndex>\n"));
}

fn add_entry(xml: &mut String, shown: Shown<'_>) {
    let (paper, version, id) = (shown.paper, shown.of_version(), shown.versioned_id());
    add(xml, format_args!("  <entry>\n    <id>http://arxiv.org/abs/{id}</id>\n"));
    add(xml, format_args!("    <title>{}</title>\n", escaped(&version.title)));
    add(xml, format_args!("    <updated>{}</updated>\n", version.date));
    add(xml, format_args!("    <link href=\"https://arxiv.org/abs/{id}\" rel=\"alternate\" type=\"text/html\"/>\n"));
    let pdf = format!("https://arxiv.org/pdf/{id}");
    add(xml, format_args!("    <link href=\"{pdf}\" rel=\"related\" type=\"application/pdf\" title=\"pdf\"/>\n"));
    // Only a paragraph survives of the authors' lines, with the two spaces that they began it with.
    add(xml, format_args!("    <summary>{}</summary>\n", escaped(&version.summary).replace('\n', "\n  ")));
    for category in &paper.categories {
        let category = escaped(category);
        add(xml, format_args!("    <category term=\"{category}\" scheme=\"http://arxiv.org/schemas/atom\"/>\n"));
    }
    add(xml, format_args!("    <published>{}</published>\n", paper.published()));
    if let Some(comment) = &version.comment {
        add(xml, format_args!("    <arxiv:comment>{}</arxiv:comment>\n", escaped(comment)));
    }
    if let Some(primary) = paper.categories.first() {
        add(xml, format_args!("    <arxiv:primary_category term=\"{}\"/>\n", escaped(primary)));
    }
    if let Some(journal_ref) = &paper.journal_ref {
        add(xml, format_args!("    <arxiv:journal_ref>{}</arxiv:journal_ref>\n", escaped(journal_ref)));
    }
    for author in &version.authors {
        add_author(xml, author);
    }
    for doi in &paper.dois {
        let doi = escaped(doi);
        add(xml, format_args!("    <arxiv:doi>{doi}</arxiv:doi>\n"));
        add(xml, format_args!("    <link rel=\"related\" href=\"https://doi.org/{doi}\" title=\"doi\"/>\n"));
    }
    xml.push_str("  </entry>\n");
}

fn add_author(xml: &mut String, author: &FakeAuthor) {
    add(xml, format_args!("    <author>\n      <name>{}</name>\n", escaped(&author.name)));
    for affiliation in &author.affiliations {
        add(xml, format_args!("      <arxiv:affiliation>{}</arxiv:affiliation>\n", escaped(affiliation)));
    }
    xml.push_str("    </author>\n");
}
