//! Files written, replaced, and left as they were.

use super::*;

fn write_all(folder: &Path, files: &[(&str, &str)]) -> Result<Vec<Written>, WriteError> {
    write(files.iter().map(|(name, text)| (*text, folder.join(name))), |text, to| to.write_all(text.as_bytes()))
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

fn cause(error: &WriteError) -> String {
    std::error::Error::source(error).unwrap().to_string()
}

#[test]
fn files_are_replaced_and_nothing_else_is_left() {
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("deep/output");
    write_all(&output, &[("a", "1")]).unwrap();
    fs::write(output.join(".enrich-under-way-old"), "half").unwrap();
    let written = write_all(&output, &[("a", "2"), ("b", "3")]).unwrap();
    let changed = |name| Written { path: output.join(name), change: Change::Changed };
    assert_eq!(written, [changed("a"), changed("b")]);
    assert_eq!(names(&output), ["a", "b"]);
    assert_eq!(fs::read(output.join("a")).unwrap(), b"2");
}

#[test]
fn a_file_that_says_what_it_said_is_told_from_one_that_changed() {
    let folder = tempfile::tempdir().unwrap();
    let change = |text: &str| write_all(folder.path(), &[("a", text)]).unwrap()[0].change;
    let long = "long ".repeat(BUFFER);
    let other = long.replacen("long long", "long gone", BUFFER / 2);
    let texts = ["", "", "1", "1", "2", "21", &long, &long, &other, ""];
    let changed = [true, false, true, false, true, true, true, false, true, true];
    assert_eq!(texts.map(|text| change(text) == Change::Changed), changed);
}

#[test]
fn what_another_living_process_writes_is_not_cleared_away() {
    let folder = tempfile::tempdir().unwrap();
    let others = under_way::begin(folder.path()).unwrap();
    write_all(folder.path(), &[("a", "1")]).unwrap();
    assert!(others.path().exists());
    let (_, left) = others.keep().unwrap();
    write_all(folder.path(), &[("a", "2")]).unwrap();
    assert!(!left.exists());
}

#[test]
fn where_one_file_cannot_be_written_the_others_stay_as_they_were() {
    let folder = tempfile::tempdir().unwrap();
    write_all(folder.path(), &[("a", "1")]).unwrap();
    fs::create_dir(folder.path().join("b")).unwrap();
    let error = write_all(folder.path(), &[("a", "2"), ("b", "3")]).unwrap_err();
    assert!(error.to_string().contains('b') && !error.is_halfway(), "{error}");
    assert_eq!(fs::read(folder.path().join("a")).unwrap(), b"1");
    assert_eq!(names(folder.path()), ["a", "b"]);
}

#[test]
fn a_replacement_that_fails_halfway_says_which_files_are_new_and_which_are_old() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    // While the files are made ready, a folder comes to stand in the place of the second one.
    let error = write([("a", at("a")), ("b", at("b")), ("c", at("c"))], |name, to| {
        if name == "b" {
            fs::create_dir(at("b"))?;
        }
        to.write_all(name.as_bytes())
    });
    let error = error.unwrap_err();
    let said = format!(
        "cannot write {}; new by now: {}; still as before: {}, {}",
        at("b").display(),
        at("a").display(),
        at("b").display(),
        at("c").display()
    );
    assert_eq!((error.to_string(), error.is_halfway()), (said, true));
    assert_eq!(names(folder.path()), ["a", "b"]);
}

#[test]
fn what_is_appended_follows_what_was_there() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("summary.md");
    append(&path, "one\n").unwrap();
    append(&path, "two\n").unwrap();
    assert_eq!(fs::read_to_string(&path).unwrap(), "one\ntwo\n");
    assert!(append(folder.path(), "").is_err());
}

#[test]
fn one_at_a_time_has_the_turn_and_an_unused_folder_goes_with_it() {
    let folder = tempfile::tempdir().unwrap();
    let (around, output) = (folder.path().join("deep"), folder.path().join("deep/output"));
    let take = || Turn::take(&output, None).unwrap();
    let turn = take().unwrap();
    assert!(take().is_none());
    assert_eq!(names(&output), [""; 0]);
    drop(turn);
    assert!(!around.exists());
    let turn = take().unwrap();
    write_all(&output, &[("a", "1")]).unwrap();
    drop(turn);
    drop(take().unwrap());
    assert_eq!(names(&output), ["a"]);
    assert!(Turn::take(&output.join("a"), None).is_err());
}

