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

use unicode_normalization::UnicodeNormalization;

pub use self::ascii::ascii;
pub use self::fold::{folded, folded_words};
pub use self::letters::plain;

/// What TeX, or somebody who writes as for TeX, uses and plain text does not.
const MARKS: [&str; 9] = ["\\", "{", "$", "~", "^", "_", "--", "`", "''"];

/// The text as people read it, in Unicode and without TeX. It is one line if the text is.
pub fn readable(text: &str) -> String {
    if MARKS.iter().all(|mark| !text.contains(mark)) {
        return text.to_owned();
    }
    text::read(text).nfc().collect()
}

#[cfg(test)]
mod tests;
