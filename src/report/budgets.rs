//! How likely the candidates are to burst a budget.

use super::first_year::months;
use super::format::{money, percent};
use super::grid::TextGrid;
use super::screen::Screen;
use crate::model::PeriodKind;
use crate::scenario::{Scenario, SpendScope};
use crate::stats::Estimate;

/// The kinds of period that have a budget, with its amount.
pub(super) fn budgets(scenario: &Scenario) -> Vec<(PeriodKind, f64)> {
    let decision = scenario.decision();
    PeriodKind::ALL.into_iter().filter_map(|kind| Some((kind, kind.budget(&decision)?))).collect()
}

/// The budgets of a scenario in words, and what counts against them; nothing where there is none.
pub(super) fn described(scenario: &Scenario) -> Option<String> {
    let amount = |x: f64| money(&scenario.currency, Estimate::exact(x));
    let budget = |(kind, x): &(PeriodKind, f64)| match kind {
        PeriodKind::Horizon => format!("{} in all {} months", amount(*x), scenario.simulation.horizon),
        kind => format!("{} a {}", amount(*x), kind.word()),
    };
    let all: Vec<String> = budgets(scenario).iter().map(budget).collect();
    let counted = match scenario.decision().budget_scope {
        SpendScope::Vendor => "of what vendors are paid",
        SpendScope::Cash => "of all that is paid (without bad answers)",
        SpendScope::All => "of all costs, bad answers included",
    };
    (!all.is_empty()).then(|| format!("{}, {counted}, not discounted", all.join(", ")))
}

impl Screen<'_> {
    /// The probability that each candidate spends more than a budget; nothing where there is none.
    pub fn budgets(&self) -> Option<TextGrid> {
        let results = self.results;
        let kinds: Vec<PeriodKind> = budgets(&results.scenario).into_iter().map(|(kind, _)| kind).collect();
        let heads: Vec<String> = kinds.iter().map(|kind| self.where_over(*kind)).collect();
        let mut grid =
            TextGrid::new(&["Over budget"].into_iter().chain(heads.iter().map(String::as_str)).collect::<Vec<_>>());
        let trials = if results.is_certain() { self.chances() } else { results.curve_trials() };
        for i in results.model.candidates() {
            let p = |kind: &PeriodKind| {
                results.p_over_in_any(i, *kind).map_or_else(|| "n/a".to_owned(), |p| percent(p, trials))
            };
            grid.row(std::iter::once(self.label(i)).chain(kinds.iter().map(p)).collect());
        }
        (!kinds.is_empty()).then_some(grid)
    }

    /// Which budgets these are.
    pub fn budgets_described(&self) -> Option<String> {
        Some(format!("The budget is {}.", described(&self.results.scenario)?))
    }

    /// In which period of a kind; named where there is one of it.
    fn where_over(&self, kind: PeriodKind) -> String {
        let results = self.results;
        let mut all = results.model.periods.iter().filter(|period| period.kind == kind);
        match (kind, all.next(), all.next()) {
            (PeriodKind::Horizon, ..) => format!("in all {} months", results.model.horizon),
            (_, Some(only), None) => months(&results.scenario.simulation(), *only),
            _ => format!("in any {}", kind.word()),
        }
    }
}
