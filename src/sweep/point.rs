//! A scenario with some of its fields changed, run as far as its totals need it.

use std::sync::atomic::AtomicBool;

use crate::diagnostic::{Diagnostic, Severity, Sources};
use crate::engine::{Collected, RunError, Totals, Watch, totals};
use crate::model::Model;
use crate::scenario::{Scenario, ScenarioFile, Variation};

/// How points are run.
#[derive(Clone, Copy, Default)]
pub struct SweepOptions<'a> {
    /// Worker threads; all cores if `None`. Results do not depend on it.
    pub threads: Option<usize>,
    /// What is changed in the scenario of each point.
    pub change: Option<&'a (dyn Fn(&mut Scenario) + Sync)>,
    /// Called when a point is finished.
    pub progress: Option<&'a (dyn Fn() + Sync)>,
    /// Ends all at the next block of trials once it is set.
    pub stop: Option<&'a AtomicBool>,
}

/// Why points were not run to the end.
#[derive(Debug)]
pub enum Stopped {
    /// A point's scenario is wrong, or cannot be computed.
    At(Vec<Diagnostic>, Box<Sources>),
    /// Something else.
    Failed(RunError),
    /// Who knows of points, or takes what came of them, cannot go on.
    Refused(String),
}

/// What came of a changed scenario.
pub(crate) struct PointRun {
    pub model: Model,
    pub totals: Totals,
    /// What looks suspicious, with the texts that it points into.
    pub findings: Vec<Diagnostic>,
    pub sources: Sources,
}

/// Runs a scenario with further changes, with the random numbers that it has without them.
///
/// # Errors
/// A scenario that cannot be run.
pub(crate) fn run_with(
    scenario_file: &ScenarioFile,
    vary: Variation<'_>,
    collected: Collected,
    options: SweepOptions<'_>,
) -> Result<PointRun, Stopped> {
    let reading = scenario_file.read_with(vary);
    let (mut findings, sources) = (reading.findings, reading.sources);
    let Some(mut scenario) = reading.scenario else { return Err(Stopped::At(findings, Box::new(sources))) };
    if let Some(change) = options.change {
        change(&mut scenario);
    }
    let model = Model::new(&scenario);
    let totals = match totals(&scenario, &model, collected, Watch { stop: options.stop, ..Watch::default() }) {
        Ok(found) => found,
        Err(RunError::Scenario(finding)) => return Err(Stopped::At(vec![finding], Box::new(sources))),
        Err(failure) => return Err(Stopped::Failed(failure)),
    };
    findings.extend(totals.findings.iter().cloned());
    if findings.iter().any(|f| f.severity == Severity::Error) {
        return Err(Stopped::At(findings, Box::new(sources)));
    }
    Ok(PointRun { model, totals, findings, sources })
}
