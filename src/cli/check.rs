//! `breakeven check`: only validate, and say what was understood.

use std::path::PathBuf;

use breakeven::lint::hints;
use breakeven::report::describe_scenario;
use clap::Args;

use super::args::LoadArgs;
use super::plan::plan;
use super::{Stop, say};

#[derive(Debug, Args)]
pub struct CheckArgs {
    /// The scenarios, TOML files
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    #[command(flatten)]
    pub load: LoadArgs,
}

pub fn check(args: &CheckArgs) -> Result<(), Stop> {
    let mut all_valid = true;
    for (i, file) in args.files.iter().enumerate() {
        match plan(file, &args.load, |_| ()) {
            Ok(plan) => {
                let gap = if i > 0 { "\n" } else { "" };
                let text = describe_scenario(&plan.prepared);
                let hints = say::hints(&hints(plan.scenario(), plan.model()), &plan.sources);
                say::out(&format!("{gap}{text}{hints}"))?;
            }
            Err(Stop::Invalid) => all_valid = false,
            Err(other) => return Err(other),
        }
    }
    if all_valid { Ok(()) } else { Err(Stop::Invalid) }
}
