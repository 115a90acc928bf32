//! `index.html` in a real browser: what readers do with the page, that it asks nobody for anything, that nothing of the data
//! runs, and that everybody can use it.

mod everybody;
mod looks;
mod safety;
mod using;

use std::fs;
use std::path::PathBuf;

use enrich::export::{self, Contents, Format, Options};
use enrich::model::{Code, Finding, Place, Record};
use tempfile::TempDir;

use super::support::{Browser, reading_list};

/// A page in a browser, which shows it as a file.
struct Page {
    browser: Browser,
    file: PathBuf,
    /// Goes away when dropped.
    _folder: TempDir,
}

impl Page {
    /// A page of these records.
    fn of(records: &[Record]) -> Self {
        let browser = Browser::start();
        let folder = TempDir::new().unwrap();
        let file = folder.path().join("index.html");
        fs::write(&file, html(records)).unwrap();
        browser.open(&file, "");
        Self { browser, file, _folder: folder }
    }

    /// A page of the made-up reading list.
    fn usual() -> Self {
        Self::of(&reading_list(240))
    }

    /// What is said of the number of papers.
    fn count(&self) -> String {
        self.browser.text("document.getElementById('count').textContent")
    }

    /// The titles that are drawn, from the first.
    fn titles(&self) -> Vec<String> {
        let titles = self.browser.eval("return [...document.querySelectorAll('.paper h3')].map(it => it.textContent)");
        serde_json::from_value(titles).unwrap()
    }

    fn type_query(&self, words: &str) {
        self.browser.click("#query");
        self.browser.press(words);
    }

    /// The part of the address that holds the state.
    fn fragment(&self) -> String {
        self.browser.address().split_once('#').map(|(_, fragment)| fragment.to_owned()).unwrap_or_default()
    }
}

fn html(records: &[Record]) -> String {
    let findings = [
        finding(12, Code::UnknownId, "arXiv has no paper 2401.99999"),
        finding(96, Code::DirtyLink, "read https://arxiv.org/abs/2310.04567v2. as 2310.04567"),
    ];
    let mut page = Vec::new();
    let contents = Contents { records, findings: &findings };
    export::write(Format::Html, contents, &Options::default(), &mut page).unwrap();
    String::from_utf8(page).unwrap()
}

fn finding(line: u32, code: Code, message: &str) -> Finding {
    let place = Place { path: "README.md".into(), line, column: 3 };
    Finding { help: Some("look at the link".to_owned()), ..Finding::new(code, place, message.to_owned()) }
}

/// The data blocks of the page and nothing else of it: its looks may change, what it is told is kept.
#[test]
fn the_page_is_told_what_it_shows_and_the_same_each_time() {
    let page = html(&reading_list(6));
    assert_eq!(page, html(&reading_list(6)));
    let blocks = page.split("<script type=\"application/json\" ").skip(1);
    let blocks: Vec<_> = blocks.filter_map(|rest| rest.split("</script>").next()).collect();
    insta::assert_snapshot!(blocks.join("\n"));
}
