//! The front matter of Jekyll and Hugo pages, in YAML or TOML: a page that presents one paper is one entry.

use serde_json::Value;

use crate::model::{Link, VersionedId};

use crate::extract::features::links::{self, Sighting, Target};
use crate::extract::features::plain;
use crate::extract::findings::Notes;
use crate::extract::reading::draft::Draft;
use crate::extract::reading::tags;

/// Longer front matter is no page's.
const LONGEST: usize = 200_000;

/// What stands before a page's text.
pub(in crate::extract) struct FrontMatter {
    /// The paper that the page presents, where it presents one.
    pub(in crate::extract) paper: Option<Draft>,
    /// Where the page's text starts.
    pub(in crate::extract) end: usize,
}

/// Reads the front matter at the start of `text`, if there is any.
pub(in crate::extract) fn read(text: &str, notes: &mut Notes) -> Option<FrontMatter> {
    let (fence, parse): (&str, fn(&str) -> Option<Value>) = if text.starts_with("---") {
        ("---", |yaml| serde_saphyr::from_str(yaml).ok())
    } else if text.starts_with("+++") {
        ("+++", |toml| toml::from_str(toml).ok())
    } else {
        return None;
    };
    let start = text.find('\n').filter(|&end| text[..end].trim_end() == fence)? + 1;
    let window = &text[start..text.floor_char_boundary(text.len().min(start + LONGEST))];
    let mut offset = start;
    for line in window.split_inclusive('\n') {
        if line.trim_end() == fence || line.trim_end() == "..." {
            let end = offset + line.len();
            let matter = &text[start..offset];
            return match parse(matter) {
                Some(value) => Some(FrontMatter { paper: paper(&value, matter, start, notes), end }),
                // What is not well formed and names a paper is read as text, so that the paper is not lost.
                None => (!names_papers(matter)).then_some(FrontMatter { paper: None, end }),
            };
        }
        offset += line.len();
    }
    None
}

fn names_papers(matter: &str) -> bool {
    let mut found = Vec::new();
    links::in_text(matter, &mut found);
    !found.is_empty()
}

/// The paper that a page presents: it names an e-print, or has a title, authors and a link to the paper.
fn paper(matter: &Value, source: &str, base: usize, notes: &mut Notes) -> Option<Draft> {
    let get = |names: &[&str]| {
        let fields = matter.as_object()?;
        fields
            .iter()
            .find(|(name, _)| names.iter().any(|known| name.eq_ignore_ascii_case(known)))
            .map(|(_, value)| value)
    };
    let title = get(&["title"]).and_then(Value::as_str).map(plain::title).filter(|title| !title.is_empty());
    let at = base + ["title:", "title =", "title=", "Title:"].iter().find_map(|name| source.find(name)).unwrap_or(0);
    let mut ids = Vec::new();
    let mut links = Vec::new();
    collect(matter, "", &mut |name, text| {
        let mut found = Vec::new();
        if text.contains("://") {
            links::in_address(text, &mut found);
            if found.is_empty() && links.len() < 64 && !text.contains(char::is_whitespace) {
                links.push(Link { label: name.to_lowercase(), url: text.to_owned() });
            }
        } else if name.to_lowercase().contains("arxiv") || name.eq_ignore_ascii_case("eprint") {
            ids.extend(links::bare(text));
        } else if name.eq_ignore_ascii_case("doi") {
            links::in_address(text, &mut found);
        }
        for sighting in found {
            match sighting {
                Sighting::Paper(id, _) => ids.push(id),
                Sighting::Malformed(text, why) => notes.malformed(base, &text, &why),
            }
        }
    });
    let is_paper = !ids.is_empty()
        || get(&["author", "authors"]).is_some()
            && title.is_some()
            && links.iter().any(|link| links::target(&link.url).0 == Target::Paper);
    if !is_paper {
        return None;
    }
    let mut tags = Vec::new();
    if let Some(value) = get(&["tags", "tag", "keywords", "keyword"]) {
        match value {
            Value::Array(values) => {
                values.iter().filter_map(text_of).for_each(|tag| tags::push_value(&tag, at, &mut tags))
            }
            // Jekyll takes a bare text for tags separated by spaces; commas are meant as such.
            Value::String(text) if text.contains([',', ';', '|']) => tags::push_values(text, at, &mut tags),
            Value::String(text) => text.split_whitespace().for_each(|tag| tags::push_value(tag, at, &mut tags)),
            _ => {}
        }
    }
    let mut ids: Vec<VersionedId> = ids;
    ids.dedup_by(|one, other| one.id == other.id);
    let mut ids = ids.into_iter();
    let id = ids.next();
    let related = ids.map(|other| other.id).filter(|other| id.as_ref().is_none_or(|id| id.id != *other)).collect();
    Some(Draft { at, id, title, tags, related, links, is_published: true, leads: true, ..Draft::default() })
}

fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// Visits every text with the name nearest to it: a link's own name where it has one, else the field's.
fn collect(value: &Value, name: &str, visit: &mut impl FnMut(&str, &str)) {
    match value {
        Value::String(text) => visit(name, text),
        Value::Number(number) => visit(name, &number.to_string()),
        Value::Array(values) => values.iter().for_each(|value| collect(value, name, visit)),
        Value::Object(fields) => {
            let own = ["name", "label", "text", "title"]
                .iter()
                .find_map(|key| fields.get(*key)?.as_str())
                .filter(|_| !name.is_empty());
            for (key, value) in fields {
                let is_address = ["url", "link", "href"].iter().any(|known| key.eq_ignore_ascii_case(known));
                collect(value, own.filter(|_| is_address).unwrap_or(key), visit);
            }
        }
        Value::Null | Value::Bool(_) => {}
    }
}
