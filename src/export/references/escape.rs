//! Words as TeX text in a field of a BibTeX file: every special character is one to read, every brace has its partner.
//!
//! BibTeX counts braces whatever stands before them, so that not even `\{` may be alone.

use crate::export::options::Letters;
use crate::tex;

/// Plain words as TeX.
pub(super) fn plain(text: &str, letters: Letters) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    text.chars().for_each(|c| push_plain(c, &mut escaped));
    in_letters(escaped, letters)
}

/// A title that arXiv has as TeX: its formulas and commands stay, what TeX would choke on is escaped, and capitals that no
/// style may make small are held by braces.
pub(super) fn title(text: &str, letters: Letters) -> String {
    let pieces = pieces(text);
    // Without partners it cannot be told what braces were to hold.
    let is_balanced = is_balanced(&pieces);
    let capitals = Capitals::of(text);
    let mut escaped = String::with_capacity(text.len() + 16);
    let mut open = 0_usize;
    for piece in pieces {
        match piece {
            Piece::Formula(formula) => escaped.extend(["$", formula, "$"]),
            Piece::Command(name) => escaped.extend(["\\", name]),
            Piece::Open if is_balanced => {
                open += 1;
                escaped.push('{');
            }
            Piece::Close if is_balanced => {
                open = open.saturating_sub(1);
                escaped.push('}');
            }
            Piece::Open | Piece::Close => {}
            // What is within braces already stays as it is.
            Piece::Word(word) if open == 0 => push_word(word, capitals, &mut escaped),
            Piece::Word(word) => escaped.push_str(word),
            // A tie is TeX that authors write.
            Piece::Sign('~') => escaped.push('~'),
            Piece::Sign(c) => push_plain(c, &mut escaped),
        }
    }
    in_letters(escaped, letters)
}

/// A title that is no TeX.
pub(super) fn plain_title(text: &str, letters: Letters) -> String {
    let capitals = Capitals::of(text);
    let mut escaped = String::with_capacity(text.len() + 16);
    for part in text.split_inclusive(|c: char| !c.is_alphanumeric()) {
        let word = part.trim_end_matches(|c: char| !c.is_alphanumeric());
        push_word(word, capitals, &mut escaped);
        part[word.len()..].chars().for_each(|c| push_plain(c, &mut escaped));
    }
    in_letters(escaped, letters)
}

/// A piece of a text in TeX.
#[derive(Clone, Copy)]
enum Piece<'a> {
    /// What stands between two `$`.
    Formula(&'a str),
    /// A command's name, without the backslash.
    Command(&'a str),
    Open,
    Close,
    Word(&'a str),
    /// Any other character; also a backslash, a brace or a `$` that means itself.
    Sign(char),
}

fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let after = &rest[c.len_utf8()..];
        let (piece, length) = match c {
            '$' => match formula(after) {
                Some(formula) => (Piece::Formula(formula), formula.len() + 2),
                None => (Piece::Sign('$'), 1),
            },
            '\\' => command(after),
            '{' => (Piece::Open, 1),
            '}' => (Piece::Close, 1),
            c if c.is_alphanumeric() => {
                let end = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
                (Piece::Word(&rest[..end]), end)
            }
            c => (Piece::Sign(c), c.len_utf8()),
        };
        pieces.push(piece);
        rest = &rest[length..];
    }
    pieces
}

/// The command at the start of the text, of which the backslash is gone, and its length with the backslash.
fn command(text: &str) -> (Piece<'_>, usize) {
    let letters = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    match text.chars().next() {
        _ if letters > 0 => (Piece::Command(&text[..letters]), letters + 1),
        Some(c @ ('{' | '}')) => (Piece::Sign(c), 2),
        Some(c) if c.is_ascii() && !c.is_control() => (Piece::Command(&text[..1]), 2),
        Some(_) | None => (Piece::Sign('\\'), 1),
    }
}

/// The formula whose `$` is gone, if it ends and its braces have partners.
fn formula(text: &str) -> Option<&str> {
    let mut escaped = false;
    let (end, _) = text.char_indices().find(|(_, c)| {
        let is_end = *c == '$' && !escaped;
        escaped = *c == '\\' && !escaped;
        is_end
    })?;
    let formula = &text[..end];
    let is_sound = !formula.is_empty() && !formula.contains(['%', '#']) && !formula.contains(char::is_control);
    (is_sound && has_partners(formula.chars())).then_some(formula)
}

