//! `indices.csv`: how much of each outcome's variance each input explains.

use super::{Cell, Column, Meaning, Table};
use crate::model::Model;
use crate::sensitivity::{Input, Study};

pub(super) fn table(model: &Model, study: &Study) -> Table {
    let about = [Column::words("outcome", Meaning::Outcome), Column::words("input", Meaning::Subject)];
    let figures = [
        Column::share("first_order", Meaning::FirstOrder),
        Column::share("total", Meaning::TotalOrder),
        Column::share("shapley", Meaning::Shapley),
        Column::number("rank_correlation", Meaning::RankCorrelation),
    ];
    let figures = figures.into_iter().flat_map(Column::with_error);
    let mut table = Table::new("indices", about.into_iter().chain(figures));
    for (outcome, shares) in study.outcomes.iter().zip(&study.shares) {
        for (input, shares) in study.inputs.iter().zip(shares) {
            let mut row = vec![Cell::text(outcome.name(model)), Cell::text(input_name(model, *input))];
            let figures = [shares.index.first_order, shares.index.total, shares.shapley, shares.rank];
            row.extend(figures.into_iter().flat_map(Cell::estimate));
            table.rows.push(row);
        }
    }
    table
}

/// What an input is called in tables and charts.
pub fn input_name(model: &Model, input: Input) -> String {
    match input {
        Input::Variable(v) => model.program.variables[v].name.clone(),
        Input::Events => "(random retrains)".to_owned(),
    }
}
