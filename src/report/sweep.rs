//! What a sweep says on the terminal. Lines fit 80 columns.

use super::format::{money, percent};
use super::found_value::found_value;
use super::grid::{TextGrid, fit, wrap};
use super::input_value::{field_at, value_at};
use super::labels::label;
use super::screen::WIDTH;
use crate::model::Model;
use crate::number::grouped;
use crate::scenario::{Field, Scenario};
use crate::stats::Estimate;
use crate::sweep::{BestValue, Sweep, best_value};

/// Points of a grid that are shown at most.
const POINTS: usize = 25;
/// Options whose costs are shown.
const OPTIONS: usize = 3;

/// The scenario as it stands, of which a sweep varies fields.
#[derive(Clone, Copy, Debug)]
pub struct SweepBase<'a> {
    /// The scenario.
    pub scenario: &'a Scenario,
    /// Its model.
    pub model: &'a Model,
}

/// The summary of a sweep.
pub fn sweep_summary(base: SweepBase<'_>, sweep: &Sweep) -> String {
    let screen = Screen { base, sweep };
    let parts = match sweep.axes.len() {
        1 => vec![screen.title(), screen.curve(), screen.changes() + &screen.best_values()],
        _ => vec![screen.title(), screen.winners()],
    };
    parts.join("\n")
}

/// Where an option costs least, with how far that may be off.
pub(super) fn best_sentence(base: SweepBase<'_>, sweep: &Sweep, option: usize) -> Option<String> {
    let (name, path) = (&base.model.options[option].name, &sweep.axes.first()?.path);
    let value = |x: f64| value_at(base.scenario, path, x);
    let field = field_at(base.scenario, path);
    let here = |value: &str| match field {
        Some(Field::RetrainsPerYear) => format!("with {value} retrains a year"),
        _ => format!("at a {path} of {value}"),
    };
    Some(match best_value(sweep, option)? {
        BestValue::At(best) => {
            format!("{name} costs least {}", here(&found_value(base.scenario, path, best)))
        }
        BestValue::AtEnd(end) => {
            format!("{name} costs least {}, an end of what was varied", here(&value(end)))
        }
    })
}

struct Screen<'a> {
    base: SweepBase<'a>,
    sweep: &'a Sweep,
}

impl Screen<'_> {
    fn name(&self, option: usize) -> &str {
        &self.base.model.options[option].name
    }

    fn money(&self, estimate: Option<Estimate>) -> String {
        estimate.map_or_else(|| "n/a".to_owned(), |e| money(&self.base.scenario.currency, e))
    }

    /// The values of a point.
    fn values(&self, point: usize) -> impl Iterator<Item = String> {
        std::iter::zip(&self.sweep.axes, self.sweep.values(point)).map(|(axis, value)| match value.number {
            Some(x) => value_at(self.base.scenario, &axis.path, x),
            None => fit(&value.text, 24),
        })
    }

    fn title(&self) -> String {
        let simulation = &self.base.scenario.simulation;
        let points = grouped(self.sweep.points.len() as f64, 0);
        let trials = grouped(self.sweep.points.first().map_or(0.0, |p| p.trials as f64), 0);
        let word = simulation.sampler.word();
        let facts = format!("{points} points of {trials} trials ({word}), seed {}", simulation.seed);
        format!("{}\n{facts}\n", wrap(&self.base.scenario.title, WIDTH))
    }

    /// A row for each point, or for as many evenly chosen ones as can be read.
    fn curve(&self) -> String {
        let model = self.base.model;
        let shown: Vec<usize> = model.candidates().into_iter().take(OPTIONS).collect();
        let path = fit(&self.sweep.axes[0].path, 34);
        // The more columns, the shorter their headings.
        let room = if shown.len() > 2 { 10 } else { 14 };
        let names: Vec<String> = shown.iter().map(|i| label(model, *i, room)).collect();
        let mut header = vec![path.as_str()];
        header.extend(names.iter().map(String::as_str));
        header.push("lowest mean (P cheapest)");
        let mut grid = TextGrid::new(&header);
        let step = self.sweep.points.len().div_ceil(POINTS).max(1);
        for (k, point) in self.sweep.points.iter().enumerate().step_by(step) {
            let mut row: Vec<String> = self.values(k).collect();
            row.extend(shown.iter().map(|i| self.money(point.options[*i].total)));
            let p = point.cheapest.and_then(|i| point.options[i].p_cheapest);
            let p = p.map_or(String::new(), |p| format!(" ({})", percent(p, point.trials)));
            row.push(format!("{}{p}", point.cheapest.map_or(String::new(), |i| label(model, i, room))));
            grid.row(row);
        }
        let more = if step > 1 { format!("every {step}th point; all are in sweep.csv\n") } else { String::new() };
        grid.render(WIDTH) + &more
    }

    /// Between which points another option becomes the cheapest on average.
    fn changes(&self) -> String {
        let sweep = self.sweep;
        let mut lines = Vec::new();
        for k in 1..sweep.points.len() {
            let [before, after] = [&sweep.points[k - 1], &sweep.points[k]].map(|p| p.cheapest);
            if let (Some(before), Some(after)) = (before, after)
                && before != after
            {
                let place = |k: usize| self.values(k).collect::<String>();
                let [before, after] = [before, after].map(|i| self.name(i));
                let (from, to) = (place(k - 1), place(k));
                lines.push(format!("Between {from} and {to}: {before} gives way to {after}."));
            }
        }
        match lines.is_empty() {
            true => "The same option is the cheapest on average at every point.\n".to_owned(),
            false => lines.iter().map(|line| wrap(line, WIDTH) + "\n").collect(),
        }
    }

    /// Where options that depend on what is varied cost least.
    fn best_values(&self) -> String {
        let sentences =
            self.base.model.candidates().into_iter().filter_map(|i| best_sentence(self.base, self.sweep, i));
        sentences.take(OPTIONS).map(|text| wrap(&format!("{text}."), WIDTH) + "\n").collect()
    }

    /// The share of the points that each option wins.
    fn winners(&self) -> String {
        let mut grid = TextGrid::new(&["", "cheapest on average at"]);
        let all = self.sweep.points.len();
        for i in self.base.model.candidates() {
            let won = self.sweep.points.iter().filter(|p| p.cheapest == Some(i)).count();
            let points = format!("{} of {} points", grouped(won as f64, 0), grouped(all as f64, 0));
            grid.row(vec![label(self.base.model, i, 40), points]);
        }
        grid.render(WIDTH)
    }
}