#[cfg(unix)]
mod links {
    use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};

    use super::*;

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).unwrap().mode() & 0o7777
    }

    #[test]
    fn an_output_file_is_as_readable_as_any_other() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("plain"), "").unwrap();
        write_all(folder.path(), &[("a", "")]).unwrap();
        assert_eq!(mode(&folder.path().join("a")), mode(&folder.path().join("plain")));
    }

    #[test]
    fn permissions_are_kept_and_bits_that_lend_rights_are_not() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        for (before, after) in [(0o640, 0o640), (0o600, 0o600), (0o444, 0o444), (0o6755, 0o755), (0o1644, 0o644)] {
            fs::write(&path, "").unwrap();
            fs::set_permissions(&path, fs::Permissions::from_mode(before)).unwrap();
            write_all(folder.path(), &[("a", "1")]).unwrap();
            assert_eq!(mode(&path), after, "{before:o}");
            fs::remove_file(&path).unwrap();
        }
    }

    #[test]
    fn a_link_stays_one_and_its_target_is_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let (output, elsewhere) = (folder.path().join("output"), folder.path().join("elsewhere"));
        fs::create_dir_all(&output).unwrap();
        fs::create_dir_all(&elsewhere).unwrap();
        fs::write(elsewhere.join("a"), "1").unwrap();
        fs::set_permissions(elsewhere.join("a"), fs::Permissions::from_mode(0o600)).unwrap();
        symlink("../elsewhere/a", output.join("middle")).unwrap();
        symlink("middle", output.join("a")).unwrap();
        symlink("../new/folder/b", output.join("b")).unwrap();
        let written = write_all(&output, &[("a", "2"), ("b", "3")]).unwrap();
        let changed = |name| Written { path: output.join(name), change: Change::Changed };
        assert_eq!(written, [changed("a"), changed("b")]);
        assert!(output.join("a").is_symlink() && output.join("middle").is_symlink() && output.join("b").is_symlink());
        assert_eq!((fs::read(elsewhere.join("a")).unwrap(), mode(&elsewhere.join("a"))), (b"2".to_vec(), 0o600));
        assert_eq!(fs::read(folder.path().join("new/folder/b")).unwrap(), b"3");
        assert_eq!(
            (names(&output), names(&elsewhere)),
            (vec!["a".into(), "b".into(), "middle".into()], vec!["a".into()])
        );
    }

    #[test]
    fn links_that_lead_in_a_circle_are_told_before_anything_is_written() {
        let folder = tempfile::tempdir().unwrap();
        let at = folder.path();
        fs::write(at.join("a"), "1").unwrap();
        symlink("c", at.join("b")).unwrap();
        symlink("b", at.join("c")).unwrap();
        let error = write_all(at, &[("a", "2"), ("b", "3")]).unwrap_err();
        assert!(error.to_string().ends_with('b') && cause(&error).contains("in a circle"), "{error}");
        assert_eq!(fs::read(at.join("a")).unwrap(), b"1");
    }

    #[test]
    fn a_device_is_never_replaced() {
        let folder = tempfile::tempdir().unwrap();
        symlink("/dev/null", folder.path().join("a")).unwrap();
        let error = write_all(folder.path(), &[("a", "1")]).unwrap_err();
        assert!(cause(&error).contains("only regular files are replaced"), "{}", cause(&error));
        assert!(!fs::metadata("/dev/null").unwrap().is_file());
    }

    #[test]
    fn the_turn_belongs_to_the_folder_and_not_to_its_name() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        symlink("real", at("link")).unwrap();
        let turn = Turn::take(&at("link"), None).unwrap().unwrap();
        assert!(at("real").is_dir());
        assert!(Turn::take(&at("link/../real"), None).unwrap().is_none());
        assert!(Turn::take(&at("other"), None).unwrap().is_some());
        drop(turn);
        assert!(!at("real").exists() && at("link").is_symlink());
    }
}
