//! How fast lists are read, beside pulldown-cmark alone yielding its events over the same text.
//!
//! `cargo bench --bench extract` prints both for a table of 9,000 papers and for other forms; the table is to be read in less
//! than three times the time of its events.

use std::fmt::Write;

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use enrich::extract::{self, Options};
use pulldown_cmark::Parser;

fn main() {
    divan::main();
}

/// The forms that long lists are kept in.
#[derive(Clone, Copy, Debug)]
enum Form {
    Table,
    Bullets,
    Paragraphs,
    Headings,
}

const FORMS: [Form; 4] = [Form::Table, Form::Bullets, Form::Paragraphs, Form::Headings];

#[divan::bench(args = FORMS)]
fn events_alone(bencher: Bencher<'_, '_>, form: Form) {
    let text = list(form, 9_000);
    let forms = pulldown_cmark::Options::ENABLE_TABLES
        | pulldown_cmark::Options::ENABLE_TASKLISTS
        | pulldown_cmark::Options::ENABLE_FOOTNOTES
        | pulldown_cmark::Options::ENABLE_STRIKETHROUGH
        | pulldown_cmark::Options::ENABLE_HEADING_ATTRIBUTES
        | pulldown_cmark::Options::ENABLE_MATH;
    bencher
        .counter(BytesCount::of_str(&text))
        .bench_local(|| Parser::new_ext(black_box(&text), forms).into_offset_iter().count());
}

#[divan::bench(args = FORMS)]
fn entries(bencher: Bencher<'_, '_>, form: Form) {
    let text = list(form, 9_000);
    let options = Options::default();
    assert_eq!(extract::list("list.md", &text, &options).entries.len(), 9_000);
    bencher.counter(BytesCount::of_str(&text)).bench_local(|| extract::list("list.md", black_box(&text), &options));
}

/// A made-up list, with titles and lines of the length that they have in lists that people keep.
fn list(form: Form, papers: usize) -> String {
    let mut list = String::from("# A List of Papers\n\n");
    if matches!(form, Form::Table) {
        list.push_str("|Publish Date|Title|Authors|PDF|Code|\n|---|---|---|---|---|\n");
    }
    for n in 0..papers {
        let (month, number) = (n / 750 + 1, n % 750 + 1);
        let id = format!("21{month:02}.{number:05}");
        let title = format!("Rocket {n}: On the Steering of Large Rockets Through Heavy Weather at Night");
        let _ = match form {
            Form::Table => writeln!(
                list,
                "|**2021-{month:02}-17**|**{title}**|Jane Roe et.al.|[{id}](http://arxiv.org/abs/{id})|null|"
            ),
            Form::Bullets => writeln!(
                list,
                "- **[{title}](https://arxiv.org/abs/{id})** - Jane Roe, John Doe. *ICML 2021*. [[code]](https://github.com/a/r{n})"
            ),
            Form::Paragraphs => writeln!(
                list,
                "**{title}** \\\n*Jane Roe, John Doe, Ida Poe* \\\narXiv 2021. [[Paper](https://arxiv.org/abs/{id})] [[Github](https://github.com/a/r{n})] \\\n17 Jan 2021\n"
            ),
            Form::Headings => writeln!(
                list,
                "#### {title}\n\ntag: `Rockets` | `ICML21`\n\npaper link: [here](https://arxiv.org/pdf/{id})\n\ngithub link: [here](https://github.com/a/r{n})\n"
            ),
        };
    }
    list
}
