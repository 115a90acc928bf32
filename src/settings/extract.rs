//! What `enrich extract` is to do: the command line over the settings file.

use super::{File, when_empty};
use crate::cli::{ExtractArgs, ExtractFormat};
use crate::run::reading::WhenEmpty;

/// What `enrich extract` is to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Extraction {
    /// Whether the lists may be without any entry.
    pub when_empty: WhenEmpty,
    /// What is shown.
    pub shown: Shown,
}

/// What `enrich extract` shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// The entries, in this form or in the one that suits where they go.
    Entries(Option<ExtractFormat>),
    /// Why the lists are read as they are.
    Explanation(ExtractFormat),
}

/// What `enrich extract` is to do. An explanation is for people, wherever it goes, unless programs are named.
pub fn of_extract(args: &ExtractArgs, file: &File) -> Extraction {
    let format = args.format.or(file.extract_format);
    let shown = if args.options.explain || file.extract.explain {
        Shown::Explanation(format.unwrap_or(ExtractFormat::Table))
    } else {
        Shown::Entries(format)
    };
    Extraction { when_empty: when_empty(&args.reading, &file.lists), shown }
}
