//! What was answered once is not asked for again, survives the death of the process, and is served where nobody can be asked.

use std::fs;
use std::time::Duration;

use crate::support::{FakeArxiv, FakePaper, Fault, Faults, Project, list_of, make_pipe};

fn papers(count: u32) -> Vec<FakePaper> {
    (1..=count).map(FakePaper::numbered).collect()
}

fn project(papers: &[FakePaper], faults: impl Into<Faults>) -> (Project, FakeArxiv) {
    (Project::with_list(&list_of(papers)), FakeArxiv::start(papers.to_vec(), faults))
}

/// Makes every cached answer older.
fn age(project: &Project, seconds: i64) {
    let cache = project.path("answers.sqlite");
    let connection = rusqlite::Connection::open(cache).unwrap();
    connection.execute("UPDATE answers SET answered_at = answered_at - ?1", [seconds]).unwrap();
}

const HERE: [&str; 2] = ["--cache", "answers.sqlite"];

fn here<'a>(further: &[&'a str]) -> Vec<&'a str> {
    [&HERE[..], further].concat()
}

#[test]
fn a_second_run_asks_nobody_and_writes_the_same() {
    let (project, arxiv) = project(&papers(20), Faults::none());
    let first = project.run(&arxiv, &[]);
    arxiv.forget();
    let second = project.run(&arxiv, &[]);
    assert_eq!((arxiv.requests().len(), second.code), (0, Some(0)));
    assert_eq!((first.json, first.csv), (second.json, second.csv));
    assert!(second.stderr.contains("0 requests to arXiv"), "{}", second.stderr);
}

#[test]
fn what_has_grown_old_is_asked_for_again_and_the_rest_is_not() {
    let papers = papers(4);
    let (project, arxiv) = project(&papers[..2], Faults::none());
    project.run(&arxiv, &HERE);
    age(&project, 8 * 24 * 3600);
    project.write("list.md", list_of(&papers[2..]));
    arxiv.hold(papers.clone());
    project.run(&arxiv, &HERE);
    arxiv.forget();
    project.write("list.md", list_of(&papers));
    let outcome = project.run(&arxiv, &HERE);
    assert_eq!(arxiv.ids_asked(), [papers[0].id.as_str(), papers[1].id.as_str()]);
    assert_eq!(outcome.code, Some(0));
    arxiv.forget();
    project.run(&arxiv, &here(&["--max-age", "0s"]));
    assert_eq!(arxiv.requests().len(), 1);
}

#[test]
fn refresh_asks_for_all_and_no_cache_keeps_nothing() {
    let (project, arxiv) = project(&papers(2), Faults::none());
    project.run(&arxiv, &[]);
    project.run(&arxiv, &["--refresh"]);
    assert_eq!(arxiv.requests().len(), 2);
    project.run(&arxiv, &["--no-cache"]);
    assert_eq!(arxiv.requests().len(), 3);
}

#[test]
fn old_answers_are_served_on_a_bad_day_and_the_closing_lines_say_so() {
    let (project, arxiv) = project(&papers(3), Faults::none());
    let first = project.run(&arxiv, &HERE);
    age(&project, 30 * 24 * 3600);
    fs::remove_dir_all(project.path("output")).unwrap();
    arxiv.misbehave(Faults::always(Fault::RateExceeded));
    let outcome = project.run(&arxiv, &here(&["--deadline", "100ms"]));
    assert_eq!((outcome.json, outcome.code), (first.json, Some(0)));
    assert!(outcome.stderr.contains("3 of them have metadata that is older than --max-age"), "{}", outcome.stderr);
}

#[test]
fn offline_opens_no_socket_and_serves_what_is_known() {
    let papers = papers(3);
    let (project, arxiv) = project(&papers[..2], Faults::none());
    project.run(&arxiv, &[]);
    project.write("list.md", list_of(&papers));
    let before = arxiv.connections();
    let outcome = project.run(&arxiv, &["--offline"]);
    assert_eq!(arxiv.connections(), before);
    assert_eq!((outcome.statuses(), outcome.code), (vec!["enriched", "enriched", "unreachable"], Some(3)));
}

