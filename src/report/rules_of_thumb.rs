//! For the reader: the usual rules of thumb for fine-tuning, answered by numbers where the scenario holds them.

use super::format::short;
use super::screen::{Medium, Screen};
use super::understood::plain;
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
            answers.push(format!("10,000 good examples: {}, {few}", range(examples)));
        }
        if let Some(retrains) = training.retrains {
            answers.push(format!("a stable task: {} retrains a year", range(retrains)));
        }
        let outlives = self.percent(challenger.p_cheaper);
        answers.push(format!("savings that outlive the training cost: in {outlives} of {}", self.unit()));
        format!("Rules of thumb for {}: {}.", self.name(challenger.option), answers.join("; "))
    }
}

fn range([low, high]: [f64; 2]) -> String {
    let text = |x: f64| if high >= 1000.0 { short(x, 0.0) } else { plain(x) };
    let [low, high] = [low, high].map(text);
    if low == high { low } else { format!("{low} to {high}") }
}
