//! For everybody: by keyboard alone, with a screen reader, in dark and light, on paper, without JavaScript.

use std::fs;

use serde_json::{Value, json};

use super::super::support::{Scheme, installed};
use super::Page;

/// What has the focus.
const FOCUS: &str = "document.activeElement.id || document.activeElement.textContent";

/// As WebDriver writes these keys.
const TAB: &str = "\u{e004}";
const ENTER: &str = "\u{e007}";
const SPACE: &str = " ";
const LEFT: &str = "\u{e012}";

fn violations(page: &Page) -> Value {
    page.browser.eval_async(
        "const found = await axe.run(document, { resultTypes: ['violations'] }); \
         return found.violations.filter(it => ['serious', 'critical'].includes(it.impact)) \
           .map(it => it.id + ': ' + it.nodes.slice(0, 3).map(node => node.html + ' ' + node.failureSummary).join(' | '))",
    )
}

#[test]
#[ignore = "needs Chromium and axe-core (.ci/tools installs them)"]
fn axe_finds_nothing_serious_in_light_and_dark() {
    let axe = installed("node_modules/axe-core/axe.min.js");
    let page = Page::usual();
    let axe = fs::read_to_string(axe).unwrap();
    for scheme in [Scheme::Light, Scheme::Dark] {
        for (width, fragment) in [(1400, ""), (360, "#tag=Training&q=the&abstracts=open")] {
            page.browser.prefer(scheme);
            page.browser.resize(width, 900);
            page.browser.go("about:blank");
            page.browser.open(&page.file, fragment);
            page.browser.eval("for (const it of document.querySelectorAll('details')) it.open = true; return null");
            page.browser.eval(&format!("{axe}; return null"));
            assert_eq!(violations(&page), json!([]), "{scheme:?}, {width} pixels");
        }
    }
}

#[test]
#[ignore = "needs Chromium (.ci/tools installs it)"]
fn the_keyboard_is_enough() {
    let page = Page::usual();
    page.browser.press(TAB);
    assert_eq!(page.browser.text(FOCUS), "skip");
    page.browser.press("/");
    assert_eq!(page.browser.text(FOCUS), "query");
    page.browser.press("diffusion");
    let searched = page.count();
    assert!(searched.ends_with(" of 240 papers"), "{searched}");
    page.browser.press([TAB, TAB].concat());
    assert_eq!(page.browser.text("document.activeElement.localName"), "summary");
    page.browser.press([TAB, SPACE].concat());
    assert_ne!(page.count(), searched);
    assert_eq!(page.browser.text("document.activeElement.type"), "checkbox", "the focus stays where it was");
    page.browser.press(SPACE);
    assert_eq!(page.count(), searched);
}

#[test]
#[ignore = "needs Chromium (.ci/tools installs it)"]
fn a_chart_is_one_stop_and_arrows_move_within_it() {
    let page = Page::usual();
    page.browser.eval("document.querySelector('#charts summary').focus(); return null");
    page.browser.press(TAB);
    assert!(page.browser.text("document.activeElement.ariaLabel").starts_with("Dec 2024"));
    page.browser.press(LEFT);
    assert!(page.browser.text("document.activeElement.ariaLabel").starts_with("Nov 2024"));
    page.browser.press(ENTER);
    assert_eq!(page.fragment(), "month=2024-11");
    page.browser.press(TAB);
    assert!(page.browser.eval("return document.activeElement.closest('.across') !== null") == json!(true));
}

#[test]
#[ignore = "needs Chromium (.ci/tools installs it)"]
fn more_papers_can_be_asked_for_by_keyboard() {
    let page = Page::usual();
    page.browser.eval("document.getElementById('more').focus({ preventScroll: true }); return null");
    page.browser.press(ENTER);
    assert_eq!(page.titles().len(), 60);
    let focused = page.browser.text("document.activeElement.textContent");
    assert_eq!(page.titles().get(30), Some(&focused), "the first of the new ones has the focus");
}

#[test]
#[ignore = "needs Chromium (.ci/tools installs it)"]
fn skipping_leads_to_the_papers_and_keeps_the_view() {
    let page = Page::usual();
    page.browser.open(&page.file, "#tag=Training");
    page.browser.eval("document.getElementById('skip').focus(); return null");
    page.browser.press(ENTER);
    assert_eq!((page.browser.text(FOCUS).as_str(), page.fragment().as_str()), ("count", "tag=Training"));
}

#[test]
#[ignore = "needs Chromium (.ci/tools installs it)"]
fn the_number_of_papers_is_announced() {
    let page = Page::usual();
    assert_eq!(page.browser.text("document.getElementById('count').role"), "status");
    let landmarks = "['header', 'search', 'aside', 'main'].map(it => document.querySelectorAll(it).length).join()";
    assert_eq!(page.browser.text(landmarks), "1,1,1,1");
}

#[test]
#[ignore = "needs Chromium (.ci/tools installs it)"]
fn the_switch_of_colours_is_kept() {
    let page = Page::usual();
    let ground = "getComputedStyle(document.body).backgroundColor";
    page.browser.prefer(Scheme::Light);
    let light = page.browser.text(ground);
    page.browser.click("#theme");
    let dark = page.browser.text(ground);
    assert_ne!(light, dark);
    page.browser.open(&page.file, "#q=x");
    page.browser.eval("location.reload(); return null");
    page.browser.until(&format!("document.readyState === 'complete' && {ground} === '{dark}'"));
    page.browser.prefer(Scheme::Dark);
    page.browser.eval("localStorage.clear(); location.reload(); return null");
    page.browser.until(&format!("document.readyState === 'complete' && {ground} === '{dark}'"));
}

#[test]
#[ignore = "needs Chromium (.ci/tools installs it)"]
fn on_paper_stands_the_whole_list_and_nothing_to_click() {
    let page = Page::usual();
    let pdf = page.browser.print();
    assert!(pdf.starts_with(b"%PDF"));
    assert_eq!(page.titles().len(), 240, "all papers are drawn before they are printed");
    page.browser.cdp("Emulation.setEmulatedMedia", json!({ "media": "print" }));
    let seen = "['#bar', '#filters', '#charts', '#unfold', '#theme', '#more'].filter(it => \
                document.querySelector(it).getClientRects().length > 0).join()";
    assert_eq!(page.browser.text(seen), "");
}

#[test]
#[ignore = "needs Chromium (.ci/tools installs it)"]
fn without_javascript_the_page_says_why_it_is_empty() {
    let page = Page::usual();
    page.browser.cdp("Emulation.setScriptExecutionDisabled", json!({ "value": true }));
    page.browser.open(&page.file, "");
    let text = page.browser.cdp("DOMSnapshot.captureSnapshot", json!({ "computedStyles": [] })).to_string();
    assert!(text.contains("with JavaScript, which is switched off here"));
}
