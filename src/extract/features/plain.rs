//! Text as a person reads it: without emoji, numbering, brackets and quotes around it.

use std::sync::LazyLock;

use memchr::memmem;

/// Longer text is prose: nothing is taken off its ends, which could take as many steps as it has characters.
const LONGEST: usize = 2_000;

/// Trims white space, emphasis characters, bullets and emoji from both ends.
pub(in crate::extract) fn trim(text: &str) -> &str {
    let mut text = text;
    while !is_bare(text) && text.len() <= LONGEST {
        let trimmed = trim_shortcodes(text.trim_matches(|c: char| c.is_whitespace() || is_ornament(c)));
        let trimmed = unwrapped(trimmed);
        if trimmed.len() == text.len() {
            break;
        }
        text = trimmed;
    }
    text
}

/// Whether a text begins and ends with a letter or digit, as most do: then nothing stands around it.
fn is_bare(text: &str) -> bool {
    let is_plain = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
    is_plain(text.as_bytes().first()) && is_plain(text.as_bytes().last())
}

/// Trims emoji, in characters and in GitHub's `:name:`, and white space.
pub(in crate::extract) fn without_emoji(text: &str) -> &str {
    let mut text = text;
    while !is_bare(text) && text.len() <= LONGEST {
        let trimmed = trim_shortcodes(text.trim_matches(|c: char| c.is_whitespace() || is_emoji(c)));
        if trimmed.len() == text.len() {
            break;
        }
        text = trimmed;
    }
    text
}

static TWO_SPACES: LazyLock<memmem::Finder<'static>> = LazyLock::new(|| memmem::Finder::new("  "));

/// The text in one line, white space collapsed, without emoji anywhere at its ends.
pub(in crate::extract) fn line(text: &str) -> String {
    // Without short cuts in the loop it takes many bytes at a time.
    let is_plain = text.bytes().fold(true, |all, byte| all & (b' '..=b'~').contains(&byte));
    if is_bare(text) && is_plain && TWO_SPACES.find(text.as_bytes()).is_none() {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    for word in without_emoji(text).split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.extend(word.chars().filter(|c| !is_emoji(*c)));
    }
    out
}

/// A title without what people put around one: numbering, quotes, a full stop, emoji.
pub(in crate::extract) fn title(text: &str) -> String {
    let mut text = text;
    loop {
        let has_quotes = memchr::memchr2(b'"', 0xE2, text.as_bytes()).is_some();
        if is_bare(text) && !has_quotes && !text.as_bytes()[0].is_ascii_digit() || text.len() > LONGEST {
            return line(text);
        }
        let trimmed =
            without_emoji(text).trim_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '_' | '|' | '~' | '`'));
        let trimmed = trimmed
            .trim_end_matches([
                ',', ';', ':', '：', '，', '。', '–', '—', '-', '•', '·', '/', '\\', '[', '(', '<', '{', '【', '（',
            ])
            .trim_end();
        let trimmed = trimmed.strip_suffix('.').filter(|rest| !rest.ends_with('.')).unwrap_or(trimmed);
        let trimmed = trimmed
            .trim_start_matches([
                ',', ';', ':', '：', '，', '。', '.', '–', '—', '-', '•', '·', ')', ']', '>', '+', '#',
            ])
            .trim_start();
        let trimmed = without_quotes(without_numbering(trimmed));
        if trimmed.len() == text.len() {
            return line(trimmed);
        }
        text = trimmed;
    }
}

/// Removes a leading `3.`, `(3)`, `[3]`.
pub(in crate::extract) fn without_numbering(text: &str) -> &str {
    let open = text.strip_prefix(['[', '(']).unwrap_or(text);
    let digits = open.len() - open.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let rest = &open[digits..];
    if !(1..=3).contains(&digits) {
        return text;
    }
    match (open.len() < text.len(), rest.chars().next()) {
        (true, Some(']' | ')')) => rest[1..].trim_start(),
        (false, Some('.' | ')')) if rest[1..].starts_with([' ', '\r']) => rest[1..].trim_start(),
        (false, Some('、')) => rest['、'.len_utf8()..].trim_start(),
        _ => text,
    }
}

/// The pairs of quotes that titles stand in.
pub(in crate::extract) const QUOTES: [(char, char); 13] = [
    ('“', '“'),
    ('”', '”'),
    ('"', '"'),
    ('“', '”'),
    ('”', '“'),
    ('“', '"'),
    ('"', '”'),
    ('「', '」'),
    ('『', '』'),
    ('《', '》'),
    ('‘', '’'),
    ('«', '»'),
    ('„', '“'),
];

fn without_quotes(text: &str) -> &str {
    for (open, close) in QUOTES {
        if let Some(inner) = text.strip_prefix(open)
            && let Some(inner) = inner.strip_suffix(close)
            && !inner.contains(open)
            && !inner.contains(close)
        {
            return inner.trim();
        }
    }
    // A quote that opens outside the title's markup and closes within it, or the other way round.
    let quotes = |c: char| matches!(c, '"' | '“' | '”');
    if text.matches(quotes).count() == 1 { text.trim_matches(quotes).trim() } else { text }
}

/// Removes brackets that enclose the whole text.
fn unwrapped(text: &str) -> &str {
    for (open, close) in [('[', ']'), ('(', ')'), ('【', '】'), ('（', '）'), ('<', '>'), ('「', '」')] {
        if let Some(inner) = text.strip_prefix(open) {
            match inner.strip_suffix(close) {
                Some(inner) if !inner.contains([open, close]) => return inner,
                // An unpaired one is a leftover of broken markup.
                None if !inner.contains(close) => return inner,
                _ => {}
            }
        } else if let Some(inner) = text.strip_suffix(close)
            && !inner.contains(open)
        {
            return inner;
        }
    }
    text
}

