//! Flags win over the environment, and the environment over the settings file, for every option and also where two exclude
//! each other. The options are those of the command line's definition, so that none can be forgotten.

use std::any::TypeId;
use std::ffi::OsString;
use std::fs;
use std::path::PathBuf;

use clap::{Arg, ArgAction, Command as Definition, CommandFactory};
use enrich::check::ignore::Ignored;
use enrich::cli::{Cli, Command, Length};
use enrich::settings::{self, File, Given};
use enrich::source::Clock;
use tempfile::TempDir;
use url::Url;

use crate::support::{FakeArxiv, FakePaper, Faults, Project};

/// What is asked for at each call, because it changes lists or forgets answers: the only options without a variable.
const EACH_TIME: [&str; 3] = ["fix", "diff", "older-than"];

/// The calls of the commands that have options.
const CALLS: [&str; 4] = ["run l.md", "check l.md", "extract l.md", "cache path"];

/// What the user says, and where.
#[derive(Clone, Default)]
struct Said {
    flags: Vec<String>,
    environment: Vec<(String, String)>,
    file: String,
}

impl Said {
    fn and(mut self, other: Self) -> Self {
        self.flags.extend(other.flags);
        self.environment.extend(other.environment);
        self.file.push_str(&other.file);
        self
    }
}

/// A folder for settings files, and the time at which all calls are made.
struct Bench {
    folder: TempDir,
    clock: Clock,
}

impl Bench {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap(), clock: Clock::started(jiff::Timestamp::UNIX_EPOCH) }
    }

    /// All that the program makes of what is said, as text, or its error.
    fn effect(&self, call: &str, said: &Said) -> Result<String, String> {
        let arguments = ["enrich"].into_iter().chain(call.split(' ')).map(OsString::from);
        let variable = |name: &str| {
            said.environment.iter().find(|(known, _)| known == name).map(|(_, value)| OsString::from(value))
        };
        let arguments = arguments.chain(said.flags.iter().map(OsString::from));
        let Given { cli, above } = settings::given(arguments, variable).map_err(|error| error.to_string())?;
        let path = self.folder.path().join("settings.toml");
        fs::write(&path, &said.file).unwrap();
        let named = cli.voice.config.clone().unwrap_or(path);
        let file = File::find(Some(&named), self.folder.path(), None, above).map_err(|error| error.to_string())?;
        let voice = cli.voice.over(&file);
        let voice = (voice.quiet, voice.verbose, voice.color, voice.progress);
        let outputs = settings::outputs(&file);
        let findings = file.check_format;
        let settings = match cli.command {
            Command::Run(args) => {
                let report = settings::report_of_run(&args, &file);
                format!("{report:?} {:?}", settings::of_run(*args, file, self.clock))
            }
            Command::Check(args) => {
                let told = (args.format.or(findings), settings::report_of_check(&args, &file));
                format!("{told:?} {:?}", settings::of_check(*args, file, self.clock))
            }
            Command::Extract(args) => {
                let extraction = settings::of_extract(&args, &file);
                format!("{extraction:?} {outputs:?}")
            }
            Command::Cache(args) => format!("{:?}", settings::of_cache(args, file)),
            other => panic!("{other:?}"),
        };
        Ok(format!("{voice:?} {settings}"))
    }

    /// Two values of an option that come to different things.
    fn values(&self, call: &str, option: &Arg) -> [String; 2] {
        let kind = option.get_value_parser().type_id();
        let samples: &[(TypeId, &[&str])] = &[
            (TypeId::of::<bool>(), &["true", "false"]),
            (TypeId::of::<u8>(), &["1", "2"]),
            (TypeId::of::<usize>(), &["1", "2"]),
            (TypeId::of::<PathBuf>(), &["one", "other"]),
            (TypeId::of::<Url>(), &["http://127.0.0.1:1/one", "http://127.0.0.1:2/other"]),
            (TypeId::of::<Length>(), &["1h", "2h"]),
            (TypeId::of::<String>(), &["one@example.org", "other@example.org"]),
            (TypeId::of::<Ignored>(), &["published", "withdrawn"]),
        ];
        let possible = option.get_value_parser().possible_values().into_iter().flatten();
        let possible = possible.map(|value| value.get_name().to_owned());
        let mut values: Vec<_> = match samples.iter().find(|(known, _)| kind == *known) {
            _ if long(option) == "config" => ["one.toml", "other.toml"].map(|name| self.settings_file(name)).to_vec(),
            Some((_, samples)) => samples.iter().map(|sample| (*sample).to_owned()).collect(),
            None => possible.collect(),
        };
        let effect = |value: &String| self.effect(call, &by_variable(option, value)).unwrap();
        assert!(!values.is_empty(), "how is a value of --{} written? Add it to the samples", long(option));
        let first = values.remove(0);
        let differs = values.into_iter().find(|value| effect(value) != effect(&first));
        [first, differs.unwrap_or_else(|| panic!("`enrich {call}`: --{} changes nothing", long(option)))]
    }

    /// A settings file that says its own name.
    fn settings_file(&self, name: &str) -> String {
        let path = self.folder.path().join(name);
        fs::write(
            &path,
            format!(
                "output = '{name}'\ncache = '{name}'\nextract.format = '{}'\n",
                match name {
                    "one.toml" => "table",
                    _ => "jsonl",
                }
            ),
        )
        .unwrap();
        path.to_str().unwrap().to_owned()
    }
}

