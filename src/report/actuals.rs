//! What is said on the terminal of months of a log against a scenario. Lines fit 80 columns.

use serde_json::{Value, json as value};

use super::format::{CERTAIN, money, percent};
use super::grid::{TextGrid, fit, wrap};
use super::input_value::input_value;
use super::json::estimate;
use super::screen::WIDTH;
use super::understood::plain;
use crate::actuals::{Actuals, Explained, Figure, Observed, UseMetric};
use crate::model::{LineName, Model};
use crate::number::grouped;
use crate::scenario::{BuiltIn, Scenario};
use crate::stats::Estimate;

/// Columns of a name in a sentence.
const NAME: usize = 48;
/// What is shown of each month.
const SHOWN: [UseMetric; 2] = [UseMetric::Spend, UseMetric::Requests];

/// A scenario with the option that was in use and what a log says of it.
#[derive(Clone, Copy, Debug)]
pub struct ActualsBase<'a> {
    /// The scenario.
    pub scenario: &'a Scenario,
    /// Its model.
    pub model: &'a Model,
    /// What the log says.
    pub observed: &'a Observed,
}

/// The summary of months of a log against a scenario.
pub fn actuals_summary(base: ActualsBase<'_>, actuals: &Actuals) -> String {
    let screen = Screen { base, actuals };
    let lines = |text: String| wrap(&text, WIDTH) + "\n";
    let mut parts = vec![screen.title()];
    parts.extend(SHOWN.into_iter().filter(|metric| actuals.inside(*metric)[0] > 0).map(|metric| screen.grid(metric)));
    parts.push(lines(screen.months()));
    parts.extend(actuals.explained.iter().map(|one| lines(screen.explained(one))));
    parts.extend(screen.left_out().map(lines));
    parts.push(lines(screen.compared()));
    parts.join("\n")
}

/// What the manifest of months of a log has beside the table.
pub fn actuals_json(base: ActualsBase<'_>, actuals: &Actuals) -> Value {
    let one = |explained: &Explained| {
        let by = explained.by.as_ref().map(|by| {
            let name = &base.model.program.variables[by.variable].name;
            value!({ "input": name, "value": estimate(Some(by.value)), "p_below": estimate(Some(by.level)) })
        });
        value!({
            "month": explained.month.map(|month| base.scenario.simulation.month(month)),
            "spend": explained.figure.actual,
            "percentile": estimate(explained.figure.percentile),
            "by": by,
        })
    };
    let inside = |metric: UseMetric| {
        let [known, inside] = actuals.inside(metric);
        (metric.word().to_owned(), value!({ "months": known, "inside": inside }))
    };
    let price = |used: &crate::actuals::UsedPrice| value!({ "model": used.model, "entry": used.entry, "list": used.list, "list_sha256": used.list_sha256 });
    value!({
        "option": base.model.options[actuals.option].name,
        "inside": UseMetric::ALL.into_iter().map(inside).collect::<serde_json::Map<_, _>>(),
        "otherwise": actuals.explained.iter().map(one).collect::<Value>(),
        "log_prices": base.observed.prices.iter().map(price).collect::<Value>(),
    })
}

impl ActualsBase<'_> {
    /// An amount of a metric.
    pub(super) fn amount(&self, metric: UseMetric, x: f64) -> String {
        match metric {
            UseMetric::Spend => money(&self.scenario.currency, Estimate::exact(x)),
            _ => plain(x),
        }
    }
}

struct Screen<'a> {
    base: ActualsBase<'a>,
    actuals: &'a Actuals,
}

