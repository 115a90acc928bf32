//! The whole pass over made-up snapshots: what is found in them, however many threads and blocks they are cut up for.

mod harm;
mod packed;

use std::io::{self, Write};

use tempfile::NamedTempFile;

use self::packed::gz;
use super::*;

/// A line as the snapshot has them, of an e-print in two versions.
fn line(id: &str, title: &str) -> String {
    format!(
        "{{\"id\": \"{id}\", \"submitter\": \"A. One\", \"authors\": \"A. One and B. Tw\\\\'o\", \"title\": {}, \"comments\": null, \
         \"doi\": null, \"categories\": \"cs.DL\", \"abstract\": \"  About \\\"title\\\": this.\\n\", \"versions\": \
         [{{\"version\": \"v1\", \"created\": \"Mon, 2 Apr 2007 19:18:42 GMT\"}}, {{\"version\": \"v2\", \"created\": \"Tue, 24 \
         Jul 2007 20:10:27 GMT\"}}], \"authors_parsed\": [[\"One\", \"A.\", \"\"], [\"Tw\\\\'o\", \"B.\", \"\"]]}}\n",
        serde_json::to_string(title).unwrap()
    )
}

/// The identifier of the `n`th line.
fn id(n: usize) -> String {
    if n.is_multiple_of(7) { format!("hep-th/9901{n:03}") } else { format!("2403.{n:05}") }
}

fn lines(count: usize) -> Vec<String> {
    (1..=count).map(|n| line(&id(n), &format!("Title number {n}"))).collect()
}

fn file(bytes: &[u8]) -> NamedTempFile {
    let mut file = NamedTempFile::new().unwrap();
    file.write_all(bytes).unwrap();
    file
}

fn ids(ids: &[&str]) -> Vec<VersionedId> {
    ids.iter().map(|id| id.parse().unwrap()).collect()
}

fn titles(titles: &[(&str, &str)]) -> Vec<TitleQuestion> {
    let question =
        |&(title, name): &(&str, &str)| TitleQuestion { title: title.to_owned(), surnames: vec![name.to_owned()] };
    titles.iter().map(question).collect()
}

/// Searches in every cut that could make a difference, and holds that none does.
fn found(bytes: &[u8], question: &Question<'_>) -> Result<Found, SnapshotError> {
    let file = file(bytes);
    let all = |threads, block| {
        let sizes = Sizes { block, longest_line: 2_000 };
        search_by(file.path(), question, NonZeroUsize::new(threads).unwrap(), sizes)
    };
    let first = all(1, 1 << 20);
    for (threads, block) in [(2, 1 << 20), (1, 64), (2, 1_000), (3, 64), (3, 1)] {
        match (&first, all(threads, block)) {
            (Ok(first), Ok(other)) => assert_eq!(first, &other, "{threads} threads, blocks of {block}"),
            (Err(first), Err(other)) => assert_eq!(first.to_string(), other.to_string()),
            (_, other) => panic!("{first:?} but with {threads} threads and blocks of {block} {other:?}"),
        }
    }
    first
}

/// What is found of the identifiers, as text.
fn check(bytes: &[u8], asked: &[&str], expected: &[&str]) -> Found {
    let found = found(bytes, &Question { ids: &ids(asked), titles: &[] }).unwrap();
    let papers: Vec<_> = found.papers.iter().map(|paper| paper.id.to_string()).collect();
    assert_eq!(papers, expected);
    found
}

#[test]
fn papers_come_in_the_order_of_the_file_and_once_each() {
    let bytes = lines(30).concat();
    let found = check(
        bytes.as_bytes(),
        &["2403.00030", "2403.00001", "hep-th/9901014", "2403.99999", "2403.00001"],
        &["2403.00001", "hep-th/9901014", "2403.00030"],
    );
    assert_eq!((found.lines, found.broken_lines, found.cut), (30, 0, None));
    assert_eq!(found.papers[0].title, "Title number 1");
    assert_eq!(found.papers[0].authors, ["A. One", "B. Twó"]);
}

#[test]
fn a_pinned_version_is_found_if_it_is_the_latest() {
    let bytes = lines(5).concat();
    check(bytes.as_bytes(), &["2403.00001v1", "2403.00002v2", "2403.00003v3"], &["2403.00002"]);
    check(bytes.as_bytes(), &["2403.00001v1", "2403.00001"], &["2403.00001"]);
}

#[test]
fn lines_are_read_whatever_their_order_spacing_and_ends() {
    let compact = r#"{"id":"2403.00001","title":"T"}"#;
    let escaped = r#"{"id":"hep-th\/9901001","title":"T"}"#;
    let subject_class = r#"{"id": "math.GT/0309136", "title": "T"}"#;
    let elsewhere = r#"{ "title" : "T" , "id" : "2403.00002" }"#;
    let bytes = [compact, escaped, "", subject_class, "  ", elsewhere].join("\r\n");
    let wanted = ["2403.00001", "hep-th/9901001", "math/0309136", "2403.00002"];
    assert_eq!(check(bytes.as_bytes(), &wanted, &wanted).lines, 4);
    assert_eq!(check(format!("\u{feff}{bytes}\n\n").as_bytes(), &wanted, &wanted).broken_lines, 0);
}

