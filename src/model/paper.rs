//! What a source of metadata says of one e-print.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{ArxivId, Author, Category, Source, Version};

/// One e-print in one version, as a source describes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paper {
    /// Which e-print.
    pub id: ArxivId,
    /// The version described; `None` where the source does not tell.
    pub version: Option<Version>,
    /// The title, white space normalised, TeX as it is.
    pub title: String,
    /// The authors in arXiv's order and spelling, with the parts of their names where the source tells them.
    pub authors: Vec<Author>,
    /// The abstract, white space normalised, TeX as it is.
    pub summary: Option<String>,
    /// The category that arXiv files the paper under.
    pub primary_category: Option<Category>,
    /// All its categories, the primary one first.
    pub categories: Vec<Category>,
    /// When the first version was submitted.
    pub published: Option<Timestamp>,
    /// When the version described was submitted.
    pub updated: Option<Timestamp>,
    /// The authors' comment, such as `12 pages, 3 figures`.
    pub comment: Option<String>,
    /// The journal reference, where the authors gave one.
    pub journal_ref: Option<String>,
    /// The DOI of the published version; the first where the authors gave several.
    pub doi: Option<String>,
    /// Who says so.
    pub source: Source,
}

impl Paper {
    /// Whether the authors or arXiv have withdrawn the paper. arXiv keeps such papers as normal entries and says it only in
    /// words, in the comment and often in the abstract.
    pub fn withdrawn(&self) -> bool {
        self.comment.as_deref().is_some_and(|comment| says_withdrawn(comment, true))
            || self.summary.as_deref().is_some_and(|summary| says_withdrawn(summary, false))
    }
}

/// What a notice calls the thing that was withdrawn.
const NOTICED: [&str; 19] = [
    "it", "paper", "papers", "article", "manuscript", "submission", "preprint", "e-print", "eprint", "work", "version",
    "note", "thesis", "report", "letter", "draft", "document", "abstract", "this",
];

/// Words that may stand between it and the word `withdrawn`.
const AUXILIARY: [&str; 13] =
    ["has", "have", "had", "been", "is", "was", "are", "were", "being", "be", "now", "temporarily", "hereby"];

/// Whether a text says that the paper itself is withdrawn, and not that somebody withdrew a claim or a drug.
fn says_withdrawn(text: &str, is_comment: bool) -> bool {
    if !memchr::memmem::find_iter(text.as_bytes(), "ithdrawn").any(|_| true) && !text.contains("ITHDRAWN") {
        return false;
    }
    let words: Vec<String> = text
        .split(|c: char| !(c.is_alphanumeric() || c == '-'))
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    words.iter().enumerate().any(|(at, word)| {
        if word != "withdrawn" {
            return false;
        }
        let after = |n: usize| words.get(at + n).map(String::as_str);
        // "Withdrawn from ICLR" is about a conference; the paper is still here.
        if after(1) == Some("from") && after(2) != Some("arxiv") && after(2) != Some("the") {
            return false;
        }
        let before: Vec<&str> = words[..at].iter().rev().map(String::as_str).collect();
        let auxiliaries = before.iter().take_while(|word| AUXILIARY.contains(word)).count();
        match before.get(auxiliaries) {
            None => is_comment || auxiliaries > 0 || after(1) == Some("by"),
            Some(subject) => auxiliaries > 0 && NOTICED.contains(subject),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, is_comment: bool, expected: bool) {
        assert_eq!(says_withdrawn(text, is_comment), expected, "{text}");
    }

    #[test]
    fn a_withdrawal_is_told_from_the_word() {
        check("This paper has been withdrawn by the author due to a crucial sign error in equation 1", true, true);
        check("This paper has been withdrawn.", false, true);
        check("Withdrawn", true, true);
        check("withdrawn by the authors", true, true);
        check("The article is now withdrawn because of an error in Lemma 3", true, true);
        check("This submission has been withdrawn by arXiv administrators", true, true);
        check("THIS PAPER HAS BEEN WITHDRAWN", true, true);
        check("We show that a withdrawn claim still spreads", false, false);
        check("The drug was withdrawn from the market", false, false);
        check("Energy is withdrawn by the turbine", false, false);
        check("Withdrawn from ICLR 2024; 12 pages", true, false);
        check("12 pages, 3 figures", true, false);
    }
}
