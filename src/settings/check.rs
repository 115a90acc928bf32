//! What `enrich check` is to do: the command line over the settings file, checked.

use std::path::Path;

use super::{File, UsageError, asking, outputs, when_empty};
use crate::cli::{CheckArgs, FailOn, Fixable};
use crate::model::{Code, Level};
use crate::run::check::{Repairs, Settings};
use crate::source::Clock;

/// The kinds that `--diff` shows where `--fix` names none.
const CERTAIN: [Fixable; 2] = [Fixable::DirtyLink, Fixable::InsecureLink];

/// What `enrich check` is to do: the command line over the settings file, checked.
///
/// # Errors
/// Says what cannot be done.
pub fn of_check(args: CheckArgs, file: File, clock: Clock) -> Result<Settings, UsageError> {
    let fix = args.fix.or(args.diff.then(|| CERTAIN.to_vec()));
    let repairs = match fix {
        None => Repairs::None,
        Some(kinds) if args.diff => Repairs::Shown(kinds.into_iter().map(code).collect()),
        Some(kinds) => Repairs::Made(kinds.into_iter().map(code).collect()),
    };
    if repairs != Repairs::None && args.lists.iter().any(|list| list == Path::new("-")) {
        return Err(UsageError::StandardInput);
    }
    let outputs = outputs(&file);
    let fail_on = args.options.fail_on.or(file.check.fail_on).unwrap_or_default();
    Ok(Settings {
        lists: args.lists,
        reading: file.reading(),
        when_empty: when_empty(&args.reading, &file.lists),
        outputs,
        ignored: args.options.ignore.or(file.check.ignore).unwrap_or_default(),
        fail_on: match fail_on {
            FailOn::Error => Some(Level::Error),
            FailOn::Warning => Some(Level::Warning),
            FailOn::Note => Some(Level::Note),
            FailOn::Never => None,
        },
        repairs,
        report: args.options.report.or(file.check.report),
        routes: asking::routes(args.asking, file.asking, clock)?,
    })
}

fn code(fixable: Fixable) -> Code {
    match fixable {
        Fixable::DirtyLink => Code::DirtyLink,
        Fixable::InsecureLink => Code::InsecureLink,
        Fixable::NewerVersion => Code::NewerVersion,
    }
}
