//! What runs the action's own steps, in their order, as a runner of GitHub does: expressions, conditions, the files by which
//! steps speak to each other. Only what action.yml uses is understood; anything else is a panic that says so.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde::Deserialize;
use tempfile::TempDir;

use crate::support::tool;

/// The job's token, which no log may show.
pub(super) const TOKEN: &str = "ghs_secret";

/// `action.yml`, as far as it matters here.
#[derive(Deserialize)]
struct Action {
    inputs: BTreeMap<String, Input>,
    outputs: BTreeMap<String, Output>,
    runs: Runs,
}

#[derive(Deserialize)]
struct Input {
    default: String,
}

#[derive(Deserialize)]
struct Output {
    value: String,
}

#[derive(Deserialize)]
struct Runs {
    steps: Vec<Step>,
}

#[derive(Deserialize)]
struct Step {
    name: String,
    #[serde(default)]
    id: String,
    #[serde(rename = "if", default)]
    condition: String,
    run: Option<String>,
    uses: Option<String>,
    #[serde(default)]
    env: BTreeMap<String, String>,
}

/// A machine that runs the action in a repository.
pub(super) struct Runner {
    folder: TempDir,
    /// What the workflow gives the action.
    pub(super) inputs: BTreeMap<&'static str, String>,
    /// Where the action comes from, as far as GitHub says.
    pub(super) repository: &'static str,
    /// The environment of every step, beside what a runner sets.
    pub(super) environment: BTreeMap<&'static str, String>,
}

/// What a run of the action came to.
#[derive(Default)]
pub(super) struct Ran {
    /// Whether no step failed.
    pub(super) green: bool,
    /// What the steps printed.
    pub(super) log: String,
    /// The action's outputs that are not empty.
    pub(super) outputs: BTreeMap<String, String>,
    /// Every output of every step, by its name.
    pub(super) said: Vec<(String, String)>,
    /// The job's summary.
    pub(super) summary: String,
    /// The names of the steps that would have used other actions.
    pub(super) used: Vec<String>,
}

impl Runner {
    /// A machine with a repository on the branch `main` that holds these files, and one that it was cloned from.
    pub(super) fn with(files: &[(&str, &str)]) -> Self {
        let folder = TempDir::new().unwrap();
        let (inputs, environment) = (BTreeMap::new(), BTreeMap::new());
        let runner = Self { folder, inputs, repository: "somebody/enrich", environment };
        for made in ["repository", "temp", "home", "fake"] {
            fs::create_dir(runner.path(made)).unwrap();
        }
        runner.git(&["init", "--quiet", "--initial-branch=main"]);
        runner.git(&["init", "--quiet", "--bare", "--initial-branch=main", "../origin"]);
        runner.git(&["remote", "add", "origin", "../origin"]);
        runner.write(files);
        runner.commit_all("Begin");
        runner.git(&["push", "--quiet", "origin", "main"]);
        runner
    }

    /// Where something of the machine is.
    pub(super) fn path(&self, relative: impl AsRef<Path>) -> PathBuf {
        self.folder.path().join(relative)
    }

