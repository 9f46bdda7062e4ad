//! For the reader: the usual rules of thumb for fine-tuning, answered by numbers where the scenario holds them.

use super::format::short;
use super::screen::{Medium, Screen};
use super::understood::plain;
use crate::engine::{Metric, Stat};
use crate::tables::Challenger;

/// Options of which the rules are answered on a terminal.
const OPTIONS: usize = 2;

impl Screen<'_> {
    /// At least 10,000 good examples, a stable task, and savings that outlive the training cost.
    pub fn rules_of_thumb(&self) -> Vec<String> {
        let room = if self.medium == Medium::Page { usize::MAX } else { OPTIONS };
        let trained = |c: &&Challenger| {
            let training = &self.results.training[c.option];
            training.examples.is_some() || training.retrains.is_some()
        };
        let challengers = self.verdict.challengers.iter().filter(trained).take(room);
        challengers.map(|c| self.rules(c)).collect()
    }

    /// Challengers that would pay back if the horizon did not end before.
    pub fn short_horizon(&self) -> Vec<String> {
        let results = self.results;
        let horizon = f64::from(results.model.horizon);
        let last = |i: usize| results.metric(i, Metric::LastMonth, Stat::Mean).map_or(f64::NAN, |e| e.value);
        let note = |c: &Challenger| {
            let by_month = last(results.model.baseline) - last(c.option);
            let missing = -c.saving[0].map_or(f64::NAN, |e| e.value);
            let months = missing / by_month;
            let unpaid = missing > 0.0 && by_month > 0.0 && c.p_cheaper.is_some_and(|p| p.value < 0.5);
            (unpaid && months <= horizon).then(|| {
                format!(
                    "{} costs less by the month in the end, but has not paid back when the horizon of {horizon} months \
                     ends. At those costs it would after about {:.0} more: a longer horizon may change the choice.",
                    self.name(c.option),
                    months.ceil()
                )
            })
        };
        self.verdict.challengers.iter().filter_map(note).collect()
    }

    fn rules(&self, challenger: &Challenger) -> String {
        let training = &self.results.training[challenger.option];
        let mut answers = Vec::new();
        if let Some(examples) = training.examples {
            let few = match training.few_examples {
                0.0 => "enough".to_owned(),
                1.0 => "too few".to_owned(),
                share if share > 0.995 => format!("too few in nearly all {}", self.unit()),
                share => format!("too few in {:.0} % of {}", 100.0 * share, self.unit()),
            };
            answers.push(format!("10,000 good examples (it has {}, {few})", range(examples)));
        }
        if let Some(retrains) = training.retrains {
            answers.push(format!("a stable task ({} retrains a year)", range(retrains)));
        }
        let outlives = self.percent(challenger.p_cheaper);
        answers.push(format!("savings that outlive the training cost (in {outlives} of {})", self.unit()));
        format!("What rules of thumb ask of {}: {}.", self.name(challenger.option), answers.join("; "))
    }
}

fn range([low, high]: [f64; 2]) -> String {
    let text = |x: f64| if high >= 1000.0 { short(x, 0.0) } else { plain(x) };
    let [low, high] = [low, high].map(text);
    if low == high { low } else { format!("{low} to {high}") }
}
