//! A sensitivity study to charts.

use super::charts::extension;
use super::format::percent;
use super::study::{explained, main_outcome};
use crate::chart::{self, ChartError, Format, Heading};
use crate::engine::Results;
use crate::sensitivity::{Hold, Outcome, Study};
use crate::stats::Estimate;
use crate::tables::input_name;

/// A share below this is not drawn.
const LEAST: f64 = 0.001;

/// The files of every chart in every format.
pub fn study_chart_names() -> Vec<String> {
    ["tornado", "indices"].iter().flat_map(|name| ["png", "svg"].map(|e| format!("{name}.{e}"))).collect()
}

/// The charts of a study, of the outcome that a decision is made by, with the names of their files.
pub fn study_charts(
    results: &Results,
    study: &Study,
    hold: Hold,
    format: Format,
) -> Vec<(String, Result<Vec<u8>, ChartError>)> {
    let Some(outcome) = main_outcome(results, study) else { return Vec::new() };
    let charts = Charts { results, study, outcome };
    let named = |name: &str| format!("{name}.{}", extension(format));
    let mut drawn = Vec::new();
    if !study.tornado.bars.is_empty() {
        //drawn.push((named("tornado"), charts.tornado(hold, format)));
        let _ = hold;
    }
    if let Some(chart) = charts.shares(format) {
        drawn.push((named("indices"), chart));
    }
    drawn
}

struct Charts<'a> {
    results: &'a Results,
    study: &'a Study,
    /// Among those of the tornado.
    outcome: usize,
}

impl Charts<'_> {
    fn of(&self) -> Outcome {
        self.study.tornado_outcomes[self.outcome]
    }

    /// The outcome in words.
    fn words(&self) -> String {
        let name = |i: usize| self.results.model.options[i].name.as_str();
        match self.of() {
            Outcome::Saving(i) => format!("saving of {} against {}", name(i), name(self.results.model.baseline)),
            Outcome::Total(i) => format!("total cost of {}", name(i)),
            other => other.name(&self.results.model),
        }
    }

    fn heading(&self, title: String, what: &str) -> Heading {
        let simulation = &self.results.scenario.simulation;
        let trials = super::format::grouped(self.study.trials as f64, 0);
        let subtitle = format!(
            "{what}, {} months, {trials} {} of each, seed {}",
            simulation.horizon,
            simulation.trials_are.word(),
            simulation.seed
        );
        Heading { title, subtitle }
    }

    fn shares(&self, format: Format) -> Option<Result<Vec<u8>, ChartError>> {
        let o = self.study.outcomes.iter().position(|o| *o == self.of())?;
        let shares = &self.study.shares[o];
        let mut found: Vec<(usize, Estimate)> =
            shares.iter().enumerate().filter_map(|(k, s)| Some((k, explained(s)?))).collect();
        found.retain(|(_, share)| share.value >= LEAST);
        found.sort_by(|a, b| b.1.value.total_cmp(&a.1.value));
        let (most, share) = *found.first()?;
        let name = |k: usize| input_name(&self.results.model, self.study.inputs[k]);
        let bar = |(k, share): &(usize, Estimate)| {
            let (value, reach) = (100.0 * share.value, 100.0 * share.reach(0.95).unwrap_or(0.0));
            chart::Bar {
                name: name(*k),
                colour: Some(0),
                value,
                low: (value - reach).max(0.0),
                high: value + reach,
                note: percent(*share, u64::MAX),
            }
        };
        let effects = shares.iter().any(|s| s.shapley.is_some());
        let what = if effects { "Shapley effects" } else { "Sobol indices of total order" };
        let title = format!("{} explains {} of how the {} varies", name(most), percent(share, u64::MAX), self.words());
        let chart = chart::Bars {
            heading: self.heading(title, what),
            x_label: format!("share of the variance of the {}, %", self.words()),
            bars: found.iter().map(bar).collect(),
        };
        Some(chart::bars(&chart, format))
    }
}
