//! Decides which blocks of a section make one entry: a heading with what is under it, a list item with its details, a table's row, a
//! bold line with its fields, a paragraph, a BibTeX entry. How an entry is read is left to `reading`.

mod evidence;
mod folded;
mod items;
mod keeping;
mod references;

use std::cell::Cell;
use std::ops::Range;

use self::evidence::{Evidence, evidence, is_lone_bold, reads_as_entry};
use self::references::is_same;

pub(super) use self::keeping::without_doubtful;
pub(super) use self::references::from_reference;

use super::accounts;
use super::bibtex;
use super::document::{Document, Kind};
use super::labels::{self, Labelled, Role};
use super::links::Target;
use super::outline::Outline;
use super::passage::{LINE, Passage, SOFT};
use super::plain;
use super::reading::{self, Draft, Given, Tools};
use super::tables;
use super::title::{self, Setting};
use super::words;

/// An entry with the headings over it.
pub(super) struct Placed {
    pub(super) draft: Draft,
    pub(super) sections: Vec<String>,
}

/// Reads one section after the other and keeps the entries.
pub(super) struct Reader<'t> {
    pub(super) tools: Tools<'t>,
    pub(super) outline: Outline,
    pub(super) entries: Vec<Placed>,
}

impl Reader<'_> {
    /// Reads a section. `next` is the level of the heading that ends it.
    pub(super) fn read(&mut self, document: &Document<'_>, next: Option<u8>) {
        let evidence = vec![Cell::new(None); document.blocks.len()];
        let first = self.entries.len().saturating_sub(1);
        Section { document, reader: self, evidence }.read(next);
        let Tools { options, notes } = &mut self.tools;
        let unclaimed = accounts::unclaimed(document, &self.entries[first..], options, &mut notes.account);
        for draft in unclaimed {
            let before = self.entries[first..].iter().rposition(|entry| entry.draft.at <= draft.at);
            let at = first + before.map_or(0, |before| before + 1);
            self.entries.insert(at, Placed { draft, sections: self.outline.path() });
        }
    }
}

struct Section<'s, 'a, 't> {
    document: &'s Document<'a>,
    reader: &'s mut Reader<'t>,
    /// What single blocks tell, once it was asked for.
    evidence: Vec<Cell<Option<Evidence>>>,
}

