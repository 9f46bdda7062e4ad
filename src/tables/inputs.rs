//! `inputs.csv`: the random variables.

use super::{Cell, Table, variable_order};
use crate::engine::Results;

pub(super) fn table(results: &Results) -> Table {
    let mut table = Table::new("inputs", &["input", "distribution", "mean", "sd", "p5", "p50", "p95"]);
    for v in variable_order(results) {
        let (variable, summary) = (&results.model.program.variables[v], &results.variables[v]);
        let mut row = vec![Cell::text(&variable.name), Cell::text(&variable.written)];
        row.extend([summary.mean, summary.sd].map(Cell::Number));
        row.extend(summary.quantiles.map(Cell::Number));
        table.rows.push(row);
    }
    table
}
