//! What a sensitivity study says on the terminal. Lines fit 80 columns.

use super::format::{CERTAIN, money, percent};
use super::grid::{TextGrid, fit, wrap};
use super::input_value::input_value;
use super::labels::label;
use super::screen::WIDTH;
use crate::engine::Results;
use crate::number::grouped;
use crate::sensitivity::{Outcome, Shares, Study, Swing};
use crate::stats::Estimate;
use crate::tables::{input_name, longest_first};

/// How many inputs are shown.
const INPUTS: usize = 10;
/// Columns of an input's name.
const NAME: usize = 38;
/// How many flip points are shown.
const FLIPS: usize = 6;

/// The summary of a study, beside the run of the same scenario.
pub fn study_summary(results: &Results, study: &Study) -> String {
    let screen = Screen { results, study };
    let parts = [screen.title(), screen.tornado(), screen.shares(), screen.flips()];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n")
}

/// The outcome that a decision is made by: the saving of the choice, or of what comes nearest to it.
pub fn main_outcome(results: &Results, study: &Study) -> Option<usize> {
    let total = |i: usize| {
        let place = study.tornado_outcomes.iter().position(|o| *o == Outcome::Total(i));
        place.and_then(|o| study.tornado.base[o]).map_or(f64::INFINITY, |e| e.value)
    };
    let challengers = results.model.challengers();
    let best = challengers.into_iter().min_by(|a, b| total(*a).total_cmp(&total(*b)));
    let wanted = best.map_or(Outcome::Total(study.choice), Outcome::Saving);
    let looked_at = |o: &Outcome| study.outcomes.contains(o);
    let place = study.tornado_outcomes.iter().position(|o| *o == wanted && looked_at(o));
    place.or_else(|| study.tornado_outcomes.iter().position(looked_at))
}

struct Screen<'a> {
    results: &'a Results,
    study: &'a Study,
}

impl Screen<'_> {
    fn money(&self, estimate: Option<Estimate>) -> String {
        estimate.map_or_else(|| "n/a".to_owned(), |e| money(&self.results.scenario.currency, e))
    }

    fn option(&self, option: usize) -> String {
        label(&self.results.model, option, 14)
    }

    fn title(&self) -> String {
        let scenario = &self.results.scenario;
        let trials = grouped(self.study.trials as f64, 0);
        let evaluations = grouped(self.study.evaluations as f64, 0);
        let seed = scenario.simulation.seed;
        let facts = format!("{trials} trials of each, {evaluations} evaluations, seed {seed}");
        format!("{}\n{facts}\n", wrap(&scenario.title, WIDTH))
    }

    /// The longest bars of the tornado of the main outcome.
    fn tornado(&self) -> String {
        let (results, study) = (self.results, self.study);
        let Some(o) = main_outcome(results, study) else { return String::new() };
        let outcome = study.tornado_outcomes[o].name(&results.model);
        let mean = self.money(study.tornado.base[o]);
        let head = wrap(&format!("{outcome} is {mean} on average. One input at a time low and high:"), WIDTH);
        let mut grid = TextGrid::new(&["", "low", "high", "at low", "at high"]);
        let bars = longest_first(study, o);
        let marked = bars.iter().take(INPUTS).any(|bar| bar.cheapest != [study.choice; 2]);
        bars.iter().take(INPUTS).for_each(|bar| grid.row(self.bar(bar, o, marked)));
        let mut text = format!("{head}\n{}", grid.render(WIDTH));
        if marked {
            let choice = &results.model.options[study.choice].name;
            text += &wrap(&format!("* there another option than {choice} is the cheapest on average"), WIDTH);
            text.push('\n');
        }
        if bars.len() > INPUTS {
            text += &format!("and {} more in tornado.csv\n", bars.len() - INPUTS);
        }
        if bars.is_empty() { String::new() } else { text }
    }

    /// A bar of the tornado of an outcome: the input, its ends, and the means there. Where some are marked, the others are
    /// moved to stand below them.
    fn bar(&self, bar: &Swing, outcome: usize, marked: bool) -> Vec<String> {
        let variable = &self.results.model.program.variables[bar.variable];
        let written = |x: f64| input_value(&self.results.scenario, variable, Estimate::exact(x));
        let mean = |end: usize| {
            let mark = match (bar.cheapest[end] != self.study.choice, marked) {
                (true, _) => "*",
                (false, true) => " ",
                (false, false) => "",
            };
            self.money(bar.means[end][outcome]) + mark
        };
        let [low, high] = bar.values.map(written);
        vec![fit(&variable.name, NAME), low, high, mean(0), mean(1)]
    }

    /// How much of the variance of what matters to the decision each input explains.
    fn shares(&self) -> String {
        let (results, study) = (self.results, self.study);
        let main = main_outcome(results, study).map(|o| study.tornado_outcomes[o]);
        let matters = |o: &Outcome| match (main, o) {
            (Some(Outcome::Saving(i)), Outcome::PaidBack(k)) => i == *k,
            (main, o) => main == Some(*o) || matches!(o, Outcome::Regret(_)),
        };
        let columns: Vec<usize> = (0..study.outcomes.len())
            .filter(|o| matters(&study.outcomes[*o]) && study.shares[*o].iter().any(|s| explained(s).is_some()))
            .collect();
        if columns.is_empty() || study.inputs.is_empty() {
            return String::new();
        }
        let mut header = vec!["Share of the variance"];
        header.extend(columns.iter().map(|o| heading(study.outcomes[*o])));
        let mut grid = TextGrid::new(&header);
        for k in self.most_telling(&columns).into_iter().take(INPUTS) {
            let share = |o: &usize| explained(&study.shares[*o][k]).map_or("n/a".to_owned(), share_text);
            let mut row = vec![fit(&input_name(&results.model, study.inputs[k]), NAME)];
            row.extend(columns.iter().map(share));
            grid.row(row);
        }
        grid.render(WIDTH) + &wrap(self.meaning(), WIDTH) + "\n"
    }

    fn meaning(&self) -> &'static str {
        let effects = self.study.shares.iter().flatten().any(|s| s.shapley.is_some());
        match (self.study.correlated, effects) {
            (true, _) => {
                "Shapley effects, which share out what inputs explain together. Some inputs are correlated: those have \
                 no Sobol indices, which would count what they have in common twice or not at all."
            }
            (false, true) => "Shapley effects, which share out what inputs explain together and add up to 100 %.",
            (false, false) => "Sobol indices of total order: alone or together with others, so that they may overlap.",
        }
    }

    /// The inputs by what they explain of the first of some outcomes, then of the next.
    fn most_telling(&self, columns: &[usize]) -> Vec<usize> {
        let value = |o: usize, k: usize| explained(&self.study.shares[o][k]).map_or(-1.0, |e| e.value);
        let mut order: Vec<usize> = (0..self.study.inputs.len()).collect();
        let most = |k: usize| columns.iter().map(|o| value(*o, k)).fold(-1.0, f64::max);
        order.sort_by(|a, b| {
            value(columns[0], *b).total_cmp(&value(columns[0], *a)).then(most(*b).total_cmp(&most(*a)))
        });
        order
    }

    fn flips(&self) -> String {
        let variables = &self.results.model.program.variables;
        let looked_at = |v: &usize| self.study.tornado.bars.iter().any(|bar| bar.variable == *v);
        let mut lines = Vec::new();
        for (v, crossings) in self.results.information.crossings.iter().enumerate().filter(|(v, _)| looked_at(v)) {
            for crossing in crossings {
                let Some(at) = crossing.at else { continue };
                let written = |x: f64| {
                    let error = Estimate { value: x, ..at };
                    input_value(&self.results.scenario, &variables[v], error)
                };
                let error = at.half_width(0.95).map_or(String::new(), |r| format!(" ± {}", written(one_digit(r))));
                let value = written(at.value);
                let name = fit(&variables[v].name, NAME);
                let change = format!("{} below, {} above", self.option(crossing.below), self.option(crossing.above));
                lines.push(wrap(&format!("{name} {value}{error}: {change}"), WIDTH));
            }
        }
        let rest = lines.len().saturating_sub(FLIPS);
        lines.truncate(FLIPS);
        if rest > 0 {
            lines.push(format!("and {rest} more in flip_points.csv"));
        }
        let head = match lines.is_empty() {
            true => "No input by itself changes which option is the cheapest on average.",
            false => "Where the option that is cheapest on average changes:",
        };
        format!("{head}\n{}", lines.iter().map(|line| format!("{line}\n")).collect::<String>())
    }
}

