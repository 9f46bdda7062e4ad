//! The gamma distribution: density x^(shape−1)·exp(−x/scale)/(Γ(shape)·scale^shape).

use super::bad_parameter::show;
use super::family::QuantileFunction;
use super::normal::{Normal, check_sd};
use super::{BadParameter, Dist};
use crate::math::{Level, gamma};

/// From this shape on a gamma is a normal to within a skewness of 2e-6.
const NORMAL_FROM: f64 = 1e12;

/// The gamma distribution.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Gamma {
    shape: f64,
    scale: f64,
}

impl Gamma {
    /// From shape above 0 and scale at least 0, parameters 0 and 1.
    pub(crate) fn build(shape: f64, scale: f64) -> Result<Dist, BadParameter> {
        if shape <= 0.0 {
            let message = format!("shape must be above 0, is {}", show(shape));
            return BadParameter::err(&[0], message, "write a shape above 0: 1 is the exponential");
        }
        if scale < 0.0 {
            let message = format!("scale must not be negative, is {}", show(scale));
            return BadParameter::err(&[1], message, format!("write scale={}", show(-scale)));
        }
        if scale == 0.0 {
            return Ok(Dist::constant(0.0));
        }
        if !((shape + 40.0 * shape.sqrt() + 1000.0) * scale).is_finite() {
            let message = format!("shape {} with scale {} is too large to compute with", show(shape), show(scale));
            return BadParameter::err(&[0, 1], message, "write a mean (shape times scale) below 1e300");
        }
        if shape > NORMAL_FROM {
            return Normal::build(shape * scale, shape.sqrt() * scale);
        }
        Ok(Dist::Gamma(Gamma { shape, scale }))
    }

    /// From mean above 0 and standard deviation, parameters 0 and 1: shape = (mean/sd)², scale = sd²/mean.
    pub(crate) fn from_mean_sd(mean: f64, sd: f64) -> Result<Dist, BadParameter> {
        check_sd(sd)?;
        if sd == 0.0 && mean >= 0.0 {
            return Ok(Dist::constant(mean));
        }
        if mean <= 0.0 {
            let message = format!("mean of a gamma must be above 0, is {}", show(mean));
            return BadParameter::err(
                &[0],
                message,
                format!("write normal({}, {}) where negative values are possible", show(mean), show(sd)),
            );
        }
        let ratio = mean / sd;
        if ratio * ratio > NORMAL_FROM {
            return Normal::build(mean, sd);
        }
        if ratio < 1e-7 {
            let message = format!("sd {} is out of proportion to the mean {}", show(sd), show(mean));
            return BadParameter::err(&[0, 1], message, "write an sd below a million times the mean");
        }
        Gamma::build(ratio * ratio, sd / ratio)
    }
}

impl QuantileFunction for Gamma {
    fn name(&self) -> &'static str {
        "gamma"
    }
    fn quantile(&self, level: Level) -> f64 {
        self.scale * gamma::inverse(self.shape, level)
    }
    fn level(&self, x: f64) -> Level {
        gamma::level(self.shape, x / self.scale)
    }
    fn support(&self) -> (f64, f64) {
        (0.0, f64::INFINITY)
    }
    fn mean(&self) -> f64 {
        self.shape * self.scale
    }
    fn variance(&self) -> f64 {
        (self.shape * self.scale) * self.scale
    }
}
