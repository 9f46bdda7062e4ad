//! What is paid by month.

use super::super::first_year::{first_year, months};
use super::super::format::{money, money_range};
use super::{Chart, Words, heading, label, months_scale, name, some_trials, unit};
use crate::chart::{self, ChartError, ChartStyle};
use crate::engine::Results;
use crate::model::{Period, PeriodKind};
use crate::scenario::SpendScope;
use crate::tables::Verdict;

/// With more years their figures would not fit above the months.
const MOST_YEARS: usize = 8;
/// With more options there is no room above the plot.
const MOST_ROWS: usize = 4;

pub(super) const SPEND: Chart = Chart {
    key: "spend",
    title: "What is paid in each month",
    reading: |Words { unit, .. }| {
        format!(
            "Invoices and people as they are paid, not discounted; bad answers are left out. The thick line is the mean, \
             and 90 % of the {unit} lie between the thin ones. What is paid once is in the first month. Above the months: what the years come to, with \
             their own 90 % range."
        )
    },
    applies: |results, _| results.model.horizon > 1,
    draw: spend,
};

fn spend(results: &Results, verdict: &Verdict, style: ChartStyle) -> Result<Vec<u8>, ChartError> {
    let series = results.model.candidates().into_iter().map(|i| series(results, i));
    let chart = chart::Fan {
        heading: heading::heading(
            &results.scenario,
            title(results, verdict),
            &["Cash in each month, undiscounted".to_owned(), some_trials(results, results.curve_trials())],
        ),
        x_label: "month".to_owned(),
        x_scale: months_scale(results),
        y_label: format!("paid in the month, {}", results.scenario.currency),
        unit: unit(results),
        series: series.collect(),
        spans: years(results),
    };
    chart::fan(&chart, style)
}

/// The months of an option.
fn series(results: &Results, option: usize) -> chart::FanSeries {
    let months = || results.model.periods.iter().enumerate().filter(|(_, period)| period.kind == PeriodKind::Month);
    let column = |k: usize| -> Vec<f64> {
        let amount = |number| results.spend(option, SpendScope::Cash, number)[k].map_or(f64::NAN, |e| e.value);
        months().map(|(number, _)| amount(number)).collect()
    };
    chart::FanSeries {
        name: label(results, option),
        colour: option,
        x: months().map(|(_, period)| f64::from(period.first)).collect(),
        mean: column(0),
        p5: column(1),
        p25: column(3),
        p50: column(4),
        p75: column(5),
        p95: column(8),
    }
}

/// What each option pays in each year, where there are few enough of both.
fn years(results: &Results) -> Vec<chart::Span> {
    let candidates = results.model.candidates();
    let periods = results.model.periods.iter().enumerate();
    let years: Vec<(usize, &Period)> = periods.filter(|(_, period)| period.kind == PeriodKind::Year).collect();
    if years.len() > MOST_YEARS || candidates.len() > MOST_ROWS {
        return Vec::new();
    }
    let span = |(number, period): (usize, &Period)| chart::Span {
        from: f64::from(period.first) - 0.5,
        to: f64::from(period.last) + 0.5,
        name: named(&months(&results.scenario.simulation(), *period)),
        figures: candidates.iter().filter_map(|i| Some((*i, paid(results, *i, number)?))).collect(),
    };
    years.into_iter().map(span).collect()
}

/// What an option pays in a period, with the 90 % range and without.
fn paid(results: &Results, option: usize, period: usize) -> Option<[String; 2]> {
    let currency = &results.scenario.currency;
    let [Some(mean), Some(p5), .., Some(p95)] = results.spend(option, SpendScope::Cash, period) else { return None };
    let short = money(currency, mean);
    let [low, high] = money_range(currency, [p5, p95]);
    let full = if results.is_certain() { short.clone() } else { format!("{short} ({low} to {high})") };
    Some([full, short])
}

/// Months without the word before them.
fn named(months: &str) -> String {
    ["in ", "from "].iter().find_map(|word| months.strip_prefix(word)).unwrap_or(months).to_owned()
}

/// What the choice pays in its years, as far as two lines hold them.
fn title(results: &Results, verdict: &Verdict) -> String {
    let (choice, currency) = (verdict.choice, &results.scenario.currency);
    let Some(first) = first_year(results) else { return "What is paid".to_owned() };
    let of = |number: usize| results.spend(choice, SpendScope::Cash, number);
    let when = |period: Period| months(&results.scenario.simulation(), period);
    let [Some(mean), Some(p5), .., Some(p95)] = of(first) else { return "What is paid".to_owned() };
    let [low, high] = money_range(currency, [p5, p95]);
    let range = if results.is_certain() { String::new() } else { format!(" ({low} to {high})") };
    let begun = format!(
        "{} pays {}{range} {}",
        name(results, choice),
        money(currency, mean),
        when(results.model.periods[first])
    );
    let next = results.model.periods.get(first + 1).filter(|period| period.kind == PeriodKind::Year);
    match next.and_then(|period| Some((of(first + 1)[0]?, *period))) {
        Some((mean, period)) => format!("{begun}, {} {}", money(currency, mean), when(period)),
        None => begun,
    }
}
