//! White space as the sources send it, and as the output has it. What the words say is left to each source's own module,
//! but for the TeX of names, which arXiv's API alone resolves.

use crate::tex;

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

/// A name, or several, whose TeX is resolved as arXiv's API resolves it.
pub(super) fn name(text: &str) -> String {
    let spaced = ["\\ ", "\\,"].iter().fold(text.to_owned(), |text, space| text.replace(space, " "));
    // The service that parts names leaves pieces behind: arXiv has authors called `\\`.
    normalise(&tex::plain(&spaced).replace(['~', '\\'], " "))
}

#[cfg(test)]
mod tests {
    use super::{name, normalise};
    use proptest::prelude::*;

    #[test]
    fn names_have_letters_and_spaces_for_tex() {
        let check = |text: &str, expected: &str| assert_eq!(name(text), expected, "{text}");
        check("Jos\\'e~Garc{\\'\\i}a", "José García");
        check("M.\\,Finger,\\ Jr.", "M. Finger, Jr.");
        check("\\\\", "");
    }

    proptest! {
        #[test]
        fn every_run_of_white_space_becomes_one_space(text in "[ab \n\t\r]{0,40}") {
            prop_assert_eq!(normalise(&text), text.split_ascii_whitespace().collect::<Vec<_>>().join(" "));
        }
    }
}
