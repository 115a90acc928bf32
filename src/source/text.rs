//! White space as the sources send it, and as the output has it. What the words say is left to each source's own module.

/// Trims a text and makes each run of white space one space. The searches are much faster than a look at each byte, and
/// most texts of today's services come clean.
pub(super) fn normalise(text: &str) -> String {
    let text = text.trim_ascii();
    let mut line = String::with_capacity(text.len() + 1);
    let mut start = 0;
    for end in memchr::memchr3_iter(b'\n', b'\t', b'\r', text.as_bytes()).chain([text.len()]) {
        let part = text[start..end].trim_matches(' ');
        if !part.is_empty() {
            line.push_str(part);
            line.push(' ');
        }
        start = end + 1;
    }
    line.pop();
    match memchr::memmem::find(line.as_bytes(), b"  ") {
        None => line,
        Some(_) => line.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" "),
    }
}

#[cfg(test)]
mod tests {
    use super::normalise;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_run_of_white_space_becomes_one_space(text in "[ab \n\t\r]{0,40}") {
            prop_assert_eq!(normalise(&text), text.split_ascii_whitespace().collect::<Vec<_>>().join(" "));
        }
    }
}
