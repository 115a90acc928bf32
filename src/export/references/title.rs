//! Titles as TeX text in a field of a BibTeX file: what LaTeX can set stays, what it would stop at is escaped, every brace has its
//! partner, and what no style may make small is held by braces: formulas, names, and words with capitals of their own.

mod capitals;
mod formula;

use std::collections::{HashMap, HashSet};

use self::capitals::Capitals;
use super::escape::{in_letters, push_plain, without_unseen};
use crate::export::options::Letters;
use crate::tex;

/// Commands of LaTeX itself that say how their argument looks.
const LOOKS: [&str; 14] = [
    "emph", "textbf", "textit", "textmd", "textnormal", "textrm", "textsc", "textsf", "textsl", "textsubscript",
    "textsuperscript", "texttt", "textup", "underline",
];

/// Commands that say how the rest of their group looks, and those of LaTeX for an argument.
const DECLARATIONS: [(&str, &str); 16] = [
    ("bf", "textbf"),
    ("bfseries", "textbf"),
    ("em", "emph"),
    ("it", "textit"),
    ("itshape", "textit"),
    ("rm", "textrm"),
    ("rmfamily", "textrm"),
    ("sc", "textsc"),
    ("scshape", "textsc"),
    ("sf", "textsf"),
    ("sffamily", "textsf"),
    ("sl", "textsl"),
    ("slshape", "textsl"),
    ("tt", "texttt"),
    ("ttfamily", "texttt"),
    ("upshape", "textup"),
];

/// A title that arXiv has as TeX.
pub(super) fn of_tex(text: &str, letters: Letters) -> String {
    let text = &*without_unseen(text);
    let mut title = Title {
        text,
        at: 0,
        groups: tex::groups(text),
        closings: HashSet::new(),
        unwrapped: HashSet::new(),
        depth: 0,
        word: String::new(),
        capitals: Capitals::of(text),
        written: String::with_capacity(text.len() + 16),
    };
    title.run();
    in_letters(title.written, letters)
}

/// A title that is no TeX.
pub(super) fn of_words(text: &str, letters: Letters) -> String {
    let text = &*without_unseen(text);
    let capitals = Capitals::of(text);
    let mut written = String::with_capacity(text.len() + 16);
    for part in text.split_inclusive(|c: char| !c.is_alphanumeric()) {
        let word = part.trim_end_matches(|c: char| !c.is_alphanumeric());
        capitals.push(word, &mut written);
        part[word.len()..].chars().for_each(|c| push_plain(c, &mut written));
    }
    in_letters(written, letters)
}

struct Title<'a> {
    text: &'a str,
    at: usize,
    groups: HashMap<usize, usize>,
    /// The closing braces of what is written in braces.
    closings: HashSet<usize>,
    /// The closing braces that go with their opening ones.
    unwrapped: HashSet<usize>,
    /// How many groups are open in what is written.
    depth: usize,
    /// The word that is being read.
    word: String,
    capitals: Capitals,
    written: String,
}

impl<'a> Title<'a> {
    fn run(&mut self) {
        while let Some(c) = self.rest().chars().next() {
            match c {
                '\\' => self.backslash(),
                '{' => self.open(),
                '}' => self.close(),
                '$' => self.formula(),
                '^' | '_' => self.script(),
                '~' => self.tie(),
                c if c.is_alphanumeric() => {
                    self.word.push(c);
                    self.at += c.len_utf8();
                }
                c => self.sign(c, c.len_utf8()),
            }
        }
        self.end_word();
    }

    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn before(&self) -> Option<char> {
        self.text[..self.at].chars().next_back()
    }

    fn end_word(&mut self) {
        let word = std::mem::take(&mut self.word);
        // What is within braces already stays as it is.
        if self.depth > 0 {
            self.written.push_str(&word);
        } else {
            self.capitals.push(&word, &mut self.written);
        }
    }

    /// Writes a character to be read for so many bytes.
    fn sign(&mut self, c: char, length: usize) {
        self.end_word();
        if c != ' ' || !self.written.ends_with(' ') {
            push_plain(c, &mut self.written);
        }
        self.at += length;
    }

