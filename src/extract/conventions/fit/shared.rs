//! What is right among the candidates of the real lists of `../shared`, and how well the weights choose it.
//!
//! `cargo test --release --lib fit -- --ignored --nocapture` tells how many choices come out right with the weights as they are,
//! with fitted ones, and with one repository left out at a time; `UPDATE_WEIGHTS=1` writes the fitted ones,
//! and `SHOW_MISSES=1` shows the choices of the open half that come out wrong. The blind half is
//! counted and never shown or learned from.

#![allow(clippy::print_stdout, reason = "a fit talks to whoever runs it")]

use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use serde_json::Value;
use sha2::{Digest as _, Sha256};
use unicode_normalization::UnicodeNormalization as _;

use super::{Choice, Example, Offer, Rows, Weights, fit, noted, right, today};
use crate::disk;
use crate::extract::conventions::weights::{TABLE, Weight};
use crate::extract::features::plain;
use crate::extract::{Options, list};

/// A link with a text of as many words has a title of its own.
const FEWEST_WORDS: usize = 3;

/// How strongly the weights are drawn towards where they start.
const PULL: f64 = 0.1;

/// The examples of one half.
struct Half {
    examples: Vec<Example>,
    repositories: usize,
}

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared").join(name)
}

/// Letters and digits, case aside.
fn letters(text: &str) -> String {
    text.nfkc().flat_map(char::to_lowercase).filter(|c| c.is_alphanumeric()).collect()
}

/// The repository of a list, by the name of its file.
fn repository(file: &str) -> String {
    file.split("__").take(2).collect::<Vec<_>>().join("__")
}

fn is_blind(file: &str) -> bool {
    file.matches("__").count() >= 2 && Sha256::digest(repository(file))[0] % 2 == 1
}

/// The labelled titles of each list of a folder.
fn labels(lists: &str) -> HashMap<String, HashSet<String>> {
    let mut labels: HashMap<String, HashSet<String>> = HashMap::new();
    let text = fs::read_to_string(folder(lists).join("labels.jsonl")).unwrap();
    for label in text.lines().filter(|line| !line.trim().is_empty()) {
        let label: Value = serde_json::from_str(label).unwrap();
        let titles = labels.entry(label["file"].as_str().unwrap().to_owned()).or_default();
        titles.extend(label["title"].as_str().map(letters).filter(|title| !title.is_empty()));
    }
    let files = fs::read_dir(folder(lists)).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap());
    files.filter(|file| file.contains("__")).for_each(|file| {
        labels.entry(file).or_default();
    });
    labels
}

/// What others than the lists call their papers.
fn known() -> HashSet<String> {
    let text = fs::read_to_string(folder("corpus/TITLES.tsv")).unwrap();
    text.lines().filter_map(|line| line.split('\t').nth(1)).map(letters).filter(|title| title.len() > 12).collect()
}

/// The choice as an example, where one of its candidates is right and another is not. What the labels say goes before what is known.
fn example(choice: Choice, repository: usize, labelled: &HashSet<String>, known: &HashSet<String>) -> Option<Example> {
    let texts: Vec<String> = choice.iter().map(|offer| letters(&offer.text)).collect();
    let is = |titles: &HashSet<String>| texts.iter().map(|text| titles.contains(text)).collect::<Vec<bool>>();
    let right = Some(is(labelled)).filter(|right| right.contains(&true)).unwrap_or_else(|| is(known));
    let is_example = right.contains(&true) && right.contains(&false) && !presents_several(&choice, &texts);
    is_example.then_some(Example { repository, offers: choice, right })
}

/// Whether several links with titles of their own lead to papers: each is right, and it is left to others which comes first.
fn presents_several(choice: &[Offer], texts: &[String]) -> bool {
    let is_paper = |offer: &Offer| {
        let has = |sign: Weight| offer.signs.contains(&(sign as usize));
        (has(Weight::LeadsToArxiv) || has(Weight::LeadsToPaper)) && plain::word_count(&offer.text) >= FEWEST_WORDS
    };
    let papers = choice.iter().zip(texts).filter(|(offer, _)| is_paper(offer));
    papers.map(|(_, text)| text).collect::<HashSet<_>>().len() > 1
}

/// Reads the lists of both halves, the open one first.
fn halves() -> [Half; 2] {
    let known = known();
    let mut halves = [false, true].map(|_| Half { examples: Vec::new(), repositories: 0 });
    let mut numbers: HashMap<String, usize> = HashMap::new();
    for lists in ["lists", "corpus", "home"] {
        let mut files: Vec<_> = labels(lists).into_iter().collect();
        files.sort_by(|one, other| one.0.cmp(&other.0));
        for (file, labelled) in files {
            let half = &mut halves[usize::from(is_blind(&file))];
            // All of the folder `home` is one keeper's.
            let name = if lists == "home" { lists.to_owned() } else { repository(&file) };
            let number = *numbers.entry(name).or_insert_with(|| {
                half.repositories += 1;
                half.repositories - 1
            });
            let text = fs::read(folder(lists).join(&file)).unwrap();
            let choices = noted(|| {
                list(&file, &String::from_utf8_lossy(&text), &Options::default());
            });
            half.examples.extend(choices.into_iter().filter_map(|choice| example(choice, number, &labelled, &known)));
        }
    }
    halves
}

