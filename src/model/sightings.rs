//! Everything in a text that looks like an arXiv identifier, wherever it stands. This is what a repair must leave in place; which
//! of it presents a paper is left to `extract`.

use percent_encoding::percent_decode_str;

use super::ArxivId;

/// No archive's name with its class is longer.
const LONGEST_NAME: usize = 24;

/// The numbers in the form of an identifier, right or wrong, and the old-style identifiers, without their versions, as often as they
/// stand there and in their order. What is written with `%2F` and the like is read.
pub fn sightings(text: &str) -> Vec<String> {
    let text = percent_decode_str(text).decode_utf8_lossy();
    let bytes = text.as_bytes();
    let run = |from: usize| bytes[from..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let mut found = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let digits = run(at);
        let end = at + digits;
        if digits == 7 {
            found.extend(old_style(&text[..at], &text[at..end]));
        }
        if digits >= 4 && bytes.get(end) == Some(&b'.') && run(end + 1) >= 4 {
            let end = end + 1 + run(end + 1);
            found.push(text[at..end].to_owned());
        }
        at = end + 1;
    }
    found
}

/// The old-style identifier of this number, where an archive stands before it.
fn old_style(before: &str, number: &str) -> Option<String> {
    let before = before.strip_suffix('/')?;
    let is_name = |byte: &u8| byte.is_ascii_alphabetic() || matches!(byte, b'-' | b'.');
    let length = before.bytes().rev().take(LONGEST_NAME).take_while(is_name).count();
    let name = &before[before.len() - length..];
    // `math.GT` is an archive with its class, but in `arXiv.math` the archive comes last.
    let mut starts = std::iter::once(0).chain(name.match_indices('.').map(|(at, _)| at + 1));
    let id: ArxivId = starts.find_map(|start| format!("{}/{number}", &name[start..]).parse().ok())?;
    Some(id.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        assert_eq!(sightings(text), expected, "{text}");
    }

    #[test]
    fn whatever_looks_like_an_identifier_is_seen() {
        check("…/abs/1804.00013,1804.00014v2", &["1804.00013", "1804.00014"]);
        check("arxiv.org/abs/2403.07648pdf2403.07649", &["2403.07648", "2403.07649"]);
        check("1804.0001 and 18041.000132", &["1804.0001", "18041.000132"]);
        check("abs/hep-th/9901001 math.GT%2F0309136v1", &["hep-th/9901001", "math/0309136"]);
        check("10.48550/arXiv.math/0309136 cs.SE/0309136", &["math/0309136", "cs/0309136"]);
        check("1804.00014 1804.00013 1804.00014", &["1804.00014", "1804.00013", "1804.00014"]);
        check("on 2024.01, 1234567, abs/9901001, v1.2345, 12.5", &[]);
    }
}
