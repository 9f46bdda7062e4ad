//! `drivers.csv`: the share of the variance of each option's total and saving that each input explains by itself.

use super::{Cell, Column, Meaning, Table, variable_order};
use crate::engine::{Metric, Results};

pub(super) fn table(results: &Results) -> Table {
    let about = [Column::words("outcome", Meaning::Outcome), Column::words("input", Meaning::Subject)];
    let share = Column::share("first_order", Meaning::FirstOrder).with_error();
    let mut table = Table::new("drivers", about.into_iter().chain(share));
    for (k, metric) in [Metric::Total, Metric::Saving].into_iter().enumerate() {
        for (i, option) in results.model.options.iter().enumerate().filter(|(i, _)| metric.applies(&results.model, *i))
        {
            for v in variable_order(results) {
                let share = results.information.first_order[v][i][k];
                let mut row = vec![Cell::text(format!("{}.{}", option.name, metric.word()))];
                row.push(Cell::text(&results.model.program.variables[v].name));
                row.extend(Cell::estimate(share));
                table.rows.push(row);
            }
        }
    }
    table
}
