//! A project in a temporary directory: lists to read, the program run on them in a clean environment, and what it wrote.
//! What it should have written is left to the tests.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::time::Duration;
use std::{env, fs, process};

use assert_cmd::Command;
use assert_cmd::cargo::cargo_bin;
use serde_json::Value;
use tempfile::TempDir;

use super::fake_arxiv::FakeArxiv;
use super::papers::FakePaper;

/// The list that [`Project::with_list`] writes and [`Project::run`] reads.
const LIST: &str = "list.md";

/// Where [`Project::run`] has the program write.
const OUTPUT: &str = "output";

/// A run that takes longer has hung.
const PATIENCE: Duration = Duration::from_secs(120);

/// A directory with a reading list, which goes away when dropped. `home` in it is where the program finds its user's home.
pub struct Project {
    directory: TempDir,
}

/// What a run of the program came to.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The exit code; `None` if a signal ended the program.
    pub code: Option<i32>,
    /// What it wrote to standard output.
    pub stdout: String,
    /// What it wrote to standard error.
    pub stderr: String,
    /// `output/enriched.json` as it stood afterwards.
    pub json: Option<Value>,
    /// `output/enriched.csv` as it stood afterwards, with its byte order mark.
    pub csv: Option<String>,
}

impl Project {
    /// A project with one list of this text.
    pub fn with_list(text: &str) -> Self {
        let project = Self { directory: TempDir::new().expect("a temporary directory") };
        fs::create_dir(project.path("home")).expect("a directory can be made");
        project.write(LIST, text);
        project
    }

    /// Where a file of the project is.
    pub fn path(&self, relative: impl AsRef<Path>) -> PathBuf {
        self.directory.path().join(relative)
    }

    /// Writes a file of the project, with the directories that it needs.
    pub fn write(&self, relative: impl AsRef<Path>, contents: impl AsRef<[u8]>) {
        let path = self.path(relative);
        let parent = path.parent().expect("a file in the project has a directory");
        fs::create_dir_all(parent).expect("a directory can be made");
        fs::write(path, contents).expect("a file can be written");
    }

    /// The text of a file of the project, if it is there.
    pub fn read(&self, relative: impl AsRef<Path>) -> Option<String> {
        fs::read_to_string(self.path(relative)).ok()
    }

    /// Runs `enrich run` on the list against the fake service, without any pause between requests.
    pub fn run(&self, arxiv: &FakeArxiv, further: &[&str]) -> Outcome {
        let url = arxiv.url();
        let usual = ["run", LIST, "--output", OUTPUT, "--api-url", &url, "--interval", "0ms"];
        self.enrich(&[&usual, further].concat())
    }

    /// Does what [`Self::run`] does, with the program's name and arguments handed to another program.
    ///
    /// That program is named by its whole path: what `tool` found, or `/bin/sh`, which every Unix has.
    pub fn through(&self, other: &[&str], arxiv: &FakeArxiv, further: &[&str]) -> Outcome {
        let url = arxiv.url();
        let usual = ["run", LIST, "--output", OUTPUT, "--api-url", &url, "--interval", "0ms"];
        let program = cargo_bin!("enrich").to_string_lossy().into_owned();
        assert!(Path::new(other[0]).is_absolute(), "{} is no path", other[0]);
        let mut command = process::Command::new(other[0]);
        command.args(&other[1..]).arg(program).args(usual).args(further);
        self.outcome(self.dressed(command))
    }

    /// Runs the program with these arguments and nothing else, in the project's directory.
    pub fn enrich(&self, arguments: &[&str]) -> Outcome {
        let mut command = self.bare_command();
        command.args(arguments);
        self.outcome(command)
    }

    fn outcome(&self, command: process::Command) -> Outcome {
        let output = Command::from_std(command).timeout(PATIENCE).output().expect("the program can be run");
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("the program writes UTF-8");
        let json = self.read(Path::new(OUTPUT).join("enriched.json"));
        Outcome {
            code: output.status.code(),
            stdout: text(output.stdout),
            stderr: text(output.stderr),
            json: json.map(|json| serde_json::from_str(&json).expect("enriched.json holds JSON")),
            csv: self.read(Path::new(OUTPUT).join("enriched.csv")),
        }
    }

