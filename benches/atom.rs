//! How fast answers are parsed, beside a bare quick-xml event loop over the same bytes, in both forms of the service.
//!
//! `cargo bench --bench atom` prints both; the parser is to reach at least half the speed of the loop.

use std::fmt::Write;

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use enrich::source::arxiv_api::atom;
use quick_xml::Reader;
use quick_xml::events::Event;

fn main() {
    divan::main();
}

/// The two forms that answers come in.
#[derive(Clone, Copy, Debug)]
enum Form {
    Today,
    BeforeNovember2025,
}

const FORMS: [Form; 2] = [Form::Today, Form::BeforeNovember2025];

#[divan::bench(args = FORMS)]
fn bare_event_loop(bencher: Bencher<'_, '_>, form: Form) {
    let xml = answer(form, 400);
    bencher.counter(BytesCount::of_str(&xml)).bench_local(|| {
        let mut reader = Reader::from_str(black_box(&xml));
        let mut events = 0;
        while !matches!(reader.read_event(), Ok(Event::Eof) | Err(_)) {
            events += 1;
        }
        events
    });
}

#[divan::bench(args = FORMS)]
fn papers(bencher: Bencher<'_, '_>, form: Form) {
    let xml = answer(form, 400);
    let feed = atom::read(&xml);
    assert_eq!((feed.papers.len(), feed.broken), (400, None));
    bencher.counter(BytesCount::of_str(&xml)).bench_local(|| atom::read(black_box(&xml)));
}

/// A made-up answer whose sizes are those of arXiv's: abstracts of about 1,300 characters, four authors, two categories.
fn answer(form: Form, papers: usize) -> String {
    let mut xml = String::from(
        "<?xml version='1.0' encoding='UTF-8'?>\n<feed xmlns:opensearch=\"http://a9.com/-/spec/opensearch/1.1/\" \
         xmlns:arxiv=\"http://arxiv.org/schemas/atom\" xmlns=\"http://www.w3.org/2005/Atom\">\n  <title>arXiv Query</title>\n",
    );
    for n in 1..=papers {
        let sentence = "We study a placeholder &amp; measure how long it takes to read of it, with $\\alpha &lt; 1$. ";
        let summary = match form {
            Form::Today => sentence.repeat(14),
            Form::BeforeNovember2025 => format!("  {}\n", wrap(&sentence.repeat(14))),
        };
        let _ = write!(
            xml,
            "  <entry>\n    <id>http://arxiv.org/abs/2403.{n:05}v2</id>\n    <title>A placeholder of the usual length, number {n}</title>\n    \
             <updated>2024-04-03T20:07:33Z</updated>\n    <link href=\"https://arxiv.org/abs/2403.{n:05}v2\" rel=\"alternate\" type=\"text/html\"/>\n    \
             <link href=\"https://arxiv.org/pdf/2403.{n:05}v2\" rel=\"related\" type=\"application/pdf\" title=\"pdf\"/>\n    \
             <summary>{summary}</summary>\n    <category term=\"cs.DC\" scheme=\"http://arxiv.org/schemas/atom\"/>\n    \
             <category term=\"cs.LG\" scheme=\"http://arxiv.org/schemas/atom\"/>\n    <published>2024-03-12T13:31:14Z</published>\n    \
             <arxiv:comment>12 pages, 3 figures</arxiv:comment>\n    <arxiv:primary_category term=\"cs.DC\"/>\n"
        );
        for author in ["Ann Author", "Berfin Şimşek", "Carl Contributor", "Dora Delegate"] {
            let _ = write!(xml, "    <author>\n      <name>{author}</name>\n    </author>\n");
        }
        xml.push_str("  </entry>\n");
    }
    xml.push_str("</feed>\n");
    xml
}

/// Breaks a text into lines of about 78 characters, as the old service did.
fn wrap(text: &str) -> String {
    let mut wrapped = String::with_capacity(text.len());
    let mut column = 0;
    for word in text.split(' ') {
        if column > 70 {
            wrapped.push('\n');
            column = 0;
        } else if column > 0 {
            wrapped.push(' ');
        }
        wrapped.push_str(word);
        column += word.len() + 1;
    }
    wrapped
}
