//! `references.bib`: one BibTeX entry a paper, for BibTeX and biber alike.

mod names;

use std::io::{self, Write};

use super::escape::{self, verbatim};
use super::{Kind, Reference, title};
use crate::export::options::{BibOptions, Letters};
use crate::model::{Record, Status};

pub(in crate::export) fn write(records: &[Record], options: BibOptions, to: &mut dyn Write) -> io::Result<()> {
    for (at, reference) in super::of(records, options.letters).iter().enumerate() {
        if at > 0 {
            writeln!(to)?;
        }
        entry(reference, options.letters, to)?;
    }
    Ok(())
}

fn entry(reference: &Reference<'_>, letters: Letters, to: &mut dyn Write) -> io::Result<()> {
    writeln!(to, "@{}{{{},", kind(reference), reference.key)?;
    for (field, value) in fields(reference, letters) {
        writeln!(to, "  {field} = {{{value}}},")?;
    }
    writeln!(to, "}}")
}

fn kind(reference: &Reference<'_>) -> &'static str {
    match reference.kind {
        // Styles want an article's journal; of many papers only the DOI is known.
        Kind::Article if reference.appeared.container.is_none() => "misc",
        Kind::Article => "article",
        Kind::ConferencePaper => "inproceedings",
        Kind::Chapter => "incollection",
        Kind::Book => "book",
        Kind::DoctoralThesis => "phdthesis",
        Kind::MastersThesis => "mastersthesis",
        Kind::Report => "techreport",
        Kind::Preprint | Kind::Other => "misc",
    }
}

/// The fields that are known, in the order in which people look for them.
fn fields(reference: &Reference<'_>, letters: Letters) -> Vec<(&'static str, String)> {
    let Reference { record, kind, appeared, .. } = reference;
    let plain = |text: &String| escape::plain(text, letters);
    // arXiv's titles are TeX, the lists' are not.
    let title = record.title.as_deref().map(|text| match record.status {
        Status::Enriched => title::of_tex(text, letters),
        Status::NotFound | Status::Unreachable | Status::NoArxivId => title::of_words(text, letters),
    });
    let container = match kind {
        Kind::Article => "journal",
        Kind::ConferencePaper | Kind::Chapter => "booktitle",
        Kind::Book | Kind::DoctoralThesis | Kind::MastersThesis | Kind::Report | Kind::Preprint | Kind::Other => "note",
    };
    let eprint = record.arxiv_id.as_ref();
    let is_published = reference.doi.is_some() || appeared.container.is_some();
    let fields = [
        ("title", title),
        ("author", names::field(&reference.authors, reference.others_follow, letters)),
        // BibTeX sorts what nobody wrote by this.
        ("key", reference.authors.is_empty().then(|| escape::plain(&reference.key, letters))),
        (container, appeared.container.as_ref().map(plain)),
        ("year", reference.year.map(|year| year.to_string())),
        ("volume", appeared.volume.as_ref().map(plain)),
        ("number", appeared.issue.as_ref().map(plain)),
        ("pages", appeared.pages.as_ref().map(|pages| plain(pages).replace('–', "-").replace('-', "--"))),
        ("doi", reference.doi.as_deref().map(|doi| verbatim(doi, letters))),
        ("eprint", eprint.map(ToString::to_string)),
        ("archivePrefix", eprint.map(|_| "arXiv".to_owned())),
        ("primaryClass", eprint.and(record.primary_category.as_ref()).map(ToString::to_string)),
        ("url", reference.url.filter(|_| !is_published).map(|url| verbatim(url, letters))),
        ("keywords", keywords(&record.tags, letters)),
        ("note", record.withdrawn.then(|| "Withdrawn".to_owned())),
    ];
    fields.into_iter().filter_map(|(field, value)| Some((field, value.filter(|value| !value.is_empty())?))).collect()
}

fn keywords(tags: &[String], letters: Letters) -> Option<String> {
    // What stands between two may not stand in one.
    let tags: Vec<_> = tags.iter().map(|tag| escape::plain(&tag.replace(',', ";"), letters)).collect();
    (!tags.is_empty()).then(|| tags.join(", "))
}

#[cfg(test)]
mod tests;
