//! The cache over made-up answers, and over files that are none of its own.

use std::fs;

use super::*;
use crate::model::Version;

const DAY: Duration = Duration::from_secs(24 * 3600);

fn now() -> Timestamp {
    "2026-05-01T12:00:00Z".parse().unwrap()
}

fn arxiv() -> Authority {
    Authority::arxiv()
}

fn stranger() -> Authority {
    Authority::of(&"http://127.0.0.1:1/api/query".parse().unwrap())
}

fn id(text: &str) -> VersionedId {
    text.parse().unwrap()
}

fn paper(text: &str, source: Source, title: &str) -> Settled {
    let versioned = id(text);
    let paper = Paper {
        id: versioned.id.clone(),
        version: Version::new(2),
        title: title.to_owned(),
        authors: vec!["Berfin Şimşek".into()],
        summary: Some("An abstract.".to_owned()),
        primary_category: "cs.LG".parse().ok(),
        categories: vec!["cs.LG".parse().unwrap()],
        published: Some(now()),
        updated: None,
        comment: None,
        journal_ref: None,
        doi: None,
        source,
    };
    (versioned, Outcome::Found(Box::new(paper)))
}

fn cache() -> (tempfile::TempDir, Cache) {
    let folder = tempfile::tempdir().unwrap();
    let (cache, warning) = Cache::open(&folder.path().join("deep/cache.sqlite")).unwrap();
    assert_eq!(warning, None);
    (folder, cache)
}

fn recall(cache: &Cache, id: &VersionedId, now: Timestamp) -> Option<Recalled> {
    let mut known = None;
    cache.recall([id], &arxiv().with_others(), 7 * DAY, now, |_, recalled| known = Some(recalled)).unwrap();
    known
}

/// What the cache says of an identifier so long after `now`: its title or `missing`, and whether it is fresh.
fn said(cache: &Cache, text: &str, later: Duration) -> Option<(String, Age)> {
    let Recalled { outcome, age } = recall(cache, &id(text), now() + later)?;
    let what = match outcome {
        Outcome::Found(paper) => paper.title,
        Outcome::Missing => "missing".to_owned(),
    };
    Some((what, age))
}

#[track_caller]
fn check(cache: &Cache, text: &str, later: Duration, expected: Option<(&str, Age)>) {
    assert_eq!(said(cache, text, later), expected.map(|(what, age)| (what.to_owned(), age)));
}

#[test]
fn what_was_answered_is_recalled_as_it_was() {
    let (_folder, mut cache) = cache();
    let settled = paper("2403.07648", Source::ArxivApi, "One");
    cache.remember(&arxiv(), std::slice::from_ref(&settled), now()).unwrap();
    let recalled = recall(&cache, &settled.0, now()).unwrap();
    assert_eq!((recalled.outcome, recalled.age), (settled.1, Age::Fresh));
    check(&cache, "2403.07648v1", Duration::ZERO, None);
}

#[test]
fn an_answer_ages_and_the_word_that_there_is_none_ages_faster() {
    let (_folder, mut cache) = cache();
    cache
        .remember(
            &arxiv(),
            &[paper("2403.07648", Source::ArxivApi, "One"), (id("2403.99999"), Outcome::Missing)],
            now(),
        )
        .unwrap();
    check(&cache, "2403.07648", 6 * DAY, Some(("One", Age::Fresh)));
    check(&cache, "2403.07648", 7 * DAY, Some(("One", Age::Stale)));
    check(&cache, "2403.99999", DAY / 2, Some(("missing", Age::Fresh)));
    check(&cache, "2403.99999", DAY, Some(("missing", Age::Stale)));
}

#[test]
fn a_clock_that_was_set_back_makes_nothing_fresh_for_ever() {
    let (_folder, mut cache) = cache();
    cache.remember(&arxiv(), &[paper("2403.07648", Source::ArxivApi, "One")], now() + 8 * DAY).unwrap();
    check(&cache, "2403.07648", Duration::ZERO, Some(("One", Age::Stale)));
    check(&cache, "2403.07648", 2 * DAY, Some(("One", Age::Fresh)));
}

