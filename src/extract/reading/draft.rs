//! Reads one entry out of its passage: title, identifiers, tags, links, citation. Which blocks make an entry is `entries`' business.

use std::ops::Range;

use crate::model::{ArxivId, Citation, Link, VersionedId};

use crate::extract::explain::Because;
use crate::extract::features::evidence;
use crate::extract::features::labels::{self, Labelled, Meaning, Role};
use crate::extract::features::links::{self, Target};
use crate::extract::features::plain;
use crate::extract::features::title::{self, Setting, Title};
use crate::extract::features::venue;
use crate::extract::findings::Notes;
use crate::extract::forms::bibtex;
use crate::extract::options::Options;
use crate::extract::reading::own_id::{self, Equal, Named};
use crate::extract::reading::reasons::{From, How, Why};
use crate::extract::reading::tags;
use crate::extract::units::document::Task;
use crate::extract::units::passage::{LINE, SOFT};

/// An entry as far as its own text tells.
#[derive(Debug, Default)]
pub(in crate::extract) struct Draft {
    /// Where its title starts, or itself.
    pub(in crate::extract) at: usize,
    pub(in crate::extract) id: Option<VersionedId>,
    pub(in crate::extract) title: Option<String>,
    pub(in crate::extract) tags: Vec<tags::Placed>,
    pub(in crate::extract) related: Vec<ArxivId>,
    /// E-prints of the same standing as its own, each of which is an entry beside it.
    pub(in crate::extract) equal: Vec<Equal>,
    /// The e-print that the BibTeX names, where a link names another.
    pub(in crate::extract) rival: Option<ArxivId>,
    pub(in crate::extract) links: Vec<Link>,
    pub(in crate::extract) citation: Option<Citation>,
    /// Whether one of its links leads to where papers are published, or says that it leads to the paper.
    pub(in crate::extract) is_published: bool,
    /// Whether it leads anywhere outside the list.
    pub(in crate::extract) leads: bool,
    pub(in crate::extract) has_tag_field: bool,
    /// Whether it presents something else than a paper, as far as its links tell: its title leads to code, a video, documentation.
    pub(in crate::extract) is_thing: bool,
    /// Whether all its links lead to something else than a paper.
    pub(in crate::extract) leads_to_things: bool,
    /// Whether its title stands where an entry's would.
    pub(in crate::extract) opens: bool,
    /// Whether only the rest of the list can tell that it is an entry.
    pub(in crate::extract) is_doubtful: bool,
    /// The row of its table that heads it.
    pub(in crate::extract) group: Option<String>,
    pub(in crate::extract) why: Why,
    /// The same in words, where somebody asks.
    pub(in crate::extract) because: Option<Box<Because>>,
}

impl Draft {
    /// Whether it has what only a paper has: an identifier, a citation, a link to where papers are published.
    pub(in crate::extract) fn is_paper(&self) -> bool {
        self.id.is_some() || self.citation.is_some() || self.is_published || !self.related.is_empty()
    }
}

/// What an entry is read with.
pub(in crate::extract) struct Tools<'t> {
    pub(in crate::extract) options: &'t Options,
    pub(in crate::extract) notes: &'t mut Notes,
}

