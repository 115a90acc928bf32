//! Texts that go on and on in one pattern, on which readers of lists are known to hang or to run out of stack. That each is read
//! to its end is left to a test, and how its time grows with its length to `benches/extract.rs`.

/// The forms of lists that each is read as.
pub(crate) const PATHS: [&str; 8] =
    ["list.md", "list.html", "list.txt", "list.bib", "list.rst", "list.org", "list.yml", "list.csv"];

/// A pattern: its name, what makes a text of it, and how often it is repeated in a usual one.
pub(crate) type Pattern = (&'static str, fn(usize) -> String, usize);

/// The patterns. The length of a text grows with the number.
pub(crate) const PATTERNS: [Pattern; 44] = [
    ("brackets", |n| "[".repeat(n), 100_000),
    ("links", |n| "[a](https://arxiv.org/abs/2301.00001) ".repeat(n), 20_000),
    ("titles", |n| "**Rockets and Boats** [b](https://arxiv.org/abs/2301.00001)\\\n".repeat(n), 10_000),
    ("bullets", |n| "- ".repeat(n), 50_000),
    ("quotes", |n| "> ".repeat(n), 50_000),
    ("columns", |n| format!("|{}\n|{}\n|{}\n", "a|".repeat(n), "-|".repeat(n), "b|".repeat(n)), 10_000),
    ("short rows", |n| format!("|{}\n|{}\n{}", "a|".repeat(n), "-|".repeat(n), "|b|\n".repeat(n)), 1_000),
    ("NUL", |n| "\0".repeat(n), 1_000_000),
    ("line", |n| "arXiv: rocket (2301.00001) ".repeat(n), 40_000),
    ("tags", |n| "<ul><li><table><tr><td><details>".repeat(n), 10_000),
    ("stray tags", |n| format!("{}{}", "<ul>".repeat(n), "</table></li>".repeat(n)), 20_000),
    ("details", |n| "<details>\n\n# a\n\n".repeat(n), 10_000),
    ("braces", |n| "@misc{a, title = {".repeat(n), 20_000),
    ("at signs", |n| "@misc{a,\n".repeat(n), 50_000),
    ("colons", |n| "tag: ".repeat(n), 100_000),
    ("hashes", |n| "#a ".repeat(n), 100_000),
    ("emphasis", |n| "*a **b ".repeat(n), 50_000),
    ("nested braces", |n| format!("@misc{{a, title = {{{}{}}}}}\n", "{".repeat(n), "}".repeat(n)), 200_000),
    ("open braces", |n| format!("@misc{{a, title = {}", "{".repeat(n)), 200_000),
    ("parentheses", |n| "(".repeat(n), 200_000),
    ("address", |n| format!("https://arxiv.org/abs/2301.00001{}", ")".repeat(n)), 200_000),
    ("nested lists", |n| "- ".repeat(n), 200_000),
    ("nested quotes", |n| "> ".repeat(n), 200_000),
    ("nested brackets", |n| format!("{}{}(https://a.example)", "[".repeat(n), "]".repeat(n)), 200_000),
    ("nested tags", |n| format!("{}{}", "<b>".repeat(n), "</b>".repeat(n)), 200_000),
    ("nested blocks", |n| "<div><ul><li>".repeat(n), 70_000),
    ("backticks", |n| "` `` ".repeat(n), 50_000),
    ("stars", |n| "*".repeat(n), 200_000),
    ("bars", |n| "|".repeat(n), 200_000),
    ("entities", |n| "&a".repeat(n), 100_000),
    ("formulas", |n| "$a $$".repeat(n), 50_000),
    ("comments", |n| "<!-- ".repeat(n), 50_000),
    ("front matter", |n| format!("---\n{}\n---\n", "- ".repeat(n)), 50_000),
    ("set in", |n| (0..n).map(|depth| format!("{}- a\n", " ".repeat(depth))).collect(), 1_000),
    ("drawers", |n| ":a:\n".repeat(n), 50_000),
    ("blocks", |n| "#+begin_src\n".repeat(n), 20_000),
    ("org links", |n| "*[[a][ ".repeat(n), 30_000),
    ("grids", |n| "+--+\n|  |\n".repeat(n), 20_000),
    ("open grids", |n| "+-\n++++\n|a\n++++\n".repeat(n), 10_000),
    ("simple tables", |n| "== ==\na a\n\n".repeat(n), 20_000),
    ("explicit marks", |n| ".. [1] a::\n".repeat(n), 20_000),
    ("nested maps", |n| "{\"a\": ".repeat(n), 50_000),
    ("references", |n| format!("a: &a [b]\nc:\n{}", "- [*a, *a]\n".repeat(n)), 10_000),
    ("breaks", |n| "arXiv:<br>".repeat(n), 20_000),
];
