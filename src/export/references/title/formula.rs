//! Formulas as they may stand in a BibTeX file. TeX obeys every command that it meets, and a title is a stranger's: so only the
//! commands of a list are written, and words within a formula are words to read.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::super::escape::push_plain;
use crate::tex;

/// The list.
const TABLE: &str = include_str!("commands.txt");

/// The words of each section of the list, by the section's name.
static ALLOWED: LazyLock<HashMap<&str, HashSet<&str>>> = LazyLock::new(|| {
    let mut sections: HashMap<&str, HashSet<&str>> = HashMap::new();
    let mut section = "";
    for line in TABLE.lines().filter(|line| !line.starts_with("# ")) {
        match line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            Some(name) => section = name,
            None => sections.entry(section).or_default().extend(line.split_whitespace()),
        }
    }
    sections
});

fn is_allowed(section: &str, word: &str) -> bool {
    ALLOWED.get(section).is_some_and(|words| words.contains(word))
}

/// The formula, given without its dollars, as it may be written. `None` where a command is not on the list, where TeX would read
/// something else than is seen here, or where a brace would be alone.
pub(super) fn written(tex: &str) -> Option<String> {
    let mut formula = Formula { rest: tex, written: String::with_capacity(tex.len() + 8), depth: 0, rows: 0 };
    formula.run()?;
    (formula.depth == 0 && !formula.written.trim().is_empty()).then_some(formula.written)
}

struct Formula<'a> {
    rest: &'a str,
    written: String,
    depth: usize,
    /// How many environments and commands with rows have begun.
    rows: usize,
}

impl<'a> Formula<'a> {
    fn run(&mut self) -> Option<()> {
        while let Some(c) = self.rest.chars().next() {
            // TeX reads two of these and a character as another character, a backslash perhaps.
            if self.rest.starts_with("^^") {
                return None;
            }
            self.rest = &self.rest[c.len_utf8()..];
            match c {
                '\\' => self.command()?,
                '%' | '#' => self.written.extend(['\\', c]),
                '&' if self.rows == 0 => self.written.push_str("\\&"),
                '$' => return None,
                '{' => {
                    self.depth += 1;
                    self.written.push(c);
                }
                '}' => {
                    self.depth = self.depth.checked_sub(1)?;
                    self.written.push(c);
                }
                c if c.is_whitespace() => self.written.push(' '),
                c => self.written.push(c),
            }
        }
        Some(())
    }

    /// A command, of which the backslash is read.
    fn command(&mut self) -> Option<()> {
        let letters = self.rest.bytes().take_while(u8::is_ascii_alphabetic).count();
        let length = if letters > 0 { letters } else { self.rest.chars().next()?.len_utf8() };
        let (name, rest) = self.rest.split_at(length);
        self.rest = rest;
        match name {
            "begin" => return self.environment(true),
            "end" => return self.environment(false),
            // BibTeX counts these as braces.
            "{" => self.written.push_str("\\lbrace "),
            "}" => self.written.push_str("\\rbrace "),
            "\\" if self.rows > 0 && !rest.starts_with(['[', '*']) => self.written.push_str("\\\\"),
            _ if name.chars().all(char::is_whitespace) => self.written.push_str("\\ "),
            _ if is_allowed("words", name) => return self.words(name),
            _ if is_allowed("commands", name) || is_allowed("signs", name) => {
                self.rows += usize::from(is_allowed("rows", name));
                self.written.extend(["\\", name]);
                // Some TeX engines take letters beyond ASCII for a part of the name.
                if letters > 0 && rest.starts_with(|c: char| !c.is_ascii()) {
                    self.written.push(' ');
                }
            }
            _ => return None,
        }
        Some(())
    }

