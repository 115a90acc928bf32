//! Finds arXiv identifiers in addresses and in running text. What an identifier is, only [`VersionedId::read`] knows; here stands
//! where people put them and what else hides behind the word arXiv. Which identifier is an entry's own is left to `own_id`.

use std::borrow::Cow;
use std::sync::LazyLock;

use memchr::{memchr2_iter, memmem};

use crate::model::{Malformed, VersionedId};

use crate::extract::features::words;

/// What a link leads to, as far as its address tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::extract) enum Target {
    /// A page of an e-print, or of something that names one.
    Arxiv,
    /// A place where papers are published, or a PDF.
    Paper,
    /// A place in the same list, or nowhere.
    Anchor,
    Other,
}

/// Something that stands where an identifier would.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::extract) enum Sighting {
    /// An identifier, and whether its surroundings had to be repaired to read it.
    Paper(VersionedId, Shape),
    /// It looks like an identifier and is none.
    Malformed(String, Malformed),
}

/// How an address that holds an identifier is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::extract) enum Shape {
    Clean,
    Dirty,
}

/// The first parts of paths on arXiv's hosts that an identifier follows.
const PAPER_PATHS: [&str; 17] = [
    "abs", "pdf", "html", "ps", "format", "src", "e-print", "papers", "paper", "arxiv", "overview", "tb", "dvi",
    "other", "fpdf", "chat", "resources",
];

/// Addresses without the word arXiv that an identifier follows.
const OTHER_HOSTS: [&str; 7] = [
    "huggingface.co/papers/", "hf.co/papers/", "xxx.lanl.gov/abs/", "xxx.lanl.gov/pdf/", "alphaxiv.org/abs/",
    "alphaxiv.org/overview/", "alphaxiv.org/pdf/",
];

static PRINT: LazyLock<memmem::Finder<'static>> = LazyLock::new(|| memmem::Finder::new("rint:"));
static ABS: LazyLock<memmem::Finder<'static>> = LazyLock::new(|| memmem::Finder::new("abs/"));

/// Nothing of an address counts beyond this length.
const LONGEST_ADDRESS: usize = 2_000;
/// No identifier is longer, with its version.
const LONGEST_ID: usize = 28;
/// An identifier stands as near as this to the word that announces it.
const NEAR: usize = 300;

/// The start of a text, up to so many bytes.
fn start_of(text: &str, length: usize) -> &str {
    &text[..text.floor_char_boundary(text.len().min(length))]
}

/// Says what a link leads to, and what stands in its address where an identifier would.
pub(in crate::extract) fn target(url: &str) -> (Target, Vec<Sighting>) {
    let url = url.trim();
    if url.is_empty() || url.starts_with('#') || url.starts_with("mailto:") {
        return (Target::Anchor, Vec::new());
    }
    let mut found = Vec::new();
    in_address(url, &mut found);
    let is_arxiv = found.iter().any(|sighting| matches!(sighting, Sighting::Paper(..)));
    (if is_arxiv { Target::Arxiv } else { publisher(url) }, found)
}

fn publisher(url: &str) -> Target {
    let path = url.split(['?', '#']).next().unwrap_or(url);
    let is_pdf =
        path.len() > 4 && path.is_char_boundary(path.len() - 4) && path[path.len() - 4..].eq_ignore_ascii_case(".pdf");
    if is_pdf || words::publishes(host_of(url)) { Target::Paper } else { Target::Other }
}

/// Whether an address leads to something else than a paper: code, a video, documentation, a place in the same repository.
pub(in crate::extract) fn leads_to_thing(url: &str) -> bool {
    let url = url.trim();
    let is_relative = !url.contains("://") && !url.starts_with("//") && !url.starts_with("www.");
    let (host, path) =
        (host_of(url), url.split_once("://").and_then(|(_, rest)| rest.split_once('/')).map_or("", |(_, path)| path));
    let is_documentation =
        host.starts_with("docs.") || path.split('/').any(|part| matches!(part, "docs" | "documentation"));
    // What such hosts publish as posts is for reading.
    let is_post = path.starts_with("blog");
    is_relative || is_documentation || words::is_host(host, words::Kind::Things) && !is_post
}

