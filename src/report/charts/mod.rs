//! Results to charts: each beside the CSV that holds its numbers.

mod acceptability;
mod bad_futures;
mod break_even;
mod costs;
mod information;
mod inputs;
mod lines;
mod one_way;
mod slide;
mod spend;

use super::criterion::at;
use super::format::{money, percent};
use super::heading;
use super::labels;
use crate::chart::{self, AxisUnit, ChartError, ChartStyle, Heading};
use crate::engine::Results;
use crate::stats::{Estimate, Order};
use crate::tables::{Verdict, variable_order};

/// A chart of a run, for the folder and for the page.
pub(super) struct Chart {
    /// Its file, without extension.
    pub key: &'static str,
    /// What it is about, above it on the page.
    pub title: &'static str,
    /// How to read it.
    pub reading: fn(&Words<'_>) -> String,
    /// Whether there is anything to be drawn.
    applies: fn(&Results, &Verdict) -> bool,
    draw: fn(&Results, &Verdict, ChartStyle) -> Result<Vec<u8>, ChartError>,
}

/// Words of a scenario in what is said on how to read its charts.
pub(super) struct Words<'a> {
    /// What trials are.
    pub unit: &'a str,
    /// The name of the baseline.
    pub baseline: &'a str,
}

/// A chart as a file, or why it cannot be drawn.
type Drawn = Result<Vec<u8>, ChartError>;

/// Letters of an option's name in a legend.
const LABEL: usize = 36;

const CHARTS: [Chart; 16] = [
    slide::VERDICT,
    costs::HISTOGRAM,
    costs::HISTOGRAM_CUMULATIVE,
    costs::HISTOGRAM_SAVING,
    break_even::BREAK_EVEN,
    break_even::BREAK_EVEN_VOLUME,
    acceptability::ACCEPTABILITY,
    acceptability::BY_FAILURE_COST,
    costs::CUMULATIVE,
    lines::COST_LINES,
    lines::LEDGER,
    spend::SPEND,
    inputs::INPUTS,
    one_way::ONE_WAY,
    information::VALUE_OF_INFORMATION,
    bad_futures::TAIL,
];

/// The files of every chart in every format.
pub fn chart_names() -> Vec<String> {
    CHARTS.iter().flat_map(|chart| ["png", "svg"].map(|e| format!("{}.{e}", chart.key))).collect()
}

/// All charts of a run, with the names of their files. A chart that cannot be drawn does not keep the others back.
pub fn charts(results: &Results, style: ChartStyle) -> Vec<(String, Drawn)> {
    let file = |(chart, drawn): (Chart, Drawn)| (format!("{}.{}", chart.key, style.format.extension()), drawn);
    described(results, style).map(file).collect()
}

/// The same with what is said of them.
pub(super) fn described(results: &Results, style: ChartStyle) -> impl Iterator<Item = (Chart, Drawn)> {
    let verdict = Verdict::new(results);
    CHARTS.into_iter().filter_map(move |chart| {
        let drawn = (chart.applies)(results, &verdict).then(|| (chart.draw)(results, &verdict, style))?;
        Some((chart, drawn))
    })
}

/// Whether options are compared: without challengers there is no break-even to draw.
fn compares(results: &Results, _: &Verdict) -> bool {
    !results.model.challengers().is_empty()
}

fn name(results: &Results, option: usize) -> &str {
    &results.model.options[option].name
}

/// An option's name where there is little room.
fn label(results: &Results, option: usize) -> String {
    labels::label(&results.model, option, LABEL)
}

/// Of amounts of money.
fn unit(results: &Results) -> AxisUnit {
    AxisUnit::of_currency(&results.scenario.currency)
}

/// Which month is the first, where the scenario says so.
fn first_month(results: &Results) -> Option<chart::MonthOne> {
    let (year, month) = results.scenario.simulation.start?.month_one();
    Some(chart::MonthOne { year, month })
}

/// The months on an axis.
fn months_scale(results: &Results) -> chart::XScale {
    chart::XScale::Months(first_month(results))
}

/// Of a chart of discounted costs, or of what follows from them, made of so many trials.
fn heading(results: &Results, title: String, what: &str, trials: u64) -> Heading {
    let rests_on = [what.to_owned(), heading::span(&results.model), some_trials(results, trials)];
    heading::heading(&results.scenario, title, &rests_on)
}

/// So many of the trials.
fn some_trials(results: &Results, trials: u64) -> String {
    let trials = crate::number::grouped(trials as f64, 0);
    format!("{trials} simulated {}", results.scenario.simulation.trials_are.word())
}

/// The verdict as a title.
fn finding(results: &Results, verdict: &Verdict) -> String {
    let choice = name(results, verdict.choice);
    let Some((rival, margin)) = verdict.rival.zip(verdict.margin) else {
        return format!("What {choice} costs");
    };
    if verdict.order == Order::Equal {
        return format!("{choice} and {} cost the same", name(results, rival));
    }
    if verdict.too_close {
        return format!("{choice} and {} are too close to call", name(results, rival));
    }
    let amount = money(&results.scenario.currency, margin);
    let at = at(verdict.criterion, results.scenario.simulation.trials_are.word());
    format!("{choice} costs {amount} less than {} {at}", name(results, rival))
}

/// A share of the trials, in words.
fn share_of_trials(results: &Results, p: Estimate) -> String {
    let unit = results.scenario.simulation.trials_are.word();
    match p.value {
        0.0 => format!("practically none of the {unit}"),
        1.0 if results.is_certain() => format!("all {unit}"),
        1.0 => format!("practically all {unit}"),
        _ => format!("{} of {unit}", percent(p, results.design.trials())),
    }
}

/// A point of a curve with its 95 % band.
pub(super) fn point(x: f64, p: Option<Estimate>) -> chart::CurvePoint {
    let y = p.map_or(f64::NAN, |e| e.value);
    let reach = p.and_then(|e| e.half_width(0.95)).unwrap_or(0.0);
    chart::CurvePoint { x, y, low: (y - reach).max(0.0), high: (y + reach).min(1.0) }
}

/// A point of a mean's curve with its 95 % band.
fn mean_point(x: f64, mean: Option<Estimate>) -> chart::CurvePoint {
    let y = mean.map_or(f64::NAN, |e| e.value);
    let reach = mean.and_then(|e| e.half_width(0.95)).unwrap_or(0.0);
    chart::CurvePoint { x, y, low: y - reach, high: y + reach }
}

/// The share that a variable explains by itself of how the closest challenger's saving varies, or without one the only
/// option's total.
fn explained(results: &Results, verdict: &Verdict, variable: usize) -> Option<Estimate> {
    let shares = &results.information.first_order[variable];
    match verdict.closest {
        Some(option) => shares[option][1],
        None => shares[results.model.baseline][0],
    }
}

/// The variables by what they explain, the most first; of equal ones in the order of the file.
fn by_explained(results: &Results, verdict: &Verdict) -> Vec<usize> {
    let mut order = variable_order(results);
    let share = |v: usize| explained(results, verdict, v).map_or(f64::NEG_INFINITY, |e| e.value);
    order.sort_by(|a, b| share(*b).total_cmp(&share(*a)));
    order
}
