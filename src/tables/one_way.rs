//! `one_way.csv`: what each option costs, and how often it is the cheapest, along the range of each input.

use super::{Cell, Column, Meaning, Table, variable_order};
use crate::engine::Results;

pub(super) fn table(results: &Results) -> Table {
    let mut columns = vec![Column::words("input", Meaning::Subject), Column::number("value", Meaning::Value)];
    columns.extend([Column::share("share", Meaning::Share), Column::words("option", Meaning::Subject)]);
    columns.extend(Column::amount("mean_total", Meaning::Mean).with_error());
    columns.extend(Column::share("p_cheapest", Meaning::PCheapest).with_error());
    let mut table = Table::new("one_way", columns);
    for v in variable_order(results) {
        let name = &results.model.program.variables[v].name;
        for slice in &results.information.ranges[v] {
            for (i, option) in results.model.options.iter().enumerate() {
                let p = slice.p_cheapest[i].filter(|_| option.candidate);
                let mut row = vec![Cell::text(name), Cell::Number(slice.value), Cell::Number(slice.share)];
                row.push(Cell::text(&option.name));
                row.extend([slice.totals[i], p].into_iter().flat_map(Cell::estimate));
                table.rows.push(row);
            }
        }
    }
    table
}
