//! A list that goes on and on in one pattern is read to its end, whatever form it is taken for.

use enrich::extract::{Options, list};

use crate::support::endless::{PATHS, PATTERNS};

#[test]
fn every_pattern_is_read_to_its_end() {
    for (name, text, usual) in PATTERNS {
        let text = text(usual);
        let lines = text.lines().count() + 1;
        for path in PATHS {
            let read = list(path, &text, &Options::default());
            let mut places =
                read.entries.iter().map(|entry| &entry.place).chain(read.findings.iter().map(|it| &it.place));
            assert!(places.all(|place| (place.line as usize) <= lines), "{name} as {path}");
        }
    }
}
