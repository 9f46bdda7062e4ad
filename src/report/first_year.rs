//! What is paid in the first year, undiscounted, as budgets have it.

use super::grid::TextGrid;
use super::screen::Screen;
use crate::engine::Results;
use crate::model::{Period, PeriodKind};
use crate::scenario::Simulation;
use crate::scenario::SpendScope;

/// The number of the first year among the periods of a run.
pub(super) fn first_year(results: &Results) -> Option<usize> {
    results.model.periods.iter().position(|period| period.kind == PeriodKind::Year)
}

/// The months of a period in words: `in months 1-12`, `in 2027`, or `from Nov 2026 to Dec 2026`.
pub(super) fn months(simulation: &Simulation, period: Period) -> String {
    let Some(start) = simulation.start else {
        let many = if period.first == period.last { "" } else { "s" };
        return format!("in month{many} {}", period.months());
    };
    let first = start.period(period.first);
    match (first.month(), period.last - period.first) {
        (1, 11) => format!("in {}", first.year()),
        (_, 0) => format!("in {}", start.name(period.first)),
        _ => format!("from {} to {}", start.name(period.first), start.name(period.last)),
    }
}

impl Screen<'_> {
    /// What the candidates pay in the first year; nothing where trials are tasks, which have no budget.
    pub fn first_year(&self) -> Option<TextGrid> {
        let results = self.results;
        let number = first_year(results).filter(|_| !self.is_portfolio())?;
        let heading = format!("Paid {}", months(&results.scenario.simulation(), results.model.periods[number]));
        let range = self.range_heading();
        let mut grid = TextGrid::new(&[&heading, "mean", &range, "to vendors"]);
        for i in results.model.candidates() {
            let [mean, p5, .., p95] = results.spend(i, SpendScope::Cash, number);
            let vendors = results.spend(i, SpendScope::Vendor, number)[0];
            grid.row(vec![self.label(i), self.money(mean), self.between(p5, p95), self.money(vendors)]);
        }
        Some(grid)
    }
}
