//! `break_even_volume.csv`: the probability of being no dearer than the baseline, by volume.

use super::{Cell, Table};
use crate::engine::Results;

pub(super) fn table(results: &Results) -> Table {
    let mut table = Table::new("break_even_volume", &["option", "requests_per_month", "p_cheaper", "p_cheaper_se"]);
    for option in results.model.challengers() {
        for (volume, p) in results.volumes.iter().zip(results.volume_curve(option)) {
            let name = Cell::text(&results.model.options[option].name);
            table.rows.push(vec![name, Cell::Number(*volume), Cell::value(p), Cell::error(p)]);
        }
    }
    table
}
