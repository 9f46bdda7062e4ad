//! `ledger.csv`: every cost line in every month, on average.

use super::{Cell, Table, line_labels};
use crate::engine::Results;

pub(super) fn table(results: &Results) -> Table {
    let columns = ["mean_units", "mean_cost", "mean_discounted"];
    let mut table = Table::new("ledger", &["option", "month", "line", "kind", "driver"]);
    table.header.extend(columns.iter().map(|c| (*c).to_owned()));
    table.header.extend(columns.iter().map(|c| format!("{c}_se")));
    for (i, option) in results.model.options.iter().enumerate() {
        let labels: Vec<[Cell; 3]> = line_labels(results, i).into_iter().map(|l| l.map(Cell::text)).collect();
        let option = Cell::text(&option.name);
        for month in 0..=results.model.horizon {
            for (k, labels) in labels.iter().enumerate() {
                let figures = results.ledger(i, k, month);
                let mut row = vec![option.clone(), Cell::Number(f64::from(month))];
                row.extend(labels.iter().cloned());
                row.extend(figures.iter().map(|f| Cell::value(*f)));
                row.extend(figures.iter().map(|f| Cell::error(*f)));
                table.rows.push(row);
            }
        }
    }
    table
}
