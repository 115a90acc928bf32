//! The marks that typewriters lack, and how TeX has them typed: ties, dashes, quotes.

use super::Reading;

impl Reading<'_> {
    /// A space that does not break, unless it is the sign for "about" or a folder.
    pub(super) fn tie(&mut self) {
        let after = self.rest()[1..].chars().next();
        let ties = |c: char| c.is_alphanumeric() || matches!(c, '.' | ',' | ';' | ':' | ')' | ']' | '}' | '$' | '\'');
        let tied = |c: char| c.is_alphanumeric() || matches!(c, '(' | '[' | '{' | '$' | '\\' | '`');
        if self.before().is_some_and(ties) && after.is_some_and(tied) { self.replace(1, " ") } else { self.keep(1) }
    }

    pub(super) fn dash(&mut self) {
        let length = self.rest().bytes().take_while(|byte| *byte == b'-').count();
        let (before, after) = (self.before(), self.rest()[length..].chars().next());
        let is_option = before.is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '`' | '"' | '\''))
            && after.is_some_and(char::is_alphanumeric);
        let is_arrow = matches!(before, Some('<' | '!' | '|')) || matches!(after, Some('>' | '|'));
        match length {
            2 if !is_option && !is_arrow => self.replace(2, "–"),
            3 if !is_arrow => self.replace(3, "—"),
            _ => self.keep(length),
        }
    }

    pub(super) fn quote(&mut self, c: char) {
        let length = self.rest().chars().take_while(|other| *other == c).count();
        let (before, after) = (self.before(), &self.rest()[length..]);
        let next = after.chars().next();
        let opens = before.is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '[' | '{' | '-' | '/' | '\u{2014}'))
            && next.is_some_and(|c| !c.is_whitespace());
        let closes = before.is_some_and(|c| !c.is_whitespace());
        // Code stands between backticks on both sides.
        let is_code = || after.find(['`', '\'']).is_some_and(|at| after[at..].starts_with('`'));
        match (c, length) {
            ('`', 2) if !is_code() => {
                self.double_quotes += 1;
                self.replace(2, "“");
            }
            ('`', 1) if opens && !is_code() && after.contains('\'') => {
                self.single_quotes += 1;
                self.replace(1, "‘");
            }
            ('\'', 2) if self.double_quotes > 0 => {
                self.double_quotes -= 1;
                self.replace(2, "”");
            }
            ('"', 1) if self.double_quotes > 0 && closes => {
                self.double_quotes -= 1;
                self.replace(1, "”");
            }
            ('\'', 2) if opens => {
                self.double_quotes += 1;
                self.replace(2, "“");
            }
            ('\'', 3) if self.double_quotes > 0 && self.single_quotes > 0 => {
                (self.double_quotes, self.single_quotes) = (self.double_quotes - 1, self.single_quotes - 1);
                self.replace(3, "’”");
            }
            ('\'', 1) if self.single_quotes > 0 && closes && !next.is_some_and(char::is_alphanumeric) => {
                self.single_quotes -= 1;
                self.replace(1, "’");
            }
            _ => self.keep(length),
        }
    }
}
