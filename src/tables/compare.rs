//! `compare.csv`: what each scenario makes of each option, and how that differs from the first.

use super::{Cell, Column, Meaning, Table};
use crate::compare::{Compared, difference};
use crate::engine::Measure;
use crate::scenario::TrialsAre;

/// The table of scenarios beside each other.
pub fn compare_table(compared: &[Compared]) -> Table {
    let about = ["scenario", "option", "metric"].map(|key| Column::words(key, Meaning::Subject));
    let value = Column::number("value", Meaning::Compared).with_error();
    let changed = Column::number("difference", Meaning::Difference).with_error();
    let mut table = Table::new("compare", about.into_iter().chain(value).chain(changed));
    for (k, Compared { name, results }) in compared.iter().enumerate() {
        let is_portfolio = results.scenario.simulation().trials_are == TrialsAre::Tasks;
        for (i, option) in results.model.options.iter().enumerate() {
            for measure in Measure::ALL.into_iter().filter(|m| !(is_portfolio && *m == Measure::FirstYearSpend)) {
                let found = difference(compared, k, i, measure);
                if found.value.is_none() {
                    continue;
                }
                let mut row: Vec<Cell> = [name, &option.name, measure.word()].map(Cell::text).into();
                row.extend(Cell::estimate(found.value));
                row.extend(Cell::estimate(found.difference));
                table.rows.push(row);
            }
        }
    }
    table
}
