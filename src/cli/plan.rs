//! From arguments to a scenario that is ready to run.

use std::path::{Path, PathBuf};

use breakeven::diagnostic::{Diagnostic, Severity, Sources};
use breakeven::engine::{Prepared, RunError};
use breakeven::files::FileError;
use breakeven::lint;
use breakeven::model::Model;
use breakeven::scenario::{LoadOptions, Scenario, ScenarioFile};
use breakeven::sweep::Stopped;

use super::args::{CommonArgs, LoadArgs};
use super::{Stop, say};

/// A scenario that is ready to run, with its files.
pub struct RunPlan {
    pub prepared: Prepared,
    pub sources: Sources,
    /// The files that it was read from.
    pub inputs: Vec<PathBuf>,
    /// Where its results go.
    pub folder: PathBuf,
}

impl RunPlan {
    pub fn scenario(&self) -> &Scenario {
        self.prepared.scenario()
    }

    pub fn model(&self) -> &Model {
        self.prepared.model()
    }
}

/// A scenario file that can be read.
pub fn scenario_file(file: &Path, args: &LoadArgs) -> Result<ScenarioFile, Stop> {
    let options = LoadOptions {
        overrides: args.set.clone(),
        allow_data_outside: args.allow_data_outside,
        prices: args.prices.clone(),
    };
    ScenarioFile::open(file, &options).map_err(|reading| refuse(&reading.findings, &reading.sources))
}

/// Loads a scenario, changes it and looks at its first trials. Everything found is said.
pub fn plan(file: &Path, load_args: &LoadArgs, change: impl FnOnce(&mut Scenario)) -> Result<RunPlan, Stop> {
    understood(&mut scenario_file(file, load_args)?, PathBuf::new(), change)
}

/// The plan of a scenario whose results go into a folder.
pub fn understood(
    scenario_file: &mut ScenarioFile,
    folder: PathBuf,
    change: impl FnOnce(&mut Scenario),
) -> Result<RunPlan, Stop> {
    let (mut scenario, seen) = scenario(scenario_file)?;
    change(&mut scenario);
    ready(scenario, seen, folder)
}

/// What reading a scenario came upon.
pub struct Seen {
    pub findings: Vec<Diagnostic>,
    pub sources: Sources,
    pub inputs: Vec<PathBuf>,
}

/// Reads a scenario.
pub fn scenario(scenario_file: &mut ScenarioFile) -> Result<(Scenario, Seen), Stop> {
    let reading = scenario_file.read();
    match reading.scenario {
        None => Err(refuse(&reading.findings, &reading.sources)),
        Some(scenario) => {
            let inputs = scenario_file.inputs();
            Ok((scenario, Seen { findings: reading.findings, sources: reading.sources, inputs }))
        }
    }
}

/// Looks at the first trials of a scenario that was read.
pub fn ready(scenario: Scenario, seen: Seen, folder: PathBuf) -> Result<RunPlan, Stop> {
    let Seen { findings, sources, inputs } = seen;
    let prepared = scenario.prepare();
    let warnings = lint::warnings(prepared.scenario(), prepared.model());
    let more = prepared.findings().iter().cloned().chain(warnings);
    let findings: Vec<Diagnostic> = findings.into_iter().chain(more).collect();
    if findings.iter().any(|f| f.severity == Severity::Error) {
        return Err(refuse(&findings, &sources));
    }
    say::diagnostics(&findings, &sources);
    Ok(RunPlan { prepared, sources, inputs, folder })
}

/// Says what is wrong.
pub fn refuse(findings: &[Diagnostic], sources: &Sources) -> Stop {
    say::diagnostics(findings, sources);
    Stop::Invalid
}

/// Puts what was typed over what the file says.
pub fn apply(args: &CommonArgs, trials: Option<u64>, scenario: &mut Scenario) {
    trials.into_iter().for_each(|trials| scenario.set_trials(trials));
    args.seed.into_iter().for_each(|seed| scenario.set_seed(seed));
    args.sampler.iter().for_each(|sampler| scenario.set_sampler(sampler.0));
}

/// Where the results of a scenario go.
pub fn folder(scenario: &Path, args: &CommonArgs) -> PathBuf {
    let stem = scenario.file_stem().map_or_else(|| "scenario".into(), |s| s.to_os_string());
    args.out.clone().unwrap_or_else(|| Path::new("outputs").join(stem))
}

/// What is said of a run that failed.
pub fn stopped(failure: RunError, sources: &Sources) -> Stop {
    match failure {
        RunError::Scenario(finding) => refuse(&[finding], sources),
        RunError::Threads(why) => Stop::Failed(format!("cannot start worker threads: {why}")),
        RunError::Stopped => Stop::Interrupted,
    }
}

/// What is said of points that were not run to the end.
pub fn halted(stop: Stopped) -> Stop {
    match stop {
        Stopped::At(findings, sources) => refuse(&findings, &sources),
        Stopped::Failed(failure) => stopped(failure, &Sources::default()),
        Stopped::Refused(why) => Stop::Failed(why),
    }
}

/// What is said of files that cannot be written.
pub fn unwritten(error: FileError) -> Stop {
    match error {
        FileError::Interrupted => Stop::Interrupted,
        error => Stop::Failed(error.to_string()),
    }
}

/// What a command does, for when it takes long: `work` of so many options, months and inputs.
pub fn task(work: &str, plan: &RunPlan) -> String {
    let model = plan.model();
    let [options, months, inputs] = [model.options.len(), model.horizon as usize, model.program.variables.len()];
    format!("{work} of {options} options over {months} months with {inputs} uncertain inputs")
}

/// The last line of a summary.
pub fn place(folder: &Path) -> String {
    let place = folder.display().to_string();
    format!("Results are in {}\n", breakeven::diagnostic::clean(&place))
}