    /// Writes so many bytes as they are to be read.
    fn plain(&mut self, text: &str, length: usize) {
        self.end_word();
        text.chars().for_each(|c| push_plain(c, &mut self.written));
        self.at += length;
    }

    /// Writes TeX for so many bytes.
    fn tex(&mut self, parts: &[&str], length: usize) {
        self.end_word();
        self.written.extend(parts.iter().copied());
        self.at += length;
    }

    fn backslash(&mut self) {
        if tex::formula_at(self.rest()).is_some() {
            return self.formula();
        }
        if self.letter() {
            return;
        }
        let command = &self.rest()[1..];
        let letters = command.bytes().take_while(u8::is_ascii_alphabetic).count();
        match command.chars().next() {
            _ if letters > 0 => self.command(&command[..letters]),
            Some(c @ ('%' | '&' | '#' | '_' | '$' | '{' | '}')) => self.sign(c, 2),
            Some(' ' | ',' | ';' | ':' | '>' | '\\') => self.sign(' ', 2),
            Some('!' | '-' | '/' | '@') => self.at += 2,
            // An accent on nothing is a sign.
            Some(c @ ('~' | '^' | '`' | '\'' | '"' | '=' | '.')) if command[1..].starts_with("{}") => self.sign(c, 4),
            _ => self.sign('\\', 1),
        }
    }

    /// Reads an accent or a letter into the word, if there is one.
    fn letter(&mut self) -> bool {
        let Some((letter, after)) = letter(&self.rest()[1..]) else { return false };
        let end = self.text.len() - after.len();
        for at in self.at..end {
            self.unwrapped.extend(self.groups.get(&at));
        }
        self.word.push_str(&letter);
        self.at = end;
        true
    }

    /// A command of letters: kept if LaTeX knows it in text, a formula if it knows it there, else what it stands for, or its name.
    fn command(&mut self, name: &str) {
        let end = self.at + 1 + name.len();
        let blanks = self.text[end..].bytes().take_while(|byte| *byte == b' ').count();
        if let Some(close) = self.groups.get(&(end + blanks)).copied().filter(|_| LOOKS.contains(&name)) {
            return self.group(&["\\", name, "{"], 2 + name.len() + blanks, close);
        }
        if DECLARATIONS.iter().any(|(declaration, _)| *declaration == name) {
            self.at = end + blanks;
            return;
        }
        let mut after = end;
        while let Some(close) = self.groups.get(&after) {
            after = close + 1;
        }
        let whole = &self.text[self.at..after];
        if tex::is_sound(whole) {
            return self.math(whole, whole.len());
        }
        // An argument may be one character or command without braces.
        let next = &self.text[end + blanks..];
        let argument = match next.strip_prefix('\\') {
            Some(command) => 1 + command.bytes().take_while(u8::is_ascii_alphabetic).count(),
            None => next.chars().next().map_or(0, char::len_utf8),
        };
        let with_argument = &self.text[self.at..end + blanks + argument];
        if after == end && argument > 0 && tex::is_sound(with_argument) {
            return self.math(with_argument, with_argument.len());
        }
        let read = tex::readable(whole);
        if read == whole {
            return self.plain(whole, whole.len());
        }
        // What it stands for may be a word, such as LaTeX, or a part of one.
        for c in read.chars() {
            if c.is_alphanumeric() {
                self.word.push(c);
            } else {
                self.sign(c, 0);
            }
        }
        self.at = if after == end && self.rest()[whole.len()..].starts_with("{}") { after + 2 } else { after };
    }

    fn open(&mut self) {
        let Some(close) = self.groups.get(&self.at).copied() else { return self.sign('{', 1) };
        let inside = &self.text[self.at + 1..close];
        if let Some(command) = inside.strip_prefix('\\') {
            // Braces that hold nothing but a letter are no braces to a word.
            if letter(command).is_some_and(|(_, after)| after.len() <= self.text.len() - close) {
                self.unwrapped.insert(close);
                self.at += 1;
                return;
            }
            let name = &command[..command.bytes().take_while(u8::is_ascii_alphabetic).count()];
            if let Some((_, looks)) = DECLARATIONS.iter().find(|(declaration, _)| *declaration == name) {
                let blanks = command[name.len()..].bytes().take_while(|byte| *byte == b' ').count();
                return self.group(&["\\", looks, "{"], 2 + name.len() + blanks, close);
            }
        }
        self.group(&["{"], 1, close);
    }

