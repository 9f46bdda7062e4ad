//! The command line: what was typed becomes a run, and a run becomes files and lines on the screen.

pub mod args;
mod check;
mod colour;
mod examples;
mod explain;
mod files;
mod init;
mod ledger;
mod manual;
mod plan;
mod progress;
mod run;
mod say;
mod sensitivity;
mod sweep;
mod values;

use std::process::ExitCode;

use args::{Cli, Command};
use clap::Parser;

/// Why a command ends with a code other than 0.
pub enum Stop {
    /// The run failed: exit code 1.
    Failed(String),
    /// The scenario or the arguments are wrong, and it has been said how: exit code 2.
    Invalid,
    /// Nobody reads what we write: no reason to say anything.
    ClosedPipe,
}

/// Carries out the command that was typed.
pub fn main() -> ExitCode {
    colour::settle(std::env::args_os());
    let done = match Cli::parse().command {
        Command::Run(args) => run::run(args),
        Command::Sensitivity(args) => sensitivity::sensitivity(&args),
        Command::Sweep(args) => sweep::sweep(&args),
        Command::Ledger(args) => ledger::ledger(&args),
        Command::Explain(args) => explain::explain(&args),
        Command::Schema => explain::schema(),
        Command::Check(args) => check::check(&args),
        Command::Init(args) => init::init(&args),
        Command::Completions(args) => manual::completions(&args),
        Command::Man(args) => manual::man(&args),
    };
    match done {
        Ok(()) | Err(Stop::ClosedPipe) => ExitCode::SUCCESS,
        Err(Stop::Invalid) => ExitCode::from(2),
        Err(Stop::Failed(message)) => {
            say::error(&message);
            ExitCode::FAILURE
        }
    }
}
