//! What a reader does: search, filter, sort, unfold, share a view, go back.

use enrich::model::Record;
use serde_json::json;

use super::super::support::reading_list;
use super::Page;

/// Once this was typed, those papers are left that hold these words, as they are written.
fn check_search(page: &Page, typed: &str, words: &[&str]) {
    let text = |paper: &Record| {
        let summary = paper.abstract_text.as_deref().map(str::to_owned);
        let authors: Vec<_> = paper.authors.iter().map(|author| author.name().to_owned()).collect();
        [paper.title_text.as_slice(), &authors, summary.as_slice(), &paper.tags].concat().join("\n")
    };
    let holds = |paper: &&Record| words.iter().all(|word| text(paper).contains(word));
    let expected = reading_list(240).iter().filter(holds).count();
    assert!((1..200).contains(&expected), "{words:?} tell papers apart");
    page.browser.eval("document.getElementById('query').value = ''; return null");
    page.type_query(typed);
    assert_eq!(page.count(), format!("{expected} of 240 papers"), "for {typed}");
}

#[test]
#[ignore = "needs Chromium (.ci/tools installs it)"]
fn typing_searches_titles_authors_abstracts_and_tags() {
    let page = Page::usual();
    check_search(&page, "speculative decoding", &["Speculative", "Decoding"]);
    check_search(&page, "DECODING  specul", &["Speculative", "Decoding"]);
    check_search(&page, "nguyen", &["Nguyễn"]);
    check_search(&page, "petrović LUKASZ", &["Petrović", "Łukasz"]);
    check_search(&page, "logarithmic ablation", &["logarithmic", "ablation"]);
    check_search(&page, "\"at the edge of\"", &["at the Edge of"]);
    check_search(&page, "interpretability", &["Interpretability"]);
    page.browser.eval("document.getElementById('query').value = ''; return null");
    page.type_query("\"decoding speculative\"");
    assert_eq!(page.count(), "0 of 240 papers");
    assert_eq!(page.browser.console(), Vec::<String>::new());
}

#[test]
#[ignore = "needs Chromium (.ci/tools installs it)"]
fn filters_combine_and_tell_how_many_each_would_leave() {
    let page = Page::usual();
    let count = |facet: &str, label: &str| {
        let row = format!(
            "[...document.querySelectorAll('[aria-label={facet}] .option')].find(it => \
             it.querySelector('.name').textContent === '{label}')"
        );
        page.browser.text(&format!("{row}.querySelector('.number').textContent"))
    };
    let choose = |facet: &str, label: &str| {
        page.browser.eval(&format!(
            "[...document.querySelectorAll('[aria-label={facet}] .option')].find(it => \
             it.querySelector('.name').textContent === '{label}').click()"
        ));
    };
    let before = count("Tag", "Efficiency");
    let promised = count("Venue", "ICML");
    choose("Venue", "ICML");
    assert_eq!(page.count(), format!("{promised} of 240 papers"));
    assert_ne!(count("Tag", "Efficiency"), before);
    // A second value of the same kind adds papers, a value of another kind takes some away.
    let other = count("Venue", "ICLR");
    choose("Venue", "ICLR");
    let both = promised.parse::<u32>().unwrap() + other.parse::<u32>().unwrap();
    assert_eq!(page.count(), format!("{both} of 240 papers"));
    let left = count("Category", "cs.CL");
    choose("Category", "cs.CL");
    assert_eq!(page.count(), format!("{left} of 240 papers"));
    assert_eq!(page.fragment(), "category=cs.CL&venue=ICML&venue=ICLR");
    page.browser.click("#chosen li:last-child button");
    assert_eq!((page.count().as_str(), page.fragment().as_str()), ("240 papers", ""));
}

#[test]
#[ignore = "needs Chromium (.ci/tools installs it)"]
fn a_section_holds_the_sections_within_it() {
    let page = Page::usual();
    page.browser.open(&page.file, "#section=Training");
    page.browser.until("document.getElementById('count').textContent === '40 of 240 papers'");
    page.browser.open(&page.file, "#section=Training+%3E+Optimisers");
    page.browser.until("document.getElementById('count').textContent.startsWith('1')");
    assert_eq!(page.browser.text("document.querySelector('h2.section').textContent"), "Training › Optimisers");
}

#[test]
#[ignore = "needs Chromium (.ci/tools installs it)"]
fn the_order_can_be_chosen() {
    let page = Page::usual();
    let sort_by = |order: &str| {
        page.browser.eval(&format!(
            "const sort = document.getElementById('sort'); sort.value = '{order}'; \
             sort.dispatchEvent(new Event('change')); return null"
        ));
        page.titles()
    };
    let listed = page.titles();
    let by_title = sort_by("title");
    assert!(by_title.is_sorted(), "{by_title:?}");
    assert_ne!(by_title, listed);
    sort_by("newest");
    let dates = page.browser.eval("return [...document.querySelectorAll('.paper time')].map(it => it.dateTime)");
    let dates: Vec<String> = serde_json::from_value(dates).unwrap();
    assert!(dates.len() > 20 && dates.is_sorted_by(|a, b| a >= b), "{dates:?}");
    assert_eq!(page.fragment(), "sort=newest");
    assert_eq!(sort_by("list"), listed);
}

