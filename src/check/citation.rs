//! An entry's BibTeX against arXiv: authors of whom none is arXiv's, and a year before the paper was there.

use crate::model::{Citation, Code, Entry, Finding, Paper};
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
    let cited: Vec<&str> = citation.authors.iter().map(String::as_str).filter(|name| !is_nobody(name)).collect();
    let told: Vec<&str> = paper.authors.iter().map(String::as_str).filter(|name| !is_nobody(name)).collect();
    // A team is cited by its name, and arXiv names its members; names in another script are not compared.
    let comparable =
        |names: &[&str]| !names.is_empty() && names.iter().all(|name| name.contains(' ') && is_latin(name));
    if !comparable(&cited) || !comparable(&told) {
        return None;
    }
    let all_words = |names: &[&str]| names.iter().flat_map(|name| words(name)).collect::<Vec<_>>();
    let (cited_words, told_words) = (all_words(&cited), all_words(&told));
    let shares = |names: &[&str], words: &[String]| {
        names.iter().filter_map(|name| family(name)).any(|family| words.contains(&family))
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

/// What stands for further authors.
fn is_nobody(name: &str) -> bool {
    let name = name.to_lowercase();
    name.trim_matches(|c: char| !c.is_alphanumeric()).is_empty()
        || ["others", "et al", "et al.", "and others"].contains(&name.trim())
        || ["team", "group", "collaboration", "consortium", "project"].iter().any(|word| name.contains(word))
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

fn family(name: &str) -> Option<String> {
    let mut words = words(name);
    if words.last().is_some_and(|last| ["jr", "sr", "ii", "iii", "iv"].contains(&last.as_str())) {
        words.pop();
    }
    words.pop()
}

fn some_of(names: &[String]) -> String {
    let first: Vec<_> = names.iter().take(3).map(|name| tex::readable(name)).collect();
    format!("{}{}", first.join(", "), if names.len() > 3 { " and others" } else { "" })
}
