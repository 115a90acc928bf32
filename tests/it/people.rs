//! What a person sees: the closing lines, the help, silence where it is asked for, and nothing that should stay unseen.

use crate::support::{FakeArxiv, FakePaper, Faults, Project};

const LIST: &str = "# L\n\n- [A](https://arxiv.org/abs/2403.07648)\n- [B](https://arxiv.org/abs/2403.99999)\n- [C](https://a.example/c.pdf)\n";

fn project() -> (Project, FakeArxiv) {
    (Project::with_list(LIST), FakeArxiv::start([FakePaper::new("2403.07648")], Faults::none()))
}

#[test]
fn the_closing_lines_say_what_came_of_it() {
    let (project, arxiv) = project();
    let outcome = project.run(&arxiv, &[]);
    insta::assert_snapshot!("closing_lines", outcome.stderr);
    assert_eq!(outcome.stdout, "");
}

#[test]
fn quiet_says_nothing_where_all_went_well() {
    let (project, arxiv) = project();
    let outcome = project.run(&arxiv, &["-q"]);
    assert_eq!((outcome.code, outcome.stderr.as_str(), outcome.stdout.as_str()), (Some(0), "", ""));
    let outcome = project.enrich(&["run", "missing.md", "-q"]);
    assert!(outcome.stderr.starts_with("error: "), "{}", outcome.stderr);
}

#[test]
fn verbose_tells_of_each_request() {
    let (project, arxiv) = project();
    let outcome = project.run(&arxiv, &["-v"]);
    assert!(outcome.stderr.contains("asking arXiv for 2 papers"), "{}", outcome.stderr);
}

#[test]
fn colours_come_only_where_they_are_wanted() {
    let (project, _) = project();
    assert!(!project.enrich(&["run", "missing.md"]).stderr.contains('\u{1b}'));
    assert!(project.enrich(&["run", "missing.md", "--color", "always"]).stderr.contains('\u{1b}'));
    assert!(!project.enrich(&["run", "missing.md", "--color", "never"]).stderr.contains('\u{1b}'));
}

#[test]
fn no_address_or_contact_of_the_user_is_in_output_or_messages() {
    let (project, arxiv) = project();
    arxiv.misbehave(Faults::always(crate::support::Fault::Reset));
    let outcome = project.run(&arxiv, &["--contact", "keeper@example.org", "--deadline", "100ms", "-v"]);
    let all = format!("{}{}{:?}{:?}", outcome.stderr, outcome.stdout, outcome.json, outcome.csv);
    assert!(!all.contains("keeper@example.org") && !all.contains(&arxiv.address().to_string()), "{all}");
}

#[test]
fn help_tells_the_commands_the_options_and_the_exit_codes() {
    let (project, _) = project();
    insta::assert_snapshot!("help", project.enrich(&["--help"]).stdout);
    insta::assert_snapshot!("help_run", project.enrich(&["run", "--help"]).stdout);
    insta::assert_snapshot!("help_extract", project.enrich(&["extract", "--help"]).stdout);
}
