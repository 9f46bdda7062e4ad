//! Total and cumulative cost.

use super::super::format::money;
use super::super::scale::CommonBins;
use super::{Chart, Words, compares, finding, heading, label, months_scale, name, share_of_trials, unit};
use crate::chart::{self, ChartError, ChartStyle};
use crate::engine::{Metric, Percentile, Results, Stat};
use crate::stats::Estimate;
use crate::tables::Verdict;

/// A share of the trials that may lie beyond either end of a histogram.
const TAIL: f64 = 0.01;

/// Totals or savings; with the name of the y axis by the bins' width.
fn chart(
    results: &Results,
    (metric, title): (Metric, String),
    y_label: impl Fn(Option<f64>) -> String,
) -> chart::Histogram {
    let (scale, what) = match metric {
        Metric::Saving => (CommonBins::of_savings(results), "Saving"),
        _ => (CommonBins::of(results), "Total cost"),
    };
    let empty = CommonBins { edges: Vec::new(), width: None, rows: Vec::new() };
    let scale = scale.map_or(empty, |scale| scale.without_tails(TAIL));
    let months = results.model.horizon;
    let log = if scale.width.is_none() && !scale.rows.is_empty() { " (logarithmic scale)" } else { "" };
    let subject = match metric {
        Metric::Saving => format!("saved against {}", name(results, results.model.baseline)),
        _ => "total cost".to_owned(),
    };
    chart::Histogram {
        heading: heading(results, title, what, results.design.trials()),
        x_label: format!("{subject} over {months} months, {}{log}", results.scenario.currency),
        unit: unit(results),
        y_label: y_label(scale.width),
        log: !log.is_empty(),
        series: scale.rows.iter().map(|(i, counts)| series(results, (*i, metric), counts)).collect(),
        edges: scale.edges,
    }
}

fn series(results: &Results, (option, metric): (usize, Metric), counts: &[u64]) -> chart::HistogramSeries {
    let value = |s| results.metric(option, metric, s).map_or(f64::NAN, |e| e.value);
    let total = counts.iter().sum::<u64>() as f64;
    let shares: Vec<f64> = counts.iter().map(|c| *c as f64 / total).collect();
    chart::HistogramSeries {
        name: label(results, option),
        colour: option,
        below: shares[0],
        above: shares[shares.len() - 1],
        shares: shares[1..shares.len() - 1].to_vec(),
        mean: value(Stat::Mean),
        p5: value(Stat::Quantile(Percentile::P5)),
        p95: value(Stat::Quantile(Percentile::P95)),
    }
}

/// The name of the y axis of a histogram.
fn share_per_bin(results: &Results, width: Option<f64>) -> String {
    let unit = results.scenario.simulation.trials_are.word();
    match width {
        Some(width) => {
            format!("share of {unit} per bin of {}", money(&results.scenario.currency, Estimate::exact(width)))
        }
        None => format!("share of {unit} per bin"),
    }
}

pub(super) const HISTOGRAM: Chart = Chart {
    key: "histogram",
    title: "What each option may cost in total",
    reading: |Words { unit, .. }| {
        format!(
            "The higher an area, the more {unit} end at that cost. Above it, the dot is the mean and the bar holds \
                 90 % of the {unit}. Where areas overlap, chance decides which option is the cheaper one."
        )
    },
    applies: |_, _| true,
    draw: histogram,
};

fn histogram(results: &Results, verdict: &Verdict, style: ChartStyle) -> Result<Vec<u8>, ChartError> {
    let chart = chart(results, (Metric::Total, finding(results, verdict)), |width| share_per_bin(results, width));
    chart::histogram(&chart, style)
}

pub(super) const HISTOGRAM_SAVING: Chart = Chart {
    key: "histogram_saving",
    title: "What it saves, or costs more",
    reading: |Words { unit, baseline }| {
        format!(
            "What each option saves against {baseline} over the whole time, below zero what it costs more. Nothing is \
                 smoothed: a bar is the share of {unit} that were counted there."
        )
    },
    applies: compares,
    draw: histogram_saving,
};

fn histogram_saving(results: &Results, verdict: &Verdict, style: ChartStyle) -> Result<Vec<u8>, ChartError> {
    let title = saving_title(results, verdict);
    let chart = chart(results, (Metric::Saving, title), |width| share_per_bin(results, width));
    chart::histogram(&chart, style)
}

