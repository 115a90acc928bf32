//! The command line over the environment: a variable counts where no flag says something else. What stands below both, the
//! settings file, is left to `file`; it learns here which of its keys do not count.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::{OsStr, OsString};

use clap::builder::{Resettable, StyledStr};
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::parser::ValueSource;
use clap::{Arg, ArgAction, ArgMatches, Args, Command, CommandFactory, FromArgMatches};

use super::options;
use crate::cli::{Cli, RunOptions};

/// What the user says at the call.
#[derive(Debug)]
pub struct Given {
    /// The command line, completed by the environment.
    pub cli: Cli,
    /// What it leaves of a settings file.
    pub above: Above,
}

/// What stands above a settings file.
#[derive(Debug, Default)]
pub struct Above {
    /// The keys that do not count in the file, because a flag or a variable says the same or the opposite.
    pub(super) keys: BTreeSet<String>,
    /// The options of `run` by the environment alone, for the commands that pass over what `run` writes.
    pub(super) run: RunOptions,
}

/// Values by the names of their variables.
type Values = BTreeMap<String, OsString>;

/// Reads the command line, and the environment below it. A flag also wins over a variable that excludes it, `--no-cache` over
/// `ENRICH_CACHE`. An empty variable is none.
///
/// # Errors
/// The command line or a variable cannot be understood, or the user asks for help.
pub fn given(
    arguments: impl IntoIterator<Item = OsString>,
    environment: impl Fn(&str) -> Option<OsString>,
) -> Result<Given, clap::Error> {
    let command = Cli::command();
    let arguments: Vec<_> = arguments.into_iter().collect();
    let flags = match with_values(command.clone(), &Values::new()).try_get_matches_from(&arguments) {
        Ok(flags) => flags,
        // Only the whole definition can show the variables in its help.
        Err(error) if !shows_help(&error) => return Err(error),
        Err(error) => return Err(command.try_get_matches_from(&arguments).err().unwrap_or(error)),
    };
    let value = |name: &str| environment(name).filter(|value| !value.is_empty());
    let (values, mut keys) = beside(&command, &flags, value)?;
    // Other commands' variables stand above their keys as well.
    let is_set = |option: &&Arg| options::variable(option).and_then(value).is_some();
    let set = options::all(&command).into_iter().filter(is_set).filter_map(options::key);
    keys.extend(set.map(str::to_owned));
    let above = Above { keys, run: run_options(value)? };
    let matches = with_values(command.clone(), &values).try_get_matches_from(arguments)?;
    Ok(Given { cli: Cli::from_arg_matches(&matches).map_err(|error| error.format(&mut command.clone()))?, above })
}

/// The variables that count beside the flags, and the keys of the file on which flags or variables have the say.
fn beside(
    command: &Command,
    flags: &ArgMatches,
    environment: impl Fn(&str) -> Option<OsString>,
) -> Result<(Values, BTreeSet<String>), clap::Error> {
    let (chain, flags) = chain(command, flags);
    let rivals: Vec<_> = chain.iter().flat_map(|command| options::rivals(command)).collect();
    let scope: Vec<_> = chain.iter().flat_map(|command| command.get_arguments()).collect();
    let is_flag = |option: &Arg| flags.value_source(options::id(option)) == Some(ValueSource::CommandLine);
    let mut counted: BTreeSet<&str> =
        scope.iter().filter(|option| is_flag(option)).map(|option| options::id(option)).collect();
    exclude(&rivals, &mut counted);

    let (mut values, mut said, mut on) = (Values::new(), BTreeSet::new(), BTreeMap::new());
    for option in scope.iter().filter(|option| !counted.contains(options::id(option))) {
        let Some(name) = options::variable(option) else { continue };
        let Some(value) = environment(name) else { continue };
        if read(option, &value).map_err(|error| in_variable(error.with_cmd(command), name))? == Said::Something {
            on.insert(options::id(option), name);
        }
        said.insert(options::id(option));
        values.insert(name.to_owned(), value);
    }
    for (one, other) in &rivals {
        if let (Some(one), Some(other)) = (on.get(one), on.get(other)) {
            let message = format!("the variables {one} and {other} exclude each other; unset one of them");
            return Err(command.clone().error(ErrorKind::ArgumentConflict, message));
        }
    }
    let mut on: BTreeSet<_> = on.into_keys().collect();
    exclude(&rivals, &mut on);
    counted.extend(said.into_iter().chain(on));
    let counted = scope.into_iter().filter(|option| counted.contains(options::id(option)));
    Ok((values, counted.filter_map(options::key).map(str::to_owned).collect()))
}

