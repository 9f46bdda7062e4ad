//! The share of an outcome's variance that one variable explains by itself: its first-order index.

use std::ops::Range;

use rayon::prelude::*;

use super::slices::Slices;
use super::{Gathering, Study};
use crate::stats::{Estimate, Merge, Moments};

/// An option's total, or what it saves against another's.
#[derive(Clone, Copy)]
struct Number {
    option: usize,
    saved: Option<usize>,
}

impl Number {
    /// It, from the same of each option.
    fn of(self, each: impl Fn(usize) -> f64) -> f64 {
        self.saved.map_or(each(self.option), |against| each(against) - each(self.option))
    }
}

/// The variance of a number over all trials, and over those of all randomisations but each in turn.
struct Variance {
    all: f64,
    without: Vec<f64>,
}

impl Study<'_> {
    /// By variable and option, the variance of the conditional mean of its total and of its saving, over that of the whole,
    /// which `variances` knows.
    ///
    /// Within a slice the conditional mean counts as a straight line. A mean over few trials, and a slope through them,
    /// vary by themselves. The products of the deviations in one randomisation and in all others have none of that, as they
    /// are independent. What is lost is how much the mean bends within a slice: the error holds what slices of twice the width
    /// would lose more.
    pub fn first_order(&self, variances: &impl Fn(usize) -> [f64; 2]) -> Vec<Vec<[Option<Estimate>; 2]>> {
        let of = |i: usize| {
            let all = variances(i);
            [0, 1].map(|k| Variance { all: all[k], without: self.variances_without(i, k) })
        };
        let variances: Vec<[Variance; 2]> = (0..self.choices.options).map(of).collect();
        let share = |variable: usize, i: usize, saved: Option<usize>| {
            let number = Number { option: i, saved };
            let variance = &variances[i][usize::from(saved.is_some())];
            self.share(variable, number, variance)
        };
        let of = |v: usize| {
            let option = |i: usize| [share(v, i, None), share(v, i, Some(self.choices.baseline))];
            (0..self.choices.options).map(option).collect()
        };
        (0..self.plan.variables()).into_par_iter().map(of).collect()
    }

    /// The share that a variable explains of a number's variance, with the jackknife's error. Without a randomisation its own
    /// covariance with the others is missing, and so is what it adds to those of the others.
    fn share(&self, variable: usize, number: Number, variance: &Variance) -> Option<Estimate> {
        if self.plan.slices(variable).is_empty() || variance.all.is_nan() || variance.all <= 0.0 {
            return None;
        }
        let parts = &self.gathered.parts;
        let slices: Vec<Range<usize>> = self.plan.slices(variable).map(|s| s..s + 1).collect();
        let covariances: Vec<f64> = parts.iter().map(|part| self.covariance(&slices, number, part)).collect();
        let sum = covariances.iter().sum::<f64>();
        let n = covariances.len() as f64;
        let missing = covariances.iter().zip(parts).map(|(own, part)| own + self.influence(variable, number, part));
        let without: Vec<f64> =
            missing.zip(&variance.without).map(|(missing, all)| (sum - missing) / (n - 1.0) / all).collect();
        let unseen = (sum / n - self.explained_by_pairs(variable, number).unwrap_or(sum / n)) / variance.all;
        // No share is larger than the whole; noise may make it seem so.
        Estimate::jackknife(sum / n / variance.all, &without).map(|share| Estimate {
            value: share.value.min(1.0),
            std_error: share.std_error.map(|error| (error * error + unseen * unseen).sqrt()),
            ..share
        })
    }

    /// The least that slices of twice the width explain, where a variable is cut by its levels: those that begin with the
    /// first slice, and those that begin with the second. What these miss and single slices see is about what single slices
    /// miss and narrower ones would see.
    fn explained_by_pairs(&self, variable: usize, number: Number) -> Option<f64> {
        let (all, parts) = (self.plan.slices(variable), &self.gathered.parts);
        let pairs = |first: usize| -> Vec<Range<usize>> {
            let single = all.start..all.start + first;
            let pairs = (single.end..all.end).step_by(2).map(|s| s..all.end.min(s + 2));
            std::iter::once(single).filter(|single| !single.is_empty()).chain(pairs).collect()
        };
        let explained = |first: usize| {
            let pairs = pairs(first);
            parts.iter().map(|part| self.covariance(&pairs, number, part)).sum::<f64>() / parts.len() as f64
        };
        (!self.plan.is_by_value(variable)).then(|| explained(0).min(explained(1)))
    }

    /// What a randomisation adds to the covariances of all with their others, by its own conditional means.
    fn influence(&self, variable: usize, number: Number, part: &Gathering) -> f64 {
        let (own, pooled) = (self.plan.table(&part.slices), self.plan.table(&self.pooled));
        let of = |s: usize| (Sums::of(own, s, number), Sums::of(pooled, s, number));
        let sums: Vec<(Sums, Sums)> = self.plan.slices(variable).map(of).filter(|(_, all)| all.count > 0.0).collect();
        let [total, count] = sums.iter().fold([0.0; 2], |a, (_, all)| [a[0] + all.number, a[1] + all.count]);
        sums.iter().map(|(own, all)| own.influence(all, total / count)).sum::<f64>() / part.trials
    }

    /// The variance of an option's total, or else of its saving, without each of the randomisations.
    fn variances_without(&self, option: usize, k: usize) -> Vec<f64> {
        let parts = &self.gathered.parts;
        let without = |left_out: usize| {
            let mut rest = Moments::default();
            let others = parts.iter().enumerate().filter(|(r, _)| *r != left_out);
            others.filter_map(|(_, part)| part.moments.get(option)).for_each(|moments| rest.merge(&moments[k]));
            rest.sd().map_or(f64::NAN, |sd| sd * sd)
        };
        (0..parts.len()).map(without).collect()
    }

    /// The covariance of the conditional mean in one randomisation with that in all others.
    fn covariance(&self, slices: &[Range<usize>], number: Number, part: &Gathering) -> f64 {
        let (own, pooled) = (self.plan.table(&part.slices), self.plan.table(&self.pooled));
        let sum = |table: Slices<'_>, slices: &Range<usize>| {
            let first = Sums::of(table, slices.start, number);
            slices.clone().skip(1).fold(first, |sums, s| sums.plus(&Sums::of(table, s, number), 1.0))
        };
        let of = |slices: &Range<usize>| {
            let own = sum(own, slices);
            (own, sum(pooled, slices).plus(&own, -1.0))
        };
        let sums: Vec<(Sums, Sums)> = slices.iter().map(of).filter(|(_, others)| others.count > 0.0).collect();
        let mean = |of: &dyn Fn(&(Sums, Sums)) -> Sums| {
            let (number, count) = sums.iter().map(of).fold((0.0, 0.0), |a, s| (a.0 + s.number, a.1 + s.count));
            number / count
        };
        let means = [mean(&|s| s.0), mean(&|s| s.1)];
        sums.iter().map(|(own, others)| own.covariance(others, means)).sum::<f64>() / part.trials
    }
}

