//! Text as people write it for arXiv: words with some TeX among them. The text is gone through once; each mark decides by what
//! stands beside it, and nothing is looked for further away than where the next such mark stands.

mod marks;

use std::collections::{HashMap, HashSet};

use memchr::memmem;

use super::commands::{Command, command, sign};
use super::{formula, letters};

/// The longest formula of which the end is looked for, in bytes. Titles and abstracts are shorter as a whole.
const LONGEST_FORMULA: usize = 4_000;

/// The longest group between braces that may be a set, and not a word that is kept together, in bytes.
const LONGEST_SET: usize = 60;

/// The characters that may mean something.
const SPECIAL: [char; 10] = ['\\', '{', '}', '$', '~', '-', '`', '\'', '"', '^'];

/// The text without its TeX.
pub(super) fn read(text: &str) -> String {
    let mut reading = Reading {
        text,
        at: 0,
        read: String::with_capacity(text.len()),
        groups: groups(text),
        unwrapped: HashSet::new(),
        in_address: false,
        double_quotes: 0,
        single_quotes: 0,
    };
    reading.run();
    reading.read
}

/// Where each opening brace of the text stands that has a partner, and where that stands, in bytes. Braces that a backslash makes
/// signs are none.
pub fn groups(text: &str) -> HashMap<usize, usize> {
    let mut groups = HashMap::new();
    let mut open = Vec::new();
    let mut escaped = false;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => {}
            b'{' => open.push(at),
            b'}' => {
                if let Some(start) = open.pop() {
                    groups.insert(start, at);
                }
            }
            _ => {}
        }
        escaped = byte == b'\\' && !escaped;
    }
    groups
}

struct Reading<'a> {
    text: &'a str,
    at: usize,
    read: String,
    groups: HashMap<usize, usize>,
    /// The closing braces that go with their opening ones.
    unwrapped: HashSet<usize>,
    /// Whether the word that is being read is a web address.
    in_address: bool,
    double_quotes: usize,
    single_quotes: usize,
}

impl<'a> Reading<'a> {
    fn run(&mut self) {
        while let Some(c) = self.rest().chars().next() {
            match c {
                '\\' => self.backslash(),
                '{' => self.group(),
                '}' => {
                    if !self.unwrapped.remove(&self.at) {
                        self.read.push('}');
                    }
                    self.at += 1;
                }
                '$' => self.dollar(),
                '^' | '_' => self.script(),
                _ if self.in_address && SPECIAL.contains(&c) => self.keep(c.len_utf8()),
                '~' => self.tie(),
                '-' => self.dash(),
                '`' | '\'' | '"' => self.quote(c),
                _ => {
                    let is_plain = |c: char| !SPECIAL.contains(&c) && c != '_';
                    let length = self.rest().find(|c| !is_plain(c)).unwrap_or(self.rest().len());
                    self.keep(length);
                }
            }
        }
    }

    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn before(&self) -> Option<char> {
        self.text[..self.at].chars().next_back()
    }

    /// Takes so many bytes as they stand.
    fn keep(&mut self, length: usize) {
        let kept = &self.rest()[..length];
        let word = kept.rfind(char::is_whitespace).map(|space| &kept[space..]);
        self.in_address = (self.in_address && word.is_none()) || word.unwrap_or(kept).contains("://");
        self.read.push_str(kept);
        self.at += length;
    }

    /// Writes this for so many bytes.
    fn replace(&mut self, length: usize, by: &str) {
        self.read.push_str(by);
        self.at += length;
    }

    /// The argument that starts here, without its braces.
    fn argument(&self, at: usize) -> Option<(&'a str, usize)> {
        let close = *self.groups.get(&at)?;
        Some((&self.text[at + 1..close], close + 1))
    }

    fn backslash(&mut self) {
        let (name, after) = letters::split(&self.rest()[1..]);
        let end = self.at + 1 + name.len();
        if closing(name).is_some() {
            return self.display();
        }
        if name == "\\" {
            // The end of a line, or else a backslash that somebody doubled.
            let is_break = !after.starts_with(|c: char| c.is_alphabetic());
            return if is_break { self.space(2) } else { self.keep(2) };
        }
        if let Some(sign) = sign(name) {
            return if sign == " " { self.space(1 + name.len()) } else { self.replace(1 + name.len(), sign) };
        }
        if letters::mark(name).is_some() && after.starts_with("{}") {
            self.at = end + 2;
            return self.read.push_str(name);
        }
        match command(name) {
            Some(command) => self.command(command, end),
            None if self.is_letter() => {}
            None => self.unknown(end),
        }
    }

