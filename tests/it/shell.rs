//! What shells and `man` are told: every command, every option and every value, as the command line has them now.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::{Command as Process, Output};
use std::{fs, str};

use clap::{Arg, Command, CommandFactory};
use enrich::cli::Cli;

use crate::support::{Project, tool};

/// A command of the program with all that it inherits: `["cache", "prune"]`.
type Commands = Vec<(Vec<String>, Command)>;

/// The program and all its visible commands, each after the one that it belongs to.
fn commands() -> Commands {
    fn collect(words: &[String], command: &Command, found: &mut Commands) {
        found.push((words.to_vec(), command.clone()));
        for below in command.get_subcommands().filter(|below| !below.is_hide_set() && below.get_name() != "help") {
            collect(&[words, &[below.get_name().to_owned()]].concat(), below, found);
        }
    }
    let mut command = Cli::command();
    command.build();
    let mut found = Vec::new();
    collect(&[], &command, &mut found);
    assert!(found.iter().any(|(words, _)| words == &["cache", "prune"]), "commands of commands are found");
    found
}

fn options(command: &Command) -> impl Iterator<Item = &Arg> {
    command.get_arguments().filter(|arg| !arg.is_hide_set() && !arg.is_positional())
}

/// `-o` and `--output`.
fn names(option: &Arg) -> Vec<String> {
    let short = option.get_short().map(|short| format!("-{short}"));
    short.into_iter().chain(option.get_long().map(|long| format!("--{long}"))).collect()
}

fn values(option: &Arg) -> Vec<String> {
    if !option.get_action().takes_values() {
        return Vec::new();
    }
    option.get_possible_values().iter().map(|value| value.get_name().to_owned()).collect()
}

/// The script for a shell, in a file of the project.
fn script(project: &Project, shell: &str) -> String {
    let outcome = project.enrich(&["completions", shell]);
    assert_eq!((outcome.code, outcome.stderr.as_str()), (Some(0), ""), "{shell}");
    project.write(shell, &outcome.stdout);
    outcome.stdout
}

fn run(program: &Path, project: &Project, arguments: &[&str]) -> Output {
    let mut process = Process::new(program);
    process.current_dir(project.path("")).env("HOME", project.path("home")).env("LC_ALL", "C.UTF-8");
    process.args(arguments).output().unwrap()
}

/// What a program says where nothing is wrong with what it was given.
fn said(output: &Output) -> String {
    assert!(output.status.success(), "{output:?}");
    assert_eq!(str::from_utf8(&output.stderr).unwrap(), "");
    str::from_utf8(&output.stdout).unwrap().to_owned()
}

fn words(text: &str) -> BTreeSet<String> {
    text.lines().filter_map(|line| line.split('\t').next()).map(str::to_owned).collect()
}

/// Holds what a shell really offers, by `offered(line, word under way)`, against the command line.
fn check_offers(offered: impl Fn(&[String], &str) -> BTreeSet<String>) {
    for (line, command) in commands() {
        let long: BTreeSet<_> = options(&command).filter_map(Arg::get_long).map(|long| format!("--{long}")).collect();
        let found: BTreeSet<_> = offered(&line, "--").into_iter().filter(|word| word.starts_with("--")).collect();
        assert_eq!(found, long, "options of {line:?}");
        // What every command understands is offered its values behind a command: fish does not before.
        for option in options(&command).filter(|_| !line.is_empty()) {
            let (names, values) = (names(option), values(option).into_iter().collect::<BTreeSet<_>>());
            let Some(name) = names.last().filter(|_| !values.is_empty()) else { continue };
            let line = [line.as_slice(), std::slice::from_ref(name)].concat();
            assert_eq!(offered(&line, ""), values, "values of {line:?}");
        }
    }
}

