//! What `enrich extract` is to do: the command line over the settings file.

use super::{File, UsageError, asking, when_empty};
use crate::cli::{ExtractArgs, ExtractFormat};
use crate::run::reading::WhenEmpty;
use crate::source::memory::Memory;

/// What `enrich extract` is to do.
#[derive(Clone, Debug)]
pub struct Extraction {
    /// Whether the lists may be without any entry.
    pub when_empty: WhenEmpty,
    /// What is shown.
    pub shown: Shown,
    /// What is known of the papers without asking anybody.
    pub memory: Memory,
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
///
/// # Errors
/// Says what cannot be done.
pub fn of_extract(args: &ExtractArgs, file: &File) -> Result<Extraction, UsageError> {
    let format = args.format.or(file.extract_format);
    let shown = if args.options.explain || file.extract.explain {
        Shown::Explanation(format.unwrap_or(ExtractFormat::Table))
    } else {
        Shown::Entries(format)
    };
    let memory = asking::memory(&args.memory, &file.asking.memory)?;
    Ok(Extraction { when_empty: when_empty(&args.reading, &file.lists), shown, memory })
}
