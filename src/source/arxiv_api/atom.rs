//! Atom bytes to papers, in the form that the API gives since November 2025 and in the one before.
//!
//! The feed is read as a stream of events, by element name and never by position: the two forms order and repeat their
//! elements differently. Whether an answer can be believed is not decided here; see `answer`.

use std::borrow::Cow;

use jiff::Timestamp;
use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};

use super::super::text::normalise;
use crate::model::{ArxivId, Author, Category, Paper, Source, Version, VersionedId};
use crate::model::{doi, names};

/// What a feed holds. Entries without identifier or title, which the old service gave for unknown ids, are left out.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Feed {
    /// The papers, in the order of the feed.
    pub papers: Vec<Paper>,
    /// The texts of error entries, such as `incorrect id format for 1234.12345`.
    pub errors: Vec<String>,
    /// Why the feed cannot be the whole answer, or `None` where it was closed properly.
    pub broken: Option<String>,
}

/// Reads a feed as far as it goes. What stood whole before a break is kept: an entry that was closed was told completely.
pub fn read(xml: &str) -> Feed {
    let mut reader = Reader::from_str(xml);
    let mut feed = Feed::default();
    let mut seen_feed = false;
    let mut entry: Option<Draft> = None;
    let mut text = Text::default();
    feed.broken = loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) => match &mut entry {
                Some(draft) => {
                    draft.open(&tag);
                    text.clear();
                }
                None if tag.local_name().as_ref() == "entry" && seen_feed => entry = Some(Draft::default()),
                None if tag.local_name().as_ref() == "feed" => seen_feed = true,
                None if !seen_feed => break Some(format!("it is no Atom feed but <{}>", tag.local_name().as_ref())),
                None => {}
            },
            Ok(Event::Empty(tag)) => {
                if let Some(draft) = &mut entry {
                    draft.attributes(&tag);
                }
            }
            Ok(Event::Text(piece)) => text.push(piece.into_inner()),
            Ok(Event::CData(piece)) => text.push(piece.into_inner()),
            Ok(Event::GeneralRef(reference)) => {
                match (reference.resolve_char_ref(), resolve_predefined_entity(&reference)) {
                    (Ok(Some(character)), _) => text.push(Cow::Owned(character.to_string())),
                    (_, Some(character)) => text.push(Cow::Borrowed(character)),
                    (_, None) => text.push(Cow::Owned(format!("&{};", &*reference))),
                }
            }
            Ok(Event::End(tag)) => match &mut entry {
                Some(draft) if draft.depth > 0 => {
                    draft.close(text.as_str());
                    text.clear();
                }
                Some(_) => entry.take().into_iter().for_each(|draft| draft.finish(&mut feed)),
                None if tag.local_name().as_ref() == "feed" => break None,
                None => {}
            },
            Ok(Event::Eof) if seen_feed => break Some("it ends before the feed is closed".to_owned()),
            Ok(Event::Eof) => break Some("it is no Atom feed".to_owned()),
            Ok(_) => {}
            Err(error) => break Some(format!("it is no well-formed XML: {error}")),
        }
    };
    feed
}

/// The text of the element that was opened last. Most come in one piece, which is not copied; a reference breaks it up.
#[derive(Default)]
struct Text<'a> {
    alone: &'a str,
    joined: String,
}

impl<'a> Text<'a> {
    fn clear(&mut self) {
        self.alone = "";
        self.joined.clear();
    }

    fn push(&mut self, piece: Cow<'a, str>) {
        match piece {
            Cow::Borrowed(piece) if self.alone.is_empty() && self.joined.is_empty() => self.alone = piece,
            piece => {
                self.joined.push_str(std::mem::take(&mut self.alone));
                self.joined.push_str(&piece);
            }
        }
    }

    fn as_str(&self) -> &str {
        if self.joined.is_empty() { self.alone } else { &self.joined }
    }
}

/// The elements of an entry whose text is wanted.
#[derive(Clone, Copy)]
enum Field {
    Id,
    Title,
    Summary,
    Published,
    Updated,
    Comment,
    JournalRef,
    Doi,
    Author,
}

/// An entry while it is being read.
#[derive(Default)]
struct Draft {
    /// How many elements are open within the entry.
    depth: usize,
    /// The element whose text is being gathered, and the depth it stands at.
    field: Option<(Field, usize)>,
    id: Option<String>,
    title: Option<String>,
    authors: Vec<Author>,
    summary: Option<String>,
    primary_category: Option<Category>,
    categories: Vec<Category>,
    published: Option<Timestamp>,
    updated: Option<Timestamp>,
    comment: Option<String>,
    journal_ref: Option<String>,
    doi: Option<String>,
}

