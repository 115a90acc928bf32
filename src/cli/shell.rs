//! The words of `enrich completions` and `enrich man`.

use std::path::PathBuf;

use clap::{Args, ValueHint};
use clap_complete::Shell;

/// `enrich completions`.
#[derive(Debug, Args)]
#[command(
    after_help = "Put the line of your shell into its start file. It asks anew whenever a shell starts, and so stays current:\n\n\
    bash, in ~/.bashrc:\n  source <(enrich completions bash)\n\n\
    zsh, in ~/.zshrc, after compinit:\n  source <(enrich completions zsh)\n\n\
    fish, in ~/.config/fish/config.fish:\n  enrich completions fish | source\n\n\
    PowerShell, in $PROFILE:\n  enrich completions powershell | Out-String | Invoke-Expression\n\n\
    elvish, in ~/.config/elvish/rc.elv:\n  eval (enrich completions elvish | slurp)"
)]
pub struct CompletionsArgs {
    /// The shell to print them for.
    #[arg(value_name = "SHELL", value_enum)]
    pub shell: Shell,
}

/// `enrich man`.
#[derive(Debug, Args)]
#[command(after_help = "To read the page at once:\n  enrich man | man -l -\n\n\
    To install all pages, for `man enrich` and `man enrich-run`:\n  enrich man ~/.local/share/man/man1")]
pub struct ManArgs {
    /// Write the pages of the program and of every command to this folder.
    #[arg(value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub folder: Option<PathBuf>,
}
