//! What a comparison of scenarios says on the terminal. Lines fit 80 columns.

use serde_json::{Value, json as value};

use super::criterion::at;
use super::format::{chances, money, percent};
use super::grid::{TextGrid, fit, wrap};
use super::json::estimate;
use super::labels::label;
use super::screen::WIDTH;
use crate::compare::{Changed, Compared, changes, difference};
use crate::diagnostic::clean;
use crate::engine::Measure;
use crate::number::grouped;
use crate::stats::Estimate;
use crate::tables::Verdict;

/// Columns of a scenario's name.
const NAME: usize = 20;
/// Options whose totals are shown.
const OPTIONS: usize = 4;
/// Quantities that are said to differ in a scenario.
const CHANGES: usize = 6;
/// Letters of a quantity.
const TEXT: usize = 40;

/// The summary of a comparison.
pub fn compare_summary(compared: &[Compared]) -> String {
    let Some(first) = compared.first() else { return String::new() };
    let screen = Screen { compared, first };
    let parts = [screen.title(), screen.verdicts(), screen.totals(), screen.changes(), screen.notes()];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n")
}

/// What the manifest of a comparison has of each scenario.
pub fn compare_json(compared: &[Compared]) -> Value {
    let one = |found: &Compared| {
        let verdict = Verdict::new(&found.results);
        let name = |i: usize| found.results.model.options[i].name.clone();
        value!({
            "name": found.name,
            "scenario_hash": found.results.scenario.hash(),
            "choice": name(verdict.choice),
            "rival": verdict.rival.map(name),
            "margin": estimate(verdict.margin),
            "too_close_to_call": verdict.too_close,
        })
    };
    compared.iter().map(one).collect()
}

struct Screen<'a> {
    compared: &'a [Compared],
    first: &'a Compared,
}

impl Screen<'_> {
    fn title(&self) -> String {
        let results = &self.first.results;
        let simulation = results.scenario.simulation();
        let (trials, word) = (grouped(results.design.trials() as f64, 0), simulation.sampler.word());
        let facts = format!(
            "{} scenarios over {} months, {trials} {} each ({word}), seed {}",
            self.compared.len(),
            simulation.horizon,
            simulation.trials_are.word(),
            simulation.seed
        );
        format!("{}\n{}\n", wrap(&results.scenario.title, WIDTH), wrap(&facts, WIDTH))
    }

    fn money(&self, amount: Option<Estimate>) -> String {
        amount.map_or_else(|| "-".to_owned(), |e| money(self.first.results.scenario.currency(), e))
    }

    /// The choice in each scenario.
    fn verdicts(&self) -> String {
        let mut grid = TextGrid::new(&["", "choose", "cheaper than next by", "cheapest in"]);
        for Compared { name, results } in self.compared {
            let verdict = Verdict::new(results);
            let margin = match verdict.too_close {
                true => "too close to call".to_owned(),
                false => self.money(verdict.margin),
            };
            let p = verdict.p_cheapest.map_or_else(|| "-".to_owned(), |p| percent(p, chances(results)));
            grid.row(vec![fit(name, NAME), label(&results.model, verdict.choice, NAME), margin, p]);
        }
        grid.render(WIDTH)
    }

    /// What each option costs in the first scenario, and by how much that is more or less in the others.
    fn totals(&self) -> String {
        let model = &self.first.results.model;
        let shown: Vec<usize> = (0..model.options.len()).take(OPTIONS).collect();
        let names: Vec<String> = shown.iter().map(|i| label(model, *i, (WIDTH - NAME) / shown.len() - 3)).collect();
        let mut grid =
            TextGrid::new(&["Mean total"].into_iter().chain(names.iter().map(String::as_str)).collect::<Vec<_>>());
        for (k, Compared { name, results }) in self.compared.iter().enumerate() {
            let of = |i: &usize| {
                let own = &model.options[*i].name;
                let Some(i) = results.model.options.iter().position(|option| option.name == *own) else {
                    return "-".to_owned();
                };
                let found = difference(self.compared, k, i, Measure::Total);
                if k == 0 {
                    self.money(found.value)
                } else {
                    found.difference.map_or("-".to_owned(), |d| self.signed(d))
                }
            };
            grid.row(std::iter::once(fit(name, NAME)).chain(shown.iter().map(of)).collect());
        }
        grid.render(WIDTH)
    }

    /// A difference, with its sign.
    fn signed(&self, difference: Estimate) -> String {
        match difference.value {
            0.0 => "the same".to_owned(),
            x if x > 0.0 => format!("+{}", self.money(Some(difference))),
            _ => self.money(Some(difference)),
        }
    }

    /// Which quantities differ.
    fn changes(&self) -> String {
        let first = &self.first.results.scenario;
        let lines = self.compared.iter().skip(1).map(|other| {
            let found = changes(first, &other.results.scenario);
            let said: Vec<String> = found.iter().take(CHANGES).map(changed).collect();
            let more = match found.len().saturating_sub(CHANGES) {
                0 => String::new(),
                n => format!("; and {n} more"),
            };
            let said = if said.is_empty() { "no quantity differs".to_owned() } else { said.join("; ") };
            wrap(&format!("{}: {said}{more}.", clean(&other.name)), WIDTH) + "\n"
        });
        lines.collect()
    }

    /// What cannot be compared, and what differences are.
    fn notes(&self) -> String {
        let names = |found: &Compared| -> Vec<String> {
            found.results.model.options.iter().map(|option| option.name.clone()).collect()
        };
        let own = names(self.first);
        let mut notes = Vec::new();
        for other in self.compared.iter().skip(1) {
            let theirs = names(other);
            let only = |a: &[String], b: &[String]| a.iter().filter(|x| !b.contains(x)).cloned().collect::<Vec<_>>();
            for (name, missing) in [(&other.name, only(&theirs, &own)), (&self.first.name, only(&own, &theirs))] {
                if !missing.is_empty() {
                    let beside = if *name == other.name { &self.first.name } else { &other.name };
                    notes.push(format!("Only {} has {}, not {}.", clean(name), missing.join(" and "), clean(beside)));
                }
            }
        }
        let unit = self.first.results.scenario.simulation().trials_are.word();
        let criterion = self.first.results.scenario.decision().criterion;
        notes.push(format!(
            "Differences are to {}, in the same {unit}: what both draw is the same in them. Each chooses what costs least {}.",
            clean(&self.first.name),
            at(criterion, unit)
        ));
        notes.into_iter().map(|note| wrap(&note, WIDTH) + "\n").collect()
    }
}

/// What a quantity was and is.
fn changed(changed: &Changed) -> String {
    let text = |text: &Option<String>| text.as_ref().map_or("nothing".to_owned(), |text| fit(&clean(text), TEXT));
    format!("{} {} instead of {}", clean(&changed.path), text(&changed.texts[1]), text(&changed.texts[0]))
}
