//! What a run says on the terminal, in the order in which a decision is made. Lines fit 80 columns. The page for mailing
//! says the same sentences and figures at full width.

use super::format::{chances, money, money_range, percent};
use crate::diagnostic::clean;
use crate::engine::{Metric, Percentile, Results, Stat};
use crate::lint::heavy_tailed;
use crate::number::grouped;
use crate::scenario::{Criterion, TrialsAre, VolumeUnit};
use crate::stats::Estimate;
use crate::tables::Verdict;

use super::grid::{TextGrid, fit, wrap};
use super::labels::label;
use super::precision::reached_precision;
use super::understood::discounting;

/// Columns of a terminal.
pub(super) const WIDTH: usize = 80;
/// Columns of an option's name in a table.
const NAME: usize = 20;

/// The summary of a run.
pub fn summary(results: &Results) -> String {
    let verdict = Verdict::new(results);
    let screen = Screen { results, verdict: &verdict, medium: Medium::Terminal };
    let lines = |text: String| wrap(&text, WIDTH) + "\n";
    let rules = screen.rules_of_thumb().into_iter().map(lines).collect::<String>();
    let mut parts = vec![screen.title(), lines(screen.decision()), screen.totals().render(WIDTH)];
    parts.extend(screen.spreads());
    parts.extend(screen.challengers().map(|grid| grid.render(WIDTH) + &lines(screen.volumes().join(" "))));
    parts.extend(screen.others().map(|grid| grid.render(WIDTH)));
    parts.extend(screen.bad_answers().map(lines));
    parts.extend(screen.ways_to_break_even());
    parts.extend(screen.nothing_to_learn().map(lines));
    parts.extend(screen.knowledge().map(|grid| grid.render(WIDTH)));
    parts.extend(screen.drivers().map(lines));
    parts.extend(screen.bad_futures().map(lines));
    parts.extend((!rules.is_empty()).then_some(rules));
    parts.extend(screen.kinds().map(|grid| grid.render(WIDTH)));
    parts.extend(screen.first_year().map(|grid| grid.render(WIDTH)));
    parts.extend(
        screen.budgets().map(|grid| grid.render(WIDTH) + &screen.budgets_described().map_or(String::new(), lines)),
    );
    parts.extend(screen.notes().into_iter().map(lines));
    parts.join("\n")
}

/// Where the words go.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Medium {
    /// Lines of 80 columns, in which names give way to figures.
    Terminal,
    /// A page that breaks its own lines.
    Page,
}

/// A run and its verdict on the way to a reader.
pub(super) struct Screen<'a> {
    pub results: &'a Results,
    pub verdict: &'a Verdict,
    pub medium: Medium,
}