/// Whether an address is one of arXiv's own and holds nothing besides, so that it can be written anew.
pub(in crate::extract) fn is_arxivs(url: &str) -> bool {
    let host = host_of(url).to_ascii_lowercase();
    let is_one = !url.contains(['?', '#', '(', ')', '[', ']', '<', '>', '"']) && !url.contains(char::is_whitespace);
    is_one && (host == "arxiv.org" || host.ends_with(".arxiv.org")) && !host.starts_with("ar5iv")
}

/// Whether such an address leads to the PDF.
pub(in crate::extract) fn leads_to_pdf(url: &str) -> bool {
    url.to_ascii_lowercase().contains("arxiv.org/pdf")
}

/// The host of an address with what precedes it cut off, `www.` too.
pub(in crate::extract) fn host_of(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#', ':']).next().unwrap_or(rest);
    host.strip_prefix("www.").unwrap_or(host)
}

/// Collects what an address holds. Figures on arXiv's hosts are not papers.
pub(in crate::extract) fn in_address(url: &str, found: &mut Vec<Sighting>) {
    let decoded = decode(start_of(url, LONGEST_ADDRESS));
    let text = decoded.as_ref();
    let first = found.len();
    for end in cues(text) {
        after_cue_in_address(text, end, found);
    }
    if found.len() == first {
        let rest = text.split_once("://").map_or(text, |(_, rest)| rest);
        let rest = rest.strip_prefix("www.").unwrap_or(rest);
        if let Some(id) = OTHER_HOSTS.iter().find_map(|host| rest.strip_prefix(host)) {
            read_here(id, Strictness::Address, Shape::Clean, found);
        }
    }
    let ends_in_letters = text.ends_with(|c: char| c.is_ascii_lowercase());
    if found.len() > first && ends_in_letters && is_image(text) {
        found.truncate(first);
    }
}

/// Collects what stands in running text: `arXiv:ID`, `arXiv preprint arXiv:ID`, `CoRR abs/ID`.
pub(in crate::extract) fn in_text(text: &str, found: &mut Vec<(usize, Sighting)>) {
    let mut sightings = Vec::new();
    let mut note = |at: usize, sightings: &mut Vec<Sighting>| {
        found.extend(sightings.drain(..).map(|sighting| (at, sighting)));
    };
    for end in cues(text) {
        after_cue_in_text(text, end, &mut sightings);
        note(end - 5, &mut sightings);
    }
    for at in PRINT.find_iter(text.as_bytes()) {
        // `e-Print: hep-ph/0601139`; one that says arXiv was found above.
        let before = text[..at].trim_end_matches(['p', 'P', '-', 'e', 'E']);
        let is_word = before.len() < at && !before.ends_with(char::is_alphanumeric);
        let rest = start_of(text[at + 5..].trim_start_matches(' '), NEAR);
        if is_word && VersionedId::read(rest).is_ok() {
            read_here(rest, Strictness::Lenient, Shape::Clean, &mut sightings);
            note(at, &mut sightings);
        }
    }
    for at in ABS.find_iter(text.as_bytes()) {
        let before = text[..at].chars().next_back();
        if before.is_none_or(|before| before.is_whitespace() || matches!(before, ',' | '(' | '[' | ':')) {
            read_here(start_of(&text[at + 4..], NEAR), Strictness::Text, Shape::Clean, &mut sightings);
            note(at, &mut sightings);
        }
    }
}

/// Collects the identifiers that are all that their line says.
pub(in crate::extract) fn alone_in_lines(text: &str, ends: &[char], found: &mut Vec<(usize, Sighting)>) {
    let mut at = 0;
    for line in text.split(ends) {
        let words = line.trim();
        if (9..=LONGEST_ID).contains(&words.len())
            && let Ok((id, length)) = VersionedId::read(words)
            && length == words.len()
        {
            found.push((at + line.len() - line.trim_start().len(), Sighting::Paper(id, Shape::Clean)));
        }
        at += line.len() + 1;
    }
}