/// Sums over the trials of a slice: a variable `x` and a number.
#[derive(Clone, Copy)]
struct Sums {
    count: f64,
    number: f64,
    x: f64,
    x_squares: f64,
    products: f64,
}

impl Sums {
    fn of(table: Slices<'_>, slice: usize, number: Number) -> Sums {
        Sums {
            count: table.count(slice),
            number: number.of(|option| table.cost(slice, option)),
            x: table.values(slice),
            x_squares: table.squares(slice),
            products: number.of(|option| table.products(slice, option)),
        }
    }

    /// With so many times another.
    fn plus(&self, other: &Sums, times: f64) -> Sums {
        Sums {
            count: self.count + times * other.count,
            number: self.number + times * other.number,
            x: self.x + times * other.x,
            x_squares: self.x_squares + times * other.x_squares,
            products: self.products + times * other.products,
        }
    }

    /// The sum of deviations from a mean, and that of deviations within the slice times those of `x`.
    fn deviations(&self, mean: f64) -> [f64; 2] {
        let within = if self.count > 0.0 { self.products - self.x * self.number / self.count } else { 0.0 };
        [self.number - mean * self.count, within]
    }

    /// What the slice adds to the covariance of its numbers with the straight line through other trials in it, if the means
    /// of both over all slices are these.
    fn covariance(&self, others: &Sums, means: [f64; 2]) -> f64 {
        let ([own, own_within], [other, within]) = (self.deviations(means[0]), others.deviations(means[1]));
        let slope = others.slope(within);
        let from_others = if self.count > 0.0 { self.x / self.count - others.x / others.count } else { 0.0 };
        let line = if slope == 0.0 { 0.0 } else { (own_within + own * from_others) * slope };
        own * (other / others.count) + line
    }

    /// The sum of squared deviations of `x` within the slice.
    fn spread(&self) -> f64 {
        if self.count > 0.0 { self.x_squares - self.x * self.x / self.count } else { 0.0 }
    }

    /// Of the straight line within the slice. Where x hardly differs, nothing but rounding is left of its spread; and not
    /// every variable has a value.
    fn slope(&self, within: f64) -> f64 {
        let spread = self.spread();
        if spread > 1e-9 * self.x_squares { within / spread } else { 0.0 }
    }

    /// By how much a part of the trials moves the conditional mean and the slope of all, of which it is one, times what
    /// these are multiplied by.
    fn influence(&self, all: &Sums, mean: f64) -> f64 {
        let [deviation, within] = all.deviations(mean);
        let slope = all.slope(within);
        let [_, own_within] = self.deviations(mean);
        let moved = self.number - all.number / all.count * self.count;
        let turned = if slope == 0.0 { 0.0 } else { own_within - slope * self.spread() };
        deviation / all.count * moved + slope * turned
    }
}
