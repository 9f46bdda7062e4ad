//! `ledger.csv`: every cost line in every month, on average.

use super::{Cell, Column, Meaning, Table, line_columns, line_labels};
use crate::engine::Results;

pub(super) fn table(results: &Results) -> Table {
    let figures = [
        Column::number("mean_units", Meaning::MeanUnits),
        Column::amount("mean_cost", Meaning::MeanCost),
        Column::amount("mean_discounted", Meaning::MeanDiscounted),
    ];
    let errors = figures.each_ref().map(Column::error);
    let about = [Column::words("option", Meaning::Subject), Column::number("month", Meaning::Subject)];
    let columns = about.into_iter().chain(line_columns()).chain(figures).chain(errors);
    let mut table = Table::new("ledger", columns);
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
