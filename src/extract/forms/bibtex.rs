//! BibTeX into citations and the identifiers they hold. The biblatex crate reads it and resolves its TeX; what people forget in it
//! (commas, braces, abbreviations defined elsewhere) is put right first, so that one slip does not lose the entry.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use biblatex::{Bibliography, ChunksExt, Person};

use crate::model::{Author, Citation, Code, Malformed, VersionedId};

use crate::extract::features::links::{self, Sighting};
use crate::extract::findings::Notes;

/// A brace that is not closed within so many bytes was forgotten.
const LONGEST_VALUE: usize = 20_000;

/// An entry with more braces is not handed to the parser as it is: its time grows with their square, and its stack with their depth.
const MOST_BRACES: usize = 2_000;
const DEEPEST: usize = 64;

/// One entry of a bibliography.
#[derive(Debug)]
pub(in crate::extract) struct Reference {
    pub(in crate::extract) citation: Citation,
    /// The e-prints that its fields name, the most telling field first.
    pub(in crate::extract) ids: Vec<VersionedId>,
    /// Where its title stands in the list, or the entry itself where it has none.
    pub(in crate::extract) at: usize,
}

/// Whether `text` starts with `@type{`.
pub(in crate::extract) fn starts_an_entry(text: &str) -> bool {
    entry_type(text).is_some()
}

/// Reads all entries of `text`, which starts at `base` of the list.
pub(in crate::extract) fn read(text: &str, base: usize, notes: &mut Notes) -> Vec<Reference> {
    let mut strings = HashMap::new();
    let mut references = Vec::new();
    for (start, entry) in entries(text) {
        let Some((kind, body)) = entry_type(entry) else { continue };
        match kind.as_str() {
            "comment" | "preamble" => {}
            "string" => {
                strings.extend(fields(body).1.into_iter().map(|(name, value)| (name.to_ascii_lowercase(), value)))
            }
            _ => references.extend(reference(kind, entry, body, &strings, base + start, notes)),
        }
    }
    references
}

/// The pieces of `text` that start with `@type{` at the start of a line.
fn entries(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut starts: Vec<usize> = memchr::memchr_iter(b'@', text.as_bytes())
        .filter(|&at| {
            let near = text.floor_char_boundary(at.saturating_sub(64));
            let before = text[near..at].trim_end_matches([' ', '\t', '\r']);
            (before.ends_with(['\n', '}']) || before.is_empty() && near == 0) && starts_an_entry(&text[at..])
        })
        .collect();
    starts.push(text.len());
    let spans: Vec<_> = starts.windows(2).map(|pair| (pair[0], pair[1])).collect();
    spans.into_iter().map(|(start, end)| (start, &text[start..end]))
}

/// The type of an entry in lower case, and what follows its opening brace.
fn entry_type(text: &str) -> Option<(String, &str)> {
    let rest = text.trim_start().strip_prefix('@')?;
    let name = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_alphabetic()).len();
    let body = rest[name..].trim_start_matches([' ', '\t']).strip_prefix(['{', '('])?;
    (3..=20).contains(&name).then(|| (rest[..name].to_ascii_lowercase(), body))
}

fn reference(
    kind: String,
    source: &str,
    body: &str,
    strings: &HashMap<String, String>,
    at: usize,
    notes: &mut Notes,
) -> Option<Reference> {
    let (key, fields) = fields(body);
    let readable = with_braced_dotless(source);
    let parsed = match (!is_tangled(&readable)).then(|| Bibliography::parse(&readable)) {
        None => rewritten(&fields, strings),
        Some(Ok(bibliography)) => bibliography.into_vec().into_iter().next(),
        Some(Err(error)) => {
            let is_abbreviation = matches!(error.kind, biblatex::ParseErrorKind::UnknownAbbreviation(_));
            if !is_abbreviation {
                let what =
                    if key.is_empty() { "a BibTeX entry".to_owned() } else { format!("the BibTeX entry `{key}`") };
                notes.say(Code::BrokenBibtex, at, format!("{what} is not well formed: {}", error.kind), None);
            }
            rewritten(&fields, strings)
        }
    };
    let entry = parsed?;
    let text_of = |name: &str| {
        let text = entry.get(name)?.format_verbatim();
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        (!text.is_empty()).then_some(text)
    };
    let title = text_of("title");
    let published = ["journal", "journaltitle", "booktitle"].iter().find_map(|name| text_of(name));
    let venue = published.filter(|venue| !is_preprint_server(venue));
    let citation = Citation {
        key: key.to_owned(),
        kind,
        title,
        authors: authors(&entry),
        year: ["year", "date"].iter().find_map(|name| text_of(name).as_deref().and_then(year)),
        venue,
    };
    let ids = identifiers(&text_of, at, notes);
    if citation.title.is_none() && citation.authors.is_empty() && ids.is_empty() {
        return None;
    }
    Some(Reference { citation, ids, at: at + title_start(source) })
}

