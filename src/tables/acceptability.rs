//! `acceptability.csv`: how likely each candidate is to be the cheapest, by month, by volume, and by what a bad answer costs,
//! and which is on average. See E. Fenwick, K. Claxton and M. Sculpher, "Representing uncertainty: the role of
//! cost-effectiveness acceptability curves", Health Econ. 10 (2001), whose frontier is the probability of the option with the
//! lowest mean.

use super::{Cell, Column, Meaning, Table};
use crate::engine::Results;
use crate::stats::Estimate;

/// What candidates are compared along.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Along {
    /// The months: costs so far, of those that are live.
    Months,
    /// Requests of a month.
    Volumes,
    /// What every bad answer of every option costs.
    FailureCosts,
}

impl Along {
    const ALL: [Along; 3] = [Along::Months, Along::Volumes, Along::FailureCosts];

    fn word(self) -> &'static str {
        match self {
            Along::Months => "month",
            Along::Volumes => "requests_per_month",
            Along::FailureCosts => "cost_per_failure",
        }
    }

    /// Its values; none where the scenario has no such axis.
    pub fn values(self, results: &Results) -> Vec<f64> {
        match self {
            Along::Months => (1..=results.model.horizon).map(f64::from).collect(),
            Along::Volumes => results.volumes.iter().copied().filter(|volume| *volume > 0.0).collect(),
            Along::FailureCosts => results.failure_costs.clone(),
        }
    }

    /// By value: the probability that a candidate is the cheapest.
    pub fn p_cheapest(self, results: &Results, option: usize) -> Vec<Option<Estimate>> {
        match self {
            Along::Months => months(results).map(|month| results.p_cheapest_by_month(option, month)).collect(),
            Along::Volumes => results.p_cheapest_by_volume(option),
            Along::FailureCosts => results.p_cheapest_by_failure_cost(option),
        }
    }

    /// By value: what a candidate costs on average, where it can be chosen.
    fn mean(self, results: &Results, option: usize) -> Vec<Option<Estimate>> {
        let live = |month| results.p_live(option, month).filter(|p| p.value > 0.0);
        match self {
            Along::Months => months(results).map(|m| live(m).and(results.cumulative(option, m)[0])).collect(),
            Along::Volumes => results.mean_by_volume(option),
            Along::FailureCosts => results.mean_by_failure_cost(option),
        }
    }

    /// By value: the candidate with the lowest mean; of equal ones the first.
    pub fn frontier(self, results: &Results) -> Vec<Option<usize>> {
        let candidates = results.model.candidates();
        let means: Vec<_> = candidates.iter().map(|i| self.mean(results, *i)).collect();
        let cheapest = |k: usize| {
            let known = candidates.iter().zip(&means).filter_map(|(i, means)| Some((*i, means[k]?.value)));
            known.reduce(|best, next| if next.1 < best.1 { next } else { best }).map(|(i, _)| i)
        };
        (0..self.values(results).len()).map(cheapest).collect()
    }
}

fn months(results: &Results) -> impl Iterator<Item = u32> + use<> {
    1..=results.model.horizon
}

pub(super) fn table(results: &Results) -> Table {
    let about = [
        Column::words("option", Meaning::Subject),
        Column::words("axis", Meaning::Axis),
        Column::number("value", Meaning::Value),
    ];
    let chance = Column::share("p_cheapest", Meaning::PCheapest).with_error();
    let frontier = Column::words("on_frontier", Meaning::OnFrontier);
    let mut table = Table::new("acceptability", about.into_iter().chain(chance).chain([frontier]));
    for along in Along::ALL {
        let (values, frontier) = (along.values(results), along.frontier(results));
        for i in results.model.candidates() {
            let chances = along.p_cheapest(results, i);
            for (k, value) in values.iter().enumerate() {
                let words = [&*results.model.options[i].name, along.word()];
                let mut row: Vec<Cell> = words.map(Cell::text).into();
                row.push(Cell::Number(*value));
                row.extend(Cell::estimate(chances[k]));
                row.push(Cell::text(if frontier[k] == Some(i) { "true" } else { "false" }));
                table.rows.push(row);
            }
        }
    }
    table
}
