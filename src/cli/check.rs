//! The words of `enrich check`.

use std::path::PathBuf;

use clap::{ArgAction, Args, ValueEnum};
use serde::Deserialize;

use super::{AskingOptions, ReadingOptions};
use crate::check::ignore::Ignored;
use crate::export::findings::Format;

/// `enrich check`.
#[derive(Debug, Args)]
#[command(after_help = "To begin:\n  enrich check README.md\n\n\
    To set right what is certain, after a look at it:\n  enrich check README.md --fix --diff\n  enrich check README.md --fix\n\n\
    A finding that is no fault is silenced in the list, by a comment in its entry or on the line before it:\n  \
    <!-- enrich-ignore: title-mismatch -->\n\n\
    or for all lists, in enrich.toml:\n  [check]\n  ignore = [\"published\", \"unknown-id:2403.07648\"]\n\n\
    Exit codes:\n  0  nothing found at the level of --fail-on or above\n  1  something found\n  \
    2  wrong usage, or a list that cannot be read or written\n  3  nothing found, but some papers could not be asked for")]
pub struct CheckArgs {
    /// The reading lists: files, folders that are searched for lists, or - for standard input.
    #[arg(value_name = "LIST", required = true)]
    pub lists: Vec<PathBuf>,
    /// How to tell the findings [default: text].
    #[arg(long, value_enum, env = "ENRICH_CHECK_FORMAT", hide_env_values = true)]
    pub format: Option<Format>,
    /// The options that may stand in the settings file as well.
    #[command(flatten)]
    pub options: CheckOptions,
    /// What is expected of the lists.
    #[command(flatten)]
    pub reading: ReadingOptions,
    /// Repair the lists: these kinds of findings, or those of which nothing is lost where none is named
    /// [default: dirty-link,insecure-link].
    #[arg(
        long,
        value_enum,
        value_name = "FINDING",
        num_args = 0..=1,
        require_equals = true,
        value_delimiter = ',',
        default_missing_value = "dirty-link,insecure-link"
    )]
    pub fix: Option<Vec<Fixable>>,
    /// Show what --fix would change, as a unified diff, and change nothing.
    #[arg(long, action = ArgAction::SetTrue)]
    pub diff: bool,
    /// Whom to ask, and how.
    #[command(flatten)]
    pub asking: AskingOptions,
}

/// The options of `enrich check` that may stand on the command line, in the environment, in the settings file.
#[derive(Debug, Default, Args, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct CheckOptions {
    /// From which level on a finding makes the exit code 1 [default: error].
    #[arg(long, value_enum, value_name = "LEVEL", env = "ENRICH_FAIL_ON", hide_env_values = true)]
    pub fail_on: Option<FailOn>,
    /// Findings to leave out, such as published,unknown-id:2403.07648.
    #[arg(long, value_name = "FINDING", value_delimiter = ',', env = "ENRICH_IGNORE", hide_env_values = true)]
    pub ignore: Option<Vec<Ignored>>,
    /// A file for a report of what the command came to, as JSON for programs; `enrich schema --report` describes it.
    #[arg(long, value_name = "FILE", env = "ENRICH_REPORT", hide_env_values = true)]
    pub report: Option<PathBuf>,
}

/// From which level on findings fail.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FailOn {
    /// What is certainly wrong.
    #[default]
    Error,
    /// What is probably a slip, too.
    Warning,
    /// Everything.
    Note,
    /// Nothing.
    Never,
}

/// What can be repaired for certain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Fixable {
    /// Links to arXiv that had to be repaired to be read.
    DirtyLink,
    /// Links over plain http.
    InsecureLink,
    /// Links to a version that has been replaced.
    NewerVersion,
}