/// The definition of a call's command, built so that the options of every command are among its own.
fn definition(call: &str) -> Definition {
    let mut definition = Cli::command();
    definition.build();
    definition.find_subcommand(call.split(' ').next().unwrap()).unwrap().clone()
}

/// The options that may be said anywhere.
fn options(definition: &Definition) -> Vec<&Arg> {
    let own = |option: &&Arg| !option.is_positional() && !["help", "version"].contains(&option.get_id().as_str());
    let (anywhere, each_time): (Vec<_>, Vec<_>) =
        definition.get_arguments().filter(own).partition(|option| option.get_env().is_some());
    assert!(each_time.iter().all(|option| EACH_TIME.contains(&long(option))), "{each_time:?} has no variable");
    anywhere
}

fn long(option: &Arg) -> &str {
    option.get_long().unwrap()
}

fn by_flag(option: &Arg, value: &str) -> Said {
    let flags = match option.get_action() {
        ArgAction::SetTrue if value == "true" => vec![format!("--{}", long(option))],
        ArgAction::SetTrue => Vec::new(),
        ArgAction::Count => vec![format!("--{}", long(option)); value.parse().unwrap()],
        _ => vec![format!("--{}={value}", long(option))],
    };
    Said { flags, ..Said::default() }
}

fn by_variable(option: &Arg, value: &str) -> Said {
    let name = option.get_env().unwrap().to_str().unwrap().to_owned();
    Said { environment: vec![(name, value.to_owned())], ..Said::default() }
}

/// By the settings file; nothing for `--config`, which cannot stand there.
fn by_file(option: &Arg, value: &str) -> Option<Said> {
    let name = option.get_env()?.to_str()?.strip_prefix("ENRICH_")?.to_lowercase().replace('_', "-");
    let key = match name.split_once('-') {
        _ if name == "config" => return None,
        // What two commands understand differently stands in their sections.
        Some((section, "format")) => format!("{section}.format"),
        _ => name,
    };
    let is_bare = matches!(option.get_action(), ArgAction::SetTrue | ArgAction::Count)
        || option.get_value_parser().type_id() == TypeId::of::<usize>();
    let value = match option.get_value_delimiter() {
        Some(_) => format!("['{value}']"),
        None if is_bare => value.to_owned(),
        None => format!("'{value}'"),
    };
    Some(Said { file: format!("{key} = {value}\n"), ..Said::default() })
}

