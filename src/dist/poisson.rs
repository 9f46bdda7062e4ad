//! The Poisson distribution: P(X = k) = meanᵏ·exp(−mean)/k!, P(X ≤ k) = Q(k + 1, mean).

use super::bad_parameter::show;
use super::family::QuantileFunction;
use super::lattice::smallest;
use super::{BadParameter, Dist};
use crate::math::saddle::poisson_point;
use crate::math::{Level, gamma, normal};

/// The number of events at a constant rate.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Poisson {
    mean: f64,
}

impl Poisson {
    /// From the mean in [0, 1e15], parameter 0.
    pub(crate) fn build(mean: f64) -> Result<Dist, BadParameter> {
        if mean < 0.0 {
            let message = format!("mean must not be negative, is {}", show(mean));
            return BadParameter::err(&[0], message, format!("write mean={}", show(-mean)));
        }
        if mean > 1e15 {
            let message = format!("mean of a poisson must be at most 1e15, is {}", show(mean));
            return BadParameter::err(&[0], message, format!("write normal({}, {})", show(mean), show(mean.sqrt())));
        }
        Ok(if mean == 0.0 { Dist::constant(0.0) } else { Dist::Poisson(Poisson { mean }) })
    }
}

impl QuantileFunction for Poisson {
    fn name(&self) -> &'static str {
        "poisson"
    }
    fn quantile(&self, level: Level) -> f64 {
        // Cornish-Fisher with the skewness 1/√mean
        let z = normal::quantile_at(level);
        let guess = self.mean + z * self.mean.sqrt() + (z * z - 1.0) / 6.0;
        smallest(guess, self.mean + 60.0 * self.mean.sqrt() + 1000.0, |k| self.level(k).reaches(level)).floor()
    }
    fn level(&self, x: f64) -> Level {
        if x < 0.0 { Level::NONE } else { gamma::level(x.floor() + 1.0, self.mean).mirrored() }
    }
    fn level_below(&self, x: f64) -> Level {
        self.level(x.ceil() - 1.0)
    }
    fn support(&self) -> (f64, f64) {
        (0.0, f64::INFINITY)
    }
    fn mean(&self) -> f64 {
        self.mean
    }
    fn variance(&self) -> f64 {
        self.mean
    }
    fn point(&self, k: f64) -> Option<f64> {
        Some(if k < 0.0 { 0.0 } else { poisson_point(k, self.mean) })
    }
    fn atom_at_most(&self, x: f64) -> Option<f64> {
        (x >= 0.0).then(|| x.floor())
    }
}