#[test]
#[ignore = "needs bash (.ci/tools installs it)"]
fn bash_offers_every_option_and_value() {
    let bash = tool("bash");
    let project = Project::with_list("");
    script(&project, "bash");
    said(&run(&bash, &project, &["-n", "bash"]));
    check_offers(|line, under_way| {
        let typed: Vec<_> = ["enrich"].into_iter().chain(line.iter().map(String::as_str)).chain([under_way]).collect();
        let ask = "source ./bash; COMP_WORDS=(\"$@\"); COMP_CWORD=$(($# - 1)); \
                   _enrich enrich \"${!#}\" \"${COMP_WORDS[COMP_CWORD - 1]}\"; printf '%s\\n' \"${COMPREPLY[@]}\"";
        words(&said(&run(&bash, &project, &[&["--norc", "-c", ask, "bash"], typed.as_slice()].concat())))
    });
}

#[test]
#[ignore = "needs fish (.ci/tools installs it)"]
fn fish_offers_every_option_and_value() {
    let fish = tool("fish");
    let project = Project::with_list("");
    script(&project, "fish");
    said(&run(&fish, &project, &["--no-execute", "fish"]));
    check_offers(|line, under_way| {
        let typed = [&["enrich".to_owned()], line, &[under_way.to_owned()]].concat().join(" ");
        let ask = "source ./fish; complete -C $argv[1]";
        words(&said(&run(&fish, &project, &["--no-config", "-c", ask, &typed])))
    });
}

#[test]
#[ignore = "needs zsh (.ci/tools installs it)"]
fn zsh_reads_its_script_without_a_complaint() {
    let (project, zsh) = (Project::with_list(""), tool("zsh"));
    script(&project, "zsh");
    said(&run(&zsh, &project, &["-f", "-n", "zsh"]));
    let ask = "autoload -U compinit; compinit -u -D; source ./zsh; print -r -- $_comps[enrich]";
    assert_eq!(said(&run(&zsh, &project, &["-f", "-c", ask])), "_enrich\n");
}

#[test]
fn zsh_finds_every_option_and_value_in_its_script() {
    let script = script(&Project::with_list(""), "zsh");
    let opening = |words: &[String]| words.last().map(|word| format!("({word})\n")).unwrap_or_default() + "_arguments";
    check_parts(&script, opening, "&& ret=0", |part, name, values| {
        let starts = [format!("{name}["), format!("{name}=["), format!("{name}+[")];
        let mut told = starts.iter().filter_map(|start| part.split_once(start)).map(|(_, rest)| rest);
        told.any(|rest| {
            let own = rest.split("' \\\n").next().unwrap();
            values.iter().all(|value| own.contains(&format!("{value}\\:")) || own.contains(&format!("({value} ")))
        })
    });
}

#[test]
fn powershell_and_elvish_find_every_option_in_their_scripts() {
    let project = Project::with_list("");
    let quoted = |words: &[String]| format!("'{}'", [&["enrich".to_owned()], words].concat().join(";"));
    let powershell = script(&project, "powershell");
    check_parts(
        &powershell,
        |words| quoted(words) + " {",
        "break",
        |part, name, _| part.contains(&format!("::new('{name}',")),
    );
    let elvish = script(&project, "elvish");
    check_parts(
        &elvish,
        |words| format!("&{}= {{", quoted(words)),
        "\n        }",
        |part, name, _| part.contains(&format!("cand {name} ")),
    );
}

/// Takes the part of a script that is about a command, from `opening` to `closing`, and holds it against the command.
fn check_parts(
    script: &str,
    opening: impl Fn(&[String]) -> String,
    closing: &str,
    named: impl Fn(&str, &str, &[String]) -> bool,
) {
    for (line, command) in commands() {
        let opening = opening(&line);
        let parts: Vec<_> = script.split(&opening).skip(1).map(|part| part.split(closing).next().unwrap()).collect();
        for option in options(&command) {
            for name in names(option) {
                let found = parts.iter().any(|part| named(part, &name, &values(option)));
                assert!(found, "{name} of {line:?} is missing");
            }
        }
    }
}

