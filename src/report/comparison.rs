//! For the reader: the challengers against the baseline.

use super::format::short;
use super::grid::TextGrid;
use super::screen::Screen;
use crate::engine::Metric;
use crate::scenario::Simulation;
use crate::stats::{Estimate, Order};
use crate::tables::Challenger;

impl Screen<'_> {
    /// The challengers against the baseline.
    pub fn challengers(&self) -> Option<TextGrid> {
        if self.verdict.challengers.is_empty() {
            return None;
        }
        let baseline = self.label(self.results.model.baseline);
        let title =
            if baseline.contains('…') { "Against the baseline".to_owned() } else { format!("Against {baseline}") };
        let mut grid = TextGrid::new(&[&title, "saves", &self.range_heading(), "lasting break-even", "never"]);
        for c in &self.verdict.challengers {
            grid.row(vec![
                self.label(c.option),
                self.money(c.saving[0]),
                self.range(c.option, Metric::Saving),
                months(c, &self.results.scenario.simulation()),
                self.percent(c.p_never),
            ]);
        }
        Some(grid)
    }

    /// The other candidates against the choice, where that is not the baseline and there are more than two.
    pub fn others(&self) -> Option<TextGrid> {
        let (results, choice) = (self.results, self.verdict.choice);
        let candidates = results.model.candidates();
        if candidates.len() < 3 || choice == results.model.baseline {
            return None;
        }
        let title = format!("Against {}", self.label(choice));
        let mut grid = TextGrid::new(&[&title, "costs more by", "cheaper in"]);
        for i in candidates.into_iter().filter(|i| *i != choice) {
            let (more, p) = (results.difference(i, choice), results.p_cheaper(i, choice));
            grid.row(vec![self.label(i), self.money(more), self.percent(p)]);
        }
        Some(grid)
    }

    /// At which volumes each challenger is cheaper on average, and at which it is likely to be; nothing of a scenario
    /// without requests.
    pub fn volumes(&self) -> Vec<String> {
        let any = self.results.volumes.last().is_some_and(|most| *most > 0.0);
        self.verdict.challengers.iter().filter(|_| any).map(|c| self.volume(c)).collect()
    }

    /// Which option costs least on average by what a bad answer costs, where that changes.
    pub fn bad_answers(&self) -> Option<String> {
        let found = self.verdict.bad_answers.as_ref()?;
        let own = found.own.map(|own| self.money(Some(Estimate::exact(own))));
        let own = own.map_or(String::new(), |own| format!(" The scenario has {own} on average for the baseline's."));
        let steps = || found.changes.iter().map(|(cost, next)| (self.money(Some(*cost)), self.name(*next)));
        let first = self.name(found.first);
        if let [_] = found.changes[..] {
            let (cost, next) = steps().next()?;
            return Some(format!(
                "If a bad answer costs more than {cost}, whoever gives it, {next} costs least on average, else {first}.{own}"
            ));
        }
        let rest: String = steps().map(|(cost, next)| format!("; above {cost} {next}")).collect();
        Some(format!(
            "Which costs least on average hangs on what a bad answer costs, whoever gives it: {first}{rest}.{own}"
        ))
    }

    /// How a challenger compares with the baseline on average, at the larger volumes.
    fn average(&self, c: &Challenger) -> String {
        let baseline = self.name(self.results.model.baseline);
        match c.order_at_ends {
            [_, Order::Less] => format!("cheaper than {baseline} on average"),
            [_, Order::More] => format!("dearer than {baseline} on average"),
            [Order::Equal, Order::Equal] => format!("as dear as {baseline} on average"),
            _ => format!("about as dear as {baseline} on average"),
        }
    }

    fn odds(&self, c: &Challenger) -> String {
        match likely(c) {
            Some(true) => "more likely cheaper than not".to_owned(),
            Some(false) => "more likely dearer than not".to_owned(),
            None if c.mostly_ties() => {
                format!("costs the same in {} of {}", self.percent(c.p_tied), self.unit())
            }
            None => "as likely cheaper as not".to_owned(),
        }
    }

    fn volume(&self, c: &Challenger) -> String {
        let (results, name) = (self.results, self.name(c.option));
        let [own, low, high] = [results.requests[1], results.volumes[0], results.volumes[results.volumes.len() - 1]]
            .map(|v| short(v, 0.0));
        let whole = format!("at any volume from {low} to {high} requests a month");
        let at = |v: Estimate| short(v.value, v.std_error.unwrap_or(0.0));
        let (average, link, odds) = (self.average(c), link(c), self.odds(c));
        let text = match (c.mean_break_even_volume, c.median_break_even_volume) {
            (Some(mean), Some(even)) => {
                format!("{name} is {average} above {} requests a month, {link} {odds} above {}", at(mean), at(even))
            }
            (Some(mean), None) => {
                format!("{name} is {average} above {} requests a month, {link} {odds} {whole}", at(mean))
            }
            (None, Some(even)) => format!("{name} is {average} {whole}, {link} {odds} above {}", at(even)),
            (None, None) => format!("{name} is {average}, {link} {odds}, {whole}"),
        };
        format!("{text}; the median {} has {own}.", if self.is_portfolio() { "task" } else { "future" })
    }
}

/// Whether a challenger is more likely cheaper than not, at the larger volumes; `None` where it mostly costs the same, or
/// one is as likely as the other.
fn likely(c: &Challenger) -> Option<bool> {
    match c.median_break_even_volume {
        _ if c.mostly_ties() => None,
        Some(_) => Some(c.gains_with_volume),
        None => c.p_cheaper_at_volume.and_then(|p| p.is_likely()),
    }
}

/// Between what holds on average and what is likely.
fn link(c: &Challenger) -> &'static str {
    let on_average = match c.order_at_ends[1] {
        Order::Less => Some(true),
        Order::More => Some(false),
        Order::Equal | Order::Open => None,
    };
    if likely(c) == on_average { "and" } else { "but" }
}

/// When a challenger has broken even for good: the median month, and the 90 % range.
pub(super) fn months(c: &Challenger, simulation: &Simulation) -> String {
    let [low, median, high] = c.months;
    let named = |month: f64| simulation.month(month as u32);
    // Numbers after a number need no word before them.
    let short = |month: f64| simulation.start.map_or_else(|| month.to_string(), |start| start.name(month as u32));
    match (low, median, high) {
        (None, _, _) => "never".to_owned(),
        (Some(low), None, _) => format!("never (5 % by {})", named(low)),
        (Some(low), Some(median), Some(high)) if low == high => named(median),
        (Some(low), Some(median), Some(high)) => format!("{} ({} to {})", named(median), short(low), short(high)),
        (Some(low), Some(median), None) => format!("{} ({} to never)", named(median), short(low)),
    }
}
