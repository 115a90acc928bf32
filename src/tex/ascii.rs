//! Letters beyond ASCII as TeX writes them: `é` is `{\'e}`. The way back from `letters`.

use unicode_normalization::UnicodeNormalization;

use super::letters::{LETTERS, MARKS, mark, named};

/// Signs that TeX has commands or ligatures for. Those of mathematics stand in words too, so they bring their own mode.
const SIGNS: [(char, &str); 103] = [
    ('\u{a0}', "~"),
    ('–', "--"),
    ('—', "---"),
    ('‐', "-"),
    ('‘', "`"),
    ('’', "'"),
    ('“', "``"),
    ('”', "''"),
    ('…', "{\\dots}"),
    ('×', "\\ensuremath{\\times}"),
    ('±', "\\ensuremath{\\pm}"),
    ('·', "\\ensuremath{\\cdot}"),
    ('≤', "\\ensuremath{\\leq}"),
    ('≥', "\\ensuremath{\\geq}"),
    ('→', "\\ensuremath{\\rightarrow}"),
    ('∞', "\\ensuremath{\\infty}"),
    ('ℓ', "\\ensuremath{\\ell}"),
    ('−', "\\ensuremath{-}"),
    ('α', "\\ensuremath{\\alpha}"),
    ('β', "\\ensuremath{\\beta}"),
    ('γ', "\\ensuremath{\\gamma}"),
    ('δ', "\\ensuremath{\\delta}"),
    ('ε', "\\ensuremath{\\varepsilon}"),
    ('ζ', "\\ensuremath{\\zeta}"),
    ('η', "\\ensuremath{\\eta}"),
    ('θ', "\\ensuremath{\\theta}"),
    ('κ', "\\ensuremath{\\kappa}"),
    ('λ', "\\ensuremath{\\lambda}"),
    ('μ', "\\ensuremath{\\mu}"),
    ('µ', "\\ensuremath{\\mu}"),
    ('ν', "\\ensuremath{\\nu}"),
    ('ξ', "\\ensuremath{\\xi}"),
    ('π', "\\ensuremath{\\pi}"),
    ('ρ', "\\ensuremath{\\rho}"),
    ('σ', "\\ensuremath{\\sigma}"),
    ('τ', "\\ensuremath{\\tau}"),
    ('φ', "\\ensuremath{\\varphi}"),
    ('χ', "\\ensuremath{\\chi}"),
    ('ψ', "\\ensuremath{\\psi}"),
    ('ω', "\\ensuremath{\\omega}"),
    ('Γ', "\\ensuremath{\\Gamma}"),
    ('Δ', "\\ensuremath{\\Delta}"),
    ('Λ', "\\ensuremath{\\Lambda}"),
    ('Σ', "\\ensuremath{\\Sigma}"),
    ('Φ', "\\ensuremath{\\Phi}"),
    ('Ω', "\\ensuremath{\\Omega}"),
    ('§', "{\\S}"),
    ('¶', "{\\P}"),
    ('©', "{\\copyright}"),
    ('®', "{\\textregistered}"),
    ('™', "{\\texttrademark}"),
    ('£', "{\\pounds}"),
    ('€', "{\\texteuro}"),
    ('¡', "!`"),
    ('¿', "?`"),
    ('\u{ad}', "\\-"),
    ('‑', "-"),
    ('„', ",,"),
    ('≈', "\\ensuremath{\\approx}"),
    ('≠', "\\ensuremath{\\neq}"),
    ('∼', "\\ensuremath{\\sim}"),
    ('∈', "\\ensuremath{\\in}"),
    ('⊗', "\\ensuremath{\\otimes}"),
    ('←', "\\ensuremath{\\leftarrow}"),
    ('↔', "\\ensuremath{\\leftrightarrow}"),
    ('√', "\\ensuremath{\\surd}"),
    ('∂', "\\ensuremath{\\partial}"),
    ('∇', "\\ensuremath{\\nabla}"),
    ('†', "\\ensuremath{\\dagger}"),
    ('°', "\\ensuremath{^{\\circ}}"),
    ('′', "\\ensuremath{'}"),
    ('ϵ', "\\ensuremath{\\epsilon}"),
    ('ϕ', "\\ensuremath{\\phi}"),
    ('ϑ', "\\ensuremath{\\vartheta}"),
    ('Θ', "\\ensuremath{\\Theta}"),
    ('Ξ', "\\ensuremath{\\Xi}"),
    ('Π', "\\ensuremath{\\Pi}"),
    ('Υ', "\\ensuremath{\\Upsilon}"),
    ('Ψ', "\\ensuremath{\\Psi}"),
    ('ι', "\\ensuremath{\\iota}"),
    ('υ', "\\ensuremath{\\upsilon}"),
    ('⁻', "\\ensuremath{^{-}}"),
    ('⁺', "\\ensuremath{^{+}}"),
    ('⁰', "\\ensuremath{^{0}}"),
    ('¹', "\\ensuremath{^{1}}"),
    ('²', "\\ensuremath{^{2}}"),
    ('³', "\\ensuremath{^{3}}"),
    ('⁴', "\\ensuremath{^{4}}"),
    ('⁵', "\\ensuremath{^{5}}"),
    ('⁶', "\\ensuremath{^{6}}"),
    ('⁷', "\\ensuremath{^{7}}"),
    ('⁸', "\\ensuremath{^{8}}"),
    ('⁹', "\\ensuremath{^{9}}"),
    ('₀', "\\ensuremath{_{0}}"),
    ('₁', "\\ensuremath{_{1}}"),
    ('₂', "\\ensuremath{_{2}}"),
    ('₃', "\\ensuremath{_{3}}"),
    ('₄', "\\ensuremath{_{4}}"),
    ('₅', "\\ensuremath{_{5}}"),
    ('₆', "\\ensuremath{_{6}}"),
    ('₇', "\\ensuremath{_{7}}"),
    ('₈', "\\ensuremath{_{8}}"),
    ('₉', "\\ensuremath{_{9}}"),
];

