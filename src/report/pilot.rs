//! What is said on the terminal of tests before deciding. Lines fit 80 columns.

use super::format::{CERTAIN, money, percent};
use super::grid::{TextGrid, fit, wrap};
use super::screen::WIDTH;
use crate::evsi::{Interaction, Pilot, PilotPlan, PilotRow, Sampling};
use crate::model::Model;
use crate::number::grouped;
use crate::scenario::{Scenario, TrialsAre};
use crate::stats::Estimate;

/// Columns of an input's name in a sentence.
const NAME: usize = 48;
/// How sure the errors are that are written beside figures.
const LEVEL: f64 = 0.9;

/// A scenario with the tests that are thought of.
#[derive(Clone, Copy, Debug)]
pub struct PilotBase<'a> {
    /// The scenario.
    pub scenario: &'a Scenario,
    /// Its model.
    pub model: &'a Model,
    /// The tests.
    pub plan: &'a PilotPlan,
}

/// The summary of what tests are worth.
pub fn pilot_summary(base: PilotBase<'_>, pilot: &Pilot) -> String {
    let screen = Screen { base, pilot };
    let lines = |text: String| wrap(&text, WIDTH) + "\n";
    let mut parts = vec![screen.title(), screen.tests().render(WIDTH)];
    parts.push(lines(base.finding(pilot) + "."));
    parts.push(lines(screen.ceiling()));
    parts.extend(screen.additive().map(lines));
    parts.push(lines(screen.limits()));
    parts.join("\n")
}

impl PilotBase<'_> {
    /// The name of a tested input.
    pub(super) fn name(&self, place: usize) -> String {
        fit(&self.model.program.variables[self.plan.tested[place].variable].name, NAME)
    }

    /// The names of all of them.
    pub(super) fn names(&self) -> String {
        let names: Vec<String> = (0..self.plan.tested.len()).map(|k| self.name(k)).collect();
        match names.split_last() {
            Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
            _ => names.concat(),
        }
    }

    /// What is counted of an input: `400 outcomes`.
    fn counted(&self, place: usize, samples: u64) -> String {
        let word = match (self.plan.tested[place].sampling, samples) {
            (Sampling::Outcomes, 1) => "outcome",
            (Sampling::Outcomes, _) => "outcomes",
            (Sampling::Measurements { .. }, 1) => "measurement",
            (Sampling::Measurements { .. }, _) => "measurements",
        };
        format!("{} {word}", grouped(samples as f64, 0))
    }

    /// A test in words: `400 outcomes of correction`.
    pub(super) fn test(&self, row: &PilotRow) -> String {
        let of = |(k, samples): (usize, &u64)| format!("{} of {}", self.counted(k, *samples), self.name(k));
        row.samples.iter().enumerate().map(of).collect::<Vec<_>>().join(" and ")
    }

    pub(super) fn money(&self, estimate: Option<Estimate>) -> String {
        estimate.map_or_else(|| "n/a".to_owned(), |estimate| money(&self.scenario.currency, estimate))
    }

    /// What it all comes to, in a sentence without its end.
    pub(super) fn finding(&self, pilot: &Pilot) -> String {
        let is_known = |row: &&PilotRow| row.cost.is_some();
        let is_worth = |worth: Estimate| worth.half_width(0.95).is_none_or(|reach| worth.value > reach);
        let Some(last) = pilot.rows.last() else { return "No test is asked for".to_owned() };
        match (pilot.best(), pilot.rows.iter().find(is_known)) {
            _ if !last.evsi.is_some_and(|worth| worth.value > 0.0 && is_worth(worth)) => {
                format!("No test of {} that is asked for is worth more than chance explains", self.names())
            }
            (Some(best), _) => {
                format!("Seeing {} before deciding is worth about {} net", self.test(best), self.money(best.enbs()))
            }
            (None, Some(_)) => format!("No test of {} that is asked for is worth what it costs", self.names()),
            (None, None) => {
                format!("Seeing {} before deciding is worth about {}", self.test(last), self.money(last.evsi))
            }
        }
    }
}

struct Screen<'a> {
    base: PilotBase<'a>,
    pilot: &'a Pilot,
}

