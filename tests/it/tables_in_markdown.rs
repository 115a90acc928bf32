//! `papers.md`, and the same tables in a file of the keeper's own: what stands there is what was known, and nothing else changes.

use std::fs;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use crate::support::{FakeArxiv, FakePaper, Faults, Outcome, Project, list_of, seed};

const README: &str =
    "# Reading\n\nIntro *kept*  \nas it is.\n\n## Papers\n\n<!-- enrich:start -->\nold\n<!-- enrich:end -->\n\nThe end";

fn users_list() -> String {
    fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/input/list.md")).unwrap()
}

fn update(project: &Project, arxiv: &FakeArxiv) -> Outcome {
    project.run(arxiv, &["--update", "README.md"])
}

/// The cells of every table as GitHub shows them, the headers too.
fn cells(markdown: &str) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    for event in Parser::new_ext(markdown, Options::ENABLE_TABLES | Options::ENABLE_GFM) {
        match event {
            Event::Start(Tag::TableHead | Tag::TableRow) => rows.push(Vec::new()),
            Event::Start(Tag::TableCell) => rows.last_mut().unwrap().push(String::new()),
            Event::Text(text) | Event::Code(text) => {
                if let Some(cell) = rows.last_mut().and_then(|row| row.last_mut()) {
                    cell.push_str(&text.replace('\u{200b}', ""));
                }
            }
            Event::Html(html) | Event::InlineHtml(html) => panic!("{html} is no text"),
            Event::End(TagEnd::TableRow) | Event::Start(_) | Event::End(_) => {}
            other => panic!("{other:?} is no text"),
        }
    }
    rows
}

#[test]
fn the_users_list_becomes_a_table_for_each_section() {
    let project = Project::with_list(&users_list());
    let outcome = project.run(&FakeArxiv::start(seed(), Faults::none()), &["--format", "md"]);
    assert_eq!(outcome.code, Some(0), "{}", outcome.stderr);
    insta::assert_snapshot!("users_list_md", project.read("output/papers.md").unwrap());
}

#[test]
fn sections_keep_their_nesting_and_a_paper_stands_in_each_of_its_own() {
    let project = Project::with_list(
        "# All\n## A\n- [One](https://arxiv.org/abs/2101.00001)\n### B\n- [Two](https://arxiv.org/abs/2101.00002)\n\
         - [Four](https://arxiv.org/abs/2101.00004)\n## C\n- [One](https://arxiv.org/abs/2101.00001)\n\
         - [Three](https://x.example/three) by somebody\n",
    );
    assert_eq!(project.enrich(&["run", "list.md", "--offline", "--format", "md"]).code, Some(3));
    assert_eq!(
        project.read("output/papers.md").unwrap(),
        "# Papers\n\n## A\n\n| Paper |\n| --- |\n| [One](https://arxiv.org/abs/2101.00001) |\n\n\
         ### B\n\n| Paper |\n| --- |\n| [Two](https://arxiv.org/abs/2101.00002) |\n| [Four](https://arxiv.org/abs/2101.00004) |\n\n\
         ## C\n\n| Paper |\n| --- |\n| [One](https://arxiv.org/abs/2101.00001) |\n| [Three](https://x.example/three) |\n"
    );
}

#[test]
fn nothing_in_a_title_ends_its_cell() {
    let title = "A | B](https://evil.example) <script>alert(1)</script> `x` | \\| *y* ![z](https://evil.example/z.png)";
    let mut paper = FakePaper::numbered(1);
    for version in &mut paper.versions {
        version.title = title.to_owned();
    }
    let project = Project::with_list(&list_of([&paper]));
    let arxiv = FakeArxiv::start([paper], Faults::none());
    assert_eq!(project.run(&arxiv, &["--format", "md"]).code, Some(0));
    let rows = cells(&project.read("output/papers.md").unwrap());
    assert_eq!(rows.len(), 2);
    assert_eq!(rows[0].len(), rows[1].len());
    assert_eq!(rows[1][0], title);
}

#[test]
fn only_the_place_between_the_marks_is_written() {
    let project = Project::with_list(&users_list());
    let arxiv = FakeArxiv::start(seed(), Faults::none());
    project.write("README.md", README);
    let outcome = update(&project, &arxiv);
    assert_eq!(outcome.code, Some(0), "{}", outcome.stderr);
    assert!(outcome.stderr.contains("and README.md"), "{}", outcome.stderr);
    let text = project.read("README.md").unwrap();
    let (before, rest) = text.split_once("old\n").map_or_else(
        || text.split_once("<!-- enrich:start -->\n").unwrap(),
        |_| panic!("what stood there is gone: {text}"),
    );
    let (papers, after) = rest.split_once("<!-- enrich:end -->").unwrap();
    assert_eq!(before, "# Reading\n\nIntro *kept*  \nas it is.\n\n## Papers\n\n");
    assert_eq!(after, "\n\nThe end");
    assert_eq!(cells(papers).iter().filter(|row| row[0] != "Paper").count(), 13);
    let written = fs::metadata(project.path("README.md")).unwrap().modified().unwrap();
    let again = update(&project, &arxiv);
    assert!(!again.stderr.contains("README.md"), "{}", again.stderr);
    assert_eq!(fs::metadata(project.path("README.md")).unwrap().modified().unwrap(), written);
}

