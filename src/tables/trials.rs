//! `trials.csv`: single trials.

use super::{Cell, variable_order};
use crate::engine::{Results, Row};

/// The names of the columns.
pub fn trials_header(results: &Results) -> Vec<String> {
    let variables = &results.model.program.variables;
    let mut header = vec!["trial".to_owned()];
    header.extend(variable_order(results).into_iter().map(|v| variables[v].name.clone()));
    for (i, option) in results.model.options.iter().enumerate() {
        header.extend(["total", "monthly"].map(|m| format!("{}.{m}", option.name)));
        if i != results.model.baseline {
            header.push(format!("{}.break_even_month", option.name));
        }
    }
    header
}

/// The cells of a trial.
pub fn trials_row(results: &Results, row: &Row) -> Vec<Cell> {
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
