//! The share of an outcome's variance that one variable explains by itself: its first-order index.

use super::super::metric::Metric;
use super::super::slices::Slices;
use super::{Gathering, Study};
use crate::stats::Estimate;

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

impl Study<'_> {
    /// By option, the variance of the conditional mean of its total and of its saving, over that of the whole, which
    /// `variance` knows.
    ///
    /// Within a slice the conditional mean counts as a straight line. A mean over few trials, and a slope through them,
    /// vary by themselves. The products of the deviations in one randomisation and in all others have none of that, as they
    /// are independent. What is lost is how much the mean bends within a slice.
    pub fn first_order(&self, variable: usize, variance: &impl Fn(usize, Metric) -> f64) -> Vec<[Option<Estimate>; 2]> {
        let share = |explained: Option<Estimate>, all: f64| {
            let explained = explained.filter(|_| all > 0.0)?;
            let error = explained.std_error.map_or(f64::NAN, |error| error / all);
            Estimate::new(explained.value / all, error, explained.freedom)
        };
        let of = |i: usize| {
            let total = self.explained(variable, Number { option: i, saved: None });
            let saving = self.explained(variable, Number { option: i, saved: Some(self.choices.baseline) });
            [share(total, variance(i, Metric::Total)), share(saving, variance(i, Metric::Saving))]
        };
        (0..self.choices.options).map(of).collect()
    }

    /// The variance of the conditional mean of a number.
    fn explained(&self, variable: usize, number: Number) -> Option<Estimate> {
        let covariances: Vec<f64> =
            self.gathered.parts.iter().map(|part| self.covariance(variable, number, part)).collect();
        Estimate::of_means(&covariances).filter(|_| !self.plan.slices(variable).is_empty())
    }

    /// The covariance of the conditional mean in one randomisation with that in all others.
    fn covariance(&self, variable: usize, number: Number, part: &Gathering) -> f64 {
        let (own, pooled) = (self.plan.table(&part.slices), self.plan.table(&self.pooled));
        let of = |s: usize| {
            let own = Sums::of(own, s, number);
            (own, Sums::of(pooled, s, number).less(&own))
        };
        let sums: Vec<(Sums, Sums)> =
            self.plan.slices(variable).map(of).filter(|(_, others)| others.count > 0.0).collect();
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

    fn less(&self, other: &Sums) -> Sums {
        Sums {
            count: self.count - other.count,
            number: self.number - other.number,
            x: self.x - other.x,
            x_squares: self.x_squares - other.x_squares,
            products: self.products - other.products,
        }
    }

    /// The sum of deviations from a mean, and that of deviations within the slice times those of `x`.
    fn deviations(&self, mean: f64) -> [f64; 2] {
        let within = if self.count > 0.0 { self.products - self.x * self.number / self.count } else { 0.0 };
        [self.number - mean * self.count, within]
    }

    /// What the slice adds to the covariance of its conditional mean with that of other trials, if the means of both over
    /// all slices are these.
    fn covariance(&self, others: &Sums, means: [f64; 2]) -> f64 {
        let ([own, own_within], [other, within]) = (self.deviations(means[0]), others.deviations(means[1]));
        let spread = others.x_squares - others.x * others.x / others.count;
        // Where x hardly differs, nothing but rounding is left of its spread; and not every variable has a value.
        let line = if spread > 1e-9 * others.x_squares { own_within / spread * within } else { 0.0 };
        own * (other / others.count) + line
    }
}
