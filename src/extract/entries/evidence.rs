//! What speaks for a block of its own being an entry: a title set apart, a link to a paper, a field. What follows from it is
//! decided in `entries`.

use crate::extract::labels;
use crate::extract::labels::{Labelled, Meaning, Role};
use crate::extract::links::Target;
use crate::extract::names;
use crate::extract::passage::{LINE, Passage, SOFT};
use crate::extract::plain;
use crate::extract::title::{self, Setting, Title};
use crate::extract::venue;
use crate::model::VersionedId;

/// What is known of a stretch of blocks before it is read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Evidence {
    /// It leads to an e-print or another paper, or names one.
    pub(super) paper: bool,
    /// It leads anywhere outside the list.
    pub(super) link: bool,
    /// It has a field of tags.
    pub(super) tags: bool,
    /// It has a title that is set apart, at the place where an entry's would stand.
    pub(super) titled: bool,
    /// It has a title of any kind.
    pub(super) has_title: bool,
    /// It holds nothing but names of links, fields, pictures, dates and people: details of what stands above.
    pub(super) details: bool,
    /// A field or a link names the paper presented.
    pub(super) says_paper: bool,
    /// Its title is not set apart at all.
    pub(super) is_plain: bool,
}

/// What a passage tells before it is read as an entry.
pub(super) fn evidence(labelled: &Labelled<'_, '_>) -> Evidence {
    let passage = labelled.passage;
    let mut found =
        Evidence { tags: labelled.fields.iter().any(|field| field.meaning == Meaning::Tags), ..Evidence::default() };
    for (link, role) in passage.links.iter().zip(&labelled.roles) {
        found.paper |= matches!(link.target, Target::Arxiv | Target::Paper)
            || (*role == Role::Paper && link.target == Target::Other);
        found.link |= link.target != Target::Anchor;
        found.says_paper |= *role == Role::Paper;
    }
    if !found.paper {
        found.paper = !passage.named_in(&labelled.whole()).is_empty();
        found.link |= found.paper;
    }
    let title = title::find(labelled, &labelled.whole());
    found.has_title = title.is_some();
    found.is_plain = title.as_ref().is_some_and(|title| title.setting == Setting::Plain);
    found.titled = title.as_ref().is_some_and(|title| is_set_apart(labelled, title));
    found.details = starts_with_field(labelled)
        || title.is_none_or(|title| {
            title.setting != Setting::Link
                && title.setting != Setting::Bold
                && title.setting != Setting::Quoted
                && title.setting != Setting::Plain
        }) && found_only_details(labelled);
    found
}

/// Whether a title stands where an entry's would: nothing before it but numbers, labels and people.
fn is_set_apart(labelled: &Labelled<'_, '_>, title: &Title) -> bool {
    if matches!(title.setting, Setting::Plain | Setting::Italic) {
        return false;
    }
    let before = &labelled.passage.text[..title.range.start];
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

fn starts_with_field(labelled: &Labelled<'_, '_>) -> bool {
    let text = &labelled.passage.text;
    let start = text.len() - text.trim_start().len();
    let opens =
        labelled.fields.first().is_some_and(|field| field.line.start <= start && field.meaning != Meaning::Title);
    // "Paper  https://…" is a field that lacks its colon.
    let is_bare_field = || {
        let link = labelled.passage.links.first().filter(|link| link.is_bare)?;
        let name = labels::name_before(labelled.passage, 0)?;
        (plain::trim(&text[..link.range.start]) == name).then_some(())
    };
    opens || matches!(labelled.roles.first(), Some(Role::Paper | Role::Elsewhere)) && is_bare_field().is_some()
}

/// Whether a passage consists of links that are named for where they lead, pictures, dates and people.
fn found_only_details(labelled: &Labelled<'_, '_>) -> bool {
    let passage = labelled.passage;
    let mut rest = String::new();
    let mut at = 0;
    for (link, role) in passage.links.iter().zip(&labelled.roles) {
        if *role == Role::Text {
            return false;
        }
        if link.range.start >= at {
            rest.push_str(&passage.text[at..link.range.start]);
            rest.push(' ');
            at = link.range.end;
        }
    }
    rest.push_str(&passage.text[at.min(passage.text.len())..]);
    rest.split([LINE, SOFT]).all(|line| {
        let line = plain::trim(line);
        let is_person = || names::is_author_list(line) || line.contains(' ') && names::is_short_author(line);
        let is_label = || labels::meaning(line).is_some() || venue::looks_like_venue(line);
        plain::word_count(line) == 0 || is_label() || is_person() || plain::is_date(line)
    })
}

/// Whether all that a reader sees of a passage is bold, in one line.
pub(super) fn is_lone_bold(passage: &Passage<'_>) -> bool {
    let mut has_bold = false;
    let all = passage.pieces.iter().all(|piece| {
        let text = plain::trim(&passage.text[piece.range.clone()]);
        has_bold |= piece.style.bold && !text.is_empty();
        piece.style.bold || !text.chars().any(char::is_alphanumeric)
    });
    all && has_bold && !passage.text.trim().contains(LINE)
}

/// How many lines of a passage are nothing but an e-print's address or identifier.
pub(super) fn references_alone(passage: &Passage<'_>) -> usize {
    let is_identifier = |line: &str| {
        let id = line.get(..6).filter(|start| start.eq_ignore_ascii_case("arxiv:")).map(|_| line[6..].trim_start());
        id.is_some_and(|id| matches!(VersionedId::read(id), Ok((_, length)) if length == id.len()))
    };
    let is_address = |line: &str, at: usize| {
        let link = passage.link_at(at).map(|link| &passage.links[link]);
        link.is_some_and(|link| {
            link.is_bare && link.target == Target::Arxiv && passage.text[link.range.clone()] == *line
        })
    };
    let mut count = 0;
    let mut at = 0;
    for line in passage.text.split([LINE, SOFT]) {
        let start = at + line.len() - line.trim_start().len();
        let words = line.trim();
        count += usize::from(!words.is_empty() && (is_identifier(words) || is_address(words, start)));
        at += line.len() + 1;
    }
    count
}

/// Whether a paragraph without a title set apart is an entry all the same: short, the title first, the links last, and either a
/// link that says that it leads to the paper, or a number or authors before the title.
pub(super) fn reads_as_entry(labelled: &Labelled<'_, '_>) -> bool {
    let passage = labelled.passage;
    let text = plain::without_numbering(passage.text.trim());
    let has_authors = || names::is_author_list(title::first_sentence(text));
    let Some(first) = passage.links.first() else {
        // A reference as papers give it at their end: authors, title, identifier.
        return plain::word_count(text) <= 80 && passage.named_in(&labelled.whole()).len() == 1 && has_authors();
    };
    let before = plain::word_count(&passage.text[..first.range.start]);
    let last = passage.links.last().map_or(passage.text.len(), |last| last.range.end.min(passage.text.len()));
    let after = plain::word_count(&passage.text[last..]);
    let says_paper = labelled.roles.contains(&Role::Paper);
    let is_numbered = text.len() < passage.text.trim().len();
    let is_short = (2..=40).contains(&(before / passage.lines_with_links().max(1))) && after <= 6;
    is_short && (says_paper || is_numbered || has_authors())
}
