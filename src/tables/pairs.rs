//! `pairs.csv`: every candidate against every other, trial by trial.

use super::{Cell, Column, Meaning, Table, Verdict};
use crate::engine::Results;

/// With more candidates only pairs with the baseline and with the choice.
const FEW: usize = 12;

pub(super) fn table(results: &Results) -> Table {
    let about = [Column::words("option", Meaning::Subject), Column::words("other", Meaning::Other)];
    let saving = Column::amount("saving", Meaning::Saving).with_error();
    let cheaper = Column::share("p_cheaper", Meaning::PCheaper).with_error();
    let mut table = Table::new("pairs", about.into_iter().chain(saving).chain(cheaper));
    let candidates = results.model.candidates();
    let choice = Verdict::new(results).choice;
    let told = |i: usize| candidates.len() <= FEW || i == results.model.baseline || i == choice;
    for option in &candidates {
        for other in candidates.iter().filter(|other| *other != option && (told(*option) || told(**other))) {
            let names = [option, other].map(|i| Cell::text(&results.model.options[*i].name));
            let mut row: Vec<Cell> = names.into();
            row.extend(Cell::estimate(results.difference(*other, *option)));
            row.extend(Cell::estimate(results.p_cheaper(*option, *other)));
            table.rows.push(row);
        }
    }
    table
}
