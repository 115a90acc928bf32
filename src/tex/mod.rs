//! What TeX means, for people who read it outside TeX. Formulas are taken apart by a parser of TeX's own grammar; what remains of
//! TeX in titles and abstracts is little enough to be read here.
//!
//! What cannot be read stays as it is written: an author's own commands, and a whole formula of which a part cannot be read.

mod ascii;
mod characters;
mod commands;
mod fold;
mod formula;
mod letters;
mod line;
mod text;

use std::collections::HashMap;

use unicode_normalization::{UnicodeNormalization, is_nfc};

pub use self::ascii::ascii;
pub use self::fold::{folded, folded_words};
pub use self::letters::plain;

/// Whether TeX can set the formula, which is given without its dollars: it is whole and none of its commands is an author's own.
pub fn is_sound(formula: &str) -> bool {
    formula::is_sound(formula)
}

/// The formula at the start of the text, without the dollars or `\(` and `\)` that it stands between, and its length in bytes with
/// them. `None` where the text does not start with one; two prices are none.
pub fn formula_at(text: &str) -> Option<(&str, usize)> {
    text::formula_at(text)
}

/// Where each opening brace of the text stands that has a partner, and where that stands, in bytes. Braces that a backslash makes
/// signs are none.
pub fn groups(text: &str) -> HashMap<usize, usize> {
    text::groups(text)
}

/// The letter that the accent or letter command at the start of `text` stands for, of which the backslash is gone, and what
/// follows it. Braces that it opens may still be open there.
pub fn letter(text: &str) -> Option<(String, &str)> {
    let mut letter = String::new();
    let after = letters::letter(text, &mut letter)?;
    Some((letter.nfc().collect(), after))
}

/// The text as people read it, in Unicode and without TeX. It is one line if the text is.
pub fn readable(text: &str) -> String {
    if !has_marks(text) {
        return text.to_owned();
    }
    let read = text::read(text);
    // Most is, and that is told faster than it is made.
    if is_nfc(&read) { read } else { read.nfc().collect() }
}

/// Whether there is anything that TeX, or somebody who writes as for TeX, uses and plain text does not.
fn has_marks(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.iter().any(|byte| b"\\{$~^_`".contains(byte)) || bytes.windows(2).any(|two| two == b"--" || two == b"''")
}

#[cfg(test)]
mod tests;
