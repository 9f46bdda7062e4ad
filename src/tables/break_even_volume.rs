//! `break_even_volume.csv`: the probability of being no dearer than the baseline, and the mean saving, by volume.

use super::{Cell, Column, Meaning, Table};
use crate::engine::Results;

pub(super) fn table(results: &Results) -> Table {
    let mut columns = vec![Column::words("option", Meaning::Subject)];
    columns.push(Column::amount("requests_per_month", Meaning::RequestsPerMonth));
    columns.extend(Column::share("p_cheaper", Meaning::PCheaper).with_error());
    columns.extend(Column::amount("mean_saving", Meaning::Saving).with_error());
    let mut table = Table::new("break_even_volume", columns);
    for option in results.model.challengers() {
        let curves = results.volume_curve(option).into_iter().zip(results.saving_by_volume(option));
        for (volume, (p, saving)) in results.volumes.iter().zip(curves) {
            let mut row = vec![Cell::text(&results.model.options[option].name), Cell::Number(*volume)];
            row.extend([p, saving].into_iter().flat_map(Cell::estimate));
            table.rows.push(row);
        }
    }
    table
}
