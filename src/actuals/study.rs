//! Months of a log against the trials of a scenario, and what explains those that came out otherwise.

use super::expectation::expect;
use super::explain::{Explanation, Target, explain};
use super::figure::{Figure, UseMetric};
use super::walk::Walk;
use crate::engine::{Halt, Prepared, RunError, Watch, pool};

/// Months that are explained one by one, the last of those that came out otherwise.
const EXPLAINED: usize = 6;

/// What was seen in some months, one after the other.
#[derive(Clone, Debug, PartialEq)]
pub struct Seen {
    /// The first of them, counted from 1.
    pub first_month: u32,
    /// By month and [`UseMetric`]; `None` where nobody knows.
    pub months: Vec<[Option<f64>; 4]>,
}

impl Seen {
    fn last_month(&self) -> u32 {
        self.first_month.saturating_add(u32::try_from(self.months.len()).unwrap_or(u32::MAX)).saturating_sub(1)
    }
}

/// A month as it was and as it was expected.
#[derive(Clone, Debug, PartialEq)]
pub struct ActualMonth {
    /// Its number, from 1.
    pub month: u32,
    /// By [`UseMetric`].
    pub figures: [Figure; 4],
}

impl ActualMonth {
    /// A figure.
    pub fn figure(&self, metric: UseMetric) -> &Figure {
        &self.figures[metric.index()]
    }
}

/// An amount that came out otherwise, and what explains it.
#[derive(Clone, Debug, PartialEq)]
pub struct Explained {
    /// The month, counted from 1; `None` where it is the sum of all.
    pub month: Option<u32>,
    /// What was spent, and what was expected.
    pub figure: Figure,
    /// The input that explains it best; `None` where none does by itself.
    pub by: Option<Explanation>,
}

/// Months of a log against a scenario.
#[derive(Clone, Debug)]
pub struct Actuals {
    /// The number of the option.
    pub option: usize,
    /// The trials that were run.
    pub trials: u64,
    /// The months.
    pub months: Vec<ActualMonth>,
    /// What was spent in all of them; `None` of none.
    pub total: Option<Figure>,
    /// What spending came out otherwise: the sum of all months where that does, else the last of the months that do.
    pub explained: Vec<Explained>,
}

impl Actuals {
    /// Of how many months a metric is known, and of how many of these it lies within the 90 % interval.
    pub fn inside(&self, metric: UseMetric) -> [usize; 2] {
        let known: Vec<bool> = self.months.iter().filter_map(|month| month.figure(metric).is_inside()).collect();
        [known.len(), known.iter().filter(|inside| **inside).count()]
    }

    /// What is to be explained: the sum of all months where it lies outside of its interval, else the last of the months that
    /// do.
    fn otherwise(&self) -> Vec<Explained> {
        let is_outside = |figure: &&Figure| figure.is_inside() == Some(false);
        let one = |month: Option<u32>, figure: &Figure| Explained { month, figure: figure.clone(), by: None };
        if let Some(total) = self.total.as_ref().filter(is_outside) {
            // Of a single month the sum is the month itself.
            let only = (self.months.len() == 1).then(|| self.months[0].month);
            return vec![one(only, total)];
        }
        let months = self.months.iter().map(|month| (month.month, month.figure(UseMetric::Spend)));
        let found: Vec<Explained> =
            months.filter(|(_, figure)| is_outside(figure)).map(|(month, figure)| one(Some(month), figure)).collect();
        found[found.len().saturating_sub(EXPLAINED)..].to_vec()
    }

    fn target(&self, explained: &Explained) -> Target {
        let is_of = |k: &usize| explained.month.is_none_or(|month| self.months[*k].month == month);
        let months = (0..self.months.len()).filter(is_of).collect();
        Target { months, actual: explained.figure.actual.unwrap_or_default() }
    }
}

/// Holds what was seen of an option, by number, against the trials of a scenario. Months that it does not have are left out.
///
/// # Errors
/// A value that is not finite in some trial, threads that cannot be had, or an early end.
pub fn actuals(
    prepared: &Prepared,
    option: usize,
    seen: &Seen,
    threads: Option<usize>,
    watch: Watch<'_>,
) -> Result<Actuals, RunError> {
    let found = pool(threads)?.install(|| compare(prepared, option, seen, watch));
    found.map_err(|halt| halt.failure(prepared.scenario()))
}

fn compare(prepared: &Prepared, option: usize, seen: &Seen, watch: Watch<'_>) -> Result<Actuals, Halt> {
    let (scenario, model) = (prepared.scenario(), prepared.model());
    let numbers = seen.first_month..=seen.last_month().min(model.horizon);
    if seen.months.is_empty() || seen.first_month == 0 || numbers.is_empty() {
        return Ok(Actuals { option, trials: 0, months: Vec::new(), total: None, explained: Vec::new() });
    }
    let walk = |watch| Walk::new(scenario, model, option, numbers.clone(), watch);
    let first = walk(watch);
    let months = &seen.months[..first.months()];
    let spent: Option<f64> = months.iter().map(|month| month[UseMetric::Spend.index()]).sum();
    let all: Vec<Option<f64>> = months.iter().flatten().copied().chain([spent]).collect();
    let mut figures = expect(&first, &all, model.is_certain())?;
    let total = figures.pop();
    let rows = figures.chunks_exact(UseMetric::ALL.len()).filter_map(|row| <[Figure; 4]>::try_from(row.to_vec()).ok());
    let months = numbers.clone().zip(rows).map(|(month, figures)| ActualMonth { month, figures }).collect();
    let mut found = Actuals { option, trials: first.trials(), months, total, explained: Vec::new() };
    found.explained = found.otherwise();
    let targets: Vec<Target> = found.explained.iter().map(|one| found.target(one)).collect();
    // How far the second look is matters to nobody: it takes as long as the first, and is rare.
    let by = explain(&walk(Watch { progress: None, ..watch }), prepared, &targets)?;
    found.explained.iter_mut().zip(by).for_each(|(one, by)| one.by = by);
    Ok(found)
}
