//! What stands in brackets.

/// Text in brackets that is longer is a sentence.
pub(in crate::extract) const LONGEST: usize = 80;

const PAIRS: [(char, char); 4] = [('[', ']'), ('(', ')'), ('【', '】'), ('（', '）')];

/// Returns what stands in brackets, with its place; of nested ones the innermost.
pub(in crate::extract) fn bracketed(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let closing = |c: char| matches!(c, ']' | ')' | '】' | '）' | '\n');
    let opening = |c: char| matches!(c, '[' | '(' | '【' | '（');
    let ascii = memchr::memchr2_iter(b'[', b'(', text.as_bytes());
    let wide = (!text.is_ascii()).then(|| text.match_indices(['【', '（']).map(|(at, _)| at)).into_iter().flatten();
    ascii.chain(wide).filter_map(move |at| {
        let start = at + text[at..].chars().next()?.len_utf8();
        let window = &text[start..text.floor_char_boundary(text.len().min(start + LONGEST))];
        let end = window.find(|c| closing(c) || opening(c))?;
        window[end..].starts_with(|c| closing(c) && c != '\n').then(|| (start, &window[..end]))
    })
}

/// Splits off what stands in brackets at the start of a text.
pub(in crate::extract) fn at_start(text: &str) -> Option<(&str, &str)> {
    let (open, close) = PAIRS.iter().find(|(open, _)| text.starts_with(*open))?;
    let end = text.find(*close)?;
    Some((&text[open.len_utf8()..end], &text[end + close.len_utf8()..]))
}

/// Splits off what stands in brackets at the end of a text.
pub(in crate::extract) fn at_end(text: &str) -> Option<(&str, &str)> {
    let (open, close) = PAIRS.iter().find(|(_, close)| text.ends_with(*close))?;
    let start = text.rfind(*open)?;
    Some((&text[start + open.len_utf8()..text.len() - close.len_utf8()], &text[..start]))
}
