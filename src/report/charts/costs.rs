//! Total and cumulative cost.

use super::super::format::money;
use super::{finding, heading, name, unit};
use crate::chart::{self, ChartError, Style};
use crate::engine::{Metric, Results, Stat};
use crate::stats::Estimate;
use crate::tables::Verdict;

/// The options' bins, which are the same for all, and their width.
fn bins(results: &Results) -> (Vec<f64>, f64, Vec<chart::HistogramSeries>) {
    let value = |i, s| results.metric(i, Metric::Total, s).map_or(f64::NAN, |e| e.value);
    let mut edges = Vec::new();
    let mut series = Vec::new();
    let mut width = 1.0;
    for i in results.model.candidates() {
        let Some(bins) = results.histogram(i, Metric::Total) else { continue };
        (edges, width) = (bins.edges(), bins.width());
        let total = bins.total() as f64;
        let shares: Vec<f64> = bins.counts().iter().map(|c| *c as f64 / total).collect();
        series.push(chart::HistogramSeries {
            name: name(results, i).to_owned(),
            colour: i,
            below: shares[0],
            above: shares[shares.len() - 1],
            shares: shares[1..shares.len() - 1].to_vec(),
            mean: value(i, Stat::Mean),
            p5: value(i, Stat::quantile(0.05)),
            p95: value(i, Stat::quantile(0.95)),
        });
    }
    (edges, width, series)
}

/// With the name of the y axis by the bins' width.
fn chart(results: &Results, verdict: &Verdict, y_label: impl Fn(f64) -> String) -> chart::Histogram {
    let (edges, width, series) = bins(results);
    chart::Histogram {
        heading: heading(results, finding(results, verdict), "Total cost"),
        x_label: format!("total cost over {} months, {}", results.model.horizon, results.scenario.currency),
        unit: unit(results),
        y_label: y_label(width),
        edges,
        series,
    }
}

pub fn histogram(results: &Results, verdict: &Verdict, style: Style) -> Result<Vec<u8>, ChartError> {
    let unit = results.scenario.simulation.trials_are.word();
    let currency = &results.scenario.currency;
    let label = |width: f64| format!("share of {unit} per bin of {}", money(currency, Estimate::exact(width)));
    chart::histogram(&chart(results, verdict, label), style)
}

pub fn histogram_cumulative(results: &Results, verdict: &Verdict, style: Style) -> Result<Vec<u8>, ChartError> {
    let unit = results.scenario.simulation.trials_are.word();
    let label = |_| format!("share of {unit} that cost no more than this");
    chart::histogram_cumulative(&chart(results, verdict, label), style)
}

pub fn cumulative(results: &Results, verdict: &Verdict, style: Style) -> Result<Vec<u8>, ChartError> {
    let series = results.model.candidates().into_iter().map(|i| {
        let months: Vec<u32> = (0..=results.model.horizon).collect();
        let column = |k: usize| -> Vec<f64> {
            months.iter().map(|m| results.cumulative(i, *m)[k].map_or(f64::NAN, |e| e.value)).collect()
        };
        chart::FanSeries {
            name: name(results, i).to_owned(),
            colour: i,
            x: months.iter().map(|m| f64::from(*m)).collect(),
            mean: column(0),
            p5: column(1),
            p25: column(2),
            p50: column(3),
            p75: column(4),
            p95: column(5),
        }
    });
    let chart = chart::Fan {
        heading: heading(results, finding(results, verdict), "Cumulative cost"),
        x_label: "month".to_owned(),
        x_scale: chart::XScale::Months,
        y_label: format!("cost so far, {}", results.scenario.currency),
        unit: unit(results),
        series: series.collect(),
    };
    chart::fan(&chart, style)
}
