//! README's tables of options say what `--help` says: the same options, the same defaults, a row for each.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use clap::{Arg, Command, CommandFactory};
use enrich::cli::Cli;

/// How the tables are told from others: `| option of `run` | default | |`.
const TABLE: &str = "| option of ";

/// The table of the options that every command understands, and of those whose command has no table of its own.
const EVERYWHERE: &str = "every command";
const OTHERS: &str = "other commands";

/// What this command has in common with another that has a table has its row here.
const FIRST: &str = "run";

/// What README says of an option: the cell of its default, and the one of all else.
struct Row {
    default: String,
    about: String,
}

/// What `--help` says of it: its default, and the values that it lists.
struct Told {
    default: String,
    values: Vec<String>,
}

/// Options by the way that a row names them.
type Table<T> = BTreeMap<String, T>;

/// Tables by what they are the options of.
type Tables<T> = BTreeMap<String, Table<T>>;

/// README's tables.
fn readme() -> Tables<Row> {
    let readme = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap();
    let mut tables = BTreeMap::new();
    let mut lines = readme.lines();
    while let Some(heading) = lines.find_map(|line| line.strip_prefix(TABLE)) {
        let of = heading.split(" |").next().unwrap().replace('`', "");
        let rows = lines.by_ref().skip(1).take_while(|line| line.starts_with('|')).map(|line| {
            let line = line.replace("\\|", "\u{1f}");
            let cells: Vec<_> = line.split('|').map(|cell| cell.trim().replace('\u{1f}', "|")).collect();
            (cells[1].clone(), Row { default: cells[2].clone(), about: cells[3].clone() })
        });
        tables.insert(of, rows.collect());
    }
    assert!(tables.contains_key("run"), "README has the table of `run`");
    tables
}

/// How a row names an option; `prefix` is the command's words where the table is not its own.
fn name(prefix: &str, option: &Arg) -> String {
    let short = option.get_short().map(|short| format!("`-{short}`, ")).unwrap_or_default();
    let long = option.get_long().expect("an option has a long name");
    let value = option.get_value_names().filter(|_| option.get_action().takes_values());
    let value = value.map(|names| format!(" {}", names.join(" "))).unwrap_or_default();
    format!("{short}`{prefix}--{long}{value}`")
}

fn told_of(option: &Arg) -> Told {
    let help = option.get_help().map(ToString::to_string).unwrap_or_default();
    let default = help.split_once("[default: ").and_then(|(_, rest)| rest.split_once(']')).map_or("", |(text, _)| text);
    let listed = option.get_action().takes_values() && !option.is_hide_possible_values_set();
    let values = if listed { option.get_possible_values() } else { Vec::new() };
    let values = values.iter().filter(|value| !value.is_hide_set()).map(|value| value.get_name().to_owned());
    Told { default: default.to_owned(), values: values.collect() }
}

/// The default that a program could read: `auto` of `auto, and never where NO_COLOR is set`; none of `all of them`.
fn literal(default: &str) -> Option<&str> {
    let first = default.split(['(', ';']).next().unwrap().split(", ").next().unwrap();
    Some(first).filter(|text| !text.is_empty() && !text.contains([' ', '\'']))
}

/// What `--help` tells, in the tables that README has.
fn help(readme: &Tables<Row>) -> Tables<Told> {
    fn collect(words: &str, command: &Command, readme: &Tables<Row>, told: &mut Tables<Told>) {
        let (table, prefix) = match words {
            "" => (EVERYWHERE, String::new()),
            words if readme.contains_key(words) => (words, String::new()),
            words => (OTHERS, format!("{words} ")),
        };
        let root = Cli::command();
        let first = root.find_subcommand(FIRST).expect("it is a command");
        let is_shared = |option: &Arg| {
            let same = |other: &Arg| other.get_long() == option.get_long() && other.get_help() == option.get_help();
            table == words && words != FIRST && first.get_arguments().any(same)
        };
        for option in command.get_arguments().filter(|arg| !arg.is_positional() && !arg.is_hide_set()) {
            if is_shared(option) {
                continue;
            }
            told.entry(table.to_owned()).or_default().insert(name(&prefix, option), told_of(option));
        }
        for below in command.get_subcommands().filter(|below| !below.is_hide_set()) {
            collect(format!("{words} {}", below.get_name()).trim_start(), below, readme, told);
        }
    }
    let mut told = BTreeMap::new();
    collect("", &Cli::command(), readme, &mut told);
    told
}

/// What is wrong with the row of an option, if anything is.
fn fault(row: Option<&Row>, told: &Told) -> Option<String> {
    let Some(row) = row else { return Some("the row is missing".to_owned()) };
    let agrees = match literal(&told.default) {
        Some(literal) => row.default == format!("`{literal}`"),
        // Where the help gives a place or a reason, the table may say it in other words, but not leave it out.
        None => row.default.is_empty() == told.default.is_empty(),
    };
    if !agrees {
        return Some(format!("the default is not {:?}", row.default));
    }
    let missing = told.values.iter().find(|value| !row.about.contains(&format!("`{value}`")));
    missing.map(|value| format!("the row does not say `{value}`"))
}

#[test]
fn every_option_stands_in_readme_as_help_tells_it_and_none_besides() {
    let readme = readme();
    let help = help(&readme);
    let mut wrong = Vec::new();
    for (of, options) in &help {
        for (name, told) in options {
            if let Some(fault) = fault(readme.get(of).and_then(|table| table.get(name)), told) {
                let default = literal(&told.default).map_or(told.default.clone(), |literal| format!("`{literal}`"));
                let values: Vec<_> = told.values.iter().map(|value| format!("`{value}`")).collect();
                let name = name.replace('|', "\\|");
                wrong.push(format!("option of {of}: {fault}: | {name} | {default} | … {} |", values.join(", ")));
            }
        }
    }
    for (of, table) in &readme {
        let unknown = table.keys().filter(|name| help.get(of).is_none_or(|options| !options.contains_key(*name)));
        wrong.extend(unknown.map(|name| format!("option of {of}: `--help` has no {name}")));
    }
    assert!(wrong.is_empty(), "README.md\n{}", wrong.join("\n"));
}