fn trim_shortcodes(text: &str) -> &str {
    let is_code = |code: &str| {
        !code.is_empty()
            && code.len() < 40
            && code.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'_' | b'+' | b'-'))
            && code.bytes().any(|b| b.is_ascii_lowercase())
    };
    let mut text = text;
    while let Some((code, rest)) =
        text.strip_prefix(':').and_then(|rest| rest.split_once(':')).filter(|(code, _)| is_code(code))
    {
        let _ = code;
        text = rest.trim_start();
    }
    while let Some((rest, code)) =
        text.strip_suffix(':').and_then(|rest| rest.rsplit_once(':')).filter(|(_, code)| is_code(code))
    {
        let _ = code;
        text = rest.trim_end();
    }
    text
}

fn is_ornament(c: char) -> bool {
    is_emoji(c)
        || matches!(
            c,
            '*' | '_'
                | '•'
                | '·'
                | '-'
                | '–'
                | '—'
                | '+'
                | '>'
                | '~'
                | '`'
                | '|'
                | '✓'
                | '→'
                | '▪'
                | '●'
                | '○'
                | '◦'
                | '#'
        )
}

/// Whether a character is a picture rather than text.
pub(in crate::extract) fn is_emoji(c: char) -> bool {
    matches!(u32::from(c),
        0x1F000..=0x1FAFF | 0x2600..=0x27BF | 0x2B00..=0x2BFF | 0x2300..=0x23FF | 0xFE00..=0xFE0F | 0xFFFC | 0x200D | 0x20E3 | 0x2934..=0x2935 | 0xE0020..=0xE007F)
}

/// Calls `then` with the text in lower case; short texts, which words are, need no room for it.
pub(in crate::extract) fn with_lower<T>(text: &str, then: impl FnOnce(&str) -> T) -> T {
    let mut buffer = [0; 64];
    match buffer.get_mut(..text.len()) {
        Some(room) if text.is_ascii() => {
            room.copy_from_slice(text.as_bytes());
            room.make_ascii_lowercase();
            then(std::str::from_utf8(room).unwrap_or(text))
        }
        _ => then(&text.to_lowercase()),
    }
}

/// How many words a text has; every Chinese or Japanese character counts for half of one.
pub(in crate::extract) fn word_count(text: &str) -> usize {
    if text.is_ascii() {
        let mut count = 0;
        let mut in_word = false;
        for byte in text.bytes() {
            let is_letter = byte.is_ascii_alphanumeric();
            count += usize::from(is_letter && !in_word);
            in_word = is_letter || in_word && byte > b' ';
        }
        return count;
    }
    let han = text.chars().filter(|c| (0x3040..0xFFF0).contains(&u32::from(*c))).count();
    text.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).count() + han / 2
}

/// Whether a text is a date and nothing else: `2023`, `May, 2023`, `2023/05/12`, `12 Jan 2020`, `2023年5月`.
pub(in crate::extract) fn is_date(text: &str) -> bool {
    let text = trim(text);
    let has_digit = text.bytes().any(|byte| byte.is_ascii_digit());
    if has_digit
        && text.len() <= 10
        && text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'-' | b'/' | b'.'))
    {
        return true;
    }
    if text.is_empty() || text.len() > 40 || !(has_digit || text.is_ascii() && text.len() < 10) {
        return false;
    }
    with_lower(text, is_lower_date)
}

fn is_lower_date(text: &str) -> bool {
    let mut has_digit = false;
    let is_part = |part: &str| {
        let letters = part.trim_end_matches('.');
        let is_month = letters.len() >= 3 && MONTHS.iter().any(|month| month.starts_with(letters));
        let digits =
            letters.trim_end_matches("st").trim_end_matches("nd").trim_end_matches("rd").trim_end_matches("th");
        is_month || (digits.len() <= 8 && !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()))
    };
    let separators = |c: char| {
        c.is_whitespace()
            || matches!(c, ',' | '/' | '-' | '.' | ':' | '\'' | '’' | '~' | '–' | '年' | '月' | '日' | '(' | ')')
    };
    let all = text.split(separators).filter(|part| !part.is_empty()).all(|part| {
        has_digit |= part.bytes().any(|b| b.is_ascii_digit());
        is_part(part)
    });
    all && (has_digit || MONTHS.contains(&text))
}

const MONTHS: [&str; 13] = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "sept", "october",
    "november", "december",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_lose_what_stands_around_them() {
        let check = |text: &str, expected: &str| assert_eq!(title(text), expected, "{text}");
        check("\"Rockets for Beginners.\"", "Rockets for Beginners");
        check("3. Rockets", "Rockets");
        check(":star: Rockets 🚀", "Rockets");
        check("“Rockets“,", "Rockets");
        check("3D Rockets", "3D Rockets");
        check("Rockets?", "Rockets?");
        check("2.5 Rockets", "2.5 Rockets");
    }

    #[test]
    fn dates_are_told_from_other_labels() {
        let check = |text: &str, expected: bool| assert_eq!(is_date(text), expected, "{text}");
        check("May, 2023", true);
        check("Dec., 2012", true);
        check("2023/05/12", true);
        check("12 Jan 2020", true);
        check("2023年5月", true);
        check("CVPR, 2023", false);
        check("Mars 2023", false);
        check("", false);
    }
}
