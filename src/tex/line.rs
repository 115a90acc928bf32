//! A formula's atoms on one line. TeX sets space around them by their kind (The TeXbook, chapter 18); a line of text has one width
//! of space, which stands where TeX's would be seen.

/// What an atom is to those beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A letter, a number, a sign.
    Ordinary,
    /// A word such as `log`.
    Function,
    /// `∑`, `∫` and the like.
    Large,
    /// A sign between two terms.
    Binary,
    /// A sign between two sides.
    Relation,
    /// A colon, which is no sign to leave space before.
    Colon,
    Open,
    Close,
    Punctuation,
    /// A fraction on one line, which reads wrongly with a factor right beside it.
    Fraction,
    /// Space that the formula asks for.
    Space,
    /// Words, which come with their own spaces.
    Text,
}

/// A piece of a formula that stays together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Atom {
    pub(super) kind: Kind,
    pub(super) text: String,
    /// Whether it is set upright, as the letters of words are.
    pub(super) upright: bool,
}

impl Atom {
    pub(super) fn new(kind: Kind, text: impl Into<String>) -> Self {
        Self { kind, text: text.into(), upright: false }
    }
}

/// How far apart the atoms stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Setting {
    /// As in a line.
    Loose,
    /// As in an exponent.
    Tight,
}

/// The atoms, one after the other.
pub(super) fn join(atoms: &[Atom], setting: Setting) -> String {
    let kinds = kinds(atoms);
    let mut line = String::new();
    for (at, atom) in atoms.iter().enumerate() {
        if atom.kind == Kind::Space {
            continue;
        }
        let spaced = at > 0 && kinds[at - 1] == Kind::Space;
        let before = kinds[..at].iter().rposition(|kind| *kind != Kind::Space);
        if let Some(before) = before
            && (spaced || apart(kinds[before], kinds[at], before == 0, setting))
            && !line.ends_with(' ')
            && !atom.text.starts_with(' ')
        {
            line.push(' ');
        }
        line.push_str(&atom.text);
    }
    line
}

/// The kinds as they count: a sign between two terms is one only where there are two.
fn kinds(atoms: &[Atom]) -> Vec<Kind> {
    let mut kinds: Vec<Kind> = Vec::with_capacity(atoms.len());
    for (at, atom) in atoms.iter().enumerate() {
        let before = kinds.iter().rfind(|kind| **kind != Kind::Space);
        let after = atoms[at + 1..].iter().find(|atom| atom.kind != Kind::Space);
        let is_term_before = before.is_some_and(|kind| {
            !matches!(kind, Kind::Binary | Kind::Relation | Kind::Colon | Kind::Open | Kind::Punctuation | Kind::Large)
        });
        let is_term_after =
            after.is_some_and(|atom| !matches!(atom.kind, Kind::Relation | Kind::Close | Kind::Punctuation));
        kinds.push(match atom.kind {
            Kind::Binary if !is_term_before || !is_term_after => Kind::Ordinary,
            // A ratio, and not a function's domain.
            Kind::Colon if after.is_some_and(|after| after.text.starts_with(|c: char| c.is_ascii_digit())) => {
                Kind::Ordinary
            }
            kind => kind,
        });
    }
    kinds
}

fn apart(left: Kind, right: Kind, left_is_first: bool, setting: Setting) -> bool {
    use Kind::{Binary, Close, Colon, Fraction, Function, Large, Open, Ordinary, Punctuation, Relation};
    match (left, right) {
        (Function | Large, Ordinary | Function | Large | Fraction)
        | (Ordinary | Close | Fraction, Function | Large) => true,
        (Fraction, Ordinary | Fraction) | (Ordinary | Close, Fraction) => true,
        _ if setting == Setting::Tight => false,
        // "<5" is one word.
        (Relation, _) => !left_is_first && right != Relation,
        (_, Relation) | (Binary, _) | (_, Binary) => true,
        (Punctuation | Colon, right) => right != Close && right != Punctuation,
        (Function, Open) | (_, _) => false,
    }
}
