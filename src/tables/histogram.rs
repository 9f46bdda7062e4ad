//! `histogram.csv`: counts of trials in equal bins.

use super::{Cell, Column, Meaning, Table};
use crate::engine::{Metric, Results};

pub(super) fn table(results: &Results) -> Table {
    let about = ["option", "metric"].map(|key| Column::words(key, Meaning::Subject));
    let ends = ["low", "high"].map(|key| Column::amount(key, Meaning::Ends));
    let counts = ["count", "density"].map(|key| Column::number(key, Meaning::Count));
    let mut table = Table::new("histogram", about.into_iter().chain(ends).chain(counts));
    table.subjects.extend(Metric::BINNED.map(Meaning::from));
    for (i, option) in results.model.options.iter().enumerate() {
        for metric in Metric::BINNED {
            let Some(bins) = results.histogram(i, metric) else { continue };
            let (edges, counts) = (bins.edges(), bins.counts());
            for (k, count) in counts.iter().enumerate() {
                let (low, high) = (k.checked_sub(1).and_then(|k| edges.get(k)), edges.get(k));
                let inside = low.is_some() && high.is_some();
                let density = *count as f64 / (bins.total() as f64 * bins.width());
                table.rows.push(vec![
                    Cell::text(&option.name),
                    Cell::text(metric.word()),
                    Cell::maybe(low.copied()),
                    Cell::maybe(high.copied()),
                    Cell::Number(*count as f64),
                    Cell::maybe(inside.then_some(density)),
                ]);
            }
        }
    }
    table
}