#[test]
fn a_thinner_record_never_replaces_a_fuller_one_and_is_asked_for_again() {
    let (_folder, mut cache) = cache();
    cache.remember(&arxiv(), &[paper("2403.07648", Source::Datacite, "Thin")], now()).unwrap();
    check(&cache, "2403.07648", Duration::ZERO, Some(("Thin", Age::Stale)));
    cache.remember(&arxiv(), &[paper("2403.07648", Source::ArxivApi, "Full")], now()).unwrap();
    cache.remember(&arxiv(), &[paper("2403.07648", Source::OaiPmh, "Thinner")], now() + DAY).unwrap();
    check(&cache, "2403.07648", DAY, Some(("Full", Age::Fresh)));
    cache.remember(&arxiv(), &[paper("2403.07648", Source::ArxivApi, "Newer")], now() + DAY).unwrap();
    check(&cache, "2403.07648", DAY, Some(("Newer", Age::Fresh)));
}

#[test]
fn what_is_stored_outlives_the_process() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("cache.sqlite");
    let (mut cache, _) = Cache::open(&path).unwrap();
    cache.remember(&arxiv(), &[paper("2403.07648", Source::ArxivApi, "One")], now()).unwrap();
    // The process dies without a word to the file.
    std::mem::forget(cache);
    let (cache, _) = Cache::open(&path).unwrap();
    check(&cache, "2403.07648", Duration::ZERO, Some(("One", Age::Fresh)));
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> =
        fs::read_dir(folder).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn what_is_no_cache_or_a_later_one_is_not_touched() {
    let rubbish = |path: &Path| fs::write(path, "this is no database at all, and somebody needs it").unwrap();
    let short = |path: &Path| fs::write(path, "SQLite").unwrap();
    let database = |path: &Path, sql: &str| Connection::open(path).unwrap().execute_batch(sql).unwrap();
    let anothers = |path: &Path| database(path, "CREATE TABLE answers (a)");
    let numbered = |path: &Path| database(path, "PRAGMA user_version = 2; CREATE TABLE moz_places (a)");
    let signed =
        |path: &Path| database(path, "PRAGMA application_id = 7; PRAGMA user_version = 2; CREATE TABLE answers (a)");
    let damaged = |path: &Path| {
        database(path, "CREATE TABLE a (a); CREATE TABLE b (b)");
        let bytes = fs::read(path).unwrap();
        fs::write(path, &bytes[..bytes.len() / 2]).unwrap();
    };
    let newer = |path: &Path| {
        drop(Cache::open(path).unwrap());
        database(path, "PRAGMA user_version = 99; CREATE TABLE more (a)");
    };
    let unsigned = |path: &Path| database(path, "PRAGMA user_version = 99; CREATE TABLE answers (a)");
    type Make<'a> = &'a dyn Fn(&Path);
    let cases: [(Make<'_>, &str); 8] = [
        (&rubbish, "is no cache of enrich: it is no SQLite database"),
        (&short, "is no cache of enrich: it is no SQLite database"),
        (&anothers, "is no cache of enrich: it is another program's database"),
        (&numbered, "is no cache of enrich: it is another program's database"),
        (&signed, "is no cache of enrich: it is another program's database"),
        (&damaged, "is no cache of enrich: it is a damaged database, and may be another program's"),
        (&newer, "was written by a later version of enrich"),
        (&unsigned, "was written by a later version of enrich"),
    ];
    for (make, why) in cases {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("cache.sqlite");
        make(&path);
        let before = fs::read(&path).unwrap();
        for open in [Cache::open, Cache::open_sound] {
            let error = open(&path).unwrap_err();
            assert!(error.to_string().ends_with(why), "{error}");
            assert_eq!((error.is_foreign(), error.hint().is_some()), (why.starts_with("is no"), true), "{error}");
        }
        assert_eq!(
            (fs::read(&path).unwrap(), names(folder.path())),
            (before, vec!["cache.sqlite".to_owned()]),
            "{why}"
        );
    }
}

#[test]
fn an_empty_file_is_an_empty_cache() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("cache.sqlite");
    fs::write(&path, "").unwrap();
    let (mut cache, warning) = Cache::open(&path).unwrap();
    assert_eq!(warning, None);
    cache.remember(&arxiv(), &[paper("2403.07648", Source::ArxivApi, "One")], now()).unwrap();
}