/// `Garc{\'{\i}}a` for `Garc{\'\i}a`, which the crate does not read.
fn with_braced_dotless(source: &str) -> Cow<'_, str> {
    let is_under_accent =
        |at: usize| source[..at].ends_with(['\'', '`', '"', '^', '~', '=', '.']) && source[..at - 1].ends_with('\\');
    let is_alone = |at: usize| !source[at + 2..].starts_with(|c: char| c.is_ascii_alphabetic());
    let found = ["\\i", "\\j"].into_iter().flat_map(|letter| source.match_indices(letter));
    let mut found: Vec<_> = found.filter(|(at, _)| is_under_accent(*at) && is_alone(*at)).collect();
    if found.is_empty() {
        return source.into();
    }
    found.sort_unstable();
    let (mut braced, mut rest) = (String::with_capacity(source.len() + 2 * found.len()), 0);
    for (at, letter) in found {
        braced.extend([&source[rest..at], "{", letter, "}"]);
        // TeX takes the spaces behind a command for its end.
        rest = at + 2 + source[at + 2..].len() - source[at + 2..].trim_start_matches(' ').len();
    }
    (braced + &source[rest..]).into()
}

/// Where the title's field starts within an entry.
fn title_start(source: &str) -> usize {
    let bytes = source.as_bytes();
    memchr::memchr2_iter(b't', b'T', bytes)
        .find(|&at| {
            let is_name = bytes.get(at..at + 5).is_some_and(|name| name.eq_ignore_ascii_case(b"title"));
            let is_whole = at == 0 || !bytes[at - 1].is_ascii_alphanumeric();
            is_name && is_whole && source[at + 5..].trim_start().starts_with('=')
        })
        .unwrap_or(0)
}

/// The authors, with the parts of their names as the list writes them.
fn authors(entry: &biblatex::Entry) -> Vec<Author> {
    let persons: Vec<Person> = match entry.author() {
        Ok(persons) => persons,
        Err(_) => entry.editors().ok().into_iter().flatten().flat_map(|(persons, _)| persons).collect(),
    };
    let mut authors: Vec<Author> = Vec::new();
    for Person { given_name: given, prefix, name, suffix, .. } in &persons {
        let together =
            |parts: &[&str]| parts.iter().flat_map(|part| part.split_whitespace()).collect::<Vec<_>>().join(" ");
        let (full, family) = (together(&[given, prefix, name, suffix]), together(&[prefix, name]));
        match authors.last_mut() {
            _ if full.is_empty() => {}
            Some(last) if full == "others" => last.let_others_follow(),
            None if full == "others" => {}
            _ => authors.push(Author::from(full).with_parts(&family, &together(&[given]), Some(suffix))),
        }
    }
    authors
}

/// The first four digits in a row.
fn year(text: &str) -> Option<i32> {
    let start = text.find(|c: char| c.is_ascii_digit())?;
    text.get(start..start + 4)?.parse().ok()
}

fn is_preprint_server(venue: &str) -> bool {
    let venue = venue.to_ascii_lowercase();
    venue.contains("arxiv") || venue == "corr"
}

/// Reads the fields that may name an e-print, from the one made for it to the ones that only may.
fn identifiers(text_of: &impl Fn(&str) -> Option<String>, at: usize, notes: &mut Notes) -> Vec<VersionedId> {
    let mut ids = Vec::new();
    let archive = ["archiveprefix", "eprinttype"].iter().find_map(|name| text_of(name));
    let is_arxiv = archive.as_deref().is_none_or(|archive| archive.to_ascii_lowercase().contains("arxiv"));
    let mut malformed = |text: &str, why: &Malformed| notes.malformed(at, text, why);
    for name in ["eprint", "arxivid", "arxiv"] {
        let Some(eprint) = text_of(name) else { continue };
        let class = [text_of("primaryclass"), archive.clone()].into_iter().flatten();
        let old = class.filter_map(|class| format!("{class}/{eprint}").parse().ok()).next();
        let mut found = Vec::new();
        links::in_address(&eprint, &mut found);
        match links::bare(&eprint).or(old) {
            // An address, `arXiv:ID`.
            _ if !found.is_empty() => found.into_iter().for_each(|sighting| match sighting {
                Sighting::Paper(id, _) => ids.push(id),
                Sighting::Malformed(text, why) => malformed(&text, &why),
            }),
            Some(id) => ids.push(id),
            None if is_arxiv && eprint.starts_with(|c: char| c.is_ascii_digit()) => {
                if let Err(why) = eprint.parse::<VersionedId>() {
                    malformed(&eprint, &why);
                }
            }
            None => {}
        }
    }
    for name in ["url", "volume", "journal", "doi", "note", "howpublished", "number", "pages", "booktitle", "link"] {
        let Some(text) = text_of(name) else { continue };
        let mut found = Vec::new();
        if text.contains("://") || name == "doi" {
            links::in_address(&text, &mut found);
        } else {
            let mut placed = Vec::new();
            links::in_text(&text, &mut placed);
            found.extend(placed.into_iter().map(|(_, sighting)| sighting));
        }
        for sighting in found {
            match sighting {
                Sighting::Paper(id, _) => ids.push(id),
                Sighting::Malformed(text, why) => malformed(&text, &why),
            }
        }
    }
    let mut seen = HashSet::new();
    ids.retain(|id: &VersionedId| seen.insert(id.id.clone()));
    ids
}

