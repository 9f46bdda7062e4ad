//! What the money is spent on, in all and by month.

use super::{Chart, first_month, heading, label, name, some_trials, unit};
use crate::chart::{self, ChartError, ChartStyle};
use crate::engine::{Metric, Results, Stat};
use crate::model::Absence;
use crate::tables::{Verdict, line_labels};

pub(super) const COST_LINES: Chart = Chart {
    key: "cost_lines",
    title: "What the totals are made of",
    reading: |_| {
        "What each option costs on average, from left to right by what it is paid for; the number \
                             behind it is the whole."
            .to_owned()
    },
    applies: |_, _| true,
    draw: cost_lines,
};

/// Mean totals by cost line.
fn cost_lines(results: &Results, verdict: &Verdict, style: ChartStyle) -> Result<Vec<u8>, ChartError> {
    let options = results.model.candidates().into_iter().map(|i| {
        let amount = |k: usize| results.line(i, k)[0].map_or(f64::NAN, |e| e.value);
        let labels = labels(results, i).into_iter().enumerate();
        chart::CostBar {
            name: label(results, i),
            lines: labels.map(|(k, label)| (label, amount(k))).collect(),
            total: results.metric(i, Metric::Total, Stat::Mean).map_or(f64::NAN, |e| e.value),
        }
    });
    let amounts = |i: usize, k: usize| results.line(i, k)[0].map_or(0.0, |e| e.value);
    let title = match largest(results, verdict.choice, amounts) {
        Some((label, share)) => largest_title(results, verdict, &label, share),
        None => "What the money is spent on".to_owned(),
    };
    let chart = chart::CostLines {
        heading: heading(results, title, "Mean total cost by cost line", results.detail_trials()),
        x_label: format!("mean total cost over {} months, {}", results.model.horizon, results.scenario.currency),
        unit: unit(results),
        named: chart::largest_lines(&panels(results)),
        options: options.collect(),
    };
    chart::cost_lines(&chart, style)
}

pub(super) const LEDGER: Chart = Chart {
    key: "ledger",
    title: "What the money is spent on",
    reading: |_| {
        "The mean cost of each month, by what it is paid for. A high first column is the price of \
                         getting started; the height later on is what it costs to keep going."
            .to_owned()
    },
    applies: |_, _| true,
    draw: ledger,
};

fn ledger(results: &Results, verdict: &Verdict, style: ChartStyle) -> Result<Vec<u8>, ChartError> {
    let panels = panels(results);
    let what = "Mean cost by month and cost line".to_owned();
    let span = format!("{} months, undiscounted", results.model.horizon);
    let trials = some_trials(results, results.detail_trials());
    let chart = chart::Stacked {
        heading: heading::heading(&results.scenario, ledger_title(results, verdict), &[what, span, trials]),
        x_label: "month".to_owned(),
        first_month: first_month(results),
        y_label: format!("cost of the month, {}", results.scenario.currency),
        unit: unit(results),
        named: chart::largest_lines(&panels),
        panels,
    };
    chart::stacked(&chart, style)
}

/// What each option costs month by month, undiscounted. By these amounts lines have the same colours in all charts.
fn panels(results: &Results) -> Vec<chart::Panel> {
    let months = 0..=results.model.horizon;
    let panel = |i: usize| {
        let mut lines: Vec<chart::StackLine> = Vec::new();
        for (k, label) in labels(results, i).into_iter().enumerate() {
            let values = months.clone().map(|m| results.ledger(i, k, m)[1].map_or(0.0, |e| e.value)).collect();
            // Hours and invoices of one line are one colour: the chart asks what is paid for, not who is paid.
            match lines.iter_mut().find(|l| l.name == label) {
                Some(same) => add(&mut same.values, values),
                None => lines.push(chart::StackLine { name: label, values }),
            }
        }
        chart::Panel { name: label(results, i), lines }
    };
    results.model.candidates().into_iter().map(panel).collect()
}

/// The names of an option's lines. What is paid before the launch is paid for good where the project fails.
fn labels(results: &Results, option: usize) -> Vec<String> {
    let may_fail = results.scenario.options[option].success.is_some();
    let model = &results.model.options[option];
    let absent = |k: usize| model.substitutes.get(k.checked_sub(model.lines.len())?).map(|s| s.absence);
    let suffix = |k| if may_fail && absent(k) == Some(Absence::BeforeLaunch) { " or failed" } else { "" };
    line_labels(results, option).into_iter().enumerate().map(|(k, [label, ..])| label.to_owned() + suffix(k)).collect()
}

/// On the option that would be chosen.
fn largest_title(results: &Results, verdict: &Verdict, label: &str, share: f64) -> String {
    format!("Largest cost of {}: {label}, {:.0} % of all", name(results, verdict.choice), 100.0 * share)
}

fn add(values: &mut [f64], others: Vec<f64>) {
    values.iter_mut().zip(others).for_each(|(a, b)| *a += b);
}

/// The name of the cost lines on which an option spends the most, and their share of all that it spends, by the amount
/// of each line. What it receives does not make its costs smaller.
fn largest(results: &Results, option: usize, amount: impl Fn(usize, usize) -> f64) -> Option<(String, f64)> {
    let labels = labels(results, option);
    let costs: Vec<f64> = (0..labels.len()).map(|k| amount(option, k)).collect();
    let of = |label: &String| std::iter::zip(&labels, &costs).filter(|(l, _)| *l == label).map(|(_, c)| c).sum::<f64>();
    let total: f64 = costs.iter().map(|cost| cost.max(0.0)).sum();
    let shares = labels.iter().map(|label| (label.clone(), of(label) / total)).filter(|(_, s)| s.is_finite());
    shares.max_by(|a, b| a.1.total_cmp(&b.1))
}

/// What the most is spent on.
fn ledger_title(results: &Results, verdict: &Verdict) -> String {
    let undiscounted = |i: usize, k: usize| {
        let months = 0..=results.model.horizon;
        months.map(|m| results.ledger(i, k, m)[1].map_or(0.0, |e| e.value)).sum::<f64>()
    };
    match largest(results, verdict.choice, undiscounted) {
        Some((label, share)) => largest_title(results, verdict, &label, share),
        None => "Where the money goes".to_owned(),
    }
}