#[test]
fn a_damaged_cache_behind_a_link_is_set_aside_where_it_is() {
    let (folder, path, _) = many_stored();
    let bytes = fs::read(&path).unwrap();
    fs::write(&path, &bytes[..bytes.len() / 2]).unwrap();
    let elsewhere = tempfile::tempdir().unwrap();
    let link = elsewhere.path().join("link.sqlite");
    #[cfg(unix)]
    std::os::unix::fs::symlink(&path, &link).unwrap();
    #[cfg(not(unix))]
    fs::rename(&path, &link).unwrap();
    drop(Cache::open(&link).unwrap());
    #[cfg(unix)]
    assert_eq!(names(elsewhere.path()), ["link.sqlite"]);
    #[cfg(unix)]
    assert_eq!(names(folder.path()), ["cache.sqlite", "cache.sqlite.aside-1"]);
    drop(folder);
}

/// A closed cache of many papers, so that it has pages beyond the first.
fn many_stored() -> (tempfile::TempDir, PathBuf, Vec<Settled>) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("cache.sqlite");
    let (mut cache, _) = Cache::open(&path).unwrap();
    let many: Vec<_> = (1..500).map(|n| paper(&format!("2403.{n:05}"), Source::ArxivApi, "One")).collect();
    cache.remember(&arxiv(), &many, now()).unwrap();
    (folder, path, many)
}

#[test]
fn a_cache_that_is_cut_in_the_middle_is_set_aside() {
    let (_folder, path, _) = many_stored();
    let bytes = fs::read(&path).unwrap();
    fs::write(&path, &bytes[..bytes.len() / 2]).unwrap();
    let (_, warning) = Cache::open(&path).unwrap();
    assert!(warning.unwrap().contains("is damaged"));
}

#[test]
fn damage_further_in_is_told_when_it_is_read_and_what_was_read_before_is_right() {
    let (_folder, path, many) = many_stored();
    let mut bytes = fs::read(&path).unwrap();
    let half = bytes.len() / 2;
    bytes[half..].fill(0);
    fs::write(&path, bytes).unwrap();
    let (cache, warning) = Cache::open(&path).unwrap();
    assert_eq!(warning, None);
    let mut read = Vec::new();
    let ids = many.iter().map(|(id, _)| id);
    let error = cache
        .recall(ids, &[arxiv()], DAY, now(), |id, recalled| read.push((id.clone(), recalled.outcome)))
        .unwrap_err();
    assert!(error.is_damage(), "{error:?}");
    assert!(!read.is_empty() && read.iter().all(|settled| many.contains(settled)));
    drop(cache);
    let (mut cache, warning) = Cache::open_sound(&path).unwrap();
    assert!(warning.unwrap().contains("is damaged"));
    cache.remember(&arxiv(), &many, now()).unwrap();
    check(&cache, "2403.00499", Duration::ZERO, Some(("One", Age::Fresh)));
}

#[test]
fn a_file_of_the_first_layout_is_brought_forward_with_its_answers() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("cache.sqlite");
    let (_, Outcome::Found(known)) = paper("2403.07648", Source::ArxivApi, "One") else { unreachable!() };
    let first = Connection::open(&path).unwrap();
    first
        .execute_batch(
            "CREATE TABLE answers (id TEXT PRIMARY KEY, answered_at INTEGER NOT NULL, source TEXT, paper TEXT) WITHOUT ROWID;
             CREATE INDEX answers_by_age ON answers (answered_at);
             PRAGMA user_version = 1;",
        )
        .unwrap();
    let (json, then) = (serde_json::to_string(&known).unwrap(), now().as_second());
    first.execute("INSERT INTO answers VALUES ('2403.07648', ?1, 'arxiv-api', ?2)", (then, json)).unwrap();
    first.execute("INSERT INTO answers VALUES ('2403.99999', ?1, NULL, NULL)", [then]).unwrap();
    drop(first);
    let (mut cache, warning) = Cache::open(&path).unwrap();
    assert_eq!(warning, None);
    // Whose word that is nobody knows, before somebody inherits it.
    check(&cache, "2403.07648", DAY, None);
    assert_eq!(cache.stats(&[arxiv()]).unwrap().others, 2);
    cache.hand_down(&arxiv()).unwrap();
    cache.hand_down(&stranger()).unwrap();
    check(&cache, "2403.07648", 6 * DAY, Some(("One", Age::Fresh)));
    check(&cache, "2403.99999", DAY, Some(("missing", Age::Stale)));
    cache.remember(&arxiv(), &[paper("2403.07648", Source::ArxivApi, "Two")], now() + DAY).unwrap();
    check(&cache, "2403.07648", 7 * DAY, Some(("Two", Age::Fresh)));
    assert_eq!(cache.stats(&[arxiv()]).unwrap().papers, [("arxiv-api".to_owned(), 1)]);
}

