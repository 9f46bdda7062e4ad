//! `value_of_information.csv`: what it would be worth to know each input, and everything, before deciding.

use super::{Cell, Column, Meaning, Table, variable_order};
use crate::engine::Results;
use crate::stats::Estimate;

/// The row of everything.
const EVERYTHING: &str = "(everything)";

pub(super) fn table(results: &Results) -> Table {
    let worth = Column::amount("evppi", Meaning::Evppi);
    let input = Column::words("input", Meaning::Subject);
    let mut table = Table::new("value_of_information", [input].into_iter().chain(worth.with_std_error()));
    for v in variable_order(results) {
        let name = &results.model.program.variables[v].name;
        table.rows.push(row(name, results.information.inputs[v]));
    }
    table.rows.push(row(EVERYTHING, results.information.everything));
    table
}

/// An estimate that is below zero by its error is of something worth nothing.
fn row(name: &str, worth: Option<Estimate>) -> Vec<Cell> {
    vec![Cell::text(name), Cell::maybe(worth.map(|w| w.value.max(0.0))), Cell::error(worth)]
}
