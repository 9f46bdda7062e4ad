//! `break_even_volume.csv`: the probability of being no dearer than the baseline, and the mean saving, by volume.

use super::{Cell, Table};
use crate::engine::Results;

pub(super) fn table(results: &Results) -> Table {
    let mut table = Table::new(
        "break_even_volume",
        &["option", "requests_per_month", "p_cheaper", "p_cheaper_se", "mean_saving", "mean_saving_se"],
    );
    for option in results.model.challengers() {
        let curves = results.volume_curve(option).into_iter().zip(results.saving_by_volume(option));
        for (volume, (p, saving)) in results.volumes.iter().zip(curves) {
            let mut row = vec![Cell::text(&results.model.options[option].name), Cell::Number(*volume)];
            row.extend([p, saving].into_iter().flat_map(|figure| [Cell::value(figure), Cell::error(figure)]));
            table.rows.push(row);
        }
    }
    table
}
