//! Titles, names and whatever else lists and arXiv say go through LaTeX as words: it reads no file for them, writes none, and
//! runs nothing.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::process::Command;

use super::{run, snapshot_line};
use crate::support::tool;

/// What an attacker writes who wants TeX to read a file, to write one, or to stop.
const PAYLOADS: [&str; 25] = [
    "\\input{canary.tex}",
    "\\input canary.tex ",
    "\\InputIfFileExists{canary.tex}{}{}",
    "\\csname input\\endcsname{canary.tex}",
    "\\csname @@input\\endcsname canary.tex ",
    "\\immediate\\write18{cp canary.tex stolen.tex}",
    "\\openin3=canary.tex \\read3 to\\x\\x",
    "\\newwrite\\w\\immediate\\openout\\w=stolen.tex\\immediate\\write\\w{x}",
    "\\catcode`\\|=0 |input{canary.tex}",
    "\\def\\x{\\input{canary.tex}}\\x",
    "\\let\\x\\input\\x{canary.tex}",
    "\\expandafter\\input\\expandafter{canary.tex}",
    "\\verb|x|\\input{canary.tex}",
    "\\begin{verbatim}x\\end{verbatim}\\input{canary.tex}",
    "\\begin{filecontents}{stolen.tex}x\\end{filecontents}",
    "\\include{canary}\\end{document}",
    "^^5cinput{canary.tex}",
    "^^5c^^69nput{canary.tex}",
    "\\hbox{\\input{canary.tex}}",
    "}\\input{canary.tex}{",
    "\\'\\input{canary.tex}",
    "\\'{\\input}{canary.tex}",
    "\\special{ps:x}\\includegraphics{canary}\\endinput",
    "\\loop\\iftrue\\repeat",
    "# & % ~ _ ^ \\ \" @ | < >",
];

/// Where it may stand, in the place of `@`.
const FRAMES: [&str; 10] = [
    "Fast @ nets",
    "Fast $@$ nets",
    "Fast $\\text{@}$ nets",
    "Fast $x^{@}$ nets",
    "Fast $\\frac{@}{2}$ nets",
    "Fast $\\begin{array}{c}@\\end{array}$ nets",
    "Fast \\(\\mathrm{@}\\) nets",
    "Fast {\\it @} nets",
    "Fast \\emph{@} nets",
    "Fast H_{@} \\alpha @ nets",
];

/// Characters that nobody sees, and spaces that TeX does not know.
const UNSEEN: [char; 10] = [
    '\u{200b}', '\u{202e}', '\u{2066}', '\u{feff}', '\u{200d}', '\u{ad}', '\u{2028}', '\u{2009}', '\u{1b}', '\u{e0041}',
];

const DOCUMENT: &str = "\\documentclass{article}\n\\usepackage{amsmath,amssymb,url,natbib}\n\\begin{document}\n\\nocite{*}\n\
    \\bibliographystyle{STYLE}\n\\bibliography{references}\n\\end{document}\n";

/// A list of 250 hostile papers, and as many lines of a snapshot.
fn hostile() -> (String, String) {
    let (mut list, mut snapshot) = (String::from("# Papers\n"), String::new());
    let pairs = PAYLOADS.iter().flat_map(|payload| FRAMES.iter().map(move |frame| (payload, frame)));
    for (n, (payload, frame)) in pairs.enumerate() {
        let id = format!("2403.{:05}", n + 1);
        let title = frame.replace('@', payload);
        let title = format!("{title} {}end", UNSEEN[n % UNSEEN.len()]);
        let further = [
            ("journal-ref", payload.to_string()),
            ("doi", format!("10.1000/{payload}")),
            ("comments", payload.to_string()),
        ];
        let further: Vec<_> = further.iter().map(|(field, value)| (*field, value.as_str())).skip(n % 3).collect();
        snapshot += &snapshot_line(&id, &title, &[payload, "Jane Doe"], &further);
        writeln!(list, "\n- [Paper](https://arxiv.org/abs/{id}) `{payload}`").unwrap();
        writeln!(list, "- [{}](https://a.example/^^5cinput-canary.tex?{n})", title.replace(['[', ']', '\n'], ""))
            .unwrap();
    }
    list += "\n#### A cited paper\n\n```bibtex\n@article{a^^5cinput{canary.tex},\n  title={$^^5cinput{canary.tex}$ \\input{canary.tex}},\n\
        author={\\input{canary.tex}},\n  journal={\\input{canary.tex} ^^5cinput{canary.tex}},\n  year={2018}\n}\n```\n";
    (list, snapshot)
}

fn names(folder: &Path) -> BTreeSet<String> {
    fs::read_dir(folder).unwrap().map(|file| file.unwrap().file_name().to_string_lossy().into_owned()).collect()
}

/// Sets the bibliography in this style, and looks for the canary. Where `halts`, the first error of TeX is one of the test.
fn set(settings: &str, style: &str, shell: &str, halts: bool) {
    let (list, snapshot) = hostile();
    let project = run(&list, &snapshot, settings, "bib");
    let folder = project.path("output");
    fs::write(folder.join("canary.tex"), "CANARYSHOWN \\typeout{CANARYREAD}\n").unwrap();
    fs::write(folder.join("main.tex"), DOCUMENT.replace("STYLE", style)).unwrap();
    let call = |program: &str, arguments: &[&str]| {
        let output = Command::new(tool(program)).args(arguments).current_dir(&folder).output().unwrap();
        (output.status.success(), String::from_utf8_lossy(&output.stdout).into_owned())
    };
    let latex: Vec<_> =
        ["-interaction=nonstopmode", shell].into_iter().chain(halts.then_some("-halt-on-error")).collect();
    call("pdflatex", &[&latex[..], &["main"]].concat());
    let (is_read, said) = call("bibtex", &["main"]);
    assert!(is_read, "{said}");
    for _ in 0..2 {
        let (is_set, said) = call("pdflatex", &[&latex[..], &["main"]].concat());
        assert!(is_set || !halts, "{said}");
        assert!(!said.contains("CANARYREAD") && !said.contains("canary.tex)"), "{said}");
    }
    call("pdftotext", &["main.pdf", "main.txt"]);
    let shown = fs::read_to_string(folder.join("main.txt")).unwrap();
    assert!(shown.contains("nets") && !shown.contains("CANARYSHOWN"), "{shown}");
    let expected = ["aux", "bbl", "blg", "log", "pdf", "tex", "txt"].map(|ending| format!("main.{ending}"));
    let expected = expected.into_iter().chain(["canary.tex".to_owned(), "references.bib".to_owned()]);
    assert_eq!(names(&folder), expected.collect());
}

#[test]
#[ignore = "needs pdflatex, bibtex and pdftotext (.ci/tools installs them)"]
fn no_title_makes_latex_read_write_or_run_anything() {
    for shell in ["-no-shell-escape", "-shell-escape"] {
        set("", "plain", shell, false);
        set("", "plainnat", shell, false);
    }
}

#[test]
#[ignore = "needs pdflatex, bibtex and pdftotext (.ci/tools installs them)"]
fn no_title_stops_pdflatex_where_the_letters_are_ascii() {
    set("[bib]\nascii = true\n", "plain", "-shell-escape", true);
    set("[bib]\nascii = true\n", "plainnat", "-shell-escape", true);
}