#[test]
fn snapshots_put_one_behind_the_other_give_the_later_version() {
    let old = r#"{"id":"2403.00001","title":"Old","versions":[{"version":"v1"}]}"#;
    let bytes = [old, r#"{"id":"2403.00002","title":"T"}"#, &line("2403.00001", "New"), old].join("\n");
    let found = check(bytes.as_bytes(), &["2403.00001", "2403.00002"], &["2403.00001", "2403.00002"]);
    assert_eq!(found.papers[0].title, "New");
}

#[test]
fn a_title_is_matched_with_an_author_and_not_without() {
    let bytes = [
        line("2403.00001", "A Study:\n  Part II"),
        line("2403.00002", "Schr\\\"odinger's \"cat\""),
        line("2403.00003", "The $x^2$ law"),
        line("2403.00004", "Größe/size"),
        line("2403.00005", "A study, part II"),
    ]
    .concat()
    .replace("ö", "\\u00f6");
    let asked = titles(&[
        ("A study -- part II", "Two"),
        ("Schrödinger’s cat", "One"),
        ("The x² Law", "One"),
        ("Größe / Size", "One"),
        ("The x² Law", "Three"),
        ("Nothing of the kind", "One"),
        ("?", "One"),
    ]);
    let found = found(bytes.as_bytes(), &Question { ids: &ids(&["2403.00003"]), titles: &asked }).unwrap();
    let matches: Vec<_> = found.matches.iter().map(|found| (found.question, found.id.as_str())).collect();
    assert_eq!(
        matches,
        [(0, "2403.00001"), (0, "2403.00005"), (1, "2403.00002"), (2, "2403.00003"), (3, "2403.00004")]
    );
    assert_eq!(found.matches[0].title, "A Study: Part II");
    assert_eq!(found.papers.len(), 1);
}

#[test]
fn broken_lines_are_counted_and_lose_no_other() {
    let mut lines = lines(6);
    lines[1].truncate(100);
    lines[1].push('\n');
    lines[3] = "not JSON\n".to_owned();
    // Wanted, and broken inside.
    lines[4] = lines[4].replace("\"doi\"", "doi");
    let found =
        check(lines.concat().as_bytes(), &["2403.00001", "2403.00005", "2403.00006"], &["2403.00001", "2403.00006"]);
    assert_eq!((found.lines, found.broken_lines, found.cut), (6, 3, None));
}

#[test]
fn a_line_beyond_all_measure_is_passed_over() {
    let long = line("2403.09999", &"x".repeat(10_000));
    for bytes in [
        [&line("2403.00001", "T"), long.as_str(), &line("2403.00002", "T")].concat(),
        [&line("2403.00001", "T"), &line("2403.00002", "T"), long.trim_end()].concat(),
        [long.as_str(), &line("2403.00001", "T"), &line("2403.00002", "T")].concat(),
    ] {
        let found = check(bytes.as_bytes(), &["2403.00001", "2403.00002", "2403.09999"], &["2403.00001", "2403.00002"]);
        assert_eq!((found.lines, found.broken_lines), (3, 1));
    }
}

fn check_error(bytes: &[u8], expected: &str) {
    let error = found(bytes, &Question { ids: &ids(&["2403.00001"]), titles: &[] }).unwrap_err();
    assert!(error.to_string().contains(expected), "{error}");
}

#[test]
fn what_is_no_snapshot_is_said_to_be_none() {
    check_error(b"", "empty");
    check_error(b"\n\n  \n", "empty");
    check_error(&gz(b""), "empty");
    check_error(&gz(b"hello"), "no snapshot");
    check_error(b"[]", "no snapshot");
    check_error(b"\0\x01\x02", "no snapshot");
    check_error(b"{\"id\": \"https://openalex.org/W1\", \"title\": \"T\"}\n", "no snapshot");
    check_error(b"\x1F\x8B\x08", "too early");
    check_error(b"PK\x03\x04 and so on, to the end of the header that is none", "nothing can be read");
    check_error(b"\x28\xB5\x2F\xFDxx", "nothing can be read");
}

#[test]
fn a_folder_and_a_missing_file_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let error = |path: &Path| search(path, &Question { ids: &[], titles: &[] }, NonZeroUsize::MIN).unwrap_err();
    let name = folder.path().display().to_string();
    assert_eq!(error(folder.path()).to_string(), format!("the snapshot {name} is a folder"));
    let missing = error(&folder.path().join("none.json"));
    assert!(missing.to_string().contains("none.json"));
    assert!(matches!(missing, SnapshotError::Unreadable { source, .. } if source.kind() == io::ErrorKind::NotFound));
}
