//! What costs come to along the range of one variable.

use super::super::metric::Metric;
use super::super::slices::Slices;
use super::Study;
use crate::stats::Estimate;

/// The trials in which a variable lies in a part of its range.
#[derive(Clone, Debug, PartialEq)]
pub struct Slice {
    /// Its mean there.
    pub value: f64,
    /// The share of the trials.
    pub share: f64,
    /// Mean total by option.
    pub totals: Vec<Option<Estimate>>,
    /// By option, the probability of being the cheapest candidate.
    pub p_cheapest: Vec<Option<Estimate>>,
}

impl Study<'_> {
    /// The slices of a variable that hold any trials.
    pub fn range(&self, variable: usize) -> Vec<Slice> {
        let table = self.plan.table(&self.pooled);
        let all: f64 = self.gathered.parts.iter().map(|part| part.trials).sum();
        let filled = self.plan.slices(variable).filter(|s| !self.pooled.is_empty() && table.count(*s) > 0.0);
        let slice = |s: usize| Slice {
            value: table.values(s) / table.count(s),
            share: table.count(s) / all,
            totals: self.by_option(s, |table, i| table.cost(s, i)),
            p_cheapest: self.by_option(s, |table, i| table.wins(s, i)),
        };
        filled.map(slice).collect()
    }

    /// The mean over a slice of a number that is summed there for each option, with the jackknife's error.
    fn by_option(&self, slice: usize, sum: impl Fn(Slices<'_>, usize) -> f64) -> Vec<Option<Estimate>> {
        let pooled = self.plan.table(&self.pooled);
        let mean = |i: usize| {
            let without = self.gathered.parts.iter().map(|part| {
                let own = self.plan.table(&part.slices);
                (sum(pooled, i) - sum(own, i)) / (pooled.count(slice) - own.count(slice))
            });
            Estimate::jackknife(sum(pooled, i) / pooled.count(slice), &without.collect::<Vec<_>>())
        };
        (0..self.choices.options).map(mean).collect()
    }

    /// By option, the variance of the conditional mean of its total and of its saving, over that of the whole, which
    /// `variance` knows.
    ///
    /// A mean over few trials varies by itself. The product of the deviations in one randomisation and in all others has
    /// none of that, as they are independent. What is lost is the variance within a slice.
    pub fn first_order(&self, variable: usize, variance: &impl Fn(usize, Metric) -> f64) -> Vec<[Option<Estimate>; 2]> {
        let explained = |number: &dyn Fn(Slices<'_>, usize) -> f64| self.explained(variable, number);
        let share = |explained: Option<Estimate>, all: f64| {
            let explained = explained.filter(|_| all > 0.0)?;
            Some(Estimate {
                value: explained.value / all,
                std_error: explained.std_error.map(|e| e / all),
                ..explained
            })
        };
        let of = |i: usize| {
            let total = explained(&|table, s| table.cost(s, i));
            let saving = explained(&|table, s| table.cost(s, self.choices.baseline) - table.cost(s, i));
            [share(total, variance(i, Metric::Total)), share(saving, variance(i, Metric::Saving))]
        };
        (0..self.choices.options).map(of).collect()
    }

    /// The variance of the slices' means of a number that is summed by slice.
    fn explained(&self, variable: usize, sum: &dyn Fn(Slices<'_>, usize) -> f64) -> Option<Estimate> {
        let pooled = self.plan.table(&self.pooled);
        let slices = self.plan.slices(variable);
        let products: Vec<f64> = self
            .gathered
            .parts
            .iter()
            .map(|part| {
                let own = self.plan.table(&part.slices);
                let others = |s: usize| sum(pooled, s) - sum(own, s);
                let count = |s: usize| pooled.count(s) - own.count(s);
                let mean = slices.clone().map(|s| sum(own, s)).sum::<f64>() / part.trials;
                let rest = slices.clone().map(others).sum::<f64>() / slices.clone().map(count).sum::<f64>();
                let product = |s: usize| (sum(own, s) - mean * own.count(s)) * (others(s) / count(s) - rest);
                slices.clone().filter(|s| count(*s) > 0.0).map(product).sum::<f64>() / part.trials
            })
            .collect();
        Estimate::of_means(&products).filter(|_| !slices.is_empty())
    }
}
