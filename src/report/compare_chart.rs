//! Scenarios beside each other as a chart.

use super::format::money;
use super::heading;
use crate::chart::{self, AxisUnit, ChartError, ChartStyle};
use crate::compare::{Compared, difference};
use crate::engine::Measure;
use crate::stats::Estimate;
use crate::tables::Verdict;

/// The files of every chart in every format.
pub fn compare_chart_names() -> Vec<String> {
    ["png", "svg"].map(|e| format!("compare.{e}")).into()
}

/// The chart of a comparison, with the name of its file.
pub fn compare_charts(compared: &[Compared], style: ChartStyle) -> Vec<(String, Result<Vec<u8>, ChartError>)> {
    let Some(first) = compared.first().map(|first| &first.results) else { return Vec::new() };
    let scenario = &first.scenario;
    let rests_on = ["Mean total".to_owned(), heading::span(&first.model)];
    let bars: Vec<chart::Bar> = (0..compared.len()).flat_map(|k| bars(compared, k)).collect();
    let chart = chart::Bars {
        heading: heading::heading(scenario, title(compared), &rests_on),
        x_label: format!("mean total, {}", scenario.currency()),
        unit: AxisUnit::of_currency(scenario.currency()),
        reach: 0.0,
        bars,
    };
    vec![(format!("compare.{}", style.format.extension()), chart::bars(&chart, style))]
}

/// A bar for each option of a scenario, with how much more or less it costs there than in the first.
fn bars(compared: &[Compared], k: usize) -> Vec<chart::Bar> {
    let Compared { name, results } = &compared[k];
    let first = &compared[0].results.model;
    let bar = |i: usize| {
        let option = &results.model.options[i].name;
        let found = difference(compared, k, i, Measure::Total);
        let value = found.value.unwrap_or(Estimate::UNDEFINED);
        let reach = value.half_width(0.95).unwrap_or(0.0);
        let amount = |e: Estimate| money(results.scenario.currency(), e);
        let sign = |d: &Estimate| if d.value > 0.0 { "+" } else { "" };
        let changed = found.difference.filter(|d| k > 0 && d.value != 0.0);
        let changed = changed.map_or(String::new(), |d| format!(" ({}{})", sign(&d), amount(d)));
        chart::Bar {
            name: format!("{name}: {option}"),
            colour: first.options.iter().position(|known| known.name == *option),
            value: value.value,
            low: value.value - reach,
            high: value.value + reach,
            note: amount(value) + &changed,
        }
    };
    (0..results.model.options.len()).map(bar).collect()
}

/// Whether the choice is the same in all scenarios.
fn title(compared: &[Compared]) -> String {
    let chosen = |found: &Compared| {
        let verdict = Verdict::new(&found.results);
        (!verdict.too_close).then(|| found.results.model.options[verdict.choice].name.clone())
    };
    let all: Vec<Option<String>> = compared.iter().map(chosen).collect();
    let Some(Some(first)) = all.first() else {
        return "Which option is the cheapest is too close to call in some scenarios".to_owned();
    };
    let others: Vec<usize> = (1..all.len()).filter(|k| all[*k].as_ref() != Some(first)).collect();
    match &others[..] {
        [] => format!("{first} is the choice in all {} scenarios", all.len()),
        [k] => match &all[*k] {
            Some(other) => format!("{first} is the choice, but {other} if {}", compared[*k].name),
            None => format!("{first} is the choice, but it is too close to call if {}", compared[*k].name),
        },
        many => format!("{first} is the choice, but in {} of {} scenarios another is", many.len(), all.len()),
    }
}