    /// Reads an accent or a letter, if there is one.
    fn is_letter(&mut self) -> bool {
        let Some(after) = letters::letter(&self.rest()[1..], &mut self.read) else { return false };
        let end = self.text.len() - after.len();
        for (at, byte) in self.text.as_bytes()[..end].iter().enumerate().skip(self.at) {
            if let (b'{', Some(close)) = (byte, self.groups.get(&at)) {
                self.unwrapped.insert(*close);
            }
        }
        self.at = end;
        true
    }

    fn command(&mut self, command: Command, end: usize) {
        let blanks = self.text[end..].bytes().take_while(|byte| *byte == b' ').count();
        let argument = self.argument(end + blanks);
        match (command, argument) {
            (Command::Unwrap, Some((_, after))) => {
                self.unwrapped.insert(after - 1);
                self.at = end + blanks + 1;
            }
            (Command::Unwrap | Command::Declaration, _) => self.at = end + blanks,
            (Command::Stands(text), _) => {
                self.read.push_str(text);
                self.at = end;
                // The braces that keep the space after it.
                if self.rest().starts_with("{}") {
                    self.at += 2;
                }
            }
            (Command::Address, Some((address, after))) => {
                self.read.push_str(address);
                self.at = after;
            }
            (Command::Link, Some((address, after))) => {
                self.at = after;
                match self.argument(after) {
                    Some((words, end)) if words != address => {
                        let address = format!(" ({address})");
                        self.at = end;
                        // TeX allows no link in another's words; one that is there stays as it stands.
                        let has_link = words.contains("\\href");
                        self.read.push_str(&if has_link { words.into() } else { super::readable(words) });
                        self.read.push_str(&address);
                    }
                    _ => self.read.push_str(address),
                }
            }
            (Command::Formula, Some((tex, after))) => match formula::read(tex) {
                Some(formula) => {
                    self.read.push_str(&formula);
                    self.at = after;
                }
                None => self.keep(after - self.at),
            },
            (Command::Script(sign), Some((text, after))) => match formula::script(sign, text) {
                Some(script) => {
                    self.read.push_str(&script);
                    self.at = after;
                }
                None => self.keep(after - self.at),
            },
            (Command::Address | Command::Link | Command::Formula | Command::Script(_), None) => {
                self.keep(end - self.at);
            }
        }
    }

    /// A command that text does not know: a formula's that somebody wrote outside one, else nobody's, and left as it stands with
    /// all that is in its braces.
    fn unknown(&mut self, end: usize) {
        let mut after = end;
        while let Some((_, end)) = self.argument(after) {
            after = end;
        }
        match formula::read(&self.text[self.at..after]) {
            Some(formula) if end > self.at + 2 => self.replace(after - self.at, &formula),
            _ => self.keep(after - self.at),
        }
    }

    /// One space, however many there are.
    fn space(&mut self, length: usize) {
        self.at += length;
        if !self.read.ends_with(' ') && !self.rest().starts_with(' ') {
            self.read.push(' ');
        }
    }

    /// Braces that hold letters together go; those around the elements of a set stay.
    fn group(&mut self) {
        let Some((inside, end)) = self.argument(self.at) else { return self.keep(1) };
        let is_set = inside.len() <= LONGEST_SET
            && !inside.contains(['\\', '{'])
            && (inside.contains([',', ':', '|', '…']) || inside.is_empty() || self.before() == Some('='));
        if is_set && !inside.is_empty() {
            self.keep(end - self.at);
        } else {
            self.unwrapped.insert(end - 1);
            self.at += 1;
        }
    }

    /// A formula up to the next dollar, a price, or a dollar.
    fn dollar(&mut self) {
        match formula_at(self.rest()) {
            Some((tex, length)) => self.formula(tex, length),
            None => self.keep(if self.rest().starts_with("$$") { 2 } else { 1 }),
        }
    }

    /// A formula between `\(` and `\)` or `\[` and `\]`.
    fn display(&mut self) {
        match formula_at(self.rest()) {
            Some((tex, length)) => self.formula(tex, length),
            None => self.keep(2),
        }
    }

