//! What the command line's definition says of its options, for the settings that stand beside it: the environment and the file.
//! Nothing here names an option but `config`, so that a new one is known at once, and confined if it is a path.

use std::any::TypeId;
use std::path::PathBuf;

use clap::{Arg, Command, ValueHint};
use url::Url;

/// The keys of a settings file that are no option's name: another spelling, and the sections.
pub(super) const FURTHER_KEYS: [&str; 7] = [FORMATS, "reading", "tags", "csv", "bib", "check", "extract"];

/// Another spelling of `format`.
const FORMATS: &str = "formats";

/// What a value can reach.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reach {
    /// A file of this path.
    File,
    /// A folder of this path.
    Folder,
    /// A service.
    Service,
    /// Nothing by itself.
    Nothing,
}

/// Two options of which only one can be had, by their ids.
pub(super) type Rivals<'a> = (&'a str, &'a str);

/// What the value of this option can reach, by its type.
pub(super) fn reach(option: &Arg) -> Reach {
    let kind = option.get_value_parser().type_id();
    if kind == TypeId::of::<Url>() {
        Reach::Service
    } else if kind != TypeId::of::<PathBuf>() {
        Reach::Nothing
    } else if option.get_value_hint() == ValueHint::DirPath {
        Reach::Folder
    } else {
        Reach::File
    }
}

/// The environment variable of an option.
pub(super) fn variable(option: &Arg) -> Option<&str> {
    option.get_env().and_then(|name| name.to_str())
}

/// The key of an option in a settings file: its long name. An option whose variable is named otherwise shares that name with
/// another one and stands in its command's section; one without a variable is asked for each time.
pub(super) fn key(option: &Arg) -> Option<&str> {
    let name = option.get_long().filter(|name| *name != "config")?;
    let usual = format!("ENRICH_{}", name.to_uppercase().replace('-', "_"));
    (variable(option)? == usual).then_some(name)
}

/// The option's name that a key of a settings file stands for.
pub(super) fn of_key(key: &str) -> &str {
    if key == FORMATS { "format" } else { key }
}

/// The options of a command and of those below it.
pub(super) fn all(command: &Command) -> Vec<&Arg> {
    command.get_arguments().chain(command.get_subcommands().flat_map(all)).collect()
}

/// The pairs of a command's options that exclude each other.
pub(super) fn rivals(command: &Command) -> Vec<Rivals<'_>> {
    let of = |option| command.get_arg_conflicts_with(option).into_iter().map(|other| (id(option), id(other)));
    command.get_arguments().flat_map(of).collect()
}

/// The id of an option, the same in every command that has it.
pub(super) fn id(option: &Arg) -> &str {
    option.get_id().as_str()
}
