//! `cost_lines.csv`: where the money goes.

use super::{Cell, Table, line_labels};
use crate::engine::Results;

pub(super) fn table(results: &Results) -> Table {
    let header = ["option", "line", "kind", "driver", "mean_total", "std_error", "share", "share_se"];
    let mut table = Table::new("cost_lines", &header);
    for (i, option) in results.model.options.iter().enumerate() {
        for (k, labels) in line_labels(results, i).into_iter().enumerate() {
            let [mean, share] = results.line(i, k);
            let mut row = vec![Cell::text(&option.name)];
            row.extend(labels.map(Cell::text));
            row.extend([Cell::value(mean), Cell::error(mean), Cell::value(share), Cell::error(share)]);
            table.rows.push(row);
        }
    }
    table
}
