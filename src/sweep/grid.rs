//! The points of a grid, each a run as far as its totals need it.

use std::sync::atomic::AtomicBool;

use rayon::prelude::*;

use super::axis::{AxisValue, SweepAxis};
use crate::diagnostic::{Diagnostic, Severity, Sources};
use crate::engine::{Percentile, RunError, Stat, Watch, pool, totals};
use crate::model::Model;
use crate::scenario::{Scenario, ScenarioFile};
use crate::stats::Estimate;

/// How a grid is run.
#[derive(Clone, Copy, Default)]
pub struct SweepOptions<'a> {
    /// Worker threads; all cores if `None`. Results do not depend on it.
    pub threads: Option<usize>,
    /// What is changed in the scenario of each point.
    pub change: Option<&'a (dyn Fn(&mut Scenario) + Sync)>,
    /// Called when a point is finished.
    pub progress: Option<&'a (dyn Fn() + Sync)>,
    /// Ends the sweep at the next block of trials once it is set.
    pub stop: Option<&'a AtomicBool>,
}

/// A grid that was run.
#[derive(Clone, Debug)]
pub struct Sweep {
    /// What was varied.
    pub axes: Vec<SweepAxis>,
    /// By point; the values of the last axis follow each other.
    pub points: Vec<GridPoint>,
    /// What looks suspicious, at the first point at which anything does, with the texts that it points into.
    pub warnings: Option<(Vec<Diagnostic>, Sources)>,
}

impl Sweep {
    /// The values of a point, by axis.
    pub fn values(&self, point: usize) -> impl Iterator<Item = &AxisValue> {
        let places = places(&self.axes, point);
        self.axes.iter().zip(places).map(|(axis, place)| &axis.values[place])
    }
}

/// One point of a grid.
#[derive(Clone, Debug)]
pub struct GridPoint {
    /// Trials.
    pub trials: u64,
    /// Mean total by option.
    pub totals: Vec<Option<Estimate>>,
    /// By option: the mean total of each randomisation, where one field is varied.
    pub by_randomisation: Vec<Vec<f64>>,
    /// By option, the 5th and the 95th percentile of its total.
    pub ranges: Vec<[Option<Estimate>; 2]>,
    /// By option, the probability of being the cheapest candidate; `None` for those that are not ranked.
    pub p_cheapest: Vec<Option<Estimate>>,
    /// The candidate with the lowest mean total.
    pub cheapest: Option<usize>,
}

/// Why a sweep ended early.
#[derive(Debug)]
pub enum Stopped {
    /// A point's scenario is wrong, or cannot be computed.
    At(Vec<Diagnostic>, Box<Sources>),
    /// Something else.
    Failed(RunError),
}

/// Runs a scenario at every point of a grid.
///
/// # Errors
/// A scenario that cannot be run; of several the first.
pub fn sweep(scenario_file: &ScenarioFile, axes: &[SweepAxis], options: SweepOptions<'_>) -> Result<Sweep, Stopped> {
    let count = axes.iter().map(|axis| axis.values.len()).product::<usize>();
    let point = |k: usize| {
        let found = run(scenario_file, &overrides(axes, k), options);
        if let Some(finished) = options.progress {
            finished();
        }
        found
    };
    let pool = pool(options.threads).map_err(Stopped::Failed)?;
    let found: Vec<Result<Ran, Stopped>> =
        pool.install(|| (0..count).into_par_iter().with_max_len(1).map(point).collect());
    let mut sweep = Sweep { axes: axes.to_vec(), points: Vec::with_capacity(count), warnings: None };
    for ran in found {
        let (point, warnings) = ran?;
        sweep.points.push(point);
        sweep.warnings = sweep.warnings.or(warnings);
    }
    Ok(sweep)
}

/// The places of a point along each axis.
fn places(axes: &[SweepAxis], mut point: usize) -> Vec<usize> {
    let mut found: Vec<usize> = Vec::new();
    for axis in axes.iter().rev() {
        found.push(point % axis.values.len());
        point /= axis.values.len();
    }
    found.reverse();
    found
}

/// What `--set` would be given at a point.
fn overrides(axes: &[SweepAxis], point: usize) -> Vec<String> {
    axes.iter().zip(places(axes, point)).map(|(axis, place)| axis.set(place)).collect()
}

type Ran = (GridPoint, Option<(Vec<Diagnostic>, Sources)>);

fn run(scenario_file: &ScenarioFile, overrides: &[String], options: SweepOptions<'_>) -> Result<Ran, Stopped> {
    let reading = scenario_file.read_with(overrides);
    let (mut findings, sources) = (reading.findings, reading.sources);
    let Some(mut scenario) = reading.scenario else { return Err(Stopped::At(findings, Box::new(sources))) };
    if let Some(change) = options.change {
        change(&mut scenario);
    }
    let model = Model::new(&scenario);
    let found = match totals(&scenario, &model, Watch { stop: options.stop, ..Watch::default() }) {
        Ok(found) => found,
        Err(RunError::Scenario(finding)) => return Err(Stopped::At(vec![finding], Box::new(sources))),
        Err(failure) => return Err(Stopped::Failed(failure)),
    };
    findings.extend(found.findings.iter().cloned());
    if findings.iter().any(|f| f.severity == Severity::Error) {
        return Err(Stopped::At(findings, Box::new(sources)));
    }
    let options = 0..model.options.len();
    let mean = |i: usize| found.total(i, Stat::Mean);
    let value = |i: &usize| mean(*i).map_or(f64::INFINITY, |e| e.value);
    let ends = [Stat::Quantile(Percentile::P5), Stat::Quantile(Percentile::P95)];
    let point = GridPoint {
        trials: found.design.trials(),
        totals: options.clone().map(mean).collect(),
        by_randomisation: match overrides.len() {
            1 => options.clone().map(|i| found.by_randomisation(i)).collect(),
            _ => Vec::new(),
        },
        ranges: options.clone().map(|i| ends.map(|end| found.total(i, end))).collect(),
        p_cheapest: options.map(|i| found.p_cheapest(i).filter(|_| model.options[i].candidate)).collect(),
        cheapest: model.candidates().into_iter().min_by(|a, b| value(a).total_cmp(&value(b))),
    };
    Ok((point, (!findings.is_empty()).then_some((findings, sources))))
}
