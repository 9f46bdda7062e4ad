//! `solve.csv`: a row for each value at which a goal is met.

use super::{Cell, Column, Meaning, Table};
use crate::solve::{Meeting, Solution};
use crate::stats::Estimate;

/// The table of a goal seek. A goal that is met all along has rows for the first and the last of these points, which are no
/// estimates.
pub fn solve_table(solution: &Solution) -> Table {
    let mut columns = vec![Column::words("path", Meaning::Path)];
    columns.extend(Column::number("value", Meaning::Value).with_error());
    columns.push(Column::words("goal", Meaning::Goal));
    let mut table = Table::new("solve", columns);
    let values = solution.meetings.iter().flat_map(|meeting| match meeting {
        Meeting::At { value, .. } => vec![*value],
        Meeting::Along { from, to } => [*from, *to].map(Estimate::exact).to_vec(),
    });
    let row = |value: Estimate| {
        let [value, error] = Cell::estimate(Some(value));
        vec![Cell::text(&solution.range.path), value, error, Cell::text(&solution.goal.text)]
    };
    table.rows.extend(values.map(row));
    table
}