/// Reads an identifier that nothing announces, as a column or a field that is named for arXiv may hold it.
pub(in crate::extract) fn bare(text: &str) -> Option<VersionedId> {
    let start = text.find(|c: char| c.is_ascii_alphanumeric())?;
    VersionedId::read(&text[start..]).ok().map(|(id, _)| id)
}

/// Where the words `arxiv` and `ar5iv` end. A longer word that ends in them, such as EarthArXiv, is another archive.
fn cues(text: &str) -> impl Iterator<Item = usize> {
    let bytes = text.as_bytes();
    memchr2_iter(b'v', b'V', bytes).filter_map(|at| {
        let start = at.checked_sub(4)?;
        let word = &bytes[start..at];
        let is_cue = word.eq_ignore_ascii_case(b"arxi") || word.eq_ignore_ascii_case(b"ar5i");
        let is_word = start == 0 || !bytes[start - 1].is_ascii_alphabetic();
        (is_cue && is_word).then_some(at + 1)
    })
}

fn after_cue_in_address(text: &str, end: usize, found: &mut Vec<Sighting>) {
    let rest = start_of(&text[end..], NEAR);
    let host =
        rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-')).len();
    let follows_host = rest[host..].starts_with(['/', ':']) && rest[..host].contains('.');
    // `arxiv.org/…`, and hosts such as ar5iv.labs.arxiv.org, arxiv-vanity.com or a library's proxy.
    let is_doi = rest.chars().nth(1).is_some_and(|c| c.is_ascii_digit());
    if follows_host && !is_doi {
        let port = rest[host..].trim_start_matches(':').trim_start_matches(|c: char| c.is_ascii_digit());
        return in_path(port, found);
    }
    // `arXiv:ID`, `10.48550/arXiv.ID`, `scirate.com/arxiv/ID`, a badge's `arXiv-ID`, a query's `arxiv=ID`.
    let gap = rest.len() - rest.trim_start_matches([':', '.', '/', '-', '_', '=', ' ', '+']).len();
    if gap > 0 {
        read_here(&rest[gap..], Strictness::Text, Shape::Clean, found);
    }
}

/// Reads the path of an address on one of arXiv's hosts, from its first slash.
fn in_path(path: &str, found: &mut Vec<Sighting>) {
    let first = path.trim_start_matches('/');
    let name = first.split('/').next().unwrap_or_default();
    let slashes = path.len() - first.len();
    let known = PAPER_PATHS.iter().find(|known| known.eq_ignore_ascii_case(name));
    let (id, shape) = match known {
        // `ftp/arxiv/papers/2403/2403.07648.pdf` is what arXiv itself forwarded some readers of PDFs to.
        None if name.eq_ignore_ascii_case("ftp") => {
            let id = first.rsplit('/').next().unwrap_or_default();
            (id, Shape::Clean)
        }
        Some(known) if first.len() > known.len() => {
            let rest = &first[known.len()..];
            let id = {
                let id = rest.trim_start_matches(['/', ' ']);
                id.strip_prefix("arXiv:").or(id.strip_prefix("arxiv:")).unwrap_or(id)
            };
            let is_clean = slashes == 1 && rest.len() - rest.trim_start_matches(['/', ' ']).len() == 1;
            (id, if is_clean { Shape::Clean } else { Shape::Dirty })
        }
        // `arxiv.org/ID` leads nowhere, but means one thing only.
        _ => match bare(first) {
            Some(_) if VersionedId::read(first).is_ok() => (first, Shape::Dirty),
            _ => return,
        },
    };
    // `html/ID/x1.png` is a figure of the paper.
    if id.ends_with(|c: char| c.is_ascii_alphabetic()) && is_image(id) {
        return;
    }
    read_here(id, Strictness::Address, shape, found);
}

