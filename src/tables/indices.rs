//! `indices.csv`: how much of each outcome's variance each input explains.

use super::{Cell, Table};
use crate::model::Model;
use crate::sensitivity::{Input, Study};

const HEADER: [&str; 10] = [
    "outcome",
    "input",
    "first_order",
    "first_order_se",
    "total",
    "total_se",
    "shapley",
    "shapley_se",
    "rank_correlation",
    "rank_correlation_se",
];

pub(super) fn table(model: &Model, study: &Study) -> Table {
    let mut table = Table::new("indices", &HEADER);
    for (outcome, shares) in study.outcomes.iter().zip(&study.shares) {
        for (input, shares) in study.inputs.iter().zip(shares) {
            let mut row = vec![Cell::text(outcome.name(model)), Cell::text(input_name(model, *input))];
            for share in [shares.index.first_order, shares.index.total, shares.shapley, shares.rank] {
                row.extend([Cell::value(share), Cell::error(share)]);
            }
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