/// The command that is called with those above it, and its flags.
fn chain<'a>(command: &'a Command, mut flags: &'a ArgMatches) -> (Vec<&'a Command>, &'a ArgMatches) {
    let mut chain = vec![command];
    while let Some((name, below)) = flags.subcommand()
        && let Some(command) = chain.last().and_then(|command| command.find_subcommand(name))
    {
        chain.push(command);
        flags = below;
    }
    (chain, flags)
}

/// Adds those that are excluded by one of these.
fn exclude<'a>(rivals: &[options::Rivals<'a>], ids: &mut BTreeSet<&'a str>) {
    let excluded = rivals.iter().flat_map(|(one, other)| {
        let other_of = |this: &str, other: &'a str| ids.contains(this).then_some(other);
        [other_of(one, other), other_of(other, one)]
    });
    ids.extend(excluded.flatten().collect::<Vec<_>>());
}

/// What a variable says.
#[derive(PartialEq, Eq)]
enum Said {
    /// No, which excludes nothing.
    No,
    /// Anything else.
    Something,
}

/// Reads a variable as the option's value.
fn read(option: &Arg, value: &OsStr) -> Result<Said, clap::Error> {
    let mut alone = without_variable(option.clone()).global(false).conflicts_with(Resettable::<clap::Id>::Reset);
    let is_switch = !alone.get_action().takes_values();
    if is_switch {
        alone = alone.action(ArgAction::Set).num_args(1);
    }
    let mut argument = OsString::from(format!("--{}=", option.get_long().unwrap_or_default()));
    argument.push(value);
    let matches = Command::default().no_binary_name(true).arg(alone).try_get_matches_from([argument])?;
    let is = |no: bool| if no { Said::No } else { Said::Something };
    let id = options::id(option);
    Ok(match (matches.try_get_one::<bool>(id), matches.try_get_one::<u8>(id)) {
        (Ok(Some(on)), _) => is(!on),
        (_, Ok(Some(times))) => is(*times == 0),
        _ => Said::Something,
    })
}

fn in_variable(mut error: clap::Error, name: &str) -> clap::Error {
    let place = StyledStr::from(format!("it stands in the environment, in {name}"));
    error.insert(ContextKind::Suggested, ContextValue::StyledStrs(vec![place]));
    error
}

/// The options of `run` by the environment alone. What it says wrongly there only a run need tell.
fn run_options(environment: impl Fn(&str) -> Option<OsString>) -> Result<RunOptions, clap::Error> {
    let command = RunOptions::augment_args(Command::default().no_binary_name(true));
    let values = command.get_arguments().filter_map(|option| {
        let name = options::variable(option)?;
        let value = environment(name).filter(|value| read(option, value).is_ok())?;
        Some((name.to_owned(), value))
    });
    let values = values.collect();
    RunOptions::from_arg_matches(&with_values(command, &values).try_get_matches_from([""; 0])?)
}

/// The command with these values in the place of its variables.
fn with_values(command: Command, values: &Values) -> Command {
    let set = |option: Arg| {
        let value = options::variable(&option).and_then(|name| values.get(name)).cloned();
        let option = without_variable(option);
        if let Some(value) = value { option.default_value(value) } else { option }
    };
    command.mut_args(set).mut_subcommands(|below| with_values(below, values))
}

fn without_variable(option: Arg) -> Arg {
    option.env(Resettable::<clap::builder::OsStr>::Reset)
}

fn shows_help(error: &clap::Error) -> bool {
    matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand)
}
