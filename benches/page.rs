//! The page of a long list in a real browser: how long until something is seen, until the papers are seen, and from a key to
//! its results. `cargo bench --bench page` prints a line for each.

#![allow(clippy::print_stdout, clippy::expect_used, reason = "a benchmark talks to whoever runs it")]

#[path = "../tests/it/support/mod.rs"]
mod support;

use std::fs;
use std::path::Path;

use enrich::export::{self, Contents, Format, Options};
use serde_json::{Value, json};
use support::{Browser, reading_list};

const PAPERS: usize = 5_000;

/// How often each is measured; the median is told.
const TIMES: usize = 5;

/// Notes when the first paper stands in the document.
const WATCH: &str = "new MutationObserver((_, watch) => { if (document.querySelector('.paper')) { \
                     window.listed = performance.now(); watch.disconnect(); } }) \
                     .observe(document, { childList: true, subtree: true })";

/// Types a query letter by letter: the longest time from a letter until its results are in the document and laid out.
const TYPE: &str = "const query = document.getElementById('query'); const times = []; \
                    for (let length = 1; length <= WORDS.length; length += 1) { \
                      query.value = WORDS.slice(0, length); const start = performance.now(); \
                      query.dispatchEvent(new Event('input', { bubbles: true })); document.body.offsetHeight; \
                      times.push(performance.now() - start); \
                      await new Promise(done => requestAnimationFrame(() => setTimeout(done))); } \
                    return Math.max(...times)";

/// The longest time from a real key press to the frame that shows its results, as the browser counts it.
const WATCH_KEYS: &str = "window.longest = 0; new PerformanceObserver(list => { for (const it of list.getEntries()) \
                          window.longest = Math.max(window.longest, it.duration) }) \
                          .observe({ type: 'event', durationThreshold: 16, buffered: false }); return null";

fn main() {
    let folder = tempfile::TempDir::new().expect("a temporary folder");
    let file = folder.path().join("index.html");
    let mut records = reading_list(PAPERS);
    for record in &mut records {
        // As long as real ones.
        if let Some(text) = &mut record.abstract_text {
            *text = format!("{text} {text}").into();
        }
    }
    let mut page = Vec::new();
    let contents = Contents { records: &records, findings: &[] };
    export::write(Format::Html, contents, &Options::default(), &mut page).expect("a page");
    fs::write(&file, &page).expect("a file");
    println!("{PAPERS} papers: {:.1} MB", page.len() as f64 / 1e6);

    let browser = Browser::start();
    browser.cdp("Page.addScriptToEvaluateOnNewDocument", json!({ "source": WATCH }));
    let median_of = |measure: &dyn Fn() -> f64| {
        let mut times: Vec<_> = (0..TIMES).map(|_| measure()).collect();
        times.sort_by(f64::total_cmp);
        times[TIMES / 2]
    };
    let paint = median_of(&|| {
        load(&browser, &file);
        number(browser.eval("return performance.getEntriesByName('first-contentful-paint')[0].startTime"))
    });
    println!("first paint: {paint:.0} ms (promise: 1,000)");
    let listed = median_of(&|| {
        load(&browser, &file);
        number(browser.eval("return window.listed"))
    });
    println!("papers drawn: {listed:.0} ms");
    for words in ["sparse attention for long documents", "tight up to a logarithmic factor"] {
        let script = TYPE.replace("WORDS", &format!("'{words}'"));
        load(&browser, &file);
        rest(&browser);
        let first = number(browser.eval_async(&script));
        let further = median_of(&|| number(browser.eval_async(&script)));
        println!("a letter of `{words}`: {further:.1} ms at most, {first:.1} ms the first time (promise: 50)");
    }
    let keys = median_of(&|| {
        load(&browser, &file);
        rest(&browser);
        browser.eval(WATCH_KEYS);
        browser.click("#query");
        for letter in "scaling".chars() {
            browser.press(letter.to_string());
        }
        rest(&browser);
        number(browser.eval("return window.longest"))
    });
    println!("from a key to the frame that shows its results: {keys:.0} ms at most");
}

fn load(browser: &Browser, file: &Path) {
    browser.go("about:blank");
    browser.open(file, "");
    browser.until("document.querySelector('.paper') && performance.getEntriesByName('first-contentful-paint')[0]");
}

/// Waits as long as it takes a reader to find the search.
fn rest(browser: &Browser) {
    browser.eval_async("await new Promise(done => setTimeout(done, 800)); return null");
}

fn number(value: Value) -> f64 {
    value.as_f64().unwrap_or_else(|| panic!("a number, and not {value}"))
}
