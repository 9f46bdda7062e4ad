//! The tests of a plan, from the trials of a scenario to what each is worth.

use rayon::prelude::*;

use super::gains::Gains;
use super::gather::{Gatherer, Sums, Unfit, pairs};
use super::interaction::{self, Interaction};
use super::joint;
use super::likelihood::Likelihood;
use super::parts::Parts;
use super::plan::{PilotPlan, no_share, no_value};
use super::rising::rising;
use super::rule::{chances, chances_of_knowing};
use crate::engine::{RunError, Watch, pool};
use crate::model::Model;
use crate::sample::Design;
use crate::scenario::Scenario;
use crate::stats::{Estimate, Merge, Moments};

/// What tests are worth.
#[derive(Clone, Debug)]
pub struct Pilot {
    /// The trials that were run.
    pub trials: u64,
    /// The number of the option that is chosen without data: the candidate with the lowest mean total.
    pub choice: usize,
    /// What knowing the tested inputs exactly is worth: no test of them is worth more.
    pub evppi: Option<Estimate>,
    /// The tests, in the order of the plan.
    pub rows: Vec<PilotRow>,
    /// Where several inputs are tested, the pair that explains most of a saving only together.
    pub interaction: Option<Interaction>,
}

/// One test.
#[derive(Clone, Debug, PartialEq)]
pub struct PilotRow {
    /// Samples of each input.
    pub samples: Vec<u64>,
    /// What choosing after it saves on average.
    pub evsi: Option<Estimate>,
    /// What it costs, where that is known.
    pub cost: Option<f64>,
    /// How likely its data lead to another choice than the one without them.
    pub p_changes_choice: Option<Estimate>,
}

impl PilotRow {
    /// What it is worth less what it costs; `None` where that is not known.
    pub fn enbs(&self) -> Option<Estimate> {
        let (evsi, cost) = (self.evsi?, self.cost?);
        Some(Estimate { value: evsi.value - cost, ..evsi })
    }
}

impl Pilot {
    /// The test that is worth most above its cost, or where no costs are known none; `None` too where each costs more than it
    /// is worth.
    pub fn best(&self) -> Option<&PilotRow> {
        let value = |row: &PilotRow| row.enbs().map_or(f64::NEG_INFINITY, |enbs| enbs.value);
        let first = self.rows.first()?;
        let best = self.rows.iter().fold(first, |best, row| if value(row) > value(best) { row } else { best });
        (value(best) > 0.0).then_some(best)
    }
}

/// Finds what the tests of a plan are worth.
///
/// # Errors
/// A value that is not finite in some trial, an input that has no value in some or is no share in one where outcomes are
/// tested, threads that cannot be had, or an early end.
pub fn pilot(
    scenario: &Scenario,
    model: &Model,
    plan: &PilotPlan,
    threads: Option<usize>,
    watch: Watch<'_>,
) -> Result<Pilot, RunError> {
    let found = pool(threads)?.install(|| {
        let gatherer = Gatherer::new(scenario, model, &plan.tested, watch);
        let cuts = gatherer.cuts()?;
        let sums = gatherer.sums(&cuts)?;
        let part = |(k, cut): (usize, &super::cut::Cut)| {
            let own: Vec<(&[f64], f64)> = sums.iter().map(|sums| (&sums.inputs[k][..], sums.trials)).collect();
            Parts::new(&own, model.candidates().len(), cut.is_by_value())
        };
        let parts = cuts.iter().enumerate().map(part).collect();
        Ok(Study { plan, parts, seed: scenario.simulation.seed }.pilot(model, &sums, scenario))
    });
    found.map_err(|unfit| match unfit {
        Unfit::Halt(halt) => halt.failure(scenario),
        Unfit::NoValue(variable) => RunError::Scenario(no_value(&model.program.variables[variable].name)),
        Unfit::NoShare(variable) => RunError::Scenario(no_share(&model.program.variables[variable].name, None)),
    })
}