#[test]
fn that_there_is_no_such_paper_is_remembered_for_a_day() {
    let list = "- [A](https://arxiv.org/abs/1501.00001)\n- [B](https://arxiv.org/abs/2403.99999)\n";
    let project = Project::with_list(list);
    let arxiv = FakeArxiv::start([FakePaper::new("1501.00001")], Faults::none());
    project.run(&arxiv, &HERE);
    arxiv.forget();
    let outcome = project.run(&arxiv, &HERE);
    assert_eq!((arxiv.requests().len(), outcome.statuses()), (0, vec!["enriched", "not_found"]));
    age(&project, 2 * 24 * 3600);
    project.run(&arxiv, &HERE);
    assert!(arxiv.ids_asked().iter().any(|id| id == "2403.99999"));
}

#[test]
fn a_refusal_is_never_remembered_as_absence() {
    let (project, arxiv) = project(&papers(3), Faults::always(Fault::EmptyFeed));
    project.run(&arxiv, &["--deadline", "100ms"]);
    arxiv.misbehave(Faults::none());
    assert_eq!(project.run(&arxiv, &[]).statuses(), ["enriched"; 3]);
}

#[test]
fn what_was_answered_before_a_kill_is_not_asked_for_again() {
    let papers = papers(40);
    let (undisturbed, arxiv) = project(&papers, Faults::none());
    undisturbed.run(&arxiv, &["--no-cache"]);
    let whole = undisturbed.read("output/enriched.json");
    for moment in 0..20 {
        let (project, arxiv) = project(&papers, Faults::always(Fault::Slow(Duration::from_millis(8))));
        let mut running = project.start(&arxiv, &["--batch", "2"]);
        std::thread::sleep(Duration::from_millis(20 + moment * 9));
        running.kill().unwrap();
        running.wait().unwrap();
        // The answer to the last request may have been on its way.
        let requests = arxiv.requests();
        let told: Vec<_> = requests.iter().rev().skip(1).flat_map(|request| request.ids.clone()).collect();
        arxiv.misbehave(Faults::none());
        arxiv.forget();
        let outcome = project.run(&arxiv, &["--batch", "2"]);
        assert_eq!(outcome.code, Some(0), "{}", outcome.stderr);
        assert_eq!(project.read("output/enriched.json"), whole);
        let again: Vec<_> = arxiv.ids_asked().into_iter().filter(|id| told.contains(id)).collect();
        assert_eq!(again, Vec::<String>::new());
    }
}

#[test]
fn two_runs_at_once_keep_one_connection_and_one_pace_together() {
    let papers = papers(16);
    let (project, arxiv) = project(&papers, Faults::always(Fault::Slow(Duration::from_millis(30))));
    let other = ["--batch", "2", "--interval", "120ms", "--output", "other", "--refresh"];
    let mut running = project.start(&arxiv, &other);
    let outcome = project.run(&arxiv, &["--batch", "2", "--interval", "120ms", "--refresh"]);
    assert!(running.wait().unwrap().success());
    assert_eq!(outcome.code, Some(0), "{}", outcome.stderr);
    assert_eq!(arxiv.requests().len(), 16);
    let most = arxiv.max_concurrency();
    assert_eq!((most.requests, most.connections), (1, 1));
    for gap in arxiv.gaps() {
        assert!(gap >= Duration::from_millis(115), "{gap:?}");
    }
}

/// That a command which names this as its cache ends with 2, having asked nobody and touched nothing.
#[track_caller]
fn check_no_cache(project: &Project, arxiv: &FakeArxiv, name: &str, what: &str) {
    let url = arxiv.url();
    let usual = ["list.md", "--api-url", &url, "--interval", "0ms", "--cache", name];
    let before = project.read(name);
    for command in
        [[&["run"], &usual[..]].concat(), [&["check"], &usual[..]].concat(), vec!["cache", "stats", "--cache", name]]
    {
        let outcome = project.enrich(&command);
        assert_eq!(outcome.code, Some(2), "{command:?}: {}", outcome.stderr);
        assert!(outcome.stderr.contains(&format!("{name} is no cache of enrich: it is {what}")), "{}", outcome.stderr);
        assert!(outcome.stderr.contains("hint: it was not touched; "), "{}", outcome.stderr);
    }
    assert_eq!((arxiv.requests().len(), project.read(name)), (0, before));
    assert!(!project.path("output").exists() && !project.path(format!("{name}.aside-1")).exists());
}