impl Draft {
    fn open(&mut self, tag: &BytesStart<'_>) {
        self.depth += 1;
        let field = match (self.depth, tag.local_name().as_ref()) {
            (1, "id") => Field::Id,
            (1, "title") => Field::Title,
            (1, "summary") => Field::Summary,
            (1, "published") => Field::Published,
            (1, "updated") => Field::Updated,
            (1, "comment") => Field::Comment,
            (1, "journal_ref") => Field::JournalRef,
            (1, "doi") => Field::Doi,
            (2, "name") => Field::Author,
            _ => return self.attributes(tag),
        };
        self.field = Some((field, self.depth));
    }

    /// Reads the elements that say what they say in attributes.
    fn attributes(&mut self, tag: &BytesStart<'_>) {
        let primary = match tag.local_name().as_ref() {
            "category" => false,
            "primary_category" => true,
            _ => return,
        };
        let mut attributes = tag.attributes();
        let Some(term) = attributes.with_checks(false).flatten().find(|attribute| attribute.key.as_ref() == "term")
        else {
            return;
        };
        // Terms of other schemes (ACM, MSC) and the empty ones of ghost entries do not parse, and are no loss.
        let Ok(category) = term.value.parse::<Category>() else { return };
        if primary {
            self.primary_category = Some(category);
        } else if !self.categories.contains(&category) {
            self.categories.push(category);
        }
    }

    fn close(&mut self, text: &str) {
        if let Some((field, _)) = self.field.take_if(|(_, depth)| *depth == self.depth) {
            self.keep(field, text);
        }
        self.depth -= 1;
    }

    /// Keeps a field's text. Where an element repeats, the first one counts.
    fn keep(&mut self, field: Field, text: &str) {
        let text = normalise(text);
        if text.is_empty() {
            return;
        }
        let slot = match field {
            Field::Id => &mut self.id,
            Field::Title => &mut self.title,
            Field::Summary => &mut self.summary,
            Field::Comment => &mut self.comment,
            Field::JournalRef => &mut self.journal_ref,
            Field::Doi => &mut self.doi,
            Field::Published => return self.published = self.published.or_else(|| text.parse().ok()),
            Field::Updated => return self.updated = self.updated.or_else(|| text.parse().ok()),
            Field::Author => return self.authors.extend(names::authors(&text)),
        };
        slot.get_or_insert(text);
    }

    fn finish(self, feed: &mut Feed) {
        let Some(id) = self.id else { return };
        // An error entry is told by its address; a paper may well be titled "Error".
        if id.contains("/api/errors") {
            return feed.errors.push(self.summary.unwrap_or(id));
        }
        let (Some((id, version)), Some(title)) = (identifier(&id), self.title) else { return };
        let mut categories = self.categories;
        if let Some(primary) = &self.primary_category {
            categories.retain(|category| category != primary);
            categories.insert(0, primary.clone());
        }
        feed.papers.push(Paper {
            id,
            version,
            title,
            authors: self.authors,
            summary: self.summary,
            primary_category: self.primary_category,
            categories,
            published: self.published,
            updated: self.updated,
            comment: self.comment,
            journal_ref: self.journal_ref,
            doi: self.doi.as_deref().and_then(doi::of_field),
            source: Source::ArxivApi,
        });
    }
}

