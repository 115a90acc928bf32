//! A made-up reading list of any length, as records: titles, people and numbers that nobody wrote, in the proportions of a
//! real list, so that a page or a sheet of it looks like one.

use enrich::model::Record;
use serde_json::{Value, json};

use super::chance::{mixed, pick};

const SECTIONS: [(&str, &[&str], &[&str]); 6] = [
    ("Training", &["Optimisers", "Scaling laws", "Data"], &["Training", "Scaling"]),
    ("Architectures", &["Attention", "Mixture of experts"], &["Architecture", "Efficiency"]),
    ("Evaluation", &["Benchmarks", "Contamination"], &["Benchmark"]),
    ("Interpretability", &["Circuits", "Probing"], &["Interpretability", "Theory"]),
    ("Systems", &["Inference", "Hardware"], &["Systems", "Efficiency"]),
    ("Vision", &["Diffusion", "Video"], &["Vision", "Generation"]),
];

const HOW: [&str; 12] = [
    "Sparse", "Calibrated", "Low-Rank", "Provably Stable", "Self-Consistent", "Hierarchical", "Curriculum-Free",
    "Memory-Bounded", "Contrastive", "Asynchronous", "Equivariant", "Cost-Aware",
];

const WHAT: [&str; 14] = [
    "Attention", "Gradient Descent", "Mixture-of-Experts Routing", "Pre-Training", "Speculative Decoding",
    "Representation Learning", "Instruction Tuning", "Quantisation", "Distillation", "Diffusion Sampling", "Retrieval",
    "Weight Averaging", "State-Space Models", "In-Context Learning",
];

const WHERE: [&str; 12] = [
    "for Long Documents", "at the Edge of Stability", "under Distribution Shift", "in $\\mathcal{O}(n \\log n)$ Time",
    "beyond the Compute-Optimal Frontier", "with Ten Thousand Labels", "on Commodity Hardware", "without a Teacher",
    "for Low-Resource Languages", "from Noisy Feedback", "in Overparameterised Networks", "for Scientific Discovery",
];

const GIVEN: [&str; 16] = [
    "Amara", "Björn", "Chiara", "Deniz", "Elena", "Farid", "Gaëlle", "Hiroshi", "Ines", "Jakub", "Keiko", "Łukasz",
    "Mei", "Noor", "Oluwaseun", "Priya",
];

const FAMILY: [&str; 16] = [
    "Adeyemi", "Bergström", "Conti", "Demir", "Eriksen", "Fontaine", "Gupta", "Hayashi", "Ivanova", "Jansen",
    "Kowalski", "Lindqvist", "Martínez", "Nguyễn", "Okafor", "Petrović",
];

const CATEGORIES: [&[&str]; 8] = [
    &["cs.LG", "cs.CL"],
    &["cs.CL"],
    &["cs.LG", "stat.ML"],
    &["cs.CV", "cs.LG"],
    &["cs.LG"],
    &["cs.DC", "cs.LG"],
    &["stat.ML", "math.OC"],
    &["cs.AI", "cs.CL"],
];

const VENUES: [&str; 7] = ["NeurIPS", "ICML", "ICLR", "ACL", "CVPR", "TMLR", "JMLR"];

const SENTENCES: [&str; 10] = [
    "We revisit a practice that has become standard and ask what it costs.",
    "Across four model sizes the error falls as a power law with exponent $\\alpha \\approx 0.34$.",
    "Existing methods scale poorly once sequences exceed a few thousand tokens.",
    "Our analysis shows that most of the gain comes from a small set of heads, which a simple probe finds.",
    "The method needs no further labels and adds less than two per cent to the time of training.",
    "On eleven benchmarks it matches the strongest baseline at a third of the memory.",
    "We prove that the bound is tight up to a logarithmic factor.",
    "A careful ablation attributes the difference to the order in which data is seen.",
    "We release code, checkpoints and every intermediate result.",
    "The finding holds for decoder-only and encoder-decoder models alike.",
];

/// So many papers, the same at each call.
pub fn reading_list(count: usize) -> Vec<Record> {
    (0..count).map(|n| record(n, count)).collect()
}

