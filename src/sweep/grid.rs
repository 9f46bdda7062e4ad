//! The points of a grid, each a run as far as its totals need it.

use rayon::prelude::*;

use super::axis::{AxisValue, SweepAxis};
use super::point::{PointRun, Stopped, SweepOptions, run_with};
use crate::diagnostic::{Diagnostic, Sources};
use crate::engine::{Percentile, Stat, pool};
use crate::scenario::ScenarioFile;
use crate::stats::Estimate;

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
    let PointRun { model, totals, findings, sources } = run_with(scenario_file, overrides, options)?;
    let options = 0..model.options.len();
    let mean = |i: usize| totals.total(i, Stat::Mean);
    let value = |i: &usize| mean(*i).map_or(f64::INFINITY, |e| e.value);
    let ends = [Stat::Quantile(Percentile::P5), Stat::Quantile(Percentile::P95)];
    let point = GridPoint {
        trials: totals.design.trials(),
        totals: options.clone().map(mean).collect(),
        by_randomisation: match overrides.len() {
            1 => options.clone().map(|i| totals.by_randomisation(i)).collect(),
            _ => Vec::new(),
        },
        ranges: options.clone().map(|i| ends.map(|end| totals.total(i, end))).collect(),
        p_cheapest: options.map(|i| totals.p_cheapest(i).filter(|_| model.options[i].candidate)).collect(),
        cheapest: model.candidates().into_iter().min_by(|a, b| value(a).total_cmp(&value(b))),
    };
    Ok((point, (!findings.is_empty()).then_some((findings, sources))))
}
