//! The characters that Unicode has for what TeX sets small, with a mark or in a special alphabet.

use pulldown_latex::event::Font;

/// A row of characters and what they become, one for one.
type Table = (&'static str, &'static str);

const SUPERSCRIPTS: Table = (
    "0123456789+-−=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVWαβγδεθιφχ∘∗*†‡′″‴⊤%",
    "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂᵅᵝᵞᵟᵋᶿᶥᵠᵡ°**†‡′″‴ᵀ%",
);

/// The astronomers' signs stand at the foot of a letter well enough as they are.
const SUBSCRIPTS: Table = ("0123456789+-−=()aehijklmnoprstuvxβγρφχ⊙⊕☉", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ⊙⊕☉");

/// What TeX puts over a letter, and the combining character for it.
const OVER: Table = (
    "^ˆ~˜‾¯→⃗˙.¨´`ˋˇ˘˚",
    "\u{302}\u{302}\u{303}\u{303}\u{304}\u{304}\u{20d7}\u{20d7}\u{307}\u{307}\u{308}\u{301}\u{300}\u{300}\u{30c}\u{306}\u{30a}",
);

const UNDER: Table = ("_‾~.", "\u{332}\u{332}\u{330}\u{323}");

/// The letters that Unicode had before it got the whole alphabet, and that are missing there.
const SCRIPT: Table = ("BEFHILMRego", "ℬℰℱℋℐℒℳℛℯℊℴ");
const FRAKTUR: Table = ("CHIRZ", "ℭℌℑℜℨ");
const DOUBLE_STRUCK: Table = ("CHNPQRZ", "ℂℍℕℙℚℝℤ");

fn look_up((from, to): Table, c: char) -> Option<char> {
    from.chars().zip(to.chars()).find(|(known, _)| *known == c).map(|(_, found)| found)
}

/// The text as an exponent, if all of it can be one.
pub(super) fn superscript(text: &str) -> Option<String> {
    text.chars().filter(|c| *c != ' ').map(|c| look_up(SUPERSCRIPTS, c)).collect()
}

/// The text as an index, if all of it can be one.
pub(super) fn subscript(text: &str) -> Option<String> {
    text.chars().filter(|c| *c != ' ').map(|c| look_up(SUBSCRIPTS, c)).collect()
}

/// The combining character for a mark over a letter.
pub(super) fn over(mark: char) -> Option<char> {
    look_up(OVER, mark)
}

/// The combining character for a mark under a letter.
pub(super) fn under(mark: char) -> Option<char> {
    look_up(UNDER, mark)
}

/// A letter in an alphabet that means something: a set ℝ, a complexity 𝒪, an algebra 𝔤. Bold, italic and the like are the same
/// letter to whoever searches for it or has it read out.
pub(super) fn in_font(c: char, font: Option<Font>) -> char {
    let (early, capital, small, digit) = match font {
        Some(Font::Script | Font::BoldScript) => (SCRIPT, 0x1d49c, 0x1d4b6, None),
        Some(Font::Fraktur | Font::BoldFraktur) => (FRAKTUR, 0x1d504, 0x1d51e, None),
        Some(Font::DoubleStruck) => (DOUBLE_STRUCK, 0x1d538, 0x1d552, Some(0x1d7d8)),
        _ => return c,
    };
    let code = u32::from(c);
    let other = match c {
        'A'..='Z' => Some(capital + code - u32::from('A')),
        'a'..='z' => Some(small + code - u32::from('a')),
        '0'..='9' => digit.map(|zero| zero + code - u32::from('0')),
        _ => None,
    };
    look_up(early, c).or(other.and_then(char::from_u32)).unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_even() {
        for (from, to) in [SUPERSCRIPTS, SUBSCRIPTS, OVER, UNDER, SCRIPT, FRAKTUR, DOUBLE_STRUCK] {
            assert_eq!(from.chars().count(), to.chars().count(), "{from}");
        }
    }

    #[test]
    fn every_letter_of_an_alphabet_is_one() {
        let check = |font: Font, plain: &str, expected: &str| {
            assert_eq!(plain.chars().map(|c| in_font(c, Some(font))).collect::<String>(), expected);
        };
        check(Font::Script, "ABOZabez", "𝒜ℬ𝒪𝒵𝒶𝒷ℯ𝓏");
        check(Font::Fraktur, "ACgz", "𝔄ℭ𝔤𝔷");
        check(Font::DoubleStruck, "ANRZk1", "𝔸ℕℝℤ𝕜𝟙");
        check(Font::Bold, "xB", "xB");
    }
}
