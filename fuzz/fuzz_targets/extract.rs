//! No text makes the extractor panic or hang, whatever form it is taken for.

#![no_main]

use enrich::extract::{self, Options};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    for path in ["list.md", "list.html", "list.txt", "list.bib"] {
        let extracted = extract::list(path, text, &Options::default());
        for entry in &extracted.entries {
            assert_ne!(entry.title.as_deref(), Some(""));
        }
    }
});
