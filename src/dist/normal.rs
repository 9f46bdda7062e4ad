//! The normal distribution: quantile mean + sd·Φ⁻¹(u).

use super::bad_parameter::show;
use super::family::QuantileFunction;
use super::percentiles::line;
use super::{BadParameter, Dist};
use crate::math::{Level, normal};

/// The normal distribution.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Normal {
    mean: f64,
    sd: f64,
}

impl Normal {
    /// From mean and sd, parameters 0 and 1.
    pub(crate) fn build(mean: f64, sd: f64) -> Result<Dist, BadParameter> {
        check_sd(sd)?;
        // 38.5 standard deviations are as far as a quantile can lie
        if !(mean.abs() + 38.5 * sd).is_finite() {
            return BadParameter::err(
                &[0, 1],
                "mean and sd are too large to compute with",
                "write numbers below 1e300",
            );
        }
        Ok(if sd == 0.0 { Dist::constant(mean) } else { Dist::Normal(Normal { mean, sd }) })
    }

    /// Through two percentiles, parameters 0 and 1, at the probabilities given.
    pub(crate) fn through(probabilities: [f64; 2], values: [f64; 2]) -> Result<Dist, BadParameter> {
        let (mean, sd) = line(probabilities, values, values)?;
        Normal::build(mean, sd).map_err(|bad| bad.at(&[0, 1]))
    }
}

/// sd ≥ 0, parameter 1.
pub(crate) fn check_sd(sd: f64) -> Result<(), BadParameter> {
    if sd < 0.0 {
        let message = format!("sd must not be negative, is {}", show(sd));
        return BadParameter::err(&[1], message, format!("write sd={}", show(-sd)));
    }
    Ok(())
}

impl QuantileFunction for Normal {
    fn name(&self) -> &'static str {
        "normal"
    }
    #[inline]
    fn quantile(&self, level: Level) -> f64 {
        self.mean + self.sd * normal::quantile_at(level)
    }
    fn level(&self, x: f64) -> Level {
        normal::level((x - self.mean) / self.sd)
    }
    fn support(&self) -> (f64, f64) {
        (f64::NEG_INFINITY, f64::INFINITY)
    }
    fn mean(&self) -> f64 {
        self.mean
    }
    fn variance(&self) -> f64 {
        self.sd * self.sd
    }
}
