//! TeX's accents and letters in names: `Bal\'azs` to `Balázs`. arXiv's API has them resolved, its bulk metadata has not.
//! Formulas and commands that stand for no letter are left as they are.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

/// How deep accents are stacked at most; Vietnamese stacks two.
const DEEPEST: usize = 4;

/// The text with its accents and letters in Unicode and without the braces that hold them together.
pub fn plain(text: &str) -> Cow<'_, str> {
    if memchr::memchr3(b'\\', b'{', b'}', text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['\\', '{', '}']) {
        plain.push_str(&rest[..at]);
        let special = &rest[at..];
        rest = match special.strip_prefix('\\') {
            Some(command) => resolve(command, DEEPEST, &mut plain),
            None => &special[1..],
        };
    }
    plain.push_str(rest);
    Cow::Owned(plain.nfc().collect())
}

/// Writes what the command at the start of `text`, of which the backslash is gone, stands for. What follows it comes back.
fn resolve<'a>(text: &'a str, depth: usize, plain: &mut String) -> &'a str {
    if let Some(after) = letter_of(text, depth, plain) {
        return after;
    }
    let (name, rest) = split(text);
    if !matches!(name, "&" | "%" | "$" | "#" | "_" | " ") {
        plain.push('\\');
    }
    plain.push_str(name);
    rest
}

/// Writes the letter that the command at the start of `text`, of which the backslash is gone, stands for, if it is one. What
/// follows it comes back.
pub(super) fn letter<'a>(text: &'a str, plain: &mut String) -> Option<&'a str> {
    letter_of(text, DEEPEST, plain)
}

fn letter_of<'a>(text: &'a str, depth: usize, plain: &mut String) -> Option<&'a str> {
    let (name, rest) = split(text);
    // TeX takes the spaces after a command of letters for its end.
    let after = if name.starts_with(|c: char| c.is_ascii_alphabetic()) { rest.trim_start_matches(' ') } else { rest };
    if let Some(mark) = mark(name) {
        return Some(accent(mark, after, depth, plain));
    }
    plain.push_str(named(name)?);
    Some(after)
}

/// A command's name, which is all the letters or else one character, and what follows it.
pub(super) fn split(text: &str) -> (&str, &str) {
    let letters = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    text.split_at(if letters > 0 { letters } else { text.chars().next().map_or(0, char::len_utf8) })
}

/// Writes the letter at the start of `text` with a mark on it, if there is one.
fn accent<'a>(mark: char, text: &'a str, depth: usize, plain: &mut String) -> &'a str {
    let text = text.trim_start_matches([' ', '{']);
    let before = plain.len();
    let rest = match (text.strip_prefix('\\'), text.chars().next()) {
        (Some(command), _) if depth > 0 => resolve(command, depth - 1, plain),
        (_, Some(base)) if base.is_alphabetic() => {
            plain.push(base);
            &text[base.len_utf8()..]
        }
        _ => text,
    };
    // `\'\i` is an i whose dot gives way to the mark; Unicode lets the dot give way by itself.
    if plain.ends_with('ı') {
        plain.pop();
        plain.push('i');
    }
    if plain.len() > before {
        plain.push(mark);
    }
    rest
}

/// The names of all accent commands.
pub(super) const MARKS: [&str; 15] = ["`", "'", "^", "~", "=", "u", ".", "\"", "r", "H", "v", "d", "c", "k", "b"];

/// The names of all commands that stand for a letter.
pub(super) const LETTERS: [&str; 19] =
    ["aa", "AA", "ae", "AE", "dh", "DH", "dj", "DJ", "i", "j", "l", "L", "o", "O", "oe", "OE", "ss", "th", "TH"];

/// The combining character that an accent command stands for (TeX by Topic, "Accents").
pub(super) fn mark(name: &str) -> Option<char> {
    Some(match name {
        "`" => '\u{300}',
        "'" => '\u{301}',
        "^" => '\u{302}',
        "~" => '\u{303}',
        "=" => '\u{304}',
        "u" => '\u{306}',
        "." => '\u{307}',
        "\"" => '\u{308}',
        "r" => '\u{30A}',
        "H" => '\u{30B}',
        "v" => '\u{30C}',
        "d" => '\u{323}',
        "c" => '\u{327}',
        "k" => '\u{328}',
        "b" => '\u{331}',
        _ => return None,
    })
}

/// The letter that a command stands for.
pub(super) fn named(name: &str) -> Option<&'static str> {
    Some(match name {
        "aa" => "å",
        "AA" => "Å",
        "ae" => "æ",
        "AE" => "Æ",
        "dh" => "ð",
        "DH" => "Ð",
        "dj" => "đ",
        "DJ" => "Đ",
        "i" => "ı",
        "j" => "ȷ",
        "l" => "ł",
        "L" => "Ł",
        "o" => "ø",
        "O" => "Ø",
        "oe" => "œ",
        "OE" => "Œ",
        "ss" => "ß",
        "th" => "þ",
        "TH" => "Þ",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(text: &str, expected: &str) {
        assert_eq!(plain(text), expected, "{text}");
    }

    #[test]
    fn accents_become_letters() {
        check("C. Bal\\'azs", "C. Balázs");
        check("G\\\"{o}del", "Gödel");
        check("Mart{\\'\\i}nez and Mar{\\'{\\i}}a", "Martínez and María");
        check("\\v{C}ern\\'y", "Černý");
        check("Fran\\c cois Gar\\c{c}on", "François Garçon");
        check("Erd\\H{o}s", "Erdős");
        check("Nguy\\~{\\^e}n", "Nguyễn");
        check("\\.Zak", "Żak");
    }

    #[test]
    fn letters_become_letters() {
        check("S{\\o}ren \\O stergaard", "Søren Østergaard");
        check("Wei\\ss{} and \\L ukasz", "Weiß and Łukasz");
        check("\\AA ngstr\\\"om", "Ångström");
        check("Y{\\i}ld{\\i}z", "Yıldız");
    }

    #[test]
    fn what_is_no_letter_stays() {
        check("no TeX, na\u{ef}ve", "no TeX, na\u{ef}ve");
        check("The $\\Lambda$ model", "The $\\Lambda$ model");
        check("A \\& B, 5\\%", "A & B, 5%");
        check("\\~{}user", "user");
        check("ends in \\", "ends in \\");
        check("ends in \\'", "ends in ");
    }

    proptest! {
        #[test]
        fn nothing_is_too_odd(text in "[\\\\'\"{}~icHvé ø]{0,60}|\\PC{0,30}") {
            let _ = plain(&text);
        }
    }

    #[test]
    fn a_tower_of_accents_ends() {
        let _ = plain(&"\\'".repeat(1_000_000));
    }
}
