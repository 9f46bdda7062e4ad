//! `drivers.csv`: the share of the variance of each option's total and saving that each input explains by itself.

use super::{Cell, Table, variable_order};
use crate::engine::{Metric, Results};

pub(super) fn table(results: &Results) -> Table {
    let mut table = Table::new("drivers", &["outcome", "input", "first_order", "first_order_se"]);
    for (k, metric) in [Metric::Total, Metric::Saving].into_iter().enumerate() {
        for (i, option) in results.model.options.iter().enumerate().filter(|(i, _)| metric.applies(&results.model, *i))
        {
            for v in variable_order(results) {
                let share = results.information.first_order[v][i][k];
                let mut row = vec![Cell::text(format!("{}.{}", option.name, metric.word()))];
                row.push(Cell::text(&results.model.program.variables[v].name));
                row.extend([Cell::value(share), Cell::error(share)]);
                table.rows.push(row);
            }
        }
    }
    table
}