    /// Opens a group for so many bytes, which the brace there closes.
    fn group(&mut self, parts: &[&str], length: usize, close: usize) {
        self.tex(parts, length);
        self.closings.insert(close);
        self.depth += 1;
    }

    fn close(&mut self) {
        if self.unwrapped.remove(&self.at) {
            self.at += 1;
        } else if self.closings.remove(&self.at) {
            self.tex(&["}"], 1);
            self.depth -= 1;
        } else {
            self.sign('}', 1);
        }
    }

    fn formula(&mut self) {
        match tex::formula_at(self.rest()).filter(|(_, length)| self.is_whole(*length)) {
            Some((formula, length)) if tex::is_sound(formula) => self.math(formula, length),
            Some((_, length)) => self.plain(&self.rest()[..length], length),
            None => self.sign(self.rest().chars().next().unwrap_or('$'), 1),
        }
    }

    /// Whether the groups that start or end in the next so many bytes do both.
    fn is_whole(&self, length: usize) -> bool {
        let end = self.at + length;
        (self.at..end).all(|at| {
            let ends_here = self.closings.contains(&at) || self.unwrapped.contains(&at);
            !ends_here && self.groups.get(&at).is_none_or(|close| *close < end)
        })
    }

    /// A formula for so many bytes. Braces hold it, for a style would make its letters small.
    fn math(&mut self, formula: &str, length: usize) {
        match formula::written(formula) {
            Some(formula) => self.tex(&["{$", &formula, "$}"], length),
            None => self.plain(&self.rest()[..length], length),
        }
    }

    /// An exponent or an index outside formulas, where what follows is sure to be one.
    fn script(&mut self) {
        let (sign, after) = self.rest().split_at(1);
        let is_base = |c: char| c.is_alphanumeric() || matches!(c, ')' | ']' | '}' | '$');
        let digits = after.bytes().take_while(u8::is_ascii_digit).count();
        let length = match (self.groups.get(&(self.at + 1)), after.strip_prefix('\\')) {
            (Some(close), _) => close - self.at,
            (None, Some(command)) => 1 + command.bytes().take_while(u8::is_ascii_alphabetic).count(),
            // Names of models and variables have numbers behind an underscore; a molecule is short.
            (None, None) if sign == "^" || (digits == 1 && self.word.chars().count() < 4) => digits,
            (None, None) => 0,
        };
        let ends = !after[length..].starts_with(|c: char| c.is_alphanumeric() || c == '_') || length > digits;
        let script = &self.rest()[..1 + length];
        if length > 0 && ends && self.before().is_some_and(is_base) && tex::is_sound(&format!("{{}}{script}")) {
            self.math(script, script.len());
        } else {
            self.sign(if sign == "^" { '^' } else { '_' }, 1);
        }
    }

    /// A space that does not break, unless it is the sign for "about" or a folder.
    fn tie(&mut self) {
        let after = self.rest()[1..].chars().next();
        let ties = |c: char| c.is_alphanumeric() || matches!(c, '.' | ',' | ';' | ':' | ')' | ']' | '}' | '$' | '\'');
        let tied = |c: char| c.is_alphanumeric() || matches!(c, '(' | '[' | '{' | '$' | '\\' | '`');
        if self.before().is_some_and(ties) && after.is_some_and(tied) {
            self.tex(&["~"], 1);
        } else {
            self.sign('~', 1);
        }
    }
}

/// The letter that the command stands for, of which the backslash is gone, and what follows it. An accent on a sign is none.
fn letter(command: &str) -> Option<(String, &str)> {
    // What an accent stands on may be a command that is none of a letter.
    let is_letter = |text: &str| text.starts_with(char::is_alphabetic) && !text.contains(['\\', '{', '}']);
    tex::letter(command).filter(|(letter, _)| is_letter(letter))
}

#[cfg(test)]
mod tests;
