//! Where the report goes. This is known before everything else is, so that a report can tell of wrong usage as well.

use std::path::{Path, PathBuf};

use super::{DEFAULT_OUTPUT, File, UsageError};
use crate::cli::{CheckArgs, RunArgs};
use crate::export::Format;
use crate::report;
use crate::run;

/// Where the report of `enrich run` goes, if one is wanted.
///
/// # Errors
/// Something else stands there, or would.
pub fn report_of_run(args: &RunArgs, file: &File) -> Result<Option<PathBuf>, UsageError> {
    let (flags, set) = (&args.options, &file.run);
    let output = over(&flags.output, &set.output).unwrap_or_else(|| DEFAULT_OUTPUT.into());
    let others = [
        over(&flags.update, &set.update),
        over(&flags.summary, &set.summary),
        over(&flags.asking.cache, &file.asking.cache),
    ];
    free(over(&flags.report, &set.report), &output, others)
}

/// Where the report of `enrich check` goes, if one is wanted.
///
/// # Errors
/// Something else stands there, or would.
pub fn report_of_check(args: &CheckArgs, file: &File) -> Result<Option<PathBuf>, UsageError> {
    let report = over(&args.options.report, &file.check.report);
    let others = [over(&args.asking.cache, &file.asking.cache)];
    free(report, &super::outputs(file).folder, others)
}

/// A path of the command line, else the settings file's.
fn over(flag: &Option<PathBuf>, set: &Option<PathBuf>) -> Option<PathBuf> {
    flag.as_ref().or(set.as_ref()).cloned()
}

/// The file for the report, which is nothing that the command writes otherwise.
fn free(
    report: Option<PathBuf>,
    output: &Path,
    others: impl IntoIterator<Item = Option<PathBuf>>,
) -> Result<Option<PathBuf>, UsageError> {
    let Some(report) = report else { return Ok(None) };
    report::file::check(&report)?;
    let names = run::outputs(output.to_owned(), &Format::ALL).names;
    let mut taken = names.into_iter().map(|name| output.join(name)).chain(others.into_iter().flatten());
    if taken.any(|other| is_same(&other, &report)) {
        return Err(UsageError::ReportInTheWay { path: report });
    }
    Ok(Some(report))
}

/// Whether two paths lead to one place; the files need not be there.
fn is_same(one: &Path, other: &Path) -> bool {
    let place = |path: &Path| {
        let folder = path.parent()?;
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        Some(folder.canonicalize().ok().or_else(|| std::path::absolute(folder).ok())?.join(path.file_name()?))
    };
    place(one).is_some_and(|one| place(other) == Some(one))
}
