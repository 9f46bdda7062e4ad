//! `cumulative.csv`: cumulative cost by month, with its bands.

use super::{Cell, Column, Meaning, Table};
use crate::engine::Results;

pub(super) fn table(results: &Results) -> Table {
    let percentiles = ["p5", "p25", "p50", "p75", "p95"].map(|key| Column::amount(key, Meaning::Percentiles));
    let figures: Vec<Column> = [Column::amount("mean", Meaning::Mean)].into_iter().chain(percentiles).collect();
    let about = [Column::words("option", Meaning::Subject), Column::number("month", Meaning::Subject)];
    let errors: Vec<Column> = figures.iter().map(Column::error).collect();
    let mut table = Table::new("cumulative", about.into_iter().chain(figures).chain(errors));
    for (i, option) in results.model.options.iter().enumerate() {
        for month in 0..=results.model.horizon {
            let figures = results.cumulative(i, month);
            let mut row = vec![Cell::text(&option.name), Cell::Number(f64::from(month))];
            row.extend(figures.map(Cell::value));
            row.extend(figures.map(Cell::error));
            table.rows.push(row);
        }
    }
    table
}
