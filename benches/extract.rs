//! How fast lists are read, beside pulldown-cmark alone yielding its events over the same text.
//!
//! `cargo bench --bench extract` prints both for a table of 9,000 papers and for other forms; the table is to be read in less
//! than three times the time of its events. Then it reads texts that go on and on in one pattern, each at two lengths, and fails
//! where the time grows faster than the length.

#![allow(clippy::print_stdout, reason = "a benchmark talks to whoever runs it")]

#[path = "../tests/it/support/endless.rs"]
mod endless;

use std::fmt::Write;
use std::time::{Duration, Instant};

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use enrich::extract::{self, Options};
use pulldown_cmark::Parser;

/// How many times longer it takes at most to read a text that is four times as long: four would be linear, sixteen quadratic.
const GROWTH: f64 = 8.0;

fn main() {
    divan::main();
    let steep: Vec<_> = growth().into_iter().filter(|(_, growth)| *growth > GROWTH).collect();
    assert!(steep.is_empty(), "not linear: {steep:?}");
}

/// Reads every pattern in every form, prints how long the usual text of it takes, and returns by how much that grows when the
/// text is four times as long.
fn growth() -> Vec<(String, f64)> {
    let patterns = endless::PATTERNS.iter().flat_map(|pattern| endless::PATHS.map(|path| (pattern, path)));
    let read = patterns.map(|((name, text, usual), path)| {
        let (short, long) = (text(*usual), text(4 * usual));
        let measure = || {
            let (short, long) = (best_time(path, &short), best_time(path, &long));
            (long.as_secs_f64() / short.as_secs_f64(), short)
        };
        // A busy machine makes anything look steep now and then.
        let measured = (0..2).map(|_| measure()).find(|(growth, _)| *growth <= GROWTH);
        let (growth, time) = measured.unwrap_or_else(measure);
        println!(
            "{name} as {path}: {time:.1?}, and {growth:.1} times that for four times the length (promise: {GROWTH:.0})"
        );
        (format!("{name} as {path}"), growth)
    });
    read.collect()
}

/// The time that a text is read in, at best.
fn best_time(path: &str, text: &str) -> Duration {
    let options = Options::default();
    let times = (0..3).map(|_| {
        let start = Instant::now();
        black_box(extract::list(path, black_box(text), &options));
        start.elapsed()
    });
    times.min().unwrap_or_default()
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
