//! `inputs.csv`: the random variables.

use super::{Cell, Column, Meaning, Table, variable_order};
use crate::engine::{ReachedRank, Results, reached_ranks};

pub(super) fn table(results: &Results) -> Table {
    let mut columns = vec![Column::words("input", Meaning::Subject)];
    columns.push(Column::words("distribution", Meaning::Distribution));
    columns.extend([Column::number("mean", Meaning::Mean), Column::number("sd", Meaning::Sd).detail()]);
    columns.extend(["p5", "p50", "p95"].map(|key| Column::number(key, Meaning::Percentiles)));
    columns.push(Column::words("reached_ranks", Meaning::ReachedRanks));
    let mut table = Table::new("inputs", columns);
    let ranks = reached_ranks(&results.scenario, &results.model);
    for v in variable_order(results) {
        let (variable, summary) = (&results.model.program.variables[v], &results.variables[v]);
        let mut row = vec![Cell::text(&variable.name), Cell::text(&variable.written)];
        row.extend([summary.mean, summary.sd].map(Cell::Number));
        row.extend(summary.quantiles.map(Cell::Number));
        row.push(Cell::text(of(v, &ranks, results)));
        table.rows.push(row);
    }
    table
}

/// The rank correlations of a variable that ties keep from what was asked for.
fn of(variable: usize, ranks: &[ReachedRank], results: &Results) -> String {
    let partner = |pair: &ReachedRank| match pair.variables {
        [a, b] if a == variable => Some(b),
        [a, b] if b == variable => Some(a),
        _ => None,
    };
    let text = |pair: &ReachedRank| {
        let name = &results.model.program.variables[partner(pair)?].name;
        Some(format!("{name}={:.2}", pair.reached))
    };
    ranks.iter().filter_map(text).collect::<Vec<_>>().join(";")
}
