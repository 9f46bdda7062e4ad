//! `sweep.csv`: a row for each point of a grid or of a list.

use super::{Cell, Column, Meaning, Table};
use crate::model::Model;
use crate::sweep::{AxisValue, PointFigures, Points, Sweep};

/// The columns; `model` is that of the scenario as it stands.
pub fn sweep_columns(model: &Model, points: &Points) -> Vec<Column> {
    let name = matches!(points, Points::List(_)).then(|| Column::words("name", Meaning::Subject));
    let fields = points.paths().into_iter().map(|path| Column::number(path.to_owned(), Meaning::Subject));
    let mut columns: Vec<Column> = name.into_iter().chain(fields).collect();
    for option in &model.options {
        columns.extend(Column::amount(format!("{}.mean_total", option.name), Meaning::Mean).with_error());
        columns.extend(Column::share(format!("{}.p_cheapest", option.name), Meaning::PCheapest).with_error());
    }
    for option in &model.options {
        let end = |key| Column::amount(format!("{}.{key}", option.name), Meaning::Percentiles);
        columns.extend(["p5_total", "p95_total"].map(end));
    }
    columns.push(Column::words("cheapest", Meaning::Cheapest));
    columns
}

/// The row of a point.
pub fn sweep_row(model: &Model, points: &Points, point: usize, figures: &PointFigures) -> Vec<Cell> {
    let name = if let Points::List(list) = points { Some(Cell::text(list.label(point))) } else { None };
    let mut row: Vec<Cell> = name.into_iter().chain(points.values(point).iter().map(value)).collect();
    for option in &figures.options {
        row.extend([option.total, option.p_cheapest].into_iter().flat_map(Cell::estimate));
    }
    row.extend(figures.options.iter().flat_map(|option| option.range).map(Cell::value));
    row.push(figures.cheapest.map_or(Cell::EMPTY, |i| Cell::text(&model.options[i].name)));
    row
}

/// The table of a grid.
pub fn sweep_table(model: &Model, sweep: &Sweep) -> Table {
    let points = Points::Grid(sweep.axes.clone());
    let mut table = Table::new("sweep", sweep_columns(model, &points));
    table.rows.extend(sweep.points.iter().enumerate().map(|(k, point)| sweep_row(model, &points, k, point)));
    table
}

fn value(value: &AxisValue) -> Cell {
    match value.number {
        Some(x) => Cell::Number(x),
        None if value.text.is_empty() => Cell::EMPTY,
        None => Cell::text(&value.text),
    }
}