fn is_balanced(pieces: &[Piece<'_>]) -> bool {
    has_partners(pieces.iter().filter_map(|piece| match piece {
        Piece::Open => Some('{'),
        Piece::Close => Some('}'),
        _ => None,
    }))
}

/// Whether each brace has its partner, as BibTeX counts them.
fn has_partners(text: impl Iterator<Item = char>) -> bool {
    let mut depth = Some(0_usize);
    for c in text {
        depth = match c {
            '{' => depth.map(|depth| depth + 1),
            '}' => depth.and_then(|depth| depth.checked_sub(1)),
            _ => depth,
        };
    }
    depth == Some(0)
}

fn in_letters(text: String, letters: Letters) -> String {
    match letters {
        Letters::Utf8 => text,
        Letters::Ascii => tex::ascii(&text),
    }
}

fn push_plain(c: char, escaped: &mut String) {
    match c {
        '%' | '&' | '#' | '_' | '$' => escaped.extend(['\\', c]),
        '{' => escaped.push_str("\\textbraceleft{}"),
        '}' => escaped.push_str("\\textbraceright{}"),
        '\\' => escaped.push_str("\\textbackslash{}"),
        '^' => escaped.push_str("\\textasciicircum{}"),
        '~' => escaped.push_str("\\textasciitilde{}"),
        c if c.is_control() => escaped.push(' '),
        c => escaped.push(c),
    }
}

/// What the capital at the start of a word means.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Capitals {
    /// Nothing: most words of the title have one, as in `Attention Is All You Need`.
    OfTitles,
    /// A name: most words have none, as in `The spectrum of Andromeda`.
    OfNames,
}

impl Capitals {
    fn of(title: &str) -> Self {
        // The first word has one in any case, and small words have none.
        let words = title.split_whitespace().skip(1).filter(|word| word.chars().count() > 3);
        let starts = words.filter_map(|word| word.chars().find(|c| c.is_alphanumeric()));
        let (mut capital, mut small) = (0, 0);
        for start in starts {
            if start.is_uppercase() {
                capital += 1;
            } else if start.is_lowercase() {
                small += 1;
            }
        }
        if small > capital { Self::OfNames } else { Self::OfTitles }
    }
}

fn push_word(word: &str, capitals: Capitals, escaped: &mut String) {
    let is_name = capitals == Capitals::OfNames && word.starts_with(char::is_uppercase);
    // Every style leaves the first letter as it is.
    if is_fixed(word) || (is_name && !escaped.is_empty()) {
        escaped.extend(["{", word, "}"]);
    } else {
        escaped.push_str(word);
    }
}

/// Whether a word has capitals that mean something: `BERT`, `arXiv`, `T5`.
fn is_fixed(word: &str) -> bool {
    let mut letters = word.chars();
    let first = letters.next();
    let later = letters.clone().any(char::is_uppercase);
    later || (first.is_some_and(char::is_uppercase) && letters.any(|c| c.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_tex_would_choke_on_is_escaped() {
        let check = |text: &str, expected: &str| assert_eq!(title(text, Letters::Utf8), expected, "{text}");
        check("R&D at 5% & #1 in a_b^c", "R\\&{D} at 5\\% \\& \\#1 in a\\_b\\textasciicircum{}c");
        check("R\\&D at 5\\%", "R\\&D at 5\\%");
        check("costs $5", "costs \\$5");
        check("from $5 to $10 a head", "from $5 to $10 a head");
        check("an {open brace", "an open brace");
        check("a closed} one{", "a closed one");
        check("ends in \\", "ends in \\textbackslash{}");
        check("a \\{set\\}", "a \\textbraceleft{}set\\textbraceright{}");
    }

    #[test]
    fn formulas_and_commands_stay() {
        let check = |text: &str, expected: &str| assert_eq!(title(text, Letters::Utf8), expected, "{text}");
        check("The $\\alpha_{s}$ of Schr\\\"odinger", "The $\\alpha_{s}$ of Schr\\\"odinger");
        check("On \\emph{BERT}", "On \\emph{BERT}");
        check("the $O(n^2)$~bound", "the $O(n^2)$~bound");
    }

    #[test]
    fn capitals_that_mean_something_are_held() {
        let check = |text: &str, expected: &str| assert_eq!(title(text, Letters::Utf8), expected, "{text}");
        check("BERT: Pre-training of Deep Transformers", "{BERT}: Pre-training of Deep Transformers");
        check("GPT-4V and T5 on arXiv in 3D", "{GPT}-{4V} and {T5} on {arXiv} in {3D}");
        check("Attention Is All You Need", "Attention Is All You Need");
        check("A determinant of Stirling cycle numbers counts", "A determinant of {Stirling} cycle numbers counts");
    }

    #[test]
    fn accents_can_be_tex() {
        assert_eq!(title("Gödel’s BERT", Letters::Ascii), "G{\\\"o}del's {BERT}");
        assert_eq!(plain("Şimşek & Müller", Letters::Ascii), "{\\c{S}}im{\\c{s}}ek \\& M{\\\"u}ller");
    }

    #[test]
    fn plain_words_hold_no_tex() {
        assert_eq!(
            plain_title("a $b \\c {d} ~BERT_2", Letters::Utf8),
            "a \\$b \\textbackslash{}c \\textbraceleft{}d\\textbraceright{} \\textasciitilde{}{BERT}\\_2"
        );
    }

    proptest! {
        #[test]
        fn every_brace_has_its_partner(text in "[\\\\{}$%&#_^~aB é]{0,40}|\\PC{0,30}") {
            for escaped in [title(&text, Letters::Utf8), title(&text, Letters::Ascii), plain(&text, Letters::Ascii), plain_title(&text, Letters::Utf8)] {
                prop_assert!(has_partners(escaped.chars()), "{} became {}", text, escaped);
            }
        }
    }
}
