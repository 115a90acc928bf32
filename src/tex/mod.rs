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

use unicode_normalization::{UnicodeNormalization, is_nfc};

pub use self::ascii::ascii;
pub use self::fold::{folded, folded_places, folded_words};
pub use self::formula::is_sound;
pub use self::letters::plain;
pub use self::text::{formula_at, groups};

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
