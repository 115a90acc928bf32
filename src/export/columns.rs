//! The columns that a table of records can have, and what stands in each. How a cell is made safe for a spreadsheet is left to
//! `csv`.

use clap::ValueEnum;
use jiff::Timestamp;
use serde::Deserialize;

use crate::model::Record;

/// What stands between the values of a list.
const BETWEEN: &str = "; ";

/// What stands between a heading and the one below it.
const BELOW: &str = " > ";

/// A column of `enriched.csv`, in the order of a record's fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, ValueEnum, Deserialize)]
#[value(rename_all = "snake_case")]
#[serde(try_from = "String")]
pub enum Column {
    /// The identifier, after `arXiv:`.
    ArxivId,
    /// The version described.
    Version,
    /// How far the metadata could be had.
    Status,
    /// The title, readable.
    Title,
    /// The title, readable, by the name that the JSON has for it.
    TitleText,
    /// The title, its TeX as it is.
    TitleTex,
    /// All authors.
    Authors,
    /// The abstract, readable.
    Abstract,
    /// The abstract, readable, by the name that the JSON has for it.
    AbstractText,
    /// The abstract, its TeX as it is.
    AbstractTex,
    /// The category that arXiv files the paper under.
    PrimaryCategory,
    /// All categories.
    Categories,
    /// The names of all categories.
    CategoryNames,
    /// The list's own labels.
    Tags,
    /// The headings above each mention.
    Sections,
    /// The day of version 1.
    Published,
    /// The day of the version described.
    Updated,
    /// The authors' comment.
    Comment,
    /// The journal reference.
    JournalRef,
    /// The DOI of the published version.
    Doi,
    /// Where the paper appeared, by the list.
    Venue,
    /// Whether the paper has been withdrawn.
    Withdrawn,
    /// The abstract page.
    Url,
    /// The PDF.
    PdfUrl,
    /// What the list calls the paper.
    ListedTitle,
    /// The addresses of the entry's other links.
    Links,
    /// The e-prints that the entry names besides its own, each after `arXiv:`.
    Related,
    /// The citation key of the entry's BibTeX.
    Citation,
    /// Every place in the lists.
    Mentions,
    /// Who described the paper.
    Source,
}

impl Column {
    /// The columns where none are chosen.
    pub fn usual() -> Vec<Self> {
        let others = [
            Self::TitleText,
            Self::TitleTex,
            Self::AbstractText,
            Self::AbstractTex,
            Self::CategoryNames,
            Self::Citation,
        ];
        Self::value_variants().iter().copied().filter(|column| !others.contains(column)).collect()
    }

    /// What the header calls it.
    pub fn name(self) -> String {
        self.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default()
    }

    /// What stands in this column for a paper.
    pub(super) fn of(self, record: &Record) -> String {
        match self {
            Self::ArxivId => record.arxiv_id.as_ref().map(|id| format!("arXiv:{id}")).unwrap_or_default(),
            Self::Version => record.version.map(|version| version.to_string()).unwrap_or_default(),
            Self::Status => record.status.as_str().to_owned(),
            Self::Title | Self::TitleText => record.shown_title().unwrap_or_default().to_owned(),
            Self::TitleTex => text(record.title.as_ref()),
            Self::Authors => join(&record.authors, |author| author.name().to_owned()),
            Self::Abstract | Self::AbstractText => record.shown_abstract().unwrap_or_default().to_owned(),
            Self::AbstractTex => record.summary.as_deref().unwrap_or_default().to_owned(),
            Self::PrimaryCategory => record.primary_category.as_ref().map(ToString::to_string).unwrap_or_default(),
            Self::Categories => join(&record.categories, ToString::to_string),
            Self::CategoryNames => join(&record.category_names, Clone::clone),
            Self::Tags => join(&record.tags, Clone::clone),
            Self::Sections => join(&record.sections, |path| path.join(BELOW)),
            Self::Published => date(record.published),
            Self::Updated => date(record.updated),
            Self::Comment => text(record.comment.as_ref()),
            Self::JournalRef => text(record.journal_ref.as_ref()),
            Self::Doi => text(record.doi.as_ref()),
            Self::Venue => record.venue.as_ref().map(ToString::to_string).unwrap_or_default(),
            Self::Withdrawn => record.withdrawn.to_string(),
            Self::Url => text(record.url.as_ref()),
            Self::PdfUrl => text(record.pdf_url.as_ref()),
            Self::ListedTitle => text(record.listed_title.as_ref()),
            Self::Links => join(&record.links, |link| link.url.clone()),
            Self::Related => join(&record.related, |id| format!("arXiv:{id}")),
            Self::Citation => record.citation.as_ref().map(|citation| citation.key.clone()).unwrap_or_default(),
            Self::Mentions => join(&record.mentions, |mention| format!("{}:{}", mention.path, mention.line)),
            Self::Source => record.source.as_str().to_owned(),
        }
    }
}

impl TryFrom<String> for Column {
    type Error = String;

    fn try_from(name: String) -> Result<Self, String> {
        <Self as ValueEnum>::from_str(&name, false).map_err(|_| {
            let known: Vec<_> = Self::value_variants().iter().map(|column| column.name()).collect();
            format!("there is no column `{name}`; the columns are {}", known.join(", "))
        })
    }
}

fn text(value: Option<&String>) -> String {
    value.cloned().unwrap_or_default()
}

fn date(value: Option<Timestamp>) -> String {
    value.map(|time| time.strftime("%Y-%m-%d").to_string()).unwrap_or_default()
}

/// The values in one cell. None of them holds what stands between two, so that the cell can be taken apart again.
pub(super) fn join<T>(values: &[T], show: impl Fn(&T) -> String) -> String {
    values.iter().map(|value| show(value).replace(BETWEEN, ", ")).collect::<Vec<_>>().join(BETWEEN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_is_named_as_the_records_field_is() {
        assert_eq!(Column::try_from("pdf_url".to_owned()), Ok(Column::PdfUrl));
        assert_eq!(Column::Abstract.name(), "abstract");
        let refusal = Column::try_from("PDF".to_owned()).unwrap_err();
        assert!(refusal.starts_with("there is no column `PDF`; the columns are arxiv_id, version, "), "{refusal}");
    }

    #[test]
    fn the_values_of_a_list_can_be_told_apart() {
        let tags = ["a; b".to_owned(), "c;d".to_owned(), "e;".to_owned()];
        assert_eq!(join(&tags, Clone::clone), "a, b; c;d; e;");
    }
}