/// Reads the papers that a text merely cites: every link to one is an entry, and so is every identifier.
pub(in crate::extract) fn cited(labelled: &Labelled<'_, '_>, within: &Range<usize>, notes: &mut Notes) -> Vec<Draft> {
    let passage = labelled.passage;
    let mut drafts: Vec<Draft> = Vec::new();
    let mut seen = std::collections::HashMap::new();
    for index in passage.links_in(within) {
        let link = &passage.links[index];
        let title = if labelled.roles[index] == Role::Text {
            title::clean(passage, link.range.clone(), Setting::Link, Some(index))
        } else {
            None
        };
        let title = title.or_else(|| title_before(labelled, within, index));
        let words = title.as_ref().map_or(0, |title| plain::word_count(&title.text));
        let is_paper = link.target == Target::Paper && (labelled.roles[index] == Role::Paper || words >= 3);
        if link.target != Target::Arxiv && !is_paper {
            for sighting in link.named.iter() {
                if let links::Sighting::Malformed(text, why) = sighting {
                    notes.malformed(link.at, text, why);
                }
            }
            continue;
        }
        let named = own_id::of_link(labelled, index, notes);
        let known = named.own.as_ref().and_then(|own| seen.get(&own.id).copied());
        if let Some(known) = known {
            let draft: &mut Draft = &mut drafts[known];
            draft.title = draft.title.take().or(title.map(|title| title.text));
            continue;
        }
        if let Some(own) = &named.own {
            seen.insert(own.id.clone(), drafts.len());
        }
        drafts.push(Draft {
            at: title.as_ref().map_or(link.at, |title| passage.source(title.range.start)),
            id: named.own,
            title: title.map(|title| title.text),
            related: named.related,
            why: Why::of_link(&link.range, How::Unclaimed),
            ..Draft::default()
        });
    }
    for (at, sighting) in passage.named_in(within) {
        let at = passage.source(*at);
        match sighting {
            links::Sighting::Paper(id, _) if !seen.contains_key(&id.id) => {
                seen.insert(id.id.clone(), drafts.len());
                drafts.push(Draft { at, id: Some(id.clone()), ..Draft::default() });
            }
            links::Sighting::Paper(..) => {}
            links::Sighting::Malformed(text, why) => notes.malformed(at, text, why),
        }
    }
    drafts
}

/// No title before an address is longer, in bytes.
const LONGEST_LEAD: usize = 300;

/// The title that a line has before the address that ends it: "Quiet comets over the sea: https://…".
fn title_before(labelled: &Labelled<'_, '_>, within: &Range<usize>, link: usize) -> Option<Title> {
    let passage = labelled.passage;
    let link = passage.links.get(link).filter(|link| link.is_bare)?;
    // No title is longer, nor what follows an address that ends its line.
    let near = passage.text.floor_char_boundary(link.range.start.saturating_sub(LONGEST_LEAD)).max(within.start);
    let window = passage.text[near..link.range.start].rfind([LINE, SOFT]).map(|at| near + at + 1);
    let start = window.or((near == within.start).then_some(near))?;
    let before = start..link.range.start;
    let far = passage.text.floor_char_boundary((link.range.end + 16).min(within.end)).max(link.range.end);
    let after = passage.text[link.range.end..far].split([LINE, SOFT]).next().unwrap_or_default();
    let text = passage.text[before.clone()].trim_end();
    let is_alone = passage.links_in(&before).is_empty() && plain::word_count(after) == 0;
    let is_short = (3..=20).contains(&plain::word_count(text));
    (is_alone && is_short && text.ends_with([':', '-', '–', '—', '：']))
        .then(|| title::find(labelled, &before))
        .flatten()
}

/// One entry.
pub(in crate::extract) struct Scope {
    /// What it is read from.
    pub(in crate::extract) within: Range<usize>,
    pub(in crate::extract) title: Option<Title>,
    /// What its BibTeX cites.
    pub(in crate::extract) references: Vec<bibtex::Reference>,
    pub(in crate::extract) task: Task,
}

/// Reads one entry.
pub(in crate::extract) fn one(labelled: &Labelled<'_, '_>, scope: Scope, tools: &mut Tools<'_>) -> Draft {
    let Scope { within, title, references, task } = scope;
    let within = &within;
    let passage = labelled.passage;
    let Named { own, equal, related, rival, by } =
        own_id::choose(labelled, within, title.as_ref(), &references, tools.notes);
    let tags = tags::find(labelled, within, title.as_ref(), task, tools.options);
    let links = other_links(labelled, within, title.as_ref());
    let citation = references.into_iter().next().map(|reference| reference.citation);
    let at = title.as_ref().map_or(passage.visible(within).start, |title| title.range.start);
    let at = passage.source(at);
    let opens = title.as_ref().is_some_and(|title| evidence::opens(labelled, within, title));
    let title_link = title.as_ref().map(|title| title.link);
    let from = title.as_ref().map(|title| From::Unit(title.setting));
    let title = title.map(|title| title.text);
    let title = title.or_else(|| citation.as_ref().and_then(|citation| citation.title.clone()));
    let mut inside = passage.links_in(within).map(|link| (passage.links[link].target, &labelled.roles[link]));
    let is_published =
        inside.clone().any(|(target, role)| target == Target::Paper || target == Target::Other && *role == Role::Paper);
    let leads = inside.any(|(target, _)| target != Target::Anchor);
    let is_thing = |link: usize| links::leads_to_thing(&passage.links[link].url);
    let links_within = passage.links_in(within);
    let leads_to_things = !is_published && !links_within.is_empty() && links_within.clone().all(is_thing);
    let names_venue = tags.iter().any(|(_, tag)| venue::venue(tag).is_some());
    let title_leads_to_thing = match title_link {
        Some(link) => link.is_some_and(is_thing),
        None => leads_to_things,
    };
    let is_thing = title_leads_to_thing && !is_published && !names_venue;
    let has_tag_field = labelled.fields_in(within).iter().any(|field| field.meaning == Meaning::Tags);
    Draft {
        at,
        id: own,
        title,
        tags,
        related,
        equal,
        rival,
        links,
        citation,
        is_published,
        leads,
        has_tag_field,
        is_thing,
        leads_to_things,
        opens,
        is_doubtful: false,
        group: None,
        why: Why { title: from, id: by, ..Why::default() },
        because: None,
    }
}

