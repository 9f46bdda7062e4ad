//! `acceptability.csv`: how likely each candidate is to be the cheapest, by month and by volume, and which is on average. See
//! E. Fenwick, K. Claxton and M. Sculpher, "Representing uncertainty: the role of cost-effectiveness acceptability curves",
//! Health Econ. 10 (2001), whose frontier is the probability of the option with the lowest mean.

use super::{Cell, Column, Meaning, Table};
use crate::engine::Results;
use crate::stats::Estimate;

pub(super) fn table(results: &Results) -> Table {
    let about = [
        Column::words("option", Meaning::Subject),
        Column::words("axis", Meaning::Axis),
        Column::number("value", Meaning::Value),
    ];
    let chance = Column::share("p_cheapest", Meaning::PCheapest).with_error();
    let frontier = Column::words("on_frontier", Meaning::OnFrontier);
    let mut table = Table::new("acceptability", about.into_iter().chain(chance).chain([frontier]));
    let month = |k: usize| k as u32 + 1;
    let months: Vec<f64> = (1..=results.model.horizon).map(f64::from).collect();
    axis(
        &mut table,
        (results, "month", &months),
        |i, k| results.p_cheapest_by_month(i, month(k)),
        |i, k| results.p_live(i, month(k)).filter(|p| p.value > 0.0).and(results.cumulative(i, month(k))[0]),
    );
    if results.volumes.last().is_some_and(|most| *most > 0.0) {
        axis(
            &mut table,
            (results, "requests_per_month", &results.volumes),
            |i, k| results.p_cheapest_by_volume(i)[k],
            |i, k| results.mean_by_volume(i)[k],
        );
    }
    table
}

/// Adds the rows of an axis. `mean` is what a candidate costs there on average, where it can be chosen.
fn axis(
    table: &mut Table,
    (results, word, values): (&Results, &str, &[f64]),
    chance: impl Fn(usize, usize) -> Option<Estimate>,
    mean: impl Fn(usize, usize) -> Option<Estimate>,
) {
    let candidates = results.model.candidates();
    let frontier: Vec<Option<usize>> = (0..values.len()).map(|k| cheapest(results, |i| mean(i, k))).collect();
    for i in &candidates {
        for (k, value) in values.iter().enumerate() {
            let words = [&*results.model.options[*i].name, word];
            let mut row: Vec<Cell> = words.map(Cell::text).into();
            row.push(Cell::Number(*value));
            row.extend(Cell::estimate(chance(*i, k)));
            row.push(Cell::text(if frontier[k] == Some(*i) { "true" } else { "false" }));
            table.rows.push(row);
        }
    }
}

/// The candidate with the lowest mean; of equal ones the first.
fn cheapest(results: &Results, mean: impl Fn(usize) -> Option<Estimate>) -> Option<usize> {
    let means = results.model.candidates().into_iter().filter_map(|i| Some((i, mean(i)?.value)));
    means.reduce(|best, next| if next.1 < best.1 { next } else { best }).map(|(i, _)| i)
}

/// At each volume of the curve the candidate with the lowest mean total.
pub fn frontier_by_volume(results: &Results) -> Vec<Option<usize>> {
    let means: Vec<Vec<Option<Estimate>>> =
        (0..results.model.options.len()).map(|i| results.mean_by_volume(i)).collect();
    (0..results.volumes.len()).map(|k| cheapest(results, |i| means[i][k])).collect()
}
