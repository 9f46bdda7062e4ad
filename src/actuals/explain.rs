//! Which input explains best that so much was spent: the one that has to move least far for it.
//!
//! The trials are cut into slices by each input, as for the value of knowing it. Where the conditional mean of what is spent,
//! given the input, meets what was spent, the input takes the value that would explain it by itself, and the probability of
//! lower values says how far that is from its median.

use super::walk::{Walk, Walked};
use crate::engine::{Halt, Prepared};
use crate::information::SlicePlan;
use crate::quantity::Law;
use crate::stats::{Estimate, Merge};

/// An amount that was spent in some months, counted from 0, and is to be explained.
#[derive(Clone, Debug, PartialEq)]
pub struct Target {
    /// The months.
    pub months: Vec<usize>,
    /// The amount.
    pub actual: f64,
}

/// An input that explains an amount by itself.
#[derive(Clone, Debug, PartialEq)]
pub struct Explanation {
    /// Its number.
    pub variable: usize,
    /// The value at which the conditional mean meets the amount.
    pub value: Estimate,
    /// The probability of lower values.
    pub level: Estimate,
}

/// What some trials come to by slice.
#[derive(Clone)]
struct Sums(Vec<f64>);

impl Merge for Sums {
    fn merge(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(own, other)| *own += other);
    }
}

/// A slice: the probability of values below its middle, its mean value, and the conditional mean of an amount.
#[derive(Clone, Copy)]
struct Point {
    level: f64,
    value: f64,
    mean: f64,
}

/// For each amount the input whose value that explains it is the least unlikely: whose level is nearest to a half. `None` where
/// no input explains it by itself. Inputs without an order, which pick a branch or a record, are left out.
///
/// # Errors
/// A value that is not finite in some trial, or an early end.
pub fn explain(walk: &Walk<'_>, prepared: &Prepared, targets: &[Target]) -> Result<Vec<Option<Explanation>>, Halt> {
    let variables = &prepared.model().program.variables;
    if targets.is_empty() || variables.is_empty() {
        return Ok(vec![None; targets.len()]);
    }
    let centres = prepared.variables().iter().map(|summary| summary.quantiles[1]);
    let centres = centres.map(|x| if x.is_finite() { x } else { 0.0 }).collect();
    let plan = SlicePlan::new(targets.len(), prepared.values(), centres, walk.trials());
    let parts = walk.by_randomisation(|walked| add_up(walked, prepared, &plan, targets))?;
    let is_ordered = |v: &usize| !matches!(variables[*v].law, Law::Choice(_));
    let best = |k: usize| {
        let found = (0..variables.len()).filter(is_ordered).filter_map(|v| {
            let view = View { plan: &plan, parts: &parts, variable: v, target: k };
            view.explanation(targets[k].actual)
        });
        // Of equally likely ones the first.
        found.reduce(|best, next| if distance(&next) < distance(&best) { next } else { best })
    };
    Ok((0..targets.len()).map(best).collect())
}

fn distance(explanation: &Explanation) -> f64 {
    (explanation.level.value - 0.5).abs()
}

fn add_up(walked: &Walked<'_>, prepared: &Prepared, plan: &SlicePlan, targets: &[Target]) -> Sums {
    let variables = &prepared.model().program.variables;
    let columns: Vec<Vec<f64>> = targets.iter().map(|target| walked.spent(target.months.iter().copied())).collect();
    let columns: Vec<&[f64]> = columns.iter().map(Vec::as_slice).collect();
    let values = |v: usize| walked.registers.column(variables[v].register, walked.n);
    Sums(plan.add_up(&columns, values, walked.coordinates, &vec![0.0; walked.n]))
}

/// An amount by the slices of an input.
struct View<'a> {
    plan: &'a SlicePlan,
    parts: &'a [Sums],
    variable: usize,
    target: usize,
}

impl View<'_> {
    /// Where the conditional mean meets an amount, with the jackknife's errors over the randomisations.
    fn explanation(&self, actual: f64) -> Option<Explanation> {
        let all = self.meeting(actual, None)?;
        let without: Vec<Option<Point>> = (0..self.parts.len()).map(|r| self.meeting(actual, Some(r))).collect();
        let without: Option<Vec<Point>> = without.into_iter().collect();
        let estimate = |of: fn(&Point) -> f64| match &without {
            Some(points) => Estimate::jackknife(of(&all), &points.iter().map(of).collect::<Vec<_>>()),
            // Some randomisation tips the scales: there is no telling how far it may be off.
            None => Some(Estimate { std_error: None, ..Estimate::exact(of(&all)) }),
        };
        Some(Explanation { variable: self.variable, value: estimate(|p| p.value)?, level: estimate(|p| p.level)? })
    }

    /// Of all places where the conditional mean meets an amount, without one of the randomisations, the least unlikely.
    fn meeting(&self, actual: f64, without: Option<usize>) -> Option<Point> {
        let points = self.points(without);
        let is_by_value = self.plan.is_by_value(self.variable);
        let meets = |pair: &[Point]| {
            let [a, b] = [pair[0], pair[1]];
            let share = (actual - a.mean) / (b.mean - a.mean);
            if !(0.0..=1.0).contains(&share) {
                return None;
            }
            let between = |a: f64, b: f64| a + share * (b - a);
            // Between two values of an input that takes few there is none: the less likely one explains it and more.
            Some(match is_by_value {
                true if share == 0.0 || (share < 1.0 && is_farther(a, b)) => a,
                true => b,
                false => Point { level: between(a.level, b.level), value: between(a.value, b.value), mean: actual },
            })
        };
        let found = points.windows(2).filter_map(meets).filter(|point| point.value.is_finite());
        found.reduce(|best, next| if next.is_nearer(best) { next } else { best })
    }

    fn points(&self, without: Option<usize>) -> Vec<Point> {
        let mut sums = vec![0.0; self.parts[0].0.len()];
        for (_, part) in self.parts.iter().enumerate().filter(|(r, _)| Some(*r) != without) {
            sums.iter_mut().zip(&part.0).for_each(|(sum, x)| *sum += x);
        }
        let table = self.plan.table(&sums);
        let slices = self.plan.slices(self.variable);
        let (first, all): (usize, f64) = (slices.start, slices.clone().map(|s| table.count(s)).sum());
        let mut below = 0.0;
        let mut points = Vec::new();
        for s in slices {
            let count = table.count(s);
            let level = match self.plan.levels(self.variable) {
                Some(levels) => 0.5 * (levels.edge(s - first) + levels.edge(s - first + 1)),
                None => (below + 0.5 * count) / all,
            };
            below += count;
            if count > 0.0 {
                let value = self.plan.centre(self.variable) + table.values(s) / count;
                points.push(Point { level, value, mean: table.cost(s, self.target) / count });
            }
        }
        points
    }
}

/// Whether the first of two points is farther from the median than the second.
fn is_farther(a: Point, b: Point) -> bool {
    b.is_nearer(a)
}

impl Point {
    fn is_nearer(self, other: Point) -> bool {
        (self.level - 0.5).abs() < (other.level - 0.5).abs()
    }
}
