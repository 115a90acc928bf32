//! Flags over environment over `enrich.toml`: what the user wants, checked and complete.

mod asking;
mod check;
mod confine;
mod extract;
mod file;
mod layers;
mod options;
mod report;
mod search;
mod table;

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::cache::{Kept, Task};
use crate::cli::{CacheArgs, CacheCommand, ReadingOptions, RunArgs, Voice};
use crate::export::Format;
use crate::lists::Outputs;
use crate::report::file::ReportError;
use crate::run::reading::WhenEmpty;
use crate::run::{self, Overlap, Settings};
use crate::source::arxiv_api;
use crate::source::{Authority, Clock};

pub use self::check::of_check;
pub use self::extract::{Extraction, Shown, of_extract};
pub use self::file::File;
pub use self::layers::{Above, Given, given};
pub use self::report::{report_of_check, report_of_run};

const DEFAULT_OUTPUT: &str = "output";
const DEFAULT_FORMATS: [Format; 2] = [Format::Json, Format::Csv];

/// The user asks for something that cannot be done, or not in this way.
#[derive(Debug, thiserror::Error)]
pub enum UsageError {
    /// The settings file cannot be read.
    #[error("cannot read the settings file {}", path.display())]
    Unreadable {
        /// Which file.
        path: PathBuf,
        /// Why not.
        #[source]
        source: io::Error,
    },
    /// The settings file does not say what it should.
    #[error("{}:{line}: {message}", path.display())]
    Settings {
        /// Which file.
        path: PathBuf,
        /// Where in it, counted from 1.
        line: usize,
        /// What is wrong.
        message: String,
    },
    /// A settings file that was found is no plain file of the place where it was found.
    #[error("{} is no regular file, or a link that leads out of the repository", path.display())]
    NotPlain {
        /// Which file.
        path: PathBuf,
    },
    /// A settings file that was found says what only one may say that the user named.
    #[error("{}:{line}: `{key}` {why}, and the file was found and not named", path.display())]
    Stranger {
        /// Which file.
        path: PathBuf,
        /// Where in it, counted from 1.
        line: usize,
        /// The key.
        key: String,
        /// What its value does.
        why: &'static str,
        /// The environment variable that may say it.
        variable: String,
    },
    /// A file of the output folder that nobody named is a link to elsewhere.
    #[error("{} is a link that leads out of the repository, or to nowhere", path.display())]
    WayOut {
        /// Which file.
        path: PathBuf,
    },
    /// arXiv's terms forbid it.
    #[error("--interval {}ms is too short for {host}: arXiv's terms allow one request in 3 s", interval.as_millis())]
    TooFast {
        /// The interval asked for.
        interval: Duration,
        /// The host.
        host: String,
    },
    /// More identifiers than arXiv answers at once, or none.
    #[error("--batch {0} is not between 1 and {max}", max = arxiv_api::LARGEST_BATCH)]
    Batch(usize),
    /// The address is none that can be asked over HTTP.
    #[error("{option} must be an http or https address, and not {scheme}:")]
    Address {
        /// Which option.
        option: &'static str,
        /// What it starts with instead.
        scheme: String,
    },
    /// The system does not say where a user's caches are.
    #[error("this system has no folder for caches")]
    NoCacheFolder,
    /// The contact cannot stand in a request's header.
    #[error("--contact must be a plain mail address")]
    Contact,
    /// Standard input has no file to be repaired in.
    #[error("standard input cannot be repaired")]
    StandardInput,
    /// The report cannot stand where it should.
    #[error(transparent)]
    Report(#[from] ReportError),
    /// The report would stand where the command reads or writes something else.
    #[error(transparent)]
    Overlap(#[from] Overlap),
}

impl UsageError {
    /// What the user can do about it.
    pub fn hint(&self) -> String {
        let hint = match self {
            Self::Stranger { path, key, variable, .. } => {
                let path = path.display();
                return format!("if you trust the file, name it with --config {path}; else use --{key} or {variable}");
            }
            Self::WayOut { .. } => "if the link is yours, name the folder with --output",
            Self::NotPlain { .. } => "name the settings file with --config",
            Self::Unreadable { .. } => "check the file, or name another with --config",
            Self::Settings { .. } => "see `enrich run --help`: a key is an option's name without the dashes",
            Self::TooFast { .. } => {
                "leave --interval out, or set it to 3s or more (https://info.arxiv.org/help/api/tou.html)"
            }
            Self::Batch(_) => "leave --batch out to ask for 400 at a time",
            Self::Address { .. } => "give the service's whole address, as in https://export.arxiv.org/api/query",
            Self::NoCacheFolder => "name the file with --cache",
            Self::Contact => "write it like somebody@example.org",
            Self::StandardInput => "name the file, or leave --fix out",
            Self::Report(_) | Self::Overlap(_) => "choose another file with --report",
        };
        hint.to_owned()
    }
}

/// What `enrich run` is to do: the command line over the settings file, checked.
///
/// # Errors
/// Says what cannot be done.
pub fn of_run(args: RunArgs, file: File, clock: Clock) -> Result<Settings, UsageError> {
    let (reading, mut writing) = (file.reading(), file.writing());
    let (flags, set) = (args.options, file.run);
    if let Some(mut columns) = flags.columns.or(set.columns) {
        let mut seen = BTreeSet::new();
        columns.retain(|column| seen.insert(*column));
        writing.csv.columns = columns;
    }
    let mut formats = flags.format.or(set.format).unwrap_or_else(|| DEFAULT_FORMATS.to_vec());
    formats.sort();
    formats.dedup();
    let output = flags.output.or(set.output).map_or_else(|| unnamed_output(&file.root), Ok)?;
    Ok(Settings {
        lists: args.lists,
        reading,
        when_empty: when_empty(&args.reading, &file.lists),
        output,
        formats,
        writing,
        update: flags.update.or(set.update),
        summary: flags.summary.or(set.summary),
        report: flags.report.or(set.report),
        routes: asking::routes(flags.asking, file.asking, clock)?,
    })
}

fn when_empty(flags: &ReadingOptions, set: &ReadingOptions) -> WhenEmpty {
    if flags.allow_empty || set.allow_empty { WhenEmpty::Allowed } else { WhenEmpty::Refused }
}

/// The output folder where nobody names one.
fn unnamed_output(root: &Path) -> Result<PathBuf, UsageError> {
    let output = PathBuf::from(DEFAULT_OUTPUT);
    match confine::way_out(&output, root) {
        Some(path) => Err(UsageError::WayOut { path }),
        None => Ok(output),
    }
}

/// What `enrich run` would write, which a search for lists passes over.
pub fn outputs(file: &File) -> Outputs {
    let folder = file.run.output.clone().unwrap_or_else(|| DEFAULT_OUTPUT.into());
    run::outputs(folder, file.run.format.as_deref().unwrap_or(&DEFAULT_FORMATS))
}

impl Voice {
    /// Puts the command line over the settings file.
    pub fn over(self, file: &File) -> Self {
        let set = &file.voice;
        Self {
            config: self.config,
            quiet: self.quiet || set.quiet,
            verbose: if self.verbose > 0 { self.verbose } else { set.verbose },
            color: self.color.or(set.color),
            progress: self.progress.or(set.progress),
        }
    }
}

/// What `enrich cache` is to do, and with which file.
///
/// # Errors
/// There is no cache folder, and no file was named.
pub fn of_cache(args: CacheArgs, file: File) -> Result<(Task, Kept), UsageError> {
    let endpoint = asking::endpoint(args.api_url.or(file.asking.memory.api_url))?;
    let named = args.cache.or(file.asking.memory.cache);
    let path = named.or_else(|| asking::cache_file(&endpoint)).ok_or(UsageError::NoCacheFolder)?;
    let kept = Kept { authority: Authority::of(&endpoint), heir: asking::heir(&path, &endpoint), path };
    let task = match args.command {
        CacheCommand::Path => Task::Path,
        CacheCommand::Stats => Task::Stats,
        CacheCommand::Prune { older_than } => Task::Prune(older_than.0),
        CacheCommand::Export { file } => Task::Export(file),
        CacheCommand::Import { file } => Task::Import(file),
    };
    Ok((task, kept))
}

#[cfg(test)]
mod tests {
    use super::table::{Origin, Place};
    use super::*;
    use crate::cli::Command;
    use crate::export::options::{ByteOrderMark, Formulas};

    fn settings(line: &str, toml: &str) -> Result<Settings, UsageError> {
        let Given { cli, above } = given(line.split(' ').map(Into::into), |_| None).unwrap();
        let Command::Run(args) = cli.command else { panic!("{line}") };
        let place = Place { folder: Path::new(""), origin: Origin::Named };
        let file = File::parse(Path::new("enrich.toml"), toml, &place, &above)?;
        of_run(*args, file, Clock::started(jiff::Timestamp::UNIX_EPOCH))
    }

    fn refusal(line: &str, toml: &str) -> String {
        settings(line, toml).unwrap_err().to_string()
    }

    #[test]
    fn the_defaults_are_arxivs_terms() {
        let settings = settings("enrich run list.md", "").unwrap();
        assert_eq!(settings.routes.arxiv.endpoint, arxiv_api::endpoint());
        assert_eq!(settings.routes.arxiv.interval, Duration::from_secs(3));
        assert_eq!(settings.routes.arxiv.batch, 400);
        assert_eq!(settings.routes.arxiv.deadline, Duration::from_secs(600));
        assert_eq!(settings.formats, [Format::Json, Format::Csv]);
        assert_eq!(settings.output, Path::new("output"));
    }

    #[test]
    fn flags_win_over_the_file() {
        let toml = "output = 'data'\nformats = ['csv']\nbatch = 7\ninterval = '5s'\nquiet = true\n";
        let settings = settings("enrich run list.md --batch 8", toml).unwrap();
        assert_eq!(settings.routes.arxiv.batch, 8);
        assert_eq!(settings.routes.arxiv.interval, Duration::from_secs(5));
        assert_eq!(settings.formats, [Format::Csv]);
        assert_eq!(settings.output, Path::new("data"));
    }

    #[test]
    fn the_columns_of_the_csv_are_chosen_by_flag_or_file() {
        let columns = |line: &str, toml: &str| {
            let columns = settings(line, toml).unwrap().writing.csv.columns;
            columns.iter().map(|column| column.name()).collect::<Vec<_>>().join(" ")
        };
        let file = "[csv]\ncolumns = ['title', 'abstract_tex']\n";
        assert_eq!(columns("enrich run l.md", file), "title abstract_tex");
        assert_eq!(columns("enrich run l.md --columns tags,arxiv_id,tags", file), "tags arxiv_id");
        assert_eq!(columns("enrich run l.md", "columns = ['doi']\n"), "doi");
        let usual = columns("enrich run l.md", "");
        assert!(usual.starts_with("arxiv_id version status title authors abstract primary_category "), "{usual}");
        assert!(usual.ends_with(" listed_title links related mentions source"), "{usual}");
    }

    #[test]
    fn the_csv_is_for_spreadsheets_unless_the_file_says_otherwise() {
        let csv = |toml: &str| settings("enrich run l.md", toml).unwrap().writing.csv;
        let usual = csv("");
        assert_eq!(
            (usual.delimiter.byte(), usual.mark, usual.formulas),
            (b',', ByteOrderMark::Written, Formulas::Guarded)
        );
        let other = csv("[csv]\nbom = false\ndelimiter = ';'\nformula_guard = false\n");
        assert_eq!(
            (other.delimiter.byte(), other.mark, other.formulas),
            (b';', ByteOrderMark::LeftOut, Formulas::Left)
        );
    }

    #[test]
    fn a_mistake_in_the_csv_section_is_told_with_its_line() {
        let check = |toml: &str, start: &str| {
            let refused = refusal("enrich run l.md", toml);
            assert!(refused.starts_with(start), "{refused}");
        };
        check(
            "[csv]\nbom = true\ncolumns = ['title', 'abstrakt']\n",
            "enrich.toml:3: there is no column `abstrakt`; the columns are arxiv_id, ",
        );
        check("batch = 7\n[csv]\ndelimiter = ';;'\n", "enrich.toml:3: the delimiter must be one character ");
        check("[csv]\n\nguard = true\n", "enrich.toml:3: unknown field `guard`");
    }

    #[test]
    fn arxiv_is_never_asked_faster_than_its_terms_allow() {
        let refused = refusal("enrich run l.md --interval 2999ms", "");
        assert!(refused.contains("2999ms") && refused.contains("export.arxiv.org"), "{refused}");
        assert!(settings("enrich run l.md --interval 0ms --api-url http://127.0.0.1:1/api/query", "").is_ok());
        assert!(
            refusal("enrich run l.md --interval 1s --api-url http://arxiv.org/api/query", "").contains("too short")
        );
    }

    #[test]
    fn what_another_service_answers_is_kept_apart_from_arxivs_word() {
        let kept = |line: &str| settings(line, "").unwrap().routes.cache.unwrap();
        assert!(kept("enrich run l.md").ends_with("enrich/answers.sqlite"));
        let other = kept("enrich run l.md --api-url http://127.0.0.1:8080/api/query");
        assert!(other.ends_with("enrich/answers-127.0.0.1-8080.sqlite"), "{}", other.display());
    }

    #[test]
    fn plain_http_to_arxiv_is_asked_over_tls() {
        let settings = settings("enrich run l.md --api-url http://export.arxiv.org/api/query", "").unwrap();
        assert_eq!(settings.routes.arxiv.endpoint.as_str(), "https://export.arxiv.org/api/query");
    }

    #[test]
    fn what_cannot_be_asked_is_refused() {
        assert!(refusal("enrich run l.md --batch 0", "").contains("--batch 0"));
        assert!(refusal("enrich run l.md --batch 2001", "").contains("2001"));
        assert!(refusal("enrich run l.md --api-url file:///etc", "").contains("file:"));
        assert!(refusal("enrich run l.md --contact me;you", "").contains("--contact"));
    }

    #[test]
    fn a_mistake_in_the_file_is_told_with_its_line() {
        assert_eq!(refusal("enrich run l.md", "batch = 7\nbacth = 8\n"), "enrich.toml:2: there is no setting `bacth`");
        assert!(refusal("enrich run l.md", "\n\ninterval = 'soon'\n").starts_with("enrich.toml:3: "));
        assert!(refusal("enrich run l.md", "batch = [\n").starts_with("enrich.toml:"));
        assert!(refusal("enrich run l.md", "[tags]\nalias = {}\n").starts_with("enrich.toml:2: "));
    }
}
