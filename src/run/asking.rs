//! Finding out about each paper, with a bar while it goes on and Ctrl-C to end it.

use std::collections::HashMap;

use super::RunError;
use crate::merge::{Knowledge, Listed};
use crate::model::{ArxivId, Finding, Step, VersionedId};
use crate::progress::Progress;
use crate::report::Report;
use crate::source::Outcome;
use crate::source::routes::{self, Answers, Routes};
use crate::source::titles::TitleQuestion;

/// Finds out about each identifier, and offers what may be the papers that have none.
pub(super) async fn ask(
    routes: &Routes,
    papers: &[Listed<'_>],
    wanted: &[VersionedId],
    progress: &Progress,
    report: &mut Report,
) -> Result<HashMap<ArxivId, Knowledge>, RunError> {
    let interval = routes.arxiv.interval;
    let tell = |step: Step| {
        log(&step);
        progress.show(&step, interval);
    };
    let (asked_about, questions): (Vec<_>, Vec<_>) =
        papers.iter().filter_map(|paper| Some((paper, question(paper)?))).unzip();
    progress.start(wanted.len());
    let answers = tokio::select! {
        answers = routes::answer(routes, wanted, &questions, tell) => answers?,
        // Where the signal cannot be waited for, it ends the program by itself.
        Ok(()) = tokio::signal::ctrl_c() => {
            progress.finish();
            return Err(RunError::Interrupted);
        }
    };
    progress.finish();
    let Answers { outcomes, matches, stale, requests, gave_up, notices } = answers;
    report.requests = requests;
    report.counts.stale = stale;
    report.gave_up = gave_up;
    report.notices.extend(notices);
    let offers = matches.iter().flat_map(|found| asked_about[found.question].possible_match(&found.id, &found.title));
    report.findings.extend(offers.collect::<Vec<Finding>>());
    let known = outcomes.into_iter().map(|(id, outcome)| match outcome {
        Outcome::Found(paper) => (id.id, Knowledge::Found(paper)),
        Outcome::Missing => (id.id, Knowledge::Missing),
    });
    Ok(known.collect())
}

/// What to look for where a paper has no identifier: its title, and the surnames that its BibTeX gives.
fn question(paper: &Listed<'_>) -> Option<TitleQuestion> {
    let (title, authors) = paper.without_id()?;
    let surnames = authors.iter().map(|author| author.parts().family().to_owned());
    Some(TitleQuestion { title: title.to_owned(), surnames: surnames.collect() })
}

fn log(step: &Step) {
    match step {
        Step::Asked { ids } => tracing::info!("asking arXiv for {ids} papers"),
        Step::Settled { ids, requests_left } => tracing::debug!("{ids} settled, {requests_left} requests left"),
        Step::Waiting { why, pause } => tracing::info!("arXiv {why}; asking again in {:.1} s", pause.as_secs_f32()),
    }
}