impl Screen<'_> {
    fn title(&self) -> String {
        let scenario = self.base.scenario;
        let trials = grouped(self.pilot.trials as f64, 0);
        let simulation = &scenario.simulation;
        let word = simulation.trials_are.word();
        let facts = format!("{trials} {word} ({}), seed {}", simulation.sampler.word(), simulation.seed);
        let choice = &self.base.model.options[self.pilot.choice].name;
        let what = format!("A test of {} before deciding; without one, {choice} is chosen.", self.base.names());
        format!("{}\n{facts}\n\n{}\n", wrap(&scenario.title, WIDTH), wrap(&what, WIDTH))
    }

    /// A row for each test.
    fn tests(&self) -> TextGrid {
        let has_costs = self.pilot.rows.iter().any(|row| row.cost.is_some());
        let costs: &[&str] = if has_costs { &["cost", "net (ENBS)"] } else { &[] };
        let header = [&["samples", "worth (EVSI)"], costs, &["other choice"]].concat();
        let mut grid = TextGrid::new(&header);
        let best = self.pilot.best();
        for row in &self.pilot.rows {
            let samples = row.samples.iter().map(|n| grouped(*n as f64, 0)).collect::<Vec<_>>().join(" + ");
            let mut cells = vec![samples, self.with_error(row.evsi)];
            if has_costs {
                let mark = if best == Some(row) && self.pilot.rows.len() > 1 { "best: " } else { "" };
                cells.push(self.base.money(row.cost.map(Estimate::exact)));
                cells.push(format!("{mark}{}", self.base.money(row.enbs())));
            }
            cells.push(row.p_changes_choice.map_or(String::new(), |p| percent(p, CERTAIN)));
            grid.row(cells);
        }
        grid
    }

    fn with_error(&self, worth: Option<Estimate>) -> String {
        let reach = worth.and_then(|worth| worth.half_width(LEVEL)).filter(|reach| *reach > 0.0);
        let reach = reach.map_or(String::new(), |reach| {
            // Of how far it may be off one digit is enough.
            let rounded = format!("{reach:.0e}").parse().unwrap_or(reach);
            format!(
                " ± {}",
                money(&self.base.scenario.currency, Estimate { std_error: Some(rounded), ..Estimate::exact(rounded) })
            )
        });
        self.base.money(worth) + &reach
    }

    /// What no test can be worth more than.
    fn ceiling(&self) -> String {
        let most = self.base.money(self.pilot.evppi);
        let together = if self.base.plan.tested.len() > 1 { "together " } else { "" };
        format!("Knowing {} exactly would {together}be worth {most} (EVPPI): no test is worth more.", self.base.names())
    }

    /// That what several inputs say is added up, and how far that may be off.
    fn additive(&self) -> Option<String> {
        let found = self.pilot.interaction?;
        let added = "What each input says of a total is added up";
        let of = "the variance of any saving";
        Some(match found.is_notable() {
            Some(true) => format!("{}, so that the figures are rough.", self.together(found)),
            Some(false) => format!("{added}: what they move only together is less than 5 % of {of}."),
            None => format!(
                "{added}; whether what they move only together is more than 5 % of {of}, so few trials do not tell."
            ),
        })
    }

    fn together(&self, found: Interaction) -> String {
        let [a, b] = found.inputs.map(|k| self.base.name(k));
        let option = &self.base.model.options[found.option].name;
        let share = 100.0 * found.share.value;
        format!("{a} and {b} explain {share:.0} % of what {option} saves only together; what each says is added up")
    }

    /// What the figures leave out.
    fn limits(&self) -> String {
        let names = self.base.names();
        let it = if self.base.plan.tested.len() > 1 { "one of them" } else { "it" };
        let sd = self.base.plan.tested.iter().any(|tested| tested.sampling != Sampling::Outcomes);
        let sd = if sd { "; --sd is that of one measurement" } else { "" };
        let each = match self.base.scenario.simulation.trials_are {
            TrialsAre::Tasks => " Each trial is one task, chosen for by itself: all of this is per task.",
            TrialsAre::Futures => "",
        };
        format!(
            "Worth is what better choices save on average, over mean costs alone. Samples are taken to be of {names}, \
             independent and without bias; what is correlated with {it} is learned only as far as that tells{sd}.{each}"
        )
    }
}
