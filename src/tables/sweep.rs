//! `sweep.csv`: a row for each point of a grid.

use super::{Cell, Column, Meaning, Table};
use crate::model::Model;
use crate::sweep::{GridPoint, Sweep};

/// The table of a grid; `model` is that of the scenario as it stands.
pub fn sweep_table(model: &Model, sweep: &Sweep) -> Table {
    let mut table =
        Table::new("sweep", sweep.axes.iter().map(|axis| Column::number(axis.path.clone(), Meaning::Subject)));
    for option in &model.options {
        table.columns.extend(Column::amount(format!("{}.mean_total", option.name), Meaning::Mean).with_error());
        table.columns.extend(Column::share(format!("{}.p_cheapest", option.name), Meaning::PCheapest).with_error());
    }
    for option in &model.options {
        let end = |key| Column::amount(format!("{}.{key}", option.name), Meaning::Percentiles);
        table.columns.extend(["p5_total", "p95_total"].map(end));
    }
    table.columns.push(Column::words("cheapest", Meaning::Cheapest));
    table.rows.extend(sweep.points.iter().enumerate().map(|(k, point)| row(model, sweep, k, point)));
    table
}

fn row(model: &Model, sweep: &Sweep, k: usize, point: &GridPoint) -> Vec<Cell> {
    let mut row: Vec<Cell> =
        sweep.values(k).map(|v| v.number.map_or_else(|| Cell::text(&v.text), Cell::Number)).collect();
    for (total, p) in point.totals.iter().zip(&point.p_cheapest) {
        row.extend([*total, *p].into_iter().flat_map(Cell::estimate));
    }
    row.extend(point.ranges.iter().flatten().map(|end| Cell::value(*end)));
    row.push(point.cheapest.map_or(Cell::EMPTY, |i| Cell::text(&model.options[i].name)));
    row
}