#[test]
fn every_option_is_taken_from_flag_environment_and_file_in_this_order() {
    let bench = Bench::new();
    for call in CALLS {
        let definition = definition(call);
        for option in options(&definition) {
            let check = |said: &Said, expected: &Said| {
                let of = |said| bench.effect(call, said).unwrap();
                assert_eq!(of(said), of(expected), "enrich {call}: --{}", long(option));
            };
            let [one, other] = bench.values(call, option);
            let (flag, variable) = (by_flag(option, &one), by_variable(option, &one));
            check(&variable, &flag);
            check(&flag.clone().and(by_variable(option, &other)), &flag);
            check(&by_variable(option, ""), &Said::default());
            let (Some(in_file), Some(other_in_file)) = (by_file(option, &one), by_file(option, &other)) else {
                continue;
            };
            check(&in_file, &flag);
            check(&flag.clone().and(other_in_file.clone()), &flag);
            check(&variable.clone().and(other_in_file.clone()), &flag);
            check(&by_variable(option, &other).and(in_file.clone()), &by_variable(option, &other));
            check(&by_variable(option, "").and(in_file), &flag);
        }
    }
}

#[test]
fn of_two_options_that_exclude_each_other_the_one_said_higher_wins() {
    let bench = Bench::new();
    let mut seen = Vec::new();
    for call in CALLS {
        let definition = definition(call);
        for option in options(&definition) {
            for rival in definition.get_arg_conflicts_with(option) {
                seen.push(format!("{} {}", long(option), long(rival)));
                check_pair(&bench, call, option, rival);
                check_pair(&bench, call, rival, option);
            }
        }
    }
    for pair in ["cache no-cache", "offline refresh", "quiet verbose"] {
        assert!(seen.iter().any(|seen| seen == pair), "{pair} is not in {seen:?}");
    }
}

fn check_pair(bench: &Bench, call: &str, one: &Arg, other: &Arg) {
    let ([own, own_other], [rivals, rivals_other]) = (bench.values(call, one), bench.values(call, other));
    let check = |said: Said, expected: &Said| {
        let of = |said| bench.effect(call, said).unwrap();
        assert_eq!(of(&said), of(expected), "enrich {call}: --{} --{}", long(one), long(other));
    };
    let (flag, variable, in_file) = (by_flag(one, &own), by_variable(one, &own), by_file(one, &own).unwrap());
    let (rival_variable, rival_in_file) = (by_variable(other, &rivals), by_file(other, &rivals).unwrap());
    check(flag.clone().and(rival_variable.clone()), &flag);
    check(flag.clone().and(rival_in_file.clone()), &flag);
    check(flag.clone().and(rival_variable.clone()).and(rival_in_file.clone()), &flag);
    check(variable.clone().and(rival_in_file.clone()), &flag);
    let within = [(&flag, by_flag(other, &rivals)), (&variable, rival_variable), (&in_file, rival_in_file.clone())];
    for (said, rival) in within {
        assert!(bench.effect(call, &said.clone().and(rival)).is_err(), "--{} with --{}", long(one), long(other));
    }
    // A switch that is off excludes nothing, and one that is on in a lower place is still below.
    if own_other == "false" {
        check(by_variable(one, "false").and(rival_in_file.clone()), &rival_in_file);
        check(by_variable(one, "0").and(by_variable(other, &rivals)), &rival_in_file);
        check(by_file(one, "false").unwrap().and(rival_in_file.clone()), &rival_in_file);
    }
    check(by_flag(one, &own).and(by_variable(other, &rivals_other)), &flag);
}

#[test]
fn a_switch_in_the_environment_is_said_in_the_usual_words() {
    let bench = Bench::new();
    let definition = definition("run l.md");
    for option in options(&definition).into_iter().filter(|option| matches!(option.get_action(), ArgAction::SetTrue)) {
        let effect = |said: &Said| bench.effect("run l.md", said).unwrap();
        let (on, off) = (effect(&by_flag(option, "true")), effect(&Said::default()));
        assert_ne!(on, off);
        for word in ["true", "1", "yes", "on", "TRUE"] {
            assert_eq!(effect(&by_variable(option, word)), on, "{word}");
        }
        for word in ["false", "0", "no", "off", "False"] {
            assert_eq!(effect(&by_variable(option, word)), off, "{word}");
        }
        let error = bench.effect("run l.md", &by_variable(option, "perhaps")).unwrap_err();
        let name = option.get_env().unwrap().to_str().unwrap();
        assert!(error.contains("'perhaps'") && error.contains(name), "{error}");
    }
}

