//! Findings for people: what is wrong, the line that it is about with the place marked, and what to do.

use std::collections::HashMap;
use std::io::{self, Write};
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level as Heading, Renderer, Snippet};

use super::Look;
use crate::model::unseen::shown;
use crate::model::{Finding, Level};

/// As wide as this a line is shown where nothing tells the terminal's width.
const USUAL_WIDTH: usize = 120;

/// A line longer than this, in bytes, was written by a program, and nobody reads it.
const LONGEST_LINE: usize = 4_000;

/// Whether colours may be used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Colours {
    /// Plain text.
    #[default]
    Off,
    /// With the escape sequences of terminals.
    On,
}

pub(super) fn write(findings: &[Finding], look: &Look<'_>, to: &mut dyn Write) -> io::Result<()> {
    let renderer = match look.colours {
        Colours::On => Renderer::styled(),
        Colours::Off => Renderer::plain(),
    };
    let renderer = renderer.term_width(look.width.unwrap_or(USUAL_WIDTH));
    let lines: HashMap<&str, Vec<&str>> =
        look.lists.iter().map(|(path, text)| (*path, text.lines().collect())).collect();
    for finding in findings {
        let place = &finding.place;
        let line = lines.get(&*place.path).and_then(|lines| lines.get(place.line as usize - 1)).copied();
        let rendered = renderer.render(&[group(finding, line)]);
        writeln!(to, "{rendered}\n")?;
    }
    to.flush()
}

fn group<'a>(finding: &'a Finding, line: Option<&'a str>) -> Group<'a> {
    let heading = match finding.level {
        Level::Error => Heading::ERROR,
        Level::Warning => Heading::WARNING,
        Level::Note => Heading::NOTE,
    };
    let place = &finding.place;
    let group = heading.primary_title(shown(&finding.message)).id(finding.code.name());
    let group = match line {
        Some(line) if line.len() <= LONGEST_LINE => {
            let marked = marked(finding, line);
            let until = |end: usize| shown(&line[..end]).len();
            let marked = until(marked.start)..until(marked.end);
            let snippet = Snippet::source(shown(line)).path(shown(&place.path)).line_start(place.line as usize);
            group.element(snippet.annotation(AnnotationKind::Primary.span(marked)))
        }
        _ => group.element(
            annotate_snippets::Origin::path(shown(&place.path))
                .line(place.line as usize)
                .char_column(place.column as usize),
        ),
    };
    match &finding.help {
        Some(help) => group.element(Heading::HELP.message(shown(help))),
        None => group,
    }
}

/// The stretch of the line that the finding is about: what is to be repaired where that is known, else the character at its place.
fn marked(finding: &Finding, line: &str) -> Range<usize> {
    let place = &finding.place;
    let repaired = finding.repairs.iter().find(|repair| repair.place.line == place.line);
    let column = repaired.map_or(place.column, |repair| repair.place.column);
    let start = line.char_indices().nth(column as usize - 1).map_or(line.len(), |(at, _)| at);
    let one = line[start..].chars().next().map_or(0, char::len_utf8);
    let length = repaired.map_or(one, |repair| repair.old.len());
    start..line.floor_char_boundary(line.len().min(start + length))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Code, Place, Repair};

    fn finding(line: u32, column: u32, message: &str) -> Finding {
        let place = Place { path: "list.md".into(), line, column };
        Finding { help: Some("look".to_owned()), ..Finding::new(Code::UnknownId, place, message.to_owned()) }
    }

    fn told(finding: Finding, text: &str) -> String {
        let look = Look { lists: HashMap::from([("list.md", text)]), ..Look::default() };
        let mut told = Vec::new();
        write(&[finding], &look, &mut told).unwrap();
        String::from_utf8(told).unwrap()
    }

    #[test]
    fn the_line_is_shown_with_a_mark_under_the_place() {
        let text = "# L\n\n- [Ünes](https://arxiv.org/abs/2403.99999)\n";
        insta::assert_snapshot!(told(finding(3, 4, "arXiv has no paper 2403.99999"), text));
    }

    #[test]
    fn what_is_to_be_repaired_is_marked_as_a_whole() {
        let text = "- [One](http://arxiv.org/abs/2403.07648)";
        let place = Place { path: "list.md".into(), line: 1, column: 9 };
        let repair = Repair { place, old: "http://arxiv.org".into(), new: "https://arxiv.org".into() };
        let finding = Finding { repairs: vec![repair], ..finding(1, 4, "plain http") };
        let told = told(finding, text);
        assert!(told.contains(&format!("{}{}\n", " ".repeat(9), "^".repeat(16))), "{told}");
    }

    #[test]
    fn nothing_that_a_list_says_reaches_the_terminal_as_a_command() {
        let told = told(finding(1, 1, "\u{1b}[2Jgone\nerror: all lost"), "- \u{1b}[31mred\u{1b}[0m\u{7}");
        assert!(told.chars().all(|c| c == '\n' || !c.is_control()), "{told:?}");
        assert_eq!(told.lines().filter(|line| line.starts_with("error")).count(), 1, "{told}");
    }

    #[test]
    fn a_line_that_no_longer_exists_or_is_endless_is_named_only() {
        let endless = format!("{}\n", "x".repeat(5_000));
        for text in ["", endless.as_str()] {
            let told = told(finding(1, 2, "gone"), text);
            assert!(told.contains("list.md:1:2") && !told.contains("xxx"), "{told}");
        }
    }
}