fn after_cue_in_text(text: &str, end: usize, found: &mut Vec<Sighting>) {
    let rest = start_of(&text[end..], NEAR);
    // The address of a page without its scheme.
    if let Some(path) = rest.strip_prefix(".org") {
        if path.starts_with('/') {
            in_path(path.split(char::is_whitespace).next().unwrap_or(path), found);
        }
        return;
    }
    let mut id = rest.trim_start_matches([':', '.', ',', '-', '/', '#', ' ', '\u{a0}', '(', '[', '\u{ff1a}']);
    for word in ["preprint", "e-print", "eprint", "identifier", "id", "abs/"] {
        if let Some(after) =
            id.get(..word.len()).filter(|start| start.eq_ignore_ascii_case(word)).map(|_| &id[word.len()..])
        {
            id = after.trim_start_matches([':', ' ', ',', '/']);
        }
    }
    let gap = &rest[..rest.len() - id.len()];
    if gap.is_empty() || gap.len() > 24 {
        return;
    }
    // "arXiv 2023.10" is a date; only a colon says that an identifier must follow.
    let strictness = if gap.ends_with(':') { Strictness::Text } else { Strictness::Lenient };
    read_here(id, strictness, Shape::Clean, found);
}

/// How sure it is that an identifier stands here, so that something else is a slip.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Strictness {
    /// Nothing else has a place here.
    Address,
    /// Digits in the form of an identifier.
    Text,
    /// Anything may stand here.
    Lenient,
}

fn read_here(rest: &str, strictness: Strictness, shape: Shape, found: &mut Vec<Sighting>) {
    match VersionedId::read(rest) {
        Ok((id, length)) => {
            let is_clean =
                shape == Shape::Clean && (strictness != Strictness::Address || is_clean_tail(&rest[length..]));
            found.push(Sighting::Paper(id, if is_clean { Shape::Clean } else { Shape::Dirty }));
        }
        Err(malformed) => match repaired(rest) {
            Some(id) => found.push(Sighting::Paper(id, Shape::Dirty)),
            None => {
                let shown: String =
                    rest.chars().take_while(|c| !c.is_whitespace() && !"?#&)]}>\"'".contains(*c)).take(40).collect();
                if is_slip(&shown, strictness) {
                    found.push(Sighting::Malformed(shown, malformed));
                }
            }
        },
    }
}

/// The reading of an identifier with something stuck to it, where there is only one.
fn repaired(text: &str) -> Option<VersionedId> {
    let end = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.')).len();
    let tail = &text[end..];
    let sticks = ["pdf", "abs", "http", "html"].iter().any(|word| tail.starts_with(word));
    if end < 9 || !sticks {
        return None;
    }
    text[..end].trim_end_matches('.').parse().ok()
}

/// Whether what stands in the place of an identifier is a failed one, rather than something else.
fn is_slip(shown: &str, strictness: Strictness) -> bool {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let before = digits(shown);
    match strictness {
        Strictness::Lenient => false,
        Strictness::Text => {
            let after = shown.get(before..).and_then(|rest| rest.strip_prefix('.')).map_or(0, digits);
            (3..=5).contains(&before) && (4..=7).contains(&after)
        }
        Strictness::Address => {
            let is_category = shown.parse::<crate::model::Category>().is_ok();
            let follows_archive = |(archive, number): (&str, &str)| {
                let is_archive = archive.parse::<crate::model::Category>().is_ok();
                digits(number) >= if is_archive { 3 } else { 5 }
            };
            before >= 3 || is_category || shown.split_once('/').is_some_and(follows_archive)
        }
    }
}

/// Whether what follows an identifier in an address is one of the usual things.
fn is_clean_tail(tail: &str) -> bool {
    let tail = tail.strip_prefix(".pdf").unwrap_or(tail);
    tail.is_empty() || tail.starts_with(['?', '#']) || tail == "/" || tail.starts_with("/abstract")
}

fn is_image(address: &str) -> bool {
    let path = address.split(['?', '#']).next().unwrap_or(address);
    path.rsplit_once('.').is_some_and(|(_, ending)| {
        ["png", "jpg", "jpeg", "gif", "svg", "webp"].iter().any(|known| ending.eq_ignore_ascii_case(known))
    })
}

/// Resolves `%2F` and the like, which old identifiers carry in copied addresses.
fn decode(url: &str) -> Cow<'_, str> {
    if url.contains('%') { percent_encoding::percent_decode_str(url).decode_utf8_lossy() } else { Cow::Borrowed(url) }
}
