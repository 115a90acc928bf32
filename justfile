# The commands that contributors use; `just` lists them.

default:
    @just --list

# Everything that must hold before a change lands.
ci:
    .ci/run

# The tests alone.
test:
    cargo test

# The figures that the project promises.
bench:
    cargo bench

# A made-up arXiv to run against without network; it prints the address for --api-url.
fake *ARGS:
    cargo run --quiet --example fake_arxiv -- {{ARGS}}

# Take new snapshots after looking at each.
review:
    cargo insta review

# Known faults in dependencies (needs the network).
advisories:
    cargo deny check advisories
