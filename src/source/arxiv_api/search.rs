//! Looking papers up by title: several titles in one question, and what the service offers is verified by title and author.

use reqwest::Client;
use url::Url;

use super::Service;
use super::answer::Answer;
use super::request::{self, LONGEST_REQUEST_LINE};
use crate::model::Paper;
use crate::source::retry::Patience;
use crate::source::snapshot::Match;
use crate::source::titles::TitleQuestion;

/// At most so many titles in one question: the service takes long over longer ones.
const MOST_TITLES: usize = 10;

/// How many papers to take for each title. The right one is among the first if it is there.
const PAPERS_FOR_A_TITLE: usize = 5;

/// The address that asks for papers with these titles (arXiv API User's Manual, section 5.1).
pub(in crate::source) fn address(endpoint: &Url, titles: &[(usize, TitleQuestion)]) -> Url {
    let phrase = |(_, question): &(usize, TitleQuestion)| format!("ti:\"{}\"", words(&question.title));
    let query = titles.iter().map(phrase).collect::<Vec<_>>().join(" OR ");
    let mut address = endpoint.clone();
    let most = (titles.len() * PAPERS_FOR_A_TITLE).to_string();
    address.query_pairs_mut().append_pair("search_query", &query).append_pair("max_results", &most);
    address
}

/// How many of the titles, from the first, fit into one question; at least one.
pub(in crate::source) fn fitting(endpoint: &Url, titles: &[(usize, TitleQuestion)]) -> usize {
    let most = titles.len().min(MOST_TITLES);
    (1..=most)
        .rev()
        .find(|&count| address(endpoint, &titles[..count]).as_str().len() < LONGEST_REQUEST_LINE)
        .unwrap_or(1)
}

/// Asks once.
pub(in crate::source) async fn ask(
    client: &Client,
    service: &Service,
    titles: &[(usize, TitleQuestion)],
    patience: Patience,
) -> Answer {
    request::get(client, service, address(&service.endpoint, titles), patience).await
}

/// The papers that are one of those asked for.
pub(in crate::source) fn verified(titles: &[(usize, TitleQuestion)], papers: &[Paper]) -> Vec<Match> {
    let mut matches = Vec::new();
    for (at, question) in titles {
        for paper in papers {
            if question.names(&paper.title, &paper.authors) {
                matches.push(Match { question: *at, id: paper.id.clone(), title: paper.title.clone() });
            }
        }
    }
    matches
}

/// The words of a title, without what the query language would take for its own.
fn words(title: &str) -> String {
    let words = title.split(|c: char| !(c.is_alphanumeric() || c == '-' || c == '\''));
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn question(title: &str) -> (usize, TitleQuestion) {
        (0, TitleQuestion { title: title.to_owned(), surnames: vec!["Dettmers".to_owned()] })
    }

    #[test]
    fn titles_are_phrases_and_lose_what_the_query_language_knows() {
        let endpoint = Url::parse("https://export.arxiv.org/api/query").unwrap();
        let address = address(&endpoint, &[question("Which \"GPU(s)\" to Get: AND/OR?"), question("Movie Gen")]);
        let pairs: Vec<_> = address.query_pairs().into_owned().collect();
        assert_eq!(pairs[0].1, "ti:\"Which GPU s to Get AND OR\" OR ti:\"Movie Gen\"");
        assert_eq!(pairs[1].1, "10");
    }

    #[test]
    fn a_question_stays_under_the_longest_request_line() {
        let endpoint = Url::parse("https://export.arxiv.org/api/query").unwrap();
        let long: Vec<_> = (0..30).map(|n| question(&format!("{n} {}", "word ".repeat(300)))).collect();
        let count = fitting(&endpoint, &long);
        assert!((1..MOST_TITLES).contains(&count), "{count}");
        assert_eq!(fitting(&endpoint, &[question("One"), question("Two")]), 2);
    }
}
