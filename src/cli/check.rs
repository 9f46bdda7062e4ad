//! `breakeven check`: only validate, and say what was understood.

use breakeven::lint::hints;
use breakeven::report::describe_scenario;

use super::args::CheckArgs;
use super::plan::plan;
use super::{Stop, say};

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
