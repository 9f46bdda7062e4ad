//! The binomial distribution: P(X ≤ k) = I₁₋ₚ(n − k, k + 1).

use super::bad_parameter::show;
use super::family::QuantileFunction;
use super::lattice::smallest;
use super::{BadParameter, Dist};
use crate::math::beta::{self, Fraction};
use crate::math::saddle::binomial_point;
use crate::math::{Level, normal};

/// The number of successes in n trials; Bernoulli is n = 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Binomial {
    n: f64,
    p: f64,
}

impl Binomial {
    /// From a whole n in [0, 1e15] and p in [0, 1], parameters 0 and 1.
    pub(crate) fn build(n: f64, p: f64) -> Result<Dist, BadParameter> {
        if n < 0.0 || n.floor() != n {
            let message = format!("n must be a whole number and not negative, is {}", show(n));
            return BadParameter::err(&[0], message, format!("write n={}", show(n.round().max(1.0))));
        }
        if n > 1e15 {
            let message = format!("n of a binomial must be at most 1e15, is {}", show(n));
            return BadParameter::err(
                &[0],
                message,
                format!("write normal({}, {})", show(n * p), show((n * p * (1.0 - p)).abs().sqrt())),
            );
        }
        if !(0.0..=1.0).contains(&p) {
            let help = if p > 1.0 && p <= 100.0 {
                format!("write p={}%", show(p))
            } else {
                "write a share such as p=0.3".to_string()
            };
            return BadParameter::err(&[1], format!("p must lie between 0 and 1, is {}", show(p)), help);
        }
        if n == 0.0 || p == 0.0 || p == 1.0 {
            return Ok(Dist::constant(if p == 1.0 { n } else { 0.0 }));
        }
        Ok(Dist::Binomial(Binomial { n, p }))
    }

    /// Bernoulli: one trial, p is parameter 0.
    pub(crate) fn bernoulli(p: f64) -> Result<Dist, BadParameter> {
        Binomial::build(1.0, p).map_err(|bad| bad.at(&[0, 0]))
    }
}

impl QuantileFunction for Binomial {
    fn name(&self) -> &'static str {
        if self.n == 1.0 { "bernoulli" } else { "binomial" }
    }
    fn quantile(&self, level: Level) -> f64 {
        if self.n == 1.0 {
            return if self.level(0.0).reaches(level) { 0.0 } else { 1.0 };
        }
        // Cornish-Fisher with the skewness (1 − 2p)/sd
        let z = normal::quantile_at(level);
        let guess = self.mean() + z * self.variance().sqrt() + (1.0 - 2.0 * self.p) * (z * z - 1.0) / 6.0;
        smallest(guess, self.n, |k| self.level(k).reaches(level))
    }
    fn level(&self, x: f64) -> Level {
        if x < 0.0 {
            return Level::NONE;
        }
        let k = x.floor();
        if k >= self.n {
            return Level::ALL;
        }
        if self.n == 1.0 {
            return Level { below: 1.0 - self.p, above: self.p };
        }
        beta::level(self.n - k, k + 1.0, Fraction { x: 1.0 - self.p, rest: self.p })
    }
    fn level_below(&self, x: f64) -> Level {
        self.level(x.ceil() - 1.0)
    }
    fn support(&self) -> (f64, f64) {
        (0.0, self.n)
    }
    fn mean(&self) -> f64 {
        self.n * self.p
    }
    fn variance(&self) -> f64 {
        self.n * self.p * (1.0 - self.p)
    }
    fn point(&self, k: f64) -> Option<f64> {
        Some(if k < 0.0 || k > self.n { 0.0 } else { binomial_point(k, self.n - k, self.p, 1.0 - self.p) })
    }
    fn atom_at_most(&self, x: f64) -> Option<f64> {
        (x >= 0.0).then(|| x.floor().min(self.n))
    }
}
