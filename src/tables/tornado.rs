//! `tornado.csv`: mean outcomes with one input at a time held low and high, the longest bars first.

use super::{Cell, Column, Meaning, Table};
use crate::model::Model;
use crate::sensitivity::{Study, Swing};

pub(super) fn table(model: &Model, study: &Study) -> Table {
    let mut table = Table::new("tornado", columns());
    let asked = |o: &usize| study.outcomes.contains(&study.tornado_outcomes[*o]);
    for o in (0..study.tornado_outcomes.len()).filter(asked) {
        for bar in longest_first(study, o) {
            table.rows.push(row(model, study, o, bar));
        }
    }
    table
}

fn columns() -> Vec<Column> {
    let held = |key| Column::amount(key, Meaning::OutcomeHeld);
    let ends = [held("outcome_low"), held("outcome_high")];
    let errors = ends.each_ref().map(Column::error);
    let mut columns = vec![Column::words("outcome", Meaning::Outcome), Column::words("input", Meaning::Subject)];
    columns.extend(["low", "high"].map(|key| Column::number(key, Meaning::Ends)));
    columns.extend(ends);
    columns.extend(["cheapest_low", "cheapest_high"].map(|key| Column::words(key, Meaning::Cheapest)));
    columns.extend(errors);
    columns.extend(Column::amount("swing", Meaning::Swing).with_error());
    columns.extend(held("outcome_base").with_error());
    columns
}

/// The bars of an outcome by the length of what they span; those of equal length in the order of the file.
pub fn longest_first(study: &Study, outcome: usize) -> Vec<&Swing> {
    let length = |bar: &Swing| bar.swings[outcome].map_or(-1.0, |swing| swing.value.abs());
    let mut bars: Vec<&Swing> = study.tornado.bars.iter().collect();
    bars.sort_by(|a, b| length(b).total_cmp(&length(a)));
    bars
}

fn row(model: &Model, study: &Study, o: usize, bar: &Swing) -> Vec<Cell> {
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
    row.extend([bar.swings[o], base].into_iter().flat_map(Cell::estimate));
    row
}
