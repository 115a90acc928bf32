//! The options of reading lists, which every command has that reads them.

use clap::{ArgAction, Args, builder::BoolishValueParser};
use serde::Deserialize;

/// What is expected of the lists: each may stand on the command line, in the environment, in the settings file.
#[derive(Debug, Default, Args, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct ReadingOptions {
    /// Go on where no paper was found in any list; the output of a run is empty then.
    #[arg(long, env = "ENRICH_ALLOW_EMPTY", hide_env_values = true, value_parser = BoolishValueParser::new(), action = ArgAction::SetTrue)]
    #[serde(default)]
    pub allow_empty: bool,
}
