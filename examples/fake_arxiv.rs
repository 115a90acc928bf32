//! A fake arXiv API to try the program against: it serves until it is killed, on this machine alone, the papers of the list in
//! `input/list.md` and, where given, those of a snapshot. What it answers is decided by the same files that the tests use.

#![allow(dead_code, unreachable_pub, reason = "the tests use the rest")]

#[path = "../tests/it/support/chance.rs"]
mod chance;
#[path = "../tests/it/support/fake_arxiv.rs"]
mod fake_arxiv;
#[path = "../tests/it/support/faults.rs"]
mod faults;
#[path = "../tests/it/support/feed.rs"]
mod feed;
#[path = "../tests/it/support/feed_before_2025.rs"]
mod feed_before_2025;
#[path = "../tests/it/support/http.rs"]
mod http;
#[path = "../tests/it/support/papers.rs"]
mod papers;
#[path = "../tests/it/support/query.rs"]
mod query;
#[path = "../tests/it/support/record.rs"]
mod record;
#[path = "../tests/it/support/reply.rs"]
mod reply;
#[path = "../tests/it/support/seed.rs"]
mod seed;
#[path = "../tests/it/support/server.rs"]
mod server;
#[path = "../tests/it/support/serving.rs"]
mod serving;
#[path = "../tests/it/support/snapshot.rs"]
mod snapshot;

use std::io::{self, Write};
use std::process::ExitCode;
use std::{env, fs, thread};

use fake_arxiv::FakeArxiv;
use faults::Faults;

const HELP: &str = "\
A fake arXiv API on 127.0.0.1. Prints its address on one line and serves until it is killed.

Usage: fake_arxiv [PORT] [--papers FILE] [--refuse N]

  PORT           the port to listen on (default: any free one)
  --papers FILE  serve also the papers of FILE, JSON lines as in arXiv's bulk snapshot
  --refuse N     refuse about N of 10 requests, the same ones in every run
  --help         print this
";

/// Decides which requests are refused.
const SEED: u64 = 2001_08361;

/// What the command line asks for.
#[derive(Default)]
struct Wanted {
    port: u16,
    papers: Option<String>,
    refusals_in_ten: u64,
}

fn main() -> ExitCode {
    let arguments: Vec<_> = env::args().skip(1).collect();
    if arguments.iter().any(|argument| matches!(argument.as_str(), "--help" | "-h")) {
        return told(io::stdout(), HELP);
    }
    match read(&arguments).and_then(start) {
        Ok(service) => {
            told(io::stdout(), &format!("{}\n", service.url()));
            loop {
                thread::park();
            }
        }
        Err(why) => {
            told(io::stderr(), &format!("error: {why}\n\n{HELP}"));
            ExitCode::from(2)
        }
    }
}

fn read(arguments: &[String]) -> Result<Wanted, String> {
    let mut wanted = Wanted::default();
    let mut arguments = arguments.iter();
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().ok_or(format!("{argument} wants a value"));
        match argument.as_str() {
            "--papers" => wanted.papers = Some(value()?.clone()),
            "--refuse" => {
                let refusals = value()?.parse().ok().filter(|refusals| *refusals <= 10);
                wanted.refusals_in_ten = refusals.ok_or("--refuse wants a number from 0 to 10")?;
            }
            port => wanted.port = port.parse().map_err(|_| format!("`{port}` is neither an option nor a port"))?,
        }
    }
    Ok(wanted)
}

fn start(wanted: Wanted) -> Result<FakeArxiv, String> {
    let mut papers = seed::seed();
    if let Some(file) = &wanted.papers {
        let text = fs::read_to_string(file).map_err(|error| format!("{file} cannot be read: {error}"))?;
        papers.extend(snapshot::papers(&text).map_err(|why| format!("{file}, {why}"))?);
    }
    let faults = Faults::seeded(SEED, wanted.refusals_in_ten);
    FakeArxiv::start_at(wanted.port, papers, faults).map_err(|error| format!("port {}: {error}", wanted.port))
}

/// Prints a text. A reader that has gone away is no reason to stop serving.
fn told(mut stream: impl Write, text: &str) -> ExitCode {
    let written = stream.write_all(text.as_bytes()).and_then(|()| stream.flush());
    if written.is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
