//! What every family of distributions can do.

use super::moments;
use crate::math::Level;

/// A distribution by its quantile function and its inverse.
pub(crate) trait QuantileFunction {
    /// The name users know it by.
    fn name(&self) -> &'static str;
    /// The smallest x whose cumulative probability reaches the level.
    fn quantile(&self, level: Level) -> f64;
    /// P(X ≤ x) and P(X > x).
    fn level(&self, x: f64) -> Level;
    /// P(X < x) and P(X ≥ x); the same for a continuous distribution.
    fn level_below(&self, x: f64) -> Level {
        self.level(x)
    }
    /// The smallest interval that holds all values.
    fn support(&self) -> (f64, f64);
    /// The expected value.
    fn mean(&self) -> f64 {
        moments::mean(&|level| self.quantile(level))
    }
    /// The variance.
    fn variance(&self) -> f64 {
        moments::variance(&|level| self.quantile(level), self.mean())
    }
    /// The probability of the whole number k for a distribution on whole numbers, else `None`.
    fn point(&self, _k: f64) -> Option<f64> {
        None
    }
    /// The greatest value at most `x` that has a probability of its own.
    fn atom_at_most(&self, _x: f64) -> Option<f64> {
        None
    }
}
