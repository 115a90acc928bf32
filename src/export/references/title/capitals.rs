//! Which capitals of a title mean something. BibTeX styles make the others small.

/// What the capital at the start of a word means.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Capitals {
    /// Nothing: most words of the title have one, as in `Attention Is All You Need`.
    OfTitles,
    /// A name: most words have none, as in `The spectrum of Andromeda`.
    OfNames,
}

impl Capitals {
    /// What they mean in this title.
    pub(super) fn of(title: &str) -> Self {
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

    /// Writes a word, in braces if its capitals are to stay.
    pub(super) fn push(self, word: &str, written: &mut String) {
        let is_name = self == Self::OfNames && word.starts_with(char::is_uppercase);
        // Every style leaves the first letter as it is.
        if is_fixed(word) || (is_name && !written.is_empty()) {
            written.extend(["{", word, "}"]);
        } else {
            written.push_str(word);
        }
    }
}

/// Whether a word has capitals that mean something: `BERT`, `arXiv`, `T5`.
fn is_fixed(word: &str) -> bool {
    let mut letters = word.chars();
    let first = letters.next();
    let later = letters.clone().any(char::is_uppercase);
    later || (first.is_some_and(char::is_uppercase) && letters.any(|c| c.is_ascii_digit()))
}
