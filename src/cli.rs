//! The command line: its words and nothing else. What they mean together is `settings`' business.

mod asking;
mod check;
mod reading;
mod shell;

use std::path::PathBuf;

use clap::{ArgAction, Args, Parser, Subcommand, ValueEnum, ValueHint, builder::BoolishValueParser};
use serde::Deserialize;
use url::Url;

use crate::export::Format;
use crate::export::options::Column;

pub use self::asking::{AskingOptions, FallbackName, Length, MemoryOptions};
pub use self::check::{CheckArgs, CheckOptions, FailOn, Fixable};
pub use self::reading::ReadingOptions;
pub use self::shell::{CompletionsArgs, ManArgs};

/// Adds what arXiv knows of each paper to your reading list.
///
/// Reads lists as people keep them, in Markdown and other forms, finds each paper's arXiv identifier and the list's own tags,
/// asks arXiv for abstracts, authors, categories and versions, and writes both together, for programs and for people.
#[derive(Debug, Parser)]
#[command(name = "enrich", version, max_term_width = 100, propagate_version = false)]
#[command(after_help = "To begin:\n  enrich run README.md\n\n\
    Every option can also stand in enrich.toml, under its name, and in the environment variable that its help names. \
    The command line wins over the environment, the environment over the file.\n\n\
    Exit codes:\n  0  written, and every paper answered for\n  \
    1  nothing written, earlier output untouched; also where no list names a paper\n  \
    2  wrong usage, or an output that is one of the lists\n  3  written, but some papers could not be asked for; run it again later")]
pub struct Cli {
    /// How to speak to the user.
    #[command(flatten)]
    pub voice: Voice,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Read the lists, ask arXiv, write the papers.
    #[command(args_override_self = true)]
    Run(Box<RunArgs>),
    /// Show what is read from the lists, without asking anybody.
    Extract(ExtractArgs),
    /// Find what disagrees between the lists and arXiv.
    #[command(args_override_self = true)]
    Check(Box<CheckArgs>),
    /// Print the JSON Schema of enriched.json.
    Schema(SchemaArgs),
    /// See, prune or move the answers kept from earlier runs.
    Cache(CacheArgs),
    /// Print what lets your shell complete commands and options.
    Completions(CompletionsArgs),
    /// Print the manual page, or write all pages to a folder.
    Man(ManArgs),
}

/// `enrich run`.
#[derive(Debug, Args)]
pub struct RunArgs {
    /// The reading lists: files, folders that are searched for lists, or - for standard input.
    #[arg(value_name = "LIST", required = true)]
    pub lists: Vec<PathBuf>,
    /// The options, which may stand in the settings file as well.
    #[command(flatten)]
    pub options: RunOptions,
    /// What is expected of the lists.
    #[command(flatten)]
    pub reading: ReadingOptions,
}

/// `enrich extract`.
#[derive(Debug, Args)]
pub struct ExtractArgs {
    /// The reading lists: files, folders that are searched for lists, or - for standard input.
    #[arg(value_name = "LIST", required = true)]
    pub lists: Vec<PathBuf>,
    /// How to show the entries [default: table on a terminal, else jsonl].
    #[arg(long, value_enum, env = "ENRICH_EXTRACT_FORMAT", hide_env_values = true)]
    pub format: Option<ExtractFormat>,
    /// What to show.
    #[command(flatten)]
    pub options: ExtractOptions,
    /// What is known of the papers without asking anybody.
    #[command(flatten)]
    pub memory: MemoryOptions,
    /// What is expected of the lists.
    #[command(flatten)]
    pub reading: ReadingOptions,
}

/// What `enrich extract` shows: it may stand on the command line, in the environment, in the settings file.
#[derive(Debug, Default, Args, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct ExtractOptions {
    /// Say why the lists are read so: what groups of like items show, what decided each entry, what was passed over; for people,
    /// or with --format jsonl for programs.
    #[arg(long, env = "ENRICH_EXPLAIN", hide_env_values = true, value_parser = BoolishValueParser::new(), action = ArgAction::SetTrue)]
    #[serde(default)]
    pub explain: bool,
}

/// `enrich schema`.
#[derive(Debug, Args)]
pub struct SchemaArgs {
    /// Print the schema of the file that --report of `run` and `check` writes.
    #[arg(long, action = ArgAction::SetTrue)]
    pub report: bool,
}

/// `enrich cache`.
#[derive(Debug, Args)]
pub struct CacheArgs {
    /// The file that keeps arXiv's answers [default: one in your cache folder].
    #[arg(long, value_name = "FILE", global = true, env = "ENRICH_CACHE", hide_env_values = true)]
    pub cache: Option<PathBuf>,
    /// The service whose answers are meant, by the address that --api-url names it by in a run [default: arXiv itself].
    #[arg(long, value_name = "URL", global = true, env = "ENRICH_API_URL", hide_env_values = true)]
    pub api_url: Option<Url>,
    /// What to do with it.
    #[command(subcommand)]
    pub command: CacheCommand,
}

