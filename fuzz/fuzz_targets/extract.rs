//! No text makes the extractor panic or hang, whatever form it is taken for.

#![no_main]

use enrich::extract::{self, Options};
use libfuzzer_sys::fuzz_target;

const FORMS: [&str; 10] = ["a.md", "a.html", "a.txt", "a.bib", "a.rst", "a.org", "a.yml", "a.jsonl", "a.csv", "a.tsv"];

fuzz_target!(|text: &str| {
    for path in FORMS {
        let extracted = extract::list(path, text, &Options::default());
        for entry in &extracted.entries {
            assert_ne!(entry.title.as_deref(), Some(""));
        }
    }
});
