//! A formula on one line of Unicode. What a line cannot show, a matrix or an arrow with words on it, and what no TeX knows, such as
//! an author's own commands, makes the whole formula unreadable here.

use std::iter::Peekable;
use std::vec::IntoIter;

use pulldown_latex::event::{
    Content, DelimiterType, Event, Font, Grouping, ScriptPosition, ScriptType, StateChange, Visual,
};
use pulldown_latex::{Parser, Storage};
use unicode_normalization::UnicodeNormalization;

use super::characters::{in_font, over, subscript, superscript, under};
use super::line::{Atom, Kind, Setting, join};

/// The longest formula that is read, in bytes. Longer ones are displays that no line shows.
const LONGEST: usize = 1_000;

/// How deep groups may stand in each other.
const DEEPEST: usize = 24;

/// The space from which on a reader sees one, in widths of an m.
const SEEN: f32 = 0.1;

/// The line that negates what stands under it.
const NEGATION: char = '\u{338}';

/// The formula, which is given without its dollars, if it can be read whole.
pub(super) fn read(tex: &str) -> Option<String> {
    if tex.len() > LONGEST || depth(tex) > DEEPEST || defines(tex) {
        return None;
    }
    let storage = Storage::new();
    let events: Vec<_> = Parser::new(tex, &storage).collect::<Result<_, _>>().ok()?;
    let mut formula = Formula { events: events.into_iter().peekable(), font: None, depth: 0 };
    let atoms = formula.row()?;
    if formula.events.next().is_some() {
        return None;
    }
    Some(join(&atoms, Setting::Loose).nfc().collect())
}

/// Whether TeX can set the formula, which is given without its dollars: it is whole and none of its commands is an author's own.
pub fn is_sound(tex: &str) -> bool {
    let is_short = tex.len() <= LONGEST && depth(tex) <= DEEPEST && !defines(tex);
    is_short && Parser::new(tex, &Storage::new()).all(|event| event.is_ok())
}

/// An exponent (`^`) or an index (`_`) that stands in text, if Unicode has it.
pub(super) fn script(sign: &str, tex: &str) -> Option<String> {
    let script = if sign == "^" { superscript } else { subscript };
    match read(tex) {
        Some(text) => script(&text),
        None => script(tex),
    }
}