impl Screen<'_> {
    fn option(&self) -> String {
        fit(&self.base.model.options[self.actuals.option].name, NAME)
    }

    fn title(&self) -> String {
        let scenario = self.base.scenario;
        let simulation = &scenario.simulation;
        let trials = grouped(self.actuals.trials as f64, 0);
        let facts = format!("{trials} trials ({}), seed {}", simulation.sampler.word(), simulation.seed);
        let what = format!("What the log says of {}, against what was expected.", self.option());
        format!("{}\n{facts}\n\n{}\n", wrap(&scenario.title, WIDTH), wrap(&what, WIDTH))
    }

    /// How many months lay within what was expected.
    fn months(&self) -> String {
        let first = self.base.finding(self.actuals, UseMetric::Spend);
        let others = UseMetric::ALL.into_iter().filter(|metric| *metric != UseMetric::Spend).filter_map(|metric| {
            let [known, inside] = self.actuals.inside(metric);
            (known > 0).then(|| format!("{} in {inside}", metric.word().replace('_', " ")))
        });
        format!("{first}. Of these months, {} lay within it.", others.collect::<Vec<_>>().join(", "))
    }

    /// A row for each month.
    fn grid(&self, metric: UseMetric) -> String {
        let name = match metric {
            UseMetric::Spend => "Spent",
            UseMetric::Requests => "Requests",
            UseMetric::InputTokens => "Input tokens",
            UseMetric::OutputTokens => "Output tokens",
        };
        let mut grid = TextGrid::new(&[name, "actual", "median", "90 % range", "trials at or below"]);
        for month in &self.actuals.months {
            let figure = month.figure(metric);
            let [low, median, high] = figure.quantiles.map(|x| self.base.amount(metric, x));
            let mark = if figure.is_inside() == Some(false) { "outside: " } else { "" };
            let actual = figure.actual.map_or_else(|| "-".to_owned(), |x| self.base.amount(metric, x));
            let share = figure.percentile.map_or_else(|| "-".to_owned(), |share| mark.to_owned() + &self.share(share));
            let name = self.base.scenario.simulation.month(month.month);
            grid.row(vec![name, actual, median, format!("{low} to {high}"), share]);
        }
        grid.render(WIDTH)
    }

    fn share(&self, share: Estimate) -> String {
        percent(share, if self.base.model.is_certain() { CERTAIN } else { self.actuals.trials })
    }

    /// What was spent otherwise, and the input that explains it.
    fn explained(&self, explained: &Explained) -> String {
        let Explained { month, figure, by } = explained;
        let when = match month {
            Some(month) => format!("in {}", self.base.scenario.simulation.month(*month)),
            None => format!("in all {} months", self.actuals.months.len()),
        };
        let spent = figure.actual.map(|x| self.base.amount(UseMetric::Spend, x)).unwrap_or_default();
        let lies = format!("Spending {when} ({spent}) lies {}", self.place(figure));
        let Some(by) = by else {
            return format!(
                "{lies}. No single input explains it: look for what the scenario does not have, or for what the log has \
                 of other options."
            );
        };
        let variable = &self.base.model.program.variables[by.variable];
        let value = input_value(self.base.scenario, variable, by.value);
        format!(
            "{lies}. What explains it best by itself is {} of about {value}, {} percentile.",
            fit(&variable.name, NAME),
            rank(by.level.value)
        )
    }

    /// Above or below how many trials something lies.
    fn place(&self, figure: &Figure) -> String {
        let Some(share) = figure.percentile else { return "outside of what was expected".to_owned() };
        let complement = Estimate { value: 1.0 - share.value, ..share };
        let (side, most) = if figure.is_above() { ("above", share) } else { ("below", complement) };
        match most.value {
            1.0 => format!("{side} all trials"),
            _ => format!("{side} {} of the trials", self.share(most).replace("> ", "more than ")),
        }
    }

    /// Months that the log covers only in part.
    fn left_out(&self) -> Option<String> {
        let partial = &self.base.observed.partial;
        let names: Vec<String> = partial.iter().map(|month| self.base.scenario.simulation.month(*month)).collect();
        let are = if names.len() == 1 { "is" } else { "are" };
        (!names.is_empty())
            .then(|| format!("{} {are} left out: the log has only some of the days.", names.join(" and ")))
    }

    /// What is held against what.
    fn compared(&self) -> String {
        let compared = "Compared are requests that its own model answers, all tokens of its calls, and what these cost, \
                        undiscounted: no hosting, no hours, no lines of your own.";
        let unpaid = "The option pays for no tokens, so that spending is not compared.";
        let is_unpaid = self.actuals.inside(UseMetric::Spend)[0] == 0;
        let parts = [Some(compared.to_owned()), self.others(), is_unpaid.then(|| unpaid.to_owned()), self.listed()];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
    }

    /// What the log may hold of other options.
    fn others(&self) -> Option<String> {
        let is_others = |name: &LineName| matches!(name, LineName::BuiltIn(BuiltIn::Escalation | BuiltIn::Routed));
        let lines = &self.base.model.options[self.actuals.option].lines;
        let models = self.base.observed.models.len();
        if lines.iter().any(|line| is_others(&line.name)) {
            let what = "What it escalates or routes to other options is not among it";
            return Some(format!("{what}: leave their models out of the log with --where."));
        }
        (models > 1)
            .then(|| format!("The log has {models} models, all of which count: pick the option's with --where."))
    }

    /// Where costs come from that the log lacks.
    fn listed(&self) -> Option<String> {
        let currency = fit(&self.base.scenario.currency, NAME);
        let taken = if currency == "USD" { String::new() } else { format!(", whose numbers are taken as {currency}") };
        let is_listed = !self.base.observed.prices.is_empty();
        is_listed.then(|| format!("Costs that the log lacks are at list prices{taken}."))
    }
}

/// A level as the rank of a percentile: `its own 96th`.
fn rank(level: f64) -> String {
    let percent = (100.0 * level).round().clamp(0.0, 100.0) as u32;
    match percent {
        0 => "below its own 1st".to_owned(),
        100 => "above its own 99th".to_owned(),
        n => {
            let ending = match (n % 10, n % 100) {
                (1, tens) if tens != 11 => "st",
                (2, tens) if tens != 12 => "nd",
                (3, tens) if tens != 13 => "rd",
                _ => "th",
            };
            format!("its own {n}{ending}")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::rank;

    #[test]
    fn percentiles_are_counted_as_people_do() {
        let ranks = [0.001, 0.01, 0.02, 0.13, 0.5, 0.97, 0.93, 0.999].map(rank);
        let words = ["below its own 1st", "its own 1st", "its own 2nd", "its own 13th", "its own 50th"];
        assert_eq!(ranks[..5], words);
        assert_eq!(ranks[5..], ["its own 97th", "its own 93rd", "above its own 99th"]);
    }
}
