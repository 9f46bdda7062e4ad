//! `trials.csv`: single trials.

use super::{Cell, Column, Meaning, variable_order};
use crate::engine::{Metric, Results, TrialRow};

/// The columns.
pub fn trials_columns(results: &Results) -> Vec<Column> {
    let variables = &results.model.program.variables;
    let input = |v: usize| Column::number(variables[v].name.clone(), Meaning::Subject);
    let mut columns = vec![Column::number("trial", Meaning::Subject)];
    columns.extend(variable_order(results).into_iter().map(input));
    for (i, option) in results.model.options.iter().enumerate() {
        let metric = |m: Metric| Column::amount(format!("{}.{}", option.name, m.word()), m.into());
        columns.extend([Metric::Total, Metric::Monthly].map(metric));
        if i != results.model.baseline {
            columns.push(Column::number(format!("{}.break_even_month", option.name), Meaning::BreakEvenMonth));
        }
    }
    columns
}

/// The cells of a trial.
pub fn trials_row(results: &Results, row: &TrialRow) -> Vec<Cell> {
    let months = f64::from(results.model.horizon);
    let mut cells = vec![Cell::Number(row.trial as f64)];
    cells.extend(variable_order(results).into_iter().map(|v| Cell::Number(row.inputs[v])));
    for (i, total) in row.totals.iter().enumerate() {
        cells.extend([Cell::Number(*total), Cell::Number(total / months)]);
        if i != results.model.baseline {
            cells.push(Cell::maybe(row.break_even[i].map(f64::from)));
        }
    }
    cells
}
