//! What the tasks of a list cost together, on the terminal and in sentences. Lines fit 80 columns.

use super::format::{money, short_to};
use super::grid::{TextGrid, wrap};
use super::labels::label;
use super::screen::WIDTH;
use super::sweep::SweepBase;
use crate::number::grouped;
use crate::stats::Estimate;
use crate::sweep::{Portfolio, PortfolioRow};

/// The summary of a list of tasks, some of which may have been left out.
pub fn portfolio_summary(base: SweepBase<'_>, portfolio: &Portfolio, left_out: usize) -> String {
    let simulation = &base.scenario.simulation;
    let [tasks, trials] = [portfolio.tasks(), portfolio.trials()].map(|n| grouped(n as f64, 0));
    let word = simulation.sampler.word();
    let mut facts = format!("{tasks} tasks of {trials} trials ({word}), seed {}", simulation.seed);
    if left_out > 0 {
        facts +=
            &format!("; {} wrong {} left out", grouped(left_out as f64, 0), if left_out == 1 { "row" } else { "rows" });
    }
    let words = PortfolioWords::new(base, portfolio);
    let sentences = words.best_sentence().into_iter().chain(words.half_sentence());
    let sentences: String = sentences.map(|text| wrap(&format!("{text}."), WIDTH) + "\n").collect();
    format!("{}\n{facts}\n\n{}\n{sentences}", wrap(&base.scenario.title, WIDTH), table(base, &words.rows))
}

/// What all tasks cost, a row for each way.
fn table(base: SweepBase<'_>, rows: &[PortfolioRow]) -> String {
    let mut grid = TextGrid::new(&["", "all tasks, mean total", "best for", "of the money"]);
    let share =
        |share: Option<Estimate>, of: &str| share.map_or_else(String::new, |share| format!("{}{of}", percent(share)));
    for row in rows {
        let name = row.option.map_or_else(|| "the best for each".to_owned(), |i| label(base.model, i, 30));
        let total = row.total.map_or_else(|| "n/a".to_owned(), |total| money(&base.scenario.currency, total));
        let [tasks, of_money] = match row.option {
            Some(_) => [share(row.tasks, " of tasks"), share(row.money, "")],
            None => Default::default(),
        };
        grid.row(vec![name, total, tasks, of_money]);
    }
    grid.render(WIDTH)
}

/// A share with as many digits as its error carries.
fn percent(share: Estimate) -> String {
    let error = share.half_width(0.95).unwrap_or(0.0);
    format!("{} %", short_to(100.0 * share.value, 100.0 * error, 3))
}

/// A portfolio in sentences.
pub(super) struct PortfolioWords<'a> {
    base: SweepBase<'a>,
    portfolio: &'a Portfolio,
    pub rows: Vec<PortfolioRow>,
}

impl<'a> PortfolioWords<'a> {
    pub fn new(base: SweepBase<'a>, portfolio: &'a Portfolio) -> PortfolioWords<'a> {
        PortfolioWords { base, portfolio, rows: portfolio.rows() }
    }

    fn name(&self, option: usize) -> &str {
        &self.base.model.options[option].name
    }

    /// The candidate that costs least for all tasks.
    fn best_throughout(&self) -> Option<usize> {
        let total = |i: &usize| self.rows[*i].total.map_or(f64::INFINITY, |total| total.value);
        self.base.model.candidates().into_iter().min_by(|a, b| total(a).total_cmp(&total(b)))
    }

    /// What is saved by choosing for each task.
    pub fn best_sentence(&self) -> Option<String> {
        let baseline = self.base.model.baseline;
        let throughout = self.best_throughout()?;
        let saved = |option: usize| {
            let saving = self.portfolio.saving_against(option)?;
            let all = self.rows[option].total?.value;
            let share = Estimate::exact(saving.value / all);
            let is_some = saving.half_width(0.95).map_or(saving.value > 0.0, |width| saving.value > width);
            is_some.then(|| {
                format!(
                    "{} ({}) against {} for all",
                    money(&self.base.scenario.currency, saving),
                    percent(share),
                    self.name(option)
                )
            })
        };
        let against = match [baseline, throughout] {
            [baseline, throughout] if baseline == throughout => vec![saved(baseline)],
            both => both.map(saved).to_vec(),
        };
        let told: Vec<String> = against.into_iter().flatten().collect();
        match told.is_empty() {
            true => Some(format!("{} for all tasks costs no more than the best for each", self.name(throughout))),
            false => Some(format!("The best for each saves {}", told.join(", and "))),
        }
    }

    /// From how few tasks half of the saving against the baseline comes.
    pub fn half_sentence(&self) -> Option<String> {
        let baseline = self.name(self.base.model.baseline);
        Some(format!("Half of what is saved against {baseline} comes from {}", self.half()?))
    }

    /// How few these are.
    pub fn half(&self) -> Option<String> {
        let savings = self.portfolio.cumulative_savings(None);
        let all = savings.last().copied().filter(|all| *all > 0.0)?;
        let half = savings.iter().position(|saving| *saving >= 0.5 * all)?;
        let share = 100.0 * half as f64 / self.portfolio.tasks() as f64;
        let tasks = if half == 1 { "task" } else { "tasks" };
        Some(format!("{} {tasks} ({} %)", grouped(half as f64, 0), short_to(share, 0.0, 2)))
    }
}