    /// What stands between braces here, which are then read.
    fn argument(&mut self) -> Option<&'a str> {
        let text = self.rest.trim_start_matches(' ');
        let close = *tex::groups(text).get(&0)?;
        self.rest = &text[close + 1..];
        Some(&text[1..close])
    }

    /// `\text` and its like, with its words.
    fn words(&mut self, name: &str) -> Option<()> {
        let words = tex::readable(self.argument()?);
        self.written.extend(["\\", name, "{"]);
        words.chars().for_each(|c| push_plain(c, &mut self.written));
        self.written.push('}');
        Some(())
    }

    /// `\begin` or `\end`, with the environment's name and, of an array, its columns.
    fn environment(&mut self, begins: bool) -> Option<()> {
        let name = self.argument().filter(|name| is_allowed("environments", name))?;
        self.written.extend([if begins { "\\begin{" } else { "\\end{" }, name, "}"]);
        if begins && name == "array" {
            let columns = self.argument().filter(|columns| columns.chars().all(|c| "lcr| ".contains(c)))?;
            self.written.extend(["{", columns, "}"]);
        }
        self.rows += usize::from(begins && is_allowed("rows", name));
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(tex: &str, expected: Option<&str>) {
        assert_eq!(written(tex).as_deref(), expected, "{tex}");
    }

    #[test]
    fn mathematics_stays_as_it_is() {
        for tex in [
            "x^2_{i}",
            "\\frac{a}{b}",
            "\\sqrt[3]{x}",
            "\\mathcal{O}(n \\log n)",
            "\\left| x \\right\\rangle",
            "a\\,b",
            "\\begin{array}{l|r} a & b \\\\ c & d\\end{array}",
            "\\sum_{\\substack{i \\\\ j}} x",
            "\\bar\\nu_\\mu",
        ] {
            check(tex, Some(tex));
        }
        check("\\{x\\}", Some("\\lbrace x\\rbrace "));
        check("50%", Some("50\\%"));
        check("\\alphaβ", Some("\\alpha β"));
    }

    #[test]
    fn a_command_that_is_not_on_the_list_is_not_written() {
        for tex in [
            "\\input{/etc/passwd}",
            "\\frac{\\input x}{b}",
            "\\write18{id}",
            "\\immediate\\openout3=x",
            "\\catcode`\\%=12",
            "\\def\\x{y}",
            "\\csname input\\endcsname x",
            "\\verb|x|",
            "x^^5cinput y",
            "\\begin{verbatim}x\\end{verbatim}",
            "\\begin{filecontents}{x}\\end{filecontents}",
            "\\end{document}",
            "\\begin{array}{@{\\input x}l}y\\end{array}",
            "\\begin{array}{*{99999}{l}}y\\end{array}",
            "a \\\\ b",
            "\\\\[99999pt]",
            "\\kern99pt",
            "\\special{x}",
            "\\'{e}",
            "\\include{x}",
            "\\lstinputlisting{x}",
            "\\href{x}{y}",
            "\\directlua{x}",
            "\\ÿ",
            "\\",
            "a}b{",
        ] {
            check(tex, None);
        }
    }

    #[test]
    fn words_in_a_formula_are_words() {
        check("\\text{ if }x", Some("\\text{ if }x"));
        check(
            "\\text{\\input{/etc/passwd}}",
            Some("\\text{\\textbackslash{}input\\textbraceleft{}/etc/passwd\\textbraceright{}}"),
        );
        check("\\mbox{a\\_b 5\\% Schr\\\"odinger}", Some("\\mbox{a\\_b 5\\% Schrödinger}"));
        check("\\textrm{^^5cinput}", Some("\\textrm{\\textasciicircum{}\\textasciicircum{}5cinput}"));
        check("\\text x", None);
    }

    proptest! {
        #[test]
        fn nothing_but_the_list_is_ever_written(tex in r#"([a\\{}$%&#_^ ]|\\[a-z]{1,8}|\\text\{|\\begin\{|\\alpha|\^\^5c){0,20}|\PC{0,20}"#) {
            if let Some(written) = written(&tex) {
                prop_assert!(!written.contains("^^"), "{}", written);
                for name in written.split('\\').skip(1) {
                    let name = &name[..name.bytes().take_while(u8::is_ascii_alphabetic).count()];
                    let ours = ["", "begin", "end"].contains(&name) || name.starts_with("text");
                    prop_assert!(ours || is_allowed("commands", name) || is_allowed("words", name), "{}", written);
                }
            }
        }
    }
}
