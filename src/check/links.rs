//! Links that go over plain http, though their host answers over https.

use std::sync::{Arc, LazyLock};

use memchr::memmem::Finder;

use super::Listing;
use super::place::Lines;
use crate::model::{Code, Finding, Repair, own_place};

/// Hosts that answer the same over https. One that begins with a dot stands for all hosts below it.
static HOSTS: LazyLock<Vec<&'static str>> =
    LazyLock::new(|| include_str!("https_hosts.txt").lines().filter(|line| !line.starts_with('#')).collect());

static PLAIN: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("http://"));

/// Finds the links of a list, wherever in it they stand, that could be secure.
pub(super) fn insecure(list: &Listing<'_>, lines: &Lines<'_>) -> Vec<Finding> {
    let path: Arc<str> = list.path.into();
    let text = own_place::blanked(list.text);
    let links = PLAIN.find_iter(text.as_bytes()).filter_map(|at| Some((at, insecure_host(&text, at)?)));
    links
        .map(|(at, host)| {
            let place = lines.place(&path, at);
            let repair = Repair { place: place.clone(), old: format!("http://{host}"), new: format!("https://{host}") };
            Finding {
                help: Some("write https://".to_owned()),
                repairs: vec![repair],
                ..Finding::new(Code::InsecureLink, place, format!("the link to {host} is not secure"))
            }
        })
        .collect()
}

/// The host of the address that starts at `at`, if it is one that answers over https, and the address a link of its own.
fn insecure_host(text: &str, at: usize) -> Option<&str> {
    let before = text[..at].chars().next_back();
    // Within another address, as an archive of the web has it, the scheme is not to be touched.
    let is_own = before.is_none_or(|c| c.is_whitespace() || "([<{\"'`|,;>".contains(c));
    let rest = &text[at + "http://".len()..];
    let host = &rest[..rest.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '.' | '-')))?];
    let after = &rest[host.len()..];
    // A port is another service; and what looks like an address may be the name of an XML vocabulary.
    let is_page = !after.starts_with([':', '@']) && !after.starts_with("/schemas") && !host.is_empty();
    (is_own && is_page && answers_over_https(host)).then_some(host)
}

fn answers_over_https(host: &str) -> bool {
    let host = host.to_ascii_lowercase();
    HOSTS.iter().any(|known| match known.strip_prefix('.') {
        Some(parent) => host.strip_suffix(parent).is_some_and(|below| below.len() > 1 && below.ends_with('.')),
        None => host == *known || host.strip_prefix("www.") == Some(known),
    })
}
