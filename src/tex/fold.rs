//! What two writings of one title or name have in common.

use unicode_normalization::UnicodeNormalization;

use super::plain;

/// The letters and digits of a text, without case and without accents: what two writings of one title have in common.
/// `$\Lambda$CDM`, `{LambdaCDM}` and `Lambda-CDM` are the same; so are `x²` and `$x^2$`, and `Schr\"odinger` and `Schrodinger`.
pub fn folded(text: &str) -> String {
    letters(&plain(text)).collect()
}

/// The words of a text, each folded.
pub fn folded_words(text: &str) -> Vec<String> {
    let plain = plain(text);
    let words = plain.split(|c: char| !c.is_alphanumeric() && !unicode_normalization::char::is_combining_mark(c));
    words.map(|word| letters(word).collect::<String>()).filter(|word| !word.is_empty()).collect()
}

/// The letters and digits of a text as [`folded`] gives them, each with where it stands. TeX is not looked into: its commands are
/// letters like others.
pub fn folded_places(text: &str) -> impl Iterator<Item = (usize, char)> {
    text.char_indices().flat_map(|(at, character)| {
        // What is folded by itself, without the letters beside it, is as good here.
        character
            .to_uppercase()
            .flat_map(char::to_lowercase)
            .nfkd()
            .filter(|c| c.is_alphanumeric())
            .map(move |c| (at, c))
    })
}

fn letters(text: &str) -> impl Iterator<Item = char> {
    // There and back again: the nearest that the standard library has to case folding, `ß` to `ss` included.
    text.nfkd()
        .flat_map(char::to_uppercase)
        .flat_map(char::to_lowercase)
        .filter(|character| character.is_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_folded_one_by_one() {
        let check = |text: &str, words: &[&str]| assert_eq!(folded_words(text), words, "{text}");
        check("LoRA: Low-Rank Adaptation", &["lora", "low", "rank", "adaptation"]);
        check("Schr\\\"odinger's naïve \u{201c}law\u{201d}", &["schrodinger", "s", "naive", "law"]);
        check("Schro\u{308}dinger", &["schrodinger"]);
        check(" -- ", &[]);
    }
}
