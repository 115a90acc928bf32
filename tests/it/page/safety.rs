//! The page asks nobody for anything, and whatever a title or a link holds stays text.

use enrich::model::Record;
use serde_json::{Value, json};

use super::super::support::{FakeArxiv, Project, list_of, reading_list, seed};
use super::Page;

/// Runs, where it runs, and is then seen.
const ATTACKS: [&str; 5] = [
    "<script>window.ran = 'script'</script>",
    "</script><img src=x onerror=\"window.ran='image'\"><!--",
    "</style></title></textarea><svg onload=window.ran='svg'>",
    "\" onmouseover=\"window.ran='handler'\" '><iframe src=javascript:window.parent.ran=1>",
    "{{script}}{{papers}}\u{2028}window.ran='line'\u{2029}]]>",
];

/// A paper that says this wherever it can say something.
fn hostile(says: &str) -> Record {
    let mut paper = serde_json::to_value(&reading_list(1)[0]).unwrap();
    for field in ["title", "title_text", "abstract", "abstract_text", "comment", "journal_ref", "listed_title"] {
        paper[field] = json!(says);
    }
    paper["authors"] = json!([says]);
    paper["tags"] = json!([says]);
    paper["sections"] = json!([[says, says]]);
    paper["venue"] = json!({ "name": says, "year": null });
    paper["doi"] = json!(says);
    paper["url"] = json!("javascript:window.ran='address'");
    paper["pdf_url"] = json!("data:text/html,<script>window.ran='data'</script>");
    paper["links"] = json!([
        { "label": says, "url": "javascript:window.ran='link'" }, { "label": says, "url": " JaVaScRiPt:window.ran=1" },
        { "label": says, "url": "vbscript:x" }, { "label": says, "url": says }, { "label": says, "url": "https://example.org/?<>" },
    ]);
    paper["mentions"][0]["path"] = json!(says);
    serde_json::from_value(paper).unwrap()
}

#[test]
#[ignore = "needs Chromium (.ci/tools installs it)"]
fn markup_in_the_data_stays_text() {
    let records: Vec<_> = ATTACKS.iter().map(|attack| hostile(attack)).collect();
    let page = Page::of(&records);
    assert_eq!(page.titles(), ATTACKS);
    page.browser.click("#unfold");
    let abstracts = page.browser.eval("return [...document.querySelectorAll('.abstract')].map(it => it.textContent)");
    assert_eq!(abstracts, json!(ATTACKS));
    page.browser.eval("for (const it of document.querySelectorAll('.paper .tag')) it.click()");
    page.browser.eval(
        "for (const it of document.querySelectorAll('a')) if (it.id === '') it.dispatchEvent(new Event('mouseover'))",
    );
    assert_eq!(page.browser.eval("return window.ran ?? null"), Value::Null);
    assert_eq!(
        page.browser.eval("return document.querySelectorAll('img, iframe, svg, .list script').length"),
        json!(0)
    );
    assert_eq!(page.browser.console(), Vec::<String>::new());
}

#[test]
#[ignore = "needs Chromium (.ci/tools installs it)"]
fn only_addresses_of_the_web_are_linked() {
    let page = Page::of(&[hostile(ATTACKS[0])]);
    let links = page.browser.eval("return [...document.querySelectorAll('.list a')].map(it => it.protocol)");
    assert_eq!(links, json!(["https:", "https:"]), "the DOI and the one good link");
}

#[test]
#[ignore = "needs Chromium (.ci/tools installs it)"]
fn the_heading_is_text_even_where_all_papers_share_a_hostile_one() {
    let page = Page::of(&[hostile(ATTACKS[1])]);
    assert_eq!(page.browser.text("document.querySelector('h1').textContent"), ATTACKS[1]);
    assert_eq!(page.browser.text("document.title"), ATTACKS[1]);
}

#[test]
#[ignore = "needs Chromium (.ci/tools installs it)"]
fn the_page_asks_nobody_for_anything() {
    let page = Page::usual();
    page.type_query("attention");
    page.browser.click(".across .bar-button");
    page.browser.click("#theme");
    let requests: Vec<_> = page.browser.requests().into_iter().filter(|it| !it.starts_with("data:")).collect();
    assert_eq!(requests, Vec::<String>::new());
    assert_eq!(page.browser.eval("return performance.getEntriesByType('resource').length"), json!(0));
    assert_eq!(page.browser.console(), Vec::<String>::new());
}

#[test]
#[ignore = "needs Chromium (.ci/tools installs it)"]
fn even_what_would_ask_is_stopped() {
    let page = Page::usual();
    let blocked = page.browser.eval_async(
        "const seen = []; document.addEventListener('securitypolicyviolation', it => seen.push(it.effectiveDirective)); \
         const image = new Image(); image.src = 'http://127.0.0.1:9/x.png'; \
         try { await fetch('http://127.0.0.1:9/') } catch {} \
         const script = document.createElement('script'); script.textContent = 'window.ran = 1'; document.body.append(script); \
         await new Promise(done => setTimeout(done, 50)); return [seen.sort(), window.ran ?? null]",
    );
    assert_eq!(blocked, json!([["connect-src", "img-src", "script-src-elem"], null]));
}

/// A project in which a run wrote a page of the papers that the made-up arXiv begins with.
fn written() -> Project {
    let papers = seed();
    let arxiv = FakeArxiv::start(papers.clone(), []);
    let project = Project::with_list(&list_of(&papers));
    let outcome = project.run(&arxiv, &["--format", "html"]);
    assert_eq!(outcome.code, Some(0), "{}", outcome.stderr);
    project
}

#[test]
fn a_run_writes_a_page_that_holds_its_papers() {
    let page = written().read("output/index.html").unwrap();
    for paper in seed() {
        assert!(page.contains(&format!("\"{}\"", paper.id)), "{}", paper.id);
    }
}

#[test]
#[ignore = "needs Chromium (.ci/tools installs it)"]
fn a_page_that_a_run_wrote_shows_its_papers() {
    let (project, browser) = (written(), super::Browser::start());
    browser.open(&project.path("output/index.html"), "");
    assert_eq!(browser.text("document.getElementById('count').textContent"), "11 papers");
    assert_eq!(browser.text("document.querySelector('h1').textContent"), "Papers to read");
    assert_eq!(browser.console(), Vec::<String>::new());
}