/// The identifier in an entry's `<id>`, which is the address of its abstract page.
fn identifier(address: &str) -> Option<(ArxivId, Option<Version>)> {
    let (_, text) = address.split_once("/abs/")?;
    let VersionedId { id, version } = text.parse().ok()?;
    Some((id, version))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn feed_of(entry: &str) -> Feed {
        read(&format!(
            "<?xml version='1.0'?><feed xmlns:arxiv='http://arxiv.org/schemas/atom' xmlns='http://www.w3.org/2005/Atom'>\
             <title>arXiv Query</title><entry>{entry}</entry></feed>"
        ))
    }

    fn only(entry: &str) -> Paper {
        let feed = feed_of(entry);
        assert_eq!(feed.broken, None);
        assert_eq!(feed.papers.len(), 1, "{entry}");
        feed.papers.into_iter().next().unwrap()
    }

    #[test]
    fn an_entry_of_today_is_read_by_name() {
        let paper = only(
            "<id>http://arxiv.org/abs/2201.13452v1</id><title>A &amp; B: $x &lt; y$</title><updated>2022-02-01T04:27:03Z</updated>\
             <link href='https://arxiv.org/abs/2201.13452v1'/><summary> One.\n  Two &#233;. </summary>\
             <category term='math.AP' scheme='http://arxiv.org/schemas/atom'/><published>2022-01-31T18:59:34Z</published>\
             <arxiv:comment>34 pages</arxiv:comment><arxiv:primary_category term='math.DS'/>\
             <author><name>Hong-Ming Yin</name><arxiv:affiliation>Somewhere</arxiv:affiliation></author><author><name>Jun Zou</name></author>\
             <arxiv:journal_ref>J. 1 (2022)</arxiv:journal_ref><arxiv:doi>10.1/a</arxiv:doi><arxiv:doi>10.1/b</arxiv:doi>",
        );
        assert_eq!(paper.id.as_str(), "2201.13452");
        assert_eq!(paper.version, Version::new(1));
        assert_eq!(paper.title, "A & B: $x < y$");
        assert_eq!(paper.summary.as_deref(), Some("One. Two é."));
        assert_eq!(paper.authors, ["Hong-Ming Yin", "Jun Zou"]);
        assert_eq!(paper.categories.iter().map(Category::as_str).collect::<Vec<_>>(), ["math.DS", "math.AP"]);
        assert_eq!(paper.published.map(|t| t.to_string()).as_deref(), Some("2022-01-31T18:59:34Z"));
        assert_eq!(paper.updated.map(|t| t.to_string()).as_deref(), Some("2022-02-01T04:27:03Z"));
        assert_eq!(paper.comment.as_deref(), Some("34 pages"));
        assert_eq!(paper.journal_ref.as_deref(), Some("J. 1 (2022)"));
        assert_eq!(paper.doi.as_deref(), Some("10.1/a"));
    }

    #[test]
    fn an_entry_from_before_loses_its_line_breaks_and_foreign_categories() {
        let paper = only(
            "<id>http://arxiv.org/abs/hep-ph/9411242v1</id><updated>1994-11-08T06:19:41-05:00</updated>\
             <title>Proton-ring\n  Collider</title><summary>  The use\nof rings.\n</summary>\
             <category term='hep-ph' scheme='http://arxiv.org/schemas/atom'/><category term='I.2.7'/><category term='68T50'/>\
             <arxiv:primary_category term='hep-ph' scheme='http://arxiv.org/schemas/atom'/>",
        );
        assert_eq!(paper.title, "Proton-ring Collider");
        assert_eq!(paper.summary.as_deref(), Some("The use of rings."));
        assert_eq!(paper.categories.iter().map(Category::as_str).collect::<Vec<_>>(), ["hep-ph"]);
        assert_eq!(paper.updated.map(|t| t.to_string()).as_deref(), Some("1994-11-08T11:19:41Z"));
    }

    #[test]
    fn ghost_entries_are_nothing() {
        let ghost = feed_of("<arxiv:primary_category term=''/><category term=''/>");
        assert_eq!(ghost, Feed::default());
        let unknown_version =
            feed_of("<id>http://arxiv.org/abs/1401.0001v9</id><link href='x'/><category term='cs.GT'/>");
        assert_eq!(unknown_version, Feed::default());
    }

    #[test]
    fn an_error_is_told_by_its_address_and_not_by_its_title() {
        let feed = feed_of(
            "<id>https://arxiv.org/api/errors#incorrect_id_format_for_abc</id><title>Error</title>\
             <summary>incorrect id format for abc</summary>",
        );
        assert_eq!(feed.errors, ["incorrect id format for abc"]);
        assert_eq!(only("<id>http://arxiv.org/abs/2104.12255v1</id><title>Error</title>").title, "Error");
        assert_eq!(only("<id>http://arxiv.org/abs/2104.12255v1</id><title>0</title>").title, "0");
    }

    #[test]
    fn a_break_keeps_what_was_whole_before_it() {
        let whole = "<feed><entry><id>http://arxiv.org/abs/2104.12255v1</id><title>0</title></entry><entry><id>http";
        let feed = read(whole);
        assert_eq!(feed.papers.len(), 1);
        assert!(feed.broken.is_some());
    }

    #[test]
    fn what_is_no_feed_is_said_to_be_none() {
        for body in
            ["Rate exceeded.", "", "<html><body>Access denied</body></html>", "<feed>", "\u{0}\u{1}", "<feed></wrong>"]
        {
            assert!(read(body).broken.is_some(), "{body:?}");
        }
    }
}