fn depth(tex: &str) -> usize {
    let mut depth = 0_usize;
    let mut deepest = 0;
    for byte in tex.bytes() {
        match byte {
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest
}

/// Whether the formula gives commands a meaning, by which a short one could become a very long one.
fn defines(tex: &str) -> bool {
    [
        "\\def", "\\gdef", "\\edef", "\\xdef", "\\let", "\\newcommand", "\\renewcommand", "\\providecommand",
        "\\futurelet",
    ]
    .iter()
    .any(|command| tex.contains(command))
}

struct Formula<'a> {
    events: Peekable<IntoIter<Event<'a>>>,
    font: Option<Font>,
    depth: usize,
}

impl Formula<'_> {
    /// All up to the end of the group.
    fn row(&mut self) -> Option<Vec<Atom>> {
        let font = self.font;
        let mut atoms = Vec::new();
        while !matches!(self.events.peek(), None | Some(Event::End)) {
            atoms.extend(self.element()?);
        }
        self.font = font;
        Some(atoms)
    }

    /// The next thing that counts as one. Nothing where it only changes how the rest looks.
    fn element(&mut self) -> Option<Vec<Atom>> {
        if self.depth > DEEPEST {
            return None;
        }
        self.depth += 1;
        let element = match self.events.next()? {
            Event::Content(content) => self.content(content).map(|atom| vec![atom]),
            Event::Begin(grouping) => self.group(grouping),
            Event::Visual(visual) => self.visual(visual),
            Event::Script { ty, position } => self.script(ty, position).map(|atom| vec![atom]),
            Event::Space { width, .. } => {
                let seen = width.is_some_and(|width| width.value > SEEN);
                Some(seen.then(|| Atom::new(Kind::Space, "")).into_iter().collect())
            }
            Event::StateChange(StateChange::Font(font)) => {
                self.font = font;
                Some(Vec::new())
            }
            Event::StateChange(_) => Some(Vec::new()),
            Event::End | Event::EnvironmentFlow(_) => None,
        };
        self.depth -= 1;
        element
    }

    fn content(&self, content: Content<'_>) -> Option<Atom> {
        let sign = |kind, content: char| Atom::new(kind, content);
        Some(match content {
            // The parser's word for a space that does not break.
            Content::Text("&nbsp;") => Atom::new(Kind::Space, ""),
            Content::Text(text) if text.contains(['\\', '$', '{', '}']) => return None,
            Content::Text(text) => Atom::new(Kind::Text, text.replace('~', " ")),
            Content::Number(digits) => {
                Atom::new(Kind::Ordinary, digits.chars().map(|c| in_font(c, self.font)).collect::<String>())
            }
            Content::Function(name) => Atom::new(Kind::Function, name),
            Content::Ordinary { content, .. } => Atom {
                upright: self.font == Some(Font::UpRight),
                ..Atom::new(Kind::Ordinary, in_font(content, self.font))
            },
            Content::LargeOp { content, .. } => sign(Kind::Large, content),
            Content::BinaryOp { content: '∗', .. } => sign(Kind::Binary, '*'),
            Content::BinaryOp { content, .. } => sign(Kind::Binary, content),
            Content::Relation { content, .. } => {
                let mut buffer = [0; 8];
                match std::str::from_utf8(content.encode_utf8_to_buf(&mut buffer)).ok()? {
                    ":" => sign(Kind::Colon, ':'),
                    relation => Atom::new(Kind::Relation, relation),
                }
            }
            Content::Delimiter { content, ty, .. } => match ty {
                DelimiterType::Open => sign(Kind::Open, content),
                DelimiterType::Close => sign(Kind::Close, content),
                DelimiterType::Fence => sign(Kind::Ordinary, content),
            },
            Content::Punctuation(c @ (',' | ';')) => sign(Kind::Punctuation, c),
            Content::Punctuation(c) => sign(Kind::Ordinary, c),
        })
    }

    fn group(&mut self, grouping: Grouping) -> Option<Vec<Atom>> {
        let mut atoms = match grouping {
            Grouping::Normal => self.row()?,
            Grouping::LeftRight(open, close) => {
                let mut atoms: Vec<_> = open.map(|open| Atom::new(Kind::Open, open)).into_iter().collect();
                atoms.extend(self.row()?);
                atoms.extend(close.map(|close| Atom::new(Kind::Close, close)));
                atoms
            }
            _ => return None,
        };
        // A sign alone in braces has no space around it: `1{,}000`.
        if let [Atom { kind: kind @ (Kind::Punctuation | Kind::Binary | Kind::Relation), .. }] = &mut atoms[..] {
            *kind = Kind::Ordinary;
        }
        matches!(self.events.next(), Some(Event::End)).then_some(atoms)
    }

    /// The next element that is more than a change of looks.
    fn operand(&mut self) -> Option<Vec<Atom>> {
        while let Some(Event::StateChange(_)) = self.events.peek() {
            self.element()?;
        }
        self.element()
    }

    fn visual(&mut self, visual: Visual) -> Option<Vec<Atom>> {
        let atom = match visual {
            Visual::SquareRoot => Atom::new(Kind::Ordinary, format!("√{}", as_factor(&self.operand()?))),
            Visual::Root => {
                let radicand = as_factor(&self.operand()?);
                let index = match join(&self.operand()?, Setting::Tight).as_str() {
                    "3" => "∛".to_owned(),
                    "4" => "∜".to_owned(),
                    index => format!("{}√", superscript(index)?),
                };
                Atom::new(Kind::Ordinary, index + radicand.as_str())
            }
            Visual::Fraction(_) => {
                let (above, below) = (self.operand()?, self.operand()?);
                let above = if has_terms(&above) { as_factor(&above) } else { join(&above, Setting::Tight) };
                Atom::new(Kind::Fraction, format!("{above}/{}", as_factor(&below)))
            }
            Visual::Negation => {
                let mut atoms = self.operand()?;
                match &mut atoms[..] {
                    [atom] if atom.text.chars().count() == 1 => atom.text.push(NEGATION),
                    _ => return None,
                }
                return Some(atoms);
            }
        };
        Some(vec![atom])
    }

    /// A base with what stands above, below and beside it.
    fn script(&mut self, ty: ScriptType, position: ScriptPosition) -> Option<Atom> {
        let base = self.operand()?;
        let low = matches!(ty, ScriptType::Subscript | ScriptType::SubSuperscript).then(|| self.operand());
        let high = matches!(ty, ScriptType::Superscript | ScriptType::SubSuperscript).then(|| self.operand());
        let (low, high) = (low.map_or(Some(Vec::new()), |low| low)?, high.map_or(Some(Vec::new()), |high| high)?);
        let kind = match &base[..] {
            [one] => one.kind,
            [.., last] if last.kind == Kind::Close => Kind::Close,
            _ => Kind::Ordinary,
        };
        if position == ScriptPosition::AboveBelow {
            return marked(&base, &low, &high).map(|text| Atom::new(kind, text));
        }
        let mut text =
            if has_terms(&base) && kind != Kind::Close { as_factor(&base) } else { join(&base, Setting::Tight) };
        if !low.is_empty() {
            text.push_str(&small(&low, subscript, '_'));
        }
        if !high.is_empty() {
            text.push_str(&small(&high, superscript, '^'));
        }
        Some(Atom::new(if kind == Kind::Binary { Kind::Ordinary } else { kind }, text))
    }
}

