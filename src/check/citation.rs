//! An entry's BibTeX against arXiv: authors of whom none is arXiv's, and a year before the paper was there.

use crate::model::{Author, Citation, Code, Entry, Finding, Paper, names};
use crate::tex;

/// Letters that are no other letter with an accent, and what stands for them.
const PLAIN: [(char, char); 8] =
    [('ł', 'l'), ('ø', 'o'), ('đ', 'd'), ('ð', 'd'), ('ı', 'i'), ('æ', 'a'), ('œ', 'o'), ('ħ', 'h')];

/// The BibTeX says of authors or year what cannot be so. Where its own identifier is another one, that is told elsewhere.
pub(super) fn mismatch(entry: &Entry, paper: &Paper) -> Option<Finding> {
    let citation = entry.citation.as_ref().filter(|_| entry.rival.is_none())?;
    let wrong: Vec<_> = [authors(citation, paper), year(citation, paper)].into_iter().flatten().collect();
    if wrong.is_empty() {
        return None;
    }
    Some(Finding {
        help: Some(format!("compare the BibTeX with {}", paper.id.abs_url(None))),
        arxiv_id: Some(paper.id.clone()),
        ..Finding::new(Code::CitationMismatch, entry.place.clone(), wrong.join("; "))
    })
}

/// Authors of whom arXiv names none. Lists are shortened and spelled in many ways, so less than that is not sure.
fn authors(citation: &Citation, paper: &Paper) -> Option<String> {
    let (cited, told) = (persons(&citation.authors), persons(&paper.authors));
    // A team is cited by its name, and arXiv names its members; names in another script are not compared.
    let is_comparable = |author: &&Author| author.name().contains(' ') && is_latin(author.name());
    let comparable = |authors: &[&Author]| !authors.is_empty() && authors.iter().all(is_comparable);
    if !comparable(&cited) || !comparable(&told) {
        return None;
    }
    let all_words = |authors: &[&Author]| authors.iter().flat_map(|author| words(author.name())).collect::<Vec<_>>();
    let (cited_words, told_words) = (all_words(&cited), all_words(&told));
    let shares = |authors: &[&Author], others: &[String]| {
        authors.iter().filter_map(|author| words(author.parts().family()).pop()).any(|family| others.contains(&family))
    };
    if shares(&cited, &told_words) || shares(&told, &cited_words) {
        return None;
    }
    Some(format!("the BibTeX names {}, arXiv {}", some_of(&citation.authors), some_of(&paper.authors)))
}

/// A year long before the paper came to arXiv. A report or an article may be older than its e-print by a winter; where it is older
/// by more, the authors tell arXiv of it.
fn year(citation: &Citation, paper: &Paper) -> Option<String> {
    let cited = citation.year?;
    let first = i32::from(paper.published?.to_zoned(jiff::tz::TimeZone::UTC).year());
    let is_told = paper.journal_ref.as_deref().is_some_and(|journal| journal.contains(&cited.to_string()));
    (cited < first - 1 && !is_told).then(|| format!("the BibTeX says {cited}, and the paper came to arXiv in {first}"))
}

/// The authors without groups, and without what stands for further authors.
fn persons(authors: &[Author]) -> Vec<&Author> {
    authors.iter().filter(|author| !names::is_nobody(author.name()) && !names::is_group(author.name())).collect()
}

/// The words of a name, in the letters that it is written in where there are no others.
fn words(name: &str) -> Vec<String> {
    let plain = |word: String| {
        let plain: String =
            word.chars().map(|c| PLAIN.iter().find(|(own, _)| *own == c).map_or(c, |(_, plain)| *plain)).collect();
        ["ae", "oe", "ue"].iter().fold(plain, |word, two| word.replace(two, &two[..1]))
    };
    tex::folded_words(name).into_iter().map(plain).collect()
}

fn is_latin(name: &str) -> bool {
    tex::folded(name).chars().all(|c| c < '\u{250}')
}

fn some_of(authors: &[Author]) -> String {
    let first: Vec<_> = authors.iter().take(3).map(|author| tex::readable(author.name())).collect();
    format!("{}{}", first.join(", "), if authors.len() > 3 { " and others" } else { "" })
}