fn record(n: usize, count: usize) -> Record {
    // The list goes through its sections in order.
    let (section, parts, tags) = SECTIONS[n * SECTIONS.len() / count];
    let seed = |what: u64| mixed(n as u64 * 64 + what);
    let chance = |what: u64, percent: u64| seed(what) % 100 < percent;
    let part = (n * SECTIONS.len() * parts.len() / count) % parts.len();
    // More in the recent months than in the first.
    let month = 71 - (seed(1) % 72).min(seed(2) % 72);
    let (year, month) = (2019 + month / 12, month % 12 + 1);
    let day = 1 + seed(3) % 28;
    let date = format!("{year}-{month:02}-{day:02}T12:00:00Z");
    let id = format!("{:02}{month:02}.{:05}", year - 2000, 100 + n % 99_000);
    let title = format!("{} {} {}", pick(&HOW, seed(4)), pick(&WHAT, seed(5)), pick(&WHERE, seed(6)));
    let authors: Vec<_> = (0..1 + seed(7) % 6).map(|at| name(seed(20 + at))).collect();
    let summary: Vec<_> = (0..4 + seed(8) % 5).map(|at| *pick(&SENTENCES, seed(30 + at))).collect();
    let summary = summary.join(" ");
    let tags: Vec<_> = tags
        .iter()
        .enumerate()
        .filter(|(at, _)| chance(40 + *at as u64, 85 - section.len() as u64 * 3))
        .map(|(_, tag)| *tag)
        .collect();
    let venue = chance(10, 45).then(|| json!({ "name": pick(&VENUES, seed(11)), "year": year + 1 }));
    let mut links = Vec::new();
    if chance(12, 40) {
        links.push(json!({ "label": "code", "url": format!("https://github.com/example/paper-{n}") }));
    }
    let version = 1 + seed(13) % 3;
    let categories = pick(&CATEGORIES, seed(14));
    let mut paper = json!({
        "arxiv_id": id, "version": version, "status": "enriched", "title": title, "authors": authors, "abstract": summary,
        "title_text": title.replace("$\\mathcal{O}(n \\log n)$", "𝒪(n log n)"),
        "abstract_text": summary.replace("$\\alpha \\approx 0.34$", "α ≈ 0.34"),
        "primary_category": categories[0], "categories": categories, "category_names": categories.iter().map(|it| named(it)).collect::<Vec<_>>(), "tags": tags,
        "sections": [["Papers on learning machines", section, parts[part]]], "published": date, "updated": date,
        "comment": chance(15, 30).then_some("12 pages, 5 figures"), "journal_ref": null, "doi": null, "venue": venue,
        "withdrawn": false, "url": format!("https://arxiv.org/abs/{id}"),
        "pdf_url": format!("https://arxiv.org/pdf/{id}"), "listed_title": title, "links": links, "citation": null,
        "mentions": [{ "path": "README.md", "line": 10 + 8 * n, "version": null }], "source": "arxiv-api",
    });
    if chance(16, 3) {
        let status = if chance(17, 50) { "not_found" } else { "no_arxiv_id" };
        paper["status"] = json!(status);
        for field in ["abstract", "abstract_text", "published", "updated", "version", "primary_category"] {
            paper[field] = Value::Null;
        }
        for field in ["categories", "category_names"] {
            paper[field] = json!([]);
        }
        paper["source"] = json!("list");
        if status == "no_arxiv_id" {
            for field in ["arxiv_id", "url", "pdf_url"] {
                paper[field] = Value::Null;
            }
        }
    }
    serde_json::from_value(paper).expect("a record")
}

fn name(seed: u64) -> String {
    format!("{} {}", pick(&GIVEN, mixed(seed)), pick(&FAMILY, mixed(seed ^ 1)))
}

fn named(category: &str) -> &'static str {
    match category {
        "cs.AI" => "Artificial Intelligence",
        "cs.CL" => "Computation and Language",
        "cs.CV" => "Computer Vision and Pattern Recognition",
        "cs.DC" => "Distributed, Parallel, and Cluster Computing",
        "math.OC" => "Optimization and Control",
        _ => "Machine Learning",
    }
}
