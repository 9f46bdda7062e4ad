//! What the futures have in common in which the choice turns out badly.

use super::super::format::{ordinal, percent};
use super::super::heading;
use super::{Chart, name, some_trials};
use crate::chart::{self, AxisUnit, ChartError, ChartStyle};
use crate::engine::{BadFuture, Results};
use crate::stats::Estimate;
use crate::tables::{Telling, Verdict};

/// Inputs that are drawn.
const MOST: usize = 12;
/// How far the axis reaches at least, in percentiles.
const REACH: f64 = 25.0;

pub(super) const TAIL: Chart = Chart {
    key: "tail",
    title: "When the choice turns out badly",
    reading: |_| {
        "The inputs that lie elsewhere than usual in the futures in which the choice is not the cheapest (or, if it always is, in \
         its dearest tenth). A bar to the right: the input is high there; to the left: it is low."
            .to_owned()
    },
    applies: |results, verdict| Telling::new(results, verdict.choice).is_some_and(|found| !found.inputs.is_empty()),
    draw,
};

fn draw(results: &Results, verdict: &Verdict, style: ChartStyle) -> Result<Vec<u8>, ChartError> {
    let found = Telling::new(results, verdict.choice);
    let inputs = found.as_ref().map_or(&[][..], |found| &found.inputs);
    let bar = |(v, rank): &(usize, Estimate)| {
        let off = |rank: f64| 100.0 * (rank - 0.5);
        let reach = rank.half_width(0.95).unwrap_or(0.0);
        chart::Bar {
            name: results.model.program.variables[*v].name.clone(),
            colour: Some(verdict.choice),
            value: off(rank.value),
            low: off(rank.value - reach),
            high: off(rank.value + reach),
            note: format!("{} percentile", ordinal(100.0 * rank.value)),
        }
    };
    let (model, scenario) = (&results.model, &results.scenario);
    let trials = some_trials(results, results.curve_trials());
    let rests_on = [which(results, found.as_ref()), heading::span(model), trials];
    let chart = chart::Bars {
        heading: heading::heading(scenario, title(results, found.as_ref()), &rests_on),
        reach: REACH,
        x_label: "percentiles above or below its median, on average in these futures".to_owned(),
        unit: AxisUnit::Plain,
        bars: inputs.iter().take(MOST).map(bar).collect(),
    };
    chart::bars(&chart, style)
}

fn which(results: &Results, found: Option<&Telling<'_>>) -> String {
    let Some(Telling { futures, .. }) = found else { return String::new() };
    let share = percent(Estimate::exact(futures.share), results.design.trials());
    let (option, unit) = (name(results, futures.option), results.scenario.simulation.trials_are.word());
    match futures.why {
        BadFuture::WrongChoice => format!("The {share} of {unit} in which {option} is not the cheapest"),
        BadFuture::DearestTenth => format!("The dearest tenth of {option}'s {unit}"),
    }
}

fn title(results: &Results, found: Option<&Telling<'_>>) -> String {
    let Some((found, (v, rank))) = found.and_then(|found| Some((found, found.inputs.first()?))) else {
        return "No input lies elsewhere than usual in bad futures".to_owned();
    };
    let way = if rank.value > 0.5 { "high" } else { "low" };
    let (input, option) = (&results.model.program.variables[*v].name, name(results, found.futures.option));
    match found.futures.why {
        BadFuture::WrongChoice => format!("Where {option} is the wrong choice, {input} is mostly {way}"),
        BadFuture::DearestTenth => format!("Where {option} is dearest, {input} is mostly {way}"),
    }
}
