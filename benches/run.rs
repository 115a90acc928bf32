//! How long the whole program takes from start to files written, on the user's list, against a made-up arXiv on this machine
//! that answers at once: all that is not waiting for arXiv.
//!
//! `cargo bench --bench run`; the promise is under 60 ms.

#[path = "../tests/it/support/mod.rs"]
mod support;

use std::process::{Command, Stdio};

use divan::Bencher;

use support::{FakeArxiv, Faults, seed};

fn main() {
    divan::main();
}

#[divan::bench(sample_count = 50)]
fn whole_process_on_the_users_list(bencher: Bencher<'_, '_>) {
    let arxiv = FakeArxiv::start(seed(), Faults::none());
    let output = tempfile::tempdir().expect("a temporary directory");
    let list = concat!(env!("CARGO_MANIFEST_DIR"), "/input/list.md");
    bencher.bench_local(|| {
        let status = Command::new(env!("CARGO_BIN_EXE_enrich"))
            .args(["run", list, "--interval", "0ms", "--api-url", &arxiv.url(), "--output"])
            .arg(output.path())
            .stderr(Stdio::null())
            .status();
        assert!(status.is_ok_and(|status| status.success()));
    });
}