/// Whether a link may lead to the paper that its line presents: to arXiv, or elsewhere under a title that opens the line.
fn may_open_part(labelled: &Labelled<'_, '_>, link: usize) -> bool {
    let passage = labelled.passage;
    let (range, target) = (&passage.links[link].range, passage.links[link].target);
    let opens = || {
        let before = passage.text[..range.start].trim_end_matches([' ', '*', '-', '•', '·']);
        before.is_empty() || before.ends_with([LINE, SOFT])
    };
    let is_titled = || labelled.roles[link] == Role::Text && plain::word_count(&passage.text[range.clone()]) >= 3;
    target == Target::Arxiv || target != Target::Anchor && is_titled() && opens()
}

/// The ranges that present a paper each: the lines of a range, where several of them have a title and a paper of their own.
pub(in crate::extract) fn parts(labelled: &Labelled<'_, '_>, within: &Range<usize>) -> Vec<Range<usize>> {
    let passage = labelled.passage;
    let links = passage.links_in(within);
    if links.clone().filter(|link| may_open_part(labelled, *link)).nth(1).is_none() {
        return vec![within.clone()];
    }
    let mut starts: Vec<usize> = Vec::new();
    let mut papers: Vec<&str> = Vec::new();
    let ends_line = |c: char| c == LINE || c == SOFT;
    let mut line_start = within.start;
    for link in links.filter(|link| may_open_part(labelled, *link)) {
        let start = passage.links[link].range.start;
        if start < line_start {
            continue;
        }
        line_start = passage.text[line_start..start].rfind(ends_line).map_or(line_start, |at| line_start + at + 1);
        let end = passage.text[start..within.end].find(ends_line).map_or(within.end, |at| start + at);
        let line = line_start..end;
        line_start = (end + 1).min(within.end);
        // A link's text may run on into the next line.
        let after = passage.text.get(passage.links[link].range.end..end);
        let has_title = title::find(labelled, &line).is_some_and(|title| {
            let before = plain::word_count(&passage.text[line.start.min(title.range.start)..title.range.start]);
            let words = plain::word_count(&title.text);
            match title.setting {
                Setting::Italic | Setting::Underlined => false,
                // Plain lines are entries where each ends in its links.
                Setting::Plain => before == 0 && words >= 3 && after.is_some_and(|after| plain::word_count(after) <= 3),
                _ => before <= 4 && words >= 3,
            }
        });
        let url = &*passage.links[link].url;
        if has_title && labelled.roles[link] != Role::Related && !papers.contains(&url) {
            starts.push(line.start);
            papers.push(url);
        }
        // Beyond that it is a text, whose every link is looked at anyway.
        if papers.len() > 64 {
            break;
        }
    }
    let is_paper = |url: &&str| matches!(links::target(url).0, Target::Arxiv | Target::Paper);
    if starts.len() < 2 || !papers.iter().any(is_paper) {
        return vec![within.clone()];
    }
    starts[0] = within.start;
    let ends = starts.iter().skip(1).copied().chain([within.end]);
    starts.iter().copied().zip(ends).map(|(start, end)| start..end).collect()
}

