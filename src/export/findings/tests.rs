//! Each form of findings, and what a list could smuggle into it.

use serde_json::Value;

use super::*;
use crate::model::{Code, Level, Place};

fn finding(path: &str, code: Code, message: &str) -> Finding {
    Finding::new(code, Place { path: path.into(), line: 12, column: 5 }, message.to_owned())
}

fn findings() -> Vec<Finding> {
    vec![
        Finding {
            help: Some("check the link".to_owned()),
            arxiv_id: "2403.99999".parse().ok(),
            ..finding("lists/a.md", Code::UnknownId, "arXiv has no paper 2403.99999")
        },
        finding("./lists/b c#.md", Code::TitleMismatch, "the list calls it “A & B”, arXiv “100% <C>”"),
        Finding { level: Level::Note, ..finding("/home/d.md", Code::Duplicate, "it stands in a.md:3 already") },
        finding("lists/a.md", Code::DirtyLink, "the link needed a repair"),
        finding("lists/a.md", Code::DirtyLink, "the link needed a repair"),
    ]
}

fn told(format: Format, findings: &[Finding]) -> String {
    let mut bytes = Vec::new();
    write(format, findings, &Look::default(), &mut bytes).unwrap();
    String::from_utf8(bytes).unwrap()
}

#[test]
fn every_form_tells_code_level_place_and_message() {
    for format in Format::value_variants() {
        let name = format.to_possible_value().unwrap().get_name().to_owned();
        insta::assert_snapshot!(format!("as_{name}"), told(*format, &findings()));
        insta::assert_snapshot!(format!("nothing_as_{name}"), told(*format, &[]));
    }
}

#[test]
fn no_list_gives_a_command_to_github() {
    let hostile = "a.md,line=1::x\r\n::set-env name=X::y%0A";
    let lines = told(
        Format::Github,
        &[finding(hostile, Code::UnknownId, "::error::x\n::stop-commands::t\r\n::add-mask::y %0A")],
    );
    assert_eq!(
        lines,
        "::error file=a.md%2Cline=1%3A%3Ax%0D%0A%3A%3Aset-env name=X%3A%3Ay%250A,line=12,col=5,title=unknown-id::\
         ::error::x%0A::stop-commands::t%0D%0A::add-mask::y %250A\n"
    );
}

#[test]
fn a_hostile_list_stays_text_in_xml_and_json() {
    let hostile = "]]></failure><x/>\u{0}\u{1b}\u{ffff} \"'&";
    let finding = finding(hostile, Code::UnknownId, hostile);
    let xml = told(Format::Junit, std::slice::from_ref(&finding));
    let mut reader = quick_xml::Reader::from_str(&xml);
    let mut elements = 0;
    loop {
        match reader.read_event().unwrap() {
            quick_xml::events::Event::Start(_) => elements += 1,
            quick_xml::events::Event::Empty(start) => panic!("{start:?}"),
            quick_xml::events::Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(elements, 4, "{xml}");
    let sarif: Value = serde_json::from_str(&told(Format::Sarif, &[finding])).unwrap();
    assert_eq!(sarif["runs"][0]["results"][0]["message"]["text"], hostile);
    let address =
        sarif["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].as_str().unwrap();
    assert!(address.bytes().all(|byte| byte.is_ascii_graphic() && !b"<>\"".contains(&byte)), "{address}");
}

#[test]
fn a_finding_is_known_again_when_its_line_has_moved() {
    let fingerprints = |findings: &[Finding]| -> Vec<String> {
        let sarif: Value = serde_json::from_str(&told(Format::Sarif, findings)).unwrap();
        let results = sarif["runs"][0]["results"].as_array().unwrap().clone();
        results.iter().map(|result| result["partialFingerprints"]["enrich/v1"].as_str().unwrap().to_owned()).collect()
    };
    let before = fingerprints(&findings());
    let mut moved = findings();
    moved.iter_mut().for_each(|finding| finding.place.line += 7);
    assert_eq!(fingerprints(&moved), before);
    let mut distinct = before.clone();
    distinct.sort();
    distinct.dedup();
    assert_eq!(distinct.len(), before.len(), "two alike findings are two");
}
