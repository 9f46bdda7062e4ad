//! `spend.csv`: what is paid in each month, quarter and year, and in all.

use super::{Cell, Column, Meaning, Table};
use crate::engine::Results;
use crate::scenario::SpendScope;

pub(super) fn table(results: &Results) -> Table {
    let about = [
        Column::words("option", Meaning::Subject),
        Column::words("period", Meaning::Period),
        Column::words("period_start", Meaning::PeriodStart),
        Column::words("months", Meaning::Period),
        Column::words("scope", Meaning::Scope),
    ];
    let percentiles = ["p5", "p10", "p25", "p50", "p75", "p80", "p90", "p95"];
    let percentiles = percentiles.map(|key| Column::amount(key, Meaning::Percentiles));
    let mean = Column::amount("mean", Meaning::Mean).with_std_error();
    let over = Column::share("p_over_budget", Meaning::POverBudget).with_error();
    let mut table = Table::new("spend", about.into_iter().chain(mean).chain(percentiles).chain(over));
    let against = results.scenario.decision().budget_scope;
    let start = results.scenario.simulation().start;
    for i in results.model.candidates() {
        for (number, period) in results.model.periods.iter().enumerate() {
            let begins = start.map_or(String::new(), |start| start.period(period.first).to_string());
            for scope in SpendScope::ALL {
                let [mean, quantiles @ ..] = results.spend(i, scope, number);
                let words =
                    [&results.model.options[i].name, period.kind.word(), &begins, &period.months(), scope.word()];
                let mut row: Vec<Cell> = words.map(Cell::text).into();
                row.extend(Cell::estimate(mean));
                row.extend(quantiles.map(Cell::value));
                row.extend(Cell::estimate(results.p_over_budget(i, number).filter(|_| scope == against)));
                table.rows.push(row);
            }
        }
    }
    table
}
