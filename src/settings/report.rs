//! Where the report goes. This is known before everything else is, so that a report can tell of wrong usage as well.

use std::path::{Path, PathBuf};

use super::{DEFAULT_OUTPUT, File, UsageError};
use crate::cli::{CheckArgs, RunArgs};
use crate::export::Format;
use crate::report;
use crate::run::{self, Part};

/// Where the report of `enrich run` goes, if one is wanted.
///
/// # Errors
/// Something else stands there, or would.
pub fn report_of_run(args: &RunArgs, file: &File) -> Result<Option<PathBuf>, UsageError> {
    let (flags, set) = (&args.options, &file.run);
    let output = over(&flags.output, &set.output).unwrap_or_else(|| DEFAULT_OUTPUT.into());
    let others = [
        (Part::Update, over(&flags.update, &set.update)),
        (Part::Summary, over(&flags.summary, &set.summary)),
        (Part::Cache, over(&flags.asking.memory.cache, &file.asking.memory.cache)),
    ];
    free(over(&flags.report, &set.report), &args.lists, &output, others)
}

/// Where the report of `enrich check` goes, if one is wanted.
///
/// # Errors
/// Something else stands there, or would.
pub fn report_of_check(args: &CheckArgs, file: &File) -> Result<Option<PathBuf>, UsageError> {
    let report = over(&args.options.report, &file.check.report);
    let cache = over(&args.asking.memory.cache, &file.asking.memory.cache);
    free(report, &args.lists, &super::outputs(file).folder, [(Part::Cache, cache)])
}

/// A path of the command line, else the settings file's.
fn over(flag: &Option<PathBuf>, set: &Option<PathBuf>) -> Option<PathBuf> {
    flag.as_ref().or(set.as_ref()).cloned()
}

/// The file for the report, which is no list that is named, and nothing that the command writes otherwise.
fn free(
    report: Option<PathBuf>,
    lists: &[PathBuf],
    output: &Path,
    others: impl IntoIterator<Item = (Part, Option<PathBuf>)>,
) -> Result<Option<PathBuf>, UsageError> {
    let Some(report) = report else { return Ok(None) };
    report::file::check(&report)?;
    let outputs = run::outputs(output.to_owned(), &Format::ALL).names;
    let outputs = outputs.into_iter().map(|name| (Part::Output, output.join(name)));
    let lists = lists.iter().map(|list| (Part::List, list.clone()));
    let others = others.into_iter().filter_map(|(part, path)| Some((part, path?)));
    for (part, other) in lists.chain(outputs).chain(others) {
        run::check_overlap(&[], &[(part, &other), (Part::Report, &report)])?;
    }
    Ok(Some(report))
}
