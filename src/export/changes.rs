//! `changes.md` and `changes.json`: what is new since the output that a run replaces, for people and for programs.
//!
//! No time, host or path of the machine is in them, so that they differ only where the news do.

use std::io::{self, Write};

use serde::Serialize;

use super::inert;
use crate::model::{Altered, Changes, Named, NewPaper, NewVersion, Publication, Status, Withdrawal};

/// A file that tells the changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Telling {
    /// `changes.md`, for people.
    Markdown,
    /// `changes.json`, for programs.
    Json,
}

impl Telling {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Markdown, Self::Json];

    /// The name of the file.
    pub fn file_name(self) -> &'static str {
        match self {
            Self::Markdown => "changes.md",
            Self::Json => "changes.json",
        }
    }
}

/// One kind of news as Markdown: a heading and its items, each of them one line that holds no markup but ours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// Such as `New papers`.
    pub heading: &'static str,
    /// The items, without the marks of a list.
    pub items: Vec<String>,
}

/// `changes.json`, whose first field can stand in a commit's message.
#[derive(Serialize)]
struct Document<'a> {
    summary: String,
    #[serde(flatten)]
    changes: &'a Changes,
}

/// Writes the changes down. The same changes give the same bytes.
///
/// # Errors
/// The writer's own.
pub fn write(telling: Telling, changes: &Changes, to: &mut dyn Write) -> io::Result<()> {
    match telling {
        Telling::Markdown => {
            // The heading holds counts alone, and so the file's first line is as safe as the summary.
            writeln!(to, "# {}", changes.summary())?;
            for Section { heading, items } in sections(changes) {
                writeln!(to, "\n## {heading}\n")?;
                for item in items {
                    writeln!(to, "- {item}")?;
                }
            }
            Ok(())
        }
        Telling::Json => {
            serde_json::to_writer_pretty(&mut *to, &Document { summary: changes.summary(), changes })?;
            to.write_all(b"\n")
        }
    }
}

/// The kinds of news that there are.
pub fn sections(changes: &Changes) -> Vec<Section> {
    let names = |papers: &[Named]| papers.iter().map(name).collect();
    let sections = [
        ("New papers", changes.new.iter().map(new_paper).collect::<Vec<_>>()),
        ("Papers gone", names(&changes.gone)),
        ("Now known", names(&changes.now_known)),
        ("No longer known", names(&changes.no_longer_known)),
        ("New versions", changes.new_versions.iter().map(new_version).collect()),
        ("Newly published", changes.published.iter().map(publication).collect()),
        ("Newly withdrawn", changes.withdrawn.iter().map(withdrawal).collect()),
        ("Other tags", changes.tags.iter().map(|change| altered(change, |tag| inert::text(tag))).collect()),
        ("Other related papers", changes.related.iter().map(|change| altered(change, ToString::to_string)).collect()),
    ];
    let told = sections.into_iter().filter(|(_, items)| !items.is_empty());
    told.map(|(heading, items)| Section { heading, items }).collect()
}

/// A paper's title, linked where it has an identifier.
pub fn name(paper: &Named) -> String {
    let title = paper.title.as_deref().map(inert::text).filter(|title| !title.is_empty());
    let title = title.unwrap_or_else(|| "(no title)".to_owned());
    match (&paper.arxiv_id, &paper.url) {
        (Some(id), Some(url)) => format!("[{title}]({url}), {id}"),
        _ => title,
    }
}

fn new_paper(new: &NewPaper) -> String {
    let note = match new.status {
        Status::Enriched if new.withdrawn => "; withdrawn",
        Status::Enriched => "",
        Status::NotFound => "; arXiv has no such paper",
        Status::Unreachable => "; could not be asked for yet",
        Status::NoArxivId => "; without an arXiv id",
    };
    format!("{}{note}", name(&new.paper))
}

fn new_version(version: &NewVersion) -> String {
    let NewVersion { paper, from, to, changed, earlier_title } = version;
    let mut line = format!("{}: v{from} → v{to}", name(paper));
    if !changed.is_empty() {
        let parts: Vec<_> = changed.iter().map(ToString::to_string).collect();
        line.push_str(&format!("; changed: {}", parts.join(", ")));
    }
    if let Some(title) = earlier_title {
        line.push_str(&format!("; was “{}”", inert::text(title)));
    }
    line
}

fn publication(publication: &Publication) -> String {
    let doi = publication.doi.as_ref().map(|doi| format!("doi:{}", inert::text(doi)));
    let told: Vec<_> = publication.journal_ref.as_deref().map(inert::text).into_iter().chain(doi).collect();
    format!("{}: {}", name(&publication.paper), told.join("; "))
}

fn withdrawal(withdrawal: &Withdrawal) -> String {
    let paper = name(&withdrawal.paper);
    withdrawal.comment.as_ref().map_or(paper.clone(), |comment| format!("{paper}: “{}”", inert::text(comment)))
}

fn altered<T>(change: &Altered<T>, show: impl Fn(&T) -> String) -> String {
    let told = [("added ", &change.added), ("removed ", &change.removed)];
    let told = told.iter().filter(|(_, values)| !values.is_empty());
    let told = told.map(|(what, values)| format!("{what}{}", values.iter().map(&show).collect::<Vec<_>>().join(", ")));
    format!("{}: {}", name(&change.paper), told.collect::<Vec<_>>().join("; "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Part;

    fn named(title: &str) -> Named {
        let id: crate::model::ArxivId = "2403.07648".parse().unwrap();
        Named { url: Some(id.abs_url(None)), arxiv_id: Some(id), title: Some(title.to_owned()) }
    }

    fn told(changes: &Changes, telling: Telling) -> String {
        let mut bytes = Vec::new();
        write(telling, changes, &mut bytes).unwrap();
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn each_kind_of_news_has_its_heading_and_its_words() {
        let two = std::num::NonZeroU32::new(2).unwrap();
        let changes = Changes {
            new: vec![NewPaper { paper: named("A"), status: Status::Unreachable, withdrawn: false }],
            gone: vec![Named { arxiv_id: None, title: None, url: None }],
            new_versions: vec![NewVersion {
                paper: named("B"),
                from: std::num::NonZeroU32::MIN,
                to: two,
                changed: vec![Part::Title, Part::Abstract],
                earlier_title: Some("B or *so*".to_owned()),
            }],
            published: vec![Publication { paper: named("C"), journal_ref: None, doi: Some("10.1/x".to_owned()) }],
            tags: vec![Altered { paper: named("D"), added: vec!["x".to_owned()], removed: vec!["y".to_owned()] }],
            related: Vec::new(),
            ..Changes::default()
        };
        insta::assert_snapshot!("changes_md", told(&changes, Telling::Markdown));
        insta::assert_snapshot!("changes_json", told(&changes, Telling::Json));
    }

    #[test]
    fn a_hostile_title_stays_text_on_one_line() {
        let title = "A | B](https://evil.example)\n\n# `x` <script>alert(1)</script> @everyone fixes #1";
        let changes = Changes { gone: vec![named(title)], ..Changes::default() };
        let markdown = told(&changes, Telling::Markdown);
        assert_eq!(markdown.lines().count(), 5, "{markdown}");
        assert_eq!(
            markdown.lines().last().unwrap(),
            "- [A \\| B\\](https:&#8203;//evil.example) # \\`x\\` &lt;script&gt;alert(1)&lt;/script&gt; @&#8203;everyone \
             fixes #&#8203;1](https://arxiv.org/abs/2403.07648), 2403.07648"
        );
    }
}
