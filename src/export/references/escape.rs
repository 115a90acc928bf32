//! Words as TeX text in a field of a BibTeX file: every special character is one to read. BibTeX counts braces whatever stands before them,
//! so that not even `\{` may be alone.

use std::borrow::Cow;

use crate::export::options::Letters;
use crate::model::unseen::{is_joiner, is_unseen, without_controls};
use crate::tex;

/// A character that TeX takes for the place where a word may be divided.
const SOFT_HYPHEN: char = '\u{ad}';

/// Plain words as TeX.
pub(super) fn plain(text: &str, letters: Letters) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    without_unseen(text).chars().for_each(|c| push_plain(c, &mut escaped));
    in_letters(escaped, letters)
}

/// The text without characters that nobody sees, most of which TeX stops at: control characters that are no white space, and
/// formatting, but for what joins letters and divides words.
pub(super) fn without_unseen(text: &str) -> Cow<'_, str> {
    let is_kept = |c: char| c.is_whitespace() || is_joiner(c) || c == SOFT_HYPHEN;
    let is_dropped = |c: char| is_unseen(c) && !is_kept(c);
    if text.contains(is_dropped) { Cow::Owned(text.replace(is_dropped, "")) } else { Cow::Borrowed(text) }
}

/// An address or a DOI, which is read letter by letter: what would end the field, start a command or stop TeX stands in it by
/// number.
pub(super) fn verbatim(text: &str, letters: Letters) -> String {
    let mut verbatim = String::with_capacity(text.len());
    for c in without_controls(text).chars() {
        match c {
            // TeX reads two `^` and a character as another character.
            '{' | '}' | '\\' | '^' => verbatim.extend(by_number(c)),
            c if c.is_whitespace() => verbatim.push_str("%20"),
            c if is_unseen(c) || (letters == Letters::Ascii && !c.is_ascii()) => verbatim.extend(by_number(c)),
            c => verbatim.push(c),
        }
    }
    verbatim
}

/// A character as an address has it that can hold none of its kind.
fn by_number(c: char) -> impl Iterator<Item = &'static str> {
    let mut bytes = [0; 4];
    let length = c.encode_utf8(&mut bytes).len();
    bytes.into_iter().take(length).map(percent_encoding::percent_encode_byte)
}

/// The TeX with its letters as they are wanted.
pub(super) fn in_letters(text: String, letters: Letters) -> String {
    match letters {
        Letters::Utf8 => text,
        // TeX has no command for the letters that these join.
        Letters::Ascii => tex::ascii(&text.replace(is_joiner, "")),
    }
}

/// One character of plain words.
pub(super) fn push_plain(c: char, escaped: &mut String) {
    match c {
        '%' | '&' | '#' | '_' | '$' => escaped.extend(['\\', c]),
        '{' => escaped.push_str("\\textbraceleft{}"),
        '}' => escaped.push_str("\\textbraceright{}"),
        '\\' => escaped.push_str("\\textbackslash{}"),
        '^' => escaped.push_str("\\textasciicircum{}"),
        '<' => escaped.push_str("\\textless{}"),
        '>' => escaped.push_str("\\textgreater{}"),
        '|' => escaped.push_str("\\textbar{}"),
        '~' => escaped.push_str("\\textasciitilde{}"),
        c if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') => escaped.push(' '),
        c => escaped.push(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_hold_no_tex() {
        let check = |text: &str, expected: &str| assert_eq!(plain(text, Letters::Utf8), expected, "{text}");
        check("R&D at 5% & #1 for $2", "R\\&D at 5\\% \\& \\#1 for \\$2");
        check("a_b^c ~d", "a\\_b\\textasciicircum{}c \\textasciitilde{}d");
        check("\\c {d}", "\\textbackslash{}c \\textbraceleft{}d\\textbraceright{}");
        check("a < b | c > d", "a \\textless{} b \\textbar{} c \\textgreater{} d");
    }

    #[test]
    fn letters_can_be_tex() {
        assert_eq!(plain("Şimşek & Müller", Letters::Ascii), "{\\c{S}}im{\\c{s}}ek \\& M{\\\"u}ller");
    }

    #[test]
    fn an_address_stays_one_word_with_no_brace() {
        let check =
            |text: &str, letters: Letters, expected: &str| assert_eq!(verbatim(text, letters), expected, "{text}");
        check("https://a.example/x{1} y\\z_%20", Letters::Utf8, "https://a.example/x%7B1%7D%20y%5Cz_%20");
        check("https://a.example/^^5cinput\u{202e}\u{1b}", Letters::Utf8, "https://a.example/%5E%5E5cinput%E2%80%AE");
        check("https://a.example/é", Letters::Utf8, "https://a.example/é");
        check("https://a.example/é", Letters::Ascii, "https://a.example/%C3%A9");
    }

    #[test]
    fn what_nobody_sees_is_left_out() {
        assert_eq!(plain("a\u{200b}b\u{202e}c\u{1b}d\u{85}e\u{2028}f", Letters::Utf8), "abcd e f");
        assert_eq!(plain("نمی\u{200c}خواهم", Letters::Utf8), "نمی\u{200c}خواهم");
        assert_eq!(plain("a\u{200d}b\u{ad}c\u{fe0f}", Letters::Ascii), "ab\\-c");
    }
}
