//! `break_even_month.csv`: the month of breaking even, first and lasting.

use super::{Cell, Column, Meaning, Table};
use crate::engine::Results;

pub(super) fn table(results: &Results) -> Table {
    let percentile = |key| Column::number(key, Meaning::Percentiles);
    let mut columns = vec![Column::words("option", Meaning::Subject), Column::words("kind", Meaning::Kind)];
    columns.extend(Column::share("p_never", Meaning::PNever).with_error());
    columns.extend([percentile("p5"), percentile("p25").detail(), percentile("p50")]);
    columns.extend([percentile("p75").detail(), percentile("p95")]);
    let mut table = Table::new("break_even_month", columns);
    for option in results.model.challengers() {
        for (kind, lasting) in [("first", false), ("lasting", true)] {
            let mut row = vec![Cell::text(&results.model.options[option].name), Cell::text(kind)];
            row.extend(Cell::estimate(results.p_never(option, lasting)));
            row.extend(results.break_even_months(option, lasting).map(Cell::maybe));
            table.rows.push(row);
        }
    }
    table
}
