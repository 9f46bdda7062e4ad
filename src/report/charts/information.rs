//! What it is worth to know more before deciding.

use super::super::format::money;
use super::{Chart, heading, name, unit};
use crate::chart::{self, ChartError, ChartStyle};
use crate::engine::{Metric, Results, Stat};
use crate::stats::Estimate;
use crate::tables::Verdict;

/// A worth of less than this share of what the choice costs does not fill the chart.
const WORTH_A_LOOK: f64 = 0.01;

pub(super) const VALUE_OF_INFORMATION: Chart = Chart {
    key: "value_of_information",
    title: "What finding out is worth",
    reading: |_| {
        "The longer a bar, the more it pays to find out about that input before \
                                       deciding; no test or quote is worth more than its bar. The thin line is the \
                                       simulation's own error."
            .to_owned()
    },
    applies: |_, verdict| verdict.everything.is_some_and(|worth| worth.value > 0.0),
    draw,
};

fn draw(results: &Results, verdict: &Verdict, style: ChartStyle) -> Result<Vec<u8>, ChartError> {
    let bar = |name: &str, colour: Option<usize>, worth: Estimate| {
        let (value, reach) = (worth.value.max(0.0), worth.half_width(0.95).unwrap_or(0.0));
        let note = money(&results.scenario.currency, Estimate { value, ..worth });
        chart::Bar { name: name.to_owned(), colour, value, low: (value - reach).max(0.0), high: value + reach, note }
    };
    let everything = verdict.everything.map(|worth| bar("everything at once", None, worth));
    let inputs = verdict
        .worth_knowing
        .iter()
        .map(|known| bar(&results.model.program.variables[known.variable].name, Some(0), known.worth));
    let at_stake = results.metric(verdict.choice, Metric::Total, Stat::Mean);
    let stake = at_stake.map_or(String::new(), |mean| {
        let total = money(&results.scenario.currency, mean);
        format!(" ({} costs {total})", name(results, verdict.choice))
    });
    let chart = chart::Bars {
        heading: heading(
            results,
            title(results, verdict),
            "Value of knowing an input exactly beforehand",
            results.detail_trials(),
        ),
        reach: at_stake.map_or(0.0, |mean| WORTH_A_LOOK * mean.value.abs()),
        x_label: format!("mean cost saved over {} months, {}{stake}", results.model.horizon, results.scenario.currency),
        unit: unit(results),
        bars: everything.into_iter().chain(inputs).collect(),
    };
    chart::bars(&chart, style)
}

fn title(results: &Results, verdict: &Verdict) -> String {
    match verdict.worth_knowing.first() {
        Some(known) => {
            let input = &results.model.program.variables[known.variable].name;
            let worth = money(&results.scenario.currency, known.worth);
            format!("Learning {input} before deciding is worth up to {worth}")
        }
        None => "No single input is worth finding out more about before deciding".to_owned(),
    }
}
