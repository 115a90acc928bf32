//! `enrich.toml`: what it says. Where it is looked for is left to `search`, what it means beside the command line to `settings`.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, Read};
use std::ops::Range;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use toml::Spanned;
use toml::de::{DeTable, Deserializer};

use super::layers::Above;
use super::table::{self, Fault, Origin, Place};
use super::{UsageError, search};
use crate::check::ignore::Ignored;
use crate::cli::{
    AskingOptions, CheckOptions, ExtractFormat, ExtractOptions, FailOn, ReadingOptions, RunOptions, Voice,
};
use crate::export::options::{BibOptions, ByteOrderMark, Column, CsvOptions, Delimiter, Formulas, Letters};
use crate::export::{self, findings};
use crate::extract::{Hashtags, Options, TagFrom, TaskState, TitleFrom};

/// The longest settings file that is read, in bytes.
const LONGEST: u64 = 1 << 20;

/// A settings file, read. Its paths are as the working folder sees them.
#[derive(Debug, Default)]
pub struct File {
    /// The repository that the program is called in, or the working folder where there is none.
    pub(super) root: PathBuf,
    pub(super) run: RunOptions,
    pub(super) asking: AskingOptions,
    pub(super) lists: ReadingOptions,
    pub(super) voice: Voice,
    pub(super) check: CheckOptions,
    /// How `enrich check` tells its findings.
    pub check_format: Option<findings::Format>,
    pub(super) extract: ExtractOptions,
    /// How `enrich extract` shows its entries.
    pub(super) extract_format: Option<ExtractFormat>,
    reading: ReadingSettings,
    tags: TagSettings,
    csv: CsvSettings,
    bib: BibSettings,
}

/// The `[reading]` section of a settings file.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", default, deny_unknown_fields)]
struct ReadingSettings {
    /// Where titles stand.
    title: Option<TitleFrom>,
    /// What labels entries.
    tags: Vec<TagFrom>,
    /// The headings whose entries are not read.
    skip_sections: Vec<String>,
}

/// The `[tags]` section of a settings file.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", default, deny_unknown_fields)]
struct TagSettings {
    /// Spellings of tags and what they are to become.
    aliases: BTreeMap<String, String>,
    /// Tags to leave out, as spelled after the aliases.
    ignore: BTreeSet<String>,
    /// Further table columns whose cells are tags, by their header.
    columns: BTreeSet<String>,
    /// Whether `#word` is a tag; it is where nothing is said.
    hashtags: Option<bool>,
    /// Whether the box of a task is a tag, `done` or `todo`.
    tasks: bool,
}

/// The `[csv]` section of a settings file.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct CsvSettings {
    /// Whether the file begins with a byte order mark; it does where nothing is said.
    bom: Option<bool>,
    /// What stands between two cells.
    delimiter: Delimiter,
    /// Whether an apostrophe keeps formulas from being calculated; it does where nothing is said.
    #[serde(alias = "formula-guard")]
    formula_guard: Option<bool>,
    /// The columns, in their order.
    columns: Vec<Column>,
}

/// The `[bib]` section of a settings file.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct BibSettings {
    /// Whether letters beyond ASCII are written as TeX's commands.
    ascii: bool,
}

/// The `[check]` section of a settings file.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", default, deny_unknown_fields)]
struct CheckSettings {
    /// From which level on a finding fails a check.
    fail_on: Option<FailOn>,
    /// Findings that a check leaves out.
    ignore: Option<Vec<Ignored>>,
    /// How findings are told.
    format: Option<findings::Format>,
}

/// The `[extract]` section of a settings file.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct ExtractSettings {
    /// How entries are shown.
    format: Option<ExtractFormat>,
}

/// A file of which only the sections are wanted.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Sections {
    reading: ReadingSettings,
    tags: TagSettings,
    csv: CsvSettings,
    bib: BibSettings,
    check: CheckSettings,
    extract: ExtractSettings,
}

impl File {
    /// Reads the file that is named, or the nearest one in the working folder or above, or none.
    ///
    /// # Errors
    /// The file cannot be read, says something that is not understood, or was found and reaches out of its folder.
    pub fn find(
        named: Option<&Path>,
        working_folder: &Path,
        home: Option<&Path>,
        above: Above,
    ) -> Result<Self, UsageError> {
        let found = if named.is_none() { search::nearest(working_folder, home)? } else { None };
        let mut file = match named.or(found.as_deref()) {
            Some(path) => Self::read(path, found.is_some(), working_folder, &above)?,
            None => Self::default(),
        };
        file.root = search::root(working_folder);
        file.run.output = above.run.output.or(file.run.output);
        file.run.format = above.run.format.or(file.run.format);
        Ok(file)
    }

