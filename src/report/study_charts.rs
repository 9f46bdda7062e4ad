//! A sensitivity study to charts.

use super::heading;
use super::input_value::input_value;
use super::study::{explained, is_vague, main_outcome, share_text};
use super::understood::plain;
use crate::chart::{self, AxisUnit, ChartError, ChartStyle, Heading};
use crate::engine::Results;
use crate::sensitivity::{Hold, Outcome, Study, Swing};
use crate::stats::Estimate;
use crate::tables::{input_name, longest_first};

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
    style: ChartStyle,
) -> Vec<(String, Result<Vec<u8>, ChartError>)> {
    let Some(outcome) = main_outcome(results, study) else { return Vec::new() };
    let charts = Charts { results, study, outcome };
    let named = |name: &str| format!("{name}.{}", style.format.extension());
    let mut drawn = Vec::new();
    if !study.tornado.bars.is_empty() {
        drawn.push((named("tornado"), charts.tornado(hold, style)));
    }
    if let Some(chart) = charts.shares(style) {
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

    /// The option that the outcome is of, in its colour.
    fn option(&self) -> Option<usize> {
        match self.of() {
            Outcome::Total(i) | Outcome::Saving(i) | Outcome::PaidBack(i) | Outcome::Regret(i) => Some(i),
        }
    }

    /// Of the outcome.
    fn unit(&self) -> AxisUnit {
        match self.of() {
            Outcome::PaidBack(_) => AxisUnit::Percent,
            _ => AxisUnit::of_currency(&self.results.scenario.currency),
        }
    }

    fn heading(&self, title: String, what: &str) -> Heading {
        let (scenario, model) = (&self.results.scenario, &self.results.model);
        let trials = crate::number::grouped(self.study.trials as f64, 0);
        let trials = format!("{trials} {} of each", scenario.simulation.trials_are.word());
        heading::heading(scenario, title, &[what.to_owned(), heading::span(model), trials])
    }

    fn tornado(&self, hold: Hold, style: ChartStyle) -> Result<Vec<u8>, ChartError> {
        let (results, study, o) = (self.results, self.study, self.outcome);
        let bar = |bar: &Swing| {
            let name = results.model.program.variables[bar.variable].name.clone();
            chart::TornadoBar { name, low: self.end(bar, 0), high: self.end(bar, 1) }
        };
        let bars: Vec<&Swing> = with_flips(longest_first(study, o), study.choice);
        let of = |u: f64| format!("input at its {} percentile", ordinal(100.0 * u));
        let chart = chart::TornadoChart {
            heading: self.heading(self.tornado_title(&bars), "One input at a time low and high"),
            x_label: match self.unit() {
                AxisUnit::Percent => format!("mean {}", self.words()),
                _ => format!("mean {}, {}", self.words(), results.scenario.currency),
            },
            unit: self.unit(),
            base: value(study.tornado.base[o]),
            low_label: of(hold.ends[0]),
            high_label: of(hold.ends[1]),
            options: results.model.options.iter().enumerate().map(|(i, o)| (o.name.clone(), i)).collect(),
            bars: bars.into_iter().map(bar).collect(),
        };
        chart::tornado(&chart, style)
    }

    /// An end of a bar of the tornado.
    fn end(&self, bar: &Swing, end: usize) -> chart::TornadoEnd {
        let mean = bar.means[end][self.outcome];
        let (outcome, reach) = (value(mean), mean.and_then(|e| e.half_width(0.95)).unwrap_or(0.0));
        let variable = &self.results.model.program.variables[bar.variable];
        let input = input_value(&self.results.scenario, variable, Estimate::exact(bar.values[end]));
        chart::TornadoEnd {
            outcome,
            error: (outcome - reach, outcome + reach),
            input,
            cheapest: Some(bar.cheapest[end]),
        }
    }

    /// What moves the outcome most, or whether any input changes the choice.
    fn tornado_title(&self, bars: &[&Swing]) -> String {
        let name = |bar: &Swing| &self.results.model.program.variables[bar.variable].name;
        let changes = |bar: &&&Swing| bar.cheapest.iter().any(|i| *i != self.study.choice);
        match (bars.iter().filter(changes).count(), bars.first()) {
            (0, Some(first)) => {
                format!("{} moves the {} most; at these ends no input changes the choice", name(first), self.words())
            }
            (1, _) => {
                let one = bars.iter().find(changes).map_or("", |bar| name(bar).as_str());
                format!("Only {one} changes which option is the cheapest on average")
            }
            (n, Some(first)) => {
                format!("{n} inputs can change the choice; {} moves the {} most", name(first), self.words())
            }
            (_, None) => "Nothing is uncertain".to_owned(),
        }
    }

    /// What accounts for most of the outcome, if that is known.
    fn shares_title(&self, most: &str, share: Estimate, effects: bool) -> String {
        let words = self.words();
        match (is_vague(share), effects) {
            (true, _) => format!("More trials are needed to say what the {words} hangs on"),
            (_, true) => format!("{most} accounts for {} of how the {words} varies", share_text(share)),
            (_, false) => format!("{most} is involved in {} of how the {words} varies", share_text(share)),
        }
    }

    fn shares(&self, style: ChartStyle) -> Option<Result<Vec<u8>, ChartError>> {
        let o = self.study.outcomes.iter().position(|o| *o == self.of())?;
        let shares = &self.study.shares[o];
        let mut found: Vec<(usize, Estimate)> =
            shares.iter().enumerate().filter_map(|(k, s)| Some((k, explained(s)?))).collect();
        found.retain(|(_, share)| share.value >= LEAST);
        found.sort_by(|a, b| b.1.value.total_cmp(&a.1.value));
        let (most, share) = *found.first()?;
        let name = |k: usize| input_name(&self.results.model, self.study.inputs[k]);
        let bar = |(k, share): &(usize, Estimate)| {
            let reach = share.half_width(0.95).unwrap_or(0.0);
            chart::Bar {
                name: name(*k),
                colour: self.option(),
                // No share is above the whole, whatever chance makes of it.
                value: share.value.min(1.0),
                low: (share.value - reach).clamp(0.0, 1.0),
                high: (share.value + reach).min(1.0),
                note: share_text(*share),
            }
        };
        let effects = shares.iter().any(|s| s.shapley.is_some());
        let what = if effects { "Shapley effects" } else { "Sobol indices of total order" };
        let title = self.shares_title(&name(most), share, effects);
        let chart = chart::Bars {
            heading: self.heading(title, what),
            x_label: format!("share of the variance of the {}", self.words()),
            unit: AxisUnit::Percent,
            reach: 0.0,
            bars: found.iter().map(bar).collect(),
        };
        Some(chart::bars(&chart, style))
    }
}

/// Bars in their order, but those at which the choice changes among the ones that are drawn.
fn with_flips(bars: Vec<&Swing>, choice: usize) -> Vec<&Swing> {
    let flips = |bar: &&Swing| bar.cheapest.iter().any(|option| *option != choice);
    let mut room = chart::TORNADO_BARS.saturating_sub(bars.iter().filter(|bar| flips(bar)).count());
    let mut drawn = |bar: &&Swing| {
        let has_room = room > 0 && !flips(bar);
        room -= usize::from(has_room);
        has_room || flips(bar)
    };
    let (first, rest): (Vec<&Swing>, Vec<&Swing>) = bars.into_iter().partition(|bar| drawn(bar));
    [first, rest].concat()
}

fn value(estimate: Option<Estimate>) -> f64 {
    estimate.map_or(f64::NAN, |e| e.value)
}

/// `5th`, `92.5th`.
fn ordinal(percent: f64) -> String {
    let text = plain(percent);
    let last = text.chars().last();
    let teen = text.len() > 1 && text.ends_with(['1', '2', '3']) && text[..text.len() - 1].ends_with('1');
    let ending = match last {
        Some('1') if !teen => "st",
        Some('2') if !teen => "nd",
        Some('3') if !teen => "rd",
        _ => "th",
    };
    text + ending
}