#[test]
fn a_list_that_holds_its_own_tables_is_read_without_them() {
    let papers: Vec<_> = (1..=3).map(FakePaper::numbered).collect();
    let list = format!("{}\n<!-- enrich:start -->\n<!-- enrich:end -->\n- a last word\n", list_of(&papers));
    let project = Project::with_list(&list.replace('\n', "\r\n"));
    let arxiv = FakeArxiv::start(papers, Faults::none());
    let run = || project.run(&arxiv, &["--update", "list.md"]);
    let first = run();
    assert_eq!((first.code, first.statuses().len()), (Some(0), 3), "{}", first.stderr);
    let text = project.read("list.md").unwrap();
    assert!(text.contains("| Paper | Authors |"), "{text}");
    assert_eq!(text.matches('\n').count(), text.matches("\r\n").count());
    let second = run();
    assert_eq!(first.json, second.json);
    assert_eq!(project.read("list.md").unwrap(), text);
}

/// The lines that records and findings name, each with the text that stands there.
fn named_lines(project: &Project, outcome: &Outcome) -> Vec<String> {
    let list = project.read("list.md").unwrap();
    let lines: Vec<_> = list.lines().collect();
    let records = outcome.json.as_ref().unwrap().as_array().unwrap();
    let mentions = records.iter().flat_map(|record| record["mentions"].as_array().unwrap());
    let mentioned = mentions.map(|mention| mention["line"].as_u64().unwrap());
    let findings = rusqlite::Connection::open(project.path("output/papers.db")).unwrap();
    let mut findings = findings.prepare("SELECT line FROM findings ORDER BY id").unwrap();
    let found: Vec<u64> = findings.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    mentioned.chain(found).map(|line| lines[usize::try_from(line).unwrap() - 1].to_owned()).collect()
}

#[test]
fn mentions_and_findings_name_the_lines_as_they_stand_after_an_update() {
    let papers = ["2403.00001", "2403.00002"].map(FakePaper::new);
    let (above, below) = ("- [Above](https://arxiv.org/abs/2403.00001)", "- [Below](https://arxiv.org/abs/2403.00002)");
    let unknown = "- [Nowhere](https://arxiv.org/abs/2403.99999)";
    let marks = "<!-- enrich:start -->\n<!-- enrich:end -->";
    let project = Project::with_list(&format!("# L\n\n{above}\n{marks}\n{below}\n\n{above}\n{unknown}\n"));
    let arxiv = FakeArxiv::start(papers, Faults::none());
    let run = || project.run(&arxiv, &["--update", "./list.md", "--format", "json,sqlite"]);
    let grown = run();
    let said = [above, above, below, unknown, unknown];
    assert_eq!(named_lines(&project, &grown), said, "{}", grown.stderr);
    // The closing lines name the place too.
    let place = project.read("list.md").unwrap().lines().position(|line| line == unknown).unwrap() + 1;
    assert!(grown.stderr.contains(&format!("list.md:{place}:")), "{}", grown.stderr);
    assert_eq!(run().json, grown.json);
    let list = project.read("list.md").unwrap();
    project.write("list.md", list.replacen(below, "", 1));
    let shrunk = run();
    assert_eq!(named_lines(&project, &shrunk), [above, above, unknown, unknown], "{}", shrunk.stderr);
    assert!(project.read("list.md").unwrap().lines().count() < list.lines().count());
}

#[test]
fn a_file_without_a_place_is_told_before_anybody_is_asked() {
    let project = Project::with_list(&users_list());
    let arxiv = FakeArxiv::start(seed(), Faults::none());
    let check = |text: &str, said: &str| {
        project.write("README.md", text);
        let outcome = update(&project, &arxiv);
        assert_eq!(outcome.code, Some(1));
        assert!(outcome.stderr.contains(said), "{}", outcome.stderr);
        assert!(outcome.stderr.contains("hint: write <!-- enrich:start -->"), "{}", outcome.stderr);
        assert_eq!(project.read("README.md").unwrap(), text);
        assert!(!project.path("output").exists());
    };
    check("# Reading\n", "no line is <!-- enrich:start -->");
    check("a\n<!-- enrich:start -->\n", "line 2 is <!-- enrich:start -->, and no line below it is");
    fs::remove_file(project.path("README.md")).unwrap();
    let outcome = update(&project, &arxiv);
    assert_eq!(outcome.code, Some(1));
    assert!(outcome.stderr.contains("cannot read README.md"), "{}", outcome.stderr);
    assert_eq!(arxiv.requests().len(), 0);
}

#[test]
fn what_a_run_wrote_into_a_folder_of_lists_is_not_read_as_a_list() {
    let papers: Vec<_> = (1..=3).map(FakePaper::numbered).collect();
    let project = Project::with_list(&list_of(&papers));
    let arxiv = FakeArxiv::start(papers, Faults::none());
    let usual = ["run", ".", "--api-url", &arxiv.url(), "--interval", "0ms", "--format", "json,md,html"];
    let first = project.enrich(&usual);
    assert_eq!((first.code, first.statuses().len()), (Some(0), 3), "{}", first.stderr);
    assert_eq!(project.enrich(&usual).json, first.json);
    assert_eq!(project.enrich(&["extract", "."]).stdout.lines().count(), 3);
}

#[cfg(unix)]
#[test]
fn a_linked_file_stays_a_link() {
    let papers = [FakePaper::numbered(1)];
    let project = Project::with_list(&list_of(&papers));
    project.write("docs/real.md", README);
    std::os::unix::fs::symlink("docs/real.md", project.path("README.md")).unwrap();
    assert_eq!(update(&project, &FakeArxiv::start(papers, Faults::none())).code, Some(0));
    assert!(project.path("README.md").is_symlink());
    assert!(project.read("docs/real.md").unwrap().contains("| Paper |"));
}