impl Screen<'_> {
    /// An option's name, whole: for sentences.
    pub fn name(&self, option: usize) -> &str {
        &self.results.model.options[option].name
    }

    /// An option's name in a table.
    pub fn label(&self, option: usize) -> String {
        match self.medium {
            Medium::Terminal => label(&self.results.model, option, NAME),
            Medium::Page => self.name(option).to_owned(),
        }
    }

    /// A name, cut to so many columns where the medium has no more.
    pub fn fit(&self, name: &str, columns: usize) -> String {
        match self.medium {
            Medium::Terminal => fit(name, columns),
            Medium::Page => name.to_owned(),
        }
    }

    /// An amount; `n/a` where it is undefined.
    pub fn money(&self, estimate: Option<Estimate>) -> String {
        estimate.map_or_else(|| "n/a".to_owned(), |e| money(&self.results.scenario.currency, e))
    }

    /// A probability.
    pub fn percent(&self, p: Option<Estimate>) -> String {
        p.map_or_else(|| "n/a".to_owned(), |p| percent(p, self.chances()))
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
        let scenario = &self.results.scenario;
        let changed: Vec<String> = scenario.overrides.iter().map(|text| clean(text)).collect();
        let changed = match changed.is_empty() {
            true => String::new(),
            false => wrap(&format!("with {}", changed.join("; ")), WIDTH) + "\n",
        };
        format!("{}\n{}\n{changed}", wrap(&scenario.title, WIDTH), wrap(&self.facts(), WIDTH))
    }

    /// Trials on which all could agree by chance; none where nothing is uncertain.
    pub fn chances(&self) -> u64 {
        chances(self.results)
    }

    /// What was simulated.
    pub fn facts(&self) -> String {
        let simulation = &self.results.scenario.simulation;
        let trials = grouped(self.results.design.trials() as f64, 0);
        format!(
            "{} months, {trials} {} ({}), seed {}{}",
            simulation.horizon,
            self.unit(),
            simulation.sampler.word(),
            simulation.seed,
            self.discounting()
        )
    }

    fn discounting(&self) -> String {
        discounting(&self.results.model).map_or(String::new(), |how| format!("; costs {how}"))
    }

    /// The heading of a range from the 5th to the 95th percentile.
    pub fn range_heading(&self) -> String {
        format!("90 % of {}", self.unit())
    }

    /// The options one by one.
    pub fn totals(&self) -> TextGrid {
        let results = self.results;
        let range = self.range_heading();
        // Where failures are counted and not charged, what a good answer costs is the figure to compare.
        let charged = self.verdict.kinds.iter().any(|shares| shares.bad_answers != 0.0);
        let (per_thousand, each) = match results.model.has_failures() && !charged {
            true => (Metric::PerThousandGood, "med./1,000 good"),
            false => (Metric::PerThousand, "median/1,000"),
        };
        let header = match self.is_portfolio() {
            true => vec!["", "Mean per task", &range, each, "cheapest", "of money"],
            false => vec!["", "Mean total", &range, each, "P(cheapest)"],
        };
        let mut grid = TextGrid::new(&header);
        for i in 0..results.model.options.len() {
            let stat = |m, s| self.money(results.metric(i, m, s));
            let range = self.range(i, Metric::Total);
            let cheapest = match results.model.options[i].candidate {
                true if self.verdict.rival.is_none() => "100 %".to_owned(),
                true => self.percent(results.p_cheapest(i)),
                false => "-".to_owned(),
            };
            let mut row = vec![
                self.label(i),
                stat(Metric::Total, Stat::Mean),
                range,
                // A mean of ratios is that of the trials with the fewest requests, where fixed costs weigh most.
                stat(per_thousand, Stat::MEDIAN),
                cheapest,
            ];
            if self.is_portfolio() {
                row.push(self.percent(results.money_share(i)));
            }
            grid.row(row);
        }
        grid
    }

    /// The 5th to the 95th percentile.
    pub fn range(&self, option: usize, metric: Metric) -> String {
        let q = |level| self.results.metric(option, metric, Stat::Quantile(level));
        self.between(q(Percentile::P5), q(Percentile::P95))
    }

    /// One amount to another.
    pub fn between(&self, low: Option<Estimate>, high: Option<Estimate>) -> String {
        match (low, high) {
            (Some(low), Some(high)) => {
                let [low, high] = money_range(&self.results.scenario.currency, [low, high]);
                format!("{low} to {high}")
            }
            (low, high) => format!("{} to {}", self.money(low), self.money(high)),
        }
    }

    /// Who is paid, in shares of the mean total.
    pub fn kinds(&self) -> Option<TextGrid> {
        let shares = &self.verdict.kinds;
        type Column = (&'static str, fn(&crate::tables::KindShares) -> f64);
        let all: [Column; 4] = [
            ("vendors", |s| s.vendors),
            ("people", |s| s.people),
            ("bad answers", |s| s.bad_answers),
            ("other", |s| s.other),
        ];
        let used: Vec<Column> = all.into_iter().filter(|(_, f)| shares.iter().any(|s| f(s) != 0.0)).collect();
        let mut header = vec!["Where the money goes"];
        header.extend(used.iter().map(|(name, _)| *name));
        let mut grid = TextGrid::new(&header);
        for (i, s) in shares.iter().enumerate() {
            let mut row = vec![self.label(i)];
            row.extend(used.iter().map(|(_, f)| format!("{:.0} %", 100.0 * f(s) + 0.0)));
            grid.row(row);
        }
        (!used.is_empty()).then_some(grid)
    }

    /// What does not go by the criterion.
    fn about_means(&self) -> Option<String> {
        let words = "What inputs are worth knowing, where they change the choice, and volumes are about average costs.";
        (self.verdict.criterion != Criterion::Mean).then(|| words.to_owned())
    }

    /// What volumes are, where requests differ by month.
    fn course_of_volumes(&self) -> Option<String> {
        let words = match self.results.scenario.volume()?.unit {
            VolumeUnit::FirstMonth => "Volumes are the requests of month 1; the other months keep their ratio to it.",
            VolumeUnit::Average => {
                "Volumes are requests in an average month, before growth, since month 1 may have none; months keep their \
                 ratio to it."
            }
        };
        Some(words.to_owned())
    }

    /// That few draws decide means.
    fn heavy_tails(&self) -> Option<String> {
        let heavy = heavy_tailed(&self.results.model);
        let names: Vec<String> =
            heavy.iter().take(3).map(|v| clean(&self.results.model.program.variables[*v].name)).collect();
        let more = match heavy.len() - names.len() {
            0 => String::new(),
            n => format!(" and {n} more"),
        };
        (!names.is_empty()).then(|| {
            format!(
                "Few draws from the far tail of {}{more} decide the means above, their errors and shares of variance: \
                 go by medians and probabilities, or truncate the tail at the most that is possible.",
                names.join(", ")
            )
        })
    }

    /// What was run differently from what was asked for.
    pub fn notes(&self) -> Vec<String> {
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
        notes.extend(self.about_means());
        notes.extend(self.course_of_volumes());
        notes.extend(self.heavy_tails());
        notes.extend(self.short_horizon());
        if self.results.fallbacks > 0 {
            notes.push(format!(
                "{} variables lie beyond the Sobol directions and were drawn independently.",
                self.results.fallbacks
            ));
        }
        notes
    }
}
