//! `flip_points.csv`: the values of each input at which the option with the lowest mean total changes.

use super::{Cell, Column, Meaning, Table, variable_order};
use crate::engine::Results;
use crate::quantity::Law;

pub(super) fn table(results: &Results, variables: Option<&[usize]>) -> Table {
    let value = Column::number("value", Meaning::Value);
    let mut columns = vec![Column::words("input", Meaning::Subject)];
    columns.extend(value.with_std_error());
    columns.extend(["low", "high"].map(|key| Column::number(key, Meaning::Ends)));
    columns.push(Column::share("p_below", Meaning::Value));
    columns.extend(["cheapest_below", "cheapest_above"].map(|key| Column::words(key, Meaning::CheapestBeside)));
    let mut table = Table::new("flip_points", columns);
    let wanted = |v: &usize| variables.is_none_or(|variables| variables.contains(v));
    for v in variable_order(results).into_iter().filter(wanted) {
        let variable = &results.model.program.variables[v];
        for crossing in &results.information.crossings[v] {
            let Some(at) = crossing.at else { continue };
            let reach = at.half_width(0.95);
            let below = match &variable.law {
                Law::Fixed(quantiles) => quantiles.dist().cdf(at.value),
                Law::Varying(_) | Law::Choice(_) => f64::NAN,
            };
            let mut row = vec![Cell::text(&variable.name), Cell::Number(at.value), Cell::error(Some(at))];
            let ends = crossing.between.map(|values| values.map(Some));
            let ends = ends.unwrap_or([reach.map(|r| at.value - r), reach.map(|r| at.value + r)]);
            row.extend(ends.map(Cell::maybe));
            row.push(Cell::Number(below));
            row.extend([crossing.below, crossing.above].map(|i| Cell::text(&results.model.options[i].name)));
            table.rows.push(row);
        }
    }
    table
}
