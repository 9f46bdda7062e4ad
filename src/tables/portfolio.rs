//! `portfolio.csv`: what all tasks of a list cost together.

use super::{Cell, Column, Meaning, Table};
use crate::model::Model;
use crate::sweep::Portfolio;

/// The row of what each task's best option costs.
pub const BEST_OF_EACH: &str = "best_of_each";

/// The table; `model` is that of the scenario as it stands.
pub fn portfolio_table(model: &Model, portfolio: &Portfolio) -> Table {
    let mut columns = vec![Column::words("option", Meaning::Subject)];
    columns.extend(Column::amount("mean_total", Meaning::Mean).with_error());
    columns.extend(Column::share("share_of_rows", Meaning::ShareOfRows).with_error());
    columns.extend(Column::share("share_of_money", Meaning::ShareOfTasks).with_error());
    let mut table = Table::new("portfolio", columns);
    table.rows.extend(portfolio.rows().into_iter().map(|row| {
        let name = row.option.map_or(BEST_OF_EACH, |i| &model.options[i].name);
        let figures = [row.total, row.tasks, row.money].into_iter().flat_map(Cell::estimate);
        std::iter::once(Cell::text(name)).chain(figures).collect()
    }));
    table
}
