//! `sweep.csv`: a row for each point of a grid.

use super::{Cell, Table};
use crate::model::Model;
use crate::sweep::{Point, Sweep};

/// The table of a grid; `model` is that of the scenario as it stands.
pub fn sweep_table(model: &Model, sweep: &Sweep) -> Table {
    let mut table = Table::new("sweep", &[]);
    table.header.extend(sweep.axes.iter().map(|axis| axis.path.clone()));
    for option in &model.options {
        let columns = ["mean_total", "mean_total_se", "p_cheapest", "p_cheapest_se"];
        table.header.extend(columns.iter().map(|column| format!("{}.{column}", option.name)));
    }
    for option in &model.options {
        table.header.extend(["p5_total", "p95_total"].iter().map(|column| format!("{}.{column}", option.name)));
    }
    table.header.push("cheapest".to_owned());
    table.rows.extend(sweep.points.iter().enumerate().map(|(k, point)| row(model, sweep, k, point)));
    table
}

fn row(model: &Model, sweep: &Sweep, k: usize, point: &Point) -> Vec<Cell> {
    let mut row: Vec<Cell> =
        sweep.values(k).map(|v| v.number.map_or_else(|| Cell::text(&v.text), Cell::Number)).collect();
    for (total, p) in point.totals.iter().zip(&point.p_cheapest) {
        row.extend([Cell::value(*total), Cell::error(*total), Cell::value(*p), Cell::error(*p)]);
    }
    row.extend(point.ranges.iter().flatten().map(|end| Cell::value(*end)));
    row.push(point.cheapest.map_or(Cell::EMPTY, |i| Cell::text(&model.options[i].name)));
    row
}
