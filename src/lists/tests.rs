//! Which files are read, and what is said about those that are not.

use super::*;

fn list(bytes: &[u8]) -> List {
    List::new("list.md".to_owned(), None, bytes.to_vec())
}

#[test]
fn a_list_that_is_not_utf8_is_read_and_the_place_is_told() {
    let list = list(b"# One\nna\xefve");
    assert_eq!(list.text, "# One\nnaïve");
    let finding = list.finding.unwrap().to_string();
    assert!(
        finding.starts_with("list.md:2:3: warning: the list is not UTF-8; it was read as Windows-1252"),
        "{finding}"
    );
}

#[test]
fn what_a_list_holds_is_told() {
    let check = |bytes: &[u8], content, message: &str| {
        let list = list(bytes);
        assert_eq!(list.content, content);
        assert_eq!(list.nothing_read(Level::Warning).message, message);
    };
    check(b" \r\n", Content::Nothing, "the list is empty");
    check(b"\x7fELF\x02\0\0", Content::Binary, "the file holds no text, so nothing was read from it");
    check(b"prose", Content::Text, "nothing in this file was read as a paper");
}

fn found(folder: &Path, outputs: &Outputs) -> Vec<String> {
    let found = search::search(folder, outputs).unwrap();
    found.lists.iter().map(|path| path.strip_prefix(folder).unwrap().to_string_lossy().replace('\\', "/")).collect()
}

#[test]
fn a_folder_is_searched_in_order_and_what_git_ignores_is_passed_over() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str| {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, "").unwrap();
    };
    for name in ["b.md", "a/z.markdown", "a/notes.bib", "picture.png", "drafts/secret.md", ".hidden/x.md"] {
        write(name);
    }
    std::fs::write(folder.path().join(".gitignore"), "drafts/\n").unwrap();
    assert_eq!(found(folder.path(), &Outputs::default()), ["a/notes.bib", "a/z.markdown", "b.md"]);
}

#[test]
fn what_a_run_has_written_is_no_list() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    std::fs::create_dir_all(at.join("out")).unwrap();
    for name in ["list.md", "papers.md", "notes.md", "out/papers.md", "out/old.bib"] {
        std::fs::write(at.join(name), "").unwrap();
    }
    let written_to = |folder: &str| Outputs { folder: at.join(folder), names: vec!["papers.md", "changes.md"] };
    assert_eq!(found(at, &written_to("out")), ["list.md", "notes.md", "papers.md"]);
    assert_eq!(found(at, &written_to(".")), ["list.md", "notes.md", "out/old.bib", "out/papers.md"]);
    assert_eq!(found(at, &written_to("none")), ["list.md", "notes.md", "out/old.bib", "out/papers.md", "papers.md"]);
    assert_eq!(read(&[at.join("papers.md")], &written_to(".")).unwrap().lists.len(), 1);
}

#[test]
fn data_files_are_lists_only_where_they_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    for name in ["list.org", "notes.rst", "papers.yml", "papers.json", "papers.jsonl", "papers.csv", "papers.tsv"] {
        std::fs::write(at.join(name), "").unwrap();
    }
    assert_eq!(found(at, &Outputs::default()), ["list.org", "notes.rst"]);
    assert_eq!(read(&[at.join("papers.yml")], &Outputs::default()).unwrap().lists.len(), 1);
    let only = tempfile::tempdir().unwrap();
    std::fs::write(only.path().join("papers.yml"), "").unwrap();
    let hint = read(&[only.path().to_owned()], &Outputs::default()).unwrap_err().hint();
    assert!(hint.contains("data files are read where they are named"), "{hint}");
}

#[test]
fn a_folder_without_lists_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    assert!(matches!(search::search(folder.path(), &Outputs::default()), Err(ListError::NoList { .. })));
}

#[cfg(unix)]
mod beyond_files {
    use std::fs;
    use std::os::unix::fs::symlink;
    use std::os::unix::net::UnixListener;

    use super::*;

    #[test]
    fn a_folder_is_not_left_and_what_is_no_file_is_passed_over_with_a_word() {
        let outside = tempfile::tempdir().unwrap();
        fs::write(outside.path().join("secret.md"), "").unwrap();
        let folder = tempfile::tempdir().unwrap();
        let at = folder.path().canonicalize().unwrap();
        fs::create_dir(at.join("deep")).unwrap();
        fs::write(at.join("deep/list.md"), "").unwrap();
        fs::write(at.join("data"), "").unwrap();
        for (target, link) in [
            ("deep/list.md", "again.md"),
            ("data", "data.txt"),
            ("data", "twice.txt"),
            ("nowhere", "dead.md"),
            (".", "round"),
        ] {
            symlink(target, at.join(link)).unwrap();
        }
        symlink(outside.path().join("secret.md"), at.join("deep/out.md")).unwrap();
        symlink(outside.path(), at.join("further")).unwrap();
        let _socket = UnixListener::bind(at.join("socket.md")).unwrap();
        assert_eq!(found(&at, &Outputs::default()), ["data.txt", "deep/list.md"]);
        let read = read(std::slice::from_ref(&at), &Outputs::default()).unwrap();
        let notices: Vec<_> = read.notices.iter().map(|notice| notice.replace(&*at.to_string_lossy(), "")).collect();
        assert_eq!(
            notices,
            [
                "/dead.md is a link that leads nowhere, so it is passed over",
                "/deep/out.md is a link that leads out of the folder, so it is passed over",
                "/further is a link that leads out of the folder, so it is passed over",
                "/socket.md is a socket, so it is passed over",
            ]
        );
        assert_eq!(read.lists[0].file.as_deref(), Some(&*at.join("data")));
    }

    #[test]
    fn a_list_is_a_regular_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("socket.md");
        let _socket = UnixListener::bind(&path).unwrap();
        let error = read(&[path], &Outputs::default()).unwrap_err();
        let ListError::Unreadable { source, .. } = &error else { panic!("{error}") };
        assert_eq!(source.to_string(), "it is a socket and no regular file");
        assert_eq!(error.hint(), "name a file, or send the text to standard input and name -");
        assert!(read(&["/dev/zero".into()], &Outputs::default()).is_err());
    }
}
