//! `one_way.csv`: what each option costs, and how often it is the cheapest, along the range of each input.

use super::{Cell, Table, variable_order};
use crate::engine::Results;

pub(super) fn table(results: &Results) -> Table {
    let header = ["input", "value", "share", "option", "mean_total", "mean_total_se", "p_cheapest", "p_cheapest_se"];
    let mut table = Table::new("one_way", &header);
    for v in variable_order(results) {
        let name = &results.model.program.variables[v].name;
        for slice in &results.information.ranges[v] {
            for (i, option) in results.model.options.iter().enumerate() {
                let p = slice.p_cheapest[i].filter(|_| option.candidate);
                let mut row = vec![Cell::text(name), Cell::Number(slice.value), Cell::Number(slice.share)];
                row.extend([Cell::text(&option.name), Cell::value(slice.totals[i]), Cell::error(slice.totals[i])]);
                row.extend([Cell::value(p), Cell::error(p)]);
                table.rows.push(row);
            }
        }
    }
    table
}
