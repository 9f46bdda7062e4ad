//! Total and cumulative cost.

use super::super::format::money;
use super::super::scale::Scale;
use super::{finding, heading, name, unit};
use crate::chart::{self, ChartError, Style};
use crate::engine::{Metric, Results, Stat};
use crate::stats::Estimate;
use crate::tables::Verdict;

/// A share of the trials that may lie beyond either end of a histogram.
const TAIL: f64 = 0.01;

/// With the name of the y axis by the bins' width.
fn chart(results: &Results, verdict: &Verdict, y_label: impl Fn(Option<f64>) -> String) -> chart::Histogram {
    let scale = Scale::of(results).map(|scale| scale.without_tails(TAIL)).unwrap_or(Scale {
        edges: Vec::new(),
        width: None,
        rows: Vec::new(),
    });
    let months = results.model.horizon;
    let log = if scale.width.is_none() && !scale.rows.is_empty() { " (logarithmic scale)" } else { "" };
    chart::Histogram {
        heading: heading(results, finding(results, verdict), "Total cost"),
        x_label: format!("total cost over {months} months, {}{log}", results.scenario.currency),
        unit: unit(results),
        y_label: y_label(scale.width),
        log: !log.is_empty(),
        series: scale.rows.iter().map(|(i, counts)| series(results, *i, counts)).collect(),
        edges: scale.edges,
    }
}

fn series(results: &Results, option: usize, counts: &[u64]) -> chart::HistogramSeries {
    let value = |s| results.metric(option, Metric::Total, s).map_or(f64::NAN, |e| e.value);
    let total = counts.iter().sum::<u64>() as f64;
    let shares: Vec<f64> = counts.iter().map(|c| *c as f64 / total).collect();
    chart::HistogramSeries {
        name: name(results, option).to_owned(),
        colour: option,
        below: shares[0],
        above: shares[shares.len() - 1],
        shares: shares[1..shares.len() - 1].to_vec(),
        mean: value(Stat::Mean),
        p5: value(Stat::quantile(0.05)),
        p95: value(Stat::quantile(0.95)),
    }
}

pub fn histogram(results: &Results, verdict: &Verdict, style: Style) -> Result<Vec<u8>, ChartError> {
    let unit = results.scenario.simulation.trials_are.word();
    let currency = &results.scenario.currency;
    let label = |width: Option<f64>| match width {
        Some(width) => format!("share of {unit} per bin of {}", money(currency, Estimate::exact(width))),
        None => format!("share of {unit} per bin"),
    };
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
