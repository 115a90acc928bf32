//! What the program promises for long lists and bad days, measured side by side against made-up services on this machine:
//! requests, time and memory. `cargo bench --bench scale` prints a line for each promise; it takes some minutes.
//!
//! Time and memory are those of the whole process, from its start to files written, as GNU time tells them.

#![allow(clippy::print_stdout, clippy::expect_used, reason = "a benchmark talks to whoever runs it")]

#[path = "../tests/it/support/mod.rs"]
mod support;

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use support::{FakeArxiv, FakeDatacite, FakeOai, FakePaper, Fault, Faults, Outcome, Project, installed, list_of};

fn main() {
    requests_for_a_large_list();
    warm_run();
    a_hundred_thousand();
    nine_in_ten_refused();
}

fn papers(count: u32) -> Vec<FakePaper> {
    // Numbered papers repeat their identifiers after some tens of thousands; these do not.
    let id = |n: u32| format!("{:02}{:02}.{:05}", 15 + n / 90_000, 1 + n / 9_000 % 10, 1 + n % 9_000);
    (0..count)
        .map(|n| FakePaper::new(&id(n)).title(&format!("Paper Number {n}")).summary(&"A sentence. ".repeat(100)))
        .collect()
}

/// What others do with arXiv's API: arxiv.py (PyPI) in the way its documentation shows, with its usual hundred papers a page.
const ARXIV_PY: &str = "\
import arxiv, sys
client = arxiv.Client(delay_seconds=0)
client.query_url_format = sys.argv[1] + '?{}'
ids = open('ids').read().split()
pages = [ids[at:at + client.page_size] for at in range(0, len(ids), client.page_size)]
print(sum(1 for page in pages for paper in client.results(arxiv.Search(id_list=page, max_results=None))))
";

/// Three papers are left out of the first answer, as arXiv does on bad days.
fn requests_for_a_large_list() {
    let papers = papers(2_628);
    let project = Project::with_list(&list_of(&papers));
    let arxiv = FakeArxiv::start(papers.clone(), [Fault::MissingEntries(3)]);
    let outcome = project.run(&arxiv, &[]);
    let found = outcome.statuses().iter().filter(|status| **status == "enriched").count();
    let requests = arxiv.requests().len();
    println!("2,628 ids, three of them left out once: {found} papers by {requests} requests (promise: 7 and 1)");

    let arxiv = FakeArxiv::start(papers.clone(), [Fault::MissingEntries(3)]);
    project.write("ids", papers.iter().map(|paper| format!("{}\n", paper.id)).collect::<String>());
    let mut command = Command::new(installed("bin/python"));
    command.args(["-c", ARXIV_PY, &arxiv.url()]).current_dir(project.path(""));
    let said = command.stderr(Stdio::inherit()).output().expect("Python runs").stdout;
    let found = String::from_utf8_lossy(&said);
    println!("the same by arxiv.py: {} papers by {} requests", found.trim(), arxiv.requests().len());
}

fn warm_run() {
    let papers = papers(10_000);
    let project = Project::with_list(&list_of(&papers));
    let arxiv = FakeArxiv::start(papers, Faults::none());
    project.run(&arxiv, &[]);
    arxiv.forget();
    for (before, has_earlier) in [("over an earlier output", true), ("into an empty folder", false)] {
        let run = |_| {
            if !has_earlier {
                std::fs::remove_dir_all(project.path("output")).expect("there is an output");
            }
            measured(&project, &arxiv, &[])
        };
        let (time, kilobytes) = (0..5).map(run).min().expect("five runs");
        println!(
            "10,000 papers, warm, {before}: {} requests, {time:?}, {} MB (promise: 0, 400 ms, 150 MB)",
            arxiv.requests().len(),
            kilobytes / 1024
        );
    }
    let all = ["--format", "json,csv,xlsx,html,md,bib,ris,csl-json,sqlite"];
    let best = (0..3).map(|_| measured(&project, &arxiv, &all)).min().expect("three runs");
    println!("10,000 papers in all formats: {:?}, {} MB (promise: 3 s, 400 MB)", best.0, best.1 / 1024);
}

fn a_hundred_thousand() {
    for count in [25_000, 50_000, 100_000] {
        let papers = papers(count);
        let project = Project::with_list(&list_of(&papers));
        let arxiv = FakeArxiv::start(papers, Faults::none());
        let (time, kilobytes) = measured(&project, &arxiv, &[]);
        println!("{count} ids, cold: {time:?}, {} MB (promise: linear, 500 MB)", kilobytes / 1024);
        let (time, kilobytes) = measured(&project, &arxiv, &[]);
        println!("{count} ids, warm, over the earlier output: {time:?}, {} MB", kilobytes / 1024);
    }
}

/// Time and peak memory in KB of a run on the project's list.
fn measured(project: &Project, arxiv: &FakeArxiv, further: &[&str]) -> (Duration, u64) {
    let kilobytes = project.path("kilobytes");
    let started = Instant::now();
    let mut command = Command::new("/usr/bin/time");
    command.args(["-f", "%M", "-o"]).arg(&kilobytes).arg(env!("CARGO_BIN_EXE_enrich"));
    command
        .args(["run", "list.md", "--interval", "0ms", "--fallback", "none", "--api-url", &arxiv.url()])
        .args(further);
    command
        .current_dir(project.path(""))
        .env("HOME", project.path("home"))
        .env("XDG_CACHE_HOME", project.path("home/cache"));
    let status = command.stdout(Stdio::null()).stderr(Stdio::null()).status().expect("GNU time is installed");
    assert!(status.success());
    (started.elapsed(), peak(&kilobytes))
}

fn peak(file: &Path) -> u64 {
    std::fs::read_to_string(file).ok().and_then(|text| text.trim().parse().ok()).unwrap_or(0)
}

/// A list of 400 at 20 ms for arXiv's 3 s, and so with 4 s for its ten minutes.
fn nine_in_ten_refused() {
    let papers = papers(400);
    let list = list_of(&papers);
    let complete = |outcome: &Outcome| outcome.code == Some(0);
    let (mut alone, mut with_fallback) = (0, 0);
    for seed in 1..=100 {
        let arxiv = FakeArxiv::start(papers.clone(), Faults::seeded(seed, 9));
        let scaled = ["--interval", "20ms", "--deadline", "4s"];
        alone += u32::from(complete(&Project::with_list(&list).run(&arxiv, &scaled)));
        arxiv.misbehave(Faults::seeded(seed + 1_000, 9));
        let oai = FakeOai::start(papers.clone(), Faults::none());
        let datacite = FakeDatacite::start(papers.clone(), Faults::none());
        let (oai, datacite) = (oai.url(), datacite.url());
        let routes = ["--fallback", "oai-pmh,datacite", "--oai-url", &oai, "--datacite-url", &datacite];
        with_fallback += u32::from(complete(&Project::with_list(&list).run(&arxiv, &[&scaled[..], &routes].concat())));
    }
    println!("nine in ten refused, API only: complete for {alone} of 100 seeds (promise: 95)");
    println!("nine in ten refused, with fallback: complete for {with_fallback} of 100 seeds (promise: 100)");
}
