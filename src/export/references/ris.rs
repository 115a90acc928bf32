//! `references.ris`: the tagged form that EndNote, Zotero and Mendeley read (RIS format specification, Research Information
//! Systems). A field is one line; lines end with CR and LF.

use std::io::{self, Write};

use super::{Kind, Reference};
use crate::export::options::Letters;
use crate::model::unseen::without_controls;
use crate::model::{Name, Record};

pub(in crate::export) fn write(records: &[Record], to: &mut dyn Write) -> io::Result<()> {
    for reference in super::of(records, Letters::Utf8) {
        for (tag, value) in fields(&reference) {
            write!(to, "{tag}  - {}\r\n", one_line(&value))?;
        }
        write!(to, "ER  - \r\n\r\n")?;
    }
    Ok(())
}

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Article => "JOUR",
        // What Zotero and others write for a paper in proceedings; CPAPER is one that was only read out.
        Kind::ConferencePaper => "CONF",
        Kind::Chapter => "CHAP",
        Kind::Book => "BOOK",
        Kind::DoctoralThesis | Kind::MastersThesis => "THES",
        Kind::Report => "RPRT",
        // Unpublished work is as near as the form comes to a preprint.
        Kind::Preprint => "UNPB",
        Kind::Other => "GEN",
    }
}

fn fields(reference: &Reference<'_>) -> Vec<(&'static str, String)> {
    let Reference { record, appeared, .. } = reference;
    let mut fields = vec![("TY", kind(reference.kind).to_owned()), ("ID", reference.key.clone())];
    let mut add =
        |tag, value: Option<String>| fields.extend(value.filter(|value| !value.is_empty()).map(|value| (tag, value)));
    add("TI", record.shown_title().map(str::to_owned));
    for name in &reference.authors {
        add("AU", Some(author(name)));
    }
    add("PY", reference.year.map(|year| year.to_string()));
    // PY may be taken for the year of the conference.
    add("DA", reference.year.filter(|_| reference.kind == Kind::ConferencePaper).map(|year| year.to_string()));
    if reference.kind == Kind::Preprint {
        add("DA", record.published.map(|time| time.strftime("%Y/%m/%d").to_string()));
        add("PB", Some("arXiv".to_owned()));
    }
    add("T2", appeared.container.clone());
    // The title of the proceedings, where T2 is the conference's name.
    add("C3", appeared.container.clone().filter(|_| reference.kind == Kind::ConferencePaper));
    add("VL", appeared.volume.clone());
    add("IS", appeared.issue.clone());
    let pages = appeared.pages.as_deref().map(|pages| pages.split_once(['-', '–']).unwrap_or((pages, "")));
    add("SP", pages.map(|(first, _)| first.to_owned()));
    add("EP", pages.map(|(_, last)| last.to_owned()));
    add("DO", reference.doi.clone());
    add("AN", record.arxiv_id.as_ref().map(|id| format!("arXiv:{id}")));
    add("UR", reference.url.map(str::to_owned));
    add("L1", record.pdf_url.clone());
    for tag in &record.tags {
        add("KW", Some(tag.clone()));
    }
    add("N1", record.withdrawn.then(|| "Withdrawn".to_owned()));
    add("AB", record.shown_abstract().map(str::to_owned));
    fields
}

/// A comma parts a name, and so none may stand within a part.
fn author(name: &Name) -> String {
    let part = |text: &str| text.replace(',', "");
    match name {
        Name::Person { family, given, suffix: Some(suffix) } => {
            format!("{}, {}, {}", part(family), part(given), part(suffix))
        }
        Name::Person { family, given, suffix: None } => format!("{}, {}", part(family), part(given)),
        Name::Whole(name) => part(name),
    }
}

fn one_line(text: &str) -> String {
    without_controls(text).split_whitespace().collect::<Vec<_>>().join(" ")
}
