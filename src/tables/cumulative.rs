//! `cumulative.csv`: cumulative cost by month, with its bands.

use super::{Cell, Table};
use crate::engine::Results;

pub(super) fn table(results: &Results) -> Table {
    let columns = ["mean", "p5", "p25", "p50", "p75", "p95"];
    let mut table = Table::new("cumulative", &["option", "month"]);
    table.header.extend(columns.iter().map(|c| (*c).to_owned()));
    table.header.extend(columns.iter().map(|c| format!("{c}_se")));
    for (i, option) in results.model.options.iter().enumerate() {
        for month in 0..=results.model.horizon {
            let figures = results.cumulative(i, month);
            let mut row = vec![Cell::text(&option.name), Cell::Number(f64::from(month))];
            row.extend(figures.iter().map(|f| Cell::value(*f)));
            row.extend(figures.iter().map(|f| Cell::error(*f)));
            table.rows.push(row);
        }
    }
    table
}
