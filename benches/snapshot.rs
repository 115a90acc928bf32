//! How fast a plain bulk snapshot is searched, beside a bare count of newlines over the same reads.
//!
//! `cargo bench --bench snapshot` makes a snapshot of 256 MB up, or of as many as `SNAPSHOT_MB` says, and prints GB/s for one
//! thread and for two. The search is to take at most three times as long as `wc -l` on the same file.

#![allow(clippy::print_stdout, reason = "a benchmark prints what it measured")]

use std::env;
use std::fs::File;
use std::hint::black_box;
use std::io::{self, BufWriter, Read, Write};
use std::num::NonZeroUsize;
use std::path::Path;
use std::time::{Duration, Instant};

use enrich::model::VersionedId;
use enrich::source::snapshot::{self, Question};
use enrich::source::titles::TitleQuestion;

/// How often each thing is timed. The best time counts: others have only more of other programs in them.
const ROUNDS: usize = 5;

/// How much the count of newlines reads at a time; the search reads as much.
const BLOCK: usize = 512 << 10;

fn main() -> io::Result<()> {
    let megabytes: u64 = env::var("SNAPSHOT_MB").ok().and_then(|text| text.parse().ok()).unwrap_or(256);
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("snapshot.json");
    let papers = make_up(&path, megabytes << 20)?;
    let bytes = path.metadata()?.len();
    let every = (papers / 1_000).max(1);
    let ids: Vec<VersionedId> = (0..papers).step_by(every).filter_map(|n| id(n).parse().ok()).collect();
    let titles: Vec<_> = (0..papers)
        .step_by(every)
        .map(|n| TitleQuestion { title: title(n).to_uppercase(), surnames: vec!["Author".to_owned()] })
        .collect();
    println!("{:.2} GB, {papers} papers, {} of them asked for", bytes as f64 / 1e9, ids.len());
    report("newlines, 1 thread", bytes, || count_newlines(&path));
    for (name, question) in [
        ("by identifier", Question { ids: &ids, titles: &[] }),
        ("by identifier and title", Question { ids: &ids, titles: &titles }),
    ] {
        for threads in [1, 2] {
            report(&format!("{name}, {threads} thread(s)"), bytes, || {
                let found = snapshot::search(&path, &question, NonZeroUsize::new(threads).unwrap_or(NonZeroUsize::MIN));
                let found = found.map_err(io::Error::other)?;
                assert_eq!((found.papers.len(), found.matches.len()), (ids.len(), question.titles.len()));
                Ok(found.lines)
            });
        }
    }
    Ok(())
}

fn report(name: &str, bytes: u64, mut run: impl FnMut() -> io::Result<u64>) {
    let mut best = Duration::MAX;
    for _ in 0..ROUNDS {
        let start = Instant::now();
        let outcome = black_box(run());
        best = best.min(start.elapsed());
        assert!(outcome.is_ok(), "{outcome:?}");
    }
    println!("{name:40} {:7.3} s {:7.2} GB/s", best.as_secs_f64(), bytes as f64 / 1e9 / best.as_secs_f64());
}

fn count_newlines(path: &Path) -> io::Result<u64> {
    let mut file = File::open(path)?;
    let mut block = vec![0; BLOCK];
    let mut lines = 0;
    loop {
        let read = file.read(&mut block)?;
        if read == 0 {
            return Ok(lines);
        }
        lines += memchr::memchr_iter(b'\n', &block[..read]).count() as u64;
    }
}

fn id(n: usize) -> String {
    format!("{:02}{:02}.{:05}", 15 + n / 1_080_000 % 80, n / 90_000 % 12 + 1, n % 90_000 + 1)
}

fn title(n: usize) -> String {
    format!("A placeholder of the usual length, number {n}")
}

/// Writes made-up papers whose sizes are those of arXiv's, and says how many.
fn make_up(path: &Path, bytes: u64) -> io::Result<usize> {
    let mut file = BufWriter::new(File::create(path)?);
    let summary =
        "We study a placeholder & measure how long it takes to read of it, with $\\\\alpha < 1$.\\n".repeat(12);
    let mut written = 0;
    let mut papers = 0;
    while written < bytes {
        let line = format!(
            "{{\"id\": \"{}\", \"submitter\": \"Ann Author\", \"authors\": \"Ann Author, Berfin \\\\c{{S}}im\\\\c{{s}}ek and Carl \
             Contributor\", \"title\": \"{}\", \"comments\": \"12 pages, 3 figures\", \"journal-ref\": null, \"doi\": null, \
             \"report-no\": null, \"categories\": \"cs.DC cs.LG\", \"license\": null, \"abstract\": \"  {summary}\", \"versions\": \
             [{{\"version\": \"v1\", \"created\": \"Tue, 12 Mar 2024 13:31:14 GMT\"}}], \"update_date\": \"2024-03-13\", \
             \"authors_parsed\": [[\"Author\", \"Ann\", \"\"], [\"\\\\c{{S}}im\\\\c{{s}}ek\", \"Berfin\", \"\"], [\"Contributor\", \
             \"Carl\", \"\"]]}}\n",
            id(papers),
            title(papers)
        );
        file.write_all(line.as_bytes())?;
        written += line.len() as u64;
        papers += 1;
    }
    file.flush()?;
    Ok(papers)
}
