//! How the page looks: nothing sticks out at any width, and pictures of it for people to look at, in `target/page`. With
//! `ENRICH_PICTURES=docs` the two of README are written anew as well.

use std::env;
use std::fs;
use std::path::Path;

use serde_json::json;

use super::super::support::Scheme;
use super::Page;

/// No picture in the repository is larger.
const LARGEST_PICTURE: usize = 300_000;

#[test]
#[ignore = "needs Chromium (.ci/tools installs it)"]
fn nothing_sticks_out_from_phone_to_desktop() {
    let page = Page::usual();
    for width in [320, 360, 600, 900, 1_400, 2_200] {
        page.browser.resize(width, 800);
        page.browser.open(&page.file, "");
        let scroll = page.browser.eval("return document.documentElement.scrollWidth");
        assert!(scroll.as_u64() <= Some(width.into()), "{width}: {scroll}");
    }
}

#[test]
#[ignore = "needs Chromium (.ci/tools installs it)"]
fn filters_are_folded_on_a_phone() {
    let page = Page::usual();
    page.browser.resize(360, 740);
    let seen = "return document.getElementById('filters').getClientRects().length > 0";
    assert_eq!(page.browser.eval(seen), json!(false));
    page.browser.click("#show-filters");
    assert_eq!(page.browser.eval(seen), json!(true));
    assert_eq!(page.browser.text("document.getElementById('show-filters').ariaExpanded"), "true");
}

#[test]
#[ignore = "needs Chromium (.ci/tools installs it)"]
fn pictures_are_taken() {
    let page = Page::usual();
    let pictures = [
        ("page", 1400, 1050, Scheme::Light, ""),
        ("page-phone", 360, 740, Scheme::Light, ""),
        ("page-dark", 1400, 1050, Scheme::Dark, "#category=cs.CL&tag=Efficiency"),
        ("page-phone-dark", 360, 740, Scheme::Dark, "#q=attention"),
    ];
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    fs::create_dir_all(root.join("target/page")).unwrap();
    for (name, width, height, scheme, fragment) in pictures {
        page.browser.prefer(scheme);
        page.browser.resize(width, height);
        page.browser.go("about:blank");
        page.browser.open(&page.file, fragment);
        page.browser.eval_async("await new Promise(done => setTimeout(done, 300)); return null");
        let picture = page.browser.picture();
        assert!(picture.len() < LARGEST_PICTURE, "{name} has {} bytes", picture.len());
        fs::write(root.join(format!("target/page/{name}.png")), &picture).unwrap();
        if env::var("ENRICH_PICTURES").is_ok_and(|value| value == "docs") && matches!(name, "page" | "page-phone") {
            fs::create_dir_all(root.join("docs")).unwrap();
            fs::write(root.join(format!("docs/{name}.png")), &picture).unwrap();
        }
    }
}