#[test]
fn old_answers_can_be_forgotten_and_the_rest_is_counted() {
    let (_folder, mut cache) = cache();
    cache
        .remember(
            &arxiv(),
            &[paper("2403.00001", Source::ArxivApi, "Old"), (id("2403.99999"), Outcome::Missing)],
            now(),
        )
        .unwrap();
    cache.remember(&arxiv(), &[paper("2403.00002", Source::Datacite, "New")], now() + 10 * DAY).unwrap();
    assert_eq!(cache.stats(&[arxiv()]).unwrap().papers, [("arxiv-api".to_owned(), 1), ("datacite".to_owned(), 1)]);
    assert_eq!(cache.stats(&[arxiv()]).unwrap().missing, 1);
    assert_eq!(cache.prune(5 * DAY, now() + 10 * DAY).unwrap(), 2);
    let stats = cache.stats(&[arxiv()]).unwrap();
    assert_eq!((stats.papers, stats.missing, stats.oldest), (vec![("datacite".to_owned(), 1)], 0, stats.newest));
}

#[test]
fn nobody_answers_for_another() {
    let (_folder, mut cache) = cache();
    cache.remember(&stranger(), &[paper("2403.07648", Source::ArxivApi, "Made up")], now()).unwrap();
    cache.remember(&stranger(), &[(id("2403.00001"), Outcome::Missing)], now()).unwrap();
    check(&cache, "2403.07648", Duration::ZERO, None);
    check(&cache, "2403.00001", Duration::ZERO, None);
    cache.remember(&arxiv(), &[paper("2403.07648", Source::Datacite, "Thin, but true")], now()).unwrap();
    check(&cache, "2403.07648", Duration::ZERO, Some(("Thin, but true", Age::Stale)));
    let mut told = Vec::new();
    cache.papers(&[arxiv()], |paper| told.push(paper.title)).unwrap();
    assert_eq!(told, ["Thin, but true"]);
    let mut told = Vec::new();
    cache.papers(&[stranger()], |paper| told.push(paper.title)).unwrap();
    assert_eq!(told, ["Made up"]);
    let stats = cache.stats(&[arxiv()]).unwrap();
    assert_eq!((stats.papers, stats.missing, stats.others), (vec![("datacite".to_owned(), 1)], 0, 2));
}

#[test]
fn of_two_who_are_believed_the_later_counts_unless_it_tells_less() {
    let (_folder, mut cache) = cache();
    let datacite = Authority::of(&"https://api.datacite.org/dois".parse().unwrap());
    cache.remember(&arxiv(), &[paper("2403.07648", Source::ArxivApi, "Full")], now()).unwrap();
    cache.remember(&datacite, &[paper("2403.07648", Source::Datacite, "Thin")], now() + DAY).unwrap();
    check(&cache, "2403.07648", DAY, Some(("Full", Age::Fresh)));
    cache.remember(&arxiv(), &[(id("2403.00001"), Outcome::Missing)], now()).unwrap();
    cache.remember(&datacite, &[paper("2403.00001", Source::Datacite, "Thin")], now() + DAY).unwrap();
    check(&cache, "2403.00001", DAY, Some(("Thin", Age::Stale)));
    cache.remember(&arxiv(), &[(id("2403.00001"), Outcome::Missing)], now() + 2 * DAY).unwrap();
    check(&cache, "2403.00001", 2 * DAY, Some(("missing", Age::Fresh)));
}

#[test]
fn an_answer_about_another_paper_is_none() {
    let (_folder, mut cache) = cache();
    let (_, other) = paper("2403.00001", Source::ArxivApi, "Another paper");
    cache.remember(&arxiv(), &[(id("2403.07648"), other)], now()).unwrap();
    check(&cache, "2403.07648", Duration::ZERO, None);
    cache.papers(&[arxiv()], |paper| panic!("{paper:?}")).unwrap();
}
