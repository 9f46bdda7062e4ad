//! The exponential distribution: density exp(−x/mean)/mean, quantile −mean·ln(1 − u).

use super::bad_parameter::show;
use super::family::QuantileFunction;
use super::{BadParameter, Dist};
use crate::math::{Level, exp, exp_m1, ln, ln_1p};

/// The waiting time of a constant rate.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Exponential {
    mean: f64,
}

impl Exponential {
    /// From the mean, parameter 0.
    pub(crate) fn build(mean: f64) -> Result<Dist, BadParameter> {
        if mean < 0.0 {
            let message = format!("mean must not be negative, is {}", show(mean));
            return BadParameter::err(&[0], message, format!("write mean={}", show(-mean)));
        }
        if !(mean * 800.0).is_finite() {
            return BadParameter::err(&[0], format!("mean is too large: {}", show(mean)), "write a mean below 1e300");
        }
        Ok(if mean == 0.0 { Dist::constant(0.0) } else { Dist::Exponential(Exponential { mean }) })
    }
}

/// The quantile at mean 1, −ln(1 − u), with the digits of the smaller side.
#[inline]
pub(crate) fn standard_quantile(level: Level) -> f64 {
    if level.below < 0.5 { -ln_1p(-level.below) } else { -ln(level.above) }
}

/// The distribution function at mean 1.
pub(crate) fn standard_level(x: f64) -> Level {
    if x <= 0.0 { Level::NONE } else { Level { below: -exp_m1(-x), above: exp(-x) } }
}

impl QuantileFunction for Exponential {
    fn name(&self) -> &'static str {
        "exponential"
    }
    #[inline]
    fn quantile(&self, level: Level) -> f64 {
        self.mean * standard_quantile(level)
    }
    fn level(&self, x: f64) -> Level {
        standard_level(x / self.mean)
    }
    fn support(&self) -> (f64, f64) {
        (0.0, f64::INFINITY)
    }
    fn mean(&self) -> f64 {
        self.mean
    }
    fn variance(&self) -> f64 {
        self.mean * self.mean
    }
}
