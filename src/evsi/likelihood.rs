//! How likely data are where an input has a value.

use crate::math::beta::{self, Fraction};
use crate::math::saddle::binomial_point;
use crate::math::{exp, ln, ln_1p, normal};

/// What one sample of an input is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Sampling {
    /// An outcome that happens with the input as its probability: so many of n happen, by the binomial distribution.
    Outcomes,
    /// A measurement that scatters around the input: the mean of n is normal.
    Measurements {
        /// The standard deviation of one measurement.
        sd: f64,
    },
}

/// Data far less likely than elsewhere, by the logarithm of the ratio, count as impossible.
const FAR: f64 = 40.0;

/// How likely data are at each of some values of an input. Data are one number: how many outcomes happened, or a mean.
#[derive(Clone, Debug)]
pub struct Likelihood {
    sampling: Sampling,
    samples: f64,
    values: Vec<f64>,
    /// ln x and ln (1 − x) by value, of outcomes.
    logs: Vec<[f64; 2]>,
}

impl Likelihood {
    /// Of so many samples, at values that rise.
    pub fn new(sampling: Sampling, samples: u64, values: &[f64]) -> Likelihood {
        let logs = match sampling {
            Sampling::Outcomes => values.iter().map(|x| [ln(*x), ln_1p(-x)]).collect(),
            Sampling::Measurements { .. } => Vec::new(),
        };
        Likelihood { sampling, samples: samples as f64, values: values.to_vec(), logs }
    }

    /// How many values there are.
    pub fn values(&self) -> usize {
        self.values.len()
    }

    /// How many outcomes there are, where data are whole numbers up to that.
    pub fn outcomes(&self) -> Option<f64> {
        (self.sampling == Sampling::Outcomes).then_some(self.samples)
    }

    /// The mean of the data at a value.
    pub fn centre(&self, value: usize) -> f64 {
        match self.sampling {
            Sampling::Outcomes => self.samples * self.values[value],
            Sampling::Measurements { .. } => self.values[value],
        }
    }

    /// Their standard deviation there, of outcomes at least one.
    pub fn spread(&self, value: usize) -> f64 {
        let x = self.values[value];
        match self.sampling {
            Sampling::Outcomes => (self.samples * x * (1.0 - x) + 1.0).sqrt(),
            Sampling::Measurements { sd } => sd / self.samples.sqrt(),
        }
    }

    /// The logarithm of the likelihood, up to what is the same at all values.
    fn log(&self, value: usize, data: f64) -> f64 {
        match self.sampling {
            Sampling::Outcomes => {
                let times = |n: f64, log: f64| if n > 0.0 { n * log } else { 0.0 };
                let [yes, no] = self.logs[value];
                times(data, yes) + times(self.samples - data, no)
            }
            Sampling::Measurements { .. } => {
                let z = (data - self.values[value]) / self.spread(value);
                -0.5 * z * z
            }
        }
    }

    /// The values at which data are likely enough to count: the first, and likelihoods over the largest from it on.
    pub fn at(&self, data: f64) -> (usize, Vec<f64>) {
        // It has one maximum: where the mean of the data is what they are.
        let above = self.nearest_above(data);
        let best = match above.checked_sub(1) {
            Some(below) if above == self.values() || self.log(below, data) > self.log(above, data) => below,
            _ => above,
        };
        let most = self.log(best, data);
        // Data that are impossible anywhere speak for the nearest value.
        if most == f64::NEG_INFINITY {
            return (best, vec![1.0]);
        }
        let counts = |value: &usize| self.log(*value, data) >= most - FAR;
        let first = (0..best).rev().take_while(counts).last().unwrap_or(best);
        let rest = (best + 1..self.values()).take_while(counts).last().unwrap_or(best);
        (first, (first..=rest).map(|value| exp(self.log(value, data) - most)).collect())
    }

    fn nearest_above(&self, data: f64) -> usize {
        let scale = self.outcomes().unwrap_or(1.0);
        self.values.partition_point(|x| x * scale < data)
    }

    /// The probability of data, or their density, at a value.
    pub fn point(&self, value: usize, data: f64) -> f64 {
        let x = self.values[value];
        match self.sampling {
            Sampling::Outcomes => binomial_point(data, self.samples - data, x, 1.0 - x),
            Sampling::Measurements { .. } => normal::pdf((data - x) / self.spread(value)),
        }
    }

    /// The probability of data up to some, these included, at a value.
    pub fn below(&self, value: usize, data: f64) -> f64 {
        let from_centre = data - self.centre(value);
        // Fifty more than ten standard deviations: nothing, also of rare outcomes.
        if from_centre.abs() > 10.0 * self.spread(value) + 50.0 * self.outcomes().map_or(0.0, |_| 1.0) {
            return if from_centre > 0.0 { 1.0 } else { 0.0 };
        }
        match self.sampling {
            Sampling::Outcomes => binomial_below(data, self.samples, self.values[value]),
            Sampling::Measurements { .. } => normal::cdf(from_centre / self.spread(value)),
        }
    }
}

/// P(X ≤ k) of n outcomes of probability x: I₁₋ₓ(n − k, k + 1).
fn binomial_below(k: f64, n: f64, x: f64) -> f64 {
    match x {
        _ if k < 0.0 => 0.0,
        _ if k >= n || x <= 0.0 => 1.0,
        _ if x >= 1.0 => 0.0,
        _ => beta::level(n - k, k + 1.0, Fraction { x: 1.0 - x, rest: x }).below,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outcomes_add_up() {
        let values = [0.0, 0.001, 0.3, 0.97, 1.0];
        for n in [1, 7, 400] {
            let likelihood = Likelihood::new(Sampling::Outcomes, n, &values);
            for value in 0..values.len() {
                let mut sum = 0.0;
                for k in 0..=n {
                    sum += likelihood.point(value, k as f64);
                    assert!((sum - likelihood.below(value, k as f64)).abs() < 1e-12, "{n} {k} {}", values[value]);
                }
            }
        }
    }

    #[test]
    fn what_is_likely_is_found_around_the_nearest_value() {
        let values: Vec<f64> = (0..=100).map(|k| f64::from(k) / 100.0).collect();
        let (first, found) = Likelihood::new(Sampling::Outcomes, 1000, &values).at(300.0);
        assert_eq!(found[30 - first], 1.0);
        assert!(first > 10 && first + found.len() < 60 && found[0] > 1e-18);
        // Of 10 only 3 happen: neither 0 nor 1 can be.
        let (first, found) = Likelihood::new(Sampling::Outcomes, 10, &[0.0, 1.0]).at(3.0);
        assert_eq!((first + 1, found.len()), (2, 1));
        let (first, found) = Likelihood::new(Sampling::Measurements { sd: 1.0 }, 100, &values).at(-3.0);
        assert_eq!((first, found[0]), (0, 1.0));
    }
}
