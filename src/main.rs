//! Parses the command line, starts the log, runs the command, chooses the exit code.

use std::error::Error;
use std::ffi::OsString;
use std::io::{self, IsTerminal};
use std::path::PathBuf;
use std::process::ExitCode;
use std::thread;

use enrich::cli::{
    CacheArgs, CheckArgs, Cli, Command, ExtractArgs, ExtractFormat, ManArgs, ProgressWhen, RunArgs, Voice,
};
use enrich::export::findings::{self, Colours, Look};
use enrich::export::{self, entries};
use enrich::lists::{self, Lists};
use enrich::model::Code;
use enrich::printer::{self, Heading};
use enrich::progress::{Progress, Visibility};
use enrich::report::{self, Job, Outcome};
use enrich::run::check::{CheckError, Verdict};
use enrich::run::knowing::{self, Taught};
use enrich::run::reading::NothingRead;
use enrich::run::{self, RunError, explanation};
use enrich::settings::{self, Extraction, File, Given, Shown, UsageError};
use enrich::shell;
use enrich::source::Clock;
use jiff::Timestamp;
use tracing::Level;

/// Nothing was written; the earlier output is untouched.
const FAILED: u8 = 1;
/// A check found something.
const FOUND: u8 = 1;
/// The command line's fault.
const USAGE: u8 = 2;
/// Written, but some papers could not be asked for.
const INCOMPLETE: u8 = 3;
/// So many pipes, of two files each, are more than what tokio needs to start.
const PIPES: usize = 6;
/// What shells report of a program that Ctrl-C ended.
const INTERRUPTED: u8 = 130;

fn main() -> ExitCode {
    let Given { cli: Cli { voice, command }, above } =
        match settings::given(std::env::args_os(), |name| std::env::var_os(name)) {
            Ok(given) => given,
            Err(answer) => return answered(&answer),
        };
    let working_folder = std::env::current_dir().unwrap_or_default();
    let found = match command {
        // A shell asks while it starts, wherever that is: no settings file may stand in its way.
        Command::Schema(_) | Command::Completions(_) | Command::Man(_) => Ok(File::default()),
        _ => File::find(voice.config.as_deref(), &working_folder, std::env::home_dir().as_deref(), above),
    };
    let file = match found {
        Ok(file) => file,
        Err(error) => return without_settings(&command, &voice, &error),
    };
    let voice = voice.over(&file);
    match command {
        Command::Run(args) => reported(settings::report_of_run(&args, &file), &voice, || run(*args, file, &voice)),
        Command::Cache(args) => cache(args, file, &voice),
        Command::Extract(args) => extract(&args, &file, &voice),
        Command::Check(args) => {
            reported(settings::report_of_check(&args, &file), &voice, || check(*args, file, &voice))
        }
        Command::Schema(args) if args.report => {
            let description = "What a run or a check of reading lists came to.";
            let schema = export::schema_of::<Outcome>("report.schema.json", "report", description);
            print(&voice, schema.as_bytes())
        }
        Command::Schema(_) => print(&voice, export::schema().as_bytes()),
        Command::Completions(args) => print(&voice, &shell::completions(args.shell)),
        Command::Man(args) => man(&args, &voice),
    }
}

/// Where the command line asks for help, or cannot be understood, clap has the answer.
fn answered(answer: &clap::Error) -> ExitCode {
    match printer::help(answer) {
        // A usage error, told on standard error.
        Ok(()) if answer.use_stderr() => ExitCode::from(USAGE),
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => failed(&Voice::default(), FAILED, &error, None),
    }
}

/// The exit code of a command that must not report: its report would stand where a list does.
struct Unreported(ExitCode);

