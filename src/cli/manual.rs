//! `breakeven completions` and `breakeven man`: what shells and `man` want to know of the command line.

use breakeven::diagnostic::{Diagnostic, Sources};
use clap::{Args, CommandFactory};

use super::args::Cli;
use super::plan::refuse;
use super::{Stop, say};

#[derive(Debug, Args)]
pub struct CompletionsArgs {
    /// The shell
    pub shell: clap_complete::Shell,
}

#[derive(Debug, Args)]
pub struct ManArgs {
    /// The command whose page is wanted, instead of the page of breakeven itself
    pub command: Option<String>,
}

/// The name of the program.
const NAME: &str = "breakeven";

pub fn completions(args: &CompletionsArgs) -> Result<(), Stop> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), NAME, &mut script);
    say::out(&String::from_utf8_lossy(&script))
}

pub fn man(args: &ManArgs) -> Result<(), Stop> {
    let mut command = Cli::command().disable_help_subcommand(true);
    // Subcommands learn of their full names and of the options that all have.
    command.build();
    let page = match &args.command {
        Some(name) => command.find_subcommand(name).cloned().ok_or_else(|| unknown(&command, name))?,
        None => command,
    };
    let source = concat!("breakeven ", env!("CARGO_PKG_VERSION"));
    let mut text = Vec::new();
    let page = clap_mangen::Man::new(page).source(source).manual("").render(&mut text);
    page.map_err(|e| Stop::Failed(format!("cannot write the man page: {e}")))?;
    // What follows the help has a section of no telling name.
    say::out(&String::from_utf8_lossy(&text).replace(".SH EXTRA\nExamples:\n", ".SH EXAMPLES\n"))
}

fn unknown(program: &clap::Command, name: &str) -> Stop {
    let known: Vec<&str> = program.get_subcommands().map(clap::Command::get_name).collect();
    let finding = Diagnostic::general(format!("there is no command `{name}`")).one_of(name, &known);
    refuse(&[finding], &Sources::default())
}
