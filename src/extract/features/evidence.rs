//! What speaks for a block of its own being an entry: a title set apart, a link to a paper, a field. What follows from it is
//! decided in `reading`.

use crate::extract::features::labels;
use crate::extract::features::labels::{Labelled, Meaning, Role};
use crate::extract::features::links::Target;
use crate::extract::features::names;
use crate::extract::features::plain;
use crate::extract::features::title::{self, Candidate, Setting, Title};
use crate::extract::features::venue;
use crate::extract::units::passage::{LINE, Passage, SOFT};
use crate::model::VersionedId;
use std::ops::Range;

/// What is known of a stretch of blocks before it is read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::extract) struct Evidence {
    /// It leads to an e-print or another paper, or names one.
    pub(in crate::extract) paper: bool,
    /// It leads anywhere outside the list.
    pub(in crate::extract) link: bool,
    /// It has a field of tags.
    pub(in crate::extract) tags: bool,
    /// It has a title that is set apart, at the place where an entry's would stand.
    pub(in crate::extract) titled: bool,
    /// It has a title of any kind.
    pub(in crate::extract) has_title: bool,
    /// It holds nothing but names of links, fields, pictures, dates and people: details of what stands above.
    pub(in crate::extract) details: bool,
    /// A field or a link names the paper presented.
    pub(in crate::extract) says_paper: bool,
    /// Its title is not set apart at all.
    pub(in crate::extract) is_plain: bool,
}

/// Returns what a range tells before it is read as an entry. `candidates` are those for its title.
pub(in crate::extract) fn evidence(
    labelled: &Labelled<'_, '_>,
    within: &Range<usize>,
    candidates: &[Candidate],
) -> Evidence {
    let passage = labelled.passage;
    let tags = labelled.fields_in(within).iter().any(|field| field.meaning == Meaning::Tags);
    let mut found = Evidence { tags, ..Evidence::default() };
    for index in passage.links_in(within) {
        let (link, role) = (&passage.links[index], &labelled.roles[index]);
        found.paper |= matches!(link.target, Target::Arxiv | Target::Paper)
            || (*role == Role::Paper && link.target == Target::Other);
        found.link |= link.target != Target::Anchor;
        found.says_paper |= *role == Role::Paper;
    }
    if !found.paper {
        found.paper = !passage.named_in(within).is_empty();
        found.link |= found.paper;
    }
    let title = title::best(candidates).map(|candidate| &candidate.title);
    found.has_title = title.is_some();
    found.is_plain = title.is_some_and(|title| title.setting == Setting::Plain);
    found.titled = title.is_some_and(|title| is_set_apart(labelled, within, title));
    found.details = starts_with_field(labelled, within)
        || title.is_none_or(|title| {
            title.setting != Setting::Link
                && title.setting != Setting::Bold
                && title.setting != Setting::Quoted
                && title.setting != Setting::Plain
        }) && found_only_details(labelled, within);
    found
}

/// Whether a title stands where an entry's would, set apart or as its first words.
pub(in crate::extract) fn opens(labelled: &Labelled<'_, '_>, within: &Range<usize>, title: &Title) -> bool {
    let is_lead = title.setting == Setting::Plain && title.range.start < within.start + 80;
    is_lead || title.setting == Setting::Field || is_set_apart(labelled, within, title)
}

/// Whether a title stands where an entry's would: nothing before it but numbers, labels and people.
fn is_set_apart(labelled: &Labelled<'_, '_>, within: &Range<usize>, title: &Title) -> bool {
    if matches!(title.setting, Setting::Plain | Setting::Italic) {
        return false;
    }
    let before = &labelled.passage.text[within.start.min(title.range.start)..title.range.start];
    let line = before.rsplit(LINE).next().unwrap_or_default();
    let line = plain::without_numbering(plain::trim(line.trim_end_matches(['"', '“', ' ', '\''])));
    // "Roe, Jane (2015). " is a list of authors with its year.
    let line =
        plain::trim(line.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '(' | ')' | '.' | ',' | ' ')));
    // "Jane Roe, John Doe (Institute). "
    let line = line.rsplit_once(" (").filter(|(_, inner)| !inner.contains(' ')).map_or(line, |(before, _)| before);
    let initials = line.split([' ', ',']).filter(|word| word.len() == 2 && word.ends_with('.')).count();
    before.len() < 2_000
        && (!line.chars().any(char::is_alphabetic)
            || plain::word_count(line) <= 3 && line.len() < 40 && !line.ends_with(|c: char| c.is_lowercase())
            || names::may_be_authors(line)
            || initials > 0
            || line.contains("et al")
            || venue::looks_like_venue(line))
}

fn starts_with_field(labelled: &Labelled<'_, '_>, within: &Range<usize>) -> bool {
    let passage = labelled.passage;
    let text = &passage.text;
    let start = passage.visible(within).start;
    let fields = labelled.fields_in(within);
    let opens = fields.first().is_some_and(|field| field.line.start <= start && field.meaning != Meaning::Title);
    let first = passage.links_in(within).next();
    // "Paper  https://…" is a field that lacks its colon.
    let is_bare_field = || {
        let first = first.filter(|first| passage.links[*first].is_bare)?;
        let name = labels::name_before(passage, first)?;
        (plain::trim(&text[within.start..passage.links[first].range.start]) == name).then_some(())
    };
    let is_named = first.is_some_and(|first| matches!(labelled.roles[first], Role::Paper | Role::Elsewhere));
    opens || is_named && is_bare_field().is_some()
}

