//! `enrich.toml`: where it is, and what it says. What it means beside the command line is decided in `settings`.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::path::{Path, PathBuf};

use clap::CommandFactory;
use serde::Deserialize;
use toml::Spanned;

use super::UsageError;
use crate::check::ignore::Ignored;
use crate::cli::{AskingOptions, CheckOptions, Cli, FailOn, ReadingOptions, RunOptions, Voice};
use crate::export;
use crate::export::options::{BibOptions, ByteOrderMark, Column, CsvOptions, Delimiter, Formulas, Letters};
use crate::extract::{Hashtags, Options, TaskState};

/// The settings file that is looked for in the working folder and those above.
const FILE_NAME: &str = "enrich.toml";

/// A settings file, read.
#[derive(Debug, Default)]
pub struct File {
    /// The folder it stands in: its paths start there.
    pub(super) folder: PathBuf,
    pub(super) run: RunOptions,
    pub(super) asking: AskingOptions,
    pub(super) lists: ReadingOptions,
    pub(super) voice: Voice,
    pub(super) check: CheckOptions,
    tags: TagSettings,
    csv: CsvSettings,
    bib: BibSettings,
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
}

/// A file of which only the sections are wanted.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Sections {
    tags: TagSettings,
    csv: CsvSettings,
    bib: BibSettings,
    check: CheckSettings,
}

impl File {
    /// Reads the file that is named, or the nearest one above the working folder, or none.
    ///
    /// # Errors
    /// The file cannot be read, or says something that is not understood.
    pub fn find(named: Option<&Path>, working_folder: &Path) -> Result<Self, UsageError> {
        let path = match named {
            Some(path) => path.to_owned(),
            None => match working_folder.ancestors().map(|folder| folder.join(FILE_NAME)).find(|path| path.is_file()) {
                Some(path) => path,
                None => return Ok(Self::default()),
            },
        };
        let text =
            std::fs::read_to_string(&path).map_err(|source| UsageError::Unreadable { path: path.clone(), source })?;
        let mut file = Self::parse(&path, &text)?;
        // What stands in the working folder keeps the short paths that its user writes.
        let folder = path.parent().unwrap_or(Path::new(""));
        file.folder = if folder == working_folder { PathBuf::new() } else { folder.to_owned() };
        Ok(file)
    }

    pub(super) fn parse(path: &Path, text: &str) -> Result<Self, UsageError> {
        let wrong = |span: Option<Range<usize>>, message: String| {
            let before = span.map_or(0, |span| span.start);
            let line = text.bytes().take(before).filter(|byte| *byte == b'\n').count() + 1;
            UsageError::Settings { path: path.to_owned(), line, message }
        };
        let refused = |error: toml::de::Error| wrong(error.span(), error.message().to_owned());
        // Every option of the command line may stand here, so the command line tells which keys there are.
        let command = Cli::command();
        let subcommands = command.get_subcommands().flat_map(clap::Command::get_arguments);
        let mut known: Vec<_> = command.get_arguments().chain(subcommands).filter_map(clap::Arg::get_long).collect();
        // What writes into the lists is asked for each time.
        known.retain(|name| !["fix", "diff"].contains(name));
        known.extend(["formats", "tags", "csv", "bib", "check"]);
        let keys: BTreeMap<Spanned<String>, toml::Value> = toml::from_str(text).map_err(refused)?;
        if let Some(key) = keys.keys().find(|key| !known.contains(&key.as_ref().as_str())) {
            return Err(wrong(Some(key.span()), format!("there is no setting `{}`", key.as_ref())));
        }
        let Sections { tags, csv, bib, check } = section(text).map_err(refused)?;
        let (run, voice) = (section(text).map_err(refused)?, section(text).map_err(refused)?);
        let (asking, lists) = (section(text).map_err(refused)?, section(text).map_err(refused)?);
        let named: CheckOptions = section(text).map_err(refused)?;
        let check = CheckOptions {
            fail_on: named.fail_on.or(check.fail_on),
            ignore: named.ignore.or(check.ignore),
            report: named.report,
        };
        Ok(Self { folder: PathBuf::new(), run, asking, lists, voice, check, tags, csv, bib })
    }

    /// How lists are to be read.
    pub fn reading(&self) -> Options {
        let tags = &self.tags;
        Options {
            aliases: tags.aliases.clone(),
            ignore: tags.ignore.clone(),
            columns: tags.columns.clone(),
            hashtags: if tags.hashtags == Some(false) { Hashtags::Leave } else { Hashtags::Read },
            task_state: if tags.tasks { TaskState::Tag } else { TaskState::Leave },
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
fn section<T: for<'a> Deserialize<'a>>(text: &str) -> Result<T, toml::de::Error> {
    toml::from_str(text)
}
