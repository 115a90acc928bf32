//! The options of asking arXiv, which every command has that asks.

use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

use clap::{ArgAction, Args, ValueEnum, builder::BoolishValueParser};
use jiff::{Span, SpanRelativeTo};
use serde::Deserialize;
use url::Url;

/// What is known without asking anybody, for every command that reads lists: each may stand on the command line, in the
/// environment, in the settings file.
#[derive(Debug, Default, Args, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct MemoryOptions {
    /// The whole address of the arXiv API, or of a service that answers like it [default: export.arxiv.org's].
    #[arg(long, value_name = "URL", env = "ENRICH_API_URL", hide_env_values = true)]
    pub api_url: Option<Url>,
    /// A downloaded arxiv-metadata-oai-snapshot.json (or .gz, .zst, .zip), to look into before anybody is asked.
    #[arg(long, value_name = "FILE", env = "ENRICH_SNAPSHOT", hide_env_values = true)]
    pub snapshot: Option<PathBuf>,
    /// The file that keeps arXiv's answers [default: one in your cache folder].
    #[arg(long, value_name = "FILE", env = "ENRICH_CACHE", hide_env_values = true, conflicts_with = "no_cache")]
    pub cache: Option<PathBuf>,
    /// Keep no answers, and use none that were kept.
    #[arg(long, env = "ENRICH_NO_CACHE", hide_env_values = true, value_parser = BoolishValueParser::new(), action = ArgAction::SetTrue)]
    #[serde(default)]
    pub no_cache: bool,
}

/// Whom to ask for metadata, and how: each may stand on the command line, in the environment, in the settings file.
#[derive(Debug, Default, Args, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct AskingOptions {
    /// Where answers are kept, and whose.
    #[command(flatten)]
    #[serde(skip)]
    pub memory: MemoryOptions,
    /// The pause between an answer and the next request; arXiv's terms ask for 3s [default: 3s].
    #[arg(long, value_name = "TIME", env = "ENRICH_INTERVAL", hide_env_values = true)]
    pub interval: Option<Length>,
    /// The most papers to ask for in one request, up to 2000 [default: 400].
    #[arg(long, value_name = "N", env = "ENRICH_BATCH", hide_env_values = true)]
    pub batch: Option<usize>,
    /// How long to go on asking; what is not answered by then is left to a later run [default: 10m].
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
    /// Look for papers without identifier on arXiv, by title, and offer what is found.
    #[arg(long, env = "ENRICH_FIND_MISSING", hide_env_values = true, value_parser = BoolishValueParser::new(), action = ArgAction::SetTrue)]
    #[serde(default)]
    pub find_missing: bool,
    /// How long an answer of arXiv counts before it is asked for again [default: 7d].
    #[arg(long, value_name = "TIME", env = "ENRICH_MAX_AGE", hide_env_values = true)]
    pub max_age: Option<Length>,
    /// Ask nobody: use what was answered before.
    #[arg(long, env = "ENRICH_OFFLINE", hide_env_values = true, value_parser = BoolishValueParser::new(), action = ArgAction::SetTrue, conflicts_with = "refresh")]
    #[serde(default)]
    pub offline: bool,
    /// Ask for every paper, whatever was answered before.
    #[arg(long, env = "ENRICH_REFRESH", hide_env_values = true, value_parser = BoolishValueParser::new(), action = ArgAction::SetTrue)]
    #[serde(default)]
    pub refresh: bool,
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

/// A century: nobody waits longer, and what is older than that never is. The clocks below could not count much further.
const LONGEST: Duration = Duration::from_secs(100 * 365 * 24 * 3600);

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
            .map(|length| Self(length.min(LONGEST)))
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
        check("175307616h", Some(3_153_600_000_000));
        check("3", None);
        check("-3s", None);
        check("soon", None);
    }
}
