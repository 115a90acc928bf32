//! The top of a settings file before its values are read: which keys there may be, which of them count, and where its paths are.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;
use std::path::{Path, PathBuf};

use clap::{Arg, Command, CommandFactory};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::confine;
use super::layers::Above;
use super::options::{self, Reach};
use crate::cli::Cli;

/// How a settings file came to be read.
#[derive(Debug)]
pub(super) enum Origin {
    /// The user named it.
    Named,
    /// It was found in this folder, given without links, and may be anybody's.
    Found(PathBuf),
}

/// Where a settings file stands.
#[derive(Debug)]
pub(super) struct Place<'a> {
    /// Its folder as the working folder sees it: its paths start there.
    pub(super) folder: &'a Path,
    /// How it came to be read.
    pub(super) origin: Origin,
}

/// What is wrong with a key or its value.
#[derive(Debug)]
pub(super) enum Fault {
    /// It is a mistake.
    Mistake(String),
    /// A file that was found must not say it.
    Stranger {
        /// The key.
        key: String,
        /// What its value does.
        why: &'static str,
        /// The environment variable that may say it.
        variable: String,
    },
}

/// Leaves those keys in the table that count, with the paths as the working folder sees them.
///
/// # Errors
/// Says what is wrong, and where in the text.
pub(super) fn settle(table: &mut DeTable<'_>, place: &Place<'_>, above: &Above) -> Result<(), (Range<usize>, Fault)> {
    let command = Cli::command();
    let known: BTreeMap<&str, &Arg> =
        options::all(&command).into_iter().filter_map(|option| Some((options::key(option)?, option))).collect();
    let option = |key: &str| known.get(options::of_key(key)).copied();
    let mistake = |message: String| Fault::Mistake(message);
    let is_known = |key: &str| option(key).is_some() || options::FURTHER_KEYS.contains(&key);
    if let Some(key) = table.keys().find(|key| !is_known(key.as_ref())) {
        return Err((key.span(), mistake(format!("there is no setting `{}`", key.as_ref()))));
    }
    let is_above = |key: &str| above.keys.contains(options::of_key(key));
    let overruled: Vec<_> = table.keys().filter(|key| is_above(key.as_ref())).cloned().collect();
    overruled.iter().for_each(|key| drop(table.remove(key)));
    check_rivals(table, &command, option)?;
    for (key, value) in table.iter_mut() {
        let (Some(option), Some(text)) = (option(key.as_ref()), value.as_ref().as_str()) else { continue };
        let reach = options::reach(option);
        if let Origin::Found(base) = &place.origin
            && let Some(why) = confine::fault(reach, text, base)
        {
            let variable = options::variable(option).unwrap_or_default().to_owned();
            return Err((value.span(), Fault::Stranger { key: key.as_ref().to_string(), why, variable }));
        }
        if matches!(reach, Reach::File | Reach::Folder) {
            let Ok(path) = place.folder.join(text).into_os_string().into_string() else {
                let message = format!("`{}` starts in a folder whose name is not Unicode", key.as_ref());
                return Err((value.span(), mistake(message)));
            };
            *value = Spanned::new(value.span(), DeValue::String(Cow::Owned(path)));
        }
    }
    Ok(())
}

/// Two options that exclude each other cannot both be had.
fn check_rivals<'a>(
    table: &DeTable<'_>,
    command: &Command,
    option: impl Fn(&str) -> Option<&'a Arg>,
) -> Result<(), (Range<usize>, Fault)> {
    let said = table.iter().filter(|(_, value)| !is_no(value.as_ref()));
    let said = said.filter_map(|(key, _)| Some((options::id(option(key.as_ref())?), key)));
    let said: BTreeMap<&str, &Spanned<_>> = said.collect();
    let commands = std::iter::once(command).chain(command.get_subcommands());
    for (one, other) in commands.flat_map(options::rivals) {
        if let (Some(one), Some(other)) = (said.get(one), said.get(other)) {
            let message = format!("`{}` and `{}` exclude each other; leave one out", one.as_ref(), other.as_ref());
            return Err((one.span(), Fault::Mistake(message)));
        }
    }
    Ok(())
}

/// Whether a switch is off, which excludes nothing.
fn is_no(value: &DeValue<'_>) -> bool {
    value.as_bool() == Some(false) || value.as_integer().is_some_and(|number| number.as_str() == "0")
}