/// A letter with a mark over or under it.
fn marked(base: &[Atom], low: &[Atom], high: &[Atom]) -> Option<String> {
    let one = |atoms: &[Atom]| {
        let text = join(atoms, Setting::Tight);
        let mut characters = text.chars();
        characters.next().filter(|_| characters.next().is_none())
    };
    let mut text = join(base, Setting::Tight);
    // The dot of an i with a mark is Unicode's business; a mark over many letters has no place to stand.
    let letters = text.chars().filter(|c| !is_combining(*c)).count();
    if letters != 1 {
        return None;
    }
    if !high.is_empty() {
        text.push(over(one(high)?)?);
    }
    if !low.is_empty() {
        text.push(under(one(low)?)?);
    }
    Some(text)
}

fn is_combining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{20d0}'..='\u{20ff}')
}

/// An index or an exponent: in Unicode's small characters where it has them all and no word is meant, else after its sign.
fn small(atoms: &[Atom], script: fn(&str) -> Option<String>, sign: char) -> String {
    let text = join(atoms, Setting::Tight);
    let is_word = atoms.iter().any(|atom| matches!(atom.kind, Kind::Text | Kind::Function))
        || atoms.iter().filter(|atom| atom.upright).count() > 1;
    if let Some(script) = script(&text).filter(|_| !is_word) {
        return script;
    }
    let simple = text.chars().all(char::is_alphanumeric) || text.chars().count() == 1;
    if simple { format!("{sign}{text}") } else { format!("{sign}({text})") }
}

/// In parentheses where a sign before or after would else take only a part of it.
fn as_factor(atoms: &[Atom]) -> String {
    let text = join(atoms, Setting::Tight);
    let is_one = match atoms {
        [_] => !text.contains('/'),
        // A differential, and what has parentheses already.
        [first, _] if matches!(first.text.as_str(), "d" | "∂") => true,
        [first, .., last] => {
            first.kind == Kind::Open
                && last.kind == Kind::Close
                && atoms.iter().filter(|it| it.kind == Kind::Open).count() == 1
        }
        [] => true,
    };
    if is_one { text } else { format!("({text})") }
}

/// Whether there is a sign between the parts.
fn has_terms(atoms: &[Atom]) -> bool {
    atoms.iter().any(|atom| matches!(atom.kind, Kind::Binary | Kind::Relation | Kind::Punctuation | Kind::Fraction))
}
