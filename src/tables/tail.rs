//! `tail.csv`: where the inputs lie in futures that turn out badly.

use super::{Cell, Column, Meaning, Table, variable_order};
use crate::engine::Results;

pub(super) fn table(results: &Results) -> Table {
    let about = ["option", "tail", "input"].map(|key| Column::words(key, Meaning::Subject));
    let rank = Column::share("mean_rank", Meaning::MeanRank).with_error();
    let share = Column::share("share_of_trials", Meaning::ShareOfTrials);
    let mut table = Table::new("tail", about.into_iter().chain(rank).chain([share]));
    for futures in &results.bad_futures {
        for v in variable_order(results) {
            let option = &results.model.options[futures.option].name;
            let words = [option, futures.why.word(), &results.model.program.variables[v].name];
            let mut row: Vec<Cell> = words.map(Cell::text).into();
            row.extend(Cell::estimate(futures.mean_ranks[v]));
            row.push(Cell::Number(futures.share));
            table.rows.push(row);
        }
    }
    table
}
