//! The command line: what was typed becomes a run, and a run becomes files and lines on the screen.

mod actuals;
pub mod args;
mod check;
mod colour;
mod compare;
mod examples;
mod explain;
mod files;
mod init;
mod interrupt;
mod ledger;
mod logs;
mod manual;
mod merge;
mod metered;
mod models;
mod options;
mod partial;
mod pilot;
mod plan;
mod points;
mod progress;
mod run;
mod say;
mod sensitivity;
mod shard;
mod solve;
mod sweep;
mod sweep_results;
mod values;
mod verify;
mod walk;
mod workload;

use std::process::ExitCode;

use args::{Cli, Command};
use clap::{ArgMatches, CommandFactory, FromArgMatches};

/// Why a command ends with a code other than 0.
pub enum Stop {
    /// The run failed: exit code 1.
    Failed(String),
    /// The scenario or the arguments are wrong, and it has been said how: exit code 2.
    Invalid,
    /// The answer is no, and has been given: exit code 1.
    Said,
    /// A signal ended the command.
    Interrupted,
    /// A signal ended the command, which kept what it had.
    Kept(String),
    /// Nobody reads what we write: no reason to say anything.
    ClosedPipe,
}

/// The stack of the thread that does the work, in bytes: that of the first thread is whatever the shell allows.
const STACK: usize = 8 << 20;

/// Carries out the command that was typed, on a thread with a stack of its own. Panics are mistakes of this program: they
/// are told like other errors.
pub fn main() -> ExitCode {
    colour::settle(std::env::args_os());
    std::panic::set_hook(Box::new(|_| ()));
    let thread = std::thread::Builder::new().stack_size(STACK).spawn(typed);
    match thread.map(|thread| thread.join()) {
        Ok(Ok(code)) => code,
        Ok(Err(panic)) => {
            let words = panic.downcast_ref::<String>().map(String::as_str).or(panic.downcast_ref::<&str>().copied());
            say::error(&format!("a mistake of this program, please report it: {}", words.unwrap_or("without words")));
            ExitCode::FAILURE
        }
        // Without another thread the work is done by this one.
        Err(_) => typed(),
    }
}

fn typed() -> ExitCode {
    let matches = Cli::command().get_matches();
    let cli = Cli::from_arg_matches(&matches).unwrap_or_else(|error| error.exit());
    match carry_out(cli, &matches) {
        Ok(()) | Err(Stop::ClosedPipe) => ExitCode::SUCCESS,
        Err(Stop::Invalid) => ExitCode::from(2),
        Err(Stop::Said) => ExitCode::FAILURE,
        Err(Stop::Interrupted) => {
            say::error("interrupted: nothing was written");
            ExitCode::from(interrupt::code())
        }
        Err(Stop::Kept(what)) => {
            say::error(&format!("interrupted: {what}"));
            ExitCode::from(interrupt::code())
        }
        Err(Stop::Failed(message)) => {
            say::error(&message);
            ExitCode::FAILURE
        }
    }
}

fn carry_out(cli: Cli, matches: &ArgMatches) -> Result<(), Stop> {
    let options = || matches.subcommand().map(|(name, matches)| options::options(name, matches)).unwrap_or_default();
    match cli.command {
        Command::Run(args) => run::run(args, options()),
        Command::Sensitivity(args) => sensitivity::sensitivity(&args, options()),
        Command::Sweep(args) => sweep::sweep(&args, options()),
        Command::Merge(args) => merge::merge(&args, options()),
        Command::Compare(args) => compare::compare(&args, options()),
        Command::Pilot(args) => pilot::pilot(&args, options()),
        Command::Solve(args) => solve::solve(&args, options()),
        Command::Actuals(args) => actuals::actuals(&args, options()),
        Command::Verify(args) => verify::verify(&args),
        Command::Ledger(args) => ledger::ledger(&args),
        Command::Explain(args) => explain::explain(&args),
        Command::Models(args) => models::models(&args),
        Command::Schema(args) => explain::schema(args.of),
        Command::Check(args) => check::check(&args),
        Command::Init(args) => init::init(&args),
        Command::Workload(args) => workload::workload(&args),
        Command::Completions(args) => manual::completions(&args),
        Command::Man(args) => manual::man(&args),
    }
}
