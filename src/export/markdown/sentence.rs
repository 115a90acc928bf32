//! The first sentence of an abstract.

use unicode_segmentation::UnicodeSegmentation;

/// After these a full stop ends a word and not a sentence.
const SHORTENED: [&str; 20] = [
    "e.g.", "i.e.", "al.", "etc.", "vs.", "cf.", "resp.", "approx.", "fig.", "figs.", "eq.", "eqs.", "sec.", "ref.",
    "refs.", "no.", "dr.", "prof.", "st.", "viz.",
];

/// The text up to the end of its first sentence (Unicode Standard Annex 29), or all of it where it is one.
pub(super) fn first(text: &str) -> &str {
    let mut end = 0;
    for sentence in text.split_sentence_bounds() {
        end += sentence.len();
        if !is_shortened(&text[..end]) {
            break;
        }
    }
    text[..end].trim_end()
}

/// Whether a text ends in a shortened word, or in somebody's initial.
fn is_shortened(text: &str) -> bool {
    let Some(word) = text.split_whitespace().next_back() else { return true };
    let word = word.trim_start_matches(['(', '[', '"', '“']);
    let initial =
        word.strip_suffix('.').is_some_and(|name| name.chars().count() == 1 && name.chars().all(char::is_uppercase));
    initial || SHORTENED.contains(&word.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    fn check(text: &str, first: &str) {
        assert_eq!(super::first(text), first, "{text}");
    }

    #[test]
    fn a_sentence_ends_where_a_reader_would_end_it() {
        check("We do this. Then that.", "We do this.");
        check("Is it so? It is.", "Is it so?");
        check("It gains 3.5 points over GPT-4. More follows.", "It gains 3.5 points over GPT-4.");
        check(
            "Models, e.g. BERT by Devlin et al. (2019), help. So we did.",
            "Models, e.g. BERT by Devlin et al. (2019), help.",
        );
        check("Following J. Doe et al. We extend it. End.", "Following J. Doe et al. We extend it.");
        check("我们提出一种方法。它很好。", "我们提出一种方法。");
        check("no end at all", "no end at all");
        check("", "");
    }
}
