//! The form of the project's lists of words: a line in brackets names the kind of the words after it, `|` parts words, lines that
//! start with `#` are comments. What the words mean is left to those who own a list.

/// The words of a list with their kinds, in its order.
pub(crate) fn words(list: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let lines = list.lines().filter(|line| !line.starts_with('#')).scan("", |kind, line| {
        let header = line.strip_prefix('[').and_then(|line| line.strip_suffix(']'));
        *kind = header.unwrap_or(kind);
        Some((*kind, if header.is_some() { "" } else { line }))
    });
    lines.flat_map(|(kind, line)| {
        line.split('|').map(str::trim).filter(|word| !word.is_empty()).map(move |word| (kind, word))
    })
}
