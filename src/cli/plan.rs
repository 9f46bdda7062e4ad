//! From arguments to a scenario that is ready to run.

use std::path::{Path, PathBuf};

use breakeven::diagnostic::{Diagnostic, Severity, Sources};
use breakeven::engine::{Pilot, pilot};
use breakeven::model::Model;
use breakeven::scenario::{LoadOptions, Scenario, load};

use super::args::{LoadArgs, RunArgs};
use super::{Stop, say};

/// A scenario, its model and what the first trials showed.
pub struct Plan {
    pub scenario: Scenario,
    pub model: Model,
    pub pilot: Pilot,
    pub sources: Sources,
}

/// Loads a scenario, changes it and looks at its first trials. Everything found is said.
pub fn plan(file: &Path, load_args: &LoadArgs, change: impl FnOnce(&mut Scenario)) -> Result<Plan, Stop> {
    let options = LoadOptions { overrides: load_args.set.clone(), allow_data_outside: load_args.allow_data_outside };
    let reading = load(file, &options);
    let Some(mut scenario) = reading.scenario else {
        return Err(refuse(&reading.findings, &reading.sources));
    };
    change(&mut scenario);
    let model = Model::new(&scenario);
    let pilot = pilot(&scenario, &model);
    let findings: Vec<Diagnostic> = reading.findings.into_iter().chain(pilot.findings.iter().cloned()).collect();
    if findings.iter().any(|f| f.severity == Severity::Error) {
        return Err(refuse(&findings, &reading.sources));
    }
    say::diagnostics(&findings, &reading.sources);
    Ok(Plan { scenario, model, pilot, sources: reading.sources })
}

fn refuse(findings: &[Diagnostic], sources: &Sources) -> Stop {
    say::diagnostics(findings, sources);
    Stop::Invalid
}

/// Puts what was typed over what the file says.
pub fn apply(args: &RunArgs, scenario: &mut Scenario) {
    let simulation = &mut scenario.simulation;
    simulation.trials = args.trials.unwrap_or(simulation.trials);
    simulation.seed = args.seed.unwrap_or(simulation.seed);
    simulation.sampler = args.sampler.map_or(simulation.sampler, |s| s.0);
}

/// Where results go when no folder is named.
pub fn folder(args: &RunArgs) -> PathBuf {
    let stem = args.scenario.file_stem().map_or_else(|| "scenario".into(), |s| s.to_os_string());
    args.out.clone().unwrap_or_else(|| Path::new("outputs").join(stem))
}
