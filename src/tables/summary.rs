//! `summary.csv`: every metric of every option.

use super::{Cell, Column, Meaning, Table};
use crate::engine::{Dearest, Metric, Percentile, Results, Stat};
use crate::scenario::TrialsAre;

pub(super) fn table(results: &Results) -> Table {
    let is_portfolio = results.scenario.simulation.trials_are == TrialsAre::Tasks;
    let mut table = Table::new("summary", columns());
    if is_portfolio {
        table.columns.extend(portfolio_columns());
    }
    table.subjects.extend(Metric::ALL.map(Meaning::from));
    for (i, option) in results.model.options.iter().enumerate() {
        for metric in Metric::ALL.into_iter().filter(|m| m.applies(&results.model, i)) {
            let mut row = vec![Cell::text(&option.name), Cell::text(metric.word())];
            row.extend(statistics(results, i, metric));
            if is_portfolio {
                row.extend(portfolio(results, i, metric));
            }
            table.rows.push(row);
        }
    }
    table
}

/// The errors of the first figures stand beside them, those of percentiles at the end.
fn columns() -> Vec<Column> {
    let mean = Column::amount("mean", Meaning::Mean);
    let extreme = |key| Column::amount(key, Meaning::Extremes).detail();
    let cheapest = Column::share("p_cheapest", Meaning::PCheapest);
    let percentiles = first_percentiles().map(percentile);
    let errors: Vec<Column> = first_percentiles().map(|level| percentile(level).error()).collect();
    let mut columns = vec![Column::words("option", Meaning::Subject), Column::words("metric", Meaning::Subject)];
    columns.extend(mean.with_std_error());
    columns.extend([Column::amount("sd", Meaning::Sd).detail(), extreme("min")]);
    columns.extend(percentiles);
    columns.push(extreme("max"));
    columns.extend(cheapest.with_error());
    columns.extend(errors);
    columns.extend(percentile(Percentile::P80).with_error());
    columns.extend(
        Dearest::ALL
            .into_iter()
            .flat_map(|dearest| Column::amount(dearest.word(), Meaning::Cvar).detail().with_error()),
    );
    columns
}

/// Those of every metric, in the first columns.
fn first_percentiles() -> impl Iterator<Item = Percentile> {
    Percentile::ALL.into_iter().filter(|level| *level != Percentile::P80)
}

fn percentile(percentile: Percentile) -> Column {
    let column = Column::amount(percentile.word(), Meaning::Percentiles);
    match percentile {
        Percentile::P5 | Percentile::P50 | Percentile::P95 | Percentile::P99 => column,
        _ => column.detail(),
    }
}

fn portfolio_columns() -> impl Iterator<Item = Column> {
    let share = |key| Column::share(key, Meaning::ShareOfTasks);
    let best = Column::amount("mean_of_best", Meaning::MeanOfBest);
    [share("share_of_tasks"), share("share_of_money"), best].into_iter().flat_map(Column::with_error)
}

fn statistics(results: &Results, option: usize, metric: Metric) -> Vec<Cell> {
    let stat = |s| results.metric(option, metric, s);
    let quantiles: Vec<_> = first_percentiles().map(|level| stat(Stat::Quantile(level))).collect();
    let risks = [Stat::Quantile(Percentile::P80)].into_iter().chain(Dearest::ALL.map(Stat::Dearest));
    let cheapest = results.p_cheapest(option).filter(|_| metric == Metric::Total);
    let mut cells = Cell::estimate(stat(Stat::Mean)).to_vec();
    cells.extend([Stat::Sd, Stat::Min].map(|s| Cell::value(stat(s))));
    cells.extend(quantiles.iter().copied().map(Cell::value));
    cells.push(Cell::value(stat(Stat::Max)));
    cells.extend(Cell::estimate(cheapest));
    cells.extend(quantiles.into_iter().map(Cell::error));
    cells.extend(risks.flat_map(|risk| Cell::estimate(stat(risk).filter(|_| metric == Metric::Total))));
    cells
}

/// The figures of a portfolio, in the rows of the totals.
fn portfolio(results: &Results, option: usize, metric: Metric) -> impl Iterator<Item = Cell> {
    let estimates = [results.p_cheapest(option), results.money_share(option), results.best()];
    estimates.into_iter().flat_map(move |e| Cell::estimate(e.filter(|_| metric == Metric::Total)))
}