    /// Starts `enrich run` on the list against the fake service, for a test that does not wait for its end.
    pub fn start(&self, arxiv: &FakeArxiv, further: &[&str]) -> Child {
        self.start_heard(arxiv, further, Stdio::null())
    }

    /// Does what [`Self::start`] does, and sends what the program writes to standard error there.
    pub fn start_heard(&self, arxiv: &FakeArxiv, further: &[&str], stderr: impl Into<Stdio>) -> Child {
        let mut command = self.bare_command();
        command.args(["run", LIST, "--output", OUTPUT, "--api-url", &arxiv.url(), "--interval", "0ms"]).args(further);
        command.stdout(Stdio::null()).stderr(stderr).spawn().expect("the program can be started")
    }

    /// The program with its environment, for a test that has to add to it.
    pub fn command(&self) -> Command {
        let mut command = Command::from_std(self.bare_command());
        command.timeout(PATIENCE);
        command
    }

    /// The program with these words after it, to be run and watched by the test.
    pub fn command_for(&self, words: &[String]) -> process::Command {
        let mut command = self.bare_command();
        command.args(words);
        command
    }

    fn bare_command(&self) -> process::Command {
        self.dressed(process::Command::new(cargo_bin!("enrich")))
    }

    /// A command in the project's directory, with an environment that leads nowhere else.
    pub fn dressed(&self, mut command: process::Command) -> process::Command {
        let home = self.path("home");
        command.current_dir(self.directory.path()).env_clear();
        // No test may leave this machine: whoever wants another route names one on it.
        command.env("ENRICH_FALLBACK", "none");
        // Windows programs cannot open a socket without SystemRoot.
        for name in ["PATH", "SystemRoot"] {
            command.envs(env::var_os(name).map(|value| (name, value)));
        }
        let folders = [
            ("HOME", ""),
            ("USERPROFILE", ""),
            ("LOCALAPPDATA", "cache"),
            ("APPDATA", "config"),
            ("XDG_CACHE_HOME", "cache"),
            ("XDG_CONFIG_HOME", "config"),
            ("XDG_DATA_HOME", "data"),
            ("XDG_STATE_HOME", "state"),
        ];
        command.envs(folders.map(|(name, folder)| (name, home.join(folder))));
        command
    }
}

impl Outcome {
    /// The record of a paper in `enriched.json`, by its identifier.
    pub fn record(&self, arxiv_id: &str) -> Option<&Value> {
        self.json.as_ref()?.as_array()?.iter().find(|record| record["arxiv_id"] == arxiv_id)
    }

    /// The status of each record in `enriched.json`, in their order.
    pub fn statuses(&self) -> Vec<&str> {
        let records = self.json.as_ref().and_then(Value::as_array);
        records.into_iter().flatten().filter_map(|record| record["status"].as_str()).collect()
    }
}

/// Sends a running program a signal, by its name without `SIG`; on Unix alone.
pub fn signal(running: &Child, name: &str) {
    // The shell that every Unix has; `kill` is its own.
    let mut kill = process::Command::new("/bin/sh");
    let sent = kill.args(["-c", "kill -s \"$0\" \"$1\"", name, &running.id().to_string()]).status();
    assert!(sent.is_ok_and(|status| status.success()), "SIG{name} can be sent");
}

/// Makes a pipe that nobody writes to; on Unix alone.
pub fn make_pipe(path: &Path) {
    // `-p` looks where every Unix has it, whatever the search path is.
    let made = process::Command::new("/bin/sh").args(["-c", "command -p mkfifo \"$0\""]).arg(path).status();
    assert!(made.is_ok_and(|status| status.success()), "{} can be made", path.display());
}

/// A reading list of these papers, in their order.
pub fn list_of<'a>(papers: impl IntoIterator<Item = &'a FakePaper>) -> String {
    let mut list = String::from("# Papers to read\n");
    for paper in papers {
        // An angle bracket would begin an HTML tag in Markdown.
        let (title, id) = (paper.latest().title.replace('<', "\\<"), &paper.id);
        write!(list, "\n#### {title}\n\ntag: `Sample`\n\npaper link: [here](https://arxiv.org/pdf/{id})\n")
            .expect("a String takes what is written to it");
    }
    list
}