/// How often the challenger that would be chosen, or else the closest one, costs less.
fn saving_title(results: &Results, verdict: &Verdict) -> String {
    let by_choice = verdict.challengers.iter().find(|c| c.option == verdict.choice);
    let closest = || verdict.challengers.iter().find(|c| Some(c.option) == verdict.closest);
    let Some((challenger, p)) = by_choice.or_else(closest).and_then(|c| Some((c, c.p_cheaper?))) else {
        return "Savings".to_owned();
    };
    let [option, baseline] = [challenger.option, results.model.baseline].map(|i| name(results, i));
    format!("{option} costs no more than {baseline} in {}", share_of_trials(results, p))
}

pub(super) const HISTOGRAM_CUMULATIVE: Chart = Chart {
    key: "histogram_cumulative",
    title: "How likely it is to stay within a budget",
    reading: |Words { unit, .. }| {
        format!(
            "Each line is the share of {unit} that cost at most the amount below it. The further left and the steeper \
                 it rises, the cheaper and the surer the option is."
        )
    },
    applies: |_, _| true,
    draw: histogram_cumulative,
};

fn histogram_cumulative(results: &Results, verdict: &Verdict, style: ChartStyle) -> Result<Vec<u8>, ChartError> {
    let unit = results.scenario.simulation.trials_are.word();
    let label = |_| format!("share of {unit} that cost no more than this");
    chart::histogram_cumulative(&chart(results, (Metric::Total, budget_title(results, verdict)), label), style)
}

/// The budget that the choice keeps within in nine of ten trials.
fn budget_title(results: &Results, verdict: &Verdict) -> String {
    let (choice, unit) = (name(results, verdict.choice), results.scenario.simulation.trials_are.word());
    match results.metric(verdict.choice, Metric::Total, Stat::Quantile(Percentile::P90)) {
        Some(budget) if !results.is_certain() => {
            let budget = money(&results.scenario.currency, budget);
            format!("{choice} costs no more than {budget} in 90\u{a0}% of {unit}")
        }
        _ => finding(results, verdict),
    }
}

/// What the choice has cost by half of the time, and how sure that is.
fn cumulative_title(results: &Results, verdict: &Verdict) -> String {
    let month = results.model.horizon.div_ceil(2);
    let amounts = [0, 1, 5].map(|k| results.cumulative(verdict.choice, month)[k]);
    let [Some(mean), Some(low), Some(high)] = amounts.map(|e| e.map(|e| money(&results.scenario.currency, e))) else {
        return finding(results, verdict);
    };
    let (choice, unit) = (name(results, verdict.choice), results.scenario.simulation.trials_are.word());
    let month = results.scenario.simulation().month(month);
    match results.is_certain() {
        true => format!("{choice} has cost {mean} by {month}"),
        false => format!("{choice} has cost {mean} by {month}; {low} to {high} in 90\u{a0}% of {unit}"),
    }
}

pub(super) const CUMULATIVE: Chart = Chart {
    key: "cumulative",
    title: "How the costs add up",
    reading: |Words { unit, .. }| {
        format!(
            "All that has been spent by the end of each month. The thick line is the mean; 90 % of the {unit} lie \
                 between the thin ones. Month 0 holds what is paid before the start."
        )
    },
    applies: |_, _| true,
    draw: cumulative,
};

fn cumulative(results: &Results, verdict: &Verdict, style: ChartStyle) -> Result<Vec<u8>, ChartError> {
    let series = results.model.candidates().into_iter().map(|i| {
        let months: Vec<u32> = (0..=results.model.horizon).collect();
        let column = |k: usize| -> Vec<f64> {
            months.iter().map(|m| results.cumulative(i, *m)[k].map_or(f64::NAN, |e| e.value)).collect()
        };
        chart::FanSeries {
            name: label(results, i),
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
        heading: heading(results, cumulative_title(results, verdict), "Cumulative cost", results.curve_trials()),
        x_label: "month".to_owned(),
        x_scale: months_scale(results),
        y_label: format!("cost so far, {}", results.scenario.currency),
        unit: unit(results),
        series: series.collect(),
        spans: Vec::new(),
    };
    chart::fan(&chart, style)
}
