//! Titles as authors write them, and as nobody would.

use proptest::prelude::*;

use super::*;

fn check(text: &str, expected: &str) {
    assert_eq!(of_tex(text, Letters::Utf8), expected, "{text}");
}

#[test]
fn what_tex_would_choke_on_is_escaped() {
    check("R&D at 5% & #1 in a_b^c", "R\\&{D} at 5\\% \\& \\#1 in a\\_b\\textasciicircum{}c");
    check("R\\&D at 5\\%", "R\\&D at 5\\%");
    check("costs $5", "costs \\$5");
    check("from $5 to $10 a head", "from \\$5 to \\$10 a head");
    check("an {open brace", "an \\textbraceleft{}open brace");
    check("a closed} one{", "a closed\\textbraceright{} one\\textbraceleft{}");
    check("ends in \\", "ends in \\textbackslash{}");
    check("a \\{set\\} and a \\\\ break", "a \\textbraceleft{}set\\textbraceright{} and a break");
    check("about ~5 of 10~m", "about \\textasciitilde{}5 of 10~m");
    check("p < q", "p \\textless{} q");
}

#[test]
fn formulas_stay_and_keep_their_capitals() {
    check("The $\\Lambda_{s}$ of it", "The {$\\Lambda_{s}$} of it");
    check("the $O(n^2)$~bound", "the {$O(n^2)$}~bound");
    check("at $95\\%$ or $95%$", "at {$95\\%$} or {$95\\%$}");
    check("a \\emph{half $x} of$ one", "a \\emph{half \\$x} of\\$ one");
    check("the set $\\{x\\}$ of \\(y\\)", "the set {$\\lbrace x\\rbrace $} of {$y$}");
}

#[test]
fn formulas_outside_dollars_become_formulas() {
    check("Z^0 \\to 2\\gamma", "Z{$^0$} {$\\to$} 2{$\\gamma$}");
    check("AdS_5 and H_\\infty", "{AdS}{$_5$} and H{$_\\infty$}");
    check("D-\\bar D mixing", "D-{$\\bar D$} mixing");
    check("a table_1 of my_model_2", "a table\\_1 of my\\_model\\_2");
}

#[test]
fn an_authors_own_commands_are_words() {
    check("$\\bz\\to\\pip$ decays", "\\$\\textbackslash{}bz\\textbackslash{}to\\textbackslash{}pip\\$ decays");
    check("on \\ours{x}", "on \\textbackslash{}ours\\textbraceleft{}x\\textbraceright{}");
}

#[test]
fn accents_become_letters_of_their_words() {
    check("a short proof that Schr\\\"odinger met \\'Etienne", "a short proof that {Schrödinger} met {Étienne}");
    check("The Poincar\\'{e} {\\O}st group counts what it can", "The {Poincaré} {Øst} group counts what it can");
    check("Mart{\\'\\i}nez", "Martínez");
    let ascii = |text: &str, expected: &str| assert_eq!(of_tex(text, Letters::Ascii), expected, "{text}");
    ascii("Gödel’s BERT", "G{\\\"o}del's {BERT}");
    ascii("G\\\"odel", "G{\\\"o}del");
}

#[test]
fn looks_stay_as_latex_has_them_today() {
    check("On \\emph{BERT}", "On \\emph{BERT}");
    check("in {\\it E. coli} today", "in \\textit{E. coli} today");
    check("writing \\LaTeX{} well and fast", "writing {LaTeX} well and fast");
}

#[test]
fn capitals_that_mean_something_are_held() {
    check("BERT: Pre-training of Deep Transformers", "{BERT}: Pre-training of Deep Transformers");
    check("GPT-4V and T5 on arXiv in 3D", "{GPT}-{4V} and {T5} on {arXiv} in {3D}");
    check("Attention Is All You Need", "Attention Is All You Need");
    check("A determinant of Stirling cycle numbers counts", "A determinant of {Stirling} cycle numbers counts");
    check("a {Kept Group} of words", "a {Kept Group} of words");
}

#[test]
fn a_title_that_is_no_tex_holds_none() {
    assert_eq!(
        of_words("a $b \\c {d} ~BERT_2", Letters::Utf8),
        "a \\$b \\textbackslash{}c \\textbraceleft{}d\\textbraceright{} \\textasciitilde{}{BERT}\\_2"
    );
}

/// Whether each brace has its partner, as BibTeX counts them.
fn has_partners(text: &str) -> bool {
    let mut depth = Some(0_usize);
    for c in text.chars() {
        depth = match c {
            '{' => depth.map(|depth| depth + 1),
            '}' => depth.and_then(|depth| depth.checked_sub(1)),
            _ => depth,
        };
    }
    depth == Some(0)
}

/// Whether each `$` has its partner, without a backslash before it.
fn has_whole_formulas(text: &str) -> bool {
    let text = text.replace("\\\\", "").replace("\\$", "");
    text.matches('$').count().is_multiple_of(2)
}

proptest! {
    #[test]
    fn every_brace_and_dollar_has_its_partner(text in r#"([\\{}$%&#_^~aB é'"(]|\\bar|\\it |\\emph\{|\\alpha|\\[(\[\])]){0,30}|\PC{0,30}"#) {
        for letters in [Letters::Utf8, Letters::Ascii] {
            for written in [of_tex(&text, letters), of_words(&text, letters)] {
                prop_assert!(has_partners(&written) && has_whole_formulas(&written), "{} became {}", text, written);
            }
        }
    }
}
