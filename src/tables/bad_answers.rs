//! Which candidate costs least on average by what a bad answer costs.

use super::acceptability::Along;
use crate::engine::Results;
use crate::scenario::Field;
use crate::stats::Estimate;

/// The candidates that cost least, from a low cost of a bad answer to a high one.
#[derive(Clone, Debug)]
pub struct BadAnswers {
    /// The first.
    pub first: usize,
    /// The cost from which on another one does, and which.
    pub changes: Vec<(Estimate, usize)>,
    /// What the scenario has for the baseline, on average.
    pub own: Option<f64>,
}

impl BadAnswers {
    /// Where the candidate that costs least changes within the costs that were looked at; else nothing.
    pub fn new(results: &Results) -> Option<BadAnswers> {
        let (low, high) = (*results.failure_costs.first()?, *results.failure_costs.last()?);
        let first = (*Along::FailureCosts.frontier(results).first()?)?;
        let (mut changes, mut now): (Vec<(Estimate, usize)>, _) = (Vec::new(), first);
        loop {
            let from = changes.last().map_or(low, |(cost, _)| cost.value);
            let next =
                results.model.candidates().into_iter().filter_map(|i| Some((results.failure_crossing(now, i)?, i)));
            let next = next.filter(|(cost, _)| (from..=high).contains(&cost.value));
            let Some(next) = next.min_by(|a, b| a.0.value.total_cmp(&b.0.value)) else { break };
            changes.push(next);
            now = next.1;
        }
        (!changes.is_empty()).then_some(BadAnswers { first, changes, own: own_failure_cost(results) })
    }
}

/// What a bad answer of the baseline costs on average, where the scenario says so: the middle of the costs that were looked at.
pub fn own_failure_cost(results: &Results) -> Option<f64> {
    let written = results.scenario.options[results.model.baseline].get(Field::CostPerFailure)?;
    let middle = results.failure_costs.get(results.failure_costs.len() / 2).copied();
    middle.filter(|_| results.model.program.constant(written) != Some(0.0))
}
