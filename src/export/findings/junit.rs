//! Findings as a report of tests, which many services that build and test show (the XML that Ant's JUnit task writes). A finding is
//! a test that failed; a note is one that passed and has something to say.

use std::borrow::Cow;
use std::io::{self, Write};

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use crate::model::{Finding, Level};

pub(super) fn write(findings: &[Finding], to: &mut dyn Write) -> io::Result<()> {
    let count = findings.len().to_string();
    let failures = findings.iter().filter(|finding| finding.level > Level::Note).count().to_string();
    let mut xml = Writer::new_with_indent(&mut *to, b' ', 2);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let counts = [("name", "enrich check"), ("tests", count.as_str()), ("failures", failures.as_str())];
    xml.create_element("testsuites").with_attributes(counts).write_inner_content(|xml| {
        let suite = xml.create_element("testsuite").with_attributes(counts);
        suite.write_inner_content(|xml| findings.iter().try_for_each(|finding| test(finding, xml)))?;
        Ok(())
    })?;
    to.write_all(b"\n")?;
    to.flush()
}

fn test<W: Write>(finding: &Finding, xml: &mut Writer<W>) -> io::Result<()> {
    let place = &finding.place;
    let (path, message) = (allowed(&place.path), allowed(&finding.message));
    let (line, code) = (place.line.to_string(), finding.code.to_string());
    let name = format!("{code} at {}:{}", place.line, place.column);
    let told = finding.to_string();
    let told = allowed(&told);
    let attributes = [("classname", &*path), ("name", &name), ("file", &path), ("line", &line)];
    xml.create_element("testcase").with_attributes(attributes).write_inner_content(|xml| {
        let (element, attributes) = match finding.level {
            Level::Note => ("system-out", vec![]),
            Level::Warning | Level::Error => ("failure", vec![("type", code.as_str()), ("message", &*message)]),
        };
        xml.create_element(element).with_attributes(attributes).write_text_content(BytesText::new(&told))?;
        Ok(())
    })?;
    Ok(())
}

/// The text with U+FFFD for what no XML document can hold (XML 1.0, 2.2).
fn allowed(text: &str) -> Cow<'_, str> {
    let is_allowed = |c: char| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..='\u{10ffff}');
    if text.chars().all(is_allowed) {
        return Cow::Borrowed(text);
    }
    text.chars().map(|c| if is_allowed(c) { c } else { '\u{fffd}' }).collect()
}