/// How many examples are right where each repository is judged by weights fitted on the others.
fn left_out(rows: &[Rows], repositories: usize, start: &Weights, pull: f64) -> usize {
    let of = |repository: usize| {
        let others = rows.iter().filter(move |row| row.repository != repository);
        let own = rows.iter().filter(|row| row.repository == repository);
        right(own, &fit(others, start, pull))
    };
    (0..repositories).map(of).sum()
}

/// Tries values of one weight, alone and as chosen on the other repositories.
fn tried(half: &Half, weight: Weight, values: &[f64]) {
    let mut of_all = Vec::new();
    let mut by_repository = vec![vec![0; values.len()]; half.repositories];
    for (at, value) in values.iter().enumerate() {
        let mut weights = today();
        weights[weight as usize] = *value;
        let rows = Rows::of(&half.examples, &weights);
        for row in rows.iter().filter(|row| row.is_right(&weights)) {
            by_repository[row.repository][at] += 1;
        }
        of_all.push(by_repository.iter().map(|counts| counts[at]).sum::<usize>());
    }
    let chosen = |own: &Vec<usize>| {
        let rest = |at: &usize| of_all[*at] - own[*at];
        own[(0..values.len()).rev().max_by_key(rest).unwrap_or_default()]
    };
    let left_out: usize = by_repository.iter().map(chosen).sum();
    println!("{weight:?}: right with {values:?} {of_all:?}, chosen on the others {left_out}");
}

/// The table with other values.
fn rewritten(weights: &Weights) -> String {
    let mut out = String::new();
    for line in TABLE.lines() {
        let name = line.split(' ').next().unwrap_or_default();
        let known = Weight::ALL.iter().find(|(known, _)| *known == name);
        let _ = match known.map(|(_, weight)| weights[*weight as usize]) {
            Some(points) if !name.starts_with("slot-") && !name.starts_with("words-") => {
                writeln!(out, "{name} {}", points.round())
            }
            Some(worth) => writeln!(out, "{name} {}", (worth * 100.0).round() / 100.0),
            None => writeln!(out, "{line}"),
        };
    }
    out
}

/// Prints the choices that come out wrong.
fn show_misses(examples: &[Example], rows: &[Rows], weights: &Weights) {
    for (example, rows) in examples.iter().zip(rows).filter(|(_, rows)| !rows.is_right(weights)) {
        println!();
        for ((offer, row), is_right) in example.offers.iter().zip(&rows.rows).zip(&example.right) {
            let signs: Vec<_> = offer.signs.iter().chain([&offer.slot]).map(|place| Weight::ALL[*place].0).collect();
            let mark = if *is_right { '*' } else { ' ' };
            println!("{mark} {:6.1} {:?} {}", row.score(weights), offer.text, signs.join(" "));
        }
    }
}

#[test]
#[ignore = "needs ../shared"]
fn weights_choose_what_is_right() {
    let [open, blind] = halves();
    let start = today();
    let rows = Rows::of(&open.examples, &start);
    let of_blind = Rows::of(&blind.examples, &start);
    let before = right(rows.iter(), &start);
    println!("open: {} choices of {} repositories; right today {before}", rows.len(), open.repositories);
    if env::var_os("SHOW_MISSES").is_some() {
        show_misses(&open.examples, &rows, &start);
    }
    println!("blind: {} choices; right today {}", of_blind.len(), right(of_blind.iter(), &start));
    let fitted = fit(rows.iter(), &start, PULL);
    let left_out = left_out(&rows, open.repositories, &start, PULL);
    let [all, blind] = [&rows, &of_blind].map(|rows| right(rows.iter(), &fitted));
    println!("fitted: right {all}, one repository left out {left_out}, blind {blind}");
    tried(&open, Weight::PriorSiblings, &[1.0, 2.0, 3.0, 4.0, 6.0, 10.0]);
    tried(&open, Weight::SlotWorth, &[30.0, 45.0, 60.0, 80.0, 100.0, 130.0]);
    println!("{}", rewritten(&fitted));
    if env::var_os("UPDATE_WEIGHTS").is_some() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/extract/conventions/weights.txt");
        disk::write([((), path)], |(), out| out.write_all(rewritten(&fitted).as_bytes())).unwrap();
    }
    assert!(before * 100 >= left_out * 99, "fitted weights choose better: {left_out} right, not {before}");
}
