//! What a run says on the terminal, in the order in which a decision is made. Lines fit 80 columns.

use super::format::{grouped, money, percent, short};
use crate::engine::{Metric, Results, Stat};
use crate::scenario::TrialsAre;
use crate::stats::Estimate;
use crate::tables::{Challenger, Verdict};

use super::grid::{Grid, fit, wrap};
use super::precision::reached_precision;

/// Columns of a terminal.
pub(super) const WIDTH: usize = 80;
/// Columns of an option's name in a table.
const NAME: usize = 26;

/// The summary of a run.
pub fn summary(results: &Results) -> String {
    let verdict = Verdict::new(results);
    let screen = Screen { results, verdict: &verdict };
    let mut parts = vec![screen.title(), screen.decision(), screen.totals()];
    parts.extend(screen.spreads());
    parts.extend(screen.challengers());
    parts.extend(screen.ways_to_break_even());
    parts.extend(screen.knowledge());
    parts.extend(screen.drivers());
    parts.extend(screen.rules_of_thumb());
    parts.extend(screen.kinds());
    parts.extend(screen.notes());
    parts.join("\n")
}

/// A run and its verdict on the way to the terminal.
pub(super) struct Screen<'a> {
    pub results: &'a Results,
    pub verdict: &'a Verdict,
}

