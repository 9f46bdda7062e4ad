//! `histogram.csv`: counts of trials in equal bins.

use super::{Cell, Table};
use crate::engine::{Metric, Results};

pub(super) fn table(results: &Results) -> Table {
    let mut table = Table::new("histogram", &["option", "metric", "low", "high", "count", "density"]);
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