/// Whether a passage consists of links that are named for where they lead, pictures, dates and people.
fn found_only_details(labelled: &Labelled<'_, '_>, within: &Range<usize>) -> bool {
    let passage = labelled.passage;
    let mut rest = String::new();
    let mut at = within.start;
    for index in passage.links_in(within) {
        let link = &passage.links[index];
        if labelled.roles[index] == Role::Text {
            return false;
        }
        if link.range.start >= at {
            rest.push_str(&passage.text[at..link.range.start]);
            rest.push(' ');
            at = link.range.end;
        }
    }
    rest.push_str(&passage.text[at.min(within.end)..within.end]);
    rest.split([LINE, SOFT, '|', '/', '·', '•']).all(|line| {
        let line = plain::trim(line);
        // "Code (not yet)"
        let line = line.split_once(" (").filter(|_| line.ends_with(')')).map_or(line, |(name, _)| name);
        let is_person = || names::is_author_list(line) || line.contains(' ') && names::is_short_author(line);
        let is_label =
            || labels::meaning(line).is_some() || venue::looks_like_venue(line) || labels::is_identifier(line);
        plain::word_count(line) == 0 || is_label() || is_person() || plain::is_date(line)
    })
}

/// Whether all that a reader sees of a range is bold, in one line.
pub(in crate::extract) fn is_lone_bold(passage: &Passage<'_>, within: &Range<usize>) -> bool {
    let mut has_bold = false;
    let all = passage.pieces_in(within).iter().all(|piece| {
        let text = plain::trim(&passage.text[piece.range.clone()]);
        has_bold |= piece.style.bold && !text.is_empty();
        piece.style.bold || !text.chars().any(char::is_alphanumeric)
    });
    all && has_bold && !passage.text[within.clone()].trim().contains(LINE)
}

/// How many lines of a range are nothing but an e-print's address or identifier.
pub(in crate::extract) fn references_alone(passage: &Passage<'_>, within: &Range<usize>) -> usize {
    let is_identifier = |line: &str| {
        let id = line.get(..6).filter(|start| start.eq_ignore_ascii_case("arxiv:")).map(|_| line[6..].trim_start());
        id.is_some_and(|id| matches!(VersionedId::read(id), Ok((_, length)) if length == id.len()))
    };
    let is_address = |line: &Range<usize>| {
        let link = passage.link_at(line.start).map(|link| &passage.links[link]);
        link.is_some_and(|link| link.is_bare && link.target == Target::Arxiv && link.range == *line)
    };
    let lines = passage.lines(within).map(|line| passage.visible(&line));
    lines.filter(|line| !line.is_empty() && (is_identifier(&passage.text[line.clone()]) || is_address(line))).count()
}

/// Whether a paragraph without a title set apart is an entry all the same: short, the title first, the links last, and either a
/// link that says that it leads to the paper, or a number or authors before the title.
pub(in crate::extract) fn reads_as_entry(labelled: &Labelled<'_, '_>, within: &Range<usize>) -> bool {
    let passage = labelled.passage;
    let whole = passage.text[within.clone()].trim();
    let text = plain::without_numbering(whole);
    let has_authors = || names::are_authors(title::first_sentence(text));
    // A title over an address: what stands alone on its lines are the links.
    let is_over_links = || {
        let mut lines = passage.lines(within).map(|line| passage.visible(&line)).filter(|line| !line.is_empty());
        let is_title = |line: &Range<usize>| (3..=25).contains(&plain::word_count(&passage.text[line.clone()]));
        let opens = lines.next().is_some_and(|line| is_title(&line) && passage.links_in(&line).is_empty());
        let is_link =
            |line: Range<usize>| passage.link_at(line.start).is_some_and(|link| passage.links[link].range == line);
        opens && lines.next().is_some_and(is_link) && lines.all(|line| !passage.links_in(&line).is_empty())
    };
    let links = passage.links_in(within);
    let (Some(first), Some(last)) = (links.clone().next(), links.clone().next_back()) else {
        // A reference as papers give it at their end: authors, title, identifier.
        return plain::word_count(text) <= 80 && passage.named_in(within).len() == 1 && has_authors();
    };
    let before = plain::word_count(&passage.text[within.start..passage.links[first].range.start]);
    let end = passage.links[last].range.end.min(within.end);
    let after = plain::word_count(&passage.text[end..within.end]);
    let says_paper = labelled.roles[links].contains(&Role::Paper);
    let is_numbered = text.len() < whole.len();
    let with_links = passage.lines(within).filter(|line| !passage.links_in(line).is_empty()).count();
    let before = before / with_links.max(1);
    let is_short = before <= 40 && (says_paper || is_numbered || is_over_links());
    after <= 6 && before >= 2 && (is_short || before <= 120 && has_authors())
}
