//! Words as TeX text in a field of a BibTeX file: every special character is one to read. BibTeX counts braces whatever stands before them,
//! so that not even `\{` may be alone.

use crate::export::options::Letters;
use crate::tex;

/// Plain words as TeX.
pub(super) fn plain(text: &str, letters: Letters) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    text.chars().for_each(|c| push_plain(c, &mut escaped));
    in_letters(escaped, letters)
}

/// An address or a DOI, which is read letter by letter: what would end the field or start a command stands in it by number.
pub(super) fn verbatim(text: &str) -> String {
    let mut verbatim = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '{' => verbatim.push_str("%7B"),
            '}' => verbatim.push_str("%7D"),
            '\\' => verbatim.push_str("%5C"),
            c if c.is_whitespace() || c.is_control() => verbatim.push_str("%20"),
            c => verbatim.push(c),
        }
    }
    verbatim
}

/// The TeX with its letters as they are wanted.
pub(super) fn in_letters(text: String, letters: Letters) -> String {
    match letters {
        Letters::Utf8 => text,
        Letters::Ascii => tex::ascii(&text),
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
        c if c.is_control() => escaped.push(' '),
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
        assert_eq!(verbatim("https://a.example/x{1} y\\z_%20"), "https://a.example/x%7B1%7D%20y%5Cz_%20");
    }
}
