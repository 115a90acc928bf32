//! Texts of strangers as they stand in Markdown: they show as they are and mean nothing, wherever GitHub renders them.
//!
//! Beside Markdown's own marks (CommonMark 0.31.2; GitHub Flavored Markdown 0.29) this minds what GitHub makes of plain text:
//! mentions, references to issues, addresses that become links. A character without width keeps these apart, since GitHub
//! looks for them after escapes are resolved.

use crate::model::unseen::{is_joiner, is_unseen};

/// So many characters of a text are shown at most.
const LONGEST: usize = 300;

/// Stands between characters that would mean something together: a space without width.
const APART: &str = "&#8203;";

/// What would end a link's address, or a cell of a table, or mean something to Markdown within them.
const MARKS: &percent_encoding::AsciiSet = &percent_encoding::CONTROLS
    .add(b' ')
    .add(b'(')
    .add(b')')
    .add(b'<')
    .add(b'>')
    .add(b'|')
    .add(b'\\')
    .add(b'`')
    .add(b'*')
    .add(b'"');

/// The text for a place within a line of Markdown: one line, cut where it is very long, without any markup.
pub fn text(text: &str) -> String {
    let line = one_line(text);
    let mut inert = String::with_capacity(line.len() + 8);
    // At its start a line may be a heading, a list or a rule.
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    for (at, c) in line.char_indices() {
        let (before, after) = (&line[..at], &line[at + c.len_utf8()..]);
        let next = after.chars().next();
        match c {
            '<' => inert.push_str("&lt;"),
            '>' => inert.push_str("&gt;"),
            '&' => inert.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '$' => inert.extend(['\\', c]),
            '#' | '+' | '-' | '=' if at == 0 => inert.extend(['\\', c]),
            '.' | ')' if at == digits && at > 0 && next.is_none_or(char::is_whitespace) => inert.extend(['\\', c]),
            _ => inert.push(c),
        }
        let means_something = match c {
            '@' => next.is_some_and(|next| next.is_alphanumeric() || next == '_'),
            '#' => next.is_some_and(|next| next.is_ascii_digit()),
            '-' => before.to_ascii_lowercase().ends_with("gh") && next.is_some_and(|next| next.is_ascii_digit()),
            ':' => after.starts_with("//"),
            '.' => before.to_ascii_lowercase().ends_with("www"),
            _ => false,
        };
        if means_something {
            inert.push_str(APART);
        }
    }
    inert
}

/// The address for the place between a link's parentheses, of a page on the web and of nothing else.
pub fn address(address: &str) -> Option<String> {
    let parsed = url::Url::parse(address).ok()?;
    let is_page = matches!(parsed.scheme(), "http" | "https");
    is_page.then(|| percent_encoding::utf8_percent_encode(parsed.as_str(), MARKS).to_string())
}

/// A text on one line, without characters that nobody sees, but for those that join letters.
fn one_line(text: &str) -> String {
    let seen = |c: char| match c {
        c if c.is_whitespace() => Some(' '),
        c if is_unseen(c) && !is_joiner(c) => None,
        c => Some(c),
    };
    let seen: String = text.chars().filter_map(seen).take(4 * LONGEST).collect();
    let line = seen.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", line[..end].trim_end()),
        None => line,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use pulldown_cmark::{Event, Options, Parser};

    /// What a reader sees of Markdown that holds one list item of one text, and nothing else.
    fn seen(markdown: &str) -> Option<String> {
        let mut seen = String::new();
        // What GitHub understands; other marks, such as ^ for superscript, are none to it.
        let github = Options::ENABLE_TABLES
            | Options::ENABLE_FOOTNOTES
            | Options::ENABLE_STRIKETHROUGH
            | Options::ENABLE_TASKLISTS
            | Options::ENABLE_MATH
            | Options::ENABLE_GFM;
        for event in Parser::new_ext(markdown, github).skip(2) {
            match event {
                Event::Text(text) => seen.push_str(&text),
                Event::End(_) => {}
                _ => return None,
            }
        }
        Some(seen.replace('\u{200b}', ""))
    }

    fn check(text: &str, expected: &str) {
        assert_eq!(super::text(text), expected, "{text:?}");
    }

    #[test]
    fn what_would_mean_something_shows_as_it_is() {
        check("On *x* and [y](z)", r"On \*x\* and \[y\](z)");
        check("<script>&lt;", "&lt;script&gt;&amp;lt;");
        check("a | b `c` $d$ ~e~ f_g", r"a \| b \`c\` \$d\$ \~e\~ f\_g");
        check("one\r\n\r\n# two\u{2028}three\0", "one # two three");
        check("\u{202e}desrever", "desrever");
        check("thanks @octocat, fixes #12 and GH-7", "thanks @&#8203;octocat, fixes #&#8203;12 and GH-&#8203;7");
        check("see https://a.example or www.b.example", "see https:&#8203;//a.example or www.&#8203;b.example");
        check("1. first", r"1\. first");
        check("10.1/x", "10.1/x");
        check("- [ ] task", r"\- \[ \] task");
        check("C# in 3.5 days @ home", "C# in 3.5 days @ home");
        check(&"x".repeat(400), &format!("{}…", "x".repeat(300)));
    }

    #[test]
    fn only_a_page_on_the_web_is_linked_and_nothing_in_its_address_ends_the_link() {
        let check = |written: &str, expected: Option<&str>| {
            assert_eq!(address(written).as_deref(), expected, "{written}");
        };
        check("https://arxiv.org/abs/2403.07648", Some("https://arxiv.org/abs/2403.07648"));
        check("https://a.example/x_(y)|z?q=`*", Some("https://a.example/x_%28y%29%7Cz?q=%60%2A"));
        check("https://a.example/a b%20c", Some("https://a.example/a%20b%20c"));
        check("javascript:alert(1)", None);
        check("notes/local.md", None);
    }

    proptest! {
        #[test]
        fn any_text_in_a_list_item_is_seen_as_it_is(text in "[-a1 #*_`<>&\\[\\]()!|~$+=.:@/\\\\\"'^{}%;\n]{0,30}") {
            let line = one_line(&text);
            prop_assume!(!line.is_empty());
            prop_assert_eq!(seen(&format!("- {}", super::text(&text))), Some(line));
        }
    }
}
