//! `tornado.csv`: mean outcomes with one input at a time held low and high, the longest bars first.

use super::{Cell, Table};
use crate::model::Model;
use crate::sensitivity::{Bar, Study};

const HEADER: [&str; 14] = [
    "outcome",
    "input",
    "low",
    "high",
    "outcome_low",
    "outcome_high",
    "cheapest_low",
    "cheapest_high",
    "outcome_low_se",
    "outcome_high_se",
    "swing",
    "swing_se",
    "outcome_base",
    "outcome_base_se",
];

pub(super) fn table(model: &Model, study: &Study) -> Table {
    let mut table = Table::new("tornado", &HEADER);
    let asked = |o: &usize| study.outcomes.contains(&study.tornado_outcomes[*o]);
    for o in (0..study.tornado_outcomes.len()).filter(asked) {
        for bar in longest_first(study, o) {
            table.rows.push(row(model, study, o, bar));
        }
    }
    table
}

/// The bars of an outcome by the length of what they span; those of equal length in the order of the file.
pub fn longest_first(study: &Study, outcome: usize) -> Vec<&Bar> {
    let length = |bar: &Bar| bar.swings[outcome].map_or(-1.0, |swing| swing.value.abs());
    let mut bars: Vec<&Bar> = study.tornado.bars.iter().collect();
    bars.sort_by(|a, b| length(b).total_cmp(&length(a)));
    bars
}

fn row(model: &Model, study: &Study, o: usize, bar: &Bar) -> Vec<Cell> {
    let base = study.tornado.base[o];
    let ends = [0, 1].map(|end| bar.means[end][o]);
    let mut row = vec![
        Cell::text(study.tornado_outcomes[o].name(model)),
        Cell::text(&model.program.variables[bar.variable].name),
    ];
    row.extend(bar.values.map(Cell::Number));
    row.extend(ends.map(Cell::value));
    row.extend(bar.cheapest.map(|i| Cell::text(&model.options[i].name)));
    row.extend(ends.map(Cell::error));
    row.extend([Cell::value(bar.swings[o]), Cell::error(bar.swings[o]), Cell::value(base), Cell::error(base)]);
    row
}