#[test]
#[ignore = "needs Chromium (.ci/tools installs it)"]
fn a_bar_of_a_chart_filters() {
    let page = Page::usual();
    page.browser.click(".across .bar-button");
    assert_eq!(page.browser.eval("return document.querySelector('.across .bar-button').ariaPressed"), json!("true"));
    let category = page.browser.text("document.querySelector('.across .name').firstChild.textContent");
    assert_eq!(page.fragment(), format!("category={category}"));
    page.browser.click(".across .bar-button");
    assert_eq!(page.count(), "240 papers");
    page.browser.click(".month:last-child .bar-button");
    assert_eq!(page.fragment(), "month=2024-12");
    let said = page.browser.text("document.querySelector('.month:last-child .bar-button').ariaLabel");
    assert_eq!(format!("Dec 2024: {}", page.count().replace(" of 240", "")), said);
}

#[test]
#[ignore = "needs Chromium (.ci/tools installs it)"]
fn categories_tell_their_names() {
    let page = Page::usual();
    let names = "['.option', '.facts abbr'].map(it => [...document.querySelectorAll(it)] \
                 .find(it => it.textContent.startsWith('cs.LG')).title).join()";
    assert_eq!(page.browser.text(names), "Machine Learning,Machine Learning");
}

#[test]
#[ignore = "needs Chromium (.ci/tools installs it)"]
fn a_tag_of_a_paper_filters() {
    let page = Page::usual();
    page.browser.click(".paper .tag");
    let tag = page.browser.text("document.querySelector('.paper .tag').textContent");
    assert_eq!(page.fragment(), format!("tag={tag}"));
    assert_eq!(page.browser.text("document.querySelector('.paper .tag').ariaPressed"), "true");
}

#[test]
#[ignore = "needs Chromium (.ci/tools installs it)"]
fn the_address_is_the_view_and_back_is_a_step_back() {
    let page = Page::usual();
    page.type_query("decoding");
    let searched = page.count();
    page.browser.click(".across .bar-button");
    let filtered = page.count();
    assert_ne!(searched, filtered);
    let shared = page.browser.address();

    page.browser.back();
    page.browser.until(&format!("document.getElementById('count').textContent === '{searched}'"));
    // What was typed in one go is one step.
    page.browser.back();
    page.browser.until("document.getElementById('count').textContent === '240 papers'");
    assert_eq!(page.browser.text("document.getElementById('query').value"), "");

    page.browser.go("about:blank");
    page.browser.go(&shared);
    assert_eq!(page.count(), filtered);
    assert_eq!(page.browser.text("document.getElementById('query').value"), "decoding");
    assert_eq!(page.browser.console(), Vec::<String>::new());
}

#[test]
#[ignore = "needs Chromium (.ci/tools installs it)"]
fn a_shared_view_of_what_is_gone_says_so() {
    let page = Page::usual();
    page.browser.open(&page.file, "#tag=Gone&year=1901&nonsense=1&sort=__proto__");
    page.browser.until("document.querySelector('.list .notice')");
    assert_eq!(page.count(), "0 of 240 papers");
    page.browser.click("#chosen li:last-child button");
    assert_eq!(page.count(), "240 papers");
}

#[test]
#[ignore = "needs Chromium (.ci/tools installs it)"]
fn abstracts_unfold_one_by_one_and_all_at_once() {
    let page = Page::usual();
    let open = "return document.querySelectorAll('.unfold[open]').length";
    page.browser.click(".paper .unfold summary");
    assert_eq!(page.browser.eval(open), json!(1));
    let text = page.browser.text("document.querySelector('.unfold[open] .abstract').innerText");
    assert!(text.len() > 100, "{text}");
    page.browser.click("#unfold");
    assert!(page.browser.eval(open).as_u64() > Some(20));
    assert_eq!(page.fragment(), "abstracts=open");
    page.browser.click("#unfold");
    assert_eq!(page.browser.eval(open), json!(0));
}

#[test]
#[ignore = "needs Chromium (.ci/tools installs it)"]
fn who_scrolls_sees_all_papers() {
    let page = Page::usual();
    assert_eq!(page.titles().len(), 30);
    for _ in 0..7 {
        let before = page.titles().len();
        page.browser.eval("scrollTo(0, document.body.scrollHeight); return null");
        page.browser.until(&format!("document.querySelectorAll('.paper').length > {before}"));
    }
    assert_eq!(page.titles().len(), 240);
    assert_eq!(page.browser.eval("return document.getElementById('more').hidden"), json!(true));
}
