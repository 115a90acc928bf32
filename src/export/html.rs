//! `index.html`: one page that searches, filters and charts the papers. It holds everything that it needs and asks nobody for
//! anything, so it works from a file as well as from a web server.
//!
//! The page itself is in `html/page.html` with its style and its scripts; [`data`] chooses what it is told of the papers. The
//! content security policy names the style and the script by their hashes: nothing else runs, whatever a title holds.

mod data;

use std::io::{self, Write};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use super::Contents;
use crate::model::unseen::without_controls;

const PAGE: &str = include_str!("html/page.html");

const STYLE: &str = include_str!("html/page.css");

/// In the order in which they build on each other.
const SCRIPT: &str = concat!(
    include_str!("html/text.js"),
    include_str!("html/elements.js"),
    include_str!("html/papers.js"),
    include_str!("html/state.js"),
    include_str!("html/filters.js"),
    include_str!("html/charts.js"),
    include_str!("html/list.js"),
    include_str!("html/findings.js"),
    include_str!("html/theme.js"),
    include_str!("html/page.js"),
);

/// The page with the papers in it.
pub(super) fn write(contents: Contents<'_>, to: &mut dyn Write) -> io::Result<()> {
    let data = data::Data::of(contents);
    let (style, script) = (browsers(STYLE), browsers(SCRIPT));
    // Each part after the first is the name of what stands there, and the page up to the next name.
    let mut parts = PAGE.split("{{");
    to.write_all(parts.next().unwrap_or_default().as_bytes())?;
    for (name, rest) in parts.filter_map(|part| part.split_once("}}")) {
        match name {
            "title" => to.write_all(escaped(&data.title).as_bytes())?,
            "summary" => to.write_all(escaped(&data.summary).as_bytes())?,
            "style" => to.write_all(style.as_bytes())?,
            "style hash" => to.write_all(hash(&style).as_bytes())?,
            "script" => to.write_all(script.as_bytes())?,
            "script hash" => to.write_all(hash(&script).as_bytes())?,
            "categories" => data::write(&data.categories, to)?,
            "findings" => data::write_lines(&data.findings, to)?,
            "papers" => data::write_lines(&data.papers, to)?,
            other => unreachable!("the page has no place for `{other}`"),
        }
        to.write_all(rest.as_bytes())?;
    }
    Ok(())
}

/// A source as a browser sees it, and so hashes it: with plain line feeds, wherever it was checked out.
fn browsers(source: &str) -> String {
    source.replace("\r\n", "\n")
}

/// A source's name in the content security policy (W3C, "Content Security Policy Level 3", 2.3.1).
fn hash(source: &str) -> String {
    format!("sha256-{}", STANDARD.encode(Sha256::digest(source)))
}

/// The text as it stands between tags.
fn escaped(text: &str) -> String {
    without_controls(text).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