impl Section<'_, '_, '_> {
    fn read(&mut self, next: Option<u8>) {
        let end = self.document.blocks.len();
        let Some(Kind::Heading(level)) = self.document.blocks.first().map(|block| block.kind) else {
            return self.body(0..end);
        };
        let mut passage = Passage::of(self.document);
        let heading = Labelled::of(passage.fill(0..1));
        let text = heading_text(&heading);
        if let Some(given) = self.titling_heading(&heading, &text, level, next) {
            self.reader.outline.heading(level, None);
            // Further headings below it are no details of the paper, nor is what stands before them, unless it is nothing else.
            let has_parts = next.is_some_and(|next| next > level);
            let own = if has_parts && !self.is_all_details(1..end) { 0..1 } else { 0..self.lead(1..end).end };
            let mut passage = Passage::of(self.document);
            let labelled = Labelled::of(passage.fill(own.clone()));
            let draft = reading::under(given, &labelled, &mut self.reader.tools);
            // Over several papers of one standing the heading is no title, unless it leads to one of them itself.
            if draft.equal.is_empty() || heading.passage.links.iter().any(|link| link.target == Target::Arxiv) {
                self.keep(draft);
                return self.body(own.end..end);
            }
        }
        self.reader.outline.heading(level, (!text.is_empty()).then_some(text));
        if heading.passage.links.iter().any(|link| link.target == Target::Arxiv) {
            let cited = reading::cited(&heading, &mut self.reader.tools);
            cited.into_iter().for_each(|draft| self.keep(draft));
        }
        self.body(1..end);
    }

    /// Whether the heading is the title of an entry rather than the name of a section: it leads to a paper itself, or what is under
    /// it is one paper's details and no further headings.
    fn titling_heading(&self, heading: &Labelled<'_, '_>, text: &str, level: u8, next: Option<u8>) -> Option<Given> {
        let passage = heading.passage;
        let link = (0..passage.links.len()).find(|&link| {
            heading.roles[link] == Role::Text && matches!(passage.links[link].target, Target::Arxiv | Target::Paper)
        });
        let titled =
            link.and_then(|link| title::clean(passage, passage.links[link].range.clone(), Setting::Link, Some(link)));
        if let Some(title) = titled {
            return Some(Given { at: passage.source(title.range.start), text: title.text });
        }
        // A heading over further ones is a paper's where nothing but that paper's details stand before them. The title of the whole
        // list seldom is.
        let has_parts = next.is_some_and(|next| next > level);
        let is_over_parts =
            || level > 1 && plain::word_count(text) >= 3 && self.is_all_details(1..self.document.blocks.len());
        let is_label = words::is(text, words::Kind::Section) || !text.contains(' ') && labels::meaning(text).is_some();
        if text.is_empty() || has_parts && !is_over_parts() || is_label {
            return None;
        }
        let is_paper = |link: &super::passage::PassageLink<'_>| matches!(link.target, Target::Arxiv | Target::Paper);
        let leads = passage.links.iter().any(is_paper);
        let end = self.document.blocks.len();
        if !(leads || self.is_one_papers(1..end, text)) || self.has_entries(1..end) || self.has_references(1..end) {
            return None;
        }
        let title = title::find(heading, &heading.whole());
        let start = passage.text.len() - passage.text.trim_start().len();
        match title.filter(|title| title.setting != Setting::Plain && plain::word_count(&title.text) >= 3 || leads) {
            Some(title) => Some(Given { at: passage.source(title.range.start), text: title.text }),
            None => Some(Given { at: passage.source(start), text: plain::title(text) }),
        }
    }

    /// Whether blocks hold the details of one paper: a field of tags, a field or a line of links that leads to the paper, or its BibTeX.
    fn is_one_papers(&self, blocks: Range<usize>, title: &str) -> bool {
        let mut passage = Passage::of(self.document);
        // What is nested in an item that says more than a field's name tells of that, and not of what stands above both.
        let mut over: Vec<usize> = Vec::new();
        for index in blocks {
            let block = &self.document.blocks[index];
            while over.last().is_some_and(|over| self.document.blocks[*over].depth >= block.depth) {
                over.pop();
            }
            let is_nested =
                over.last().is_some_and(|over| self.document.blocks[*over].depth > 0 && !self.tells(*over).details);
            let is_one = match block.kind {
                Kind::Paragraph if !is_nested => {
                    let labelled = Labelled::of(passage.fill(index..index + 1));
                    let evidence = self.tells(index);
                    evidence.tags || reading::has_paper_field(&labelled) || (evidence.details && evidence.paper)
                }
                Kind::Bibtex => {
                    passage.fill(index..index + 1);
                    let references = reading::references(&passage, &mut Default::default());
                    let mut titles = references.into_iter().filter_map(|reference| reference.citation.title);
                    titles.any(|cited| is_same(&cited, title))
                }
                _ => false,
            };
            if is_one {
                return true;
            }
            if block.kind == Kind::Paragraph {
                over.push(index);
            }
        }
        false
    }

    /// Whether blocks are nothing but details of what stands above, and there are some.
    fn is_all_details(&self, mut blocks: Range<usize>) -> bool {
        !blocks.is_empty()
            && blocks.all(|index| self.document.blocks[index].kind == Kind::Paragraph && self.tells(index).details)
    }

    /// Whether blocks hold entries of their own: items, bold lines or rows that have a title and lead to a paper.
    fn has_entries(&self, blocks: Range<usize>) -> bool {
        let mut passage = Passage::of(self.document);
        blocks.into_iter().any(|index| match self.document.blocks[index].kind {
            Kind::Table => {
                (index..self.end_of_table(index, self.document.blocks.len())).any(|cell| self.tells(cell).paper)
            }
            Kind::Paragraph => {
                let labelled = Labelled::of(passage.fill(index..index + 1));
                let found = self.tells(index);
                let is_listed = self.document.blocks[index].depth > 0 && found.has_title && !found.details;
                let next = self.document.blocks.get(index + 1).map(|next| next.kind);
                let is_over_list =
                    is_lone_bold(labelled.passage) && !found.details && matches!(next, Some(Kind::Item(_)));
                found.paper && (found.titled || is_listed) || is_over_list
            }
            _ => false,
        })
    }

    /// The paragraphs at the start that stand before any entry.
    fn lead(&self, blocks: Range<usize>) -> Range<usize> {
        let end = blocks.clone().find(|&index| self.has_entries(index..index + 1)).unwrap_or(blocks.end);
        blocks.start..end
    }

    /// What a single block tells.
    fn tells(&self, block: usize) -> Evidence {
        if let Some(known) = self.evidence[block].get() {
            return known;
        }
        let mut passage = Passage::of(self.document);
        let found = evidence(&Labelled::of(passage.fill(block..block + 1)));
        self.evidence[block].set(Some(found));
        found
    }

    /// Reads blocks that no heading's entry has taken.
    fn body(&mut self, blocks: Range<usize>) {
        let mut at = blocks.start;
        while at < blocks.end {
            let block = &self.document.blocks[at];
            let next = match block.kind {
                Kind::Item(_) => {
                    let end = self.end_of_list(at, blocks.end);
                    match self.names_table(at..end, blocks.end) {
                        Some(name) => self.reader.outline.category(name),
                        None => self.list(at..end),
                    }
                    end
                }
                Kind::Table => {
                    let end = self.end_of_table(at, blocks.end);
                    let drafts = tables::read(self.document, at..end, &mut self.reader.tools);
                    self.keep_siblings(drafts);
                    end
                }
                Kind::Paragraph | Kind::Heading(_) => self.paragraph(at, blocks.end),
                Kind::Bibtex => {
                    self.bibtex(at);
                    at + 1
                }
                Kind::Details => self.folded_entry(at, blocks.end).unwrap_or_else(|| {
                    self.reader.outline.details();
                    at + 1
                }),
                Kind::Summary => {
                    self.summary(at);
                    at + 1
                }
                Kind::DetailsEnd => {
                    self.reader.outline.end_details();
                    at + 1
                }
                Kind::Rule => {
                    self.reader.outline.end_category();
                    at + 1
                }
                Kind::Row(_) | Kind::Cell { .. } => at + 1,
            };
            at = next.max(at + 1);
        }
    }

    /// The text of a lone item over a table, which it names.
    fn names_table(&self, list: Range<usize>, limit: usize) -> Option<String> {
        let is_over_table = list.end < limit && self.document.blocks[list.end].kind == Kind::Table;
        if !is_over_table || list.len() != 2 {
            return None;
        }
        let mut passage = Passage::of(self.document);
        let passage = passage.fill(list);
        let text = plain::title(&passage.text);
        (passage.links.is_empty() && (1..=8).contains(&plain::word_count(&text))).then_some(text)
    }

    fn end_of_table(&self, start: usize, limit: usize) -> usize {
        let is_part = |index: usize| matches!(self.document.blocks[index].kind, Kind::Row(_) | Kind::Cell { .. });
        (start + 1..limit).find(|&index| !is_part(index)).unwrap_or(limit)
    }

    /// Reads a paragraph, with the blocks after it that are its details, and says where to go on.
    fn paragraph(&mut self, at: usize, limit: usize) -> usize {
        let mut passage = Passage::of(self.document);
        let labelled = Labelled::of(passage.fill(at..at + 1));
        if bibtex::starts_an_entry(&labelled.passage.text) {
            let text = labelled.passage.text.replace(SOFT, "\n");
            let references = bibtex::read(&text, self.document.blocks[at].at, self.reader.tools.notes);
            self.references(references);
            return at + 1;
        }
        let found = self.evidence[at].get().unwrap_or_else(|| evidence(&labelled));
        let is_bold = is_lone_bold(labelled.passage);
        let is_title =
            is_bold || (found.has_title && !found.paper && !labelled.passage.text.trim().contains([LINE, SOFT]));
        let end = if is_title || found.titled { self.end_of_details(at + 1, limit) } else { at + 1 };
        let has_details = end > at + 1 && self.is_one_papers(at + 1..end, "");
        if found.paper && (found.titled || is_bold) || has_details && is_title {
            let mut whole = Passage::of(self.document);
            let labelled = Labelled::of(whole.fill(at..end));
            let drafts = if found.paper || !is_bold {
                reading::papers(&labelled, &mut self.reader.tools)
            } else {
                let start = labelled.passage.text.len() - labelled.passage.text.trim_start().len();
                let line = labelled.passage.text.trim_start().split(LINE).next().unwrap_or_default();
                let given = Given { text: plain::title(line), at: labelled.passage.source(start) };
                vec![reading::under(given, &labelled, &mut self.reader.tools)]
            };
            drafts.into_iter().for_each(|draft| self.keep(draft));
            return end;
        }
        if is_bold && self.stands_over_entries(at + 1, limit) {
            self.reader.outline.category(plain::title(&labelled.passage.text));
            return at + 1;
        }
        // A title set apart, with links that say what they lead to, presents a paper that nobody put on arXiv.
        let is_named = |(link, role): (&super::passage::PassageLink<'_>, &Role)| {
            !link.is_bare && link.target != Target::Anchor && *role != Role::Text
        };
        let says_links = labelled.passage.links.iter().zip(&labelled.roles).any(is_named);
        if found.tags || (found.titled && says_links && labelled.passage.text.contains([LINE, '.', '"', '”'])) {
            let drafts = reading::papers(&labelled, &mut self.reader.tools);
            drafts
                .into_iter()
                .filter(|draft| found.tags || draft.title.as_deref().is_some_and(|title| plain::word_count(title) >= 3))
                .for_each(|draft| self.keep(draft));
        } else if found.paper && found.is_plain && reads_as_entry(&labelled) {
            let drafts = reading::papers(&labelled, &mut self.reader.tools);
            drafts.into_iter().for_each(|draft| self.keep(draft));
        } else {
            let drafts = reading::cited(&labelled, &mut self.reader.tools);
            drafts.into_iter().for_each(|draft| self.keep(draft));
        }
        at + 1
    }

    /// Where the details of an entry end that start at `start`: lists, lines of links, BibTeX, folded abstracts.
    fn end_of_details(&self, start: usize, limit: usize) -> usize {
        let mut folded = 0u32;
        let mut at = start;
        while at < limit {
            match self.document.blocks[at].kind {
                Kind::Item(_) => {
                    let end = self.end_of_list(at, limit);
                    if self.has_titled_items(at..end) {
                        return at;
                    }
                    at = end;
                }
                Kind::Paragraph if folded == 0 => {
                    if !self.tells(at).details {
                        return at;
                    }
                    at += 1;
                }
                Kind::Details if self.folds_details(at) => {
                    folded += 1;
                    at += 1;
                }
                Kind::DetailsEnd if folded > 0 => {
                    folded -= 1;
                    at += 1;
                }
                Kind::Bibtex => at += 1,
                Kind::Paragraph | Kind::Summary if folded > 0 => at += 1,
                _ => return at,
            }
        }
        at
    }

    /// Whether a list, a table or paragraphs with entries follow directly.
    fn stands_over_entries(&self, at: usize, limit: usize) -> bool {
        if at >= limit {
            return false;
        }
        match self.document.blocks[at].kind {
            Kind::Item(_) | Kind::Table => true,
            Kind::Paragraph => {
                let found = self.tells(at);
                found.titled && found.link
            }
            _ => false,
        }
    }
}

/// The text of a heading as a reader sees it.
fn heading_text(labelled: &Labelled<'_, '_>) -> String {
    plain::line(&labelled.passage.text)
}
