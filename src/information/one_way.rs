//! What costs come to along the range of one variable.

use std::ops::Range;

use super::Study;
use super::slices::Slices;
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
        let count = |slices: &Range<usize>| slices.clone().map(|s| table.count(s)).sum::<f64>();
        let shown = if self.pooled.is_empty() { Vec::new() } else { self.plan.shown(variable) };
        let slice = |slices: Range<usize>| Slice {
            value: self.plan.centre(variable) + slices.clone().map(|s| table.values(s)).sum::<f64>() / count(&slices),
            share: count(&slices) / all,
            totals: self.by_option(&slices, |table, s, i| table.cost(s, i)),
            p_cheapest: self.by_option(&slices, |table, s, i| table.wins(s, i)),
        };
        shown.into_iter().filter(|slices| count(slices) > 0.0).map(slice).collect()
    }

    /// The mean over slices of a number that is summed in each for each option, with the jackknife's error.
    fn by_option(
        &self,
        slices: &Range<usize>,
        number: impl Fn(&Slices<'_>, usize, usize) -> f64,
    ) -> Vec<Option<Estimate>> {
        let pooled = self.plan.table(&self.pooled);
        let sum = |table: &Slices<'_>, i: usize| slices.clone().map(|s| number(table, s, i)).sum::<f64>();
        let count = |table: &Slices<'_>| slices.clone().map(|s| table.count(s)).sum::<f64>();
        let mean = |i: usize| {
            let without = self.gathered.parts.iter().map(|part| {
                let own = self.plan.table(&part.slices);
                (sum(&pooled, i) - sum(&own, i)) / (count(&pooled) - count(&own))
            });
            Estimate::jackknife(sum(&pooled, i) / count(&pooled), &without.collect::<Vec<_>>())
        };
        (0..self.choices.options).map(mean).collect()
    }
}