/// What to do with the cache.
#[derive(Debug, Subcommand)]
pub enum CacheCommand {
    /// Say where the file is.
    Path,
    /// Say what is in it.
    Stats,
    /// Forget old answers.
    Prune {
        /// What is older than this, such as 90d.
        #[arg(long, value_name = "TIME")]
        older_than: Length,
    },
    /// Write its papers to a file, in the form of arXiv's bulk snapshot.
    Export {
        /// The file to write.
        file: PathBuf,
    },
    /// Take papers from such a file; they are as old as the file.
    Import {
        /// The file to read.
        file: PathBuf,
    },
}

/// How entries are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ExtractFormat {
    /// For people.
    Table,
    /// One JSON object a line, for programs.
    Jsonl,
}

/// The options of `enrich run`: each may stand on the command line, in the environment, in the settings file.
#[derive(Debug, Default, Args, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct RunOptions {
    /// The folder to write to [default: output].
    #[arg(short, long, value_name = "DIR", value_hint = ValueHint::DirPath, env = "ENRICH_OUTPUT", hide_env_values = true)]
    pub output: Option<PathBuf>,
    /// The files to write [default: json,csv].
    #[arg(long, value_enum, value_delimiter = ',', env = "ENRICH_FORMAT", hide_env_values = true)]
    #[serde(alias = "formats")]
    pub format: Option<Vec<Format>>,
    /// The columns of enriched.csv, in their order, such as arxiv_id,title,tags [default: all].
    #[arg(
        long,
        value_enum,
        value_delimiter = ',',
        value_name = "COLUMN",
        env = "ENRICH_COLUMNS",
        hide_env_values = true,
        hide_possible_values = true
    )]
    pub columns: Option<Vec<Column>>,
    /// Whom to ask, and how.
    #[command(flatten)]
    #[serde(skip)]
    pub asking: AskingOptions,
    /// A Markdown file, such as README.md, to write the papers into, between <!-- enrich:start --> and <!-- enrich:end -->.
    #[arg(long, value_name = "FILE", env = "ENRICH_UPDATE", hide_env_values = true)]
    pub update: Option<PathBuf>,
    /// A file to add the run's summary to, in Markdown, such as $GITHUB_STEP_SUMMARY.
    #[arg(long, value_name = "FILE", env = "ENRICH_SUMMARY", hide_env_values = true)]
    pub summary: Option<PathBuf>,
    /// A file for a report of what the command came to, as JSON for programs; `enrich schema --report` describes it.
    #[arg(long, value_name = "FILE", env = "ENRICH_REPORT", hide_env_values = true)]
    pub report: Option<PathBuf>,
}

/// How to speak to the user; for every command.
#[derive(Debug, Default, Args, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Voice {
    /// The settings file [default: the nearest enrich.toml in this folder or above].
    #[arg(
        long,
        value_name = "FILE",
        global = true,
        help_heading = "Everywhere",
        env = "ENRICH_CONFIG",
        hide_env_values = true
    )]
    #[serde(skip)]
    pub config: Option<PathBuf>,
    /// Say nothing but errors.
    #[arg(short, long, global = true, help_heading = "Everywhere", env = "ENRICH_QUIET", hide_env_values = true, value_parser = BoolishValueParser::new(), action = ArgAction::SetTrue, conflicts_with = "verbose")]
    #[serde(default)]
    pub quiet: bool,
    /// Say more; given twice, tell each request.
    #[arg(short, long, global = true, help_heading = "Everywhere", env = "ENRICH_VERBOSE", hide_env_values = true, action = ArgAction::Count)]
    #[serde(default)]
    pub verbose: u8,
    /// When to use colours [default: auto, and never where NO_COLOR is set].
    #[arg(
        long,
        value_enum,
        value_name = "auto|always|never",
        global = true,
        help_heading = "Everywhere",
        env = "ENRICH_COLOR",
        hide_env_values = true,
        hide_possible_values = true
    )]
    pub color: Option<ColorWhen>,
    /// Whether to show a progress bar on a terminal [default: auto].
    #[arg(
        long,
        value_enum,
        value_name = "auto|never",
        global = true,
        help_heading = "Everywhere",
        env = "ENRICH_PROGRESS",
        hide_env_values = true,
        hide_possible_values = true
    )]
    pub progress: Option<ProgressWhen>,
}

/// When to show a progress bar.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ProgressWhen {
    /// On a terminal.
    #[default]
    Auto,
    /// Never.
    Never,
}

/// When to use colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ColorWhen {
    /// On a terminal, unless NO_COLOR is set.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_sound() {
        Cli::command().debug_assert();
    }
}