/// Does what a command does, and writes the report of it where one is wanted.
fn reported(
    to: Result<Option<PathBuf>, UsageError>,
    voice: &Voice,
    command: impl FnOnce() -> Result<Outcome, Unreported>,
) -> ExitCode {
    let to = match to {
        Ok(to) => to,
        Err(error) => return usage(voice, &error),
    };
    let outcome = match command() {
        Ok(outcome) => outcome,
        Err(Unreported(code)) => return code,
    };
    match to.map(|path| report::file::write(&path, &outcome)) {
        // Who reads the report must not take an earlier one for this command's.
        Some(Err(error)) => failed(voice, outcome.exit_code.max(FAILED), &error, None),
        Some(Ok(())) | None => ExitCode::from(outcome.exit_code),
    }
}

/// Where the settings file cannot be understood, the command line alone may ask for a report.
fn without_settings(command: &Command, voice: &Voice, error: &UsageError) -> ExitCode {
    let none = File::default();
    let (job, to) = match command {
        Command::Run(args) => (Job::Run, settings::report_of_run(args, &none)),
        Command::Check(args) => (Job::Check, settings::report_of_check(args, &none)),
        _ => return usage(voice, error),
    };
    reported(to.or(Ok(None)), voice, || Ok(misused(job, voice, error)))
}

fn run(args: RunArgs, file: File, voice: &Voice) -> Result<Outcome, Unreported> {
    let settings = match settings::of_run(args, file, Clock::started(Timestamp::now())) {
        Ok(settings) => settings,
        Err(error) => return Ok(misused(Job::Run, voice, &error)),
    };
    let outcome = match wait(voice, async |progress| run::run(&settings, &progress).await) {
        Ok(outcome) => outcome,
        Err(error) => return Ok(stopped(Job::Run, voice, FAILED, &error, Some(Exhausted::HINT.to_owned()))),
    };
    match outcome {
        Ok(report) => {
            if !voice.quiet {
                say(&format!("{report}\n"));
            }
            let code = if report.counts.unreachable > 0 { INCOMPLETE } else { 0 };
            Ok(Outcome::of(Job::Run, code, &report))
        }
        Err(error) => {
            let code = match &error {
                RunError::Overlap(overlap) if overlap.is_of_report() => {
                    return Err(Unreported(failed(voice, USAGE, &error, error.hint())));
                }
                RunError::Interrupted => INTERRUPTED,
                _ if error.is_misuse() => USAGE,
                _ => FAILED,
            };
            Ok(stopped(Job::Run, voice, code, &error, error.hint()))
        }
    }
}