#[test]
fn a_cache_that_is_something_else_is_an_error_and_is_not_touched() {
    let (project, arxiv) = project(&papers(2), Faults::none());
    project.write("id_ed25519", "-----BEGIN OPENSSH PRIVATE KEY-----\nnot a real one\n");
    check_no_cache(&project, &arxiv, "id_ed25519", "no SQLite database");
    check_no_cache(&project, &arxiv, "home", "a folder");
    rusqlite::Connection::open(project.path("others.db")).unwrap().execute_batch("CREATE TABLE a (a)").unwrap();
    check_no_cache(&project, &arxiv, "others.db", "another program's database");
}

#[cfg(unix)]
#[test]
fn a_cache_that_is_a_device_or_a_pipe_is_an_error_and_nobody_waits_for_it() {
    let (project, arxiv) = project(&papers(2), Faults::none());
    make_pipe(&project.path("pipe"));
    std::os::unix::fs::symlink("/dev/null", project.path("null")).unwrap();
    for name in ["pipe", "null"] {
        let outcome = project.run(&arxiv, &["--cache", name]);
        assert_eq!((outcome.code, arxiv.requests().len()), (Some(2), 0), "{}", outcome.stderr);
        assert!(outcome.stderr.contains("it is a device, a pipe or a socket"), "{}", outcome.stderr);
    }
}

#[test]
fn a_cache_of_a_later_version_is_left_alone_and_done_without() {
    let (project, arxiv) = project(&papers(2), Faults::none());
    project.run(&arxiv, &HERE);
    let cache = project.path("answers.sqlite");
    rusqlite::Connection::open(&cache).unwrap().pragma_update(None, "user_version", 99).unwrap();
    let before = fs::read(&cache).unwrap();
    arxiv.forget();
    let outcome = project.run(&arxiv, &HERE);
    assert_eq!((outcome.code, outcome.statuses(), arxiv.requests().len()), (Some(0), vec!["enriched"; 2], 1));
    let said =
        "warning: the cache answers.sqlite was written by a later version of enrich; this run goes on without it";
    assert!(outcome.stderr.contains(said), "{}", outcome.stderr);
    assert_eq!(project.enrich(&["cache", "stats", "--cache", "answers.sqlite"]).code, Some(1));
    assert!(fs::read(&cache).unwrap() == before && !project.path("answers.sqlite.aside-1").exists());
}

#[test]
fn a_cache_that_is_damaged_further_in_is_set_aside_when_that_is_found() {
    let (project, arxiv) = project(&papers(300), Faults::none());
    project.run(&arxiv, &HERE);
    let file = project.path("answers.sqlite");
    let mut bytes = std::fs::read(&file).unwrap();
    let half = bytes.len() / 2;
    bytes[half..].fill(0);
    std::fs::write(&file, bytes).unwrap();
    arxiv.forget();
    let outcome = project.run(&arxiv, &HERE);
    assert_eq!((outcome.statuses(), outcome.code), (vec!["enriched"; 300], Some(0)));
    assert!(outcome.stderr.contains("is damaged; it was set aside as answers.sqlite.aside-1"), "{}", outcome.stderr);
    assert!(!arxiv.requests().is_empty());
    arxiv.forget();
    let again = project.run(&arxiv, &HERE);
    assert!(!again.stderr.contains("set aside"), "{}", again.stderr);
}

#[cfg(unix)]
#[test]
fn a_cache_that_cannot_be_written_is_said_and_done_without() {
    let (project, arxiv) = project(&papers(2), Faults::none());
    project.write("file", "");
    let outcome = project.run(&arxiv, &["--cache", "file/answers.sqlite"]);
    assert_eq!((outcome.statuses(), outcome.code), (vec!["enriched"; 2], Some(0)), "{}", outcome.stderr);
    assert!(outcome.stderr.contains("this run goes on without it"), "{}", outcome.stderr);
}