struct Study<'a> {
    plan: &'a PilotPlan,
    parts: Vec<Parts>,
    seed: u64,
}

impl Study<'_> {
    fn pilot(&self, model: &Model, sums: &[Sums], scenario: &Scenario) -> Pilot {
        let row = |samples: &Vec<u64>| {
            let (evsi, p_changes_choice) = self.worth(Some(samples));
            PilotRow { samples: samples.clone(), evsi, cost: self.plan.costs.of(samples), p_changes_choice }
        };
        let candidates = model.candidates();
        let everyone = self.parts[0].views.last();
        let mut rows: Vec<PilotRow> = self.plan.sizes.par_iter().map(row).collect();
        let mut evppi = self.worth(None).0;
        rising(&mut rows.iter_mut().map(|row| &mut row.evsi).chain([&mut evppi]).flatten().collect::<Vec<_>>());
        Pilot {
            trials: Design::new(scenario.simulation.sampler, scenario.simulation.trials).trials(),
            choice: everyone.map_or(model.baseline, |view| candidates[view.blind()]),
            evppi,
            rows,
            interaction: interaction(sums, &candidates, self.parts.len()),
        }
    }

    /// What a test is worth, or knowing the inputs, and how likely it changes the choice. Its error holds how much less parts
    /// of twice the width would see.
    fn worth(&self, samples: Option<&Vec<u64>>) -> (Option<Estimate>, Option<Estimate>) {
        let gains = self.gains(&self.parts, samples);
        let wider: Option<Vec<Parts>> = self.parts.iter().map(Parts::paired).collect();
        let by_wider = wider.and_then(|wider| self.gains(&wider, samples).worth());
        let worth = gains.worth().map(|worth| {
            let unseen = by_wider.map_or(0.0, |wider| wider.value - worth.value);
            Estimate { std_error: worth.std_error.map(|error| error.hypot(unseen)), ..worth }
        });
        (worth, gains.p_changes())
    }

    fn gains(&self, parts: &[Parts], samples: Option<&Vec<u64>>) -> Gains {
        let likelihood = |k: usize| {
            let n = samples?[k];
            Some(Likelihood::new(self.plan.tested[k].sampling, n, &parts[k].values))
        };
        match parts {
            [parts] => Gains::new(
                parts,
                &likelihood(0).map_or_else(|| chances_of_knowing(parts), |likelihood| chances(parts, &likelihood)),
            ),
            _ => joint::gains(parts, &(0..parts.len()).map(likelihood).collect::<Vec<_>>(), self.seed),
        }
    }
}

/// The pair of inputs that explains most of a saving only together.
fn interaction(sums: &[Sums], candidates: &[usize], inputs: usize) -> Option<Interaction> {
    let width = candidates.len() + 1;
    let mut savings = vec![Moments::default(); candidates.len()];
    sums.iter().for_each(|sums| savings.iter_mut().zip(&sums.savings).for_each(|(all, own)| all.merge(own)));
    let of = |(pair, inputs): (usize, [usize; 2]), i: usize| {
        let cells: Vec<(Vec<f64>, Vec<f64>)> = sums.iter().map(|sums| saved(&sums.pairs[pair], width, i)).collect();
        let variance = savings[i].sd().map_or(0.0, |sd| sd * sd);
        Some(Interaction { inputs, option: candidates[i], share: interaction::share(&cells, variance)? })
    };
    let found = pairs(inputs).enumerate().flat_map(|pair| (1..candidates.len()).map(move |i| (pair, i)));
    found.filter_map(|(pair, i)| of(pair, i)).max_by(|a, b| a.share.value.total_cmp(&b.share.value))
}

/// By cell: the trials, and what a candidate saves against the first.
fn saved(rows: &[f64], width: usize, candidate: usize) -> (Vec<f64>, Vec<f64>) {
    rows.chunks_exact(width).map(|row| (row[0], row[1] - row[1 + candidate])).unzip()
}