/// The key of an entry and its fields, as far as they can be told apart, whatever is missing between them.
fn fields(body: &str) -> (&str, Vec<(&str, String)>) {
    let key_end = body.find([',', '\n', '=', '}']).unwrap_or(body.len());
    let has_key = !body[key_end..].starts_with('=');
    let key = if has_key { body[..key_end].trim() } else { "" };
    let mut rest = if has_key { &body[key_end..] } else { body };
    let mut fields = Vec::new();
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == ',');
        let name =
            rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-')).len();
        if rest.is_empty() {
            return (key, fields);
        }
        let after = rest[name..].trim_start();
        match after.strip_prefix('=') {
            Some(after) if name > 0 => {
                let (value, tail) = value(after);
                fields.push((&rest[..name], value));
                rest = tail;
            }
            // Nothing that a field could start with: go on behind it.
            _ => {
                let skip = name.max(rest.chars().next().map_or(1, char::len_utf8));
                rest = &rest[skip..];
            }
        }
    }
}

/// The value of a field without its delimiters, and what follows it.
fn value(text: &str) -> (String, &str) {
    let text = text.trim_start();
    let Some(open @ ('{' | '"')) = text.chars().next() else {
        let end = text.find([',', '\n', '}']).unwrap_or(text.len());
        return (text[..end].trim().to_owned(), &text[end..]);
    };
    let mut depth = 0usize;
    for (at, byte) in text.bytes().enumerate().take(LONGEST_VALUE) {
        match byte {
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            // The next line is a field: the brace before it was forgotten.
            b'\n' if starts_a_field(&text[at + 1..]) => break,
            _ => {}
        }
        let is_end = at > 0 && depth == 0 && (if open == '{' { byte == b'}' } else { byte == b'"' });
        if is_end {
            return (text[1..at].to_owned(), &text[at + 1..]);
        }
    }
    // The end was forgotten; the line is the best guess.
    let end = text.find('\n').unwrap_or(text.len());
    let value = text[1..end].trim().trim_end_matches([',', '}', '"', ' ']);
    (value.replace(['{', '}'], ""), &text[end..])
}

/// Whether a line has the form `name = {`.
fn starts_a_field(line: &str) -> bool {
    let line = line.trim_start_matches([' ', '\t']);
    let name = line.len() - line.trim_start_matches(|c: char| c.is_ascii_alphabetic()).len();
    let value = line[name..].trim_start_matches([' ', '\t']).strip_prefix('=');
    let is_value = |value: &str| value.trim_start_matches([' ', '\t']).starts_with(['{', '"']);
    (3..=20).contains(&name) && value.is_some_and(is_value)
}

/// Whether there are more braces, or deeper ones, than anybody writes.
fn is_tangled(text: &str) -> bool {
    let (mut count, mut depth, mut deepest) = (0_usize, 0_usize, 0_usize);
    for at in memchr::memchr2_iter(b'{', b'}', text.as_bytes()) {
        count += 1;
        depth = if text.as_bytes()[at] == b'{' { depth + 1 } else { depth.saturating_sub(1) };
        deepest = deepest.max(depth);
    }
    count > MOST_BRACES || deepest > DEEPEST
}

/// The entry written anew from its fields; a field that still cannot be read goes without its TeX.
fn rewritten(fields: &[(&str, String)], strings: &HashMap<String, String>) -> Option<biblatex::Entry> {
    let parse = |fields: &[(&str, String)]| {
        let body: String = fields.iter().map(|(name, value)| format!("{name} = {{{value}}},\n")).collect();
        Bibliography::parse(&format!("@misc{{key,\n{body}}}")).ok()?.into_vec().into_iter().next()
    };
    let resolved: Vec<(&str, String)> = fields
        .iter()
        .map(|(name, value)| (*name, strings.get(&value.to_ascii_lowercase()).unwrap_or(value)))
        .map(|(name, value)| (name, with_braced_dotless(value).into_owned()))
        .map(|field| {
            let plain = |c: char| !matches!(c, '{' | '}' | '\\');
            let is_readable = !is_tangled(&field.1) && parse(std::slice::from_ref(&field)).is_some();
            if is_readable { field } else { (field.0, field.1.chars().filter(|c| plain(*c)).collect()) }
        })
        .collect();
    parse(&resolved)
}
