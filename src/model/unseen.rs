//! Characters that nobody sees: control characters, and formatting that Unicode draws nothing for. In somebody else's words they
//! can move a terminal's cursor, turn a line around, or stop TeX.

use std::borrow::Cow;
use std::fmt::Write;

/// Whether a character is a control character, or one that is not drawn (Unicode, `Default_Ignorable_Code_Point`, and the
/// separators of lines and paragraphs).
pub fn is_unseen(c: char) -> bool {
    c.is_control() || is_formatting(c)
}

/// Whether a character is one that is not drawn and no control character.
pub fn is_formatting(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}'
        | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

/// Whether a character belongs to the one before it: scripts and emoji are joined and varied by these.
pub fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}')
}

/// The words as a terminal may have them, on one line: an unseen character is shown by its number, as in `\u{202e}`.
pub fn shown(words: &str) -> Cow<'_, str> {
    escaped(words, |_| false)
}

/// The text as a terminal may have it, with its line ends and tabs.
pub fn shown_lines(text: &str) -> Cow<'_, str> {
    escaped(text, |c| matches!(c, '\n' | '\t'))
}

/// The text as a terminal may have it, with its line ends and tabs and with the escape characters of its own styles.
pub fn shown_styled(text: &str) -> Cow<'_, str> {
    escaped(text, |c| matches!(c, '\n' | '\t' | '\u{1b}'))
}

fn escaped(text: &str, is_ours: impl Fn(char) -> bool) -> Cow<'_, str> {
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len());
    let mut before = ' ';
    for c in text.chars() {
        // After a letter of ASCII there is nothing to join.
        if is_unseen(c) && !is_ours(c) && (before.is_ascii() || !is_joiner(c)) {
            // Writing into memory cannot fail.
            let _ = write!(shown, "{}", c.escape_default());
        } else {
            shown.push(c);
        }
        before = c;
    }
    Cow::Owned(shown)
}

/// The text without control characters that are no white space.
pub fn without_controls(text: &str) -> Cow<'_, str> {
    let is_dropped = |c: char| c.is_control() && !c.is_whitespace();
    if text.contains(is_dropped) { Cow::Owned(text.replace(is_dropped, "")) } else { Cow::Borrowed(text) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_would_obey_is_shown_by_its_number() {
        let check = |words: &str, expected: &str| assert_eq!(shown(words), expected, "{words:?}");
        check("plain words", "plain words");
        check("\u{1b}[2Jgone\u{7}", "\\u{1b}[2Jgone\\u{7}");
        check("a\nb\tc\r", "a\\nb\\tc\\r");
        check("\u{9b}31m", "\\u{9b}31m");
        check("\u{202e}txt.exe\u{2066}\u{200b}", "\\u{202e}txt.exe\\u{2066}\\u{200b}");
        check("two\u{2028}lines", "two\\u{2028}lines");
        assert_eq!(shown_lines("one\n\ttwo\u{1b}\r\n"), "one\n\ttwo\\u{1b}\\r\n");
    }

    #[test]
    fn letters_of_every_script_stay_as_they_are() {
        for words in ["Şimşek", "视频编辑", "مثال", "עברית", "👩‍🔬 ❤️", "نمی\u{200c}خواهم", "a\u{301}"]
        {
            assert_eq!(shown(words), words);
        }
        assert_eq!(shown("arxiv\u{200d}.org"), "arxiv\\u{200d}.org");
    }

    #[test]
    fn only_control_characters_are_dropped() {
        assert_eq!(without_controls("a\u{1b}[1mb\u{9b}\u{0}\u{7f} \n\t\u{85}é\u{202e}"), "a[1mb \n\t\u{85}é\u{202e}");
    }
}