    fn read(path: &Path, is_found: bool, working_folder: &Path, above: &Above) -> Result<Self, UsageError> {
        let folder = path.parent().unwrap_or(Path::new(""));
        let read = || {
            let origin = if is_found { Origin::Found(folder.canonicalize()?) } else { Origin::Named };
            let mut text = String::new();
            fs::File::open(path)?.take(LONGEST + 1).read_to_string(&mut text)?;
            if text.len() as u64 > LONGEST {
                return Err(io::ErrorKind::FileTooLarge.into());
            }
            Ok((text, origin))
        };
        let (text, origin) = read().map_err(|source| UsageError::Unreadable { path: path.to_owned(), source })?;
        // What stands in the working folder keeps the short paths that its user writes.
        let folder = if folder == working_folder { Path::new("") } else { folder };
        Self::parse(path, &text, &Place { folder, origin }, above)
    }

    pub(super) fn parse(path: &Path, text: &str, place: &Place<'_>, above: &Above) -> Result<Self, UsageError> {
        let line = |span: Option<Range<usize>>| {
            let before = span.map_or(0, |span| span.start);
            text.bytes().take(before).filter(|byte| *byte == b'\n').count() + 1
        };
        let refused = |error: toml::de::Error| UsageError::Settings {
            path: path.to_owned(),
            line: line(error.span()),
            message: error.message().to_owned(),
        };
        let mut whole = DeTable::parse(text).map_err(refused)?;
        table::settle(whole.get_mut(), place, above).map_err(|(span, fault)| {
            let (path, line) = (path.to_owned(), line(Some(span)));
            match fault {
                Fault::Mistake(message) => UsageError::Settings { path, line, message },
                Fault::Stranger { key, why, variable } => UsageError::Stranger { path, line, key, why, variable },
            }
        })?;
        let Sections { reading, tags, csv, bib, check, extract } = section(&whole).map_err(refused)?;
        let (run, voice) = (section(&whole).map_err(refused)?, section(&whole).map_err(refused)?);
        let (asking, lists) = (section(&whole).map_err(refused)?, section(&whole).map_err(refused)?);
        let asking = AskingOptions { memory: section(&whole).map_err(refused)?, ..asking };
        let shown = section(&whole).map_err(refused)?;
        let named: CheckOptions = section(&whole).map_err(refused)?;
        let (fail_on, ignore) = (named.fail_on.or(check.fail_on), named.ignore.or(check.ignore));
        let options = CheckOptions { fail_on, ignore, ..named };
        let (check_format, extract_format) = (check.format, extract.format);
        Ok(Self {
            root: PathBuf::new(),
            run,
            asking,
            lists,
            voice,
            check: options,
            check_format,
            extract: shown,
            extract_format,
            reading,
            tags,
            csv,
            bib,
        })
    }

    /// How lists are to be read.
    pub fn reading(&self) -> Options {
        let (reading, tags) = (&self.reading, &self.tags);
        let columns = reading.tags.iter().filter_map(|tag| match tag {
            TagFrom::Column(name) => Some(name.clone()),
            _ => None,
        });
        Options {
            aliases: tags.aliases.clone(),
            ignore: tags.ignore.clone(),
            columns: tags.columns.iter().cloned().chain(columns).collect(),
            hashtags: if tags.hashtags == Some(false) { Hashtags::Leave } else { Hashtags::Read },
            task_state: if tags.tasks { TaskState::Tag } else { TaskState::Leave },
            title: reading.title.clone(),
            tags: reading.tags.clone(),
            skip_sections: reading.skip_sections.clone(),
        }
    }

    /// How outputs are to be written.
    pub fn writing(&self) -> export::Options {
        let (csv, bib) = (&self.csv, &self.bib);
        let columns = if csv.columns.is_empty() { Column::usual() } else { csv.columns.clone() };
        export::Options {
            csv: CsvOptions {
                mark: if csv.bom == Some(false) { ByteOrderMark::LeftOut } else { ByteOrderMark::Written },
                delimiter: csv.delimiter,
                formulas: if csv.formula_guard == Some(false) { Formulas::Left } else { Formulas::Guarded },
                columns,
            },
            bib: BibOptions { letters: if bib.ascii { Letters::Ascii } else { Letters::Utf8 } },
        }
    }
}

/// Reads those keys of the file that belong to one part of the settings.
fn section<T: for<'a> Deserialize<'a>>(whole: &Spanned<DeTable<'_>>) -> Result<T, toml::de::Error> {
    T::deserialize(Deserializer::from(whole.clone()))
}