/// The text with TeX's commands for its letters and signs beyond ASCII. What TeX has no command for, such as Chinese, stays.
pub fn ascii(text: &str) -> String {
    let mut ascii = String::with_capacity(text.len());
    let mut characters = text.nfc().peekable();
    while let Some(c) = characters.next() {
        let marks: String = std::iter::from_fn(|| characters.next_if(|next| is_mark(*next))).collect();
        match c {
            c if !marks.is_empty() => ascii.push_str(&marked(c, &marks)),
            c if c.is_ascii() => ascii.push(c),
            c => push(c, &mut ascii),
        }
    }
    ascii
}

fn push(c: char, ascii: &mut String) {
    match c {
        '\u{202f}' => ascii.push('~'),
        c if c.is_whitespace() && c != '\u{a0}' => ascii.push(' '),
        c => match sign(c).map(str::to_owned).or_else(|| letter(c)).or_else(|| accented(&c.to_string())) {
            Some(command) => ascii.push_str(&command),
            None => ascii.push(c),
        },
    }
}

fn sign(c: char) -> Option<&'static str> {
    SIGNS.iter().find(|(sign, _)| *sign == c).map(|(_, command)| *command)
}

/// A letter that has a name.
fn letter(c: char) -> Option<String> {
    let name = LETTERS.iter().find(|name| named(name).is_some_and(|letter| letter.chars().eq([c])))?;
    Some(format!("{{\\{name}}}"))
}

/// Whether it is a mark that TeX can put on a letter.
fn is_mark(c: char) -> bool {
    mark_name(c).is_some()
}

fn mark_name(c: char) -> Option<&'static str> {
    MARKS.iter().copied().find(|name| mark(name) == Some(c))
}

/// A character with marks on it that Unicode has no single character for. Where TeX cannot put them on it, they stand alone.
fn marked(c: char, marks: &str) -> String {
    accented(&format!("{c}{marks}")).unwrap_or_else(|| {
        let mut ascii = String::new();
        push(c, &mut ascii);
        let alone = marks.chars().filter_map(mark_name).map(|name| format!("{{\\{name}{{}}}}"));
        ascii.extend(alone);
        ascii
    })
}

/// A letter by its marks and what they stand on.
fn accented(letter: &str) -> Option<String> {
    let mut parts = letter.nfd();
    let base = parts.next().filter(char::is_ascii_alphabetic)?;
    let mut command = base.to_string();
    for part in parts {
        let name = mark_name(part)?;
        // A command of letters needs an end before the letter that it is put on.
        command = if command.len() > 1 || name.chars().all(|c| c.is_ascii_alphabetic()) {
            format!("\\{name}{{{command}}}")
        } else {
            format!("\\{name}{command}")
        };
    }
    (command.len() > 1).then(|| format!("{{{command}}}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tex::plain;

    #[test]
    fn letters_become_commands_and_come_back() {
        let check = |text: &str, expected: &str| {
            assert_eq!(ascii(text), expected, "{text}");
            assert_eq!(plain(expected), text, "{expected}");
        };
        check("Gödel", "G{\\\"o}del");
        check("Černý", "{\\v{C}}ern{\\'y}");
        check("Şimşek", "{\\c{S}}im{\\c{s}}ek");
        check("Nguyễn", "Nguy{\\~{\\^e}}n");
        check("Łukasz Weiß", "{\\L}ukasz Wei{\\ss}");
        check("Ångström", "{\\AA}ngstr{\\\"o}m");
        check("Erdős", "Erd{\\H{o}}s");
        check("Gbt\u{301}a", "Gb{\\'t}a");
    }

    #[test]
    fn signs_become_commands_and_what_has_none_stays() {
        assert_eq!(ascii("“α–β” ≥ 视频"), "``\\ensuremath{\\alpha}--\\ensuremath{\\beta}'' \\ensuremath{\\geq} 视频");
        assert_eq!(ascii("1\u{301}2\u{202f}3\u{2003}4"), "1{\\'{}}2~3 4");
    }
}
