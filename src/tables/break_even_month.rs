//! `break_even_month.csv`: the month of breaking even, first and lasting.

use super::{Cell, Table};
use crate::engine::Results;

pub(super) fn table(results: &Results) -> Table {
    let header = ["option", "kind", "p_never", "p_never_se", "p5", "p25", "p50", "p75", "p95"];
    let mut table = Table::new("break_even_month", &header);
    for option in results.model.challengers() {
        for (kind, lasting) in [("first", false), ("lasting", true)] {
            let never = results.p_never(option, lasting);
            let mut row = vec![Cell::text(&results.model.options[option].name), Cell::text(kind)];
            row.extend([Cell::value(never), Cell::error(never)]);
            row.extend(results.break_even_months(option, lasting).map(Cell::maybe));
            table.rows.push(row);
        }
    }
    table
}