/// The Shapley effect, or where there is none the index of total order.
pub(super) fn explained(shares: &Shares) -> Option<Estimate> {
    shares.shapley.or(shares.index.total)
}

/// An error in one digit.
fn one_digit(reach: f64) -> f64 {
    format!("{reach:.0e}").parse().unwrap_or(reach)
}

/// Whether a share is known too badly to be written in percent alone.
pub(super) fn is_vague(share: Estimate) -> bool {
    share.half_width(0.95).is_none_or(|reach| reach > VAGUE)
}

fn heading(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Total(_) => "total",
        Outcome::Saving(_) => "saving",
        Outcome::PaidBack(_) => "ever paid back",
        Outcome::Regret(_) => "regret",
    }
}

/// A share that is known so badly is written with its error.
const VAGUE: f64 = 0.05;

/// A share in percent; noise around nothing is 0. One of which little is known comes with its 95 % error.
pub(super) fn share_text(share: Estimate) -> String {
    let error = share.std_error.unwrap_or(0.0);
    // An outcome that hardly ever varies, in a few randomisations only, has shares of unknown error.
    let Some(reach) = share.half_width(0.95) else { return "n/a".to_owned() };
    match share.value {
        x if is_vague(share) => format!("{:.0} ± {:.0} %", 100.0 * x, 100.0 * reach),
        x if x < 2.0 * error || x < 0.0005 => "0 %".to_owned(),
        x if x >= 1.0 => format!("{:.0} %", 100.0 * x),
        _ => percent(share, CERTAIN),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_written_as_far_as_it_is_known() {
        let of = |value: f64, error: f64| share_text(Estimate::new(value, error, 15.0).unwrap());
        assert_eq!(of(0.34, 0.003), "34 %");
        assert_eq!(of(0.0007, 0.0005), "0 %");
        assert_eq!(of(0.3, 0.1), "30 ± 21 %");
        assert_eq!(of(0.08, f64::INFINITY), "n/a");
    }
}
