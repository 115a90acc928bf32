//! The command line: its words and nothing else. What they mean together is `settings`' business.

mod shell;

use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

use clap::{ArgAction, Args, Parser, Subcommand, ValueEnum, ValueHint, builder::BoolishValueParser};
use jiff::{Span, SpanRelativeTo};
use serde::Deserialize;
use url::Url;

use crate::export::Format;
use crate::export::options::Column;

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
    Exit codes:\n  0  written, and every paper answered for\n  1  nothing written, earlier output untouched\n  \
    2  wrong usage\n  3  written, but some papers could not be asked for; run it again later")]
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
    /// Print the JSON Schema of enriched.json.
    Schema,
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
}

/// `enrich cache`.
#[derive(Debug, Args)]
pub struct CacheArgs {
    /// The file that keeps arXiv's answers [default: one in your cache folder].
    #[arg(long, value_name = "FILE", global = true, env = "ENRICH_CACHE", hide_env_values = true)]
    pub cache: Option<PathBuf>,
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
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
    /// The whole address of the arXiv API, or of a service that answers like it [default: export.arxiv.org's].
    #[arg(long, value_name = "URL", env = "ENRICH_API_URL", hide_env_values = true)]
    pub api_url: Option<Url>,
    /// The pause between an answer and the next request; arXiv's terms ask for 3s [default: 3s].
    #[arg(long, value_name = "TIME", env = "ENRICH_INTERVAL", hide_env_values = true)]
    pub interval: Option<Length>,
    /// The most papers to ask for in one request, up to 2000 [default: 400].
    #[arg(long, value_name = "N", env = "ENRICH_BATCH", hide_env_values = true)]
    pub batch: Option<usize>,
    /// How long to go on asking an arXiv that refuses [default: 10m].
    #[arg(long, value_name = "TIME", env = "ENRICH_DEADLINE", hide_env_values = true)]
    pub deadline: Option<Length>,
    /// Whom to ask where arXiv's API refuses for a minute [default: oai-pmh,datacite; none with another --api-url].
    #[arg(
        long,
        value_enum,
        value_delimiter = ',',
        value_name = "WHOM",
        env = "ENRICH_FALLBACK",
        hide_env_values = true
    )]
    pub fallback: Option<Vec<FallbackName>>,
    /// The address of arXiv's OAI-PMH interface, or of one that answers like it [default: arXiv's].
    #[arg(long, value_name = "URL", env = "ENRICH_OAI_URL", hide_env_values = true)]
    pub oai_url: Option<Url>,
    /// The address of DataCite's API, or of one that answers like it [default: DataCite's].
    #[arg(long, value_name = "URL", env = "ENRICH_DATACITE_URL", hide_env_values = true)]
    pub datacite_url: Option<Url>,
    /// A downloaded arxiv-metadata-oai-snapshot.json (or .gz, .zst, .zip), to look into before anybody is asked.
    #[arg(long, value_name = "FILE", env = "ENRICH_SNAPSHOT", hide_env_values = true)]
    pub snapshot: Option<PathBuf>,
    /// Look for papers without identifier on arXiv, by title, and offer what is found.
    #[arg(long, env = "ENRICH_FIND_MISSING", hide_env_values = true, value_parser = BoolishValueParser::new(), action = ArgAction::SetTrue)]
    #[serde(default)]
    pub find_missing: bool,
    /// How long an answer of arXiv counts before it is asked for again [default: 7d].
    #[arg(long, value_name = "TIME", env = "ENRICH_MAX_AGE", hide_env_values = true)]
    pub max_age: Option<Length>,
    /// The file that keeps arXiv's answers [default: one in your cache folder].
    #[arg(long, value_name = "FILE", env = "ENRICH_CACHE", hide_env_values = true, conflicts_with = "no_cache")]
    pub cache: Option<PathBuf>,
    /// Keep no answers, and use none that were kept.
    #[arg(long, env = "ENRICH_NO_CACHE", hide_env_values = true, value_parser = BoolishValueParser::new(), action = ArgAction::SetTrue)]
    #[serde(default)]
    pub no_cache: bool,
    /// Ask nobody: use what was answered before.
    #[arg(long, env = "ENRICH_OFFLINE", hide_env_values = true, value_parser = BoolishValueParser::new(), action = ArgAction::SetTrue, conflicts_with = "refresh")]
    #[serde(default)]
    pub offline: bool,
    /// Ask for every paper, whatever was answered before.
    #[arg(long, env = "ENRICH_REFRESH", hide_env_values = true, value_parser = BoolishValueParser::new(), action = ArgAction::SetTrue)]
    #[serde(default)]
    pub refresh: bool,
    /// A Markdown file, such as README.md, to write the papers into, between <!-- enrich:start --> and <!-- enrich:end -->.
    #[arg(long, value_name = "FILE", env = "ENRICH_UPDATE", hide_env_values = true)]
    pub update: Option<PathBuf>,
    /// A file to add the run's summary to, in Markdown, such as $GITHUB_STEP_SUMMARY.
    #[arg(long, value_name = "FILE", env = "ENRICH_SUMMARY", hide_env_values = true)]
    pub summary: Option<PathBuf>,
    /// A mail address to name to arXiv, in case your requests trouble it.
    #[arg(long, value_name = "MAIL", env = "ENRICH_CONTACT", hide_env_values = true)]
    pub contact: Option<String>,
}

/// Another route to arXiv's metadata.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FallbackName {
    /// arXiv's OAI-PMH interface, for the last few papers.
    OaiPmh,
    /// DataCite, which registers arXiv's DOIs, for more.
    Datacite,
    /// Nobody else.
    None,
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
    #[arg(short, long, global = true, help_heading = "Everywhere", env = "ENRICH_QUIET", hide_env_values = true, value_parser = BoolishValueParser::new(), action = ArgAction::SetTrue)]
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

/// A length of time as people write it: `3s`, `10m`, `7d`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Length(pub Duration);

impl FromStr for Length {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let span: Option<Span> = text.trim().parse().ok();
        span.and_then(|span| span.to_duration(SpanRelativeTo::days_are_24_hours()).ok())
            .and_then(|length| Duration::try_from(length).ok())
            .map(Self)
            .ok_or_else(|| format!("`{text}` is no length of time; write it like 3s, 10m or 7d"))
    }
}

impl TryFrom<String> for Length {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_sound() {
        Cli::command().debug_assert();
    }

    #[test]
    fn a_length_of_time_is_read_as_people_write_it() {
        let check = |text: &str, millis: Option<u64>| {
            assert_eq!(text.parse::<Length>().ok(), millis.map(|ms| Length(Duration::from_millis(ms))), "{text}");
        };
        check("3s", Some(3000));
        check("0ms", Some(0));
        check("10m", Some(600_000));
        check("1h 30m", Some(5_400_000));
        check("2.5s", Some(2500));
        check("7d", Some(604_800_000));
        check("3", None);
        check("-3s", None);
        check("soon", None);
    }
}