impl Screen<'_> {
    /// An option's name, cut to what a table has room for.
    pub fn name(&self, option: usize) -> String {
        fit(&self.results.model.options[option].name, NAME)
    }

    /// A probability in a sentence.
    fn in_prose(&self, p: Option<Estimate>) -> String {
        match p {
            Some(p) if p.value == 1.0 => format!("practically all {} ({})", self.unit(), self.percent(Some(p))),
            _ => format!("{} of {}", self.percent(p), self.unit()),
        }
    }

    /// An amount; `n/a` where it is undefined.
    pub fn money(&self, estimate: Option<Estimate>) -> String {
        estimate.map_or_else(|| "n/a".to_owned(), |e| money(&self.results.scenario.currency, e))
    }

    /// A probability.
    pub fn percent(&self, p: Option<Estimate>) -> String {
        p.map_or_else(|| "n/a".to_owned(), |p| percent(p, self.results.design.trials()))
    }

    /// `trials`, or `tasks` where that is what they are.
    pub fn unit(&self) -> &'static str {
        if self.is_portfolio() { "tasks" } else { "trials" }
    }

    /// Whether trials are tasks.
    pub fn is_portfolio(&self) -> bool {
        self.results.scenario.simulation.trials_are == TrialsAre::Tasks
    }

    fn title(&self) -> String {
        let simulation = &self.results.scenario.simulation;
        let trials = grouped(self.results.design.trials() as f64, 0);
        let facts = format!(
            "{} months, {trials} {} ({}), seed {}",
            simulation.horizon,
            self.unit(),
            simulation.sampler.word(),
            simulation.seed
        );
        format!("{}\n{facts}\n", wrap(&self.results.scenario.title, WIDTH))
    }

    /// Which option to choose, by how much, how often that is right, and what it costs when it is wrong.
    fn decision(&self) -> String {
        let verdict = self.verdict;
        let Some(rival) = verdict.rival else {
            return format!("{} is the only option that is compared.\n", self.name(verdict.choice));
        };
        let mut text = match (verdict.too_close, self.is_portfolio()) {
            (true, _) => self.too_close(rival),
            (false, true) => self.portfolio(rival),
            (false, false) => self.choice(rival),
        };
        if !self.is_portfolio() {
            text += &self.monthly();
        }
        if let Some(hard) = verdict.hard_choice {
            text += &format!(" By invoices and people alone it would be {}.", self.name(hard));
        }
        wrap(&text, WIDTH) + "\n"
    }

    /// What the options cost a month, in which budgets are made.
    fn monthly(&self) -> String {
        let candidates = self.results.model.candidates();
        let cost = |i: &usize| {
            let mean = self.results.metric(*i, Metric::Monthly, Stat::Mean);
            format!("{} {}", self.name(*i), self.money(mean))
        };
        // Of many options the table says enough.
        match candidates.len() {
            2..=3 => format!(" Per month: {}.", candidates.iter().map(cost).collect::<Vec<_>>().join(", ")),
            _ => String::new(),
        }
    }

    fn too_close(&self, rival: usize) -> String {
        let (a, b) = (self.name(self.verdict.choice), self.name(rival));
        format!("Too close to call: on average {a} and {b} differ by less than the simulation's own error.")
    }

    fn choice(&self, rival: usize) -> String {
        let verdict = self.verdict;
        let choice = self.name(verdict.choice);
        let (margin, rival) = (self.money(verdict.margin), self.name(rival));
        let p = self.in_prose(verdict.p_cheapest);
        let mut text = match verdict.usually_cheapest {
            None => format!("Choose {choice}: on average {margin} cheaper than {rival}, and the cheapest in {p}."),
            Some(often) => format!(
                "Choose {choice}: on average {margin} cheaper than {rival}. It is cheapest on average, but usually \
                 not the cheapest: only in {p}, {} in {}.",
                self.name(often),
                self.percent(self.results.p_cheapest(often))
            ),
        };
        if let Some(loss) = verdict.loss_when_wrong {
            text += &format!(" When that is wrong it costs {} more on average.", self.money(Some(loss)));
        }
        text
    }

    /// The choice for all tasks, each option's share of tasks and money, and what choosing task by task saves.
    fn portfolio(&self, rival: usize) -> String {
        let (results, verdict) = (self.results, self.verdict);
        let choice = self.name(verdict.choice);
        let mut text = format!(
            "One option for all tasks: choose {choice}, on average {} a task cheaper than {}.",
            self.money(verdict.margin),
            self.name(rival)
        );
        for (k, i) in results.model.candidates().into_iter().enumerate() {
            let (tasks, money) = (self.percent(results.p_cheapest(i)), self.percent(results.money_share(i)));
            let name = self.name(i);
            text += &match k {
                0 => format!(" {name} is the cheapest in {tasks} of tasks, with {money} of the money"),
                _ => format!("; {name} in {tasks}, with {money}"),
            };
        }
        text += ".";
        if let (Some(best), Some(saved)) = (results.best(), verdict.regret) {
            let (best, saved) = (self.money(Some(best)), self.money(Some(saved)));
            text += &format!(" Choosing task by task costs {best} a task and saves {saved} of {choice}'s.");
        }
        text
    }

    /// The heading of a range from the 5th to the 95th percentile.
    fn range_heading(&self) -> String {
        format!("90 % of {}", self.unit())
    }

    fn totals(&self) -> String {
        let results = self.results;
        let range = self.range_heading();
        let header = match self.is_portfolio() {
            true => vec!["", "Mean per task", &range, "median/1,000", "cheapest", "of money"],
            false => vec!["", "Mean total", &range, "per 1,000", "P(cheapest)"],
        };
        let mut grid = Grid::new(&header);
        for i in 0..results.model.options.len() {
            let stat = |m, s| self.money(results.metric(i, m, s));
            let range = self.range(i, Metric::Total);
            let cheapest = match results.model.options[i].candidate {
                true => self.percent(results.p_cheapest(i)),
                false => "-".to_owned(),
            };
            let mut row = vec![
                self.name(i),
                stat(Metric::Total, Stat::Mean),
                range,
                // Over tasks of all sizes a mean of ratios says nothing.
                stat(Metric::PerThousand, if self.is_portfolio() { Stat::quantile(0.5) } else { Stat::Mean }),
                cheapest,
            ];
            if self.is_portfolio() {
                row.push(self.percent(results.money_share(i)));
            }
            grid.row(row);
        }
        grid.render(WIDTH)
    }

    /// The 5th to the 95th percentile.
    fn range(&self, option: usize, metric: Metric) -> String {
        let q = |p| self.money(self.results.metric(option, metric, Stat::quantile(p)));
        format!("{} to {}", q(0.05), q(0.95))
    }

    fn challengers(&self) -> Option<String> {
        if self.verdict.challengers.is_empty() {
            return None;
        }
        let title = format!("Against {}", self.name(self.results.model.baseline));
        let mut grid = Grid::new(&[&title, "saves", &self.range_heading(), "lasting break-even", "never"]);
        let mut volumes = Vec::new();
        for c in &self.verdict.challengers {
            grid.row(vec![
                self.name(c.option),
                self.money(c.saving[0]),
                self.range(c.option, Metric::Saving),
                months(c),
                self.percent(c.p_never),
            ]);
            volumes.push(self.volume(c));
        }
        Some(grid.render(WIDTH) + &wrap(&volumes.join(" "), WIDTH) + "\n")
    }

    fn volume(&self, c: &Challenger) -> String {
        let (results, name) = (self.results, self.name(c.option));
        let [own, low, high] =
            [results.median_requests, results.volumes[0], results.volumes[results.volumes.len() - 1]]
                .map(|v| short(v, 0.0));
        let side = |gains: bool| if gains { "cheaper" } else { "dearer" };
        let text = match c.even_volume {
            Some(v) => {
                let even = short(v.value, v.std_error.unwrap_or(0.0));
                format!(
                    "{name} is as likely {} as not at {even} requests a month, likelier above",
                    side(c.gains_with_volume)
                )
            }
            None if c.p_cheaper_at_volume == 0.5 => {
                format!("{name} is as likely cheaper as not at any volume from {low} to {high}")
            }
            None => {
                let cheaper = c.p_cheaper_at_volume > 0.5;
                format!("{name} is more likely {} than not at any volume from {low} to {high}", side(cheaper))
            }
        };
        format!("{text}; the median {} has {own}.", if self.is_portfolio() { "task" } else { "future" })
    }

    fn kinds(&self) -> Option<String> {
        let shares = &self.verdict.kinds;
        type Column = (&'static str, fn(&crate::tables::KindShares) -> f64);
        let all: [Column; 6] = [
            ("vendors", |s| s.vendors),
            ("people", |s| s.people),
            ("bad answers", |s| s.bad_answers),
            ("other", |s| s.other),
            ("before launch", |s| s.before_launch),
            ("after", |s| s.after_retirement),
        ];
        let used: Vec<Column> = all.into_iter().filter(|(_, f)| shares.iter().any(|s| f(s) != 0.0)).collect();
        let mut header = vec!["Where the money goes"];
        header.extend(used.iter().map(|(name, _)| *name));
        let mut grid = Grid::new(&header);
        for (i, s) in shares.iter().enumerate() {
            let mut row = vec![self.name(i)];
            row.extend(used.iter().map(|(_, f)| format!("{:.0} %", 100.0 * f(s) + 0.0)));
            grid.row(row);
        }
        (!used.is_empty()).then(|| grid.render(WIDTH))
    }

    fn notes(&self) -> Vec<String> {
        let mut notes = Vec::new();
        let (asked, run) = (self.results.scenario.simulation.trials, self.results.design.trials());
        if let Some(reached) = reached_precision(self.results) {
            notes.push(reached);
        }
        if asked != run && self.results.precision.is_none() {
            let word = self.results.scenario.simulation.sampler.word();
            notes.push(format!(
                "{} trials were asked for; {word} takes {}, which were run.",
                grouped(asked as f64, 0),
                grouped(run as f64, 0)
            ));
        }
        if self.results.fallbacks > 0 {
            notes.push(format!(
                "{} variables lie beyond the Sobol directions and were drawn independently.",
                self.results.fallbacks
            ));
        }
        notes.into_iter().map(|n| wrap(&n, WIDTH) + "\n").collect()
    }
}

fn months(c: &Challenger) -> String {
    let [low, median, high] = c.months;
    match (low, median, high) {
        (None, _, _) => "never".to_owned(),
        (Some(low), None, _) => format!("from month {low}"),
        (Some(low), Some(median), Some(high)) if low == high => format!("month {median}"),
        (Some(low), Some(median), Some(high)) => format!("month {median} ({low} to {high})"),
        (Some(low), Some(median), None) => format!("month {median} ({low} to never)"),
    }
}
