//! Findings as SARIF, which code scanning services and editors read (OASIS, Static Analysis Results Interchange Format 2.1.0).

use std::borrow::Cow;
use std::collections::HashMap;
use std::io::{self, Write};

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::model::{Code, Finding};

/// What stands in an address by number (RFC 3986, 3.3); also a colon, which would make a scheme of a path's start.
const IN_PATH: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b':')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

pub(super) fn write(findings: &[Finding], to: &mut dyn Write) -> io::Result<()> {
    // Two alike findings are told apart by their number, so that one of them can be mended.
    let mut alike: HashMap<String, usize> = HashMap::new();
    let results: Vec<_> = findings
        .iter()
        .map(|finding| {
            let number = alike.entry(identity(finding)).or_default();
            *number += 1;
            result(finding, *number)
        })
        .collect();
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "enrich",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "informationUri": env!("CARGO_PKG_REPOSITORY"),
                "rules": Code::ALL.map(rule),
            } },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    serde_json::to_writer_pretty(&mut *to, &log)?;
    to.write_all(b"\n")?;
    to.flush()
}

fn rule(code: Code) -> Value {
    let (name, meaning) = (code.name(), code.meaning());
    let help = format!(
        "{meaning}. Where that is no fault, write <!-- enrich-ignore: {name} --> in the entry or on the line before it, or name \
         {name} in [check] ignore of enrich.toml."
    );
    json!({
        "id": name,
        "shortDescription": { "text": meaning },
        "fullDescription": { "text": meaning },
        "help": { "text": help },
        "defaultConfiguration": { "level": code.level().to_string() },
    })
}

fn result(finding: &Finding, number: usize) -> Value {
    let place = &finding.place;
    let help = finding.help.as_ref().map(|help| format!("; {help}")).unwrap_or_default();
    json!({
        "ruleId": finding.code.name(),
        "ruleIndex": Code::ALL.iter().position(|code| *code == finding.code),
        "level": finding.level.to_string(),
        "message": { "text": format!("{}{help}", finding.message) },
        "locations": [{ "physicalLocation": {
            "artifactLocation": { "uri": address(&place.path) },
            "region": { "startLine": place.line, "startColumn": place.column },
        } }],
        "partialFingerprints": { "enrich/v1": fingerprint(finding, number) },
    })
}

/// A path as a relative reference, an absolute one as the address of a file.
fn address(path: &str) -> String {
    let path = path.strip_prefix("./").unwrap_or(path);
    let encoded: Cow<'_, str> = utf8_percent_encode(path, IN_PATH).into();
    if path.starts_with('/') { format!("file://{encoded}") } else { encoded.into_owned() }
}

/// What makes a finding the same one after lines above it have come or gone.
fn identity(finding: &Finding) -> String {
    let id = finding.arxiv_id.as_ref().map(|id| id.as_str()).unwrap_or_default();
    format!("{}\n{}\n{id}\n{}", finding.code, finding.place.path, finding.message)
}

fn fingerprint(finding: &Finding, number: usize) -> String {
    let hash = Sha256::digest(format!("{}\n{number}", identity(finding)));
    hash.iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}