    fn formula(&mut self, tex: &str, length: usize) {
        match formula::read(tex) {
            Some(formula) => self.replace(length, &formula),
            None => self.keep(length),
        }
    }

    /// `^` and `_` outside a formula: read where what follows is sure to be an exponent or an index.
    fn script(&mut self) {
        let sign = &self.rest()[..1];
        let is_base = |c: char| c.is_alphanumeric() || matches!(c, ')' | ']' | '}' | '$');
        let script = self.scripted().filter(|_| self.before().is_some_and(is_base) && !self.in_address);
        let read = script.and_then(|script| {
            let tex = script.strip_prefix('{').and_then(|tex| tex.strip_suffix('}')).unwrap_or(script);
            Some((formula::script(sign, tex)?, script.len()))
        });
        match read {
            Some((read, length)) => self.replace(1 + length, &read),
            None => self.keep(1 + self.argument(self.at + 1).map_or(0, |(_, end)| end - self.at - 1)),
        }
    }

    /// What may be an exponent or an index here: a group, a command, or digits.
    fn scripted(&self) -> Option<&'a str> {
        let (sign, after) = self.rest().split_at(1);
        if let Some((_, end)) = self.argument(self.at + 1) {
            return Some(&self.text[self.at + 1..end]);
        }
        if let Some(command) = after.strip_prefix('\\') {
            return Some(&after[..1 + letters::split(command).0.len()]);
        }
        let signs = usize::from(sign == "^" && after.starts_with(['-', '+']));
        let digits = after[signs..].bytes().take_while(u8::is_ascii_digit).count();
        let next = after[signs + digits..].chars().next();
        let ends = next.is_none_or(|c| !c.is_alphanumeric() && c != '_');
        // Names of models and variables have numbers behind an underscore; a molecule is short.
        let word = self.text[..self.at].chars().rev().take_while(|c| c.is_alphanumeric() || *c == '_').take(4).count();
        let is_index = sign == "^" || (word < 4 && digits == 1);
        (digits > 0 && ends && is_index).then(|| &after[..signs + digits])
    }
}

/// The formula at the start of the text, without the dollars or `\(` and `\)` that it stands between, and its length in bytes with
/// them. `None` where the text does not start with one; two prices are none.
pub fn formula_at(text: &str) -> Option<(&str, usize)> {
    if let Some(close) = text.strip_prefix('\\').and_then(|command| closing(letters::split(command).0)) {
        let inside = within_reach(&text[2..]);
        let end = find(inside, close).filter(|end| !inside[..*end].contains(&text[..2]))?;
        return Some((&inside[..end], end + 4));
    }
    let fence = if text.starts_with("$$") { "$$" } else { "$" };
    let inside = text.strip_prefix(fence)?;
    let length = find(within_reach(inside), fence)?;
    let tex = &inside[..length];
    is_formula(tex, &inside[length + fence.len()..]).then_some((tex, length + 2 * fence.len()))
}

/// What closes the formula that this command opens.
fn closing(name: &str) -> Option<&'static str> {
    match name {
        "(" => Some("\\)"),
        "[" => Some("\\]"),
        _ => None,
    }
}

/// As much of the text as a formula may have.
fn within_reach(text: &str) -> &str {
    &text[..text.floor_char_boundary(LONGEST_FORMULA)]
}

/// Where the mark stands next, without a backslash before it.
fn find(text: &str, mark: &str) -> Option<usize> {
    let is_escaped = |at: usize| text[..at].bytes().rev().take_while(|byte| *byte == b'\\').count() % 2 == 1;
    memmem::find_iter(text.as_bytes(), mark).find(|at| !is_escaped(*at))
}

/// Whether what stands between two dollars is a formula: TeX takes all for one, but people write prices as well.
fn is_formula(tex: &str, after: &str) -> bool {
    if tex.contains(['\\', '^', '_', '{', '=', '<', '>']) {
        return true;
    }
    let is_price = tex.starts_with(|c: char| c.is_ascii_digit())
        && tex.split([' ', '-', '/']).skip(1).any(|word| word.chars().filter(|c| c.is_alphabetic()).count() > 1);
    !tex.is_empty()
        && !tex.starts_with(' ')
        && !tex.ends_with(' ')
        && !is_price
        && !after.starts_with(|c: char| c.is_ascii_digit())
}
