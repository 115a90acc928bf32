//! A list of papers that spreadsheets are known to damage. None of it is science.

use crate::support::{FakeArxiv, FakePaper, Faults, Project};

/// More authors than a cell can hold.
const AUTHORS: usize = 3_000;

/// More characters than a cell can hold.
const LONG: usize = 40_000;

/// Titles that a spreadsheet would calculate, split, or turn around.
const TITLES: [&str; 16] = [
    "=1+1",
    "=HYPERLINK(\"https://a.example\",\"click\")",
    "+1 is All You Need",
    "-5 Degrees, and Falling",
    "@SUM(A1:A9)",
    "A title with a\ttab",
    "\"Quoted\" from \"start\" to \"end\"",
    "'Apostrophe' and a \\ backslash",
    "Commas, semicolons; and | bars",
    "视频编辑：一个例子；第二部分",
    "Emoji 😀 and 👩‍🔬 joined",
    "مثال من اليمين إلى اليسار",
    "עברית, then English",
    "_x000D_ and &amp; and &#10;",
    "{=1} [2] #REF! #N/A",
    "ﬁne ｆｕｌｌ＝width",
];

/// The papers: an identifier that ends in 0 for each title, one that begins with 0, one of the old kind, and two that are
/// too long.
pub(super) fn papers() -> Vec<FakePaper> {
    let titled = TITLES.iter().zip(1..).map(|(title, n)| {
        FakePaper::new(&format!("2403.{n:04}0")).title(title).comment(title).journal_ref(&format!("{title} (2024)"))
    });
    let authors: Vec<_> = (0..AUTHORS).map(|n| format!("Author {n:04} O'Name")).collect();
    let authors: Vec<_> = authors.iter().map(String::as_str).collect();
    let others = [
        FakePaper::new("0704.0010").summary("First line.\nSecond line, after a break.\n=3+4 begins the third."),
        FakePaper::new("0901.1230").comment("-1").doi("10.1000/a<1::b>3.0.CO;2-#"),
        FakePaper::new("hep-th/9901010").categories("hep-th"),
        FakePaper::new("2403.10000").authors(&authors),
        FakePaper::new("2403.20000").summary(&"long words ".repeat(LONG / 11 + 1)),
        FakePaper::new("2403.30000").summary(&"😀".repeat(LONG / 2)),
    ];
    titled.chain(others).collect()
}

/// A list of them, with tags and sections of the same kind, and a paper that is not on arXiv.
pub(super) fn list() -> String {
    let mut list = String::from("# =Papers; to read\n\n## -1 > 2\n");
    for paper in papers() {
        let id = paper.id;
        list += &format!(
            "\n#### Paper {id}\n\ntag: `=1+1` | `@home` | `a; b`\n\npaper link: [here](https://arxiv.org/abs/{id})\n"
        );
    }
    list + "\n#### =2+3\n\ntag: `+plus`\n\npaper link: [here](https://a.example/=paper.pdf)\n"
}

/// The nasty list, run with these settings.
pub(super) fn nasty(settings: &str, further: &[&str]) -> Project {
    let project = Project::with_list(&list());
    project.write("enrich.toml", settings);
    let outcome = project.run(&FakeArxiv::start(papers(), Faults::none()), further);
    assert_eq!(outcome.code, Some(0), "{}", outcome.stderr);
    project
}