/// A limit of the system is reached.
#[derive(Debug, thiserror::Error)]
#[error("the system gives no files or threads for asking arXiv")]
struct Exhausted(#[from] io::Error);

impl Exhausted {
    const HINT: &str = "close other programs, or raise the limit (ulimit -n, ulimit -u)";
}

/// Checks that the system gives the files and the thread without which asking cannot begin: where tokio gets none it panics.
fn provided() -> io::Result<()> {
    let pipes: Result<Vec<_>, _> = (0..PIPES).map(|_| io::pipe()).collect();
    pipes.and_then(|_| thread::Builder::new().spawn(|| ())).map(drop)
}

/// Does what asks services, with the log and the progress bar beside it, and waits for its end.
fn wait<T>(voice: &Voice, work: impl AsyncFnOnce(Progress) -> T) -> Result<T, Exhausted> {
    let shown = voice.progress != Some(ProgressWhen::Never)
        && !voice.quiet
        && io::stderr().is_terminal()
        && !printer::is_dumb(variable);
    let progress = Progress::new(if shown { Visibility::Shown } else { Visibility::Hidden });
    log(voice, &progress);
    provided()?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let outcome = runtime.block_on(work(progress));
    // A look-up of a name that never comes back must not keep the program.
    runtime.shutdown_background();
    Ok(outcome)
}

fn extract(args: &ExtractArgs, file: &File, voice: &Voice) -> ExitCode {
    let Lists { lists, notices } = match lists::read(&args.lists, &settings::outputs(file)) {
        Ok(lists) => lists,
        Err(error) => return failed(voice, FAILED, &error, Some(error.hint())),
    };
    log(voice, &Progress::new(Visibility::Hidden));
    let Extraction { when_empty, shown, memory } = match settings::of_extract(args, file) {
        Ok(extraction) => extraction,
        Err(error) => return usage(voice, &error),
    };
    let read = if matches!(shown, Shown::Explanation(_)) { knowing::explained } else { knowing::read };
    let Taught { mut reading, .. } = match read(&lists, &file.reading(), when_empty, &memory) {
        Ok(taught) => taught,
        Err(error) => return failed(voice, FAILED, &error, Some(error.hint().to_owned())),
    };
    let nothing = NothingRead::check(&reading, &lists, when_empty);
    let mut findings = std::mem::take(&mut reading.findings);
    if nothing.is_err() {
        // The error says the same.
        findings.retain(|finding| finding.code != Code::NothingRead);
    }
    let automatic = if io::stdout().is_terminal() { ExtractFormat::Table } else { ExtractFormat::Jsonl };
    let printed = printer::print(|out| match shown {
        Shown::Entries(format) => match format.unwrap_or(automatic) {
            ExtractFormat::Table => out.write_all(entries::table(&reading.entries, terminal_width()).as_bytes()),
            ExtractFormat::Jsonl => entries::jsonl(&reading.entries, out),
        },
        Shown::Explanation(ExtractFormat::Table) => out.write_all(explanation::text(&reading).as_bytes()),
        Shown::Explanation(ExtractFormat::Jsonl) => explanation::jsonl(&reading, out),
    });
    if !voice.quiet {
        let notices = notices.iter().map(|notice| format!("warning: {notice}\n"));
        say(&findings.iter().map(|finding| format!("{finding}\n")).chain(notices).collect::<String>());
    }
    match (nothing, printed) {
        (Ok(()), Ok(())) => ExitCode::SUCCESS,
        (Ok(()), Err(error)) => failed(voice, FAILED, &error, None),
        (Err(error), _) => failed(voice, FAILED, &error, Some(error.hint().to_owned())),
    }
}

fn check(args: CheckArgs, file: File, voice: &Voice) -> Result<Outcome, Unreported> {
    let format = args.format.or(file.check_format).unwrap_or_default();
    let settings = match settings::of_check(args, file, Clock::started(Timestamp::now())) {
        Ok(settings) => settings,
        Err(error) => return Ok(misused(Job::Check, voice, &error)),
    };
    let checked = match wait(voice, async |progress| run::check::check(&settings, &progress).await) {
        Ok(Ok(checked)) => checked,
        Ok(Err(error)) => {
            let code = match &error {
                CheckError::Run(RunError::Overlap(overlap)) if overlap.is_of_report() => {
                    return Err(Unreported(failed(voice, USAGE, &error, error.hint())));
                }
                CheckError::Run(RunError::Interrupted) => INTERRUPTED,
                _ => USAGE,
            };
            return Ok(stopped(Job::Check, voice, code, &error, error.hint()));
        }
        Err(error) => return Ok(stopped(Job::Check, voice, USAGE, &error, Some(Exhausted::HINT.to_owned()))),
    };
    let look = Look {
        lists: checked.lists.iter().map(|list| (list.path.as_str(), list.text.as_str())).collect(),
        colours: colours(voice, &io::stdout()),
        width: terminal_width(),
    };
    let findings = &checked.report.findings;
    let printed = match &checked.diff {
        Some(diff) => printer::print(|out| out.write_all(diff.as_bytes())),
        None if format == findings::Format::Text => {
            printer::print_styled(|out| findings::write(format, findings, &look, out))
        }
        None => printer::print(|out| findings::write(format, findings, &look, out)),
    };
    if !voice.quiet {
        say(&format!("{checked}\n"));
    }
    if let Err(error) = printed {
        return Ok(stopped(Job::Check, voice, FAILED, &error, None));
    }
    let code = match checked.verdict(settings.fail_on) {
        Verdict::Passed => 0,
        Verdict::Failed => FOUND,
        Verdict::Unknown => INCOMPLETE,
    };
    Ok(Outcome::of(Job::Check, code, &checked.report))
}

fn cache(args: CacheArgs, file: File, voice: &Voice) -> ExitCode {
    let (task, kept) = match settings::of_cache(args, file) {
        Ok(task) => task,
        Err(error) => return usage(voice, &error),
    };
    match enrich::cache::run(&task, &kept, Timestamp::now()) {
        Ok(said) => print(voice, said.as_bytes()),
        Err(error) => failed(voice, if error.is_misuse() { USAGE } else { FAILED }, &error, error.hint()),
    }
}

fn man(args: &ManArgs, voice: &Voice) -> ExitCode {
    let Some(folder) = &args.folder else { return print(voice, shell::main_page().as_bytes()) };
    match shell::write_pages(folder) {
        Ok(written) => {
            if !voice.quiet {
                say(&format!("{} pages written to {}\n", written.len(), folder.display()));
            }
            ExitCode::SUCCESS
        }
        Err(error) => failed(voice, FAILED, &error, None),
    }
}

/// Writes to standard output.
fn print(voice: &Voice, bytes: &[u8]) -> ExitCode {
    match printer::print(|out| out.write_all(bytes)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => failed(voice, FAILED, &error, None),
    }
}

/// How wide the terminal is that standard output goes to, where it goes to one.
fn terminal_width() -> Option<usize> {
    let (width, _) = terminal_size::terminal_size_of(io::stdout())?;
    Some(usize::from(width.0))
}

/// Starts the log, which stands on standard error around the progress bar.
fn log(voice: &Voice, progress: &Progress) {
    let level = match (voice.quiet, voice.verbose) {
        (true, _) => Level::ERROR,
        (false, 0) => Level::WARN,
        (false, 1) => Level::INFO,
        (false, _) => Level::DEBUG,
    };
    let progress = progress.clone();
    tracing_subscriber::fmt()
        .with_max_level(level)
        .with_ansi(colours(voice, &io::stderr()) == Colours::On)
        .with_target(false)
        .without_time()
        .with_writer(move || progress.clone())
        .init();
}

fn colours(voice: &Voice, stream: &impl IsTerminal) -> Colours {
    printer::colours(voice.color, stream.is_terminal(), variable)
}

fn variable(name: &str) -> Option<OsString> {
    std::env::var_os(name)
}

fn usage(voice: &Voice, error: &UsageError) -> ExitCode {
    failed(voice, USAGE, error, Some(error.hint()))
}

/// The outcome of a command that was used wrongly, after a word to the user.
fn misused(job: Job, voice: &Voice, error: &UsageError) -> Outcome {
    stopped(job, voice, USAGE, error, Some(error.hint()))
}

/// The outcome of a command that failed, after a word to the user.
fn stopped(job: Job, voice: &Voice, code: u8, error: &dyn Error, hint: Option<String>) -> Outcome {
    failed(voice, code, error, hint.clone());
    Outcome::failed(job, code, error, hint)
}

/// Says what went wrong, why, and what to do.
fn failed(voice: &Voice, code: u8, error: &dyn Error, hint: Option<String>) -> ExitCode {
    let colours = colours(voice, &io::stderr());
    let mut causes = String::new();
    let mut cause = error.source();
    while let Some(inner) = cause {
        causes.push_str(&format!("  caused by: {inner}\n"));
        cause = inner.source();
    }
    printer::say_headed(colours, Heading::Error, &format!("{error}\n{causes}"));
    if let Some(hint) = hint {
        printer::say_headed(colours, Heading::Hint, &format!("{hint}\n"));
    }
    ExitCode::from(code)
}

/// Writes to standard error. Where that is closed nobody is left to tell.
fn say(text: &str) {
    printer::say(text);
}
