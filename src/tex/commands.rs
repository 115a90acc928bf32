//! The commands that TeX has outside formulas, as far as abstracts use them, and what becomes of each.

/// What becomes of a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Command {
    /// It only says how its argument looks.
    Unwrap,
    /// It only says how what follows looks.
    Declaration,
    /// It stands for this.
    Stands(&'static str),
    /// Its argument is an address.
    Address,
    /// Its arguments are an address and the words for it.
    Link,
    /// Its argument is a formula.
    Formula,
    /// Its argument stands higher or lower.
    Script(&'static str),
}

/// What becomes of the command of this name, if text knows it.
pub(super) fn command(name: &str) -> Option<Command> {
    use Command::{Address, Declaration, Formula, Link, Script, Stands, Unwrap};
    Some(match name {
        "emph" | "enquote" | "fbox" | "hbox" | "lowercase" | "mathrm" | "mbox" | "nolinkurl" | "protect" | "text"
        | "textbf" | "textit" | "textmd" | "textnormal" | "textrm" | "textsc" | "textsf" | "textsl" | "texttt"
        | "textup" | "underline" => Unwrap,
        "bf" | "bfseries" | "em" | "footnotesize" | "huge" | "Huge" | "it" | "itshape" | "large" | "Large"
        | "LARGE" | "mdseries" | "noindent" | "normalfont" | "normalsize" | "par" | "rm" | "rmfamily" | "sc"
        | "scriptsize" | "scshape" | "sf" | "sffamily" | "sl" | "slshape" | "small" | "tiny" | "tt" | "ttfamily"
        | "upshape" => Declaration,
        "url" | "path" => Address,
        "href" => Link,
        "ensuremath" | "math" => Formula,
        "textsuperscript" => Script("^"),
        "textsubscript" => Script("_"),
        "BibTeX" => Stands("BibTeX"),
        "LaTeX" => Stands("LaTeX"),
        "LaTeXe" => Stands("LaTeX2e"),
        "TeX" => Stands("TeX"),
        "P" => Stands("¶"),
        "S" => Stands("§"),
        "copyright" | "textcopyright" => Stands("©"),
        "dag" => Stands("†"),
        "ddag" => Stands("‡"),
        "dots" | "ldots" | "textellipsis" => Stands("…"),
        "degree" | "textdegree" => Stands("°"),
        "euro" | "texteuro" => Stands("€"),
        "micron" => Stands("μm"),
        "pounds" | "textsterling" => Stands("£"),
        "qquad" | "quad" | "space" | "newline" | "thinspace" | "linebreak" => Stands(" "),
        "textasciicircum" => Stands("^"),
        "textasciitilde" => Stands("~"),
        "textbackslash" => Stands("\\"),
        "textbar" => Stands("|"),
        "textbullet" => Stands("•"),
        "textemdash" => Stands("—"),
        "textendash" => Stands("–"),
        "textgreater" => Stands(">"),
        "textless" => Stands("<"),
        "textmu" | "textmugreek" => Stands("μ"),
        "textquotedblleft" => Stands("“"),
        "textquotedblright" => Stands("”"),
        "textquoteleft" => Stands("‘"),
        "textquoteright" => Stands("’"),
        "textregistered" => Stands("®"),
        "texttrademark" => Stands("™"),
        "textunderscore" => Stands("_"),
        "xspace" | "relax" | "null" => Stands(""),
        _ => return None,
    })
}

/// What a command of one character that is no letter stands for.
pub(super) fn sign(name: &str) -> Option<&'static str> {
    Some(match name {
        "&" => "&",
        "%" => "%",
        "$" => "$",
        "#" => "#",
        "_" => "_",
        "{" => "{",
        "}" => "}",
        " " | "\n" | "," | ";" | ":" | ">" => " ",
        "!" | "-" | "/" | "@" => "",
        _ => return None,
    })
}