/// Every page, by its name, written by the program into a folder that was not there.
fn pages(project: &Project) -> Vec<(Vec<String>, Command, String)> {
    let outcome = project.enrich(&["man", "share/man1"]);
    let all = commands();
    assert_eq!(outcome.stderr, format!("{} pages written to share/man1\n", all.len()));
    assert_eq!(fs::read_dir(project.path("share/man1")).unwrap().count(), all.len());
    all.into_iter()
        .map(|(words, command)| {
            let name = [&["enrich".to_owned()], words.as_slice()].concat().join("-");
            (words, command, format!("share/man1/{name}.1"))
        })
        .collect()
}

#[test]
fn every_command_has_a_page_that_names_its_options_and_values() {
    let project = Project::with_list("");
    for (words, command, path) in pages(&project) {
        let page = project.read(&path).unwrap_or_else(|| panic!("{path} is missing"));
        for option in options(&command) {
            let bold = |name: &String| format!("\\fB{}\\fR", name.replace('-', "\\-"));
            let heading = format!(".TP\n{}", names(option).iter().map(bold).collect::<Vec<_>>().join(", "));
            assert!(page.contains(&heading), "{heading} of {words:?} is missing");
            let shown = if option.is_hide_possible_values_set() { Vec::new() } else { values(option) };
            for value in shown {
                let bullet = format!(".IP \\(bu 2\n{}", value.replace('-', "\\-"));
                assert!(page.contains(&bullet), "{value} of {heading} of {words:?} is missing");
            }
        }
    }
}

#[test]
fn the_page_of_the_program_is_printed_where_no_folder_is_named() {
    let project = Project::with_list("");
    pages(&project);
    let outcome = project.enrich(&["man"]);
    assert_eq!(Some(outcome.stdout), project.read("share/man1/enrich.1"));
    assert_eq!(outcome.stderr, "");
}

#[test]
#[ignore = "needs mandoc (.ci/tools installs it)"]
fn mandoc_has_nothing_to_complain_of() {
    let (project, mandoc) = (Project::with_list(""), tool("mandoc"));
    for (_, _, path) in pages(&project) {
        let output = run(&mandoc, &project, &["-T", "lint", "-W", "warning", &path]);
        let complaints = str::from_utf8(&output.stdout).unwrap().lines();
        // A page bears no date, which would be another one with every build.
        let complaints: Vec<_> = complaints.filter(|line| !line.contains("missing date")).collect();
        assert_eq!(complaints, Vec::<&str>::new(), "{path}");
    }
}

#[test]
#[ignore = "needs groff (.ci/tools installs it)"]
fn groff_has_nothing_to_complain_of() {
    let (project, groff) = (Project::with_list(""), tool("groff"));
    for (_, _, path) in pages(&project) {
        let shown = said(&run(&groff, &project, &["-man", "-ww", "-T", "utf8", &path]));
        assert!(shown.contains("Print help"), "{path}");
    }
}

#[test]
fn a_broken_settings_file_stands_in_no_shells_way() {
    let project = Project::with_list("");
    project.write("enrich.toml", "no such thing");
    assert_eq!(project.enrich(&["extract", "list.md"]).code, Some(2));
    assert_eq!(project.enrich(&["completions", "bash"]).code, Some(0));
    assert_eq!(project.enrich(&["man"]).code, Some(0));
}

#[test]
fn help_says_how_to_install() {
    let project = Project::with_list("");
    let help = project.enrich(&["completions", "--help"]).stdout;
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        assert!(help.contains(&format!("enrich completions {shell}")), "{shell}");
    }
    assert!(project.enrich(&["man", "--help"]).stdout.contains("enrich man ~/.local/share/man/man1"));
}

#[test]
fn commands_are_listed_in_the_order_of_their_use() {
    let listed: Vec<_> =
        commands().into_iter().filter(|(words, _)| words.len() == 1).map(|(words, _)| words[0].clone()).collect();
    let order = ["run", "extract", "check", "schema", "cache", "completions", "man"];
    let expected: Vec<_> = order.into_iter().filter(|name| listed.iter().any(|listed| listed == name)).collect();
    assert_eq!(listed, expected);
}
