//! `summary.csv`: every metric of every option.

use super::{Cell, Table};
use crate::engine::{Metric, Percentile, Results, Stat};
use crate::scenario::TrialsAre;

const HEADER: [&str; 17] = [
    "option",
    "metric",
    "mean",
    "std_error",
    "sd",
    "min",
    "p1",
    "p5",
    "p10",
    "p25",
    "p50",
    "p75",
    "p90",
    "p95",
    "p99",
    "max",
    "p_cheapest",
];
const TASK_HEADER: [&str; 6] =
    ["share_of_tasks", "share_of_tasks_se", "share_of_money", "share_of_money_se", "mean_of_best", "mean_of_best_se"];

pub(super) fn table(results: &Results) -> Table {
    let mut table = Table::new("summary", &HEADER);
    table.header.push("p_cheapest_se".to_owned());
    table.header.extend(HEADER[6..15].iter().map(|p| format!("{p}_se")));
    let tasks = results.scenario.simulation.trials_are == TrialsAre::Tasks;
    if tasks {
        table.header.extend(TASK_HEADER.iter().map(|h| (*h).to_owned()));
    }
    for (i, option) in results.model.options.iter().enumerate() {
        for metric in Metric::ALL.into_iter().filter(|m| m.applies(&results.model, i)) {
            let mut row = vec![Cell::text(&option.name), Cell::text(metric.word())];
            row.extend(statistics(results, i, metric));
            if tasks {
                row.extend(portfolio(results, i, metric));
            }
            table.rows.push(row);
        }
    }
    table
}

fn statistics(results: &Results, option: usize, metric: Metric) -> Vec<Cell> {
    let stat = |s| results.metric(option, metric, s);
    let quantiles: Vec<_> = Percentile::ALL.map(|level| stat(Stat::Quantile(level))).into();
    let cheapest = results.p_cheapest(option).filter(|_| metric == Metric::Total);
    let mut cells = vec![Cell::value(stat(Stat::Mean)), Cell::error(stat(Stat::Mean)), Cell::value(stat(Stat::Sd))];
    cells.push(Cell::value(stat(Stat::Min)));
    cells.extend(quantiles.iter().map(|q| Cell::value(*q)));
    cells.extend([Cell::value(stat(Stat::Max)), Cell::value(cheapest), Cell::error(cheapest)]);
    cells.extend(quantiles.iter().map(|q| Cell::error(*q)));
    cells
}

/// The figures of a portfolio, in the rows of the totals.
fn portfolio(results: &Results, option: usize, metric: Metric) -> Vec<Cell> {
    let estimates = [results.p_cheapest(option), results.money_share(option), results.best()];
    let shown = estimates.map(|e| e.filter(|_| metric == Metric::Total));
    shown.iter().flat_map(|e| [Cell::value(*e), Cell::error(*e)]).collect()
}
