//! `cost_lines.csv`: where the money goes.

use super::{Cell, Column, Meaning, Table, line_columns, line_labels};
use crate::engine::Results;

pub(super) fn table(results: &Results) -> Table {
    let mean = Column::amount("mean_total", Meaning::Mean);
    let mut columns = vec![Column::words("option", Meaning::Subject)];
    columns.extend(line_columns());
    columns.extend(mean.with_std_error());
    columns.extend(Column::share("share", Meaning::Share).with_error());
    let mut table = Table::new("cost_lines", columns);
    for (i, option) in results.model.options.iter().enumerate() {
        for (k, labels) in line_labels(results, i).into_iter().enumerate() {
            let mut row = vec![Cell::text(&option.name)];
            row.extend(labels.map(Cell::text));
            row.extend(results.line(i, k).into_iter().flat_map(Cell::estimate));
            table.rows.push(row);
        }
    }
    table
}