/// The papers beside the first one that an entry presents by links with titles of their own, which are then no others of the first's.
pub(in crate::extract) fn other_papers(
    labelled: &Labelled<'_, '_>,
    within: &Range<usize>,
    title: Option<&Title>,
    first: &mut Draft,
) -> Vec<Draft> {
    let is_by_link = title.is_none_or(|title| title.link.is_some());
    if !is_by_link && first.id.is_some() {
        return Vec::new();
    }
    let passage = labelled.passage;
    let mut drafts: Vec<Draft> = Vec::new();
    for index in passage.links_in(within) {
        let link = &passage.links[index];
        let is_titled = title.is_some_and(|title| title.link == Some(index));
        if link.target != Target::Arxiv || labelled.roles[index] != Role::Text || is_titled {
            continue;
        }
        let id = link.named.iter().find_map(|sighting| match sighting {
            links::Sighting::Paper(id, _) => Some(id.clone()),
            links::Sighting::Malformed(..) => None,
        });
        let is_known = id.as_ref().is_none_or(|id| {
            first.id.as_ref().is_some_and(|own| own.id == id.id)
                || drafts.iter().any(|draft| draft.id.as_ref().is_some_and(|own| own.id == id.id))
        });
        if let Some(title) = title::clean(passage, link.range.clone(), Setting::Link, Some(index)).filter(|_| !is_known)
        {
            drafts.push(Draft {
                at: passage.source(title.range.start),
                id,
                title: Some(title.text),
                why: Why::of_link(&link.range, How::Link),
                ..Draft::default()
            });
        }
        if drafts.len() > 256 {
            break;
        }
    }
    let is_presented = |id: &ArxivId| drafts.iter().any(|draft| draft.id.as_ref().is_some_and(|own| own.id == *id));
    first.related.retain(|id| !is_presented(id));
    first.equal.retain(|equal| !is_presented(&equal.id.id));
    drafts
}

/// The links that lead elsewhere, each with what the list calls it.
fn other_links(labelled: &Labelled<'_, '_>, within: &Range<usize>, title: Option<&Title>) -> Vec<Link> {
    let passage = labelled.passage;
    let mut links: Vec<Link> = Vec::new();
    for index in passage.links_in(within) {
        let link = &passage.links[index];
        if matches!(link.target, Target::Arxiv | Target::Anchor) || link.url.starts_with("../") {
            continue;
        }
        let label = label(labelled, index, title.is_some_and(|title| title.link == Some(index)));
        let link = Link { label, url: link.url.trim().to_owned() };
        if links.len() < 256 && !links.contains(&link) {
            links.push(link);
        }
    }
    links
}

/// What a link is called: by its text, else by the words before it, else by where it leads.
fn label(labelled: &Labelled<'_, '_>, index: usize, is_title: bool) -> String {
    let passage = labelled.passage;
    let link = &passage.links[index];
    let own = labels::own_text(passage, index);
    let own = plain::trim(&own);
    let name = labels::name_before(passage, index).map(|name| {
        let name = name.to_lowercase();
        let short =
            ["link", "url"].iter().find_map(|ending| name.strip_suffix(ending)).map(|name| name.trim_end().to_owned());
        short.filter(|name| !name.is_empty()).unwrap_or(name)
    });
    let by_name = name.filter(|name| plain::word_count(name) <= 3);
    let says_little = link.is_bare
        || own.is_empty()
        || plain::word_count(own) == 0
        || labels::meaning(own).is_none()
        || matches!(own.to_lowercase().as_str(), "here" | "link" | "url" | "this");
    let by_host = || match links::host_of(&link.url) {
        host if host.ends_with("github.com") => "github".to_owned(),
        host if host.ends_with("huggingface.co") => "huggingface".to_owned(),
        host if host.ends_with("youtube.com") || host.ends_with("youtu.be") => "video".to_owned(),
        _ if link.target == Target::Paper => "paper".to_owned(),
        _ => "link".to_owned(),
    };
    match labelled.roles[index] {
        _ if is_title => by_host(),
        _ if !says_little => own.to_lowercase(),
        Role::Text => plain::line(own),
        _ => by_name.unwrap_or_else(by_host),
    }
}
