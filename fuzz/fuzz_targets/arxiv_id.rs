//! Whatever is accepted as an identifier prints as something that is accepted, and as the same.

#![no_main]

use enrich::model::VersionedId;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Ok((id, length)) = VersionedId::read(text) {
        assert!(text.is_char_boundary(length));
        assert_eq!(id.to_string().parse::<VersionedId>(), Ok(id));
    }
});
