//! What costs come to along the range of one variable.

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
            value: self.plan.centre(variable) + table.values(s) / table.count(s),
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
}