#[test]
fn a_variable_that_cannot_be_read_is_named_and_counts_only_where_it_is_used() {
    let bench = Bench::new();
    let said = |name: &str, value: &str| Said { environment: vec![(name.into(), value.into())], ..Said::default() };
    let error = bench.effect("run l.md", &said("ENRICH_INTERVAL", "soon")).unwrap_err();
    assert!(error.contains("'soon'") && error.contains("ENRICH_INTERVAL"), "{error}");
    assert!(bench.effect("extract l.md", &said("ENRICH_INTERVAL", "soon")).is_ok());
    assert!(bench.effect("check l.md", &said("ENRICH_COLUMNS", "none such")).is_ok());
    let both = said("ENRICH_CACHE", "f").and(said("ENRICH_NO_CACHE", "1"));
    let error = bench.effect("run l.md", &both).unwrap_err();
    assert!(error.contains("ENRICH_CACHE") && error.contains("ENRICH_NO_CACHE"), "{error}");
    // The command that looks into the cache has no --no-cache.
    assert!(bench.effect("cache path", &both).unwrap().contains("\"f\""));
}

#[test]
fn what_a_run_writes_is_passed_over_wherever_it_is_said() {
    let bench = Bench::new();
    for call in ["check l.md", "extract l.md"] {
        let effect = |environment: Vec<(String, String)>| {
            bench.effect(call, &Said { environment, file: "output = 'by-file'".to_owned(), ..Said::default() }).unwrap()
        };
        assert!(effect(Vec::new()).contains("\"by-file\""));
        let file = "format = ['bib']\n".to_owned();
        let own_format = ["--format", if call.starts_with("check") { "json" } else { "table" }].map(str::to_owned);
        let told = bench.effect(call, &Said { flags: own_format.to_vec(), file, ..Said::default() }).unwrap();
        assert!(told.contains("references.bib") && !told.contains("enriched.csv"), "{told}");
        let by_environment = effect(vec![("ENRICH_OUTPUT".into(), "by-environment".into())]);
        assert!(
            by_environment.contains("\"by-environment\"") && !by_environment.contains("by-file"),
            "{by_environment}"
        );
    }
}

#[test]
fn a_run_without_cache_leaves_the_cache_of_the_environment_alone() {
    let project = Project::with_list("- [A](https://arxiv.org/abs/2403.07648)\n");
    let arxiv = FakeArxiv::start([FakePaper::new("2403.07648")], Faults::none());
    let url = arxiv.url();
    let run = |flags: &[&str], environment: [(&str, &str); 2]| {
        let mut command = project.command();
        command.args(["run", "list.md", "--interval", "0ms", "--api-url", &url]).args(flags).envs(environment);
        command.assert().success();
    };
    run(&["--no-cache"], [("ENRICH_CACHE", "answers"), ("ENRICH_OFFLINE", "false")]);
    assert!(!project.path("answers").exists());
    run(&["--cache", "answers"], [("ENRICH_NO_CACHE", "true"), ("ENRICH_REFRESH", "")]);
    assert!(project.path("answers").exists());
}

#[test]
fn the_forms_of_check_and_extract_stand_in_their_sections() {
    let project = Project::with_list("- [A](https://arxiv.org/abs/2403.07648)\n");
    project.write("enrich.toml", "offline = true\n[check]\nformat = 'json'\n[extract]\nformat = 'table'\n");
    let findings = project.enrich(&["check", "list.md"]).stdout;
    assert!(findings.starts_with('['), "{findings}");
    let entries = project.enrich(&["extract", "list.md"]).stdout;
    assert!(!entries.is_empty() && !entries.starts_with('{'), "{entries}");
    assert!(project.enrich(&["extract", "list.md", "--format", "jsonl"]).stdout.starts_with('{'));
}
