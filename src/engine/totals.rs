//! A run only as far as the totals of options need it.

use super::figures::Figures;
use super::layout::Layout;
use super::metric::{Collected, Metric};
use super::options::RunError;
use super::paired::{Measure, Paired};
use super::pilot::clamps;
use super::run::Engine;
use super::statistic::{Rank, Stat};
use super::watch::Watch;
use crate::diagnostic::Diagnostic;
use crate::model::Model;
use crate::sample::Design;
use crate::scenario::Scenario;
use crate::stats::Estimate;

/// What options cost, and nothing else.
#[derive(Clone, Debug)]
pub struct Totals {
    /// The trials that were run.
    pub design: Design,
    /// What is wrong, or only suspicious, with draws outside their ranges.
    pub findings: Vec<Diagnostic>,
    layout: Layout,
    figures: Figures,
    paired: Paired,
}

impl Totals {
    /// A statistic of an option's total.
    pub fn total(&self, option: usize, stat: Stat) -> Option<Estimate> {
        self.metric(option, Metric::Total, stat)
    }

    /// A statistic of a metric; `None` for those that are not collected of every trial.
    pub fn metric(&self, option: usize, metric: Metric, stat: Stat) -> Option<Estimate> {
        self.figures.at(self.layout.metric(option, metric, stat))
    }

    /// The mean total of an option in each randomisation.
    pub fn by_randomisation(&self, option: usize) -> Vec<f64> {
        self.paired.of(Measure::Total, option).to_vec()
    }

    /// The probability that an option is the cheapest candidate.
    pub fn p_cheapest(&self, option: usize) -> Option<Estimate> {
        self.figures.at(self.layout.rank(option, Rank::Cheapest))
    }
}

/// Runs a scenario on the current thread and those of its pool, only as far as its totals need it, or its savings too.
///
/// # Errors
/// A value that is not finite in some trial, or an early end.
pub fn totals(scenario: &Scenario, model: &Model, collected: Collected, watch: Watch<'_>) -> Result<Totals, RunError> {
    let design = Design::new(scenario.simulation.sampler, scenario.simulation.trials);
    let engine =
        Engine { watch, collected, ..Engine::new(scenario, model, &[], (design, rayon::current_num_threads())) };
    let found = engine.run(design).map_err(|halt| halt.failure(scenario))?;
    let findings = clamps(scenario, model, (&engine.clamped(), design.trials()), None);
    Ok(Totals { design, findings, layout: engine.layout, figures: found.figures, paired: found.paired })
}
