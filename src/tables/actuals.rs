//! `actuals.csv`: what was seen of each month, and where that lies among the trials.

use super::{Cell, Column, Meaning, Table};
use crate::actuals::{Actuals, Figure, UseMetric};
use crate::scenario::Start;

/// The table of months of a log against a scenario that begins with `start`.
pub fn actuals_table(start: Start, actuals: &Actuals) -> Table {
    let about = [Column::words("period_start", Meaning::PeriodStart), Column::words("metric", Meaning::Subject)];
    let mean = Column::number("mean", Meaning::Mean);
    let percentile = Column::share("percentile", Meaning::PercentileOfActual);
    let errors = [mean.error(), percentile.error()];
    let quantiles = ["p5", "p50", "p95"].map(|key| Column::number(key, Meaning::Percentiles));
    let figures = [Column::number("actual", Meaning::Actual), mean].into_iter().chain(quantiles).chain([percentile]);
    let mut table = Table::new("actuals", about.into_iter().chain(figures).chain(errors));
    for month in &actuals.months {
        let begins = start.period(month.month).to_string();
        table.rows.extend(UseMetric::ALL.map(|metric| row(&begins, metric, month.figure(metric))));
    }
    table
}

fn row(begins: &str, metric: UseMetric, figure: &Figure) -> Vec<Cell> {
    let mut row: Vec<Cell> = [begins, metric.word()].map(Cell::text).into();
    row.push(Cell::maybe(figure.actual));
    row.push(Cell::value(figure.mean));
    row.extend(figure.quantiles.map(Cell::Number));
    row.push(Cell::value(figure.percentile));
    row.extend([figure.mean, figure.percentile].map(Cell::error));
    row
}