    /// Writes files of the repository.
    pub(super) fn write(&self, files: &[(&str, &str)]) {
        for (name, text) in files {
            let path = self.path("repository").join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
    }

    /// Puts a program of one's own before those of this name.
    pub(super) fn fake(&self, name: &str, script: &str) {
        self.script(&self.path("fake").join(name), script);
    }

    /// Writes a script that can be run.
    pub(super) fn script(&self, path: &Path, script: &str) {
        fs::write(path, format!("#!/bin/sh\n{script}\n")).unwrap();
        fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
    }

    /// Commits whatever there is, as a keeper would.
    pub(super) fn commit_all(&self, message: &str) {
        self.git(&["add", "--all"]);
        let keeper = ["-c", "user.name=Keeper", "-c", "user.email=keeper@example.org"];
        self.git(&[&keeper[..], &["commit", "--quiet", "--message", message]].concat());
    }

    /// What git prints in the repository.
    pub(super) fn git(&self, arguments: &[&str]) -> String {
        let output = self.command("git").args(arguments).output().unwrap();
        assert!(output.status.success(), "git {arguments:?}: {output:?}");
        String::from_utf8(output.stdout).unwrap()
    }

    /// The messages of the commits that were pushed, the last one first.
    pub(super) fn pushed(&self) -> Vec<String> {
        let log = self.git(&["--git-dir=../origin", "log", "--format=%s", "main"]);
        log.lines().map(str::to_owned).collect()
    }

    /// A program on this machine, in the repository, with an environment that leads nowhere else.
    pub(super) fn command(&self, program: &str) -> Command {
        let mut command = Command::new(tool(program));
        command.current_dir(self.path("repository")).env_clear().env("HOME", self.path("home"));
        command.env("PATH", self.search_path()).env("GIT_CONFIG_NOSYSTEM", "1");
        command
    }

    /// Where programs are looked for: first what stands in for one.
    fn search_path(&self) -> String {
        format!("{}:{}", self.path("fake").display(), std::env::var("PATH").unwrap())
    }

    /// Runs the action.
    pub(super) fn run(&self) -> Ran {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let action: Action = serde_saphyr::from_str(&fs::read_to_string(root.join("action.yml")).unwrap()).unwrap();
        for name in self.inputs.keys() {
            assert!(action.inputs.contains_key(*name), "there is no input {name}");
        }
        let mut known: BTreeMap<String, String> = action
            .inputs
            .iter()
            .map(|(name, input)| {
                (format!("inputs.{name}"), self.inputs.get(name.as_str()).unwrap_or(&input.default).clone())
            })
            .collect();
        let context = [
            ("action_ref", "v0.1.0"),
            ("action_repository", self.repository),
            ("event_name", self.event()),
            ("token", TOKEN),
        ];
        known.extend(context.map(|(name, value)| (format!("github.{name}"), value.to_owned())));
        let mut ran = Ran { green: true, ..Ran::default() };
        for file in ["output", "summary", "env", "path"] {
            fs::write(self.path(file), "").unwrap();
        }
        for step in &action.runs.steps {
            if !holds(&step.condition, &known, ran.green) {
                continue;
            }
            let Some(script) = &step.run else {
                assert!(step.uses.is_some(), "{}", step.name);
                ran.used.push(step.name.clone());
                continue;
            };
            fs::write(self.path("output"), "").unwrap();
            ran.log += &format!("-- {}\n", step.name);
            let (green, said) = self.step(script, &step.env, &known);
            ran.green &= green;
            ran.log += &said;
            let outputs = fs::read_to_string(self.path("output")).unwrap();
            for (name, value) in outputs.lines().map(|line| line.split_once('=').expect(line)) {
                known.insert(format!("steps.{}.outputs.{name}", step.id), value.to_owned());
                ran.said.push((name.to_owned(), value.to_owned()));
            }
        }
        ran.outputs =
            action.outputs.iter().map(|(name, output)| (name.clone(), filled(&output.value, &known))).collect();
        ran.outputs.retain(|_, value| !value.is_empty());
        ran.summary = fs::read_to_string(self.path("summary")).unwrap();
        ran
    }

    /// What set the workflow off.
    fn event(&self) -> &str {
        self.environment.get("GITHUB_EVENT_NAME").map_or("schedule", String::as_str)
    }

    /// Runs one step; says whether it went well, and what it printed.
    fn step(&self, script: &str, env: &BTreeMap<String, String>, known: &BTreeMap<String, String>) -> (bool, String) {
        let mut command = self.command("bash");
        let added = fs::read_to_string(self.path("path")).unwrap();
        let usual = self.search_path();
        let path = added.lines().rev().chain([usual.as_str()]).collect::<Vec<_>>().join(":");
        command.envs(&self.environment).env("PATH", path);
        for (name, file) in [("OUTPUT", "output"), ("STEP_SUMMARY", "summary"), ("ENV", "env"), ("PATH", "path")] {
            command.env(format!("GITHUB_{name}"), self.path(file));
        }
        let usual = [("GITHUB_REF_TYPE", "branch"), ("GITHUB_REF_NAME", "main"), ("GITHUB_EVENT_NAME", self.event())];
        for (name, value) in usual.into_iter().chain([("RUNNER_OS", "Linux"), ("RUNNER_ARCH", "X64")]) {
            command.env(name, self.environment.get(name).map_or(value, String::as_str));
        }
        command.env("GITHUB_ACTION_PATH", env!("CARGO_MANIFEST_DIR")).env("RUNNER_TEMP", self.path("temp"));
        command.envs(env.iter().map(|(name, value)| (name, filled(value, known))));
        // As a runner starts it, with both streams in one log.
        let output = command
            .args(["--noprofile", "--norc", "-eo", "pipefail", "-c"])
            .arg(format!("exec 2>&1\n{script}"))
            .output()
            .unwrap();
        (output.status.success(), String::from_utf8_lossy(&output.stdout).into_owned())
    }
}

impl Ran {
    /// The lines that a runner takes for commands.
    pub(super) fn commands(&self) -> Vec<&str> {
        let mut commands = Vec::new();
        let mut stopped: Option<&str> = None;
        for line in self.log.lines() {
            match stopped {
                Some(token) if line.strip_prefix("::").and_then(|line| line.strip_suffix("::")) == Some(token) => {
                    stopped = None
                }
                Some(_) => {}
                None => match line.strip_prefix("::stop-commands::") {
                    Some(token) => stopped = Some(token),
                    None if line.trim_start().starts_with("::") => commands.push(line),
                    None => {}
                },
            }
        }
        commands
    }
}

/// A text with the values of its expressions: names, of which the first counts that is not empty.
fn filled(text: &str, known: &BTreeMap<String, String>) -> String {
    let Some((before, rest)) = text.split_once("${{") else { return text.to_owned() };
    let (expression, after) = rest.split_once("}}").expect("an expression ends");
    let value = |name: &str| {
        let is_output = name.starts_with("steps.");
        known.get(name).cloned().or(is_output.then(String::new)).unwrap_or_else(|| panic!("nobody knows {name}"))
    };
    let value =
        expression.split("||").map(|name| value(name.trim())).find(|value| !value.is_empty()).unwrap_or_default();
    format!("{before}{value}{}", filled(after, known))
}

/// Whether a step's condition holds: comparisons with texts, and what a text does not start with, joined by `&&`.
fn holds(condition: &str, known: &BTreeMap<String, String>, green: bool) -> bool {
    let mut parts: Vec<&str> = condition.split("&&").map(str::trim).filter(|part| !part.is_empty()).collect();
    let always = parts.contains(&"always()");
    parts.retain(|part| *part != "always()");
    let holds = |part: &str| {
        let text = |value: &str| value.trim_matches('\'').to_owned();
        if let Some(rest) = part.strip_prefix("!startsWith(") {
            let (name, start) = rest.strip_suffix(')').and_then(|rest| rest.split_once(", ")).expect(part);
            return !known[name].starts_with(&text(start));
        }
        match part.split_once(" != ") {
            Some((name, value)) => known[name] != text(value),
            None => part.split_once(" == ").map(|(name, value)| known[name] == text(value)).expect(part),
        }
    };
    (green || always) && parts.into_iter().all(holds)
}
